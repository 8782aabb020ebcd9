//! One visit and where it stands.
//!
//! ```text
//!            call            start            finish
//!  waiting ───────▶ called ────────▶ serving ────────▶ finished
//!     ▲  ▲            │ └─recall──┐     │
//!     │  └──requeue───┤           │     │        every state but the last two:
//!     │               │miss       ▼     │        the day ends ──▶ expired
//!     └───requeue── missed      called
//! ```

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, CallId, CounterKey, Event, EventSeq, Language, Promise, QueueKey, Record, ServiceKey,
    TicketId, TicketNumber,
};

/// A visit by a walk-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: TicketId,
    pub number: TicketNumber,
    pub queue: QueueKey,
    /// In the order in which they are to be served; never empty.
    pub services: Vec<ServiceKey>,
    pub language: Language,
    pub needs: BTreeSet<Need>,
    pub arrived_at: Timestamp,
    /// The device that it was taken at.
    pub issued_by: Actor,
    /// People before this one when the ticket was taken.
    pub ahead: u32,
    /// What the visitor was told.
    pub promise: Option<Promise>,
    pub place: Place,
    /// How often it was called.
    pub calls: u32,
    pub state: TicketState,
    /// When the present state began.
    pub since: Timestamp,
}

impl Ticket {
    /// The visit that a `TicketIssued` begins; none for a record of anything else.
    pub fn issued(record: &Record) -> Option<Self> {
        let Event::TicketIssued {
            ticket,
            number,
            queue,
            services,
            language,
            needs,
            promise,
            ahead,
        } = &record.event
        else {
            return None;
        };
        Some(Self {
            id: *ticket,
            number: number.clone(),
            queue: queue.clone(),
            services: services.clone(),
            language: language.clone(),
            needs: needs.clone(),
            arrived_at: record.at,
            issued_by: record.by.clone(),
            ahead: *ahead,
            promise: *promise,
            place: Place(record.seq),
            calls: 0,
            state: TicketState::Waiting,
            since: record.at,
        })
    }
}

/// Where a visit stands, with what only that state has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TicketState {
    Waiting,
    Called { counter: CounterKey, call: CallId },
    Serving { counter: CounterKey, call: CallId },
    Missed,
    Finished,
    Expired,
}

impl TicketState {
    /// The counter that called or serves the visit.
    pub fn counter(&self) -> Option<&CounterKey> {
        match self {
            Self::Called { counter, .. } | Self::Serving { counter, .. } => Some(counter),
            Self::Waiting | Self::Missed | Self::Finished | Self::Expired => None,
        }
    }

    /// The latest call, while it matters to a counter.
    pub fn call(&self) -> Option<CallId> {
        match self {
            Self::Called { call, .. } | Self::Serving { call, .. } => Some(*call),
            Self::Waiting | Self::Missed | Self::Finished | Self::Expired => None,
        }
    }

    /// Whether the visit has ended for good.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Finished | Self::Expired)
    }

    /// The state's name, as on the wire and in logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called { .. } => "called",
            Self::Serving { .. } => "serving",
            Self::Missed => "missed",
            Self::Finished => "finished",
            Self::Expired => "expired",
        }
    }
}

/// A place in the order of calls: the number of the record that gave it. Smaller is earlier, and no
/// two tickets ever have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Place(pub EventSeq);

/// What a visitor needs from a counter. A code, never a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    LoweredCounter,
    InductionLoop,
    GuideStrip,
    SignLanguage,
}
