//! A printer behind a file: a device such as `/dev/usb/lp0`, or a plain file that tickets are
//! appended to.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use super::{Line, SEND_PATIENCE, Transport, device};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTransport {
    path: PathBuf,
    patience: Duration,
}

impl FileTransport {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            patience: SEND_PATIENCE,
        }
    }
}

impl Transport for FileTransport {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn open(&self) -> io::Result<Box<dyn Line>> {
        let mut options = OpenOptions::new();
        options.append(true).create(!is_device(self));
        Ok(Box::new(FileLine {
            file: device::open(&self.path, &options)?,
            patience: self.patience,
        }))
    }
}

/// A device that is unplugged must not be replaced by a plain file of its name.
fn is_device(transport: &FileTransport) -> bool {
    transport.path.starts_with("/dev")
}

struct FileLine {
    file: File,
    patience: Duration,
}

impl Line for FileLine {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        device::write_all(&self.file, bytes, Instant::now() + self.patience)?;
        match self.file.sync_data() {
            // A device has nothing to sync.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    /// A printer whose bytes go through a pipe with a name.
    fn pipe(folder: &tempfile::TempDir) -> (FileTransport, File) {
        let path = folder.path().join("lp0");
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        let printer = device::open(&path, OpenOptions::new().read(true)).expect("its end");
        let transport = FileTransport {
            patience: Duration::from_millis(200),
            ..FileTransport::new(path)
        };
        (transport, printer)
    }

    #[test]
    fn a_printer_without_paper_is_given_up_and_what_it_did_not_take_never_comes_out() {
        const SHEET: usize = 4 << 20;
        let folder = tempfile::tempdir().expect("a folder");
        let (transport, mut printer) = pipe(&folder);
        let mut line = transport.open().expect("a line");
        let error = line.send(&vec![b'x'; SHEET]).expect_err("no paper");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        drop(line);

        // The end of the pipe is reached: nobody writes any more.
        let mut paper = Vec::new();
        printer.read_to_end(&mut paper).expect("all there is");
        assert!(paper.len() < SHEET, "{} bytes came out", paper.len());
    }

    #[test]
    fn a_sheet_goes_on_when_the_printer_takes_bytes_again() {
        const SHEET: usize = 1 << 20;
        let folder = tempfile::tempdir().expect("a folder");
        let (mut transport, _printer) = pipe(&folder);
        transport.patience = Duration::from_secs(20);
        let mut line = transport.open().expect("a line");
        let mut printer = File::open(&transport.path).expect("an end that waits for bytes");
        let sent = std::thread::spawn(move || line.send(&vec![b'x'; SHEET]));
        let mut paper = vec![0; SHEET];
        printer.read_exact(&mut paper).expect("bytes");
        sent.join().expect("an end").expect("sent");
    }

    #[test]
    fn a_printer_that_goes_in_the_midst_of_a_sheet_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (transport, printer) = pipe(&folder);
        let mut line = transport.open().expect("a line");
        drop(printer);
        let error = line.send(b"A012").expect_err("unplugged");
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    }

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
