//! The office as the engine knows it: queues, series, services, counters, areas, hours and the rules
//! it chose. Names and texts for people stay outside; the engine needs none.

mod faults;
mod rules;

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub use faults::FaultyOffice;
pub use rules::{CheckInRule, HouseRules, QueueRules};

use crate::hours::{AppointmentHours, Hours, OpenSpan};
use crate::{AreaKey, CounterKey, Need, QueueKey, SeriesKey, ServiceKey};

/// LIMIT: the largest number a ticket can bear; six digits still fit on the paper.
const MAX_NUMBER: u32 = 999_999;

/// One version of the office's configuration, as far as decisions need it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Counts the changes of the configuration.
    pub version: u64,
    /// IANA name of the office's time zone.
    pub time_zone: String,
    pub queues: Vec<Queue>,
    pub series: Vec<Series>,
    pub services: Vec<Service>,
    pub counters: Vec<Counter>,
    pub areas: Vec<Area>,
    /// Holidays and other days on which nobody is served.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    #[serde(default)]
    pub rules: HouseRules,
}

/// Days on which the house, or some of its queues, is closed: for appointments and for walk-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The first closed day.
    pub from: Date,
    /// The last closed day.
    pub to: Date,
    /// Empty: the whole house.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub queues: BTreeSet<QueueKey>,
}

impl Closure {
    fn holds_on(&self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

/// One line of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub key: QueueKey,
    /// The series that its numbers are taken from.
    pub series: SeriesKey,
    /// At most this many people wait in it.
    pub max_waiting: u32,
    /// When walk-ins may take a ticket; none: whenever the kiosk runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_in_hours: Option<Hours>,
    /// When it takes appointments; none: the centre alone knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment_hours: Option<AppointmentHours>,
    #[serde(default)]
    pub rules: QueueRules,
}

/// A range of numbers with a prefix, begun anew each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    pub key: SeriesKey,
    /// The letters before the digits: `A` of `A012`.
    pub prefix: String,
    /// The first number.
    pub from: u32,
    /// The last number.
    pub to: u32,
    /// How long a number rests after its visit has ended, in minutes.
    pub reuse_after_min: u32,
}

impl Series {
    fn has_sound_range(&self) -> bool {
        self.from <= self.to && self.to <= MAX_NUMBER
    }
}

/// What a visitor comes for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub key: ServiceKey,
    pub queue: QueueKey,
    /// Planned time at the counter, in minutes.
    pub duration_min: u32,
}

/// A place where a clerk serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    pub key: CounterKey,
    /// The services that it offers.
    pub skills: BTreeSet<ServiceKey>,
    /// Those of its services that it takes only when nobody waits for one of the others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub helps_out: BTreeSet<ServiceKey>,
    /// What it has for people who need it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub attributes: BTreeSet<Need>,
    /// The area whose displays call to it.
    pub area: AreaKey,
    /// When somebody is planned to serve here; breaks are the gaps between the spans. None: no plan,
    /// it counts as staffed whenever it is open and the house is. A plan never closes a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shifts: Option<Hours>,
}

impl Counter {
    /// Whether this counter offers all of these services.
    pub fn offers_all(&self, services: &[ServiceKey]) -> bool {
        services.iter().all(|service| self.skills.contains(service))
    }

    /// Whether it has what these needs ask for.
    pub fn suits(&self, needs: &BTreeSet<Need>) -> bool {
        needs.is_subset(&self.attributes)
    }
}

/// The counters and waiting space that one or more displays speak for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub key: AreaKey,
}

impl Office {
    pub fn queue(&self, key: &QueueKey) -> Option<&Queue> {
        self.queues.iter().find(|queue| &queue.key == key)
    }

    pub fn series(&self, key: &SeriesKey) -> Option<&Series> {
        self.series.iter().find(|series| &series.key == key)
    }

    pub fn service(&self, key: &ServiceKey) -> Option<&Service> {
        self.services.iter().find(|service| &service.key == key)
    }

    pub fn counter(&self, key: &CounterKey) -> Option<&Counter> {
        self.counters.iter().find(|counter| &counter.key == key)
    }

    /// The office's time zone; UTC only for an office that was never checked.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether `queue` is closed on `date`, whatever its hours say.
    pub fn is_closed_on(&self, queue: &QueueKey, date: Date) -> bool {
        self.closures.iter().any(|closure| {
            closure.holds_on(date) && (closure.queues.is_empty() || closure.queues.contains(queue))
        })
    }

    /// When somebody is planned to serve at `counter` on `date`, as instants in the office's zone:
    /// sorted, none touches the next. None where no shifts are planned for it at all; empty on a day
    /// off, and on a date on which the whole house is closed.
    pub fn shifts_on(&self, counter: &Counter, date: Date) -> Option<Vec<OpenSpan>> {
        let shifts = counter.shifts.as_ref()?;
        Some(shifts.open_spans(date, &self.zone(), |date| self.is_house_closed_on(date)))
    }

    fn is_house_closed_on(&self, date: Date) -> bool {
        let mut closures = self.closures.iter();
        closures.any(|closure| closure.queues.is_empty() && closure.holds_on(date))
    }

    /// Whether `counter` serves people of `queue`: it offers a service of it.
    pub fn serves_queue(&self, counter: &Counter, queue: &QueueKey) -> bool {
        let mut services = self.services.iter();
        services.any(|service| &service.queue == queue && counter.skills.contains(&service.key))
    }
}

#[cfg(test)]
mod shift_tests;
