//! One command through the engine: decide, number, apply. The only way a state moves on.

use jiff::Timestamp;

use crate::{Actor, Command, EventSeq, Record, Refusal, State, apply, decide, invariants};

/// Decides `command` at `now`, numbers the events and applies them. Returns the records that have to
/// be committed before anybody is told.
///
/// The time of a record is never before the record before it: a clock that was set back ages nothing.
/// It is whole milliseconds, as the journal keeps it: a state after a restart equals the one before.
///
/// # Errors
/// The engine's [`Refusal`]; the state is then as it was.
pub fn step(
    state: &mut State,
    command: &Command,
    by: &Actor,
    now: Timestamp,
) -> Result<Vec<Record>, Refusal> {
    let at = whole_ms(now).max(state.last_at);
    let events = decide(state, command, by, at)?;
    let first = state.last_seq.0.saturating_add(1);
    let records: Vec<Record> = (first..)
        .zip(events)
        .map(|(seq, event)| Record {
            seq: EventSeq(seq),
            at,
            by: by.clone(),
            event,
        })
        .collect();
    for record in &records {
        apply(state, record);
    }
    debug_assert_eq!(invariants::check(state), Ok(()), "after {command:?}");
    Ok(records)
}

/// Only the very last second of time has no whole milliseconds; it stays as it is.
fn whole_ms(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// The state that these records of one day give, in their order.
pub fn replay<'a>(records: impl IntoIterator<Item = &'a Record>) -> State {
    let mut state = State::default();
    for record in records {
        apply(&mut state, record);
    }
    state
}
