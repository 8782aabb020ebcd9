//! What is expected of the next visits, from what was planned and what was learned.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::calls::Correction;
use super::{Experience, Lasted, Leaving, Windows, count};
use crate::chance::{below, deviation, mean_beyond, quantile};
use crate::{Office, ServiceKey, State, Ticket, TicketState};

/// Planned lengths weigh as much as this many visits of past days.
const PLANNED_VISITS: f64 = 10.0;
/// The pace of other days weighs as much as this many visits of today.
const PACE_VISITS: f64 = 16.0;
/// And the pace of all services as much as this many of one.
const SERVICE_VISITS: f64 = 30.0;
/// How much a running visit teaches of its service before it is over, at most.
const RUNNING_VISIT: f64 = 0.5;
/// People with an appointment who come and who do not, before anything is learned.
const COMES: f64 = 8.7;
const STAYS_AWAY: f64 = 1.3;
/// LIMIT: what past days say weighs no more than this many people.
const PAST_PEOPLE: f64 = 40.0;
/// How long a counter waits for somebody who does not come, in seconds, before anything is learned.
const IN_VAIN_SECS: f64 = 120.0;
const IN_VAIN_CALLS: f64 = 5.0;

/// How fast today's visits are, against what was expected of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    /// 1: as expected; 2: they take twice as long.
    pub(crate) factor: f64,
    /// How many visits of today it is learned from.
    pub(crate) visits: f64,
}

/// Expected lengths and chances, at one moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figures {
    /// The expected length of a visit for each service, in seconds, and from how many it is learned.
    services: BTreeMap<ServiceKey, (f64, f64)>,
    pub(crate) pace: Pace,
    /// The chance that somebody with an appointment comes.
    pub(crate) comes: f64,
    pub(crate) leaving: Leaving,
    /// How long a counter waits for somebody who does not come, in seconds.
    pub(crate) in_vain_secs: f64,
    /// Corrections of windows, by load.
    pub(crate) corrections: [Correction; 3],
}

impl Figures {
    /// What is expected at `now`.
    pub(crate) fn of(state: &State, office: &Office, now: Timestamp) -> Self {
        let nothing = Experience::default();
        let (past, today) = state
            .day()
            .map_or((&nothing, &nothing), |day| (&*day.learned, &state.today));
        let mut lengths = Lengths::expected(office, past, today);
        lengths.learn_from_running(state, now);
        let pace = lengths.pace();
        let due = Due::of(state, now);
        let in_vain = |sums: &Lasted| (sums.secs(), sums.weight());
        let (secs, calls) = in_vain(&today.in_vain);
        let (past_secs, past_calls) = in_vain(&past.in_vain);
        Self {
            services: lengths.services(pace),
            pace,
            comes: due.comes(past, today),
            leaving: Leaving::learned(&past.waits, &today.waits),
            in_vain_secs: (IN_VAIN_SECS * IN_VAIN_CALLS + secs + past_secs)
                / (IN_VAIN_CALLS + calls + past_calls),
            corrections: [0, 1, 2].map(|load| correction(past, today, load)),
        }
    }

    /// The expected length of a visit for these services, in seconds.
    pub(crate) fn work_secs<'a>(&self, services: impl IntoIterator<Item = &'a ServiceKey>) -> f64 {
        let known = services
            .into_iter()
            .filter_map(|key| self.services.get(key));
        known.map(|(secs, _)| *secs).sum::<f64>().max(1.0)
    }

    /// From how many visits of today the length for this service is known.
    pub(crate) fn visits(&self, service: &ServiceKey) -> f64 {
        self.services
            .get(service)
            .map_or(0.0, |(_, visits)| *visits)
    }
}

fn correction(past: &Experience, today: &Experience, load: usize) -> Correction {
    Correction::learned(&past.windows, &today.windows, load)
}

/// Lengths of visits for each service: what other days lead to expect, and what today came to.
struct Lengths<'a> {
    services: Vec<Length<'a>>,
}

struct Length<'a> {
    key: &'a ServiceKey,
    /// Expected before today, in seconds.
    base_secs: f64,
    /// Today's visits, and their seconds.
    visits: f64,
    secs: f64,
}

impl<'a> Lengths<'a> {
    fn expected(office: &'a Office, past: &Experience, today: &Experience) -> Self {
        let services = office.services.iter().map(|service| {
            let planned = f64::from(service.duration_min) * 60.0;
            let before = past.services.get(&service.key).copied();
            let before = before.unwrap_or_default();
            let lasted = today.services.get(&service.key).copied();
            let lasted = lasted.unwrap_or_default();
            Length {
                key: &service.key,
                base_secs: (before.secs() + PLANNED_VISITS * planned)
                    / (before.weight() + PLANNED_VISITS),
                visits: lasted.weight(),
                secs: lasted.secs(),
            }
        });
        Self {
            services: services.collect(),
        }
    }

    /// Visits that are over are the short ones first. One that runs says how long it is at least, and
    /// teaches the more the longer it has lasted: the expected length of one that lasted so long, for
    /// its part (the step of expectation for censored lengths; Dempster, Laird, Rubin, 1977).
    fn learn_from_running(&mut self, state: &State, now: Timestamp) {
        let pace = self.pace();
        let running = state
            .counters
            .values()
            .filter_map(|counter| counter.running);
        for ticket in running.filter_map(|ticket| state.ticket(ticket)) {
            let (Some(head), true) = (ticket.head(), is_served(ticket)) else {
                continue;
            };
            let Some(length) = self.services.iter_mut().find(|length| length.key == head) else {
                continue;
            };
            if ticket.services.len() > 1 {
                continue;
            }
            let mean = length.mean(pace);
            let lasted = now.duration_since(ticket.since).as_secs_f64();
            let z = deviation(mean, lasted);
            let weight = RUNNING_VISIT * below(z);
            length.visits += weight;
            length.secs += weight * mean_beyond(mean, z);
        }
    }

    fn pace(&self) -> Pace {
        let (mut ratio, mut visits) = (PACE_VISITS, PACE_VISITS);
        for length in &self.services {
            ratio += length.secs / length.base_secs.max(1.0);
            visits += length.visits;
        }
        Pace {
            factor: ratio / visits,
            visits: visits - PACE_VISITS,
        }
    }

    fn services(&self, pace: Pace) -> BTreeMap<ServiceKey, (f64, f64)> {
        let learned = |length: &Length<'_>| {
            let known = (length.mean(pace), length.visits);
            (length.key.clone(), known)
        };
        self.services.iter().map(learned).collect()
    }
}

impl Length<'_> {
    /// Today's mean, shrunk towards what is expected at today's pace.
    fn mean(&self, pace: Pace) -> f64 {
        let ratio = self.secs / self.base_secs.max(1.0);
        let shrunk = (ratio + SERVICE_VISITS * pace.factor) / (self.visits + SERVICE_VISITS);
        (shrunk * self.base_secs).max(1.0)
    }
}

fn is_served(ticket: &Ticket) -> bool {
    matches!(ticket.state, TicketState::Serving { .. })
}

/// Appointments of today whose time is over for so long that nobody comes any more.
struct Due {
    stayed_away: f64,
}

impl Due {
    /// Who is later than this does not come, in minutes.
    const OVER_MIN: i64 = 15;

    fn of(state: &State, now: Timestamp) -> Self {
        let over = jiff::SignedDuration::from_mins(Self::OVER_MIN);
        let before = now.saturating_sub(over).unwrap_or(Timestamp::MIN);
        let booked = state.booked.values().flatten();
        let stayed_away = booked.filter(|(at, _)| *at < before).count();
        let stayed_away = u32::try_from(stayed_away).unwrap_or(u32::MAX);
        Self {
            stayed_away: f64::from(stayed_away),
        }
    }

    fn comes(&self, past: &Experience, today: &Experience) -> f64 {
        let (came, away) = (count(past.came), count(past.stayed_away));
        let fade = (PAST_PEOPLE / (came + away).max(1.0)).min(1.0);
        let came = COMES + came * fade + count(today.came);
        let away = STAYS_AWAY + away * fade + self.stayed_away;
        came / (came + away)
    }
}

/// People with an appointment come this much before its time, in seconds, and so much around that.
const COME_BEFORE_SECS: f64 = 300.0;
const COME_AROUND_SECS: f64 = 420.0;

/// The part of those who come at all that comes later than so many seconds after the agreed time.
fn comes_later_than(late_secs: f64) -> f64 {
    1.0 - below((late_secs + COME_BEFORE_SECS) / COME_AROUND_SECS)
}

impl Figures {
    /// The chance that somebody comes at all who is not here so many seconds after the agreed time, or
    /// before it where that is less than 0.
    pub(crate) fn still_comes(&self, late_secs: f64) -> f64 {
        let later = self.comes * comes_later_than(late_secs);
        later / (later + 1.0 - self.comes).max(1e-9)
    }

    /// The chance that somebody who is not here so many seconds before the agreed time is by then.
    pub(crate) fn comes_in_time(&self, due_secs: f64) -> f64 {
        let in_time = comes_later_than(-due_secs) - comes_later_than(0.0);
        in_time / comes_later_than(-due_secs).max(1e-9) * self.still_comes(-due_secs)
    }
}

/// How many seconds after the agreed time somebody comes for whom `fate` was drawn evenly from 0 to 1
/// and who is not here `late_secs` after it.
pub(crate) fn comes_after(late_secs: f64, fate: f64) -> f64 {
    let before = 1.0 - comes_later_than(late_secs);
    let part = before + (1.0 - before) * fate;
    quantile(part) * COME_AROUND_SECS - COME_BEFORE_SECS
}

/// How far off a window's load is told by the wait that it promises.
pub(crate) fn load_of(wait_secs: f64) -> usize {
    Windows::load(wait_secs)
}
