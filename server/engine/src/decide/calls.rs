//! Calls: this one, again, the person is here, the person did not come.

use jiff::{SignedDuration, Timestamp};

use super::{known_counter, known_ticket, office, ready_counter, wrong_state};
use crate::order::overtaken_by;
use crate::{CounterKey, Event, QueueRules, Refusal, State, TicketId, TicketState, Why, can_serve};

/// Calls this one, whoever is next and whatever keeps the person from being called by rule: it
/// stands before the clerk, who decides. What the counter offers still counts.
pub(super) fn call(
    state: &State,
    id: TicketId,
    key: &CounterKey,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let counter = known_counter(state, key)?;
    let ticket = known_ticket(state, id)?;
    ready_counter(state, key)?;
    match ticket.state {
        TicketState::Booked
        | TicketState::Waiting { .. }
        | TicketState::Missed
        | TicketState::Parked { .. }
        | TicketState::PickUp { .. } => {}
        TicketState::Called { .. }
        | TicketState::Serving { .. }
        | TicketState::Finished { .. }
        | TicketState::Cancelled
        | TicketState::Expired { .. } => return Err(wrong_state(ticket)),
    }
    let offers_head = ticket
        .head()
        .is_some_and(|head| counter.skills.contains(head));
    if ticket.bound.is_none() && !offers_head && !can_serve(state, counter, ticket) {
        let number = ticket.number.label.clone();
        return Err(Refusal::SkillMissing {
            counter: key.clone(),
            number,
        });
    }
    Ok(vec![Event::TicketCalled {
        ticket: id,
        counter: key.clone(),
        why: Why::Chosen,
        overtook: overtaken_by(state, counter, ticket, now),
    }])
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

/// The called person did not come: called again after a pause, until it was in vain often enough.
pub(super) fn miss(state: &State, id: TicketId, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    if !matches!(ticket.state, TicketState::Called { .. }) {
        return Err(wrong_state(ticket));
    }
    let queue = office(state)?.queue(&ticket.queue);
    let rules = queue.map_or_else(QueueRules::default, |queue| queue.rules.clone());
    if ticket.calls_in_vain + 1 >= rules.calls_in_vain {
        return Ok(vec![Event::TicketMissed { ticket: id }]);
    }
    let pause = SignedDuration::from_mins(i64::from(rules.pause_after_call_min));
    let until = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    Ok(vec![Event::CalledInVain { ticket: id, until }])
}
