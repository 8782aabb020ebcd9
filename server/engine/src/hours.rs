//! When a queue is open, in the office's local time, and which slots its appointments have.
//!
//! Owns the rules of a calendar and their reading on one date. Knows no queue, no state and no
//! holiday: who asks says by `closed` which dates are closed as a whole.
//!
//! ```text
//! date ──closed?──▶ nothing
//!      ──exception of that date?──▶ its spans          (holidays and closures win over both)
//!      ──else──▶ the spans of every opening that falls on it, united
//!      ──local──▶ instants                              (what the two DST changes do: see `local`)
//! ```
//!
//! Every reading is total: a faulty rule opens nothing, it does not fail. `faults` says what is
//! wrong before an office is taken into use.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

mod clock_time;
mod faults;
mod local;
mod recurrence;
mod rule;
mod slots;
mod span;

use std::iter;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

pub use clock_time::{ClockTime, FaultyClockTime};
pub use faults::{FaultyHours, Place};
pub use recurrence::{Day, Recurrence, WeekOfMonth};
use rule::Rule;
pub use slots::{AppointmentException, AppointmentHours, Slot, SlotBlock, Slots};
pub use span::{OpenSpan, Span};

/// LIMIT: how far ahead an opening or a closing is looked for, in days.
const LOOK_AHEAD_DAYS: u16 = 400;
/// LIMIT: over how many days before and after now open spans that touch at midnight are joined.
const JOINED_DAYS: u16 = 7;

/// When a queue takes people who walk in. The default is never open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    #[serde(default)]
    pub openings: Vec<Opening>,
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// One rule of opening: on which days, and when on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub when: Recurrence,
    pub spans: Vec<Span>,
    /// The first date of this rule; none: since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last date of this rule; none: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

/// The hours of one date in place of those that the openings give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub date: Date,
    /// None: closed on that date. Must be written all the same, so that a slip of the pen closes
    /// nothing.
    pub spans: Vec<Span>,
}

impl Opening {
    fn rule(&self) -> Rule<'_> {
        Rule {
            when: &self.when,
            spans: &self.spans,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

impl Hours {
    /// The hours of one date by the local clock: sorted, those that overlap or touch united.
    /// Closures are not asked.
    pub fn spans_on(&self, date: Date) -> Vec<Span> {
        let exception = self.exceptions.iter().find(|other| other.date == date);
        let spans = match exception {
            Some(exception) => exception.spans.clone(),
            None => self
                .openings
                .iter()
                .filter(|opening| opening.rule().falls_on(date))
                .flat_map(|opening| opening.spans.iter().copied())
                .collect(),
        };
        span::united(spans)
    }

    /// The hours of one date as instants: sorted, none touches the next. A date that is `closed`
    /// has none, even if it has an exception.
    pub fn open_spans(
        &self,
        date: Date,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Vec<OpenSpan> {
        if closed(date) {
            return Vec::new();
        }
        let spans = self.spans_on(date).into_iter();
        span::joined(spans.filter_map(|span| local::open_span(date, span, zone))).collect()
    }

    /// The time of opening that contains `now`; none if it is closed. Spans that touch count as
    /// one, also across midnight. LIMIT: of a queue that is open for more than a week on end, no
    /// more than 7 days before and after today are told.
    pub fn open_at(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Option<OpenSpan> {
        let today = zone.to_datetime(now).date();
        let first = today.saturating_sub(i64::from(JOINED_DAYS).days());
        self.runs(first, 2 * JOINED_DAYS + 1, zone, &closed)
            .take_while(|run| run.from <= now)
            .find(|run| now < run.to)
    }

    /// The first instant after `now` at which it opens. LIMIT: none beyond 400 days.
    pub fn next_opening(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Option<Timestamp> {
        let openings = self.runs_ahead(now, zone, &closed).map(|run| run.from);
        first_after(now, openings)
    }

    /// The first instant after `now` at which it opens or closes. LIMIT: none beyond 400 days.
    pub fn next_change(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Option<Timestamp> {
        let runs = self.runs_ahead(now, zone, &closed);
        first_after(now, runs.flat_map(|run| [run.from, run.to]))
    }

    /// When the last span of this date ends; none if it is closed all day. Whether the next day
    /// begins at that instant is not asked.
    pub fn last_closing_on(
        &self,
        date: Date,
        zone: &TimeZone,
        closed: impl Fn(Date) -> bool,
    ) -> Option<Timestamp> {
        let spans = self.open_spans(date, zone, closed);
        spans.last().map(|span| span.to)
    }

    /// Every fault of these hours. Hours with none do what their words say.
    pub fn faults(&self) -> Vec<FaultyHours> {
        let mut faults = Vec::new();
        faults::too_many("openings", self.openings.len(), &mut faults);
        faults::too_many("exceptions", self.exceptions.len(), &mut faults);
        for (number, opening) in (1..).zip(&self.openings) {
            opening.rule().faults(Place::Opening(number), &mut faults);
        }
        for Exception { date, spans } in &self.exceptions {
            faults::spans(Place::Exception(*date), spans, &mut faults);
        }
        faults::doubled_dates(self.exceptions.iter().map(|other| other.date), &mut faults);
        faults
    }

    /// The times of opening from yesterday on, until after the last instant that is looked at.
    fn runs_ahead(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        closed: &impl Fn(Date) -> bool,
    ) -> impl Iterator<Item = OpenSpan> {
        let today = zone.to_datetime(now).date();
        let first = today.saturating_sub(1.days());
        // Yesterday, today and two days more than are looked at: where the scan ends, a time of
        // opening is cut off, and that is no closing.
        self.runs(first, LOOK_AHEAD_DAYS + 4, zone, closed)
    }

    /// The times of opening of so many days, joined across midnight.
    fn runs(
        &self,
        first: Date,
        days: u16,
        zone: &TimeZone,
        closed: &impl Fn(Date) -> bool,
    ) -> impl Iterator<Item = OpenSpan> {
        let dates = iter::successors(Some(first), |date| date.tomorrow().ok());
        let dates = dates.take(usize::from(days));
        span::joined(dates.flat_map(move |date| self.open_spans(date, zone, closed)))
    }
}

fn first_after(now: Timestamp, mut instants: impl Iterator<Item = Timestamp>) -> Option<Timestamp> {
    let ahead = SignedDuration::from_hours(i64::from(LOOK_AHEAD_DAYS) * 24);
    let last = now.checked_add(ahead).unwrap_or(Timestamp::MAX);
    instants.find(|at| *at > now).filter(|at| *at <= last)
}

#[cfg(test)]
mod daylight_saving_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod recurrence_tests;
#[cfg(test)]
mod slot_tests;
#[cfg(test)]
mod tests;
