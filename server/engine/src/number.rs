//! Numbers for people: `A012`. Which one is next, and how long a used one rests.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Series, SeriesKey};

/// Digits of a number at least: `A012` rather than `A12`.
const MIN_DIGITS: usize = 3;

/// A ticket's number: how it is written, and who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketNumber {
    /// As people read it.
    pub label: String,
    pub given_by: GivenBy,
}

/// Who gave a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBy {
    /// One of the office's series: its `n`-th number.
    Series { series: SeriesKey, n: u32 },
    /// The centre, with the appointment.
    Centre,
}

impl TicketNumber {
    /// The series it was taken from; none for a number of the centre.
    pub fn series(&self) -> Option<&SeriesKey> {
        match &self.given_by {
            GivenBy::Series { series, .. } => Some(series),
            GivenBy::Centre => None,
        }
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

impl Series {
    /// The `n`-th number as people read it, with as many digits as the last of the series has.
    pub fn label(&self, n: u32) -> String {
        let digits = self.digits();
        format!("{}{n:0digits$}", self.prefix)
    }

    /// Until when a number rests whose visit ended at `at`.
    pub(crate) fn rests_until(&self, at: Timestamp) -> Timestamp {
        let rests = SignedDuration::from_mins(i64::from(self.reuse_after_min));
        at.saturating_add(rests).unwrap_or(Timestamp::MAX)
    }

    /// Whether `n` is one of its numbers.
    pub(crate) fn has(&self, n: u32) -> bool {
        (self.from..=self.to).contains(&n)
    }

    /// A number that both series would write alike, where there is one.
    pub(crate) fn shared_number(&self, other: &Self) -> Option<String> {
        self.number_read_as(other)
            .or_else(|| other.number_read_as(self))
    }

    /// A number of `other` that this series writes too. Every series writes as many digits as its
    /// last number has: where `other` has the longer prefix, what it has more must be digits, and
    /// stands before its own ones.
    fn number_read_as(&self, other: &Self) -> Option<String> {
        let (prefix, longer) = (code_key(&self.prefix), code_key(&other.prefix));
        let more = longer.strip_prefix(prefix.as_str())?;
        let is_number = more.chars().all(|c| c.is_ascii_digit());
        if !is_number || self.digits() != more.len() + other.digits() {
            return None;
        }
        let tens = 10_u64.checked_pow(u32::try_from(other.digits()).ok()?)?;
        let before = format!("0{more}").parse::<u64>().ok()?.checked_mul(tens)?;
        let from = u64::from(self.from).max(before + u64::from(other.from));
        let to = u64::from(self.to).min(before + u64::from(other.to));
        let n = u32::try_from(from).ok()?;
        (from <= to).then(|| self.label(n))
    }

    /// Whether this series would ever write `label`.
    pub(crate) fn reads(&self, label: &str) -> bool {
        let label = code_key(label);
        label
            .strip_prefix(code_key(&self.prefix).as_str())
            .and_then(|digits| digits.parse::<u32>().ok())
            .is_some_and(|n| self.has(n) && code_key(&self.label(n)) == label)
    }

    fn digits(&self) -> usize {
        self.to.to_string().len().max(MIN_DIGITS)
    }
}

/// How numbers and codes are told apart: as people type them, without what they may leave out.
pub(crate) fn code_key(code: &str) -> String {
    let letters = code.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_uppercase).collect()
}

/// A number whose visit has ended and that rests until its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resting {
    /// Without what people may leave out when they type it.
    pub label: String,
    pub until: Timestamp,
}

/// The numbers of the day: which may not be given, and where each series goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Numbers {
    /// Where the search for a free number begins; none before the first of the day.
    next: BTreeMap<SeriesKey, u32>,
    /// Numbers that are open (none) or rest (until then). By what people can tell apart, not by
    /// series: an office that gives a prefix to another series during the day must show no number twice.
    taken: BTreeMap<String, Option<Timestamp>>,
}

impl Numbers {
    /// The number to give at `now`: the first of the series from where the last was given, round
    /// the range, that is neither open nor resting. None when every number is taken.
    pub(crate) fn free(&self, series: &Series, now: Timestamp) -> Option<TicketNumber> {
        let next = self.next.get(&series.key).copied();
        let start = next.filter(|n| series.has(*n)).unwrap_or(series.from);
        (start..=series.to)
            .chain(series.from..start)
            .map(|n| (n, series.label(n)))
            .find(|(_, label)| self.is_free(label, now))
            .map(|(n, label)| TicketNumber {
                label,
                given_by: GivenBy::Series {
                    series: series.key.clone(),
                    n,
                },
            })
    }

    pub(crate) fn is_free(&self, label: &str, now: Timestamp) -> bool {
        match self.taken.get(&code_key(label)) {
            None => true,
            Some(None) => false,
            Some(Some(until)) => *until <= now,
        }
    }

    /// Whether a visit with this number is open.
    pub(crate) fn is_open(&self, label: &str) -> bool {
        self.taken.get(&code_key(label)) == Some(&None)
    }

    /// The number is given: it is open now, and the search goes on behind it.
    pub(crate) fn give(&mut self, number: &TicketNumber) {
        self.open(&number.label);
        if let GivenBy::Series { series, n } = &number.given_by {
            self.next.insert(series.clone(), n.saturating_add(1));
        }
    }

    /// The search for the next number of `series` begins at `n`.
    pub(crate) fn go_on_from(&mut self, series: &Series, n: u32) {
        self.next.insert(series.key.clone(), n);
    }

    /// The visit with this number is open, for the first time or again.
    pub(crate) fn open(&mut self, label: &str) {
        self.taken.insert(code_key(label), None);
    }

    /// The visit with this number has ended: it rests until `until`.
    pub(crate) fn rest(&mut self, label: &str, until: Timestamp) {
        self.taken.insert(code_key(label), Some(until));
    }

    /// The numbers that still rest at `at`.
    pub(crate) fn resting(&self, at: Timestamp) -> impl Iterator<Item = Resting> {
        self.taken.iter().filter_map(move |(label, until)| {
            let until = until.filter(|until| *until > at)?;
            Some(Resting {
                label: label.clone(),
                until,
            })
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
        let (series, mut numbers) = (series(1, 2), Numbers::default());
        for label in ["A001", "A002"] {
            let number = numbers.free(&series, at(0)).expect("a free number");
            assert_eq!(number.label, label);
            numbers.give(&number);
        }
        let free = |numbers: &Numbers, now| numbers.free(&series, now).map(|number| number.label);
        assert_eq!(free(&numbers, at(0)), None, "both are open");
        numbers.rest("A001", series.rests_until(at(0)));
        assert_eq!(free(&numbers, at(59)), None, "one rests, one is open");
        assert_eq!(free(&numbers, at(60)).as_deref(), Some("A001"));
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
