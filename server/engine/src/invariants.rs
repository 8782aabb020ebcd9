//! What must hold in every state the engine can reach. Checked after every step of a debug build,
//! and by the property tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::{CounterKey, Experience, Line, State, TicketId, TicketState};

/// The first thing that does not hold.
pub fn check(state: &State) -> Result<(), String> {
    counters_and_tickets_agree(state)?;
    lines_hold_exactly_the_waiting(state)?;
    appointments_hold_exactly_the_booked(state)?;
    open_visits_have_something_to_do(state)?;
    finished_are_counted(state)?;
    today_teaches_what_its_tickets_do(state)?;
    open_numbers_are_unique_and_taken(state)
}

fn today_teaches_what_its_tickets_do(state: &State) -> Result<(), String> {
    let Some(day) = state.day() else {
        return Ok(());
    };
    let summed = Experience::of(state.tickets(), day.frame());
    if summed == state.today {
        return Ok(());
    }
    Err(format!(
        "today taught {:?}, its tickets teach {summed:?}",
        state.today
    ))
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
        .filter(|ticket| matches!(ticket.state, TicketState::Waiting { .. }));
    let in_lines: usize = state.lines.values().map(Line::len).sum();
    let mut count = 0;
    for ticket in waiting {
        count += 1;
        let line = state.lines.get(&ticket.queue);
        if !line.is_some_and(|line| line.holds(ticket)) {
            return Err(format!("{} waits but stands in no line", ticket.number));
        }
        let bound = ticket.bound.as_ref();
        if bound.is_some_and(|bound| !state.is_reachable(bound)) {
            return Err(format!("{} waits for somebody who is gone", ticket.number));
        }
    }
    if count == in_lines {
        Ok(())
    } else {
        Err(format!("{count} wait, {in_lines} stand in lines"))
    }
}

fn appointments_hold_exactly_the_booked(state: &State) -> Result<(), String> {
    let booked = state
        .tickets()
        .filter(|ticket| ticket.state == TicketState::Booked);
    let mut count = 0;
    for ticket in booked {
        count += 1;
        let at = ticket
            .appointment
            .as_ref()
            .map(|appointment| appointment.at);
        let stands = state.booked.get(&ticket.queue).zip(at);
        if !stands.is_some_and(|(booked, at)| booked.contains(&(at, ticket.id))) {
            return Err(format!("{} is booked but stands in no list", ticket.number));
        }
    }
    let in_lists: usize = state.booked.values().map(BTreeSet::len).sum();
    if count == in_lists {
        Ok(())
    } else {
        Err(format!("{count} are booked, {in_lists} stand in lists"))
    }
}

fn open_visits_have_something_to_do(state: &State) -> Result<(), String> {
    let mut open = state.tickets().filter(|ticket| !ticket.state.is_final());
    match open.find(|ticket| ticket.services.is_empty()) {
        Some(ticket) => Err(format!("{} is open without a service", ticket.number)),
        None => Ok(()),
    }
}

fn finished_are_counted(state: &State) -> Result<(), String> {
    let finished = state
        .tickets()
        .filter(|ticket| matches!(ticket.state, TicketState::Finished { .. }))
        .count();
    if u32::try_from(finished) == Ok(state.finished) {
        Ok(())
    } else {
        Err(format!(
            "{finished} are finished, {} are counted",
            state.finished
        ))
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
