//! Places in the line: back into it, and away from it for a while.

use jiff::{SignedDuration, Timestamp};

use super::{known_queue, known_ticket, wrong_state};
use crate::{Event, Place, Refusal, Requeued, State, Ticket, TicketId, TicketState};

/// Puts somebody back: to the old place who was called by mistake, was parked or fetches something;
/// behind a bounded number of people who was missed.
pub(super) fn requeue(state: &State, id: TicketId, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    let to = match ticket.state {
        TicketState::Called { .. }
        | TicketState::Serving { .. }
        | TicketState::Parked { .. }
        | TicketState::PickUp { .. } => Requeued::OldPlace,
        TicketState::Missed => behind(state, ticket, now)?,
        _ => return Err(wrong_state(ticket)),
    };
    Ok(vec![Event::TicketRequeued { ticket: id, to }])
}

/// Behind at most as many people as the rule says who stand behind the old place now.
fn behind(state: &State, ticket: &Ticket, now: Timestamp) -> Result<Requeued, Refusal> {
    let places = known_queue(state, &ticket.queue)?.rules.requeue_loss_places;
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    let line = state.lines.get(&ticket.queue);
    let class = line.map(|line| line.places(ticket.priority));
    let later = class.into_iter().flatten();
    let later = later.filter(|place| *place > ticket.place);
    let due = later.take_while(|place| place.at <= now);
    let later: Vec<Place> = due.take(places.saturating_add(1)).collect();
    let mut to = Requeued::OldPlace;
    for (index, place) in later.iter().take(places).enumerate() {
        // Several who were put behind the same one stand there in the order of their records; a new
        // one would come behind all of them, so only the last of them can be stood behind.
        let next = later.get(index + 1);
        if next.is_none_or(|next| !next.has_same_root(*place)) {
            to = Requeued::Behind(*place);
        }
    }
    Ok(to)
}

pub(super) fn pause(
    state: &State,
    id: TicketId,
    minutes: u32,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    if !matches!(ticket.state, TicketState::Waiting { .. }) {
        return Err(wrong_state(ticket));
    }
    let limit = known_queue(state, &ticket.queue)?.rules.pause_max_min;
    if !(1..=limit).contains(&minutes) {
        return Err(Refusal::PauseInvalid { limit });
    }
    let pause = SignedDuration::from_mins(i64::from(minutes));
    let until = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    Ok(vec![Event::PlacePaused { ticket: id, until }])
}

/// Back in the line before the pause is over.
pub(super) fn resume(state: &State, id: TicketId) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    match ticket.state {
        TicketState::Waiting { pause: Some(_) } => Ok(vec![Event::PlaceResumed { ticket: id }]),
        _ => Err(wrong_state(ticket)),
    }
}
