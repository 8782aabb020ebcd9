//! What a command does, before it is done: events, or a refusal. Reads the state, changes nothing.

mod calls;
mod changes;
mod check_in;
mod counters;
mod day;
mod emergencies;
mod ends;
mod issue;
mod line;
mod locks;
mod undo;

use jiff::Timestamp;

use crate::{
    Actor, Command, Counter, CounterKey, CounterState, Event, Office, Queue, QueueKey, Refusal,
    ServiceKey, State, Ticket, TicketId,
};

/// LIMIT: services of one ticket. More than this is a second visit.
const MAX_SERVICES: usize = 20;
/// LIMIT: people on one ticket.
const MAX_PERSONS: u32 = 99;

/// Decides one command of `by` at `now`. The caller numbers the events and applies them.
///
/// # Errors
/// A typed [`Refusal`] with what to do.
pub fn decide(
    state: &State,
    command: &Command,
    by: &Actor,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::UseOffice { office } => day::use_office(state, office, now),
        Command::TimePassed => Ok(day::time_passed(state, now)),
        Command::IssueTicket(wish) => issue::issue(state, wish, now),
        Command::BookAppointment(booking) => check_in::book(state, booking, now),
        Command::CheckIn(wish) => check_in::check_in(state, wish, now),
        Command::Undo { ticket } => undo::undo(state, *ticket, by, now),
        Command::LockQueues { queues, notice } => locks::lock(state, queues, notice),
        Command::UnlockQueues { queues } => locks::unlock(state, queues),
        Command::SellOut { services } => issue::sell_out(state, services),
        Command::AdvanceNumbers { from } => day::advance_numbers(state, *from),
        Command::RaiseEmergency { counter } => emergencies::raise(state, counter),
        Command::AcceptEmergency { counter } => emergencies::accept(state, counter),
        Command::EndEmergency { counter } => emergencies::end(state, counter),
        Command::OpenCounter { .. }
        | Command::PauseCounter { .. }
        | Command::CloseCounter { .. }
        | Command::MoveCounter { .. }
        | Command::CallNext { .. } => decide_counter(state, command, now),
        _ => decide_visit(state, command, now),
    }
}

fn decide_counter(state: &State, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::OpenCounter { counter, clerk } => counters::open(state, counter, clerk.as_ref()),
        Command::PauseCounter { counter } => counters::pause(state, counter),
        Command::CloseCounter { counter } => counters::close(state, counter),
        Command::MoveCounter { from, to } => counters::go_over(state, from, to),
        Command::CallNext { counter } => counters::call_next(state, counter, now),
        _ => Ok(Vec::new()),
    }
}

fn decide_visit(state: &State, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::CallTicket { ticket, counter } => calls::call(state, *ticket, counter, now),
        Command::Recall { ticket } => calls::recall(state, *ticket),
        Command::Start { ticket } => calls::start(state, *ticket),
        Command::Miss { ticket } => calls::miss(state, *ticket, now),
        Command::Finish(wish) => ends::finish(state, wish),
        Command::PromisePickUp { ticket } => ends::promise_pick_up(state, *ticket),
        Command::Cancel { ticket } => ends::cancel(state, *ticket),
        Command::Park { ticket } => ends::park(state, *ticket),
        Command::Resume { ticket, counter } => ends::resume(state, *ticket, counter),
        Command::Requeue { ticket } => line::requeue(state, *ticket, now),
        Command::PausePlace { ticket, minutes } => line::pause(state, *ticket, *minutes, now),
        Command::ResumePlace { ticket } => line::resume(state, *ticket),
        Command::Transfer { ticket, to } => changes::transfer(state, *ticket, to),
        Command::ChangeTicket(wish) => changes::change(state, wish),
        _ => Ok(Vec::new()),
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

fn known_queue<'a>(state: &'a State, key: &QueueKey) -> Result<&'a Queue, Refusal> {
    office(state)?
        .queue(key)
        .ok_or_else(|| Refusal::QueueUnknown(key.clone()))
}

fn wrong_state(ticket: &Ticket) -> Refusal {
    Refusal::WrongState {
        number: ticket.number.label.clone(),
        state: ticket.state.name(),
    }
}

fn today(state: &State, key: &CounterKey) -> CounterState {
    state.counter(key).cloned().unwrap_or_default()
}

/// Open, and without a visit: somebody can be brought here.
fn ready_counter(state: &State, key: &CounterKey) -> Result<(), Refusal> {
    known_counter(state, key)?;
    let today = today(state, key);
    match today.mode {
        crate::CounterMode::Open => {}
        crate::CounterMode::Paused => return Err(Refusal::CounterPaused(key.clone())),
        crate::CounterMode::Closed => return Err(Refusal::CounterClosed(key.clone())),
    }
    let Some(ticket) = today.running else {
        return Ok(());
    };
    Err(Refusal::VisitRunning {
        counter: key.clone(),
        ticket,
        number: known_ticket(state, ticket)?.number.label.clone(),
    })
}

/// The line for these services: that of the first one.
fn line_for<'a>(office: &'a Office, services: &[ServiceKey]) -> Result<&'a Queue, Refusal> {
    known_services(office, services)?;
    let first = services.first().ok_or(Refusal::NoService)?;
    let queue = office.service(first).map(|service| &service.queue);
    queue
        .and_then(|queue| office.queue(queue))
        .ok_or_else(|| Refusal::ServiceUnknown(first.clone()))
}

fn known_services(office: &Office, services: &[ServiceKey]) -> Result<(), Refusal> {
    if services.len() > MAX_SERVICES {
        return Err(Refusal::TooManyServices {
            limit: MAX_SERVICES,
        });
    }
    for (index, key) in services.iter().enumerate() {
        if office.service(key).is_none() {
            return Err(Refusal::ServiceUnknown(key.clone()));
        }
        if services[..index].contains(key) {
            return Err(Refusal::ServiceTwice(key.clone()));
        }
    }
    Ok(())
}

fn sound_persons(persons: u32) -> Result<(), Refusal> {
    if (1..=MAX_PERSONS).contains(&persons) {
        Ok(())
    } else {
        Err(Refusal::PersonsInvalid { limit: MAX_PERSONS })
    }
}
