//! The plan of the rest of a day for people: as a table, and as a chart to look at or to print.
//!
//! ```text
//! State ──engine's plan and windows──▶ Sheet ──▶ table: text
//! OfficeDocument ──▶ Names ──────────────┘ └───▶ chart: SVG
//! ```
//!
//! Owns how the plan is shown. Plans nothing: the engine does. Holds nothing of a person but the number
//! and what the visit is for.
//!
//! Pure: no clock, I/O, randomness.

mod chart;
mod hours;
mod names;
mod sheet;
mod table;

pub use chart::chart;
pub use names::Names;
pub use sheet::{Newcomers, Row, Service, Sheet, Stay, Waiting};
pub use table::table;

#[cfg(test)]
mod tests;
