//! Steps of a counter: open, pause, close, go over to another, and above all *next*.

use jiff::Timestamp;

use super::{known_counter, known_ticket, today};
use crate::{
    ClerkKey, CounterKey, CounterMode, Event, Nobody, NobodyReason, Refusal, Requeued, State,
    TicketId, TicketState, next_ticket,
};

/// Opens the counter, ends its pause, or tells who serves there now.
pub(super) fn open(
    state: &State,
    key: &CounterKey,
    clerk: Option<&ClerkKey>,
) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    let counter = today(state, key);
    if let Some(clerk) = clerk
        && let Some(other) = state.counter_of(clerk)
        && other != key
    {
        return Err(Refusal::ClerkElsewhere {
            clerk: clerk.clone(),
            counter: other.clone(),
        });
    }
    // A key that says nothing of a clerk does not send away the one who serves.
    let clerk = clerk.or(counter.clerk.as_ref());
    if counter.is_open() && clerk == counter.clerk.as_ref() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::CounterOpened {
        counter: key.clone(),
        clerk: clerk.cloned(),
    }])
}

pub(super) fn pause(state: &State, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    match today(state, key).mode {
        CounterMode::Open => Ok(vec![Event::CounterPaused {
            counter: key.clone(),
        }]),
        CounterMode::Paused => Ok(Vec::new()),
        CounterMode::Closed => Err(Refusal::CounterClosed(key.clone())),
    }
}

/// Closes a counter. Whoever was called gets the old place back, whoever was served is parked.
pub(super) fn close(state: &State, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    let counter = today(state, key);
    let mut events = Vec::new();
    if let Some(ticket) = counter.running {
        events.push(handed_back(state, ticket)?);
    }
    if counter.mode != CounterMode::Closed {
        events.push(Event::CounterClosed {
            counter: key.clone(),
        });
    }
    Ok(events)
}

fn handed_back(state: &State, ticket: TicketId) -> Result<Event, Refusal> {
    Ok(match known_ticket(state, ticket)?.state {
        TicketState::Serving { .. } => Event::VisitParked { ticket },
        _ => Event::TicketRequeued {
            ticket,
            to: Requeued::OldPlace,
        },
    })
}

/// The clerk goes over to a counter that is closed, with the visit that runs.
pub(super) fn go_over(
    state: &State,
    from: &CounterKey,
    to: &CounterKey,
) -> Result<Vec<Event>, Refusal> {
    known_counter(state, from)?;
    known_counter(state, to)?;
    let (left, there) = (today(state, from), today(state, to));
    if left.mode == CounterMode::Closed {
        return Err(Refusal::CounterClosed(from.clone()));
    }
    if from == to {
        return Ok(Vec::new());
    }
    if there.mode != CounterMode::Closed || there.running.is_some() {
        return Err(Refusal::CounterInUse(to.clone()));
    }
    Ok(vec![Event::CounterMoved {
        from: from.clone(),
        to: to.clone(),
        ticket: left.running,
    }])
}

pub(super) fn call_next(
    state: &State,
    key: &CounterKey,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let counter = known_counter(state, key)?;
    let today = today(state, key);
    let nobody = |reason| Err(Refusal::Nobody(Nobody::from(reason)));
    match (today.mode, today.running) {
        (CounterMode::Closed, _) => nobody(NobodyReason::CounterClosed),
        (_, Some(ticket)) => nobody(NobodyReason::VisitRunning(ticket)),
        (CounterMode::Paused, None) => nobody(NobodyReason::CounterPaused),
        (CounterMode::Open, None) => {
            let next = next_ticket(state, counter, now).map_err(Refusal::Nobody)?;
            Ok(vec![Event::TicketCalled {
                ticket: next.ticket.id,
                counter: key.clone(),
                why: next.why,
                overtook: next.overtook,
            }])
        }
    }
}
