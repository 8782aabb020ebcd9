//! What is needed to take a step back: the last step of each visit, for as long as the office allows.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Actor, CounterKey, CounterState, EventSeq, Ticket, TicketId};

/// One step, and how things stood around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) before: Ticket,
    /// Those whom the call put behind.
    pub(crate) overtook: Vec<TicketId>,
    /// The counters that it touched, before and after.
    pub(crate) counters: Vec<(CounterKey, CounterState, CounterState)>,
}

/// The latest steps, by their records. A step leaves when another one touches its visit, or when
/// it is too old to be taken back: the memory is bounded by what a house does in that time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Undos {
    steps: BTreeMap<EventSeq, Step>,
    latest: BTreeMap<TicketId, EventSeq>,
}

impl Undos {
    pub(crate) fn of(&self, ticket: TicketId) -> Option<(EventSeq, &Step)> {
        let seq = *self.latest.get(&ticket)?;
        Some((seq, self.steps.get(&seq)?))
    }

    pub(crate) fn keep(&mut self, seq: EventSeq, step: Step) {
        self.forget(step.before.id);
        self.latest.insert(step.before.id, seq);
        self.steps.insert(seq, step);
    }

    /// Something happened to this visit that cannot be taken back.
    pub(crate) fn forget(&mut self, ticket: TicketId) -> Option<Step> {
        let seq = self.latest.remove(&ticket)?;
        self.steps.remove(&seq)
    }

    pub(crate) fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// Steps older than `within_secs` at `now` go.
    pub(crate) fn forget_old(&mut self, now: Timestamp, within_secs: u32) {
        let within = SignedDuration::from_secs(i64::from(within_secs));
        while let Some(oldest) = self.steps.first_entry() {
            if now.duration_since(oldest.get().at) <= within {
                break;
            }
            let step = oldest.remove();
            self.latest.remove(&step.before.id);
        }
    }
}
