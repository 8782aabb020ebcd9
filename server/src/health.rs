//! What is wrong with the server itself. The panels hear of it like of any device that is not well.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::clock::{Clock, Doubt};
use crate::runtime::ViewHandle;

/// How often the clock is looked at: staff hears of a fault within five seconds.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Clock,
    Backup,
    Privacy,
    Certificate,
    /// What tells office IT elsewhere.
    Hooks,
}

impl Part {
    /// Every part, in their order.
    pub(crate) const ALL: [Self; 5] = [
        Self::Clock,
        Self::Backup,
        Self::Privacy,
        Self::Certificate,
        Self::Hooks,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Backup => "backup",
            Self::Privacy => "privacy",
            Self::Certificate => "certificate",
            Self::Hooks => "hooks",
        }
    }

    /// The code of its alert.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Clock => "server_clock",
            Self::Backup => "server_backup",
            Self::Privacy => "server_privacy",
            Self::Certificate => "server_certificate",
            Self::Hooks => "server_hooks",
        }
    }
}

/// The present faults, one of a part at most. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub struct Health {
    faults: Arc<watch::Sender<BTreeMap<Part, String>>>,
}

impl Default for Health {
    fn default() -> Self {
        let (faults, _) = watch::channel(BTreeMap::new());
        Self {
            faults: Arc::new(faults),
        }
    }
}

impl Health {
    /// A part is well, or has this fault: in words for staff, with what to do.
    pub fn says(&self, part: Part, fault: Option<String>) {
        self.faults.send_if_modified(|faults| {
            if faults.get(&part) == fault.as_ref() {
                return false;
            }
            let name = part.name();
            if let Some(fault) = fault {
                error!(part = name, "{fault}");
                faults.insert(part, fault);
            } else {
                info!(part = name, "the {name} is well again");
                faults.remove(&part);
            }
            true
        });
    }

    /// The present faults, in the order of the parts.
    pub fn faults(&self) -> Vec<String> {
        self.faults.borrow().values().cloned().collect()
    }

    /// Watches the clock, and tells the panels whatever changes.
    pub async fn watch(
        self,
        clock: Arc<dyn Clock>,
        views: ViewHandle,
        stopping: CancellationToken,
    ) {
        let mut changes = self.faults.subscribe();
        // What was said before is news to the panels too.
        changes.mark_changed();
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = look.tick() => {
                    let jumped = clock.jump().map(jumped);
                    self.says(Part::Clock, jumped.or_else(|| clock.doubt().map(doubted)));
                }
                Ok(()) = changes.changed() => {
                    let faults = changes.borrow_and_update().clone();
                    views.server_says(faults).await;
                }
            }
        }
    }
}

fn doubted(doubt: Doubt) -> String {
    match doubt {
        Doubt::Behind(by) => format!(
            "the clock of the server's computer is {} min behind the last record; nobody's waiting goes on until it has caught up: set it right and start the server anew",
            by.as_mins() + 1
        ),
        Doubt::FarAhead(by) => format!(
            "the clock of the server's computer is {} days ahead of the last record, and no network has set it: look whether the date is right; if it is not, set it and restore the day with `aufruf-server restore --latest`",
            by.as_hours() / 24
        ),
    }
}

fn jumped(by: SignedDuration) -> String {
    let way = if by.is_negative() { "back" } else { "forward" };
    // By the minute, so that it is one fault and not a new one every second.
    let minutes = by.abs().as_mins();
    format!(
        "the clock of the server's computer jumped {way} by {minutes} min; the office goes on by its own time: set the clock right, or start the server anew if the new time is right"
    )
}
