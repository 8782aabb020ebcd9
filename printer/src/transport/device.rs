//! Writing to a device that may take nothing for hours, without being held by it.
//!
//! The device is opened so that it never blocks (`O_NONBLOCK`), and waited for until a deadline. With
//! no write under way, closing it cancels what its driver has not passed on.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use tokio::time::Instant;

/// Opens a device that never blocks, and never becomes the terminal that we are run from.
pub(super) fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = options.clone();
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

/// Writes all bytes and waits until the device would take more: a USB printer that would has taken
/// them.
///
/// # Errors
/// `TimedOut` if that is not so by `until`.
pub(super) fn write_all(mut device: &File, mut bytes: &[u8], until: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        match device.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(taken) => bytes = &bytes[taken..],
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => wait_until_ready(device, until)?,
                ErrorKind::Interrupted => {}
                _ => return Err(error),
            },
        }
    }
    wait_until_ready(device, until)
}

/// Lets a little time pass, as long as there is some left.
pub(super) fn pause(until: Instant) -> io::Result<()> {
    const A_LITTLE: Duration = Duration::from_millis(10);
    match poll(&mut [], Some(&timespec(left(until)?.min(A_LITTLE)))) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn wait_until_ready(device: &File, until: Instant) -> io::Result<()> {
    loop {
        let mut ready = [PollFd::new(device, PollFlags::OUT)];
        match poll(&mut ready, Some(&timespec(left(until)?))) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) if ready[0].revents() == PollFlags::OUT => return Ok(()),
            // Unplugged, or nobody is there any more to read.
            Ok(_) => return Err(ErrorKind::BrokenPipe.into()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        let reason = "the printer takes nothing: no paper, or its cover is open?";
        return Err(io::Error::new(ErrorKind::TimedOut, reason));
    }
    Ok(left)
}

fn timespec(wait: Duration) -> Timespec {
    Timespec::try_from(wait).expect("a wait of some seconds")
}
