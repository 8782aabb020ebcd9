//! Steps of one visit.

use jiff::Timestamp;

use super::{known_ticket, office, wrong_state};

use crate::{
    Event, IssueTicket, Office, QueueKey, Refusal, Requeued, ServiceKey, State, TicketId,
    TicketNumber, TicketState,
};

/// LIMIT: services of one ticket. More than this is a second visit.
const MAX_SERVICES: usize = 20;

pub(super) fn issue(
    state: &State,
    wish: &IssueTicket,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let office = office(state)?;
    if state.ticket(wish.ticket).is_some() {
        return Err(Refusal::TicketExists(wish.ticket));
    }
    let queue = queue_of(office, &wish.services)?;
    if !office.can_serve(&wish.services) {
        return Err(Refusal::NoCounterForAll);
    }
    let ahead = room_in(state, office, queue)?;
    let issued = Event::TicketIssued {
        ticket: wish.ticket,
        number: free_number(state, office, queue, now)?,
        queue: queue.clone(),
        services: wish.services.clone(),
        language: wish.language.clone(),
        needs: wish.needs.clone(),
        promise: wish.shown,
        ahead,
    };
    Ok(vec![issued])
}

/// The one queue that all the services belong to.
fn queue_of<'a>(office: &'a Office, services: &[ServiceKey]) -> Result<&'a QueueKey, Refusal> {
    if services.len() > MAX_SERVICES {
        return Err(Refusal::TooManyServices {
            limit: MAX_SERVICES,
        });
    }
    let mut queue = None;
    for key in services {
        let service = office
            .service(key)
            .ok_or_else(|| Refusal::ServiceUnknown(key.clone()))?;
        if *queue.get_or_insert(&service.queue) != &service.queue {
            return Err(Refusal::SeveralQueues);
        }
    }
    queue.ok_or(Refusal::NoService)
}

/// How many wait in the queue already.
fn room_in(state: &State, office: &Office, queue: &QueueKey) -> Result<u32, Refusal> {
    let limit = office.queue(queue).map_or(0, |queue| queue.max_waiting);
    let waiting = u32::try_from(state.line(queue).len()).unwrap_or(u32::MAX);
    if waiting >= limit {
        return Err(Refusal::QueueFull {
            queue: queue.clone(),
            limit,
        });
    }
    Ok(waiting)
}

fn free_number(
    state: &State,
    office: &Office,
    queue: &QueueKey,
    now: Timestamp,
) -> Result<TicketNumber, Refusal> {
    let series = office
        .queue(queue)
        .and_then(|queue| office.series(&queue.series));
    let series = series.ok_or(Refusal::DayNotOpen)?;
    let free = state.numbers.free(series, now);
    free.ok_or_else(|| Refusal::NumbersExhausted(series.key.clone()))
}

pub(super) fn recall(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    match ticket.state {
        TicketState::Called { .. } => Ok(vec![Event::TicketRecalled { ticket: id }]),
        _ => Err(wrong_state(ticket)),
    }
}

pub(super) fn start(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    match ticket.state {
        TicketState::Called { .. } => Ok(vec![Event::ServiceStarted { ticket: id }]),
        _ => Err(wrong_state(ticket)),
    }
}

/// Ends the visit. One that was called but never started has been served all the same: the clerk
/// had no hand free for the key.
pub(super) fn finish(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    let finished = Event::VisitFinished { ticket: id };
    match ticket.state {
        TicketState::Serving { .. } => Ok(vec![finished]),
        TicketState::Called { .. } => Ok(vec![Event::ServiceStarted { ticket: id }, finished]),
        _ => Err(wrong_state(ticket)),
    }
}

pub(super) fn miss(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    match ticket.state {
        TicketState::Called { .. } => Ok(vec![Event::TicketMissed { ticket: id }]),
        _ => Err(wrong_state(ticket)),
    }
}

pub(super) fn requeue(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    let to = match ticket.state {
        TicketState::Called { .. } => Requeued::OldPlace,
        TicketState::Missed => Requeued::End,
        _ => return Err(wrong_state(ticket)),
    };
    Ok(vec![Event::TicketRequeued { ticket: id, to }])
}
