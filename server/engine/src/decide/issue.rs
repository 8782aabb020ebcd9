//! A walk-in takes a ticket.

use jiff::Timestamp;

use super::{line_for, office, sound_persons};
use crate::{Event, EventSeq, IssueTicket, Office, Place, Queue, Refusal, State, TicketNumber};

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
        for service in &wish.services {
            let queue = office.service(service).map(|service| &service.queue);
            queue.map_or(Ok(()), |queue| state.takes_walk_ins(queue, now))?;
        }
    }
    has_room(state, queue)?;
    let place = Place::earned(now, EventSeq(u64::MAX));
    let line = state.lines.get(&queue.key);
    let ahead = line.map_or(0, |line| line.ahead_of(wish.priority, place, now));
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

fn has_room(state: &State, queue: &Queue) -> Result<(), Refusal> {
    if state.waiting(&queue.key) >= queue.max_waiting {
        return Err(Refusal::QueueFull {
            queue: queue.key.clone(),
            limit: queue.max_waiting,
        });
    }
    Ok(())
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
