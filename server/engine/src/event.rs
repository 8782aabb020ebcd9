//! What happened. Past tense; with the record's number and time, an event says all that `apply` needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    CounterKey, Language, Need, Office, Promise, QueueKey, Resting, ServiceKey, TicketId,
    TicketNumber,
};

/// One thing that happened in the office. No personal data, ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A day began. Carries all that lives on from the day before: state never replays across days.
    DayOpened {
        date: Date,
        ends_at: Timestamp,
        office: Arc<Office>,
        resting: Vec<Resting>,
    },
    /// The day ended; these visits were still open.
    DayClosed {
        expired: Vec<TicketId>,
    },
    OfficeChanged {
        office: Arc<Office>,
    },
    CounterOpened {
        counter: CounterKey,
    },
    CounterClosed {
        counter: CounterKey,
    },
    TicketIssued {
        ticket: TicketId,
        number: TicketNumber,
        queue: QueueKey,
        services: Vec<ServiceKey>,
        language: Language,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        needs: BTreeSet<Need>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promise: Option<Promise>,
        /// People before this one when the ticket was taken.
        ahead: u32,
    },
    TicketCalled {
        ticket: TicketId,
        counter: CounterKey,
        why: Why,
    },
    TicketRecalled {
        ticket: TicketId,
    },
    ServiceStarted {
        ticket: TicketId,
    },
    VisitFinished {
        ticket: TicketId,
    },
    TicketMissed {
        ticket: TicketId,
    },
    TicketRequeued {
        ticket: TicketId,
        to: Requeued,
    },
}

/// Where somebody goes who is put back into the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requeued {
    /// Called by mistake or too early: the old place.
    OldPlace,
    /// Came after the call was over: behind those who wait now.
    End,
}

/// The rule by which a person was called, and the facts it used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Why {
    /// Nobody whom this counter can serve stands before.
    FirstInLine,
    /// A clerk chose this one.
    Chosen,
}

impl Event {
    /// The ticket it is about, where it is about one.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::TicketIssued { ticket, .. }
            | Self::TicketCalled { ticket, .. }
            | Self::TicketRecalled { ticket }
            | Self::ServiceStarted { ticket }
            | Self::VisitFinished { ticket }
            | Self::TicketMissed { ticket }
            | Self::TicketRequeued { ticket, .. } => Some(*ticket),
            Self::DayOpened { .. }
            | Self::DayClosed { .. }
            | Self::OfficeChanged { .. }
            | Self::CounterOpened { .. }
            | Self::CounterClosed { .. } => None,
        }
    }
}
