//! One request of a visitor, kept until its fate is known, so that a lost answer brings no second ticket.

use std::time::Duration;

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{CheckIn, IssueTicket, ServiceKey};

/// So long after the first press the same wish again is the same request.
const SAME_WISH: Duration = Duration::from_mins(1);

/// What the visitor came for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    Service(ServiceKey),
    /// Says that they are here, with the number or code that they typed.
    CheckIn(String),
}

/// What the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    Ticket(IssueTicket),
    CheckIn(CheckIn),
}

/// What to send, and the key to send it under. It is repeated word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub key: CommandKey,
    pub ask: Ask,
    pub(crate) wish: Wish,
    /// Since the program started.
    pressed_at: Duration,
}

impl Attempt {
    pub(crate) fn new(key: CommandKey, ask: Ask, wish: Wish, now: Duration) -> Self {
        Self {
            key,
            ask,
            wish,
            pressed_at: now,
        }
    }

    pub(crate) fn is_same_wish(&self, wish: &Wish, now: Duration) -> bool {
        &self.wish == wish && now.saturating_sub(self.pressed_at) < SAME_WISH
    }
}
