//! What can be asked of the engine. Imperatives; everything that is not in the state comes with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::{CounterKey, Language, Need, Office, Promise, ServiceKey, TicketId};

/// One wish. Who may have it was settled at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Takes an office into use: opens the first day with it, or changes it during a day.
    UseOffice {
        office: Arc<Office>,
    },
    /// The clock moved on: does what is due.
    TimePassed,
    IssueTicket(IssueTicket),
    OpenCounter {
        counter: CounterKey,
    },
    CloseCounter {
        counter: CounterKey,
    },
    /// Calls whoever is next for this counter.
    CallNext {
        counter: CounterKey,
    },
    /// Calls this one, whoever is next.
    CallTicket {
        ticket: TicketId,
        counter: CounterKey,
    },
    Recall {
        ticket: TicketId,
    },
    Start {
        ticket: TicketId,
    },
    Finish {
        ticket: TicketId,
    },
    /// The called person did not come.
    Miss {
        ticket: TicketId,
    },
    /// Puts a called or missed person back into the line.
    Requeue {
        ticket: TicketId,
    },
}

impl Command {
    /// The command's name in logs, spans and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UseOffice { .. } => "use_office",
            Self::TimePassed => "time_passed",
            Self::IssueTicket(_) => "issue_ticket",
            Self::OpenCounter { .. } => "open_counter",
            Self::CloseCounter { .. } => "close_counter",
            Self::CallNext { .. } => "call_next",
            Self::CallTicket { .. } => "call_ticket",
            Self::Recall { .. } => "recall",
            Self::Start { .. } => "start",
            Self::Finish { .. } => "finish",
            Self::Miss { .. } => "miss",
            Self::Requeue { .. } => "requeue",
        }
    }
}

/// A walk-in takes a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTicket {
    pub ticket: TicketId,
    pub services: Vec<ServiceKey>,
    pub language: Language,
    pub needs: BTreeSet<Need>,
    /// The window the visitor saw before pressing.
    pub shown: Option<Promise>,
}
