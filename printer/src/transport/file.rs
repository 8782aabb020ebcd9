//! A printer behind a file: a device such as `/dev/usb/lp0`, or a plain file that tickets are
//! appended to.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;

use super::{Line, Transport};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTransport {
    path: PathBuf,
}

impl FileTransport {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Transport for FileTransport {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        let options = OpenOptions::new()
            .append(true)
            .create(!is_device(self))
            .to_owned();
        Ok(Box::new(FileLine(options.open(&self.path)?)))
    }
}

/// A device that is unplugged must not be replaced by a plain file of its name.
fn is_device(transport: &FileTransport) -> bool {
    transport.path.starts_with("/dev")
}

struct FileLine(File);

impl Line for FileLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        match self.0.sync_data() {
            // A device has nothing to sync.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_appended_to_a_plain_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tickets.bin");
        let transport = FileTransport::new(&path);
        for ticket in [b"A012", b"A013"] {
            let mut line = transport.open().expect("a line");
            line.send(ticket).expect("sent");
        }
        assert_eq!(std::fs::read(&path).expect("the file"), b"A012A013");
    }

    #[test]
    fn an_unplugged_device_is_not_made_into_a_file() {
        let unplugged = FileTransport::new("/dev/shm/no-such-printer");
        assert!(unplugged.open().is_err());
    }

    #[test]
    fn a_device_takes_tickets() {
        let mut line = FileTransport::new("/dev/null").open().expect("a line");
        line.send(b"A012").expect("sent");
    }
}
