//! A walk-in takes a ticket.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{line_for, office, sound_persons};
use crate::{
    Corrected, Event, EventSeq, IssueTicket, Office, Place, Queue, Refusal, ServiceKey, State,
    TicketNumber,
};

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
            if state.is_sold_out(service) {
                let service = service.clone();
                return Err(Refusal::SoldOut { service });
            }
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
        corrected: wish.shown.map(|shown| Corrected::of(state, shown, now)),
        ahead,
        persons: wish.persons,
        priority: wish.priority,
        source: wish.source,
    };
    Ok(vec![issued])
}

/// What the plan found, as far as it is news. Nobody who was refused shall see a later one get a ticket,
/// so only capacity that was added opens a service again.
pub(super) fn sell_out(state: &State, full: &BTreeSet<ServiceKey>) -> Result<Vec<Event>, Refusal> {
    known_services_only(office(state)?, full)?;
    let gone = full.iter().filter(|service| !state.is_sold_out(service));
    let gone: Vec<ServiceKey> = gone.cloned().collect();
    let added = state.capacity_added.keys().next_back();
    let again = state.sold_out.iter().filter(|(service, since)| {
        !full.contains(*service) && added.is_some_and(|added| added > *since)
    });
    let again: Vec<ServiceKey> = again.map(|(service, _)| service.clone()).collect();
    let mut events = Vec::new();
    if !gone.is_empty() {
        events.push(Event::SoldOut { services: gone });
    }
    if !again.is_empty() {
        events.push(Event::RoomAgain { services: again });
    }
    Ok(events)
}

fn known_services_only(office: &Office, services: &BTreeSet<ServiceKey>) -> Result<(), Refusal> {
    let mut services = services.iter();
    let unknown = services.find(|service| office.service(service).is_none());
    unknown.map_or(Ok(()), |service| {
        Err(Refusal::ServiceUnknown(service.clone()))
    })
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
