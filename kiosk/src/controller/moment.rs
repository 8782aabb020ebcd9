//! The present, on the two clocks that a kiosk needs.

use std::time::Duration;

use jiff::Timestamp;

/// One instant, twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// By the machine's clock, which may be set at any time: for the times that people read, and nothing else.
    pub wall: Timestamp,
    /// Since the program started; it only ever grows. Every span is measured on it.
    pub since_start: Duration,
}
