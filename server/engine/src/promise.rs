//! The window told to a visitor. For now a cheap and wide estimate from people ahead, planned
//! durations and open counters; the roll-outs over a plan will take its place behind the same types.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Counter, Office, QueueKey, Service, ServiceKey, State, Ticket};

/// The estimate may be this much too long, in parts of itself.
const SHORTER: f64 = 0.6;
/// The estimate may be this much too short, in parts of itself.
const LONGER: f64 = 1.5;
/// And a visitor may always have to wait for one person's odd minute, in seconds.
const AT_LEAST_SECS: f64 = 300.0;

/// People are told windows of whole steps of this, in seconds.
const STEP_SECS: i64 = 300;

/// The call comes between `low` and `high`, most likely at `mid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub low: Timestamp,
    pub mid: Timestamp,
    pub high: Timestamp,
}

impl Promise {
    /// The window as people are told it: rounded outwards to 5 minutes, its middle down, so that a screen
    /// hears of it only when people see a change.
    #[must_use]
    pub fn for_people(self) -> Self {
        let floor = |at: Timestamp| at.as_second().div_euclid(STEP_SECS) * STEP_SECS;
        let at = |secs: i64| Timestamp::from_second(secs).unwrap_or(self.mid);
        let high = floor(self.high);
        let up = if high < self.high.as_second() {
            high + STEP_SECS
        } else {
            high
        };
        Self {
            low: at(floor(self.low)),
            mid: at(floor(self.mid)),
            high: at(up),
        }
    }
}

/// What the estimate needs of the state: small, and safe to hand to another thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    services: Vec<Standing>,
}

/// How one service stands.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    service: ServiceKey,
    /// Planned seconds of everybody who waits in its queue.
    work_ahead_secs: f64,
    /// Open counters that offer it, each by the share it has for this queue.
    counters: f64,
    /// One of them is free now.
    one_is_free: bool,
    duration_secs: f64,
}

impl Picture {
    /// Takes the picture.
    pub fn of(state: &State) -> Self {
        let Some(office) = state.office() else {
            return Self {
                services: Vec::new(),
            };
        };
        let house = House::of(state, office);
        let services = office.services.iter();
        let services = services.map(|service| house.standing(service));
        Self {
            services: services.collect(),
        }
    }

    /// The window for somebody who comes for `service` at `now`. None while no open counter offers
    /// it: nobody can say then.
    pub fn promise(&self, service: &ServiceKey, now: Timestamp) -> Option<Promise> {
        let standing = self
            .services
            .iter()
            .find(|standing| &standing.service == service)?;
        if standing.counters <= 0.0 {
            return None;
        }
        let nobody_ahead = standing.work_ahead_secs <= 0.0;
        if nobody_ahead && standing.one_is_free {
            return Some(Promise {
                low: now,
                mid: now,
                high: later(now, AT_LEAST_SECS),
            });
        }
        // Those who are being served are half done, as far as anybody knows.
        let until_free = standing.duration_secs / 2.0 / standing.counters.max(1.0);
        let wait = standing.work_ahead_secs / standing.counters + until_free;
        Some(Promise {
            low: later(now, wait * SHORTER),
            mid: later(now, wait),
            high: later(now, wait * LONGER + AT_LEAST_SECS),
        })
    }
}

/// What all services share, looked up once.
struct House<'a> {
    office: &'a Office,
    /// Planned seconds of everybody who waits, by queue.
    work_secs: BTreeMap<&'a QueueKey, f64>,
    /// The open counters.
    desks: Vec<Desk<'a>>,
}

/// One open counter.
struct Desk<'a> {
    counter: &'a Counter,
    is_free: bool,
    /// The queues that it serves and in which somebody waits.
    busy: BTreeSet<&'a QueueKey>,
}

impl<'a> House<'a> {
    fn of(state: &'a State, office: &'a Office) -> Self {
        let services = office.services.iter();
        let services: BTreeMap<&ServiceKey, &Service> =
            services.map(|service| (&service.key, service)).collect();
        let lines = state.lines().iter().filter(|(_, line)| !line.is_empty());
        let work = |ticket: &Ticket| -> f64 {
            let planned = ticket.services.iter().filter_map(|key| services.get(key));
            planned.map(|service| planned_secs(service)).sum()
        };
        let work_secs: BTreeMap<&QueueKey, f64> = lines
            .map(|(queue, _)| (queue, state.line(queue).map(work).sum()))
            .collect();
        let desks = office.counters.iter().filter_map(|counter| {
            let today = state
                .counter(&counter.key)
                .filter(|today| today.is_open())?;
            let skills = counter
                .skills
                .iter()
                .filter_map(|skill| services.get(skill));
            let queues = skills.map(|service| &service.queue);
            Some(Desk {
                counter,
                is_free: today.running.is_none(),
                busy: queues
                    .filter(|queue| work_secs.contains_key(queue))
                    .collect(),
            })
        });
        Self {
            office,
            desks: desks.collect(),
            work_secs,
        }
    }

    fn standing(&self, service: &Service) -> Standing {
        let queue = &service.queue;
        let desks = self.desks.iter();
        let open: Vec<&Desk<'_>> = desks
            .filter(|desk| desk.counter.skills.contains(&service.key))
            .collect();
        // Clerks who do not sign in serve all the same: the office says how many.
        let ghosts = self.office.queue(queue);
        let ghosts = ghosts.and_then(|queue| queue.rules.ghost_counters);
        let shares = || open.iter().map(|desk| desk.share(queue)).sum();
        Standing {
            service: service.key.clone(),
            work_ahead_secs: self.work_secs.get(queue).copied().unwrap_or(0.0),
            counters: ghosts.map_or_else(shares, f64::from),
            one_is_free: open.iter().any(|desk| desk.is_free),
            duration_secs: planned_secs(service),
        }
    }
}

impl Desk<'_> {
    /// What part of this counter one queue has, as far as others have people for it too.
    fn share(&self, queue: &QueueKey) -> f64 {
        let others = self.busy.iter().filter(|busy| **busy != queue).count();
        1.0 / (1.0 + f64::from(u32::try_from(others).unwrap_or(u32::MAX)))
    }
}

fn planned_secs(service: &Service) -> f64 {
    f64::from(service.duration_min) * 60.0
}

/// The end of time at the latest: an office may plan durations of any length.
fn later(now: Timestamp, secs: f64) -> Timestamp {
    let wait = SignedDuration::try_from_secs_f64(secs).unwrap_or(SignedDuration::MAX);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
