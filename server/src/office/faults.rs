//! Every fault of an office file that can be read: where it stands and what to write instead.
//!
//! The document's own faults first, then the engine's. The engine knows no file: what it says is
//! told here with the words that stand in `office.toml`.

mod engine;
mod hours;
mod own;

use super::OfficeDocument;
use super::lines::{Lines, Step};
use super::texts;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) path: Vec<Step>,
    text: String,
}

impl Fault {
    pub(super) fn new(path: &[Step], text: impl Into<String>) -> Self {
        let (path, text) = (path.to_vec(), text.into());
        Self { path, text }
    }

    /// With its line, as far as the file has one.
    pub(super) fn told(&self, lines: &Lines<'_>) -> String {
        match lines.line(&self.path) {
            Some(line) => format!("line {line}: {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Every fault of the document. One with none can come into use.
pub(super) fn of(document: &OfficeDocument) -> Vec<Fault> {
    let mut faults = texts::faults(document);
    faults.extend(own::faults(document));
    for (n, queue) in document.queues.iter().enumerate() {
        faults.extend(hours::of_queue(n, queue));
    }
    for (n, counter) in document.counters.iter().enumerate() {
        faults.extend(hours::of_counter(n, counter));
    }
    faults.extend(engine::faults(document));
    faults
}
