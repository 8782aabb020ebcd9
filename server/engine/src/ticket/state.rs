//! Where a visit stands, with what only that state has. The steps between them: see the module above.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{CallId, CounterKey};

/// Where a visit stands, with what only that state has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TicketState {
    /// Has an appointment and is not here yet.
    Booked,
    Waiting {
        /// Is not called before this has passed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pause: Option<Pause>,
    },
    Called {
        counter: CounterKey,
        call: CallId,
    },
    Serving {
        counter: CounterKey,
        call: CallId,
    },
    /// Served so far, and goes on later: at this counter or elsewhere.
    Parked {
        counter: CounterKey,
    },
    /// Called in vain often enough.
    Missed,
    /// Served; comes back to fetch what is being made.
    PickUp {
        counter: CounterKey,
    },
    Finished {
        result: VisitResult,
    },
    Cancelled,
    /// Still open when the day, or the queue's overtime, ended.
    Expired {
        from: ExpiredFrom,
    },
}

impl TicketState {
    /// Waiting, and can be called at once.
    pub const WAITING: Self = Self::Waiting { pause: None };

    /// The counter that called or serves the visit.
    pub fn counter(&self) -> Option<&CounterKey> {
        match self {
            Self::Called { counter, .. } | Self::Serving { counter, .. } => Some(counter),
            _ => None,
        }
    }

    /// The latest call, while it matters to a counter.
    pub fn call(&self) -> Option<CallId> {
        match self {
            Self::Called { call, .. } | Self::Serving { call, .. } => Some(*call),
            _ => None,
        }
    }

    /// The pause that this visit waits out, whether or not it is over.
    pub fn pause(&self) -> Option<Pause> {
        match self {
            Self::Waiting { pause } => *pause,
            _ => None,
        }
    }

    /// Whether the visit has ended for good.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Finished { .. } | Self::Cancelled | Self::Expired { .. }
        )
    }

    /// What this state becomes when its day ends.
    #[must_use]
    pub fn expired(&self) -> Self {
        let from = match self {
            Self::Booked => ExpiredFrom::Booked,
            Self::Missed => ExpiredFrom::Missed,
            Self::PickUp { .. } => ExpiredFrom::PickUp,
            _ => ExpiredFrom::Open,
        };
        Self::Expired { from }
    }

    /// The state's name, as on the wire and in logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Waiting { .. } => "waiting",
            Self::Called { .. } => "called",
            Self::Serving { .. } => "serving",
            Self::Parked { .. } => "parked",
            Self::Missed => "missed",
            Self::PickUp { .. } => "pick_up",
            Self::Finished { .. } => "finished",
            Self::Cancelled => "cancelled",
            Self::Expired { .. } => "expired",
        }
    }
}

/// Where a visit stood that expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiredFrom {
    /// Never came.
    Booked,
    /// Was called in vain and did not come again.
    Missed,
    /// Did not fetch what was made.
    PickUp,
    /// Was here: waited, stood at a counter or was parked.
    Open,
}

/// Somebody in the line who is not to be called for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub until: Timestamp,
    pub cause: PauseCause,
}

/// Why somebody in the line is not to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseCause {
    /// The visitor said: back in some minutes.
    Visitor,
    /// Was called and did not come.
    CallInVain,
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitResult {
    Served,
    /// Served, but not to be counted in the statistics.
    WithoutRecord,
    /// The person was here, and what they came for could not be done.
    NotPossible,
}
