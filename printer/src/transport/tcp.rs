//! A printer in the network, nearly always on port 9100: what is sent there is printed, and nothing
//! is answered.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use rustix::net::sockopt::{set_socket_linger, set_tcp_user_timeout};
use tokio::time::Instant;

use super::{Line, Transport};

const CONNECT_PATIENCE: Duration = Duration::from_secs(3);
/// A printer that is out of paper stops taking bytes; a ticket is short and fits into its buffer.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);
/// For as long the system keeps bytes that the printer does not take, also after the line is closed.
const KEPT_MS: u32 = 10_000;
/// A printer that is busy with another computer takes the line and then breaks it: by then we know.
const SETTLE: Duration = Duration::from_millis(200);
/// How long the printer may take to close its side, after which it is closed on ours.
const FAREWELL: Duration = Duration::from_millis(500);

/// `host:port`; the host may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcpTransport {
    address: String,
    write_patience: Duration,
    settle: Duration,
}

impl TcpTransport {
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            write_patience: WRITE_PATIENCE,
            settle: SETTLE,
        }
    }
}

impl Transport for TcpTransport {
    fn place(&self) -> String {
        self.address.clone()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        let mut failure = io::Error::new(ErrorKind::NotFound, "the name has no address");
        for address in self.address.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT_PATIENCE) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    set_tcp_user_timeout(&stream, KEPT_MS)?;
                    return Ok(Box::new(TcpLine {
                        stream,
                        write_patience: self.write_patience,
                        settle: self.settle,
                    }));
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

struct TcpLine {
    stream: TcpStream,
    write_patience: Duration,
    settle: Duration,
}

impl Line for TcpLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(failure) = self.write_all(bytes) {
            // What the system still holds is thrown away with the line, not sent behind our back.
            set_socket_linger(&self.stream, Some(Duration::ZERO))?;
            return Err(failure);
        }
        let closed = self.listen_for(self.settle)?;
        // From here on all bytes are there; some printers answer the farewell by breaking the line.
        if !closed && self.stream.shutdown(Shutdown::Write).is_ok() {
            let _ = self.listen_for(FAREWELL);
        }
        Ok(())
    }
}

impl TcpLine {
    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let until = Instant::now() + self.write_patience;
        while !bytes.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            self.stream.set_write_timeout(Some(left))?;
            match self.stream.write(bytes) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(taken) => bytes = &bytes[taken..],
                Err(error) => match error.kind() {
                    // The time is over, which is looked at above.
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(())
    }

    /// Reads away what the printer says of itself, until it closes (true) or is silent (false). Bytes
    /// left unread would make our end break the line, and what is still under way would be lost.
    fn listen_for(&mut self, patience: Duration) -> io::Result<bool> {
        self.stream.set_read_timeout(Some(patience))?;
        let mut heard = [0; 256];
        // LIMIT: a printer that goes on talking is not listened to for ever.
        for _ in 0..16 {
            match self.stream.read(&mut heard) {
                Ok(0) => return Ok(true),
                Ok(_) => {}
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => return Ok(false),
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    #[test]
    fn a_printer_with_a_name_gets_all_bytes() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let printer = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a line");
            let mut paper = Vec::new();
            stream.read_to_end(&mut paper).expect("bytes");
            paper
        });
        let transport = TcpTransport::new(format!("localhost:{port}"));
        let mut line = transport.open().expect("a line");
        line.send(b"A012").expect("sent");
        assert_eq!(printer.join().expect("the printer"), b"A012");
    }

    #[test]
    fn a_printer_that_breaks_the_line_after_the_bytes_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let transport = TcpTransport {
            settle: Duration::from_secs(20),
            ..TcpTransport::new(address)
        };
        let mut line = transport.open().expect("a line");
        let (mut printer, _) = listener.accept().expect("the line");
        let breaks = thread::spawn(move || {
            let mut first = [0; 1];
            printer.read_exact(&mut first).expect("a byte");
            // Closing with bytes unread resets the line.
            drop(printer);
        });
        let sent = line.send(&[b'x'; 2000]);
        breaks.join().expect("the printer");
        assert!(sent.is_err());
    }

    #[test]
    fn a_printer_without_paper_is_given_up_and_what_it_did_not_take_never_comes_out() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let transport = TcpTransport {
            write_patience: Duration::from_millis(200),
            ..TcpTransport::new(address)
        };
        let mut line = transport.open().expect("a line");
        let (mut printer, _) = listener.accept().expect("the line");
        // More than the system keeps for the two ends of a line.
        let error = line.send(&vec![b'x'; 64 << 20]).expect_err("no paper");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        drop(line);
        let error = printer.read_to_end(&mut Vec::new()).expect_err("broken");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }

    #[test]
    fn a_printer_that_is_not_there_is_told_before_any_byte() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        drop(listener);
        let error = TcpTransport::new(address).open().err().expect("no printer");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    }
}
