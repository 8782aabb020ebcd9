//! The way to the printer: TCP, a serial port, or a file. All calls block; the agent runs them aside.
//!
//! Opening and sending are two steps, because what fails while opening has certainly printed nothing
//! and may be tried again, and what fails while sending may have.
//!
//! A printer without paper stops taking bytes. It is given up after [`SEND_PATIENCE`], and what it has
//! not taken by then is thrown away: refilled later, it must not bring out a ticket of somebody who
//! has long been told that there is none.

mod device;
mod file;
mod serial;
mod tcp;

use std::fmt;
use std::io;
use std::time::Duration;

pub use file::FileTransport;
pub use serial::SerialTransport;
pub use tcp::TcpTransport;

/// How long any printer may take for the bytes of one sheet; a long one at 9600 baud takes some
/// seconds. After it the call to [`Line::send`] ends soon, and its printer gets nothing more.
pub const SEND_PATIENCE: Duration = Duration::from_secs(15);

/// A printer that can be reached, or not.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Where the printer is, for staff.
    fn place(&self) -> String;

    /// Gets through to the printer. Not a byte is sent.
    fn open(&self) -> io::Result<Box<dyn Line>>;
}

/// An open line to the printer, for one sheet.
pub trait Line: Send {
    /// Sends all bytes. After an error nobody knows how many of them got there; none will once the
    /// line is dropped.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
}
