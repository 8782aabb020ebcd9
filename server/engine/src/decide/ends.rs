//! How a visit leaves a counter: finished, in part or for good, parked, to fetch something later,
//! cancelled; and how a parked one comes back.

use super::{
    check_in, known_counter, known_services, known_ticket, office, ready_counter, sound_persons,
    wrong_state,
};
use crate::{
    Counter, CounterKey, Event, Finish, Refusal, ServiceKey, State, Ticket, TicketId, TicketState,
    VisitResult,
};

/// Ends the visit at its counter. What is left for other counters waits there, under the same number
/// and with the same place. One that was called but never started has been served all the same: the
/// clerk had no hand free for the key.
pub(super) fn finish(state: &State, wish: &Finish) -> Result<Vec<Event>, Refusal> {
    let office = office(state)?;
    let ticket = known_ticket(state, wish.ticket)?;
    let counter = match &ticket.state {
        TicketState::Called { counter, .. }
        | TicketState::Serving { counter, .. }
        | TicketState::PickUp { counter } => office.counter(counter),
        _ => return Err(wrong_state(ticket)),
    };
    let persons = wish.persons.unwrap_or(ticket.persons);
    sound_persons(persons)?;
    let left = outstanding(ticket);
    let here = offered_here(counter, ticket, &left);
    let done = match (&wish.done, wish.result) {
        (Some(done), _) => done.clone(),
        (None, VisitResult::NotPossible) => Vec::new(),
        (None, VisitResult::Served | VisitResult::WithoutRecord) => here.clone(),
    };
    known_services(office, &done)?;
    let rest = left.into_iter();
    let rest: Vec<ServiceKey> = rest
        .filter(|service| !here.contains(service) && !done.contains(service))
        .collect();
    let queue = rest.first().and_then(|service| office.service(service));
    let ticket = wish.ticket;
    Ok(vec![match queue {
        Some(service) => Event::PartServed {
            ticket,
            done,
            queue: service.queue.clone(),
            rest,
            persons,
            result: wish.result,
        },
        None => Event::VisitFinished {
            ticket,
            done,
            persons,
            result: wish.result,
        },
    }])
}

/// What no counter has done yet.
fn outstanding(ticket: &Ticket) -> Vec<ServiceKey> {
    let services = ticket.services.iter();
    let left = services.filter(|service| !ticket.served.contains(service));
    left.cloned().collect()
}

/// What this counter does of what is left: what it offers; all of it where it offers nothing of it,
/// because then somebody sent the visit here for it.
fn offered_here(
    counter: Option<&Counter>,
    ticket: &Ticket,
    left: &[ServiceKey],
) -> Vec<ServiceKey> {
    // What a visit that fetches something is for beside that has not been done by anybody.
    let fetches = ticket
        .services
        .iter()
        .any(|key| ticket.served.contains(key));
    let skills = counter.map(|counter| &counter.skills);
    let is_offered = |key: &&ServiceKey| skills.is_some_and(|skills| skills.contains(*key));
    let offered: Vec<ServiceKey> = left.iter().filter(is_offered).cloned().collect();
    if offered.is_empty() && !fetches {
        left.to_vec()
    } else {
        offered
    }
}

pub(super) fn promise_pick_up(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let office = office(state)?;
    let ticket = known_ticket(state, id)?;
    let TicketState::Serving { counter, .. } = &ticket.state else {
        return Err(wrong_state(ticket));
    };
    let left = outstanding(ticket);
    let done = offered_here(office.counter(counter), ticket, &left);
    Ok(vec![Event::PickUpPromised { ticket: id, done }])
}

pub(super) fn park(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    match ticket.state {
        TicketState::Serving { .. } => Ok(vec![Event::VisitParked { ticket: id }]),
        _ => Err(wrong_state(ticket)),
    }
}

/// Goes on with a visit that was parked or fetches something, here and without a call.
pub(super) fn resume(state: &State, id: TicketId, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    let ticket = known_ticket(state, id)?;
    ready_counter(state, key)?;
    match ticket.state {
        TicketState::Parked { .. } | TicketState::PickUp { .. } => Ok(vec![Event::VisitResumed {
            ticket: id,
            counter: key.clone(),
        }]),
        _ => Err(wrong_state(ticket)),
    }
}

pub(super) fn cancel(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let cancelled = Event::TicketCancelled { ticket: id };
    if check_in::is_booked_later(state, id) {
        return Ok(vec![cancelled]);
    }
    let ticket = known_ticket(state, id)?;
    if ticket.state.is_final() {
        return Err(wrong_state(ticket));
    }
    Ok(vec![cancelled])
}
