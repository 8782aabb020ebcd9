//! The window told to a visitor. [`crate::planning`] makes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// People are told windows of whole steps of this, in seconds.
const STEP_SECS: i64 = 300;

/// The call comes between `low` and `high`, most likely at `mid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub low: Timestamp,
    pub mid: Timestamp,
    pub high: Timestamp,
}

/// By what the halves of a window were multiplied before it was told, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    pub early: u16,
    pub late: u16,
}

impl Promise {
    /// The window as people are told it: rounded outwards to 5 minutes, its middle down, so that a screen
    /// hears of it only when people see a change.
    #[must_use]
    pub fn for_people(self) -> Self {
        let floor = |at: Timestamp| at.as_second().div_euclid(STEP_SECS) * STEP_SECS;
        let at = |secs: i64| Timestamp::from_second(secs).unwrap_or(self.mid);
        let high = floor(self.high);
        // A window that people are told has a length, even where the moment is known.
        let up = if high < self.high.as_second() || high <= floor(self.low) {
            high + STEP_SECS
        } else {
            high
        };
        Self {
            low: at(floor(self.low)),
            mid: at(floor(self.mid)),
            high: at(up),
        }
    }
}
