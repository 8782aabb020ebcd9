//! What an opening and a rule of slots have in common: days, spans and a time of validity.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use jiff::civil::Date;

use super::faults::{self, FaultyHours, Place};
use super::{Recurrence, Span};

pub(super) struct Rule<'a> {
    pub(super) when: &'a Recurrence,
    pub(super) spans: &'a [Span],
    pub(super) valid_from: Option<Date>,
    pub(super) valid_to: Option<Date>,
}

impl Rule<'_> {
    pub(super) fn falls_on(&self, date: Date) -> bool {
        let begun = self.valid_from.is_none_or(|first| first <= date);
        let ended = self.valid_to.is_some_and(|last| last < date);
        begun && !ended && self.when.falls_on(date)
    }

    pub(super) fn faults(&self, place: Place, faults: &mut Vec<FaultyHours>) {
        faults::recurrence(place, self.when, faults);
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && from > to
        {
            faults.push(FaultyHours::NeverValid { place, from, to });
        }
        faults::some_spans(place, self.spans, faults);
    }
}
