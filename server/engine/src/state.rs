//! One office's day in memory. Changed by `apply` alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::number::Numbers;
use crate::{CounterKey, EventSeq, Office, Place, QueueKey, SeriesKey, Ticket, TicketId};

/// Everything that decisions read. Equal states decide alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// None until the first office is taken into use.
    pub(crate) day: Option<Day>,
    pub(crate) tickets: BTreeMap<TicketId, Ticket>,
    pub(crate) lines: BTreeMap<QueueKey, Line>,
    pub(crate) counters: BTreeMap<CounterKey, CounterState>,
    pub(crate) numbers: Numbers,
    /// Visits finished today.
    pub(crate) finished: u32,
    pub(crate) last_seq: EventSeq,
    pub(crate) last_at: Timestamp,
}

/// The office day that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The local date when it opened; the key of its journal segment.
    pub date: Date,
    /// The next local midnight.
    pub ends_at: Timestamp,
    pub office: Arc<Office>,
}

/// The people who wait in one queue, in the order of their places.
pub type Line = BTreeSet<(Place, TicketId)>;

/// A counter today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterState {
    pub open: bool,
    /// The visit that is called to or served here.
    pub running: Option<TicketId>,
    /// When it was called last; a recall counts, the start of the service does not.
    pub called_at: Option<Timestamp>,
}

impl State {
    pub fn day(&self) -> Option<&Day> {
        self.day.as_ref()
    }

    pub fn office(&self) -> Option<&Arc<Office>> {
        self.day.as_ref().map(|day| &day.office)
    }

    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// Every ticket of the day, by id.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    /// Who waits in a queue, first one first.
    pub fn line(&self, queue: &QueueKey) -> impl ExactSizeIterator<Item = &Ticket> {
        static NOBODY: Line = Line::new();
        let line = self.lines.get(queue).unwrap_or(&NOBODY);
        line.iter().map(|(_, id)| &self.tickets[id])
    }

    /// Every queue with the people in it.
    pub fn lines(&self) -> &BTreeMap<QueueKey, Line> {
        &self.lines
    }

    pub fn counter(&self, key: &CounterKey) -> Option<&CounterState> {
        self.counters.get(key)
    }

    /// Visits finished today.
    pub fn finished(&self) -> u32 {
        self.finished
    }

    /// Until when a number of `series` rests whose visit ended at `at`.
    pub(crate) fn rests_until(&self, series: &SeriesKey, at: Timestamp) -> Timestamp {
        let series = self.office().and_then(|office| office.series(series));
        series.map_or(at, |series| series.rests_until(at))
    }

    /// The number of the last record applied.
    pub fn last_seq(&self) -> EventSeq {
        self.last_seq
    }

    /// The time of the last record applied.
    pub fn last_at(&self) -> Timestamp {
        self.last_at
    }

    /// When the engine wants `TimePassed`: the end of the day.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.day.as_ref().map(|day| day.ends_at)
    }
}
