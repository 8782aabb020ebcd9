//! The time for spans, and the one place that asks the machine for it.
//!
//! How long a number stays and how long an answer is awaited must not hang on the machine's clock, which
//! a time server or a person may set back or on at any moment. That clock is for the times people read.

use std::fmt::Debug;
use std::time::{Duration, Instant};

/// Runs evenly since the program started, whatever is done to the machine's clock.
pub trait Stopwatch: Debug {
    /// The time since the start; never less than before.
    fn elapsed(&self) -> Duration;
}

/// The machine's own, started when it is made. It stands while the machine sleeps.
#[derive(Debug, Clone, Copy)]
pub struct SystemStopwatch(Instant);

impl SystemStopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the stopwatch that everybody else asks"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Stopwatch for SystemStopwatch {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
