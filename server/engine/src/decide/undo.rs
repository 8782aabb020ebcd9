//! A step is taken back: by the one who took it, soon, and while nothing else has happened to it.

use jiff::{SignedDuration, Timestamp};

use super::{known_ticket, office};
use crate::{Actor, CounterMode, CounterState, Event, Refusal, State, TicketId};

pub(super) fn undo(
    state: &State,
    id: TicketId,
    by: &Actor,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let within_secs = office(state)?.rules.undo_within_secs;
    let ticket = known_ticket(state, id)?;
    let number = ticket.number.label.clone();
    let Some((seq, step)) = state.undos.of(id) else {
        return Err(Refusal::NothingToUndo { number });
    };
    if step.by != *by {
        return Err(Refusal::UndoOfOther { number });
    }
    if now.duration_since(step.at) > SignedDuration::from_secs(i64::from(within_secs)) {
        return Err(Refusal::UndoTooLate {
            number,
            within_secs,
        });
    }
    let went_on = step
        .counters
        .iter()
        .find(|(counter, _, after)| !is_as_after(state.counter(counter), after));
    if let Some((counter, ..)) = went_on {
        return Err(Refusal::CounterWentOn {
            counter: counter.clone(),
            number,
        });
    }
    let number_is_given_again =
        ticket.state.is_final() && !step.before.state.is_final() && state.numbers.is_open(&number);
    if number_is_given_again {
        return Err(Refusal::NumberTaken { label: number });
    }
    Ok(vec![Event::StepUndone {
        ticket: id,
        step: seq,
    }])
}

/// Whether the counter is open, free and counts as it did right after the step: a visit can stand
/// there again as before. That it paused, or was closed and opened since, does not matter.
fn is_as_after(now: Option<&CounterState>, after: &CounterState) -> bool {
    let standing = |counter: &CounterState| {
        let is_closed = counter.mode == CounterMode::Closed;
        (
            is_closed,
            counter.running,
            counter.called_at,
            counter.favoured,
        )
    };
    now.is_some_and(|now| standing(now) == standing(after))
}
