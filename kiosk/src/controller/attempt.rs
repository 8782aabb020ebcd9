//! One request for a ticket, kept until its fate is known, so that a lost answer brings no second ticket.

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{IssueTicket, ServiceKey};
use jiff::{SignedDuration, Timestamp};

/// So long after the first press the same service pressed again is the same wish.
const SAME_WISH: SignedDuration = SignedDuration::from_secs(60);

/// What to send, and the key to send it under. It is repeated word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub key: CommandKey,
    pub ask: IssueTicket,
    pressed_at: Timestamp,
}

impl Attempt {
    pub(crate) fn new(key: CommandKey, ask: IssueTicket, now: Timestamp) -> Self {
        Self {
            key,
            ask,
            pressed_at: now,
        }
    }

    pub(crate) fn is_same_wish(&self, service: &ServiceKey, now: Timestamp) -> bool {
        self.ask.services.first() == Some(service)
            && now.duration_since(self.pressed_at) < SAME_WISH
    }
}
