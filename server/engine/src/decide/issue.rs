//! A walk-in takes a ticket.

use jiff::Timestamp;

use super::{line_for, office, sound_persons};
use crate::{Event, IssueTicket, Office, Queue, Refusal, State, TicketNumber};

pub(super) fn issue(
    state: &State,
    wish: &IssueTicket,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let office = office(state)?;
    if state.ticket(wish.ticket).is_some() || state.bookings.contains_key(&wish.ticket) {
        return Err(Refusal::TicketExists(wish.ticket));
    }
    let queue = line_for(office, &wish.services)?;
    sound_persons(wish.persons)?;
    if wish.source.is_self_service() {
        state.takes_walk_ins(&queue.key, now)?;
    }
    let ahead = room_in(state, queue)?;
    let issued = Event::TicketIssued {
        ticket: wish.ticket,
        number: free_number(state, office, queue, now)?,
        queue: queue.key.clone(),
        services: wish.services.clone(),
        language: wish.language.clone(),
        needs: wish.needs.clone(),
        promise: wish.shown,
        ahead,
        persons: wish.persons,
        priority: wish.priority,
        source: wish.source,
    };
    Ok(vec![issued])
}

/// How many wait in the queue already.
fn room_in(state: &State, queue: &Queue) -> Result<u32, Refusal> {
    let waiting = state.waiting(&queue.key);
    if waiting >= queue.max_waiting {
        return Err(Refusal::QueueFull {
            queue: queue.key.clone(),
            limit: queue.max_waiting,
        });
    }
    Ok(waiting)
}

fn free_number(
    state: &State,
    office: &Office,
    queue: &Queue,
    now: Timestamp,
) -> Result<TicketNumber, Refusal> {
    let series = office.series(&queue.series).ok_or(Refusal::DayNotOpen)?;
    let free = state.numbers.free(series, now);
    free.ok_or_else(|| Refusal::NumbersExhausted(series.key.clone()))
}
