//! What is on the wall, as values: the controller makes it, the adapter draws it. Two equal walls look
//! the same, so that nothing is redrawn that has not changed.

use aufruf_protocol::latest::{Arrow, CallId, Language};

/// Everything on the wall at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wall {
    /// The office's own language; none before the office is known.
    pub language: Option<Language>,
    /// The heading is also in this one.
    pub second_language: Option<Language>,
    pub office: String,
    /// `10:42`, by the office's time.
    pub clock: String,
    pub line: Line,
    pub current: Option<CurrentCall>,
    /// The newest first.
    pub list: Vec<ListedCall>,
    pub queues: Vec<QueueFigures>,
}

/// How the line to the server is, in what the wall says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The office has not been heard since `since` (`10:41`), when the program started.
    Connecting {
        since: String,
    },
    Live,
    /// What is on the wall is of `since` (`10:41`).
    Stale {
        since: String,
    },
}

impl Default for Line {
    fn default() -> Self {
        Self::Connecting {
            since: String::new(),
        }
    }
}

/// The call in the large field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentCall {
    pub call: CallId,
    pub number: String,
    /// `Platz 4`.
    pub counter: String,
    pub arrow: Arrow,
    /// Room, floor and turn; may be empty.
    pub way: String,
    /// The visitor was called before.
    pub again: bool,
    /// It is being announced right now.
    pub announcing: bool,
}

/// A call in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCall {
    pub call: CallId,
    pub number: String,
    /// `Platz`.
    pub counter_word: String,
    /// `4`.
    pub counter_name: String,
    /// Called, but not announced yet: the large field is still another's.
    pub coming: bool,
}

/// One line of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFigures {
    /// Empty for a neutral queue.
    pub name: String,
    pub prefix: String,
    pub waiting: u32,
    pub wait: Wait,
}

/// How long somebody who comes now will wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// No counter that serves the queue is open, or nobody can say.
    Unknown,
    /// Within five minutes.
    Soon,
    /// Between so many minutes, both in steps of five.
    Minutes { low: i64, high: i64 },
}
