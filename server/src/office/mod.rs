//! The office's own description: the file people edit, and what the engine and the screens take from it.
//!
//! ```text
//! office.toml ──reading──▶ OfficeDocument ──to_engine──▶ engine::Office
//!      │ cannot be read        │ faults: its own, then the engine's
//!      ▼                       ▼
//!      FaultyFile: every fault with its line and what to write instead
//! ```
//!
//! Never decides anything, and never keeps the file: `aufruf-store` does.

mod calendar;
mod document;
mod faults;
mod lines;
mod reading;
mod rules;
mod texts;
mod things;
mod to_engine;
mod words;

pub use document::{FaultyFile, MAX_BYTES, OfficeDocument};
pub(crate) use things::Arrow;
pub use words::TicketWords;

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod calendar_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod shift_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod things_tests;
