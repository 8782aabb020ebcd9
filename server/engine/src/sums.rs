//! The sums of a day: what is left of it when its people are forgotten.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::learned::Course;
use crate::{
    Day, Experience, ExpiredFrom, Office, QueueKey, ServiceKey, State, Ticket, TicketState,
    VisitResult,
};

/// What a day came to, by queue. Counts and totals only: nobody can be found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySums {
    pub queues: BTreeMap<QueueKey, QueueSums>,
    /// What the day has taught.
    #[serde(default)]
    pub taught: Box<Experience>,
    /// How often a clerk asked for help.
    #[serde(default)]
    pub alarms: u32,
    /// How long all counters together were open, in milliseconds.
    #[serde(default)]
    pub open_ms: u64,
    /// How long they were planned to be; none where no shifts are planned.
    #[serde(default)]
    pub planned_ms: Option<u64>,
}

/// What a day came to in one queue: the one where each visit stood last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueSums {
    /// Tickets that walk-ins took.
    pub walk_ins: u32,
    /// Appointments that were known for the day.
    pub appointments: u32,
    pub finished: u32,
    /// Of the finished ones: those first called after the queue had closed.
    pub in_overtime: u32,
    /// Of the finished ones: those that do not count in the statistics.
    pub without_record: u32,
    /// Of the finished ones: what they came for could not be done.
    pub not_possible: u32,
    pub cancelled: u32,
    /// Called in vain, and did not come again.
    pub missed: u32,
    /// Had an appointment and never came.
    pub no_shows: u32,
    /// Served, and did not come back for what was being made.
    pub not_picked_up: u32,
    /// Still waited, stood at a counter or were parked when the day, or the queue's overtime, ended.
    pub expired: u32,
    /// People served, all of a ticket's persons counted.
    pub persons: u64,
    /// Visits that were called at least once: those whose waits are summed.
    pub called: u32,
    /// From the arrival, or the agreed time where that was later, to the first call, in milliseconds.
    pub waited_ms: u64,
    /// At counters, in milliseconds.
    pub served_ms: u64,
}

impl DaySums {
    /// The sums of the day that is open, as if it ended now with every open visit expired; at its own
    /// end where that has passed.
    pub(crate) fn of(state: &State, now: Timestamp) -> Self {
        let mut sums = Self::default();
        let ends_at = state.day().map_or(now, |day| day.ends_at);
        let now = now.min(ends_at);
        let queues = state.lines.keys();
        let closings: BTreeMap<&QueueKey, Option<Timestamp>> = queues
            .map(|queue| (queue, state.closing_of(queue)))
            .collect();
        for ticket in state.tickets() {
            let closed_at = closings.get(&ticket.queue).copied().flatten();
            let queue = sums.queues.entry(ticket.queue.clone()).or_default();
            queue.count(ticket, closed_at, now);
        }
        sums.taught = Box::new(state.today.clone());
        sums.taught.days = crate::learned::ONE;
        let stayed_away = sums.queues.values().map(|queue| u64::from(queue.no_shows));
        sums.taught.stayed_away = stayed_away.sum::<u64>() * crate::learned::ONE;
        sums.alarms = state.alarms;
        sums.open_ms = state.staffed.ms_at(now);
        sums.planned_ms = state.day().and_then(planned_ms);
        sums
    }

    /// What is known after this day, of the services that the office has.
    pub(crate) fn learned(&self, before: &Experience, office: &Office) -> Experience {
        let course = Course {
            alarms: self.alarms,
            open_ms: self.open_ms,
            planned_ms: self.planned_ms,
        };
        // A day on which nobody came was closed: it says nothing of the others, and makes none older.
        let mut queues = self.queues.values();
        let was_closed = queues.all(|queue| queue.walk_ins == 0 && queue.appointments == 0);
        let mut learned = if was_closed {
            before.clone()
        } else {
            before.after(&self.taught, course)
        };
        let is_known = |service: &ServiceKey| office.service(service).is_some();
        learned.services.retain(|service, _| is_known(service));
        learned.arrivals.retain(|service, _| is_known(service));
        learned
    }
}

/// The length of all shifts of this day.
fn planned_ms(day: &Day) -> Option<u64> {
    let counters = day.office.counters.iter();
    let shifts = counters.filter_map(|counter| day.office.shifts_on(counter, day.date));
    let lengths = shifts.map(|shifts| {
        let lengths = shifts.iter().map(|shift| ms_between(shift.from, shift.to));
        lengths.sum::<u64>()
    });
    lengths.reduce(u64::saturating_add)
}

impl QueueSums {
    fn count(&mut self, ticket: &Ticket, closed_at: Option<Timestamp>, now: Timestamp) {
        match ticket.appointment {
            Some(_) => self.appointments += 1,
            None => self.walk_ins += 1,
        }
        self.count_end(ticket, closed_at);
        if let (Some(called), Some(from)) = (ticket.first_called_at, ticket.waits_from()) {
            self.called += 1;
            self.waited_ms += ms_between(from, called);
        }
        self.served_ms += ticket.served_ms_at(now);
    }

    fn count_end(&mut self, ticket: &Ticket, closed_at: Option<Timestamp>) {
        let end = match &ticket.state {
            state if state.is_final() => state.clone(),
            state => state.expired(),
        };
        match end {
            TicketState::Finished { result } => self.count_finished(ticket, result, closed_at),
            TicketState::Cancelled => self.cancelled += 1,
            TicketState::Expired { from } => self.count_expired(ticket, from),
            _ => {}
        }
    }

    fn count_expired(&mut self, ticket: &Ticket, from: ExpiredFrom) {
        // Nobody reports there, and nobody came when called.
        let never_came = ticket.appointment.is_some() && ticket.arrived_at.is_none();
        match from {
            ExpiredFrom::PickUp => self.not_picked_up += 1,
            _ if never_came => self.no_shows += 1,
            ExpiredFrom::Missed => self.missed += 1,
            ExpiredFrom::Booked | ExpiredFrom::Open => self.expired += 1,
        }
    }

    fn count_finished(
        &mut self,
        ticket: &Ticket,
        result: VisitResult,
        closed_at: Option<Timestamp>,
    ) {
        self.finished += 1;
        self.persons += u64::from(ticket.persons);
        match result {
            VisitResult::Served => {}
            VisitResult::WithoutRecord => self.without_record += 1,
            VisitResult::NotPossible => self.not_possible += 1,
        }
        let late = |closed_at| {
            ticket
                .first_called_at
                .is_some_and(|called| called >= closed_at)
        };
        if closed_at.is_some_and(late) {
            self.in_overtime += 1;
        }
    }
}

fn ms_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_millis()).unwrap_or(0)
}
