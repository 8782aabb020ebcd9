//! What `GET /metrics` tells office IT: counts since the start, and how the office stands now. Owns the
//! registry of one office. Decides nothing, and holds nobody up: on the engine task's way there are atomics
//! alone. Labels come from small sets that the office and its devices fix; nothing is ever about a
//! ticket, a person or a text.
//!
//! ```text
//!   engine task ──commands, batches──▶ ┌──────────┐
//!   view task ──────first calls──────▶ │ registry │──▶ text
//!   view task ◀──figures, please── GET │ figures  │
//!                                      └──────────┘
//! ```

mod commands;
mod commits;
mod figures;
mod histogram;
mod hooks;
mod promises;

use std::sync::Arc;

use jiff::Timestamp;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::{Registry, Unit};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::alerts::Alerts;
use crate::runtime::CommandBus;

pub(crate) use commands::{CommandCounts, CommandEnd, Commands};
pub(crate) use commits::Commits;
pub use figures::Figures;
pub(crate) use figures::{DeviceFigures, QueueFigures, Today};
pub(crate) use hooks::HookCounts;
pub(crate) use promises::Promises;

/// The media type of what is told.
pub const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

const NAMES_BEGIN_WITH: &str = "aufruf";
/// LIMIT: readers who are served at the same time; all others wait. Each has the view task look over the
/// day, and screens shall not wait for readers.
const READERS: usize = 1;

/// The measures of one office. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Measures>);

#[derive(Debug)]
struct Measures {
    registry: Registry,
    commands: Commands,
    commits: Commits,
    promises: Promises,
    hooks: HookCounts,
    readers: Semaphore,
}

impl Metrics {
    /// Of an office that was started just now.
    pub fn new(started_at: Timestamp) -> Self {
        let mut registry = Registry::with_prefix(NAMES_BEGIN_WITH);
        let version: Family<[(&str, &str); 1], Gauge> = Family::default();
        version
            .get_or_create(&[("version", env!("CARGO_PKG_VERSION"))])
            .set(1);
        registry.register("build_info", "The server's version", version);
        registry.register_with_unit(
            "start_time",
            "When the server was started, since 1970",
            Unit::Seconds,
            ConstGauge::new(started_at.as_second()),
        );
        Self(Arc::new(Measures {
            commands: Commands::register(&mut registry),
            commits: Commits::register(&mut registry),
            promises: Promises::register(&mut registry),
            hooks: HookCounts::register(&mut registry),
            readers: Semaphore::new(READERS),
            registry,
        }))
    }

    pub(crate) fn commands(&self) -> &Commands {
        &self.0.commands
    }

    /// For the task that answers commands.
    pub(crate) fn command_counts(&self) -> CommandCounts {
        self.0.commands.counts()
    }

    pub(crate) fn commits(&self) -> &Commits {
        &self.0.commits
    }

    pub(crate) fn promises(&self) -> &Promises {
        &self.0.promises
    }

    pub(crate) fn hooks(&self) -> &HookCounts {
        &self.0.hooks
    }

    /// The reader's turn, until it is dropped.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.0.readers.acquire().await.ok()
    }

    /// All of it, with how the office stands.
    pub(crate) fn text(&self, figures: &Figures, bus: &CommandBus, alerts: &Alerts) -> String {
        let mut now = figures.registry();
        now.register(
            "ready",
            "1 while commands are taken",
            ConstGauge::new(i64::from(bus.is_open())),
        );
        now.register(
            "alerts",
            "What is wrong now, by code",
            figures::by_code(alerts),
        );
        let mut text = String::new();
        encode_registry(&mut text, &self.0.registry)
            .and_then(|()| encode_registry(&mut text, &now))
            .and_then(|()| encode_eof(&mut text))
            .expect("a text takes everything");
        text
    }
}
