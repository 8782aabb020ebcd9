//! Why a person was called: the rule that chose, and the facts it used.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Priority;

/// The rule by which a person was called. A panel shows it, a test checks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Why {
    /// Of all whom this counter can take, this one waits longest.
    FirstInLine,
    /// Nobody may wait longer than the queue's maximum, and this one does.
    Overdue { waited_min: u32, max_wait_min: u32 },
    /// Put before somebody who waits longer, by priority.
    Priority { priority: Priority },
    /// The agreed time has come: put before somebody who waits longer without one.
    Appointment { at: Timestamp },
    /// The turn of one who waits longest, after this many others were put before.
    TurnOfOthers { after: u32 },
    /// A walk-in whose visit fits before the appointment that is soon due, or whom waiting would cost
    /// more.
    FitsBefore { at: Timestamp },
    /// A visit that is over soon, put before people who wait longer and lose little by it.
    ShorterFirst { overtaken: u32 },
    /// One of the counter's own services, put before somebody for whom it only helps out.
    OwnService,
    /// Before the agreed time, because nobody else can be called.
    EarlyAppointment { at: Timestamp },
    /// A clerk chose this one.
    Chosen,
}

impl Why {
    /// Whether somebody who waits longer was put behind by rule.
    pub fn is_favoured(self) -> bool {
        match self {
            Self::Priority { .. } | Self::Appointment { .. } => true,
            Self::FirstInLine
            | Self::Overdue { .. }
            | Self::TurnOfOthers { .. }
            | Self::FitsBefore { .. }
            | Self::ShorterFirst { .. }
            | Self::OwnService
            | Self::EarlyAppointment { .. }
            | Self::Chosen => false,
        }
    }
}
