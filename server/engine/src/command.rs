//! What can be asked of the engine. Imperatives; everything that is not in the state comes with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ClerkKey, CounterKey, Language, Need, Office, Priority, Promise, QueueKey, ServiceKey, Source,
    TicketId, VisitResult,
};

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
    /// Makes an appointment known, or changes one whose person is not here yet.
    BookAppointment(Booking),
    /// The person with an appointment reports.
    CheckIn(CheckIn),
    /// Opens the counter, or goes on after a pause. Who serves there is optional.
    OpenCounter {
        counter: CounterKey,
        clerk: Option<ClerkKey>,
    },
    /// Calls nobody to this counter for a while; a running visit goes on.
    PauseCounter {
        counter: CounterKey,
    },
    /// Closes the counter; a running visit is handed back: called people to their place, served
    /// ones are parked.
    CloseCounter {
        counter: CounterKey,
    },
    /// The clerk goes to another counter and takes a running visit along.
    MoveCounter {
        from: CounterKey,
        to: CounterKey,
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
    Finish(Finish),
    /// Served, but the person comes back for what is being made.
    PromisePickUp {
        ticket: TicketId,
    },
    /// The called person did not come.
    Miss {
        ticket: TicketId,
    },
    /// Puts a person back into the line.
    Requeue {
        ticket: TicketId,
    },
    Park {
        ticket: TicketId,
    },
    /// Goes on with a parked or pending visit, at any counter, without a call.
    Resume {
        ticket: TicketId,
        counter: CounterKey,
    },
    Transfer {
        ticket: TicketId,
        to: Target,
    },
    /// The visitor leaves for this many minutes and keeps the place.
    PausePlace {
        ticket: TicketId,
        minutes: u32,
    },
    /// The visitor is back before that.
    ResumePlace {
        ticket: TicketId,
    },
    ChangeTicket(ChangeTicket),
    Cancel {
        ticket: TicketId,
    },
    /// Takes back the last step of this visit.
    Undo {
        ticket: TicketId,
    },
    /// No visitor takes a ticket of these queues for now. Empty: of all queues.
    LockQueues {
        queues: BTreeSet<QueueKey>,
        notice: String,
    },
    /// Ends that. Empty: for all queues.
    UnlockQueues {
        queues: BTreeSet<QueueKey>,
    },
    /// What the plan has no room for now. Once a service is sold out it stays so until capacity is added.
    SellOut {
        services: BTreeSet<ServiceKey>,
    },
    /// Numbers below this one are on paper that nobody here knows of, because the data were lost: every
    /// series that has it goes on from there.
    AdvanceNumbers {
        from: u32,
    },
    /// A clerk needs help at this counter.
    RaiseEmergency {
        counter: CounterKey,
    },
    /// Somebody is on the way there.
    AcceptEmergency {
        counter: CounterKey,
    },
    EndEmergency {
        counter: CounterKey,
    },
}

impl Command {
    /// The command's name in logs, spans and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UseOffice { .. } => "use_office",
            Self::TimePassed => "time_passed",
            Self::IssueTicket(_) => "issue_ticket",
            Self::BookAppointment(_) => "book_appointment",
            Self::CheckIn(_) => "check_in",
            Self::OpenCounter { .. } => "open_counter",
            Self::PauseCounter { .. } => "pause_counter",
            Self::CloseCounter { .. } => "close_counter",
            Self::MoveCounter { .. } => "move_counter",
            Self::CallNext { .. } => "call_next",
            Self::CallTicket { .. } => "call_ticket",
            Self::Recall { .. } => "recall",
            Self::Start { .. } => "start",
            Self::Finish(_) => "finish",
            Self::PromisePickUp { .. } => "promise_pick_up",
            Self::Miss { .. } => "miss",
            Self::Requeue { .. } => "requeue",
            Self::Park { .. } => "park",
            Self::Resume { .. } => "resume",
            Self::Transfer { .. } => "transfer",
            Self::PausePlace { .. } => "pause_place",
            Self::ResumePlace { .. } => "resume_place",
            Self::ChangeTicket(_) => "change_ticket",
            Self::Cancel { .. } => "cancel",
            Self::Undo { .. } => "undo",
            Self::LockQueues { .. } => "lock_queues",
            Self::UnlockQueues { .. } => "unlock_queues",
            Self::SellOut { .. } => "sell_out",
            Self::AdvanceNumbers { .. } => "advance_numbers",
            Self::RaiseEmergency { .. } => "raise_emergency",
            Self::AcceptEmergency { .. } => "accept_emergency",
            Self::EndEmergency { .. } => "end_emergency",
        }
    }
}

/// A walk-in takes a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTicket {
    pub ticket: TicketId,
    /// In the order in which they are to be served; of one queue or of several.
    pub services: Vec<ServiceKey>,
    pub language: Language,
    pub needs: BTreeSet<Need>,
    pub persons: u32,
    pub priority: Priority,
    pub source: Source,
    /// The window the visitor saw before pressing.
    pub shown: Option<Promise>,
}

/// An appointment as the centre, or a clerk, made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    pub ticket: TicketId,
    /// The number that the visitor was given; it is kept.
    pub number: String,
    /// What the visitor can say or show instead of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub at: Timestamp,
    pub services: Vec<ServiceKey>,
    pub language: Language,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub needs: BTreeSet<Need>,
    pub persons: u32,
    pub priority: Priority,
    pub source: Source,
}

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckIn {
    /// Picked from a list by staff.
    Ticket(TicketId),
    /// Typed or scanned by the visitor: the number or the code.
    Code(String),
}

/// How a visit ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub ticket: TicketId,
    /// What was really done; none: all that this counter offers of what the person came for.
    pub done: Option<Vec<ServiceKey>>,
    /// How many people were served; none: as many as the ticket says.
    pub persons: Option<u32>,
    pub result: VisitResult,
}

/// Where a visit is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Queue(QueueKey),
    Counter(CounterKey),
    /// Wherever this person serves.
    Clerk(ClerkKey),
}

/// What is to be different; none: as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeTicket {
    pub ticket: TicketId,
    pub services: Option<Vec<ServiceKey>>,
    pub needs: Option<BTreeSet<Need>>,
    pub priority: Option<Priority>,
    pub persons: Option<u32>,
}
