//! When something was seen: by the clock on the wall, for people, and by the monotonic one, for
//! differences.

use std::time::Duration;

use aufruf_client::clock::{Clock as _, SystemClock};
use jiff::Timestamp;
use tokio::time::Instant;

/// An instant that can be told and compared.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub at: Timestamp,
    tick: Instant,
}

impl Moment {
    pub fn now() -> Self {
        Self {
            at: SystemClock.now(),
            tick: Instant::now(),
        }
    }

    /// How long after `earlier`; nothing if it was before.
    pub fn after(self, earlier: Self) -> Duration {
        self.tick.saturating_duration_since(earlier.tick)
    }
}
