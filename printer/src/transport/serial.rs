//! A printer at a serial port (also one that a USB cable makes): 8 bits, no parity, no flow control.

use std::io::{self, Write as _};
use std::time::Duration;

use super::{Line, Transport};

/// Per write; at 9600 baud a ticket takes a second or two.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// A port such as `/dev/ttyS0` and its speed in baud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialTransport {
    port: String,
    baud: u32,
}

impl SerialTransport {
    pub fn new(port: impl Into<String>, baud: u32) -> Self {
        Self {
            port: port.into(),
            baud,
        }
    }
}

impl Transport for SerialTransport {
    fn place(&self) -> String {
        self.port.clone()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        let port = serialport::new(&self.port, self.baud).timeout(WRITE_PATIENCE);
        Ok(Box::new(SerialLine(port.open()?)))
    }
}

struct SerialLine(Box<dyn serialport::SerialPort>);

impl Line for SerialLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        // Waits until the last byte has left the port.
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Read as _;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    #[test]
    fn a_pseudo_terminal_is_a_printer_as_good_as_any() {
        let printer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&printer).expect("ours");
        unlockpt(&printer).expect("open");
        let name = ptsname(&printer, Vec::new()).expect("its name");
        let name = name.to_str().expect("a path");

        let mut line = SerialTransport::new(name, 19_200).open().expect("a line");
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
