//! A printer at a serial port (also one that a USB cable makes): 8 bits, no parity, no flow control.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use rustix::termios::{QueueSelector, tcflush};
use serialport::{SerialPort as _, TTYPort};
use tokio::time::Instant;

use super::{Line, SEND_PATIENCE, Transport, device};

/// A port such as `/dev/ttyS0` and its speed in baud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialTransport {
    port: String,
    baud: u32,
    patience: Duration,
}

impl SerialTransport {
    pub fn new(port: impl Into<String>, baud: u32) -> Self {
        Self {
            port: port.into(),
            baud,
            patience: SEND_PATIENCE,
        }
    }
}

impl Transport for SerialTransport {
    fn place(&self) -> String {
        self.port.clone()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        let port = serialport::new(&self.port, self.baud).exclusive(false);
        let mut port = port.open_native()?;
        // The port is set up through one end and written to through another, which never blocks.
        let end = device::open(Path::new(&self.port), OpenOptions::new().write(true))?;
        port.set_exclusive(true)?;
        Ok(Box::new(SerialLine {
            port,
            end,
            patience: self.patience,
        }))
    }
}

struct SerialLine {
    port: TTYPort,
    end: File,
    patience: Duration,
}

impl Line for SerialLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let until = Instant::now() + self.patience;
        let sent = device::write_all(&self.end, bytes, until).and_then(|()| self.drain(until));
        if sent.is_err() {
            // What waits in the port is thrown away; a port that has gone holds nothing.
            let _ = tcflush(&self.end, QueueSelector::OFlush);
        }
        sent
    }
}

impl SerialLine {
    /// Waits until the last byte has left the port.
    fn drain(&mut self, until: Instant) -> io::Result<()> {
        while self.port.bytes_to_write()? > 0 {
            device::pause(until)?;
        }
        self.port.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::os::fd::OwnedFd;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    /// A port, and the printer's end of it.
    fn terminal() -> (SerialTransport, OwnedFd) {
        let printer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&printer).expect("ours");
        unlockpt(&printer).expect("open");
        let name = ptsname(&printer, Vec::new()).expect("its name");
        let name = name.to_str().expect("a path");
        (SerialTransport::new(name, 19_200), printer)
    }

    #[test]
    fn a_printer_without_paper_is_given_up_and_what_it_did_not_take_never_comes_out() {
        const SHEET: usize = 1 << 20;
        let (mut transport, printer) = terminal();
        transport.patience = Duration::from_millis(200);
        let mut line = transport.open().expect("a line");
        let error = line.send(&vec![b'x'; SHEET]).expect_err("no paper");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(line);

        let mut paper = Vec::new();
        // A terminal whose other end is closed ends with an error.
        let end = File::from(printer).read_to_end(&mut paper);
        end.expect_err("closed");
        assert!(paper.len() < SHEET, "{} bytes came out", paper.len());
    }

    #[test]
    fn a_port_belongs_to_one_line() {
        let (transport, _printer) = terminal();
        let _line = transport.open().expect("a line");
        assert!(transport.open().is_err());
    }

    #[test]
    fn a_pseudo_terminal_is_a_printer_as_good_as_any() {
        let (transport, printer) = terminal();
        let mut line = transport.open().expect("a line");
        line.send(b"\x1b@A012").expect("sent");
        let mut paper = [0; 6];
        File::from(printer).read_exact(&mut paper).expect("bytes");
        assert_eq!(&paper, b"\x1b@A012");
        // The line must stay open until the printer has read, or a terminal drops the bytes.
        drop(line);
    }

    #[test]
    fn a_port_that_is_not_there_is_told_before_any_byte() {
        let nowhere = SerialTransport::new("/dev/no-such-port", 9600);
        assert!(nowhere.open().is_err());
    }
}
