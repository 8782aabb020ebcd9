//! The rule by which a counter slots people in: which of those who could come now does best.
//!
//! It knows figures only, so that *next*, the plan and the roll-outs all go by this one rule.
//!
//! - Walk-ins: who loses most for each minute that the counter takes, first (the cμ rule: Cox and Smith,
//!   "Queues", 1961; Van Mieghem, "Dynamic Scheduling with Convex Delay Costs", 1995). What is lost
//!   is waiting, and people who leave. The first in line gives way only to somebody who does twice as
//!   well, and only while nobody was overtaken too often.
//! - An appointment that is due, or soon, against that walk-in: whichever order costs less, by how
//!   long each would wait for the other or for the next counter that is free (the exchange of two
//!   neighbours: Smith, "Various optimizers for single-stage production", 1956).
//! - A counter is held back for somebody who is expected only where the walk-in would take so long that
//!   waiting for a moment costs less.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use crate::learned::Leaving;

/// A minute's delay of an appointment weighs as much as so many minutes of a walk-in's waiting: who
/// has one has planned the day around it.
const APPOINTMENT_WEIGHT: f64 = 5.0;
/// And more, the later it is: so long after its time it weighs twice, in seconds.
const TWICE_AS_LATE_SECS: f64 = 120.0;
/// Somebody who leaves without a word weighs as much as so many seconds of waiting.
const LOST_SECS: f64 = 14_400.0;
/// Somebody who came later goes first only who does so many times as well.
const CLEARLY: f64 = 2.0;

/// Another counter that is open and has nobody calls somebody within this many seconds, as far as
/// anybody knows.
pub(crate) const FREE_COUNTER_SECS: f64 = 60.0;
/// However long a visit has lasted, this part of its expected length is still to come.
const ALWAYS_LEFT: f64 = 0.35;

/// How many seconds are left of a visit that was expected to take `work_secs`.
pub(crate) fn left_secs(work_secs: f64, lasted_secs: f64) -> f64 {
    (work_secs - lasted_secs).max(ALWAYS_LEFT * work_secs)
}

/// One who could come to the counter now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<P> {
    /// Who comes before whom, unless a reason speaks against it.
    pub(crate) place: P,
    pub(crate) kind: Kind,
    /// People for the same go by their places.
    pub(crate) group: usize,
    /// The expected length of the visit, in seconds.
    pub(crate) work_secs: f64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    WalkIn {
        waited_secs: f64,
        /// How often people who came later went before.
        overtaken: u32,
    },
    /// Is here, and due in so many seconds; due for so long where that is less than 0.
    Appointment {
        due_secs: f64,
        /// In how many seconds another counter can take it, as far as anybody knows.
        relief_secs: f64,
    },
}

/// An appointment that is due soon and whose person is not here yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) due_secs: f64,
    /// The chance that the person comes by then.
    pub(crate) comes: f64,
    /// In how many seconds another counter can take it, as far as anybody knows.
    pub(crate) relief_secs: f64,
}

/// What the rule found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the candidates.
    pub(crate) candidate: usize,
    pub(crate) because: Because,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    /// Nobody of the walk-ins came before, and no appointment was passed over.
    First,
    /// Does clearly better than those who came before.
    Better,
    /// An appointment that waiting would cost more.
    Appointment,
    /// A walk-in that fits before this appointment.
    FitsBefore { appointment: usize },
}

/// The rule, as the office and the day have it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) leaving: Leaving,
    pub(crate) overtaken_at_most: u32,
    pub(crate) in_vain_secs: f64,
}

/// What one walk-in is worth at a counter.
#[derive(Clone, Copy)]
struct Worth {
    /// What a second of waiting loses.
    per_sec: f64,
    /// How long the counter is expected to be busy, in seconds.
    busy_secs: f64,
}

impl Worth {
    fn index(self) -> f64 {
        self.per_sec / self.busy_secs
    }
}

impl Rule {
    /// The best one for a counter that is free; none where there is none.
    pub(crate) fn choose<P: Ord + Copy>(&self, candidates: &[Candidate<P>]) -> Option<Found> {
        let walk_in = self.best_walk_in(candidates);
        let appointment = self.pressing_appointment(candidates, walk_in);
        if let Some(candidate) = appointment {
            let because = Because::Appointment;
            return Some(Found { candidate, because });
        }
        let (candidate, because) = walk_in?;
        let passed = first_appointment(candidates);
        let because = match passed.filter(|_| because == Because::First) {
            Some(appointment) => Because::FitsBefore { appointment },
            None => because,
        };
        Some(Found { candidate, because })
    }

    /// The walk-in who loses most for each second that the counter takes, of those who may go first.
    fn best_walk_in<P: Ord + Copy>(&self, candidates: &[Candidate<P>]) -> Option<(usize, Because)> {
        let walk_ins = || {
            candidates
                .iter()
                .enumerate()
                .filter(|(_, one)| one.is_walk_in())
        };
        let first = walk_ins().min_by_key(|(_, one)| one.place)?;
        let limit = walk_ins().filter(|(_, one)| self.must_not_be_overtaken(one));
        let limit = limit.map(|(_, one)| one.place).min();
        let is_behind = |one: &Candidate<P>| {
            let mut same = walk_ins().filter(|(_, other)| other.group == one.group);
            same.any(|(_, other)| other.place < one.place)
        };
        let mut best = (first.0, self.worth(first.1).index() * CLEARLY);
        for (index, one) in walk_ins() {
            if limit.is_some_and(|limit| one.place > limit) || is_behind(one) {
                continue;
            }
            let worth = self.worth(one).index();
            if worth > best.1 {
                best = (index, worth);
            }
        }
        let because = if best.0 == first.0 {
            Because::First
        } else {
            Because::Better
        };
        Some((best.0, because))
    }

    fn must_not_be_overtaken<P>(&self, one: &Candidate<P>) -> bool {
        matches!(one.kind, Kind::WalkIn { overtaken, .. } if overtaken >= self.overtaken_at_most)
    }

    fn worth<P>(&self, one: &Candidate<P>) -> Worth {
        let waited = match one.kind {
            Kind::WalkIn { waited_secs, .. } => waited_secs,
            Kind::Appointment { .. } => 0.0,
        };
        let standing = self.leaving.standing(waited);
        let here = standing.here;
        Worth {
            per_sec: here * (1.0 + LOST_SECS * standing.leave_per_sec),
            busy_secs: (here * one.work_secs + (1.0 - here) * self.in_vain_secs).max(1.0),
        }
    }

    /// The first appointment where one loses more by waiting for the walk-in than the walk-in by waiting
    /// for it. The cost of a delay is convex: who waits long already weighs more.
    fn pressing_appointment<P: Ord + Copy>(
        &self,
        candidates: &[Candidate<P>],
        walk_in: Option<(usize, Because)>,
    ) -> Option<usize> {
        let walk_in = walk_in.map(|(index, _)| self.worth(&candidates[index]));
        let appointments = candidates.iter().enumerate().filter(|(_, one)| {
            let Kind::Appointment {
                due_secs,
                relief_secs,
            } = one.kind
            else {
                return false;
            };
            walk_in.is_none_or(|walk_in| {
                let delay = relief_secs.min(walk_in.busy_secs) - due_secs.max(0.0);
                let late = (-due_secs).max(0.0) / TWICE_AS_LATE_SECS;
                let wait = relief_secs.min(one.work_secs);
                APPOINTMENT_WEIGHT * (1.0 + late) * delay.max(0.0) > walk_in.per_sec * wait
            })
        });
        let pressing = appointments.min_by_key(|(_, one)| one.place)?;
        // Among appointments the agreed times alone decide.
        let is_due = |one: &Candidate<P>| matches!(one.kind, Kind::Appointment { due_secs, .. } if due_secs <= 0.0);
        let due = candidates.iter().enumerate().filter(|(_, one)| is_due(one));
        let first = due.chain([pressing]).min_by_key(|(_, one)| one.place);
        first.map(|(index, _)| index)
    }

    /// Whether to keep the counter free for somebody who is expected, although `walk_in` could come and
    /// `waiting` people of this counter would wait on.
    pub(crate) fn is_worth_holding<P>(
        &self,
        expected: &Expected,
        walk_in: &Candidate<P>,
        waiting: f64,
    ) -> bool {
        let walk_in = self.worth(walk_in);
        let delay = expected.relief_secs.min(walk_in.busy_secs) - expected.due_secs;
        let saves = expected.comes * APPOINTMENT_WEIGHT * delay.max(0.0);
        let costs = expected.due_secs * walk_in.per_sec * waiting;
        saves > costs
    }
}

impl<P> Candidate<P> {
    pub(crate) fn is_walk_in(&self) -> bool {
        matches!(self.kind, Kind::WalkIn { .. })
    }
}

fn first_appointment<P: Ord + Copy>(candidates: &[Candidate<P>]) -> Option<usize> {
    let appointments = candidates.iter().enumerate();
    let first = appointments.filter(|(_, one)| !one.is_walk_in());
    first
        .min_by_key(|(_, one)| one.place)
        .map(|(index, _)| index)
}
