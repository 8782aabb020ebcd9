//! Whether a queue takes walk-ins: its hours, the house's closures, locks, contingent, last ticket.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::{
    CounterKey, CounterMode, Event, Gain, Office, Queue, QueueKey, Refusal, State, TicketId,
};

/// A counter that opens this long before or after its shift begins does what was planned, in minutes.
const LATE_MIN: i64 = 15;

impl State {
    /// Whether a visitor can take a ticket of `queue` at `now`. Staff always can.
    ///
    /// # Errors
    /// The reason that the kiosk tells.
    pub fn takes_walk_ins(&self, queue: &QueueKey, now: Timestamp) -> Result<(), Refusal> {
        let office = self.office().ok_or(Refusal::DayNotOpen)?;
        let queue = office
            .queue(queue)
            .ok_or_else(|| Refusal::QueueUnknown(queue.clone()))?;
        self.is_locked(queue)?;
        is_open(office, queue, now)?;
        self.has_tickets_left(queue)
    }

    fn is_locked(&self, queue: &Queue) -> Result<(), Refusal> {
        self.locks.get(&queue.key).map_or(Ok(()), |lock| {
            Err(Refusal::Locked {
                queue: queue.key.clone(),
                notice: lock.notice.clone(),
            })
        })
    }

    fn has_tickets_left(&self, queue: &Queue) -> Result<(), Refusal> {
        let taken = self.taken.get(&queue.key).copied().unwrap_or(0);
        match queue.rules.contingent {
            Some(limit) if taken >= limit => Err(Refusal::ContingentUsed {
                queue: queue.key.clone(),
                limit,
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// What this gives the day at `at` that no plan could know of: a counter opens that was closed and
    /// that no shift of these minutes plans, an appointment that is still to come is cancelled, the
    /// office is changed.
    pub(crate) fn gains_by(&self, event: &Event, at: Timestamp) -> Option<Gain> {
        let frees = |ticket: TicketId| {
            let ticket = self.ticket(ticket)?;
            let appointment = ticket.appointment.as_ref()?;
            let is_ahead = appointment.at > at || ticket.arrived_at.is_some();
            is_ahead.then_some(Gain::Time)
        };
        match event {
            Event::CounterOpened { counter, .. } | Event::CounterMoved { to: counter, .. } => {
                let was = self.counter(counter).map(|counter| counter.mode);
                let is_new = was.unwrap_or_default() == CounterMode::Closed;
                (is_new && !self.is_planned(counter, at)).then(|| Gain::Counter(counter.clone()))
            }
            Event::TicketCancelled { ticket } => frees(*ticket),
            Event::AppointmentBooked { booking } => frees(booking.ticket),
            Event::OfficeChanged { .. } => Some(Gain::Time),
            _ => None,
        }
    }

    /// Whether a shift plans this counter to open about now.
    fn is_planned(&self, counter: &CounterKey, at: Timestamp) -> bool {
        let Some(day) = &self.day else { return false };
        let counter = day.office.counter(counter);
        let shifts = counter.and_then(|counter| day.office.shifts_on(counter, day.date));
        let late = SignedDuration::from_mins(LATE_MIN);
        let begins = |shift: &crate::hours::OpenSpan| shift.from.duration_since(at).abs() <= late;
        shifts.is_some_and(|shifts| shifts.iter().any(begins))
    }

    /// When `queue` closes on the day that is open, for walk-ins and appointments; none without hours.
    pub(crate) fn closing_of(&self, queue: &QueueKey) -> Option<Timestamp> {
        let day = self.day.as_ref()?;
        closing_on(&day.office, day.office.queue(queue)?, day.date)
    }
}

fn is_open(office: &Office, queue: &Queue, now: Timestamp) -> Result<(), Refusal> {
    let zone = office.zone();
    let today = now.to_zoned(zone.clone()).date();
    let closed_on = |date| office.is_closed_on(&queue.key, date);
    let closed = |opens_at| {
        Err(Refusal::Closed {
            queue: queue.key.clone(),
            opens_at,
        })
    };
    let Some(hours) = &queue.walk_in_hours else {
        return if closed_on(today) {
            closed(None)
        } else {
            Ok(())
        };
    };
    if hours.open_at(now, &zone, closed_on).is_none() {
        return closed(hours.next_opening(now, &zone, closed_on));
    }
    let before = SignedDuration::from_mins(i64::from(queue.rules.last_ticket_before_min));
    // A house that is open through midnight does not close then.
    let shuts = |at: &Timestamp| hours.open_at(*at, &zone, closed_on).is_none();
    let closing = hours.last_closing_on(today, &zone, closed_on).filter(shuts);
    if closing.is_some_and(|closing| closing.duration_since(now) <= before) {
        return Err(Refusal::LastTicketGone {
            queue: queue.key.clone(),
        });
    }
    Ok(())
}

/// When `queue` closes on `date`: at the end of its hours for walk-ins, or of its last slot.
pub(crate) fn closing_on(office: &Office, queue: &Queue, date: Date) -> Option<Timestamp> {
    let zone = office.zone();
    let closed_on = |date| office.is_closed_on(&queue.key, date);
    let walk_ins = queue
        .walk_in_hours
        .as_ref()
        .and_then(|hours| hours.last_closing_on(date, &zone, closed_on));
    let appointments = queue
        .appointment_hours
        .as_ref()
        .and_then(|hours| hours.last_closing_on(date, &zone, closed_on));
    walk_ins.max(appointments)
}
