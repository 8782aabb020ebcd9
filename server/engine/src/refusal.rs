//! Why a command was not done. A refusal is no error: the office said no, with a reason.

use jiff::Timestamp;
use jiff::civil::Date;
use thiserror::Error;

use crate::{ClerkKey, CounterKey, FaultyOffice, QueueKey, SeriesKey, ServiceKey, TicketId};

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
    #[error("a service is named twice; name each once")]
    ServiceTwice(ServiceKey),
    #[error("a ticket is for 1 to {limit} people; take a second one for the others")]
    PersonsInvalid { limit: u32 },
    #[error("the office has no queue {0}; load the list of queues again")]
    QueueUnknown(QueueKey),
    #[error("{queue} is closed now{}", opens(*.opens_at))]
    Closed {
        queue: QueueKey,
        opens_at: Option<Timestamp>,
    },
    #[error("the last ticket of {queue} for today is gone: it closes soon; come on another day")]
    LastTicketGone { queue: QueueKey },
    #[error("all {limit} tickets of {queue} for today are gone; come on another day")]
    ContingentUsed { queue: QueueKey, limit: u32 },
    #[error("there is no time left for {service} today; come on another day")]
    SoldOut { service: ServiceKey },
    #[error("no series of this office has a number {from}; choose one within their ranges")]
    NumberOutOfRange { from: u32 },
    #[error("no tickets for {queue} just now: {notice}")]
    Locked { queue: QueueKey, notice: String },
    #[error("a notice has 1 to {limit} characters on one line; write it shorter")]
    NoticeInvalid { limit: usize },
    #[error("the number or code of an appointment has 1 to {limit} characters; look at it again")]
    CodeInvalid { limit: usize },
    #[error("the number {label} belongs to another visit; give this appointment another one")]
    NumberTaken { label: String },
    #[error("this time is over; choose one from today on")]
    AppointmentPast,
    #[error("the office keeps {limit} appointments ahead and has that many; book fewer days ahead")]
    TooManyBookings { limit: usize },
    #[error("no appointment of today has this number or code; look at it again, or ask the staff")]
    CodeUnknown,
    #[error("{number} has already checked in; please wait until it is called")]
    AlreadyHere { number: String, ticket: TicketId },
    #[error("{number} is being called to counter {counter}; go there now")]
    CalledNow { number: String, counter: CounterKey },
    #[error("this appointment is on {date}; come on that day")]
    OtherDay { date: Date, at: Timestamp },
    #[error("it is too early to check in; come back at the time that is shown")]
    TooEarly { from: Timestamp },
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
    #[error("counter {0} pauses; end the pause first")]
    CounterPaused(CounterKey),
    #[error("counter {0} is in use; choose one that is closed")]
    CounterInUse(CounterKey),
    #[error("{clerk} serves at counter {counter}; move from there, or close it first")]
    ClerkElsewhere {
        clerk: ClerkKey,
        counter: CounterKey,
    },
    #[error("no counter serves queue {0}; choose another queue")]
    NobodyServes(QueueKey),
    #[error("{0} serves at no counter now; choose a counter or a queue")]
    ClerkAbsent(ClerkKey),
    #[error("nobody asked for help at counter {0}")]
    NoEmergency(CounterKey),
    #[error("a pause is 1 to {limit} minutes long; choose a shorter one")]
    PauseInvalid { limit: u32 },
    #[error("nothing was done with {number} just now that could be taken back")]
    NothingToUndo { number: String },
    #[error("the last step of {number} was taken by somebody else; only they can take it back")]
    UndoOfOther { number: String },
    #[error(
        "the last step of {number} is more than {within_secs} seconds old; it cannot be taken back"
    )]
    UndoTooLate { number: String, within_secs: u32 },
    #[error("counter {counter} has gone on since; {number} cannot be put back there")]
    CounterWentOn { counter: CounterKey, number: String },
    #[error("counter {counter} still has {number}; finish the visit, or say that nobody came")]
    VisitRunning {
        counter: CounterKey,
        ticket: TicketId,
        number: String,
    },
    #[error("counter {counter} does not offer what {number} came for; choose another counter")]
    SkillMissing { counter: CounterKey, number: String },
    /// For the shell, which knows at which counter a panel stands.
    #[error("{number} is at counter {counter}; only the panel there can do that")]
    NotYourVisit { number: String, counter: CounterKey },
    #[error("{number} is {state}; that cannot be done now")]
    WrongState { number: String, state: &'static str },
    /// *Next* found nobody. Not a failure: the answer to the key.
    #[error("nobody can be called now")]
    Nobody(Nobody),
}

/// What *next* answers when it calls nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nobody {
    pub reason: NobodyReason,
    /// Who can be called next, and from when on; none where that is not a matter of time.
    pub next: Option<(TicketId, Timestamp)>,
}

impl From<NobodyReason> for Nobody {
    fn from(reason: NobodyReason) -> Self {
        Self { reason, next: None }
    }
}

/// Why *next* called nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NobodyReason {
    NobodyWaiting,
    /// People wait, but this counter can serve none of them.
    OtherSkills,
    /// People wait whom this counter could serve, but they need what another counter has, or were
    /// sent to somebody else.
    OtherCounter,
    /// All whom this counter could call are away for a while.
    AllPaused,
    /// People wait, but the counter is kept free for the one who is named, who has an appointment and
    /// is expected any moment. A clerk can call anybody else all the same.
    Held,
    /// The counter has to be opened first.
    CounterClosed,
    /// The counter's pause has to be ended first.
    CounterPaused,
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
            Self::ServiceTwice(_) => "service_twice",
            Self::PersonsInvalid { .. } => "persons_invalid",
            Self::QueueUnknown(_) => "queue_unknown",
            Self::Closed { .. } => "closed",
            Self::LastTicketGone { .. } => "last_ticket_gone",
            Self::ContingentUsed { .. } => "contingent_used",
            Self::SoldOut { .. } => "sold_out",
            Self::NumberOutOfRange { .. } => "number_out_of_range",
            Self::Locked { .. } => "locked",
            Self::NoticeInvalid { .. } => "notice_invalid",
            Self::CodeInvalid { .. } => "code_invalid",
            Self::NumberTaken { .. } => "number_taken",
            Self::AppointmentPast => "appointment_past",
            Self::TooManyBookings { .. } => "too_many_bookings",
            Self::CodeUnknown => "code_unknown",
            Self::AlreadyHere { .. } => "already_here",
            Self::CalledNow { .. } => "called_now",
            Self::OtherDay { .. } => "other_day",
            Self::TooEarly { .. } => "too_early",
            Self::QueueFull { .. } => "queue_full",
            Self::NumbersExhausted(_) => "numbers_exhausted",
            Self::TicketExists(_) => "ticket_exists",
            Self::TicketUnknown(_) => "ticket_unknown",
            Self::CounterUnknown(_) => "counter_unknown",
            Self::CounterClosed(_) => "counter_closed",
            Self::CounterPaused(_) => "counter_paused",
            Self::CounterInUse(_) => "counter_in_use",
            Self::ClerkElsewhere { .. } => "clerk_elsewhere",
            Self::NobodyServes(_) => "nobody_serves",
            Self::ClerkAbsent(_) => "clerk_absent",
            Self::NoEmergency(_) => "no_emergency",
            Self::PauseInvalid { .. } => "pause_invalid",
            Self::NothingToUndo { .. } => "nothing_to_undo",
            Self::UndoOfOther { .. } => "undo_of_other",
            Self::UndoTooLate { .. } => "undo_too_late",
            Self::CounterWentOn { .. } => "counter_went_on",
            Self::VisitRunning { .. } => "visit_running",
            Self::SkillMissing { .. } => "skill_missing",
            Self::NotYourVisit { .. } => "not_your_visit",
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

fn opens(at: Option<Timestamp>) -> &'static str {
    match at {
        Some(_) => "; come back when it opens",
        None => "; ask when it opens again",
    }
}
