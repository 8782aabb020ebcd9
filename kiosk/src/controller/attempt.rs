//! One request for a ticket, kept until its fate is known, so that a lost answer brings no second ticket.

use std::time::Duration;

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{IssueTicket, ServiceKey};

/// So long after the first press the same service pressed again is the same wish.
const SAME_WISH: Duration = Duration::from_mins(1);

/// What to send, and the key to send it under. It is repeated word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub key: CommandKey,
    pub ask: IssueTicket,
    /// Since the program started.
    pressed_at: Duration,
}

impl Attempt {
    pub(crate) fn new(key: CommandKey, ask: IssueTicket, now: Duration) -> Self {
        Self {
            key,
            ask,
            pressed_at: now,
        }
    }

    pub(crate) fn is_same_wish(&self, service: &ServiceKey, now: Duration) -> bool {
        self.ask.services.first() == Some(service)
            && now.saturating_sub(self.pressed_at) < SAME_WISH
    }
}
