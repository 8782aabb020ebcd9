//! What is committed together, and the border where it is checked before it is written.

use aufruf_engine::{Event, EventSeq, Record};
use jiff::Timestamp;

use crate::column::is_whole_ms;
use crate::{CommitError, Note};

/// Shorter words may stand in a record by chance.
const TELLING: usize = 16;

/// Records, answers and notes that are on disk together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// In the order of their numbers, going on where the batch before ended.
    pub records: Vec<Record>,
    pub answers: Vec<Answer>,
    /// Kept as long as their visits are open. Nothing of them may be in a record or an answer.
    pub notes: Vec<Note>,
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
        self.records.is_empty() && self.answers.is_empty() && self.notes.is_empty()
    }

    /// Whether the words of a note are where others look too.
    fn tells_a_note(&self) -> bool {
        let is_told = |text: &str| {
            let in_answer = self.answers.iter().any(|answer| answer.body.contains(text));
            let mut records = self.records.iter();
            in_answer || records.any(|record| record.event.encode().contains(text))
        };
        let notes = self.notes.iter().map(|note| note.text.as_str());
        notes.filter(|text| text.len() >= TELLING).any(is_told)
    }

    /// Whether what is written here will read back equal, behind a journal that ends with `last`.
    pub(crate) fn check(&self, last: EventSeq) -> Result<(), CommitError> {
        debug_assert!(!self.tells_a_note(), "a record or an answer tells a note");
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

#[cfg(test)]
mod tests {
    use super::*;
    use aufruf_engine::{Actor, TicketId};

    #[test]
    fn a_note_whose_words_are_in_an_answer_too_is_noticed() {
        let text = "brings the birth certificate";
        let note = Note {
            ticket: TicketId(uuid::Uuid::nil()),
            text: text.to_owned(),
            written_at: Timestamp::UNIX_EPOCH,
            by: Actor::new("panel-1"),
        };
        let answered = |body: &str| Batch {
            records: Vec::new(),
            answers: vec![Answer {
                device: "panel-1".to_owned(),
                key: "key-1".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                status: 200,
                body: body.to_owned(),
            }],
            notes: vec![note.clone()],
        };
        assert!(answered(&format!(r#"{{"note":"{text}"}}"#)).tells_a_note());
        assert!(!answered("{}").tells_a_note());
    }
}
