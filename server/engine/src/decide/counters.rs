//! Steps of a counter: open, close, and above all *next*.

use super::{known_counter, known_ticket, wrong_state};
use crate::{
    CounterKey, CounterState, Event, NobodyReason, Refusal, State, TicketId, TicketState, Why,
    next_ticket,
};

pub(super) fn open(state: &State, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    let opened = Event::CounterOpened {
        counter: key.clone(),
    };
    Ok(if today(state, key).open {
        Vec::new()
    } else {
        vec![opened]
    })
}

/// Closes a counter without a running visit.
pub(super) fn close(state: &State, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, key)?;
    let counter = today(state, key);
    if let Some(ticket) = counter.running {
        let number = known_ticket(state, ticket)?.number.label.clone();
        return Err(Refusal::VisitRunning {
            counter: key.clone(),
            ticket,
            number,
        });
    }
    let closed = Event::CounterClosed {
        counter: key.clone(),
    };
    Ok(if counter.open {
        vec![closed]
    } else {
        Vec::new()
    })
}

pub(super) fn call_next(state: &State, key: &CounterKey) -> Result<Vec<Event>, Refusal> {
    let counter = known_counter(state, key)?;
    let today = today(state, key);
    if !today.open {
        return Err(Refusal::Nobody(NobodyReason::CounterClosed));
    }
    if let Some(ticket) = today.running {
        return Err(Refusal::Nobody(NobodyReason::VisitRunning(ticket)));
    }
    let next = next_ticket(state, counter).map_err(Refusal::Nobody)?;
    Ok(vec![called(next.id, key, Why::FirstInLine)])
}

/// Calls this one: a waiting person, or a missed one who stands before the clerk now.
pub(super) fn call_ticket(
    state: &State,
    id: TicketId,
    key: &CounterKey,
) -> Result<Vec<Event>, Refusal> {
    let counter = known_counter(state, key)?;
    let ticket = known_ticket(state, id)?;
    let today = today(state, key);
    if !today.open {
        return Err(Refusal::CounterClosed(key.clone()));
    }
    if let Some(running) = today.running {
        let number = known_ticket(state, running)?.number.label.clone();
        return Err(Refusal::VisitRunning {
            counter: key.clone(),
            ticket: running,
            number,
        });
    }
    if !matches!(ticket.state, TicketState::Waiting | TicketState::Missed) {
        return Err(wrong_state(ticket));
    }
    if !counter.offers(&ticket.services) {
        let number = ticket.number.label.clone();
        return Err(Refusal::SkillMissing {
            counter: key.clone(),
            number,
        });
    }
    Ok(vec![called(id, key, Why::Chosen)])
}

fn called(ticket: TicketId, counter: &CounterKey, why: Why) -> Event {
    Event::TicketCalled {
        ticket,
        counter: counter.clone(),
        why,
    }
}

fn today(state: &State, key: &CounterKey) -> CounterState {
    state.counter(key).cloned().unwrap_or_default()
}
