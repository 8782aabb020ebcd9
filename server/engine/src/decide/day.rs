//! The day: when it opens, when it closes, and an office that changes in between.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Event, Office, Refusal, Resting, ServiceKey, State};

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
        return Ok(vec![day_opened(state, office, now)]);
    }
    if state.office() == Some(office) {
        return Ok(Vec::new());
    }
    still_in_use(state, office)?;
    Ok(vec![Event::OfficeChanged {
        office: Arc::clone(office),
    }])
}

/// A queue, series, service or counter of an open visit cannot go before the visit has ended, and
/// at least one counter keeps the skills for all that it came for.
fn still_in_use(state: &State, office: &Office) -> Result<(), Refusal> {
    let in_use = |kind, key: &str| {
        Err(Refusal::StillInUse {
            kind,
            key: key.to_owned(),
        })
    };
    for ticket in state.tickets().filter(|ticket| !ticket.state.is_final()) {
        if office.queue(&ticket.queue).is_none() {
            return in_use("queue", ticket.queue.as_str());
        }
        if office.series(&ticket.number.series).is_none() {
            return in_use("series", ticket.number.series.as_str());
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
        if !office.can_serve(&ticket.services) {
            let services: Vec<&str> = ticket.services.iter().map(ServiceKey::as_str).collect();
            return in_use("skill", &services.join(", "));
        }
    }
    Ok(())
}

/// Closes a day whose midnight has passed and opens the one that `now` lies in.
pub(super) fn time_passed(state: &State, now: Timestamp) -> Vec<Event> {
    match state.day() {
        Some(day) if now >= day.ends_at => {
            vec![day_closed(state), day_opened(state, &day.office, now)]
        }
        Some(_) | None => Vec::new(),
    }
}

fn day_closed(state: &State) -> Event {
    let open = state.tickets().filter(|ticket| !ticket.state.is_final());
    Event::DayClosed {
        expired: open.map(|ticket| ticket.id).collect(),
    }
}

fn day_opened(state: &State, office: &Arc<Office>, now: Timestamp) -> Event {
    let zone = office.zone();
    let date = new_date(state, now.to_zoned(zone.clone()).date());
    let ends_at = midnight_after(date, &zone).unwrap_or(Timestamp::MAX);
    Event::DayOpened {
        date,
        ends_at,
        office: Arc::clone(office),
        resting: resting(state, now),
    }
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
        until: state.rests_until(&ticket.number.series, now),
    });
    state.numbers.resting(now).chain(ending).collect()
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
