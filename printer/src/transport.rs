//! The way to the printer: TCP, a serial port, or a file. All calls block; the agent runs them aside.
//!
//! Opening and sending are two steps, because what fails while opening has certainly printed nothing
//! and may be tried again, and what fails while sending may have.

mod file;
mod serial;
mod tcp;

use std::fmt;
use std::io;

pub use file::FileTransport;
pub use serial::SerialTransport;
pub use tcp::TcpTransport;

/// A printer that can be reached, or not.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Where the printer is, for staff.
    fn place(&self) -> String;

    /// Gets through to the printer. Not a byte is sent.
    fn open(&self) -> io::Result<Box<dyn Line>>;
}

/// An open line to the printer, for one sheet.
pub trait Line: Send {
    /// Sends all bytes. After an error nobody knows how many of them got there.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
}
