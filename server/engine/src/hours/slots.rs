//! The slots that appointments can have: their beginnings and how many counters serve them.
//!
//! Knows nothing of who booked what. A slot's length is real time: in a night of 25 hours a span
//! over the change has more slots, in one of 23 hours fewer, as the clerks sit there longer or
//! shorter.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::faults::{self, FaultyHours, Place};
use super::local;
use super::rule::Rule;
use super::{OpenSpan, Recurrence, Span};

/// When a queue has appointments. The default is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppointmentHours {
    #[serde(default)]
    pub slots: Vec<Slots>,
    #[serde(default)]
    pub exceptions: Vec<AppointmentException>,
}

/// One rule of slots: on which days, when on them, how long and how many at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slots {
    pub when: Recurrence,
    pub spans: Vec<Span>,
    /// The first date of this rule; none: since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last date of this rule; none: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Length of a slot, in minutes. The first begins with the span, and what is left at its end
    /// is none.
    pub slot_min: u16,
    /// How many appointments each slot takes.
    pub counters: u16,
}

/// The slots of one date in place of those that the rules give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppointmentException {
    pub date: Date,
    /// None: no appointments on that date. Must be written all the same, so that a slip of the
    /// pen takes no slots away.
    pub blocks: Vec<SlotBlock>,
}

/// Slots of one length within some spans. An exception says its own length and counters, because
/// which rule it stands for would else depend on the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotBlock {
    pub spans: Vec<Span>,
    /// Length of a slot, in minutes.
    pub slot_min: u16,
    /// How many appointments each slot takes.
    pub counters: u16,
}

/// One beginning of appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    pub at: Timestamp,
    /// How many appointments can begin then, 1 at least.
    pub counters: u16,
}

impl AppointmentHours {
    /// The slots of one date, sorted; counters of several rules at one instant are added up. A
    /// date that is `closed` has none, even if it has an exception.
    pub fn slots_on(
        &self,
        date: Date,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Vec<Slot> {
        if closed(date) {
            return Vec::new();
        }
        let mut counters_at = BTreeMap::<Timestamp, u16>::new();
        for grid in self.grids_on(date) {
            for at in grid.beginnings(date, zone) {
                let counters = counters_at.entry(at).or_default();
                *counters = counters.saturating_add(grid.counters);
            }
        }
        let slots = counters_at.into_iter();
        slots.map(|(at, counters)| Slot { at, counters }).collect()
    }

    /// When the last slot of a date ends; none where it has no slots.
    pub fn last_closing_on(
        &self,
        date: Date,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Option<Timestamp> {
        if closed(date) {
            return None;
        }
        let grids = self.grids_on(date).into_iter();
        grids.filter_map(|grid| grid.end(date, zone)).max()
    }

    /// Every fault of these hours. Hours with none do what their words say.
    pub fn faults(&self) -> Vec<FaultyHours> {
        let mut faults = Vec::new();
        faults::too_many("rules of slots", self.slots.len(), &mut faults);
        faults::too_many("exceptions", self.exceptions.len(), &mut faults);
        for (number, slots) in (1..).zip(&self.slots) {
            let place = Place::Slots(number);
            slots.rule().faults(place, &mut faults);
            slots.grid().faults(place, &mut faults);
        }
        for AppointmentException { date, blocks } in &self.exceptions {
            let place = Place::Exception(*date);
            faults::too_many_blocks(place, blocks.len(), &mut faults);
            for block in blocks {
                faults::some_spans(place, &block.spans, &mut faults);
                block.grid().faults(place, &mut faults);
            }
        }
        faults::doubled_dates(self.exceptions.iter().map(|other| other.date), &mut faults);
        faults
    }

    fn grids_on(&self, date: Date) -> Vec<Grid<'_>> {
        let exception = self.exceptions.iter().find(|other| other.date == date);
        match exception {
            Some(exception) => exception.blocks.iter().map(SlotBlock::grid).collect(),
            None => self
                .slots
                .iter()
                .filter(|slots| slots.rule().falls_on(date))
                .map(Slots::grid)
                .collect(),
        }
    }
}

impl Slots {
    fn rule(&self) -> Rule<'_> {
        Rule {
            when: &self.when,
            spans: &self.spans,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }

    fn grid(&self) -> Grid<'_> {
        Grid {
            spans: &self.spans,
            slot_min: self.slot_min,
            counters: self.counters,
        }
    }
}

impl SlotBlock {
    fn grid(&self) -> Grid<'_> {
        Grid {
            spans: &self.spans,
            slot_min: self.slot_min,
            counters: self.counters,
        }
    }
}

/// What one rule or one block makes of a date.
struct Grid<'a> {
    spans: &'a [Span],
    slot_min: u16,
    counters: u16,
}

impl Grid<'_> {
    /// Every beginning of a slot on this date, sorted; each slot ends before the next begins.
    fn beginnings(&self, date: Date, zone: &TimeZone) -> Vec<Timestamp> {
        if self.slot_min == 0 || self.counters == 0 {
            return Vec::new();
        }
        let length = SignedDuration::from_mins(i64::from(self.slot_min));
        let spans = self.spans_apart(date, zone).into_iter();
        spans.flat_map(|span| fitting(span, length)).collect()
    }

    /// When its last slot ends.
    fn end(&self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        let last = self.beginnings(date, zone).pop()?;
        let length = SignedDuration::from_mins(i64::from(self.slot_min));
        last.checked_add(length).ok()
    }

    /// The spans as instants. Touching ones stay two, each with slots from its own beginning; ones
    /// that overlap in the hour that comes twice are cut, or their counters would count double.
    fn spans_apart(&self, date: Date, zone: &TimeZone) -> Vec<OpenSpan> {
        let mut spans = self.spans.to_vec();
        spans.retain(|span| span.runs_upwards());
        spans.sort_unstable();
        let mut apart: Vec<OpenSpan> = Vec::new();
        for mut span in spans
            .into_iter()
            .filter_map(|span| local::open_span(date, span, zone))
        {
            if let Some(before) = apart.last() {
                span.from = span.from.max(before.to);
            }
            if span.from < span.to {
                apart.push(span);
            }
        }
        apart
    }

    fn faults(&self, place: Place, faults: &mut Vec<FaultyHours>) {
        if self.counters == 0 {
            faults.push(FaultyHours::NoCounters(place));
        }
        let slot_min = self.slot_min;
        if slot_min == 0 {
            faults.push(FaultyHours::NoLength(place));
        }
        let upwards = self.spans.iter().filter(|span| span.runs_upwards());
        let short = upwards.filter(|span| span.to.minutes() - span.from.minutes() < slot_min);
        faults.extend(short.map(|span| FaultyHours::TooShort {
            place,
            span: *span,
            slot_min,
        }));
    }
}

fn fitting(span: OpenSpan, length: SignedDuration) -> impl Iterator<Item = Timestamp> {
    let end_of = move |at: &Timestamp| at.checked_add(length).ok();
    std::iter::successors(Some(span.from), end_of)
        .take_while(move |at| end_of(at).is_some_and(|end| end <= span.to))
}
