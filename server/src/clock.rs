//! The office's time. The only place that asks the machine for it.

use jiff::Timestamp;

/// Tells the time. In pure code the time is an argument; the shell asks here.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        // Records keep milliseconds, so nothing finer is ever decided on.
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}
