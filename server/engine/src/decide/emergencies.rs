//! A clerk needs help. One emergency a counter, until somebody says that it is over.

use super::known_counter;
use crate::{CounterKey, Emergency, Event, Refusal, State};

/// Raised again while it lasts, it stays the one that it is.
pub(super) fn raise(state: &State, counter: &CounterKey) -> Result<Vec<Event>, Refusal> {
    known_counter(state, counter)?;
    let counter = counter.clone();
    Ok(if state.emergencies.contains_key(&counter) {
        Vec::new()
    } else {
        vec![Event::EmergencyRaised { counter }]
    })
}

/// The first who accepts is told as the one on the way; a second changes nothing.
pub(super) fn accept(state: &State, counter: &CounterKey) -> Result<Vec<Event>, Refusal> {
    let emergency = running(state, counter)?;
    let counter = counter.clone();
    Ok(if emergency.accepted.is_some() {
        Vec::new()
    } else {
        vec![Event::EmergencyAccepted { counter }]
    })
}

pub(super) fn end(state: &State, counter: &CounterKey) -> Result<Vec<Event>, Refusal> {
    running(state, counter)?;
    let counter = counter.clone();
    Ok(vec![Event::EmergencyEnded { counter }])
}

fn running<'a>(state: &'a State, counter: &CounterKey) -> Result<&'a Emergency, Refusal> {
    known_counter(state, counter)?;
    let emergency = state.emergencies.get(counter);
    emergency.ok_or_else(|| Refusal::NoEmergency(counter.clone()))
}
