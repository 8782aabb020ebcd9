//! What befalls people in a plan: how long visits take, who comes, who leaves, who else will come. Once as
//! expected, and as often as wanted as drawn.

use super::picture::{Busy, Kind, Newcomer, Picture, Presence, Rank, float};
use crate::chance::{Dice, below, deviation, length, quantile};
use crate::learned::{Leaving, comes_after};

/// LIMIT: no visit is thought to take longer, in seconds.
const LONGEST_SECS: f64 = 10_800.0;
/// And none shorter.
const SHORTEST_SECS: f64 = 30.0;
/// So long before its time nothing is known yet of whether somebody comes, in seconds.
const COMES_AT_ALL_SECS: f64 = 7_200.0;
/// An appointment is taken for given up this long after its time, in seconds.
const GIVEN_UP_SECS: i64 = 1_800;
/// How long pauses last on average that no shift plans, in seconds.
const PAUSE_SECS: f64 = 900.0;
/// How far today's pace may be off before a visit was seen: deviation of its logarithm.
const PACE_SPREAD: f64 = 0.2;
/// How far the length for one service may be off besides.
const SERVICE_SPREAD: f64 = 0.15;

/// Somebody who is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called {
    pub(super) kind: usize,
    /// Which of the picture's people, where it is one of them.
    pub(super) person: Option<usize>,
}

/// How the rest of a day goes.
pub(super) trait Fate {
    /// How long a counter is busy with somebody who is called and not known to be gone, in seconds.
    fn lasts(&mut self, called: Called) -> i64;
    /// How many seconds after the picture a visit that runs is over.
    fn ends(&mut self, busy: &Busy) -> i64;
    /// In how many seconds a counter that pauses calls people again.
    fn pauses(&mut self) -> i64;
    /// After how long somebody leaves who waits since then.
    fn leaves(&mut self) -> Option<i64>;
    /// When somebody comes who is not here at `now` and has an appointment at `at`.
    fn comes(&mut self, at: i64, now: i64) -> Option<i64>;
    /// When the next one comes for this after `now`; none where nobody will.
    fn next_newcomer(&mut self, of: &Newcomer, now: i64) -> Option<i64>;
}

/// All goes as expected: who has an appointment and is not here counts with the chance of coming.
pub(super) struct Expected<'a> {
    pub(super) picture: &'a Picture,
}

impl Expected<'_> {
    fn is_there(&self, called: Called) -> f64 {
        let figures = &self.picture.figures;
        let person = called.person.map(|person| &self.picture.people[person]);
        person.map_or(1.0, |person| match person.presence {
            Presence::Expected | Presence::Unreported => {
                figures.still_comes(float(-person.at).max(-COMES_AT_ALL_SECS))
            }
            // Nobody is sold a place on the guess that somebody with a ticket has left.
            Presence::Here | Presence::Away { .. } => 1.0,
        })
    }
}

impl Fate for Expected<'_> {
    fn lasts(&mut self, called: Called) -> i64 {
        let there = self.is_there(called);
        let kind = &self.picture.kinds[called.kind];
        let in_vain = match kind.rank {
            // Nobody is called who did not report.
            Rank::Appointment => 0.0,
            Rank::WalkIn | Rank::Given(_) => self.picture.rule.in_vain_secs,
        };
        whole(there * kind.work_secs + (1.0 - there) * in_vain)
    }

    fn ends(&mut self, busy: &Busy) -> i64 {
        whole(crate::slotting::left_secs(
            busy.work_secs,
            float(-busy.since),
        ))
    }

    fn pauses(&mut self) -> i64 {
        // Nobody is sent home for a pause that may be over in a moment.
        0
    }

    fn leaves(&mut self) -> Option<i64> {
        None
    }

    fn comes(&mut self, at: i64, now: i64) -> Option<i64> {
        (at + GIVEN_UP_SECS / 2 > now).then_some(at.max(now + 1))
    }

    fn next_newcomer(&mut self, _of: &Newcomer, _now: i64) -> Option<i64> {
        None
    }
}

/// One possible course of the day.
pub(super) struct Drawn<'a> {
    picture: &'a Picture,
    dice: Dice,
    leaving: Leaving,
    /// How long visits of each kind take on this day.
    work_secs: Vec<f64>,
}

impl<'a> Drawn<'a> {
    pub(super) fn new(picture: &'a Picture, mut dice: Dice) -> Self {
        let pace = PACE_SPREAD / (1.0 + picture.figures.pace.visits / 4.0).sqrt();
        let pace = dice.normal() * pace;
        let work_secs = |kind: &Kind| {
            let own = SERVICE_SPREAD / (1.0 + kind.known_from.min(1e6) / 3.0).sqrt();
            kind.work_secs * (pace + dice.normal() * own).exp()
        };
        let work_secs = picture.kinds.iter().map(work_secs).collect();
        Self {
            leaving: picture.figures.leaving,
            picture,
            dice,
            work_secs,
        }
    }
}

impl Fate for Drawn<'_> {
    fn lasts(&mut self, called: Called) -> i64 {
        let drawn = length(self.work_secs[called.kind], self.dice.normal());
        whole(drawn.clamp(SHORTEST_SECS, LONGEST_SECS))
    }

    fn ends(&mut self, busy: &Busy) -> i64 {
        let lasted = float(-busy.since);
        // Of the lengths that are longer than what it has lasted: reckoned from their own end of the
        // distribution, where they are told apart however few they are.
        let longer = below(-deviation(busy.work_secs, lasted));
        let z = -quantile(longer * self.dice.even());
        let drawn = length(busy.work_secs, z).min(lasted + LONGEST_SECS);
        whole(drawn - lasted).max(1)
    }

    fn pauses(&mut self) -> i64 {
        whole(self.dice.exponential(PAUSE_SECS))
    }

    fn leaves(&mut self) -> Option<i64> {
        self.leaving.leaves_after(self.dice.even()).map(whole)
    }

    fn comes(&mut self, at: i64, now: i64) -> Option<i64> {
        let late = now - at;
        if late > GIVEN_UP_SECS {
            return None;
        }
        let comes = self.picture.figures.still_comes(float(late));
        let fate = self.dice.even();
        let drawn = || at + whole(comes_after(float(late), fate / comes));
        (fate < comes).then(|| drawn().max(now + 1))
    }

    fn next_newcomer(&mut self, of: &Newcomer, now: i64) -> Option<i64> {
        // In a stretch nobody remembers how long nobody has come: the next one is drawn anew.
        let ahead = of.rates.partition_point(|(from, _)| *from <= now);
        for at in ahead.saturating_sub(1)..of.rates.len() {
            let (from, rate) = of.rates[at];
            let next = of.rates.get(at + 1).map_or(i64::MAX, |(from, _)| *from);
            let until = of.closes.map_or(next, |closes| closes.min(next));
            if rate <= 0.0 || until == i64::MAX {
                continue;
            }
            let then = float(from.max(now)) + self.dice.exponential(1.0 / rate);
            if then < float(until) {
                return Some(whole(then) + 1);
            }
        }
        None
    }
}

/// Whole seconds, rounded down.
pub(super) fn whole(secs: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that is cast saturates, and seconds of a day are few"
    )]
    let whole = secs as i64;
    whole
}
