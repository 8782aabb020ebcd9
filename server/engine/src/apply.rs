//! What an event does to the state. Total: every record of a journal applies, whatever it holds.

use std::sync::Arc;

use crate::{
    CallId, CounterKey, Day, Event, Office, Place, Record, Requeued, State, Ticket, TicketId,
    TicketState,
};

/// Takes one record into the state.
pub fn apply(state: &mut State, record: &Record) {
    state.last_seq = record.seq;
    state.last_at = record.at;
    match &record.event {
        Event::DayOpened { .. } => open_day(state, record),
        Event::DayClosed { expired } => {
            for ticket in expired {
                end(state, *ticket, TicketState::Expired, record);
            }
        }
        Event::OfficeChanged { office } => change_office(state, office),
        Event::CounterOpened { counter } => set_open(state, counter, true),
        Event::CounterClosed { counter } => set_open(state, counter, false),
        Event::TicketIssued { .. } => issue(state, record),
        Event::TicketCalled {
            ticket, counter, ..
        } => {
            leave_line(state, *ticket);
            take_to_counter(state, *ticket, counter, record);
        }
        Event::TicketRecalled { ticket } => recall(state, *ticket, record),
        Event::ServiceStarted { ticket } => start(state, *ticket, record),
        Event::VisitFinished { ticket } => {
            end(state, *ticket, TicketState::Finished, record);
            state.finished += 1;
        }
        Event::TicketMissed { ticket } => {
            leave_counter(state, *ticket);
            enter(state, *ticket, TicketState::Missed, record);
        }
        Event::TicketRequeued { ticket, to } => requeue(state, *ticket, *to, record),
    }
}

fn open_day(state: &mut State, record: &Record) {
    let Event::DayOpened {
        date,
        ends_at,
        office,
        resting,
    } = &record.event
    else {
        return;
    };
    let (last_seq, last_at) = (state.last_seq, state.last_at);
    let day = Day {
        date: *date,
        ends_at: *ends_at,
        office: Arc::clone(office),
    };
    *state = State {
        day: Some(day),
        last_seq,
        last_at,
        ..State::default()
    };
    name_things(state, office);
    for number in resting {
        state.numbers.rest(&number.label, number.until);
    }
}

fn change_office(state: &mut State, office: &Arc<Office>) {
    if let Some(day) = &mut state.day {
        day.office = Arc::clone(office);
    }
    state
        .lines
        .retain(|queue, line| !line.is_empty() || office.queue(queue).is_some());
    state
        .counters
        .retain(|counter, _| office.counter(counter).is_some());
    name_things(state, office);
}

/// Every queue and counter of the office has its entry, so that views list them all.
fn name_things(state: &mut State, office: &Office) {
    for queue in &office.queues {
        state.lines.entry(queue.key.clone()).or_default();
    }
    for counter in &office.counters {
        state.counters.entry(counter.key.clone()).or_default();
    }
}

fn set_open(state: &mut State, counter: &CounterKey, open: bool) {
    state.counters.entry(counter.clone()).or_default().open = open;
}

fn issue(state: &mut State, record: &Record) {
    let Some(issued) = Ticket::issued(record) else {
        return;
    };
    state.numbers.give(&issued.number);
    state
        .lines
        .entry(issued.queue.clone())
        .or_default()
        .insert((issued.place, issued.id));
    state.tickets.insert(issued.id, issued);
}

fn take_to_counter(state: &mut State, ticket: TicketId, counter: &CounterKey, record: &Record) {
    let today = state.counters.entry(counter.clone()).or_default();
    (today.running, today.called_at) = (Some(ticket), Some(record.at));
    let called = TicketState::Called {
        counter: counter.clone(),
        call: CallId(record.seq),
    };
    count_call(state, ticket);
    enter(state, ticket, called, record);
}

fn recall(state: &mut State, ticket: TicketId, record: &Record) {
    count_call(state, ticket);
    // `since` stays: how long the person is awaited counts from the first call.
    if let Some(Ticket {
        state: TicketState::Called { call, counter },
        ..
    }) = state.tickets.get_mut(&ticket)
    {
        *call = CallId(record.seq);
        if let Some(today) = state.counters.get_mut(counter) {
            today.called_at = Some(record.at);
        }
    }
}

fn start(state: &mut State, ticket: TicketId, record: &Record) {
    let Some(TicketState::Called { counter, call }) = state.tickets.get(&ticket).map(|t| &t.state)
    else {
        return;
    };
    let serving = TicketState::Serving {
        counter: counter.clone(),
        call: *call,
    };
    enter(state, ticket, serving, record);
}

fn requeue(state: &mut State, ticket: TicketId, to: Requeued, record: &Record) {
    leave_counter(state, ticket);
    if let Some(held) = state.tickets.get_mut(&ticket) {
        if to == Requeued::End {
            held.place = Place(record.seq);
        }
        state
            .lines
            .entry(held.queue.clone())
            .or_default()
            .insert((held.place, ticket));
    }
    enter(state, ticket, TicketState::Waiting, record);
}

/// The visit ends for good: it leaves line and counter, and its number begins to rest.
fn end(state: &mut State, ticket: TicketId, last: TicketState, record: &Record) {
    leave_line(state, ticket);
    leave_counter(state, ticket);
    enter(state, ticket, last, record);
    let Some(held) = state.tickets.get(&ticket) else {
        return;
    };
    let until = state.rests_until(&held.number.series, record.at);
    state.numbers.rest(&held.number.label, until);
}

fn enter(state: &mut State, ticket: TicketId, into: TicketState, record: &Record) {
    if let Some(held) = state.tickets.get_mut(&ticket) {
        held.state = into;
        held.since = record.at;
    }
}

fn count_call(state: &mut State, ticket: TicketId) {
    if let Some(held) = state.tickets.get_mut(&ticket) {
        held.calls += 1;
    }
}

fn leave_line(state: &mut State, ticket: TicketId) {
    let Some(held) = state.tickets.get(&ticket) else {
        return;
    };
    if let Some(line) = state.lines.get_mut(&held.queue) {
        line.remove(&(held.place, ticket));
    }
}

fn leave_counter(state: &mut State, ticket: TicketId) {
    let counter = state
        .tickets
        .get(&ticket)
        .and_then(|held| held.state.counter());
    if let Some(counter) = counter.and_then(|counter| state.counters.get_mut(counter)) {
        (counter.running, counter.called_at) = (None, None);
    }
}
