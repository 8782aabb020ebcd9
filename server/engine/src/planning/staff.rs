//! When counters will call people: as their panels say now, and as their shifts plan it.

use jiff::Timestamp;

use super::picture::Desk;
use crate::order::Choice;
use crate::{Counter, CounterKey, CounterMode, Office, Queue, State};

/// As far as anybody can see.
pub(super) const FOR_EVER: i64 = 10_000_000;
/// A counter that should be open and is not opens within this time, or not in this shift, in seconds.
const LATE_SECS: i64 = 900;
/// And then it takes so long, in seconds.
const OPENS_IN_SECS: i64 = 300;
/// A shift that ends this shortly before the closing lasts to it, in seconds.
const TO_CLOSING_SECS: i64 = 900;

pub(super) struct Staff<'a> {
    pub(super) state: &'a State,
    pub(super) office: &'a Office,
    pub(super) now: Timestamp,
}

impl Staff<'_> {
    /// When this counter calls people, from when to when, in seconds from now. A shift that lasts to the
    /// closing lasts until nobody waits.
    pub(super) fn calls(&self, counter: &Counter) -> Vec<(i64, i64)> {
        let mode = self.state.counter(&counter.key).map(|today| today.mode);
        let mode = mode.unwrap_or_default();
        let date = self.state.day().map(|day| day.date);
        let shifts = date.and_then(|date| self.office.shifts_on(counter, date));
        let Some(shifts) = shifts else {
            return unplanned(mode);
        };
        let secs = |at: Timestamp| at.duration_since(self.now).as_secs();
        let mut shifts: Vec<(i64, i64)> = shifts
            .iter()
            .map(|shift| (secs(shift.from), secs(shift.to)))
            .filter(|(_, to)| *to > 0)
            .collect();
        let closing = self.closing(counter).map(secs);
        if let Some(last) = shifts.last_mut()
            && closing.is_some_and(|closing| last.1 >= closing - TO_CLOSING_SECS)
        {
            last.1 = FOR_EVER;
        }
        let runs = shifts.first().is_some_and(|(from, _)| *from <= 0);
        match mode {
            // A pause may be over any moment: what it costs is drawn where the plan is played.
            CounterMode::Open | CounterMode::Paused if runs => {}
            // Open although nobody planned it: until the next shift there is no other plan.
            CounterMode::Open => {
                let until = shifts.first().map_or(FOR_EVER, |(from, _)| *from);
                shifts.insert(0, (0, until));
            }
            CounterMode::Closed if runs && (shifts[0].0 > -LATE_SECS || self.is_house_late()) => {
                shifts[0].0 = OPENS_IN_SECS.min(shifts[0].1);
            }
            CounterMode::Closed if runs => {
                shifts.remove(0);
            }
            CounterMode::Paused if shifts.is_empty() => return unplanned(mode),
            CounterMode::Paused | CounterMode::Closed => {}
        }
        shifts.retain(|(from, to)| from < to);
        shifts
    }
}

impl Staff<'_> {
    /// Whether no counter is open, or the first one opened only now: the whole house is late, which
    /// says nothing of a single one.
    fn is_house_late(&self) -> bool {
        let mut counters = self.state.counters.values();
        let opened = self.now.duration_since(self.state.staffed.from).as_secs();
        opened < LATE_SECS || counters.all(|counter| counter.mode == CounterMode::Closed)
    }

    /// When the last of the queues closes that this counter serves.
    fn closing(&self, counter: &Counter) -> Option<Timestamp> {
        let queues = self.office.queues.iter();
        let served = queues.filter(|queue| self.office.serves_queue(counter, &queue.key));
        served
            .filter_map(|queue| self.state.closing_of(&queue.key))
            .max()
    }
}

fn unplanned(mode: CounterMode) -> Vec<(i64, i64)> {
    match mode {
        CounterMode::Open | CounterMode::Paused => vec![(0, FOR_EVER)],
        CounterMode::Closed => Vec::new(),
    }
}

/// Clerks who do not sign in serve all the same: where the office says how many, these count for the
/// queue, and not what the panels say.
pub(super) fn with_ghosts(
    mut desks: Vec<Desk>,
    office: &Office,
    kinds: impl Fn(&Queue) -> Vec<(usize, Choice)>,
) -> Vec<Desk> {
    for queue in &office.queues {
        let Some(ghosts) = queue.rules.ghost_counters else {
            continue;
        };
        let of_queue = kinds(queue);
        for desk in &mut desks {
            desk.takes
                .retain(|(kind, _)| of_queue.iter().all(|(of, _)| of != kind));
        }
        for ghost in 1..=ghosts {
            desks.push(Desk {
                counter: CounterKey::new(&format!("{}-{ghost}", queue.key)),
                takes: of_queue.clone(),
                calls: vec![(0, FOR_EVER)],
                is_planned: true,
                is_paused: false,
                busy: None,
                favoured: 0,
            });
        }
    }
    desks
}
