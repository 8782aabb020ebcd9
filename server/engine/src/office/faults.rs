//! What can be wrong with an office, in words for the one who wrote it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use thiserror::Error;

use super::{MAX_NUMBER, Office};
use crate::hours::FaultyHours;
use crate::{Counter, Queue, QueueRules, Series, Service};

/// LIMIT: a line holds no more people than this, whatever the office asks for.
const MAX_WAITING_LIMIT: u32 = 200_000;
/// LIMIT: queues, series, counters, areas, closures of one office, each.
const MAX_THINGS: usize = 500;
/// LIMIT: services of one office. Berlin's largest citizens' offices offer some 200.
const MAX_OFFERED: usize = 2_000;
/// LIMIT: minutes for which a number rests: a week.
const MAX_REST_MIN: u32 = 7 * 24 * 60;
/// LIMIT: signs of a prefix; as many as still fit on the paper before six digits.
const MAX_PREFIX: usize = 8;
/// LIMIT: minutes of any rule: a day.
const MAX_RULE_MIN: u32 = 24 * 60;

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
    #[error("there are {count} {kind}; an office has at most {limit}")]
    TooMany {
        kind: &'static str,
        count: usize,
        limit: usize,
    },
    #[error(
        "counter {counter:?} helps out with {service:?}, which is not among its skills; add it there"
    )]
    HelpsOutWithout { counter: String, service: String },
    #[error("{of} has {rule} = {value}; write {least} to {most}")]
    Rule {
        of: String,
        rule: &'static str,
        value: u32,
        least: u32,
        most: u32,
    },
    #[error("{of}, {hours}: {fault}")]
    Hours {
        of: String,
        hours: &'static str,
        fault: FaultyHours,
    },
    #[error(
        "series {key:?} has a prefix of more than {MAX_PREFIX} signs, or with signs that nobody can read; write letters"
    )]
    Prefix { key: String },
    #[error("a closure runs from {from} to {to}; write the first day before the last")]
    Closure { from: Date, to: Date },
}

impl Office {
    /// Every fault of this office. An office with none can open a day.
    pub fn faults(&self) -> Vec<FaultyOffice> {
        let mut faults = Vec::new();
        self.too_many(&mut faults);
        if !faults.is_empty() {
            // The rest is worth reading only for an office of a sound size.
            return faults;
        }
        if TimeZone::get(&self.time_zone).is_err() {
            faults.push(FaultyOffice::TimeZone(self.time_zone.clone()));
        }
        self.doubled_keys(&mut faults);
        self.dangling_references(&mut faults);
        self.faulty_series(&mut faults);
        self.faulty_figures(&mut faults);
        self.faulty_helpers(&mut faults);
        self.faulty_rules(&mut faults);
        self.faulty_calendar(&mut faults);
        faults
    }

    fn too_many(&self, faults: &mut Vec<FaultyOffice>) {
        let counts = [
            ("queues", self.queues.len(), MAX_THINGS),
            ("series", self.series.len(), MAX_THINGS),
            ("services", self.services.len(), MAX_OFFERED),
            ("counters", self.counters.len(), MAX_THINGS),
            ("areas", self.areas.len(), MAX_THINGS),
            ("closures", self.closures.len(), MAX_THINGS),
        ];
        let over = counts.into_iter().filter(|(_, count, limit)| count > limit);
        faults.extend(over.map(|(kind, count, limit)| FaultyOffice::TooMany {
            kind,
            count,
            limit,
        }));
    }

    fn faulty_rules(&self, faults: &mut Vec<FaultyOffice>) {
        let of = "the office";
        let house = &self.rules;
        let rows = [
            ("favoured_in_a_row", house.favoured_in_a_row, 1, 100),
            ("overtaken_at_most", house.overtaken_at_most, 0, 5),
            ("undo_within_secs", house.undo_within_secs, 0, 600),
        ];
        within(of, &rows, faults);
        for Series {
            key,
            reuse_after_min,
            ..
        } in &self.series
        {
            let rows = [("reuse_after_min", *reuse_after_min, 0, MAX_REST_MIN)];
            within(&format!("series {:?}", key.as_str()), &rows, faults);
        }
        for Service {
            key, duration_min, ..
        } in &self.services
        {
            // None at all is a fault of its own.
            let rows = [("duration_min", (*duration_min).max(1), 1, MAX_RULE_MIN)];
            within(&format!("service {:?}", key.as_str()), &rows, faults);
        }
        for Queue { key, rules, .. } in &self.queues {
            let of = format!("queue {:?}", key.as_str());
            within(&of, &rules.rows(), faults);
        }
    }

    fn faulty_calendar(&self, faults: &mut Vec<FaultyOffice>) {
        let mut told = |of: &str, hours, found: Vec<FaultyHours>| {
            faults.extend(found.into_iter().map(|fault| FaultyOffice::Hours {
                of: of.to_owned(),
                hours,
                fault,
            }));
        };
        for queue in &self.queues {
            let of = format!("queue {:?}", queue.key.as_str());
            if let Some(hours) = &queue.walk_in_hours {
                told(&of, "hours for walk-ins", hours.faults());
            }
            if let Some(hours) = &queue.appointment_hours {
                told(&of, "hours for appointments", hours.faults());
            }
        }
        for counter in &self.counters {
            let of = format!("counter {:?}", counter.key.as_str());
            if let Some(shifts) = &counter.shifts {
                told(&of, "shifts", shifts.faults());
            }
        }
        for closure in &self.closures {
            let (from, to) = (closure.from, closure.to);
            if from > to {
                faults.push(FaultyOffice::Closure { from, to });
            }
        }
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
        for Counter {
            key, skills, area, ..
        } in &self.counters
        {
            let known = self.areas.iter().any(|known| &known.key == area);
            wants("counter", key.as_str(), "area", area.as_str(), known);
            for skill in skills {
                let known = self.service(skill).is_some();
                wants("counter", key.as_str(), "service", skill.as_str(), known);
            }
        }
    }

    fn faulty_helpers(&self, faults: &mut Vec<FaultyOffice>) {
        for counter in &self.counters {
            for service in counter.helps_out.difference(&counter.skills) {
                faults.push(FaultyOffice::HelpsOutWithout {
                    counter: counter.key.to_string(),
                    service: service.to_string(),
                });
            }
        }
        for closure in &self.closures {
            for queue in closure
                .queues
                .iter()
                .filter(|queue| self.queue(queue).is_none())
            {
                faults.push(FaultyOffice::Missing {
                    kind: "closure",
                    key: closure.from.to_string(),
                    wanted_kind: "queue",
                    wanted: queue.to_string(),
                });
            }
        }
    }

    fn faulty_series(&self, faults: &mut Vec<FaultyOffice>) {
        for (index, series) in self.series.iter().enumerate() {
            let prefix = &series.prefix;
            let signs = prefix.chars().count();
            if signs > MAX_PREFIX || prefix.chars().any(char::is_control) {
                faults.push(FaultyOffice::Prefix {
                    key: series.key.to_string(),
                });
            }
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

/// A rule's key, what the office wrote, the least and the most.
type Row = (&'static str, u32, u32, u32);

fn within(of: &str, rows: &[Row], faults: &mut Vec<FaultyOffice>) {
    let out = rows
        .iter()
        .filter(|(_, value, least, most)| !(least..=most).contains(&value));
    faults.extend(out.map(|&(rule, value, least, most)| FaultyOffice::Rule {
        of: of.to_owned(),
        rule,
        value,
        least,
        most,
    }));
}

impl QueueRules {
    fn rows(&self) -> [Row; 14] {
        let minutes = |rule, value| (rule, value, 0, MAX_RULE_MIN);
        [
            minutes("pause_after_call_min", self.pause_after_call_min),
            minutes("late_grace_min", self.late_grace_min),
            minutes("late_loss_max_min", self.late_loss_max_min),
            minutes("check_in_early_min", self.check_in_early_min),
            minutes("pause_max_min", self.pause_max_min),
            minutes("last_ticket_before_min", self.last_ticket_before_min),
            minutes("overtime_min", self.overtime_min.unwrap_or(0)),
            ("max_wait_min", self.max_wait_min, 1, MAX_RULE_MIN),
            ("early_call_min", self.early_call_min, 0, 60),
            ("max_hold_min", self.max_hold_min, 0, 15),
            ("calls_in_vain", self.calls_in_vain, 1, 10),
            ("requeue_loss_places", self.requeue_loss_places, 0, 1_000),
            ("ghost_counters", self.ghost_counters.unwrap_or(1), 1, 100),
            (
                "contingent",
                self.contingent.unwrap_or(0),
                0,
                MAX_WAITING_LIMIT,
            ),
        ]
    }
}
