//! What each step makes of a visit, and how a step is taken back.

use std::mem::discriminant;

use crate::undo::Step;
use crate::{
    CallId, CounterKey, CounterState, Event, Pause, PauseCause, Place, Record, Requeued,
    ServiceKey, State, Ticket, TicketId, TicketState, Why,
};

/// One step of a visit that is known: what it was is kept, so that the step can be taken back.
pub(super) fn take_step(state: &mut State, id: TicketId, record: &Record) {
    if state.forget_later(id).is_some() {
        return;
    }
    let Some(before) = state.tickets.get(&id).cloned() else {
        return;
    };
    let mut after = before.clone();
    change(&mut after, record);
    let gone = |bound: &crate::Bound| !state.is_reachable(bound);
    if after.bound.as_ref().is_some_and(gone) {
        after.bound = None;
    }
    if discriminant(&before.state) != discriminant(&after.state) {
        after.served_ms = before.served_ms_at(record.at);
        after.since = record.at;
    }
    let touched = [before.state.counter(), after.state.counter()];
    let mut touched: Vec<CounterKey> = touched.into_iter().flatten().cloned().collect();
    touched.dedup();
    let counters_before: Vec<CounterState> = touched.iter().map(|key| today(state, key)).collect();
    state.put(after, record.at);
    let overtook = overtaken_by(record);
    for overtaken in overtook {
        if let Some(overtaken) = state.tickets.get_mut(overtaken) {
            overtaken.overtaken = overtaken.overtaken.saturating_add(1);
        }
    }
    count_call(state, record);
    if matches!(record.event, Event::TicketRecalled { .. }) {
        state.undos.forget(id);
        return;
    }
    let after = touched.iter().map(|key| today(state, key));
    let after: Vec<CounterState> = after.collect();
    let both = counters_before.into_iter().zip(after);
    let counters = touched.into_iter().zip(both);
    let step = Step {
        at: record.at,
        by: record.by.clone(),
        before,
        overtook: overtook.to_vec(),
        counters: counters.map(|(key, (was, is))| (key, was, is)).collect(),
    };
    state.undos.keep(record.seq, step);
}

fn overtaken_by(record: &Record) -> &[TicketId] {
    match &record.event {
        Event::TicketCalled { overtook, .. } => overtook,
        _ => &[],
    }
}

fn today(state: &State, counter: &CounterKey) -> CounterState {
    state.counter(counter).cloned().unwrap_or_default()
}

/// What the counter remembers of a call.
fn count_call(state: &mut State, record: &Record) {
    match &record.event {
        Event::TicketCalled { counter, why, .. } => {
            let today = state.counters.entry(counter.clone()).or_default();
            today.called_at = Some(record.at);
            today.favoured = match why {
                Why::Chosen => today.favoured,
                why if why.is_favoured() => today.favoured + 1,
                _ => 0,
            };
        }
        Event::TicketRecalled { ticket } => {
            let counter = state
                .tickets
                .get(ticket)
                .and_then(|held| held.state.counter());
            if let Some(today) = counter.and_then(|key| state.counters.get_mut(key)) {
                today.called_at = Some(record.at);
            }
        }
        _ => {}
    }
}

/// What this record makes of the ticket.
fn change(ticket: &mut Ticket, record: &Record) {
    match &record.event {
        Event::CheckedIn { from, ahead, .. } => {
            ticket.arrived_at = Some(record.at);
            ticket.place = Place::earned(*from, record.seq);
            ticket.ahead = *ahead;
            ticket.calls_in_vain = 0;
            ticket.state = TicketState::WAITING;
        }
        Event::TicketCalled { .. }
        | Event::TicketRecalled { .. }
        | Event::ServiceStarted { .. }
        | Event::CalledInVain { .. }
        | Event::TicketMissed { .. } => change_by_call(ticket, record),
        Event::PartServed { .. } | Event::VisitFinished { .. } | Event::PickUpPromised { .. } => {
            change_by_end(ticket, record);
        }
        Event::TicketRequeued { to, .. } => put_back(ticket, *to, record),
        Event::VisitParked { .. } => {
            if let Some(counter) = ticket.state.counter().cloned() {
                ticket.state = TicketState::Parked { counter };
            }
        }
        Event::VisitResumed { counter, .. } => {
            ticket.bound = None;
            ticket.state = TicketState::Serving {
                counter: counter.clone(),
                call: CallId(record.seq),
            };
        }
        Event::TicketTransferred { queue, bound, .. } => {
            // Somebody sent the person on: so the person is here.
            ticket.arrived_at.get_or_insert(record.at);
            ticket.queue = queue.clone();
            ticket.bound.clone_from(bound);
            ticket.calls_in_vain = 0;
            ticket.state = TicketState::WAITING;
        }
        Event::PlacePaused { until, .. } => {
            ticket.state = TicketState::Waiting {
                pause: Some(Pause {
                    until: *until,
                    cause: PauseCause::Visitor,
                }),
            };
        }
        Event::PlaceResumed { .. } => ticket.state = TicketState::WAITING,
        Event::TicketChanged { .. } => change_facts(ticket, &record.event),
        Event::TicketCancelled { .. } => ticket.state = TicketState::Cancelled,
        _ => {}
    }
}

fn put_back(ticket: &mut Ticket, to: Requeued, record: &Record) {
    match to {
        Requeued::OldPlace => {}
        Requeued::Behind(place) => ticket.place = place.behind(record.seq),
        Requeued::End => ticket.place = Place::earned(record.at, record.seq),
    }
    ticket.calls_in_vain = 0;
    // Called before anybody knew that the person is here: still only booked. Who was missed and is
    // put back has come.
    let never_came = ticket.appointment.is_some() && ticket.arrived_at.is_none();
    let is_called = matches!(ticket.state, TicketState::Called { .. });
    ticket.state = if never_came && is_called {
        TicketState::Booked
    } else {
        ticket.arrived_at.get_or_insert(record.at);
        TicketState::WAITING
    };
}

fn change_facts(ticket: &mut Ticket, event: &Event) {
    let Event::TicketChanged {
        queue,
        services,
        needs,
        priority,
        persons,
        ..
    } = event
    else {
        return;
    };
    // What was done and is asked for once more has to be done once more.
    let is_new = |service: &&ServiceKey| !ticket.services.contains(service);
    let again: Vec<ServiceKey> = services.iter().filter(is_new).cloned().collect();
    ticket.served.retain(|service| !again.contains(service));
    ticket.queue = queue.clone();
    ticket.services.clone_from(services);
    ticket.needs.clone_from(needs);
    ticket.priority = *priority;
    ticket.persons = *persons;
}

fn change_by_call(ticket: &mut Ticket, record: &Record) {
    match &record.event {
        Event::TicketCalled { counter, why, .. } => {
            ticket.calls += 1;
            ticket.why = Some(*why);
            ticket.first_called_at.get_or_insert(record.at);
            ticket.state = TicketState::Called {
                counter: counter.clone(),
                call: CallId(record.seq),
            };
        }
        Event::TicketRecalled { .. } => {
            // `since` stays: how long the person is awaited counts from the first call.
            if let TicketState::Called { call, .. } = &mut ticket.state {
                *call = CallId(record.seq);
                ticket.calls += 1;
            }
        }
        Event::ServiceStarted { .. } => {
            if let TicketState::Called { counter, call } = &ticket.state {
                let (counter, call) = (counter.clone(), *call);
                ticket.state = TicketState::Serving { counter, call };
            }
            ticket.arrived_at.get_or_insert(record.at);
            ticket.calls_in_vain = 0;
            ticket.bound = None;
        }
        Event::CalledInVain { until, .. } => {
            wait_in_vain(ticket, record.at);
            ticket.state = TicketState::Waiting {
                pause: Some(Pause {
                    until: *until,
                    cause: PauseCause::CallInVain,
                }),
            };
        }
        Event::TicketMissed { .. } => {
            wait_in_vain(ticket, record.at);
            ticket.state = TicketState::Missed;
        }
        _ => {}
    }
}

/// A counter has waited since the call, and nobody came.
fn wait_in_vain(ticket: &mut Ticket, at: jiff::Timestamp) {
    ticket.calls_in_vain += 1;
    let waited = at.duration_since(ticket.since).as_millis();
    ticket.in_vain.add(u64::try_from(waited).unwrap_or(0));
}

fn change_by_end(ticket: &mut Ticket, record: &Record) {
    ticket.arrived_at.get_or_insert(record.at);
    match &record.event {
        Event::PartServed {
            done,
            rest,
            queue,
            persons,
            ..
        } => {
            ticket.persons = *persons;
            ticket.served.extend_from_slice(done);
            ticket.services.clone_from(rest);
            ticket.queue = queue.clone();
            (ticket.bound, ticket.calls_in_vain) = (None, 0);
            ticket.state = TicketState::WAITING;
        }
        Event::VisitFinished {
            done,
            persons,
            result,
            ..
        } => {
            ticket.served.extend_from_slice(done);
            ticket.services.retain(|service| !done.contains(service));
            ticket.persons = *persons;
            ticket.state = TicketState::Finished { result: *result };
        }
        Event::PickUpPromised { done, .. } => {
            ticket.served.extend_from_slice(done);
            if let Some(counter) = ticket.state.counter().cloned() {
                ticket.state = TicketState::PickUp { counter };
            }
        }
        _ => {}
    }
}

pub(super) fn expire(state: &mut State, tickets: &[TicketId], record: &Record) {
    // A server that was off closes the day late: nobody was served through the night.
    let ends_at = state.day.as_ref().map_or(record.at, |day| day.ends_at);
    let ended = record.at.min(ends_at);
    for ticket in tickets {
        state.undos.forget(*ticket);
        let Some(mut held) = state.tickets.get(ticket).cloned() else {
            continue;
        };
        held.served_ms = held.served_ms_at(ended);
        held.state = held.state.expired();
        held.since = record.at;
        state.put(held, record.at);
    }
}

/// Everything is as it was before the step: ticket, line, counters, number.
pub(super) fn undo(state: &mut State, ticket: TicketId, record: &Record) {
    let Some(mut step) = state.undos.forget(ticket) else {
        return;
    };
    let gone = |bound: &crate::Bound| !state.is_reachable(bound);
    // Nobody is put back into the line for somebody who left since.
    let waits = matches!(step.before.state, TicketState::Waiting { .. });
    if waits && step.before.bound.as_ref().is_some_and(gone) {
        step.before.bound = None;
    }
    // Who was put behind since then still was.
    if let Some(held) = state.tickets.get(&ticket) {
        step.before.overtaken = held.overtaken;
    }
    state.put(step.before, record.at);
    for overtaken in &step.overtook {
        if let Some(overtaken) = state.tickets.get_mut(overtaken) {
            overtaken.overtaken = overtaken.overtaken.saturating_sub(1);
        }
    }
    for (counter, was, _) in step.counters {
        let today = state.counters.entry(counter).or_default();
        // Whether it is open, and who serves there, is not the visit's.
        let (mode, clerk) = (today.mode, today.clerk.take());
        *today = CounterState { mode, clerk, ..was };
    }
}
