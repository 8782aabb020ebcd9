//! A printer in the network, nearly always on port 9100: what is sent there is printed, and nothing
//! is answered.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use super::{Line, Transport};

const CONNECT_PATIENCE: Duration = Duration::from_secs(3);
/// A printer that is out of paper stops taking bytes; a ticket is short and fits into its buffer.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);
/// A printer that is busy with another computer takes the line and then breaks it: by then we know.
const SETTLE: Duration = Duration::from_millis(200);
/// How long the printer may take to close its side, after which it is closed on ours.
const FAREWELL: Duration = Duration::from_millis(500);

/// `host:port`; the host may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcpTransport {
    address: String,
}

impl TcpTransport {
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
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
                    stream.set_write_timeout(Some(WRITE_PATIENCE))?;
                    return Ok(Box::new(TcpLine(stream)));
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

struct TcpLine(TcpStream);

impl Line for TcpLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        let closed = self.listen_for(SETTLE)?;
        // From here on all bytes are there; some printers answer the farewell by breaking the line.
        if !closed && self.0.shutdown(Shutdown::Write).is_ok() {
            let _ = self.listen_for(FAREWELL);
        }
        Ok(())
    }
}

impl TcpLine {
    /// Reads away what the printer says of itself, until it closes (true) or is silent (false). Bytes
    /// left unread would make our end break the line, and what is still under way would be lost.
    fn listen_for(&mut self, patience: Duration) -> io::Result<bool> {
        self.0.set_read_timeout(Some(patience))?;
        let mut heard = [0; 256];
        // LIMIT: a printer that goes on talking is not listened to for ever.
        for _ in 0..16 {
            match self.0.read(&mut heard) {
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
        let mut line = TcpTransport::new(address).open().expect("a line");
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
    fn a_printer_that_is_not_there_is_told_before_any_byte() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        drop(listener);
        let error = TcpTransport::new(address).open().err().expect("no printer");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    }
}
