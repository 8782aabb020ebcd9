//! Batches on their way to the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::{Registry, Unit};

use super::histogram::Histogram;

/// Commands; the engine task takes 256 at most.
const SIZES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// Seconds. A good disk syncs within 5 ms.
const TIMES: [f64; 11] = [
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
];

/// All batches of one office. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Commits {
    sizes: Histogram,
    seconds: Histogram,
    failed: Counter,
    is_failing: Arc<AtomicBool>,
}

impl Commits {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let (sizes, seconds) = (Histogram::new(&SIZES), Histogram::new(&TIMES));
        let failed = Counter::default();
        registry.register(
            "batch_commands",
            "Commands that were committed together; none in a batch of the clock's own",
            sizes.clone(),
        );
        registry.register_with_unit(
            "commit",
            "Time from handing a batch over until it is on disk",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register(
            "commits_failed",
            "Batches that could not be kept; nothing of them was done",
            failed.clone(),
        );
        Self {
            sizes,
            seconds,
            failed,
            is_failing: Arc::default(),
        }
    }

    /// A batch of so many commands is on disk, so long after it was handed over.
    pub(crate) fn kept(&self, commands: usize, took: Duration) {
        let commands = u32::try_from(commands).unwrap_or(u32::MAX);
        self.sizes.observe(f64::from(commands));
        self.seconds.took(took);
        self.is_failing.store(false, Ordering::Relaxed);
    }

    /// A batch is lost.
    pub(crate) fn failed(&self) {
        self.failed.inc();
        self.is_failing.store(true, Ordering::Relaxed);
    }

    /// Whether the last batch was lost.
    pub(crate) fn is_failing(&self) -> bool {
        self.is_failing.load(Ordering::Relaxed)
    }
}
