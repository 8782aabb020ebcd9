//! What must hold in every state the engine can reach. Checked after every step of a debug build,
//! and by the property tests.

use std::collections::BTreeMap;

use crate::{CounterKey, State, TicketId, TicketState};

/// The first thing that does not hold.
pub fn check(state: &State) -> Result<(), String> {
    counters_and_tickets_agree(state)?;
    lines_hold_exactly_the_waiting(state)?;
    open_numbers_are_unique_and_taken(state)
}

fn counters_and_tickets_agree(state: &State) -> Result<(), String> {
    let mut at: BTreeMap<&CounterKey, TicketId> = BTreeMap::new();
    for ticket in state.tickets() {
        let Some(counter) = ticket.state.counter() else {
            continue;
        };
        if let Some(other) = at.insert(counter, ticket.id) {
            return Err(format!(
                "counter {counter} has two visits, {other} and {}",
                ticket.id
            ));
        }
    }
    for (key, counter) in &state.counters {
        if counter.running != at.get(key).copied() {
            return Err(format!(
                "counter {key} runs {:?}, tickets say {:?}",
                counter.running,
                at.get(key)
            ));
        }
    }
    Ok(())
}

fn lines_hold_exactly_the_waiting(state: &State) -> Result<(), String> {
    let waiting = state
        .tickets()
        .filter(|ticket| ticket.state == TicketState::Waiting);
    let in_lines: usize = state
        .lines
        .values()
        .map(std::collections::BTreeSet::len)
        .sum();
    let mut count = 0;
    for ticket in waiting {
        count += 1;
        let stands = |line: &crate::Line| line.contains(&(ticket.place, ticket.id));
        if !state.lines.get(&ticket.queue).is_some_and(stands) {
            return Err(format!("{} waits but stands in no line", ticket.number));
        }
    }
    if count == in_lines {
        Ok(())
    } else {
        Err(format!("{count} wait, {in_lines} stand in lines"))
    }
}

fn open_numbers_are_unique_and_taken(state: &State) -> Result<(), String> {
    let mut open: BTreeMap<&str, TicketId> = BTreeMap::new();
    for ticket in state.tickets().filter(|ticket| !ticket.state.is_final()) {
        if !state.numbers.is_open(&ticket.number.label) {
            return Err(format!(
                "{} is open but could be given again",
                ticket.number
            ));
        }
        if let Some(other) = open.insert(&ticket.number.label, ticket.id) {
            return Err(format!(
                "{} is open twice: {other} and {}",
                ticket.number, ticket.id
            ));
        }
    }
    Ok(())
}
