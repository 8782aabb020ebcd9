//! The day: when it opens, when it closes, and an office that changes in between.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::office;
use crate::{
    Booking, DaySums, Event, Experience, Office, QueueKey, Refusal, Resting, State, TicketId,
    TicketState,
};

/// Opens the first day with this office, or changes the office of the day that is open.
pub(super) fn use_office(
    state: &State,
    office: &Arc<Office>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let faults = office.faults();
    if !faults.is_empty() {
        return Err(Refusal::OfficeFaulty(faults));
    }
    if state.day().is_none() {
        return Ok(vec![day_opened(state, office, Experience::default(), now)]);
    }
    if state.office() == Some(office) {
        return Ok(Vec::new());
    }
    still_in_use(state, office)?;
    Ok(vec![Event::OfficeChanged {
        office: Arc::clone(office),
    }])
}

/// A queue, series, service or counter of an open visit cannot go before the visit has ended; a
/// service that somebody has booked for a later day cannot go before that.
fn still_in_use(state: &State, office: &Office) -> Result<(), Refusal> {
    let in_use = |kind, key: &str| {
        Err(Refusal::StillInUse {
            kind,
            key: key.to_owned(),
        })
    };
    for ticket in state.tickets().filter(|ticket| !ticket.state.is_final()) {
        let mut services = office.services.iter();
        // Whoever waits in a queue without services could be called by no counter.
        let is_served = services.any(|service| service.queue == ticket.queue);
        if office.queue(&ticket.queue).is_none() || !is_served {
            return in_use("queue", ticket.queue.as_str());
        }
        let series = ticket.number.series();
        if let Some(gone) = series.filter(|key| office.series(key).is_none()) {
            return in_use("series", gone.as_str());
        }
        if let Some(gone) = ticket
            .services
            .iter()
            .find(|key| office.service(key).is_none())
        {
            return in_use("service", gone.as_str());
        }
        if let Some(gone) = ticket
            .state
            .counter()
            .filter(|key| office.counter(key).is_none())
        {
            return in_use("counter", gone.as_str());
        }
    }
    let mut helped = state.emergencies().keys();
    if let Some(gone) = helped.find(|key| office.counter(key).is_none()) {
        return in_use("counter", gone.as_str());
    }
    let is_empty = state.bookings.is_empty() && state.tickets().all(|t| t.state.is_final());
    if !is_empty
        && state
            .office()
            .is_some_and(|held| held.time_zone != office.time_zone)
    {
        // What was agreed for a date would fall on another one.
        return in_use("time zone", &office.time_zone);
    }
    let mut booked = state.bookings().flat_map(|booking| &booking.services);
    if let Some(gone) = booked.find(|key| office.service(key).is_none()) {
        return in_use("service", gone.as_str());
    }
    Ok(())
}

/// Ends the overtime that is over, closes a day whose midnight has passed and opens the one that
/// `now` lies in. A server that was off at midnight closes yesterday first.
pub(super) fn time_passed(state: &State, now: Timestamp) -> Vec<Event> {
    match state.day() {
        Some(day) if now >= day.ends_at => {
            let sums = DaySums::of(state, now);
            let learned = sums.learned(&day.learned, &day.office);
            let opened = day_opened(state, &day.office, learned, now);
            vec![day_closed(state, sums), opened]
        }
        Some(day) => {
            let over = day.overtime_ends.iter().filter(|(_, ends)| **ends <= now);
            over.map(|(queue, _)| queue_ended(state, queue)).collect()
        }
        None => Vec::new(),
    }
}

/// Whoever waits, was missed or never came expires; who stands at a counter, is parked or fetches
/// something is still seen to.
fn queue_ended(state: &State, queue: &QueueKey) -> Event {
    let is_over = |state: &TicketState| {
        matches!(
            state,
            TicketState::Booked | TicketState::Waiting { .. } | TicketState::Missed
        )
    };
    let here = state.tickets().filter(|ticket| ticket.queue == *queue);
    let expired = here.filter(|ticket| is_over(&ticket.state));
    Event::QueueEnded {
        queue: queue.clone(),
        expired: expired.map(|ticket| ticket.id).collect(),
    }
}

fn day_closed(state: &State, sums: DaySums) -> Event {
    let open = state.tickets().filter(|ticket| !ticket.state.is_final());
    let expired: Vec<TicketId> = open.map(|ticket| ticket.id).collect();
    Event::DayClosed { expired, sums }
}

fn day_opened(state: &State, office: &Arc<Office>, learned: Experience, now: Timestamp) -> Event {
    let zone = office.zone();
    let date = new_date(state, now.to_zoned(zone.clone()).date());
    let ends_at = midnight_after(date, &zone).unwrap_or(Timestamp::MAX);
    let (bookings, lapsed) = bookings(state, date, office);
    Event::DayOpened {
        date,
        ends_at,
        office: Arc::clone(office),
        resting: resting(state, now),
        bookings,
        lapsed: lapsed.into_iter().map(|booking| booking.ticket).collect(),
        learned: Arc::new(learned),
    }
}

/// The appointments of this day and of later ones, and those of days on which nothing ran.
fn bookings(state: &State, date: Date, office: &Office) -> (Vec<Booking>, Vec<Booking>) {
    let zone = office.zone();
    let bookings = state.bookings().cloned();
    bookings.partition(|booking| booking.at.to_zoned(zone.clone()).date() >= date)
}

/// `local`, or the day after the one that closes: a date is the key of its day's journal and never
/// comes twice, not even where the office's time zone was changed to one further west.
fn new_date(state: &State, local: Date) -> Date {
    let following = state.day().and_then(|day| day.date.tomorrow().ok());
    following.map_or(local, |following| following.max(local))
}

/// The first instant of the next local day. Where a DST change makes midnight itself not exist, the
/// day begins with the first instant that does.
fn midnight_after(date: Date, zone: &jiff::tz::TimeZone) -> Option<Timestamp> {
    let midnight = date.tomorrow().ok()?.at(0, 0, 0, 0);
    Some(midnight.to_zoned(zone.clone()).ok()?.timestamp())
}

/// Numbers that may not be given yet: those that rest, and those of visits that end with the day.
fn resting(state: &State, now: Timestamp) -> Vec<Resting> {
    let open = state.tickets().filter(|ticket| !ticket.state.is_final());
    let ending = open.map(|ticket| Resting {
        label: ticket.number.label.clone(),
        until: state.rests_until(&ticket.number, now),
    });
    let ending = ending.filter(|number| number.until > now);
    state.numbers.resting(now).chain(ending).collect()
}

/// Where no series has the number, whoever wished it meant another office.
pub(super) fn advance_numbers(state: &State, from: u32) -> Result<Vec<Event>, Refusal> {
    let mut series = office(state)?.series.iter();
    if series.any(|series| series.has(from)) {
        Ok(vec![Event::NumbersAdvanced { from }])
    } else {
        Err(Refusal::NumberOutOfRange { from })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn hours(date: Date, zone: &str) -> i64 {
        let zone = TimeZone::get(zone).expect("a zone of the database");
        let start = date
            .to_zoned(zone.clone())
            .expect("a local day")
            .timestamp();
        let end = midnight_after(date, &zone).expect("a day within time");
        end.duration_since(start).as_hours()
    }

    #[test]
    fn a_day_is_as_long_as_the_local_day_across_both_dst_changes() {
        assert_eq!(hours(jiff::civil::date(2026, 3, 29), "Europe/Berlin"), 23);
        assert_eq!(hours(jiff::civil::date(2026, 10, 25), "Europe/Berlin"), 25);
        assert_eq!(hours(jiff::civil::date(2026, 11, 22), "Europe/Berlin"), 24);
    }
}
