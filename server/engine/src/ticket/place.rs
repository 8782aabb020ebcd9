//! Who comes before whom: places and priorities.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::EventSeq;

/// A place in the order of calls: smaller is earlier. Appointments of one instant that became known
/// together have the same until they check in; then the ticket's id counts.
///
/// `at` is when the place was earned: the arrival, or the agreed time. Who is put behind somebody
/// takes over that one's `at` and `seq` and stands behind by `then`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub at: Timestamp,
    /// The record that gave the place, or that of the one whom it is behind.
    pub seq: EventSeq,
    /// The record that put it behind somebody; 0 where none did.
    pub then: EventSeq,
}

impl Place {
    /// A place earned at `at`, by record `seq`.
    pub fn earned(at: Timestamp, seq: EventSeq) -> Self {
        let then = EventSeq(0);
        Self { at, seq, then }
    }

    /// The place behind this one that record `seq` gives.
    #[must_use]
    pub fn behind(self, seq: EventSeq) -> Self {
        Self { then: seq, ..self }
    }

    /// Whether both go back to the same earned place.
    pub fn has_same_root(self, other: Self) -> bool {
        (self.at, self.seq) == (other.at, other.seq)
    }
}

/// How soon somebody is called among those who wait: 1 before 2 before 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Priority(u8);

impl Priority {
    /// Before all others, given by staff.
    pub const FIRST: Self = Self(1);
    /// What an appointment has unless somebody says otherwise; as in the central system.
    pub const APPOINTMENT: Self = Self(2);
    /// What a walk-in has unless somebody says otherwise.
    pub const WALK_IN: Self = Self(3);
    /// All of them, the first first.
    pub const ALL: [Self; 3] = [Self::FIRST, Self::APPOINTMENT, Self::WALK_IN];
}

impl TryFrom<u8> for Priority {
    type Error = String;

    fn try_from(priority: u8) -> Result<Self, String> {
        match priority {
            1..=3 => Ok(Self(priority)),
            _ => Err(format!("priority {priority} is not 1, 2 or 3")),
        }
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        priority.0
    }
}
