//! What is wrong with hours, and how it is found.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::{Recurrence, Span};

/// LIMIT: openings, rules of slots, exceptions and single dates, each.
const MAX_ENTRIES: usize = 400;
/// LIMIT: spans of one rule, and of one exception its spans or blocks.
const MAX_SPANS: usize = 24;
/// LIMIT: a rule that comes less often than once a year is better written as dates.
const WEEKS: std::ops::RangeInclusive<u8> = 2..=52;

/// Where in the hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first opening is 1.
    Opening(usize),
    /// The first rule of slots is 1.
    Slots(usize),
    Exception(Date),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opening(number) => write!(f, "opening {number}"),
            Self::Slots(number) => write!(f, "slots {number}"),
            Self::Exception(date) => write!(f, "exception {date}"),
        }
    }
}

/// What is wrong with hours, in words for the one who wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultyHours {
    #[error(
        "{place}: the span {span} does not run upwards; begin before the end, and write one that passes midnight as two"
    )]
    Backwards { place: Place, span: Span },
    #[error("{place}: the spans {first} and {second} overlap; write them as one")]
    Overlap {
        place: Place,
        first: Span,
        second: Span,
    },
    #[error("{0}: there is no span; write at least one")]
    NoSpans(Place),
    #[error("there are two exceptions for {0}; write one with all its spans")]
    Twice(Date),
    #[error("{place}: n is {n}; write {} to {}, or every = \"week\"", WEEKS.start(), WEEKS.end())]
    Weeks { place: Place, n: u8 },
    #[error("{0}: there is no day of the week; name at least one of \"mon\" to \"sun\"")]
    NoDays(Place),
    #[error("{0}: which is empty; name at least one of \"first\" to \"fifth\" and \"last\"")]
    NoWeekOfMonth(Place),
    #[error("{0}: there is no date; write at least one")]
    NoDates(Place),
    #[error("{place}: valid_from {from} is after valid_to {to}; the earlier date comes first")]
    NeverValid { place: Place, from: Date, to: Date },
    #[error("{0}: slot_min is 0; write how many minutes an appointment takes")]
    NoLength(Place),
    #[error("{0}: counters is 0; write at least 1")]
    NoCounters(Place),
    #[error(
        "{place}: no slot of {slot_min} minutes fits into the span {span}; make the span longer or slot_min smaller"
    )]
    TooShort {
        place: Place,
        span: Span,
        slot_min: u16,
    },
    #[error("there are {count} {what}; at most {limit} are kept")]
    TooMany {
        what: &'static str,
        count: usize,
        limit: usize,
    },
    #[error("{place}: there are {count} {what}; at most {limit} are kept")]
    TooManyIn {
        place: Place,
        what: &'static str,
        count: usize,
        limit: usize,
    },
}

pub(super) fn too_many(what: &'static str, count: usize, faults: &mut Vec<FaultyHours>) {
    let limit = MAX_ENTRIES;
    if count > limit {
        faults.push(FaultyHours::TooMany { what, count, limit });
    }
}

pub(super) fn doubled_dates(dates: impl Iterator<Item = Date>, faults: &mut Vec<FaultyHours>) {
    let mut seen = BTreeSet::new();
    faults.extend(
        dates
            .filter(|date| !seen.insert(*date))
            .map(FaultyHours::Twice),
    );
}

pub(super) fn recurrence(place: Place, when: &Recurrence, faults: &mut Vec<FaultyHours>) {
    let mut wants = |there: bool, fault: FaultyHours| {
        if !there {
            faults.push(fault);
        }
    };
    match when {
        Recurrence::Week { days } => wants(!days.is_empty(), FaultyHours::NoDays(place)),
        Recurrence::Weeks { n, days, from: _ } => {
            wants(!days.is_empty(), FaultyHours::NoDays(place));
            wants(WEEKS.contains(n), FaultyHours::Weeks { place, n: *n });
        }
        Recurrence::Month { days, which } => {
            wants(!days.is_empty(), FaultyHours::NoDays(place));
            wants(!which.is_empty(), FaultyHours::NoWeekOfMonth(place));
        }
        Recurrence::Dates { dates } => {
            wants(!dates.is_empty(), FaultyHours::NoDates(place));
            too_many_in(place, "dates", (dates.len(), MAX_ENTRIES), faults);
        }
    }
}

/// The spans of a rule, which does nothing without any.
pub(super) fn some_spans(place: Place, spans: &[Span], faults: &mut Vec<FaultyHours>) {
    if spans.is_empty() {
        faults.push(FaultyHours::NoSpans(place));
    }
    self::spans(place, spans, faults);
}

pub(super) fn too_many_blocks(place: Place, count: usize, faults: &mut Vec<FaultyHours>) {
    too_many_in(place, "blocks", (count, MAX_SPANS), faults);
}

pub(super) fn spans(place: Place, spans: &[Span], faults: &mut Vec<FaultyHours>) {
    too_many_in(place, "spans", (spans.len(), MAX_SPANS), faults);
    let (mut upwards, backwards): (Vec<Span>, Vec<Span>) =
        spans.iter().partition(|span| span.runs_upwards());
    faults.extend(
        backwards
            .into_iter()
            .map(|span| FaultyHours::Backwards { place, span }),
    );
    upwards.sort_unstable();
    for pair in upwards.windows(2) {
        if let [first, second] = *pair
            && second.from < first.to
        {
            faults.push(FaultyHours::Overlap {
                place,
                first,
                second,
            });
        }
    }
}

fn too_many_in(
    place: Place,
    what: &'static str,
    (count, limit): (usize, usize),
    faults: &mut Vec<FaultyHours>,
) {
    if count > limit {
        faults.push(FaultyHours::TooManyIn {
            place,
            what,
            count,
            limit,
        });
    }
}
