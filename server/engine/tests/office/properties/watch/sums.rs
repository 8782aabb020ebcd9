//! The sums of a day, counted again: everybody who came or was expected is in them, once.

use std::collections::BTreeMap;

use aufruf_engine::{Office, QueueKey, QueueSums, VisitResult};
use jiff::Timestamp;
use jiff::civil::Date;

use super::visit::{End, Stand, Visit};

/// What the day comes to, by queue, when everybody's visit has ended.
pub(super) fn of<'a>(
    visits: impl Iterator<Item = &'a Visit>,
    office: &Office,
    date: Date,
) -> BTreeMap<QueueKey, QueueSums> {
    let mut queues: BTreeMap<QueueKey, QueueSums> = BTreeMap::new();
    for visit in visits {
        let closing = closing(office, &visit.queue, date);
        let sums = queues.entry(visit.queue.clone()).or_default();
        count(sums, visit, closing);
    }
    queues
}

fn count(sums: &mut QueueSums, visit: &Visit, closing: Option<Timestamp>) {
    let Stand::Ended(end) = visit.stand else {
        panic!("{visit:?} is open when the day has closed");
    };
    let came = if visit.agreed_at.is_some() {
        &mut sums.appointments
    } else {
        &mut sums.walk_ins
    };
    *came += 1;
    match end {
        End::Finished(result) => {
            sums.finished += 1;
            sums.persons += u64::from(visit.persons);
            sums.without_record += u32::from(result == VisitResult::WithoutRecord);
            sums.not_possible += u32::from(result == VisitResult::NotPossible);
            let is_late = closing
                .zip(visit.first_called_at)
                .is_some_and(|(c, at)| at >= c);
            sums.in_overtime += u32::from(is_late);
        }
        End::Cancelled => sums.cancelled += 1,
        End::NoShow => sums.no_shows += 1,
        End::Missed => sums.missed += 1,
        End::NotPickedUp => sums.not_picked_up += 1,
        End::Expired => sums.expired += 1,
    }
    if let (Some(called), Some(from)) = (visit.first_called_at, visit.waits_from()) {
        sums.called += 1;
        sums.waited_ms += u64::try_from(called.duration_since(from).as_millis()).unwrap_or(0);
    }
    sums.served_ms += visit.served_ms;
}

/// When a queue takes nobody any more on this date; none if it has no hours.
fn closing(office: &Office, queue: &QueueKey, date: Date) -> Option<Timestamp> {
    let (zone, found) = (office.zone(), office.queue(queue)?);
    let is_closed = |date| office.is_closed_on(queue, date);
    let hours = found.walk_in_hours.as_ref();
    let walk_ins = hours.and_then(|hours| hours.last_closing_on(date, &zone, is_closed));
    let hours = found.appointment_hours.as_ref();
    let appointments = hours.and_then(|hours| hours.last_closing_on(date, &zone, is_closed));
    walk_ins.max(appointments)
}
