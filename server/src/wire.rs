//! Between the wire's words and the engine's: the one place that makes one from the other.

pub(crate) mod changes;
mod office;
mod print;
mod role;
pub(crate) mod views;

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;
use engine::{Command, Event, NobodyReason, Record, Refusal, State, Ticket, TicketState};

pub(crate) use office::office_info;
pub(crate) use print::{first_copy, ticket_job};
pub(crate) use role::device_role;

/// An answer's HTTP status and body, as it goes out and as it is kept for a repeated command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: String,
}

impl Reply {
    fn json(status: u16, body: &impl serde::Serialize) -> Self {
        let body = serde_json::to_string(body).expect("wire types always have a JSON form");
        Self { status, body }
    }
}

pub(crate) fn promise_to_wire(
    engine::Promise { low, mid, high }: engine::Promise,
) -> wire::Promise {
    wire::Promise { low, mid, high }
}

fn promise_from_wire(wire::Promise { low, mid, high }: wire::Promise) -> engine::Promise {
    engine::Promise { low, mid, high }
}

/// The engine's name for a ticket.
pub(crate) fn ticket_id(id: wire::TicketId) -> engine::TicketId {
    engine::TicketId(id.0)
}

/// A walk-in's wish as a command. A need that this version does not know is left out: it could bind
/// no counter.
pub fn issue_command(ticket: engine::TicketId, wish: &wire::IssueTicket) -> Command {
    Command::IssueTicket(engine::IssueTicket {
        ticket,
        services: wish
            .services
            .iter()
            .map(|key| engine::ServiceKey::new(key.as_str()))
            .collect(),
        language: engine::Language::new(&wish.language),
        needs: wish
            .needs
            .iter()
            .filter_map(|need| need_from_wire(*need))
            .collect(),
        shown: wish.shown.map(promise_from_wire),
    })
}

/// The answer to a command that was done, from the state after it.
pub fn reply(state: &State, command: &Command, records: &[Record], prints: bool) -> Reply {
    match command {
        Command::IssueTicket(wish) => match state.ticket(wish.ticket) {
            Some(ticket) => Reply::json(201, &issued_ticket(ticket, prints)),
            None => Reply::json(200, &()),
        },
        Command::OpenCounter { counter } | Command::CloseCounter { counter } => {
            Reply::json(200, &counter_row(state, counter, None))
        }
        Command::CallNext { .. } => Reply::json(200, &called_reply(state, records)),
        Command::CallTicket { ticket, .. }
        | Command::Recall { ticket }
        | Command::Start { ticket }
        | Command::Finish { ticket }
        | Command::Miss { ticket }
        | Command::Requeue { ticket } => match state.ticket(*ticket) {
            Some(ticket) => Reply::json(200, &ticket_row(ticket)),
            None => Reply::json(200, &()),
        },
        Command::UseOffice { .. } | Command::TimePassed => Reply::json(200, &()),
    }
}

/// The engine's no. *Next* that found nobody is an answer like any other.
pub fn refused(refusal: &Refusal) -> Result<Reply, wire::Problem> {
    let Refusal::Nobody(reason) = refusal else {
        return Err(problem(refusal));
    };
    let (reason, ticket) = match reason {
        NobodyReason::NobodyWaiting => (wire::NobodyReason::NobodyWaiting, None),
        NobodyReason::OtherSkills => (wire::NobodyReason::OtherSkills, None),
        NobodyReason::CounterClosed => (wire::NobodyReason::CounterClosed, None),
        NobodyReason::VisitRunning(ticket) => (
            wire::NobodyReason::VisitRunning,
            Some(wire::TicketId(ticket.0)),
        ),
    };
    let nobody = wire::Nobody {
        reason,
        ticket,
        until: None,
    };
    Ok(Reply::json(
        200,
        &wire::NextReply {
            called: None,
            nobody: Some(nobody),
        },
    ))
}

fn problem(refusal: &Refusal) -> wire::Problem {
    let status = match refusal {
        Refusal::TicketUnknown(_) | Refusal::CounterUnknown(_) => 404,
        Refusal::NoService | Refusal::TooManyServices { .. } | Refusal::ServiceUnknown(_) => 422,
        Refusal::DayNotOpen => 503,
        Refusal::OfficeFaulty(_)
        | Refusal::StillInUse { .. }
        | Refusal::SeveralQueues
        | Refusal::NoCounterForAll
        | Refusal::QueueFull { .. }
        | Refusal::NumbersExhausted(_)
        | Refusal::TicketExists(_)
        | Refusal::CounterClosed(_)
        | Refusal::VisitRunning { .. }
        | Refusal::SkillMissing { .. }
        | Refusal::WrongState { .. }
        | Refusal::Nobody(_) => 409,
    };
    wire::Problem::new(
        status,
        refusal.code(),
        "The office said no",
        refusal.to_string(),
    )
}

fn issued_ticket(ticket: &Ticket, prints: bool) -> wire::IssuedTicket {
    let id = wire::TicketId(ticket.id.0);
    wire::IssuedTicket {
        id,
        number: ticket.number.label.clone(),
        queue: wire::QueueKey::new(ticket.queue.as_str()),
        promise: ticket.promise.map(promise_to_wire),
        people_ahead: ticket.ahead,
        issued_at: ticket.arrived_at,
        print_job: prints.then(|| first_copy(id)),
        status_link: None,
    }
}

fn called_reply(state: &State, records: &[Record]) -> wire::NextReply {
    let called = records
        .iter()
        .find_map(|record| call(state, record))
        .and_then(|call| {
            let ticket = state.ticket(engine::TicketId(call.ticket.0))?;
            Some(wire::CalledVisit {
                ticket: ticket_row(ticket),
                call,
            })
        });
    wire::NextReply {
        called,
        nobody: None,
    }
}

/// The call that a record made, where it made one; from the state just after it.
pub fn call(state: &State, record: &Record) -> Option<wire::Call> {
    match &record.event {
        Event::TicketCalled { ticket, .. } | Event::TicketRecalled { ticket } => {
            running_call(state.ticket(*ticket)?, record.at)
        }
        Event::DayOpened { .. }
        | Event::DayClosed { .. }
        | Event::OfficeChanged { .. }
        | Event::CounterOpened { .. }
        | Event::CounterClosed { .. }
        | Event::TicketIssued { .. }
        | Event::ServiceStarted { .. }
        | Event::VisitFinished { .. }
        | Event::TicketMissed { .. }
        | Event::TicketRequeued { .. } => None,
    }
}

/// The call under which a ticket is at a counter, made at `called_at`.
pub fn running_call(ticket: &Ticket, called_at: jiff::Timestamp) -> Option<wire::Call> {
    Some(wire::Call {
        id: wire::CallId(ticket.state.call()?.0.0),
        ticket: wire::TicketId(ticket.id.0),
        number: ticket.number.label.clone(),
        queue: wire::QueueKey::new(ticket.queue.as_str()),
        counter: wire::CounterKey::new(ticket.state.counter()?.as_str()),
        language: ticket.language.as_str().to_owned(),
        called_at,
        nth: ticket.calls,
    })
}

/// A ticket as panels see it.
pub fn ticket_row(ticket: &Ticket) -> wire::TicketRow {
    wire::TicketRow {
        id: wire::TicketId(ticket.id.0),
        number: ticket.number.label.clone(),
        state: ticket_state(&ticket.state),
        queue: wire::QueueKey::new(ticket.queue.as_str()),
        services: ticket
            .services
            .iter()
            .map(|key| wire::ServiceKey::new(key.as_str()))
            .collect(),
        language: ticket.language.as_str().to_owned(),
        needs: ticket
            .needs
            .iter()
            .map(|need| need_to_wire(*need))
            .collect(),
        arrived_at: ticket.arrived_at,
        place: ticket.place.0.0,
        promise: ticket.promise.map(promise_to_wire),
        counter: ticket
            .state
            .counter()
            .map(|key| wire::CounterKey::new(key.as_str())),
        call: ticket.state.call().map(|call| wire::CallId(call.0.0)),
        since: ticket.since,
        calls: ticket.calls,
    }
}

/// A counter as panels see it.
pub fn counter_row(
    state: &State,
    key: &engine::CounterKey,
    seen: Option<wire::Seen>,
) -> wire::CounterRow {
    let counter = state.counter(key).cloned().unwrap_or_default();
    wire::CounterRow {
        counter: wire::CounterKey::new(key.as_str()),
        open: counter.open,
        running: counter.running.map(|ticket| wire::TicketId(ticket.0)),
        seen,
    }
}

fn ticket_state(state: &TicketState) -> wire::TicketState {
    match state {
        TicketState::Waiting => wire::TicketState::Waiting,
        TicketState::Called { .. } => wire::TicketState::Called,
        TicketState::Serving { .. } => wire::TicketState::Serving,
        TicketState::Missed => wire::TicketState::Missed,
        TicketState::Finished => wire::TicketState::Finished,
        TicketState::Expired => wire::TicketState::Expired,
    }
}

fn need_from_wire(need: wire::Need) -> Option<engine::Need> {
    match need {
        wire::Need::LoweredCounter => Some(engine::Need::LoweredCounter),
        wire::Need::InductionLoop => Some(engine::Need::InductionLoop),
        wire::Need::GuideStrip => Some(engine::Need::GuideStrip),
        wire::Need::SignLanguage => Some(engine::Need::SignLanguage),
        wire::Need::Unknown => None,
    }
}

fn need_to_wire(need: engine::Need) -> wire::Need {
    match need {
        engine::Need::LoweredCounter => wire::Need::LoweredCounter,
        engine::Need::InductionLoop => wire::Need::InductionLoop,
        engine::Need::GuideStrip => wire::Need::GuideStrip,
        engine::Need::SignLanguage => wire::Need::SignLanguage,
    }
}
