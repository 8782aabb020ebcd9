//! An office day as it is written: hours, services, counters with their shifts, and who comes for
//! what. All times are whole seconds since local midnight.
//!
//! ```json
//! { "opens": 28800, "closes": 57600, "no_show_s": 120,
//!   "services": [{ "id": "passport", "planned_s": 720 }],
//!   "counters": [{ "id": "1", "services": ["passport"], "shifts": [[28800, 43200], [45000, 57600]] }],
//!   "appointments": [{ "id": "A1", "service": "passport", "at": 30000, "arrives": 29700, "takes_s": 600 }],
//!   "walk_ins": [{ "id": "W1", "service": "passport", "arrives": 29000, "takes_s": 540, "patience_s": null }] }
//! ```
//!
//! A day that was parsed is sound. What a file says beyond this is for others.
//!
//! Pure: text in, day out.

mod faults;

use serde::{Deserialize, Deserializer};

pub use faults::FaultyDay;

use super::seconds::Second;

/// One office day, sound. Only [`Day::parse`] makes one.
#[derive(Debug, Clone, Deserialize)]
pub struct Day {
    pub(super) opens: Second,
    pub(super) closes: Second,
    /// How long a counter waits for somebody who was called and does not come.
    pub(super) no_show_s: i64,
    pub(super) services: Vec<Service>,
    pub(super) counters: Vec<Counter>,
    pub(super) appointments: Vec<Appointment>,
    pub(super) walk_ins: Vec<WalkIn>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Service {
    pub(super) id: String,
    /// The time at the counter that the office plans with.
    pub(super) planned_s: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Counter {
    pub(super) id: String,
    pub(super) services: Vec<String>,
    /// From, to; the end not included.
    pub(super) shifts: Vec<(Second, Second)>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Appointment {
    pub(super) id: String,
    pub(super) service: String,
    /// The agreed time.
    pub(super) at: Second,
    /// When the person reports; none: never comes.
    #[serde(deserialize_with = "written")]
    pub(super) arrives: Option<Second>,
    pub(super) takes_s: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct WalkIn {
    pub(super) id: String,
    pub(super) service: String,
    pub(super) arrives: Second,
    pub(super) takes_s: i64,
    /// Leaves silently when not called within it; none: stays.
    #[serde(deserialize_with = "written")]
    pub(super) patience_s: Option<i64>,
}

impl Day {
    /// Reads a day and looks it over.
    ///
    /// # Errors
    /// [`FaultyDay`]: the first thing that is wrong, where it stands, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, FaultyDay> {
        let day: Self =
            serde_json::from_str(text).map_err(|fault| FaultyDay::Unreadable(fault.to_string()))?;
        day.check()?;
        Ok(day)
    }
}

/// `null` has to be written: a misspelt field would send everybody away.
fn written<'de, D: Deserializer<'de>>(field: D) -> Result<Option<i64>, D::Error> {
    Option::deserialize(field)
}

#[cfg(test)]
mod tests;
