//! The house: days, offices, locks, counters, emergencies.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;

use super::begin;
use crate::open_now::closing_on;
use crate::{
    Bound, CallId, ClerkKey, CounterKey, CounterMode, Day, Emergency, Event, EventSeq, Lock,
    Office, QueueKey, Record, ServiceKey, Staffed, State, Ticket, TicketId, TicketState,
};

pub(super) fn open_day(state: &mut State, record: &Record) {
    let Event::DayOpened {
        date,
        ends_at,
        office,
        resting,
        bookings,
        lapsed: _,
        learned,
    } = &record.event
    else {
        return;
    };
    // Of a day that opens late at night, what is over has never begun.
    let (ended, overtime_ends): (BTreeMap<_, _>, BTreeMap<_, _>) = overtime_ends(office, *date)
        .into_iter()
        .partition(|(_, ends)| *ends <= record.at);
    let day = Day {
        date: *date,
        ends_at: *ends_at,
        office: Arc::clone(office),
        overtime_ends,
        ended: ended.into_keys().collect(),
        learned: Arc::clone(learned),
    };
    *state = State {
        day: Some(day),
        last_seq: state.last_seq,
        last_at: state.last_at,
        ..State::default()
    };
    name_things(state, office);
    for number in resting {
        state.numbers.rest(&number.label, number.until);
    }
    for booking in bookings {
        begin::book(state, booking, record);
    }
}

/// When the overtime of each queue ends that lets nobody wait for ever.
fn overtime_ends(office: &Office, date: Date) -> BTreeMap<QueueKey, Timestamp> {
    let ends = |queue: &crate::Queue| {
        let overtime = SignedDuration::from_mins(i64::from(queue.rules.overtime_min?));
        let closing = closing_on(office, queue, date)?;
        let ends = closing.saturating_add(overtime).unwrap_or(Timestamp::MAX);
        Some((queue.key.clone(), ends))
    };
    office.queues.iter().filter_map(ends).collect()
}

pub(super) fn change_office(state: &mut State, office: &Arc<Office>, at: Timestamp) {
    if let Some(day) = &mut state.day {
        day.office = Arc::clone(office);
        day.overtime_ends = overtime_ends(office, day.date);
        let ended = &day.ended;
        day.overtime_ends.retain(|queue, _| !ended.contains(queue));
    }
    let is_known = |queue: &QueueKey| office.queue(queue).is_some();
    state
        .lines
        .retain(|queue, line| !line.is_empty() || is_known(queue));
    state
        .booked
        .retain(|queue, booked| !booked.is_empty() || is_known(queue));
    state.locks.retain(|queue, _| is_known(queue));
    state
        .counters
        .retain(|counter, _| office.counter(counter).is_some());
    state
        .emergencies
        .retain(|counter, _| office.counter(counter).is_some());
    // What a step was like is of no use in another office.
    state.undos.forget_all();
    name_things(state, office);
    state
        .sold_out
        .retain(|service, _| office.service(service).is_some());
    state.learn_anew();
    free_the_unreachable(state, at);
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

pub(super) fn lock(state: &mut State, queue: &QueueKey, notice: &str, at: Timestamp) {
    let since = state.locks.get(queue).map_or(at, |lock| lock.since);
    let lock = Lock {
        notice: notice.to_owned(),
        since,
    };
    state.locks.insert(queue.clone(), lock);
}

pub(super) fn sell_out(state: &mut State, services: &[ServiceKey], seq: EventSeq) {
    let sold_out = services.iter().map(|service| (service.clone(), seq));
    state.sold_out.extend(sold_out);
}

pub(super) fn reopen(state: &mut State, services: &[ServiceKey]) {
    state
        .sold_out
        .retain(|service, _| !services.contains(service));
}

pub(super) fn advance_numbers(state: &mut State, from: u32) {
    let State { day, numbers, .. } = state;
    let series = day.iter().flat_map(|day| &day.office.series);
    for series in series.filter(|series| series.has(from)) {
        numbers.go_on_from(series, from);
    }
}

pub(super) fn open_counter(
    state: &mut State,
    counter: &CounterKey,
    clerk: Option<&ClerkKey>,
    at: Timestamp,
) {
    let today = state.counters.entry(counter.clone()).or_default();
    if !today.is_open() {
        today.idle_since = Some(at);
    }
    today.mode = CounterMode::Open;
    today.clerk = clerk.cloned();
    free_the_unreachable(state, at);
}

/// So many counters are open from now on.
pub(super) fn follow_staff(state: &mut State, at: Timestamp) {
    let open = state.counters.values().filter(|counter| counter.is_open());
    let open = u32::try_from(open.count()).unwrap_or(u32::MAX);
    // Whoever opens a counter after the day's end, before anybody noticed it, opens it in no time of it.
    let ended = state.day.as_ref().map_or(at, |day| at.min(day.ends_at));
    if open != state.staffed.open {
        let from = if state.staffed.open == 0 {
            at
        } else {
            state.staffed.from
        };
        state.staffed = Staffed {
            open,
            since: at,
            from,
            ms: state.staffed.ms_at(ended),
        };
    }
}

pub(super) fn close_counter(state: &mut State, counter: &CounterKey, at: Timestamp) {
    let today = state.counters.entry(counter.clone()).or_default();
    (today.mode, today.clerk, today.favoured) = (CounterMode::Closed, None, 0);
    let closed = crate::Gain::Counter(counter.clone());
    state.capacity_added.retain(|_, gain| *gain != closed);
    free_the_unreachable(state, at);
}

/// The clerk, what the counter was at, and the visit go along; who is called only now hears of the
/// other counter by a new call.
pub(super) fn move_counter(
    state: &mut State,
    from: &CounterKey,
    to: &CounterKey,
    ticket: Option<TicketId>,
    record: &Record,
) {
    let left = state.counters.get(from).cloned().unwrap_or_default();
    let visit = ticket
        .and_then(|ticket| state.tickets.get(&ticket))
        .cloned();
    if let Some(mut visit) = visit {
        state.undos.forget(visit.id);
        take_along(&mut visit, to, record);
        state.put(visit, record.at);
    }
    let is_called = ticket.and_then(|ticket| state.tickets.get(&ticket));
    let is_called = is_called.is_some_and(|t| matches!(t.state, TicketState::Called { .. }));
    let there = state.counters.entry(to.clone()).or_default();
    (there.mode, there.clerk, there.favoured) = (left.mode, left.clerk, left.favoured);
    there.idle_since = left.idle_since;
    // Who is being served is at the counter already: no display needs to show the way.
    there.called_at = is_called.then_some(record.at);
    if let Some(emergency) = state.emergencies.remove(from) {
        state.emergencies.insert(to.clone(), emergency);
    }
    close_counter(state, from, record.at);
}

fn take_along(visit: &mut Ticket, to: &CounterKey, record: &Record) {
    match &mut visit.state {
        TicketState::Called { counter, call } => {
            (*counter, *call) = (to.clone(), CallId(record.seq));
            visit.calls += 1;
        }
        TicketState::Serving { counter, .. } => *counter = to.clone(),
        _ => {}
    }
}

/// Whoever was sent to a counter or person that is gone may go to any counter again.
fn free_the_unreachable(state: &mut State, at: Timestamp) {
    let bound = state.lines.values().flat_map(crate::Line::bound);
    let stranded = bound.filter_map(|ticket| {
        let ticket = state.tickets.get(&ticket)?;
        let bound = ticket.bound.as_ref()?;
        (!state.is_reachable(bound)).then(|| ticket.clone())
    });
    let stranded: Vec<Ticket> = stranded.collect();
    for mut ticket in stranded {
        ticket.bound = None;
        state.put(ticket, at);
    }
}

impl State {
    /// Whether somebody is there whom a transfer can be for.
    pub(crate) fn is_reachable(&self, bound: &Bound) -> bool {
        match bound {
            Bound::Counter(counter) => self
                .counter(counter)
                .is_some_and(|counter| counter.mode != CounterMode::Closed),
            Bound::Clerk(clerk) => self.counter_of(clerk).is_some(),
        }
    }

    /// Where this person serves now.
    pub(crate) fn counter_of(&self, clerk: &ClerkKey) -> Option<&CounterKey> {
        let mut counters = self.counters.iter();
        let found = counters.find(|(_, counter)| counter.clerk.as_ref() == Some(clerk));
        found.map(|(counter, _)| counter)
    }
}

pub(super) fn raise_emergency(state: &mut State, counter: &CounterKey, record: &Record) {
    state.alarms = state.alarms.saturating_add(1);
    let emergency = Emergency {
        raised_at: record.at,
        raised_by: record.by.clone(),
        accepted: None,
    };
    state
        .emergencies
        .entry(counter.clone())
        .or_insert(emergency);
}
