//! Why a command was not done. A refusal is no error: the office said no, with a reason.

use thiserror::Error;

use crate::{CounterKey, FaultyOffice, QueueKey, SeriesKey, ServiceKey, TicketId};

/// The engine's no. Display tells what happened and what to do now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("no day is open: the office is not set up yet; apply an office file first")]
    DayNotOpen,
    #[error("the office cannot be used: {}", join(.0))]
    OfficeFaulty(Vec<FaultyOffice>),
    #[error(
        "{kind} {key:?} is still in use by open visits; end them first, or keep it until tomorrow"
    )]
    StillInUse { kind: &'static str, key: String },
    #[error("a ticket needs at least one service; choose one")]
    NoService,
    #[error("a ticket can have at most {limit} services; take a second ticket for the rest")]
    TooManyServices { limit: usize },
    #[error("the office has no service {0}; load the list of services again")]
    ServiceUnknown(ServiceKey),
    #[error("the services belong to several queues; take one ticket for each")]
    SeveralQueues,
    #[error("no counter offers all of these services; take one ticket for each")]
    NoCounterForAll,
    #[error("the line {queue} is full with {limit} people; ask the staff")]
    QueueFull { queue: QueueKey, limit: u32 },
    #[error(
        "every number of series {0} is in use or rests; ask the staff, or give the series a larger range"
    )]
    NumbersExhausted(SeriesKey),
    #[error("a ticket with the id {0} exists already; send the command again with a new id")]
    TicketExists(TicketId),
    #[error("there is no ticket {0} today; search for its number")]
    TicketUnknown(TicketId),
    #[error("the office has no counter {0}; load the list of counters again")]
    CounterUnknown(CounterKey),
    #[error("counter {0} is closed; open it first")]
    CounterClosed(CounterKey),
    #[error("counter {counter} still has {number}; finish the visit, or say that nobody came")]
    VisitRunning {
        counter: CounterKey,
        ticket: TicketId,
        number: String,
    },
    #[error("counter {counter} does not offer what {number} came for; choose another counter")]
    SkillMissing { counter: CounterKey, number: String },
    #[error("{number} is {state}; that cannot be done now")]
    WrongState { number: String, state: &'static str },
    /// *Next* found nobody. Not a failure: the answer to the key.
    #[error("nobody can be called now")]
    Nobody(NobodyReason),
}

/// Why *next* called nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NobodyReason {
    NobodyWaiting,
    /// People wait, but this counter can serve none of them.
    OtherSkills,
    /// The counter has to be opened first.
    CounterClosed,
    /// This visit has to be ended first.
    VisitRunning(TicketId),
}

impl Refusal {
    /// Stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DayNotOpen => "day_not_open",
            Self::OfficeFaulty(_) => "office_faulty",
            Self::StillInUse { .. } => "still_in_use",
            Self::NoService => "no_service",
            Self::TooManyServices { .. } => "too_many_services",
            Self::ServiceUnknown(_) => "service_unknown",
            Self::SeveralQueues => "several_queues",
            Self::NoCounterForAll => "no_counter_for_all",
            Self::QueueFull { .. } => "queue_full",
            Self::NumbersExhausted(_) => "numbers_exhausted",
            Self::TicketExists(_) => "ticket_exists",
            Self::TicketUnknown(_) => "ticket_unknown",
            Self::CounterUnknown(_) => "counter_unknown",
            Self::CounterClosed(_) => "counter_closed",
            Self::VisitRunning { .. } => "visit_running",
            Self::SkillMissing { .. } => "skill_missing",
            Self::WrongState { .. } => "wrong_state",
            Self::Nobody(_) => "nobody",
        }
    }
}

fn join(faults: &[FaultyOffice]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
