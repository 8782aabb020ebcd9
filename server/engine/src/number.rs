//! Numbers for people: `A012`. Which one is next, and how long a used one rests.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Series, SeriesKey};

/// Digits of a number at least: `A012` rather than `A12`.
const MIN_DIGITS: usize = 3;

/// A ticket's number: its series, its place in it, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketNumber {
    pub series: SeriesKey,
    pub n: u32,
    /// As people read it.
    pub label: String,
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

impl Series {
    /// The `n`-th number as people read it, with as many digits as the last of the series has.
    pub fn label(&self, n: u32) -> String {
        let digits = self.to.to_string().len().max(MIN_DIGITS);
        format!("{}{n:0digits$}", self.prefix)
    }

    /// Until when a number rests whose visit ended at `at`.
    pub(crate) fn rests_until(&self, at: Timestamp) -> Timestamp {
        let rests = SignedDuration::from_mins(i64::from(self.reuse_after_min));
        at.saturating_add(rests).unwrap_or(Timestamp::MAX)
    }

    /// A number that both series would write alike, where there is one.
    pub(crate) fn shared_number(&self, other: &Self) -> Option<String> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        // Equal prefix and equal digits: the overlap of the ranges is written alike. Other prefixes
        // can meet only where one ends in a digit, which the width of both would have to make up for.
        let meets = |n: &u32| self.label(*n) == other.label(*n);
        if self.prefix == other.prefix {
            return (from..=to).find(meets).map(|n| self.label(n));
        }
        let ends_in_digit = |series: &Self| series.prefix.ends_with(|c: char| c.is_ascii_digit());
        if !ends_in_digit(self) && !ends_in_digit(other) {
            return None;
        }
        (self.from..=self.to)
            .map(|n| self.label(n))
            .find(|label| other.reads(label))
    }

    /// Whether this series would ever write `label`.
    fn reads(&self, label: &str) -> bool {
        label
            .strip_prefix(&self.prefix)
            .and_then(|digits| digits.parse::<u32>().ok())
            .is_some_and(|n| (self.from..=self.to).contains(&n) && self.label(n) == label)
    }
}

/// A number whose visit has ended and that rests until its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resting {
    pub series: SeriesKey,
    pub n: u32,
    pub until: Timestamp,
}

/// Where a series stands today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesState {
    /// Where the search for a free number begins; none before the first of the day.
    next: Option<u32>,
    /// Numbers that may not be given: open (none) or resting (until then).
    taken: BTreeMap<u32, Option<Timestamp>>,
}

impl SeriesState {
    /// The number to give at `now`: the first from where the last was given, round the range, that
    /// is neither open nor resting. None when every number is taken.
    pub fn free_number(&self, series: &Series, now: Timestamp) -> Option<u32> {
        let start = self
            .next
            .unwrap_or(series.from)
            .clamp(series.from, series.to);
        let free = |n: &u32| match self.taken.get(n) {
            None => true,
            Some(None) => false,
            Some(Some(until)) => *until <= now,
        };
        (start..=series.to).chain(series.from..start).find(free)
    }

    /// `n` is given: it is open now, and the search goes on behind it.
    pub(crate) fn give(&mut self, n: u32, series: &Series) {
        self.taken.insert(n, None);
        self.next = Some(if n >= series.to { series.from } else { n + 1 });
    }

    /// The visit with `n` has ended: it rests until `until`.
    pub(crate) fn rest(&mut self, n: u32, until: Timestamp) {
        self.taken.insert(n, Some(until));
    }

    /// The numbers that still rest at `at`.
    pub(crate) fn resting(&self, at: Timestamp) -> impl Iterator<Item = (u32, Timestamp)> {
        self.taken.iter().filter_map(move |(n, until)| {
            until.filter(|until| *until > at).map(|until| (*n, until))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(from: u32, to: u32) -> Series {
        let key = SeriesKey::new("a");
        Series {
            key,
            prefix: "A".to_owned(),
            from,
            to,
            reuse_after_min: 60,
        }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).expect("a minute of the first day of time")
    }

    #[test]
    fn numbers_are_written_with_as_many_digits_as_the_last_of_the_series_and_at_least_three() {
        assert_eq!(series(1, 999).label(12), "A012");
        assert_eq!(series(1, 9).label(3), "A003");
        assert_eq!(series(1, 99_999).label(12), "A00012");
    }

    #[test]
    fn after_the_last_number_the_first_is_given_again_only_when_it_has_rested() {
        let (series, mut state) = (series(1, 2), SeriesState::default());
        for n in [1, 2] {
            assert_eq!(state.free_number(&series, at(0)), Some(n));
            state.give(n, &series);
        }
        assert_eq!(state.free_number(&series, at(0)), None, "both are open");
        state.rest(1, series.rests_until(at(0)));
        assert_eq!(
            state.free_number(&series, at(59)),
            None,
            "one rests, one is open"
        );
        assert_eq!(state.free_number(&series, at(60)), Some(1));
    }

    #[test]
    fn series_with_a_digit_in_the_prefix_are_found_to_write_the_same_number() {
        let plain = series(1, 9999);
        let digit = Series {
            prefix: "A1".to_owned(),
            key: SeriesKey::new("b"),
            ..series(1, 999)
        };
        assert_eq!(plain.shared_number(&digit).as_deref(), Some("A1001"));
        let other = Series {
            prefix: "B".to_owned(),
            key: SeriesKey::new("c"),
            ..series(1, 999)
        };
        assert_eq!(plain.shared_number(&other), None);
    }
}
