//! The office as the engine knows it: queues, series, services, counters, areas. Names and texts
//! for people stay outside; the engine needs none.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{AreaKey, CounterKey, QueueKey, SeriesKey, ServiceKey};

/// LIMIT: a line holds no more people than this, whatever the office asks for.
const MAX_WAITING_LIMIT: u32 = 200_000;
/// LIMIT: the largest number a ticket can bear; six digits still fit on the paper.
const MAX_NUMBER: u32 = 999_999;

/// One version of the office's configuration, as far as decisions need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// One line of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub key: QueueKey,
    /// The series that its numbers are taken from.
    pub series: SeriesKey,
    /// At most this many people wait in it.
    pub max_waiting: u32,
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
    /// The area whose displays call to it.
    pub area: AreaKey,
}

impl Counter {
    /// Whether this counter can serve a ticket with all of these services.
    pub fn offers(&self, services: &[ServiceKey]) -> bool {
        services.iter().all(|service| self.skills.contains(service))
    }
}

/// The counters and waiting space that one or more displays speak for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub key: AreaKey,
}

/// What is wrong with an office, in words for the one who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultyOffice {
    #[error("time zone {0:?} is not known; write an IANA name such as \"Europe/Berlin\"")]
    TimeZone(String),
    #[error("{kind} {key:?} is defined twice; give each its own key")]
    Twice { kind: &'static str, key: String },
    #[error("{kind} {key:?} names {wanted_kind} {wanted:?}, which is not defined")]
    Missing {
        kind: &'static str,
        key: String,
        wanted_kind: &'static str,
        wanted: String,
    },
    #[error("there is no {0}; define at least one")]
    None(&'static str),
    #[error(
        "series {key:?} runs from {from} to {to}; it has to run upwards from 0 at least to {MAX_NUMBER} at most"
    )]
    Range { key: String, from: u32, to: u32 },
    #[error(
        "series {first:?} and {second:?} could show the same number {number:?}; change a prefix or a range"
    )]
    SameNumber {
        first: String,
        second: String,
        number: String,
    },
    #[error("service {0:?} has a duration of 0 minutes; write at least 1")]
    NoDuration(String),
    #[error("queue {key:?} has max_waiting {max_waiting}; write 1 to {MAX_WAITING_LIMIT}")]
    MaxWaiting { key: String, max_waiting: u32 },
    #[error("no counter offers service {0:?}; add it to the skills of a counter or remove it")]
    NobodyOffers(String),
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

    /// Whether one counter offers all of these services: a ticket with them can be called.
    pub fn can_serve(&self, services: &[ServiceKey]) -> bool {
        self.counters.iter().any(|counter| counter.offers(services))
    }

    /// The office's time zone; UTC only for an office that was never checked.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Every fault of this office. An office with none can open a day.
    pub fn faults(&self) -> Vec<FaultyOffice> {
        let mut faults = Vec::new();
        if TimeZone::get(&self.time_zone).is_err() {
            faults.push(FaultyOffice::TimeZone(self.time_zone.clone()));
        }
        self.doubled_keys(&mut faults);
        self.dangling_references(&mut faults);
        self.faulty_series(&mut faults);
        self.faulty_figures(&mut faults);
        faults
    }

    fn doubled_keys(&self, faults: &mut Vec<FaultyOffice>) {
        fn check<'a>(
            kind: &'static str,
            keys: impl Iterator<Item = &'a str>,
            faults: &mut Vec<FaultyOffice>,
        ) {
            let mut seen = BTreeSet::new();
            for key in keys {
                if !seen.insert(key) {
                    faults.push(FaultyOffice::Twice {
                        kind,
                        key: key.to_owned(),
                    });
                }
            }
            if seen.is_empty() {
                faults.push(FaultyOffice::None(kind));
            }
        }
        check(
            "queue",
            self.queues.iter().map(|queue| queue.key.as_str()),
            faults,
        );
        check(
            "series",
            self.series.iter().map(|series| series.key.as_str()),
            faults,
        );
        check(
            "service",
            self.services.iter().map(|service| service.key.as_str()),
            faults,
        );
        check(
            "counter",
            self.counters.iter().map(|counter| counter.key.as_str()),
            faults,
        );
        check(
            "area",
            self.areas.iter().map(|area| area.key.as_str()),
            faults,
        );
    }

    fn dangling_references(&self, faults: &mut Vec<FaultyOffice>) {
        let mut wants = |kind, key: &str, wanted_kind, wanted: &str, there: bool| {
            if !there {
                let (key, wanted) = (key.to_owned(), wanted.to_owned());
                faults.push(FaultyOffice::Missing {
                    kind,
                    key,
                    wanted_kind,
                    wanted,
                });
            }
        };
        for Queue { key, series, .. } in &self.queues {
            wants(
                "queue",
                key.as_str(),
                "series",
                series.as_str(),
                self.series(series).is_some(),
            );
        }
        for Service { key, queue, .. } in &self.services {
            wants(
                "service",
                key.as_str(),
                "queue",
                queue.as_str(),
                self.queue(queue).is_some(),
            );
        }
        for Counter { key, skills, area } in &self.counters {
            let known = self.areas.iter().any(|known| &known.key == area);
            wants("counter", key.as_str(), "area", area.as_str(), known);
            for skill in skills {
                let known = self.service(skill).is_some();
                wants("counter", key.as_str(), "service", skill.as_str(), known);
            }
        }
    }

    fn faulty_series(&self, faults: &mut Vec<FaultyOffice>) {
        for (index, series) in self.series.iter().enumerate() {
            if !series.has_sound_range() {
                faults.push(FaultyOffice::Range {
                    key: series.key.to_string(),
                    from: series.from,
                    to: series.to,
                });
                continue;
            }
            let before = self.series[..index].iter();
            for other in before.filter(|other| other.has_sound_range()) {
                if let Some(number) = other.shared_number(series) {
                    let (first, second) = (other.key.to_string(), series.key.to_string());
                    faults.push(FaultyOffice::SameNumber {
                        first,
                        second,
                        number,
                    });
                }
            }
        }
    }

    fn faulty_figures(&self, faults: &mut Vec<FaultyOffice>) {
        for service in &self.services {
            if service.duration_min == 0 {
                faults.push(FaultyOffice::NoDuration(service.key.to_string()));
            }
            if !self
                .counters
                .iter()
                .any(|counter| counter.skills.contains(&service.key))
            {
                faults.push(FaultyOffice::NobodyOffers(service.key.to_string()));
            }
        }
        for Queue {
            key, max_waiting, ..
        } in &self.queues
        {
            if *max_waiting == 0 || *max_waiting > MAX_WAITING_LIMIT {
                let (key, max_waiting) = (key.to_string(), *max_waiting);
                faults.push(FaultyOffice::MaxWaiting { key, max_waiting });
            }
        }
    }
}
