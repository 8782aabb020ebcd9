//! Commands, events and keys in the words that the tests say and compare.

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    CheckIn, ClerkKey, Command, CounterKey, Event, Finish, Office, QueueKey, ServiceKey, Target,
    TicketId, VisitResult, Why,
};

pub(crate) fn service_keys(services: &[&str]) -> Vec<ServiceKey> {
    services.iter().map(|key| ServiceKey::new(key)).collect()
}

pub(crate) fn skills(services: &[&str]) -> BTreeSet<ServiceKey> {
    service_keys(services).into_iter().collect()
}

/// The event's name as the journal writes it.
pub(crate) fn name(event: &Event) -> String {
    let json: serde_json::Value = serde_json::from_str(&event.encode()).expect("JSON");
    json["event"].as_str().expect("a tag").to_owned()
}

/// The names of what happened, in order; `nothing` when nothing did.
pub(crate) fn names(events: &[Event]) -> String {
    if events.is_empty() {
        return "nothing".to_owned();
    }
    let names: Vec<String> = events.iter().map(name).collect();
    names.join(", ")
}

/// The rule of the only call among these events.
#[track_caller]
pub(crate) fn why(events: &[Event]) -> Why {
    match events {
        [Event::TicketCalled { why, .. }] => *why,
        other => panic!("{other:?} is no call"),
    }
}

/// The ids of the tests' tickets count from 1; 0 and those not yet reached are nobody's.
pub(crate) fn id(n: u128) -> TicketId {
    TicketId(uuid::Uuid::from_u128(n))
}

pub(crate) fn use_office(office: Office) -> Command {
    Command::UseOffice {
        office: Arc::new(office),
    }
}

/// Nobody says who serves there.
pub(crate) fn open(counter: &str) -> Command {
    Command::OpenCounter {
        counter: CounterKey::new(counter),
        clerk: None,
    }
}

pub(crate) fn open_for(counter: &str, clerk: &str) -> Command {
    Command::OpenCounter {
        counter: CounterKey::new(counter),
        clerk: Some(ClerkKey::new(clerk)),
    }
}

pub(crate) fn pause(counter: &str) -> Command {
    Command::PauseCounter {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn close(counter: &str) -> Command {
    Command::CloseCounter {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn go_over(from: &str, to: &str) -> Command {
    Command::MoveCounter {
        from: CounterKey::new(from),
        to: CounterKey::new(to),
    }
}

pub(crate) fn next(counter: &str) -> Command {
    Command::CallNext {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn call(ticket: TicketId, counter: &str) -> Command {
    Command::CallTicket {
        ticket,
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn resume(ticket: TicketId, counter: &str) -> Command {
    Command::Resume {
        ticket,
        counter: CounterKey::new(counter),
    }
}

/// Ends a visit the usual way: all done that this counter offers.
pub(crate) fn finish(ticket: TicketId) -> Command {
    Command::Finish(finished(ticket))
}

/// What [`finish`] says, for a test that wants something of it to be different.
pub(crate) fn finished(ticket: TicketId) -> Finish {
    Finish {
        ticket,
        done: None,
        persons: None,
        result: VisitResult::Served,
    }
}

pub(crate) fn check_in(ticket: TicketId) -> Command {
    Command::CheckIn(CheckIn::Ticket(ticket))
}

pub(crate) fn check_in_by(code: &str) -> Command {
    Command::CheckIn(CheckIn::Code(code.to_owned()))
}

pub(crate) fn to_queue(ticket: TicketId, queue: &str) -> Command {
    let to = Target::Queue(QueueKey::new(queue));
    Command::Transfer { ticket, to }
}

pub(crate) fn to_counter(ticket: TicketId, counter: &str) -> Command {
    let to = Target::Counter(CounterKey::new(counter));
    Command::Transfer { ticket, to }
}

pub(crate) fn to_clerk(ticket: TicketId, clerk: &str) -> Command {
    let to = Target::Clerk(ClerkKey::new(clerk));
    Command::Transfer { ticket, to }
}

/// No queue named: all of them.
pub(crate) fn lock(queues: &[&str], notice: &str) -> Command {
    Command::LockQueues {
        queues: queues.iter().map(|key| QueueKey::new(key)).collect(),
        notice: notice.to_owned(),
    }
}

pub(crate) fn unlock(queues: &[&str]) -> Command {
    Command::UnlockQueues {
        queues: queues.iter().map(|key| QueueKey::new(key)).collect(),
    }
}
