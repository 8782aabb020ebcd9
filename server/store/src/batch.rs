//! What is committed together, and the border where it is checked before it is written.

use aufruf_engine::{Event, EventSeq, Record};
use jiff::Timestamp;

use crate::CommitError;
use crate::column::is_whole_ms;

/// Records and answers that are on disk together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// In the order of their numbers, going on where the batch before ended.
    pub records: Vec<Record>,
    pub answers: Vec<Answer>,
}

/// What a device was answered under an idempotency key. The first answer under a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub device: String,
    pub key: String,
    /// Kept to the millisecond.
    pub at: Timestamp,
    /// The HTTP status.
    pub status: u16,
    pub body: String,
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.answers.is_empty()
    }

    /// Whether what is written here will read back equal, behind a journal that ends with `last`.
    pub(crate) fn check(&self, last: EventSeq) -> Result<(), CommitError> {
        let opens_a_day = |record: &Record| matches!(record.event, Event::DayOpened { .. });
        if last == EventSeq(0)
            && self
                .records
                .first()
                .is_some_and(|first| !opens_a_day(first))
        {
            return Err(CommitError::NoDay);
        }
        for (expected, record) in (last.0 + 1..).zip(&self.records) {
            if record.seq.0 != expected {
                let found = record.seq.0;
                return Err(CommitError::OutOfOrder { expected, found });
            }
            if !is_whole_ms(record.at) {
                let (seq, at) = (record.seq.0, record.at);
                return Err(CommitError::FinerThanMilliseconds { seq, at });
            }
        }
        Ok(())
    }
}
