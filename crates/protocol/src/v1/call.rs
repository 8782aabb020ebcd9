//! A call as displays show it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallId, CounterKey, Language, QueueKey, Texts, TicketId};

/// How to get to a counter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Way {
    /// Room, floor and turn in the office's words.
    pub text: Texts,
    pub arrow: Arrow,
}

wire_enum! {
    /// Which way the counter lies, seen from the display.
    Arrow {
        Left = "left",
        Right = "right",
        Up = "up",
        Down = "down",
        Ahead = "ahead",
    }
    unknown:
    /// No direction is known: draw no arrow.
}

impl Default for Arrow {
    fn default() -> Self {
        Self::Unknown
    }
}

/// One calling of one ticket, pushed before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Call {
    pub id: CallId,
    pub ticket: TicketId,
    pub number: String,
    pub queue: QueueKey,
    pub counter: CounterKey,
    /// The visitor's language, for speech.
    pub language: Language,
    #[schema(value_type = String, format = DateTime)]
    pub called_at: Timestamp,
    /// 1 for the first call; a recall counts on.
    pub nth: u32,
}

/// Who has shown a call, as the panel of the counter tells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Seen {
    /// Displays of the counter's areas that have painted it.
    pub painted: u32,
    /// Displays of the counter's areas that have announced it.
    pub announced: u32,
    /// Displays of the counter's areas that are connected now.
    pub displays: u32,
}
