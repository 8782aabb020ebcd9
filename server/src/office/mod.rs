//! The office's own description: the file people edit, and what the engine and the screens take from it.

mod document;
mod words;

pub(crate) use document::Arrow;
pub use document::{FaultyFile, OfficeDocument};
pub use words::TicketWords;
