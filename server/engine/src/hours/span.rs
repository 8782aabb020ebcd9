//! Spans of opening, by the local clock and as instants, and how several become one.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

use std::fmt;
use std::iter;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ClockTime;

/// From one time of day to a later one on the same date, the end not included. Who is open past
/// midnight writes one span to `24:00` and one from `00:00` on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: ClockTime,
    pub to: ClockTime,
}

/// From one instant to a later one, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenSpan {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Span {
    /// Whether it begins before it ends. One that does not is a fault and opens nothing.
    pub fn runs_upwards(self) -> bool {
        self.from < self.to
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

/// Sorted; those that overlap or touch are one. Faulty ones are left out.
pub(super) fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.runs_upwards());
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let touches = next.from <= kept.to;
        if touches {
            kept.to = kept.to.max(next.to);
        }
        touches
    });
    spans
}

/// The same for instants, which must come sorted by their beginning. Lazy: a year of days is only
/// looked at as far as somebody asks.
pub(super) fn joined(sorted: impl Iterator<Item = OpenSpan>) -> impl Iterator<Item = OpenSpan> {
    let mut spans = sorted.peekable();
    iter::from_fn(move || {
        let mut run = spans.next()?;
        while let Some(next) = spans.next_if(|next| next.from <= run.to) {
            run.to = run.to.max(next.to);
        }
        Some(run)
    })
}
