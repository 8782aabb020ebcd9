//! What can be wrong with an office day, in words for the one who wrote it.
//!
//! Pure: a day in, its first fault out.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use thiserror::Error;

use super::super::seconds::MIDNIGHT;
use super::Day;

/// LIMIT: walk-ins of one day. A large city hall sees some thousand.
const MAX_WALK_INS: usize = 100_000;
/// LIMIT: appointments of one day; the engine keeps no more ahead.
const MAX_APPOINTMENTS: usize = 10_000;
/// LIMIT: services, counters and shifts of one counter, each; the engine takes no more counters.
const MAX_THINGS: usize = 500;
/// LIMIT: seconds of any wait or visit: two days, far beyond what an office sees.
const MAX_SECONDS: i64 = 2 * MIDNIGHT;

/// What is wrong with a day. The place is the path to the value, with the person's or thing's id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultyDay {
    #[error("this is no office day: {0}; mend that place")]
    Unreadable(String),
    #[error("{place} is {value}; write whole seconds from {least} to {most}")]
    Seconds {
        place: String,
        value: i64,
        least: i64,
        most: i64,
    },
    #[error("{place} runs from {from} to {to}; write the beginning before the end")]
    Upwards { place: String, from: i64, to: i64 },
    #[error("{place} has an id that another one has too; give each its own")]
    Twice { place: String },
    #[error("{place} names service {service:?}, which is not among the services; add it there")]
    UnknownService { place: String, service: String },
    #[error("{place} has no services; name at least one")]
    NoServices { place: String },
    #[error("{place} is offered by no counter; add it to the services of one")]
    NobodyOffers { place: String },
    #[error("there are no {0}; write at least one")]
    None(&'static str),
    #[error("{place} has {count} entries; write {limit} at most")]
    TooMany {
        place: String,
        count: usize,
        limit: usize,
    },
}

impl Day {
    /// Whether a replay makes sense.
    pub(super) fn check(&self) -> Result<(), FaultyDay> {
        self.sizes()?;
        self.hours()?;
        self.service_figures()?;
        let services = self.services.iter().map(|service| service.id.as_str());
        let services: BTreeSet<&str> = services.collect();
        self.counter_figures(&services)?;
        self.appointment_figures(&services)?;
        self.walk_in_figures(&services)?;
        self.ids()?;
        self.everything_is_offered()
    }

    fn sizes(&self) -> Result<(), FaultyDay> {
        for (place, count, limit) in [
            ("services", self.services.len(), MAX_THINGS),
            ("counters", self.counters.len(), MAX_THINGS),
            ("appointments", self.appointments.len(), MAX_APPOINTMENTS),
            ("walk_ins", self.walk_ins.len(), MAX_WALK_INS),
        ] {
            at_most(place, count, limit)?;
        }
        for (what, is_empty) in [
            ("services", self.services.is_empty()),
            ("counters", self.counters.is_empty()),
        ] {
            if is_empty {
                return Err(FaultyDay::None(what));
            }
        }
        Ok(())
    }

    fn hours(&self) -> Result<(), FaultyDay> {
        seconds("opens", self.opens, 0..=MIDNIGHT)?;
        seconds("closes", self.closes, 0..=MIDNIGHT)?;
        upwards("the office's day", self.opens, self.closes)?;
        seconds("no_show_s", self.no_show_s, 0..=MAX_SECONDS)
    }

    fn service_figures(&self) -> Result<(), FaultyDay> {
        for (index, service) in self.services.iter().enumerate() {
            let place = place("services", index, &service.id);
            let planned = format!("{place}.planned_s");
            seconds(&planned, service.planned_s, 1..=MIDNIGHT)?;
        }
        Ok(())
    }

    fn counter_figures(&self, known: &BTreeSet<&str>) -> Result<(), FaultyDay> {
        for (index, counter) in self.counters.iter().enumerate() {
            let place = place("counters", index, &counter.id);
            if counter.services.is_empty() {
                return Err(FaultyDay::NoServices { place });
            }
            at_most(
                &format!("{place}.services"),
                counter.services.len(),
                MAX_THINGS,
            )?;
            at_most(&format!("{place}.shifts"), counter.shifts.len(), MAX_THINGS)?;
            for service in &counter.services {
                is_known(&place, service, known)?;
            }
            for (number, (from, to)) in counter.shifts.iter().enumerate() {
                let place = format!("{place}.shifts[{number}]");
                seconds(&place, *from, 0..=MIDNIGHT)?;
                seconds(&place, *to, 0..=MIDNIGHT)?;
                upwards(&place, *from, *to)?;
            }
        }
        Ok(())
    }

    fn appointment_figures(&self, known: &BTreeSet<&str>) -> Result<(), FaultyDay> {
        for (index, one) in self.appointments.iter().enumerate() {
            let place = place("appointments", index, &one.id);
            is_known(&place, &one.service, known)?;
            seconds(&format!("{place}.at"), one.at, 0..=MIDNIGHT - 1)?;
            let arrives = one.arrives.unwrap_or(0);
            seconds(&format!("{place}.arrives"), arrives, 0..=MIDNIGHT - 1)?;
            seconds(&format!("{place}.takes_s"), one.takes_s, 0..=MAX_SECONDS)?;
        }
        Ok(())
    }

    fn walk_in_figures(&self, known: &BTreeSet<&str>) -> Result<(), FaultyDay> {
        for (index, one) in self.walk_ins.iter().enumerate() {
            let place = place("walk_ins", index, &one.id);
            is_known(&place, &one.service, known)?;
            seconds(&format!("{place}.arrives"), one.arrives, 0..=MIDNIGHT - 1)?;
            seconds(&format!("{place}.takes_s"), one.takes_s, 0..=MAX_SECONDS)?;
            let patience = one.patience_s.unwrap_or(0);
            seconds(&format!("{place}.patience_s"), patience, 0..=MAX_SECONDS)?;
        }
        Ok(())
    }

    /// Nobody and nothing is named twice: visitors, services, counters, each among themselves.
    fn ids(&self) -> Result<(), FaultyDay> {
        let services = self.services.iter().map(|one| one.id.as_str());
        let counters = self.counters.iter().map(|one| one.id.as_str());
        let appointments = self.appointments.iter().map(|one| one.id.as_str());
        let walk_ins = self.walk_ins.iter().map(|one| one.id.as_str());
        let mut visitors = BTreeSet::new();
        unique("services", services, &mut BTreeSet::new())?;
        unique("counters", counters, &mut BTreeSet::new())?;
        unique("appointments", appointments, &mut visitors)?;
        unique("walk_ins", walk_ins, &mut visitors)
    }

    fn everything_is_offered(&self) -> Result<(), FaultyDay> {
        let offered = self.counters.iter().flat_map(|counter| &counter.services);
        let offered: BTreeSet<&String> = offered.collect();
        for (index, service) in self.services.iter().enumerate() {
            if !offered.contains(&service.id) {
                let place = place("services", index, &service.id);
                return Err(FaultyDay::NobodyOffers { place });
            }
        }
        Ok(())
    }
}

fn place(list: &str, index: usize, id: &str) -> String {
    format!("{list}[{index}] ({id:?})")
}

fn at_most(place: &str, count: usize, limit: usize) -> Result<(), FaultyDay> {
    if count <= limit {
        return Ok(());
    }
    Err(FaultyDay::TooMany {
        place: place.to_owned(),
        count,
        limit,
    })
}

fn seconds(place: &str, value: i64, sound: RangeInclusive<i64>) -> Result<(), FaultyDay> {
    if sound.contains(&value) {
        return Ok(());
    }
    Err(FaultyDay::Seconds {
        place: place.to_owned(),
        value,
        least: *sound.start(),
        most: *sound.end(),
    })
}

fn upwards(place: &str, from: i64, to: i64) -> Result<(), FaultyDay> {
    if from < to {
        return Ok(());
    }
    Err(FaultyDay::Upwards {
        place: place.to_owned(),
        from,
        to,
    })
}

fn is_known(place: &str, service: &str, known: &BTreeSet<&str>) -> Result<(), FaultyDay> {
    if known.contains(service) {
        return Ok(());
    }
    Err(FaultyDay::UnknownService {
        place: place.to_owned(),
        service: service.to_owned(),
    })
}

fn unique<'a>(
    list: &str,
    ids: impl Iterator<Item = &'a str>,
    seen: &mut BTreeSet<&'a str>,
) -> Result<(), FaultyDay> {
    for (index, id) in ids.enumerate() {
        if !seen.insert(id) {
            let place = place(list, index, id);
            return Err(FaultyDay::Twice { place });
        }
    }
    Ok(())
}
