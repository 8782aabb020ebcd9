//! What became of one visitor: one line of the result.
//!
//! Pure: no I/O.

use aufruf_engine::Promise;
use serde::Serialize;

use super::seconds::{Second, second_from, second_of};

/// What became of one visitor. All times are seconds since local midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub id: String,
    pub outcome: Outcome,
    /// When a walk-in took the ticket, or an appointment checked in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<i64>,
    /// What a walk-in was told with the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<Told>,
    pub missed_calls: Vec<CallInVain>,
}

/// How a visit came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Served,
    /// A walk-in got no ticket.
    Refused,
    /// A walk-in left before the call.
    Abandoned,
    /// An appointment whose person never came.
    NoShow,
}

/// A promise in whole seconds: not before the arrival, and in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Told {
    pub low: i64,
    pub mid: i64,
    pub high: i64,
}

impl Told {
    /// The window as told at second `now`, rounded so that it loses nothing.
    pub(super) fn of(promise: Promise, now: Second) -> Self {
        let low = second_of(promise.low).max(now);
        let mid = second_of(promise.mid).max(low);
        let high = second_from(promise.high).max(mid);
        Self { low, mid, high }
    }
}

/// A call to which nobody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallInVain {
    pub counter: String,
    pub at: i64,
}

impl Line {
    /// As the result is written: one JSON object, without the end of the line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("words and figures alone: they always have a JSON form")
    }
}

/// What a day came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub visitors: usize,
    /// Calls in vain included.
    pub calls: usize,
    pub refused: usize,
}

impl Sums {
    pub fn of(lines: &[Line]) -> Self {
        let served = |line: &&Line| line.outcome == Outcome::Served;
        let refused = |line: &&Line| line.outcome == Outcome::Refused;
        let in_vain: usize = lines.iter().map(|line| line.missed_calls.len()).sum();
        Self {
            visitors: lines.len(),
            calls: lines.iter().filter(served).count() + in_vain,
            refused: lines.iter().filter(refused).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seconds::instant;
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn a_window_is_rounded_outwards_and_never_begins_before_the_person_came() {
        let half = SignedDuration::from_millis(500);
        let promise = Promise {
            low: instant(50),
            mid: instant(140) + half,
            high: instant(200) + half,
        };
        let told = Told::of(promise, 100);
        assert_eq!((told.low, told.mid, told.high), (100, 140, 201));
    }

    #[test]
    fn a_window_that_is_out_of_order_is_put_in_order() {
        let promise = Promise {
            low: instant(300),
            mid: instant(200),
            high: instant(250),
        };
        let told = Told::of(promise, 100);
        assert_eq!((told.low, told.mid, told.high), (300, 300, 300));
    }
}
