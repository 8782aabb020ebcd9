//! What a command does, before it is done: events, or a refusal. Reads the state, changes nothing.

mod counters;
mod day;
mod tickets;

use jiff::Timestamp;

use crate::{Command, Counter, CounterKey, Event, Office, Refusal, State, Ticket, TicketId};

/// Decides one command at `now`. The caller numbers the events and applies them.
///
/// # Errors
/// A typed [`Refusal`] with what to do.
pub fn decide(state: &State, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::UseOffice { office } => day::use_office(state, office, now),
        Command::TimePassed => Ok(day::time_passed(state, now)),
        Command::IssueTicket(wish) => tickets::issue(state, wish, now),
        Command::OpenCounter { counter } => counters::open(state, counter),
        Command::CloseCounter { counter } => counters::close(state, counter),
        Command::CallNext { counter } => counters::call_next(state, counter),
        Command::CallTicket { ticket, counter } => counters::call_ticket(state, *ticket, counter),
        Command::Recall { ticket } => tickets::recall(state, *ticket),
        Command::Start { ticket } => tickets::start(state, *ticket),
        Command::Finish { ticket } => tickets::finish(state, *ticket),
        Command::Miss { ticket } => tickets::miss(state, *ticket),
        Command::Requeue { ticket } => tickets::requeue(state, *ticket),
    }
}

fn office(state: &State) -> Result<&Office, Refusal> {
    state.office().map(AsRef::as_ref).ok_or(Refusal::DayNotOpen)
}

fn known_ticket(state: &State, id: TicketId) -> Result<&Ticket, Refusal> {
    state.ticket(id).ok_or(Refusal::TicketUnknown(id))
}

fn known_counter<'a>(state: &'a State, key: &CounterKey) -> Result<&'a Counter, Refusal> {
    office(state)?
        .counter(key)
        .ok_or_else(|| Refusal::CounterUnknown(key.clone()))
}

fn wrong_state(ticket: &Ticket) -> Refusal {
    Refusal::WrongState {
        number: ticket.number.label.clone(),
        state: ticket.state.name(),
    }
}
