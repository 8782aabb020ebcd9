//! What calls teach: how many have left by the time they are called, and how windows held.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Experience, ONE, count};
use crate::chance::{below, quantile};
use crate::{Corrected, Promise, State};

/// How long one band of waiting is, in seconds.
const BAND_SECS: i64 = 900;
/// Bands of waiting; the last one has no end.
const BANDS: usize = 16;

/// First calls of walk-ins, by quarters of an hour that they had waited. In thousandths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waits {
    pub called: [u64; BANDS],
    /// Of those called: who had left without a word.
    pub gone: [u64; BANDS],
}

impl Waits {
    pub(super) fn band(waited_secs: i64) -> usize {
        let band = usize::try_from(waited_secs.max(0) / BAND_SECS).unwrap_or(BANDS);
        band.min(BANDS - 1)
    }
}

/// Nobody leaves before this, in seconds, where nothing else is known.
const PATIENT_SECS: f64 = 900.0;
/// This part of people leaves sooner or later, as long as nothing else is known.
const LEAVE_AT_ALL: f64 = 0.5;
/// Those who leave do so after this much more, on average, in seconds.
const PATIENCE_SECS: f64 = 4_800.0;
/// As many people who had left are taken for known before anything is learned.
const PRIOR_GONE: f64 = 5.0;

/// How people leave the line without a word: the longer they wait the more of them have. The shape
/// is fixed, how many do is learned from calls in vain by the time that people had waited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Leaving {
    /// The part of people who leave at all, if called late enough.
    share: f64,
}

impl Leaving {
    pub(crate) fn learned(past: &Waits, today: &Waits) -> Self {
        let (mut gone, mut expected) = (PRIOR_GONE, PRIOR_GONE);
        for (waits, weight) in [(past, 0.5), (today, 1.0)] {
            for (band, (called, left)) in (0_u32..).zip(waits.called.iter().zip(&waits.gone)) {
                let middle = (f64::from(band) + 0.5) * 900.0;
                expected += weight * count(*called) * LEAVE_AT_ALL * impatient(middle);
                gone += weight * count(*left);
            }
        }
        let share = (LEAVE_AT_ALL * gone / expected.max(1e-9)).clamp(0.02, 0.95);
        Self { share }
    }

    /// Who of those who came this long ago are here, and how fast they leave.
    pub(crate) fn standing(self, waited_secs: f64) -> Standing {
        if waited_secs <= PATIENT_SECS {
            return Standing {
                here: 1.0,
                leave_per_sec: 0.0,
            };
        }
        let left = impatient(waited_secs);
        let here = 1.0 - self.share * left;
        Standing {
            here,
            leave_per_sec: self.share * (1.0 - left) / PATIENCE_SECS / here,
        }
    }

    /// After how many seconds of waiting one leaves for whom `fate` was drawn evenly from 0 to 1; none
    /// for one who stays.
    pub(crate) fn leaves_after(self, fate: f64) -> Option<f64> {
        let of_leavers = fate / self.share;
        (of_leavers < 1.0).then(|| PATIENT_SECS - PATIENCE_SECS * (1.0 - of_leavers).ln())
    }
}

/// People who came at one time, some while later.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// The part of them that is still here.
    pub(crate) here: f64,
    /// How many of those who are still here leave in the next second.
    pub(crate) leave_per_sec: f64,
}

/// The part of those who leave at all that has left by then.
fn impatient(waited_secs: f64) -> f64 {
    let over = (waited_secs - PATIENT_SECS).max(0.0);
    1.0 - (-over / PATIENCE_SECS).exp()
}

/// How far calls came from the middle of what people were told, in widths of the window's half on that
/// side: by load, and in cells from far too early to far too late. In thousandths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Windows {
    pub loads: [[u64; CELLS]; LOADS],
}

/// Windows for short, middling and long waits are corrected apart.
const LOADS: usize = 3;
const CELLS: usize = 14;
/// Where the cells end, on either side.
const EDGES: [f64; 6] = [0.5, 0.75, 1.0, 1.25, 1.5, 2.0];
/// Calls that are taken for known before anything is learned: they held as they should.
const PRIOR_CALLS: f64 = 100.0;
/// A half of a window shall be left by one call in ten.
const LEFT: f64 = 0.1;
/// LIMIT: no half of a window is corrected by more than this factor, or its inverse.
const CORRECTED_AT_MOST: f64 = 2.0;
/// A half of a window counts as at least this wide, in seconds.
const HALF_AT_LEAST_SECS: f64 = 60.0;

impl Windows {
    /// Which load a wait of this length belongs to.
    pub(crate) fn load(wait_secs: f64) -> usize {
        match wait_secs {
            short if short < 600.0 => 0,
            middling if middling < 1_800.0 => 1,
            _ => 2,
        }
    }

    /// The cell of a call that came so many seconds after the middle of its window, as that was before
    /// it was corrected.
    pub(super) fn cell(promise: Promise, corrected: Option<Corrected>, late_secs: f64) -> usize {
        let (half, by) = if late_secs < 0.0 {
            let half = promise.mid.duration_since(promise.low);
            (half, corrected.map(|by| by.early))
        } else {
            let half = promise.high.duration_since(promise.mid);
            (half, corrected.map(|by| by.late))
        };
        let by = by.map_or(1.0, |by| f64::from(by.max(1)) / 1_000.0);
        let off = late_secs.abs() / (half.as_secs_f64() / by).max(HALF_AT_LEAST_SECS);
        let step = EDGES.iter().filter(|edge| off > **edge).count();
        if late_secs < 0.0 {
            EDGES.len() - step
        } else {
            EDGES.len() + 1 + step
        }
    }
}

/// By what the halves of windows are multiplied so that one call in ten leaves each: the quantile of
/// how far past calls were off, shrunk towards no correction. Split conformal prediction with a
/// normalised score (Lei et al., "Distribution-Free Predictive Inference for Regression", 2018), in
/// cells, by load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Correction {
    pub(crate) early: f64,
    pub(crate) late: f64,
}

impl Corrected {
    /// What corrects a window that is told now.
    pub(crate) fn of(state: &State, shown: Promise, now: Timestamp) -> Self {
        let nothing = Experience::default();
        let past = state.day().map_or(&nothing, |day| &*day.learned);
        let load = Windows::load(shown.mid.duration_since(now).as_secs_f64());
        let by = Correction::learned(&past.windows, &state.today.windows, load);
        Self {
            early: thousandths(by.early),
            late: thousandths(by.late),
        }
    }
}

/// A factor between its two limits.
fn thousandths(factor: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a factor is between its limits, and a float that is cast saturates"
    )]
    let thousandths = (factor * 1_000.0).round() as u16;
    thousandths
}

impl Correction {
    pub(crate) fn learned(past: &Windows, today: &Windows, load: usize) -> Self {
        let cells: Vec<f64> = (0..CELLS)
            .map(|cell| 0.5 * count(past.loads[load][cell]) + count(today.loads[load][cell]))
            .collect();
        let all: f64 = cells.iter().sum();
        let (early, late) = cells.split_at(CELLS / 2);
        let early: Vec<f64> = early.iter().rev().copied().collect();
        Self {
            early: factor(&early, all),
            late: factor(late, all),
        }
    }
}

/// The half-width beyond which a tenth of all calls lie, on one side whose cells come from the middle
/// outwards.
fn factor(side: &[f64], all: f64) -> f64 {
    let beyond = |at: f64, cells: usize| -> f64 {
        let counted: f64 = side.iter().skip(cells).sum();
        let expected = PRIOR_CALLS * (1.0 - below(at * quantile(1.0 - LEFT)));
        (counted + expected) / (all + PRIOR_CALLS)
    };
    let mut inner = (0.0, beyond(0.0, 0));
    for (cells, at) in (1..).zip(EDGES) {
        let outer = (at, beyond(at, cells));
        if outer.1 <= LEFT {
            let part = (inner.1 - LEFT) / (inner.1 - outer.1).max(1e-9);
            let factor = inner.0 + part * (outer.0 - inner.0);
            return factor.clamp(1.0 / CORRECTED_AT_MOST, CORRECTED_AT_MOST);
        }
        inner = outer;
    }
    CORRECTED_AT_MOST
}

/// What one call adds to the sums, or takes from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Adds,
    Takes,
}

impl Sign {
    pub(super) fn one(self, sum: &mut u64) {
        self.many(sum, ONE);
    }

    pub(super) fn many(self, sum: &mut u64, amount: u64) {
        *sum = match self {
            Self::Adds => sum.saturating_add(amount),
            Self::Takes => sum.saturating_sub(amount),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(cell: usize, calls: u64) -> Windows {
        let mut windows = Windows::default();
        windows.loads[1][cell] = calls * ONE;
        windows
    }

    #[test]
    fn windows_that_held_as_they_should_are_left_alone() {
        let nothing = Windows::default();
        let none = Correction::learned(&nothing, &nothing, 1);
        assert!((none.early - 1.0).abs() < 0.01, "{none:?}");
        assert!((none.late - 1.0).abs() < 0.01, "{none:?}");
    }

    #[test]
    fn calls_that_came_too_late_widen_the_late_half_only() {
        let late = windows(CELLS - 3, 40);
        let corrected = Correction::learned(&Windows::default(), &late, 1);
        assert!(corrected.late > 1.2, "{corrected:?}");
        assert!(corrected.early < 1.0, "{corrected:?}");
        let other_load = Correction::learned(&Windows::default(), &late, 2);
        assert!((other_load.late - 1.0).abs() < 0.01);
    }

    #[test]
    fn the_more_people_were_gone_the_fewer_are_thought_to_be_here() {
        let mut waits = Waits::default();
        waits.called[4] = 20 * ONE;
        let stay = Leaving::learned(&Waits::default(), &waits);
        waits.gone[4] = 18 * ONE;
        let leave = Leaving::learned(&Waits::default(), &waits);
        assert!(leave.standing(4_000.0).here < stay.standing(4_000.0).here);
        assert!(
            stay.standing(600.0).here >= 1.0,
            "nobody leaves in the first minutes"
        );
        let leaves = |leaving: Leaving| leaving.standing(4_000.0).leave_per_sec;
        assert!(leaves(leave) > leaves(stay));
    }

    #[test]
    fn the_fates_of_people_give_the_curve_again() {
        let leaving = Leaving::learned(&Waits::default(), &Waits::default());
        let gone = (0..1_000).filter(|n| {
            let after = leaving.leaves_after((f64::from(*n) + 0.5) / 1_000.0);
            after.is_some_and(|after| after <= 3_000.0)
        });
        let here = 1.0 - f64::from(u32::try_from(gone.count()).unwrap_or(0)) / 1_000.0;
        assert!(
            (here - leaving.standing(3_000.0).here).abs() < 0.002,
            "{here}"
        );
    }
}
