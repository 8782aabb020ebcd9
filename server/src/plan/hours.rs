//! When the house closes, and when a counter stops. The plan lets a shift that lasts to the closing go on
//! until nobody waits; who looks at it wants to see an end.
//!
//! Pure: no clock.

use aufruf_engine::hours::OpenSpan;
use aufruf_engine::{CounterKey, Day, Office, Queue};
use jiff::Timestamp;
use jiff::civil::Date;

/// When the last queue closes on `date`; none where no queue has hours on it.
pub(super) fn closing(office: &Office, date: Date) -> Option<Timestamp> {
    let queues = office.queues.iter();
    queues
        .filter_map(|queue| of_queue(office, queue, date))
        .max()
}

/// For walk-ins or for appointments, whichever is later.
fn of_queue(office: &Office, queue: &Queue, date: Date) -> Option<Timestamp> {
    let zone = office.zone();
    let is_closed = |date| office.is_closed_on(&queue.key, date);
    let walk_ins = queue.walk_in_hours.as_ref();
    let walk_ins = walk_ins.and_then(|hours| hours.last_closing_on(date, &zone, is_closed));
    let appointments = queue.appointment_hours.as_ref();
    let appointments = appointments.and_then(|hours| hours.last_closing_on(date, &zone, is_closed));
    walk_ins.max(appointments)
}

/// The spans of a counter with an end. One without ends with the shift that is planned, else with the
/// house, and in an office without hours with the day; but never before `last`, when the last visit
/// there is over.
pub(super) fn ended(
    day: &Day,
    counter: &CounterKey,
    spans: &[(Timestamp, Timestamp)],
    last: Option<Timestamp>,
) -> Vec<OpenSpan> {
    let end = |from| planned_end(day, counter, from).max(last.unwrap_or(from));
    let spans = spans.iter().map(|&(from, to)| OpenSpan {
        from,
        to: if to > day.ends_at { end(from) } else { to },
    });
    spans.filter(|span| span.from < span.to).collect()
}

/// When a counter that is staffed at `from` is planned to stop. At `from` where that should have been
/// before: it goes on for as long as somebody waits.
fn planned_end(day: &Day, counter: &CounterKey, from: Timestamp) -> Timestamp {
    let office = &day.office;
    let counter = office.counter(counter);
    let shifts = counter.and_then(|counter| office.shifts_on(counter, day.date));
    let shift = shifts.and_then(|shifts| Some(shifts.last()?.to));
    let planned = [shift, closing(office, day.date)];
    let mut planned = planned.into_iter().flatten().peekable();
    if planned.peek().is_none() {
        return day.ends_at;
    }
    planned.find(|end| *end > from).unwrap_or(from)
}
