//! One visit and where it stands.
//!
//! ```text
//!             check in            call             start             finish
//!   booked ────────────▶ waiting ───────▶ called ────────▶ serving ─────────▶ finished
//!     │ call by hand; or    ▲  ▲ ▲           │ └─recall─┐    │ │ │               (services left:
//!     │ no check-in         │  │ │           │          ▼    │ │ │                back to waiting)
//!     └─────────────────────┼──┼─┼──────▶ called      called │ │ │
//!                           │  │ └─in vain───┤               │ │ └─pick up──▶ pick-up pending
//!                           │  └──requeue────┤               │ │                   │ call, resume,
//!                           │                │ in vain, n-th │ └─park──▶ parked ◀───┘ finish
//!                           └──requeue── missed              │             │
//!                                           ▲                └──resume─────┘
//!                                           └── call by hand brings a missed, parked or
//!                                               pending visit to a counter as well
//!
//!   waiting: may be paused until an instant (by the visitor, or after a call in vain).
//!   transfer: from every open state but booked into waiting, elsewhere or bound to somebody.
//!   cancel: from every open state into cancelled.
//!   the day, or a queue's overtime, ends: every open state into expired.
//!   undo: the last step of a visit is taken back as if it had not been.
//! ```
//!
//! Which step is allowed from where is decided in `decide`, and nowhere else.

mod place;
mod state;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use place::{Place, Priority};
pub use state::{ExpiredFrom, Pause, PauseCause, TicketState, VisitResult};

use crate::{
    Actor, ClerkKey, Corrected, CounterKey, Language, Lasted, Promise, QueueKey, ServiceKey,
    TicketId, TicketNumber, Why,
};

/// A visit, by a walk-in or with an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: TicketId,
    pub number: TicketNumber,
    /// The line that it stands in now.
    pub queue: QueueKey,
    /// What is still to be done, in the order in which it is to be served; not empty while the
    /// visit is open.
    pub services: Vec<ServiceKey>,
    /// What was done at the counters so far, in order.
    pub served: Vec<ServiceKey>,
    pub persons: u32,
    pub language: Language,
    pub needs: BTreeSet<Need>,
    pub priority: Priority,
    pub source: Source,
    /// None for a walk-in.
    pub appointment: Option<Appointment>,
    /// When the office learnt of it: a walk-in took the ticket, or the booking came.
    pub known_at: Timestamp,
    /// When the person came; none as long as nobody knows.
    pub arrived_at: Option<Timestamp>,
    /// The device that it was taken at, or that booked it.
    pub issued_by: Actor,
    /// People before this one when the ticket was taken.
    pub ahead: u32,
    /// What the visitor was told.
    pub promise: Option<Promise>,
    /// How far that window was corrected already.
    pub corrected: Option<Corrected>,
    pub place: Place,
    /// Only this counter, or this person, may call it.
    pub bound: Option<Bound>,
    /// How often it was called, recalls included.
    pub calls: u32,
    /// How often it was called in vain since it last stood at a counter or was put back by hand.
    pub calls_in_vain: u32,
    /// All its calls in vain, and how long counters waited.
    pub in_vain: Lasted,
    /// By which rule it was called last.
    pub why: Option<Why>,
    /// How often somebody who came later went to a counter that could have taken this one.
    #[serde(default)]
    pub overtaken: u32,
    /// When it was called for the first time.
    pub first_called_at: Option<Timestamp>,
    /// Time at counters that is over, in milliseconds; what runs now comes on top.
    pub served_ms: u64,
    pub state: TicketState,
    /// When the present state began.
    pub since: Timestamp,
}

impl Ticket {
    /// The time at counters up to `now`, in milliseconds: parking keeps it and it is added up.
    pub fn served_ms_at(&self, now: Timestamp) -> u64 {
        let running = match self.state {
            TicketState::Serving { .. } => now.duration_since(self.since).as_millis(),
            _ => 0,
        };
        self.served_ms
            .saturating_add(u64::try_from(running).unwrap_or(0))
    }

    /// From when on the person waits: the arrival, or the agreed time of who came before it. None
    /// as long as nobody knows that the person is here.
    pub fn waits_from(&self) -> Option<Timestamp> {
        let agreed = self.appointment.as_ref().map(|appointment| appointment.at);
        let arrived = self.arrived_at?;
        Some(agreed.map_or(arrived, |agreed| agreed.max(arrived)))
    }

    /// The service that it is for next; none only when the visit has ended.
    pub fn head(&self) -> Option<&ServiceKey> {
        self.services.first()
    }
}

/// A time that was agreed with the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub at: Timestamp,
    /// What the visitor can say or show instead of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Whom a transfer was for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    Counter(CounterKey),
    Clerk(ClerkKey),
}

/// Where a visit came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Kiosk,
    /// A clerk took the ticket for somebody.
    Counter,
    /// The visitor's own phone.
    Phone,
    /// The central system.
    Centre,
    /// A kiosk that could not reach the server and used a number lent to it.
    Offline,
}

impl Source {
    /// Whether the visitor pressed alone: hours, last ticket, contingent and locks bind only these.
    /// Staff see the person and may say yes.
    pub fn is_self_service(self) -> bool {
        match self {
            Self::Kiosk | Self::Phone => true,
            Self::Counter | Self::Centre | Self::Offline => false,
        }
    }
}

/// What a visitor needs from a counter. A code, never a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    LoweredCounter,
    InductionLoop,
    GuideStrip,
    SignLanguage,
}
