//! Where the device stands in its stream: epoch and sequence, and whether a message follows on.
//! Pure.

use aufruf_protocol::latest::{Resume, ServerMessage};

/// The place of the last message that was taken in.
#[derive(Debug, Default)]
pub(crate) struct Position {
    epoch: Option<String>,
    seq: Option<u64>,
}

/// What a message means for the place in the stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It belongs here: pass it on.
    Follows,
    /// Something between was lost: connect again and take a snapshot.
    Gap { expected: Option<u64>, got: u64 },
}

impl Position {
    /// Takes the next message of the stream.
    pub(crate) fn take(&mut self, message: &ServerMessage) -> Step {
        match message {
            ServerMessage::Welcome(welcome) => {
                if self.epoch.as_ref() != Some(&welcome.epoch) {
                    self.epoch = Some(welcome.epoch.clone());
                    self.seq = None;
                }
                Step::Follows
            }
            ServerMessage::Snapshot { seq, .. } => {
                self.seq = Some(*seq);
                Step::Follows
            }
            ServerMessage::Delta { seq, .. }
            | ServerMessage::Call { seq, .. }
            | ServerMessage::PrintJob { seq, .. } => self.follow(*seq),
            ServerMessage::Ping { .. } | ServerMessage::Unknown => Step::Follows,
        }
    }

    /// Whether the view is whole as far as this device can know.
    pub(crate) fn is_known(&self) -> bool {
        self.seq.is_some()
    }

    /// From where the server may go on; none means that a snapshot is needed.
    pub(crate) fn resume(&self) -> Option<Resume> {
        Some(Resume {
            epoch: self.epoch.clone()?,
            seq: self.seq?,
        })
    }

    fn follow(&mut self, got: u64) -> Step {
        let expected = self.seq.map(|seq| seq + 1);
        if expected == Some(got) {
            self.seq = Some(got);
            return Step::Follows;
        }
        self.seq = None;
        Step::Gap { expected, got }
    }
}

#[cfg(test)]
mod tests {
    use aufruf_protocol::latest::{DisplayView, OfficeInfo, Role, View, Welcome};
    use jiff::Timestamp;

    use super::*;

    fn welcome(epoch: &str) -> ServerMessage {
        ServerMessage::Welcome(Box::new(Welcome {
            protocol: 1,
            software: "test".to_owned(),
            epoch: epoch.to_owned(),
            device: "display-1".to_owned(),
            role: Role::Printer,
            now: Timestamp::UNIX_EPOCH,
            office: OfficeInfo::default(),
        }))
    }

    fn snapshot(seq: u64) -> ServerMessage {
        let view = View::Display(DisplayView::default());
        ServerMessage::Snapshot { seq, view }
    }

    fn delta(seq: u64) -> ServerMessage {
        let changes = Vec::new();
        ServerMessage::Delta { seq, changes }
    }

    fn after(messages: &[ServerMessage]) -> Position {
        let mut position = Position::default();
        for message in messages {
            assert_eq!(position.take(message), Step::Follows);
        }
        position
    }

    #[test]
    fn a_stream_without_gaps_can_be_resumed_where_it_stands() {
        let position = after(&[welcome("a"), snapshot(7), delta(8), delta(9)]);
        let epoch = "a".to_owned();
        assert_eq!(position.resume(), Some(Resume { epoch, seq: 9 }));
    }

    #[test]
    fn a_missing_a_repeated_and_a_first_delta_without_snapshot_are_gaps() {
        for (seq, known) in [(9, true), (7, true), (1, false)] {
            let mut position = after(&[welcome("a")]);
            if known {
                position.take(&snapshot(7));
            }
            let expected = known.then_some(8);
            assert_eq!(position.take(&delta(seq)), Step::Gap { expected, got: seq });
            assert_eq!(position.resume(), None);
        }
    }

    #[test]
    fn a_new_epoch_needs_a_snapshot_and_the_same_one_goes_on() {
        let mut position = after(&[welcome("a"), snapshot(7)]);
        position.take(&welcome("a"));
        assert!(position.is_known());
        position.take(&welcome("b"));
        assert!(!position.is_known());
    }
}
