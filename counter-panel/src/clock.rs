//! What time it is, twice: as clocks on walls show it, and as spans are measured.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aufruf_client::clock::Clock;
use jiff::Timestamp;

/// One moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The device's clock. It may be set, forwards or back, at any time.
    pub wall: Timestamp,
    /// Since the panel started. It only ever grows: spans are measured by it.
    pub steady: Duration,
}

/// Tells the moment.
pub trait Watch: Debug {
    fn now(&self) -> Moment;
}

/// The machine's own clocks.
#[derive(Debug)]
pub struct MachineWatch {
    wall: Arc<dyn Clock>,
    start: Instant,
}

impl MachineWatch {
    /// Starts measuring.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the watch that everybody else asks"
    )]
    pub fn start(wall: Arc<dyn Clock>) -> Self {
        Self {
            wall,
            start: Instant::now(),
        }
    }
}

impl Watch for MachineWatch {
    fn now(&self) -> Moment {
        Moment {
            wall: self.wall.now(),
            steady: self.start.elapsed(),
        }
    }
}
