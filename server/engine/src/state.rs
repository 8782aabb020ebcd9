//! One office's day in memory. Changed by `apply` alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::learned::Frame;
use crate::number::Numbers;
use crate::undo::Undos;
use crate::{
    Actor, Booking, ClerkKey, CounterKey, EventSeq, Experience, GivenBy, Line, Office, QueueKey,
    ServiceKey, Ticket, TicketId, TicketNumber,
};

/// Everything that decisions read. Equal states decide alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// None until the first office is taken into use.
    pub(crate) day: Option<Day>,
    pub(crate) tickets: BTreeMap<TicketId, Ticket>,
    pub(crate) lines: BTreeMap<QueueKey, Line>,
    /// Who has an appointment today and is not here yet, by queue and agreed time.
    pub(crate) booked: BTreeMap<QueueKey, BTreeSet<(Timestamp, TicketId)>>,
    /// What today's visitors with an appointment can type: number and code.
    pub(crate) codes: BTreeMap<String, TicketId>,
    /// Today's appointments as they were booked last, whatever staff have changed since.
    pub(crate) received: BTreeMap<TicketId, Booking>,
    /// Appointments of later days.
    pub(crate) bookings: BTreeMap<TicketId, Booking>,
    /// What their visitors can type, with the agreed time.
    pub(crate) later_codes: BTreeMap<String, BTreeSet<(Timestamp, TicketId)>>,
    pub(crate) counters: BTreeMap<CounterKey, CounterState>,
    pub(crate) locks: BTreeMap<QueueKey, Lock>,
    /// Counters whose clerk needs help.
    pub(crate) emergencies: BTreeMap<CounterKey, Emergency>,
    /// Tickets that visitors took themselves today: what a contingent counts.
    pub(crate) taken: BTreeMap<QueueKey, u32>,
    pub(crate) numbers: Numbers,
    pub(crate) undos: Undos,
    /// Visits finished today.
    pub(crate) finished: u32,
    /// What today has taught so far: the sum over its tickets as they stand.
    pub(crate) today: Experience,
    pub(crate) staffed: Staffed,
    /// How often a clerk asked for help today.
    pub(crate) alarms: u32,
    /// Services that the plan has no room for, with the record that said so.
    pub(crate) sold_out: BTreeMap<ServiceKey, EventSeq>,
    /// The records that added capacity to the day, as long as something is sold out.
    pub(crate) capacity_added: BTreeMap<EventSeq, Gain>,
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
    /// When the overtime of a queue is over, for those where it is not over yet.
    pub(crate) overtime_ends: BTreeMap<QueueKey, Timestamp>,
    /// The queues where it is over, or was before the day opened.
    pub(crate) ended: BTreeSet<QueueKey>,
    /// What the days before have taught.
    pub learned: Arc<Experience>,
}

/// Capacity that was added to the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Gain {
    /// As long as this counter does not close again.
    Counter(CounterKey),
    Time,
}

/// How long counters were open today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Staffed {
    /// So many are open since then.
    pub(crate) open: u32,
    pub(crate) since: Timestamp,
    /// When the first of them opened after none was.
    pub(crate) from: Timestamp,
    /// All counters together before that, in milliseconds.
    pub(crate) ms: u64,
}

impl Staffed {
    /// Open hours of all counters up to `now`, in milliseconds.
    pub(crate) fn ms_at(&self, now: Timestamp) -> u64 {
        let since = now.duration_since(self.since).as_millis();
        let since = u64::try_from(since).unwrap_or(0);
        self.ms
            .saturating_add(since.saturating_mul(self.open.into()))
    }
}

/// A counter today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterState {
    pub mode: CounterMode,
    /// Who serves there, where panels say so.
    pub clerk: Option<ClerkKey>,
    /// The visit that is called to or served here.
    pub running: Option<TicketId>,
    /// When it was called last; a recall counts, the start of the service does not.
    pub called_at: Option<Timestamp>,
    /// Since when it has nobody and could call.
    pub idle_since: Option<Timestamp>,
    /// Calls in a row that put somebody before one who waits longer.
    pub favoured: u32,
}

impl CounterState {
    pub fn is_open(&self) -> bool {
        self.mode == CounterMode::Open
    }
}

/// Whether people are called to a counter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CounterMode {
    Open,
    /// For a while; who was sent there keeps waiting for it.
    Paused,
    #[default]
    Closed,
}

/// A queue of which visitors can take no ticket for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// What the kiosk says to it.
    pub notice: String,
    pub since: Timestamp,
}

/// A clerk who needs help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    pub raised_at: Timestamp,
    pub raised_by: Actor,
    /// Who is on the way, and since when.
    pub accepted: Option<(Actor, Timestamp)>,
}

impl Day {
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame {
            office: &self.office,
            ends_at: self.ends_at,
        }
    }
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

    /// Who waits in a queue, by priority and place; those included who pause.
    pub fn line(&self, queue: &QueueKey) -> impl Iterator<Item = &Ticket> {
        let line = self.lines.get(queue).into_iter();
        line.flat_map(Line::tickets)
            .map(|ticket| &self.tickets[&ticket])
    }

    /// Every queue with the people in it.
    pub fn lines(&self) -> &BTreeMap<QueueKey, Line> {
        &self.lines
    }

    /// How many wait in a queue.
    pub fn waiting(&self, queue: &QueueKey) -> u32 {
        let waiting = self.lines.get(queue).map_or(0, Line::len);
        u32::try_from(waiting).unwrap_or(u32::MAX)
    }

    /// Today's appointments of a queue whose people are not here yet, by agreed time.
    pub fn booked(&self, queue: &QueueKey) -> impl Iterator<Item = &Ticket> {
        let booked = self.booked.get(queue).into_iter().flatten();
        booked.map(|(_, ticket)| &self.tickets[ticket])
    }

    /// Appointments of later days, by id.
    pub fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.bookings.values()
    }

    pub fn counter(&self, key: &CounterKey) -> Option<&CounterState> {
        self.counters.get(key)
    }

    /// Whether the plan has no room for one more of this service today.
    pub fn is_sold_out(&self, service: &ServiceKey) -> bool {
        self.sold_out.contains_key(service)
    }

    /// The queues that are locked now.
    pub fn locks(&self) -> &BTreeMap<QueueKey, Lock> {
        &self.locks
    }

    /// The counters whose clerk needs help now.
    pub fn emergencies(&self) -> &BTreeMap<CounterKey, Emergency> {
        &self.emergencies
    }

    /// Visits finished today.
    pub fn finished(&self) -> u32 {
        self.finished
    }

    /// Until when a number rests whose visit ended at `at`. One that the centre gave rests as long as
    /// those of a series that would write it too; else nobody here gives it again.
    pub(crate) fn rests_until(&self, number: &TicketNumber, at: Timestamp) -> Timestamp {
        let series = self.office().and_then(|office| match &number.given_by {
            GivenBy::Series { series, .. } => office.series(series),
            GivenBy::Centre => office
                .series
                .iter()
                .find(|series| series.reads(&number.label)),
        });
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

    /// When the engine wants `TimePassed`: the end of a queue's overtime, or of the day.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let day = self.day.as_ref()?;
        let overtime = day.overtime_ends.values().min();
        Some(overtime.map_or(day.ends_at, |ends| day.ends_at.min(*ends)))
    }
}
