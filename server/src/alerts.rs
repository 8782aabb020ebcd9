//! What is wrong now: one list for panels, the API, the admin's page and office IT. The view task and the bus
//! say what they see each second; here it is told what has lasted long enough. Owns nothing that lasts: after a
//! start the list is made anew.
//!
//! ```text
//!   view task ──conditions, each second──▶ book ──alerts──▶ panels, API, page, metrics
//!   bus ─────────────────────────────────▶  │
//!                                           └──▶ hooks: webhook, mail
//! ```

mod book;
mod watch;
mod words;

use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest as wire;
use jiff::Timestamp;
use tokio::sync::watch as channel;

use crate::health::Part;
use crate::staff_language::StaffLanguage;

pub(crate) use book::Book;
pub use watch::Watch;
pub(crate) use words::for_panel;

/// What kind of thing is wrong. Its word never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertCode {
    /// Commands are not taken: the disk, or the engine.
    StoreUnavailable,
    /// A part of the server itself.
    Server(Part),
    /// A device that has to be here at this hour is not.
    DeviceAway,
    /// A device reports faults.
    DeviceFault,
    PaperOut,
    PaperLow,
    /// A device's clock is far from the server's.
    DeviceClock,
    /// Tickets were taken and are not on paper.
    TicketsUnprinted,
    /// Somebody is called, and no display shows it.
    CallUnpainted,
}

/// Something that is wrong at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub code: AlertCode,
    /// A device, a counter, `server` or `office`.
    pub at: String,
    /// What the words need beside that: a fault in the device's own words, a place, a figure.
    pub about: Option<String>,
}

/// Something that has been wrong for long enough to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub condition: Condition,
    pub since: Timestamp,
}

/// The present alerts. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub struct Alerts(Arc<channel::Sender<Arc<Vec<Alert>>>>);

impl AlertCode {
    /// The word that stays the same.
    pub fn name(self) -> &'static str {
        match self {
            Self::StoreUnavailable => "store_unavailable",
            Self::Server(part) => part.code(),
            Self::DeviceAway => "device_away",
            Self::DeviceFault => "device_fault",
            Self::PaperOut => "paper_out",
            Self::PaperLow => "paper_low",
            Self::DeviceClock => "device_clock",
            Self::TicketsUnprinted => "tickets_unprinted",
            Self::CallUnpainted => "call_unpainted",
        }
    }

    /// Every code.
    pub fn all() -> impl Iterator<Item = Self> {
        let parts = Part::ALL.into_iter().map(Self::Server);
        let others = [
            Self::StoreUnavailable,
            Self::DeviceAway,
            Self::DeviceFault,
            Self::PaperOut,
            Self::PaperLow,
            Self::DeviceClock,
            Self::TicketsUnprinted,
            Self::CallUnpainted,
        ];
        others.into_iter().chain(parts)
    }

    /// How long it may be so before it is told.
    fn patience(self) -> Duration {
        match self {
            // A device that restarts is back by then.
            Self::DeviceAway => Duration::from_secs(30),
            // A display paints within a second, a disk that stalls is well again.
            Self::CallUnpainted | Self::StoreUnavailable => Duration::from_secs(3),
            Self::Server(_)
            | Self::DeviceFault
            | Self::PaperOut
            | Self::PaperLow
            | Self::DeviceClock
            | Self::TicketsUnprinted => Duration::ZERO,
        }
    }
}

impl Condition {
    /// This, at a device or place.
    pub fn at(code: AlertCode, at: &str) -> Self {
        Self {
            code,
            at: at.to_owned(),
            about: None,
        }
    }

    /// The same, with what the words need.
    #[must_use]
    pub fn about(self, about: String) -> Self {
        let about = Some(about);
        Self { about, ..self }
    }
}

impl Alert {
    /// As it goes over the wire, in a reader's language.
    pub fn told(&self, language: StaffLanguage) -> wire::Alert {
        wire::Alert {
            code: self.condition.code.name().to_owned(),
            at: self.condition.at.clone(),
            since: self.since,
            what: words::what(&self.condition, language),
            todo: words::todo(self.condition.code, language).to_owned(),
        }
    }
}

impl Default for Alerts {
    fn default() -> Self {
        Self(Arc::new(channel::Sender::default()))
    }
}

impl Alerts {
    /// What is wrong now, the oldest first.
    pub fn now(&self) -> Arc<Vec<Alert>> {
        Arc::clone(&self.0.borrow())
    }

    /// Takes the list as it is now; whether that is news.
    fn are(&self, alerts: &[Alert]) -> bool {
        self.0.send_if_modified(|known| {
            let is_news = known.as_slice() != alerts;
            if is_news {
                *known = Arc::new(alerts.to_vec());
            }
            is_news
        })
    }

    /// How many there are of each code.
    pub(crate) fn counts(&self) -> Vec<(&'static str, i64)> {
        let now = self.now();
        let count = |code: AlertCode| {
            let of_code = now.iter().filter(|alert| alert.condition.code == code);
            (
                code.name(),
                i64::try_from(of_code.count()).unwrap_or(i64::MAX),
            )
        };
        AlertCode::all().map(count).collect()
    }
}
