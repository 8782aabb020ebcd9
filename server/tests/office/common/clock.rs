//! The office's time, as a test says it.

use std::sync::{Mutex, PoisonError};

use aufruf_server::clock::Clock;
use jiff::{SignedDuration, Timestamp};

/// Stands still until it is set.
#[derive(Debug)]
pub(crate) struct TestClock(Mutex<Timestamp>);

impl TestClock {
    /// Monday, 23 November 2026, 9:00 in Berlin.
    pub(crate) fn opening() -> Self {
        let at = "2026-11-23T09:00:00+01:00".parse();
        Self(Mutex::new(at.expect("an instant")))
    }

    /// It is now this local time in winter, such as `2026-11-23T10:30`.
    pub(crate) fn is(&self, local: &str) {
        let at = format!("{local}:00+01:00").parse();
        *self.lock() = at.expect("a local time");
    }

    pub(crate) fn goes_on(&self, minutes: i64) {
        let mut now = self.lock();
        *now += SignedDuration::from_mins(minutes);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.lock()
    }
}
