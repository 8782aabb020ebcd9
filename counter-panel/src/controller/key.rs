//! The clerk's keys, and what a key asks of the server.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{CounterKey, TicketId};

/// One key of the panel, by its meaning. Which button of the keyboard it is, the screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Opens a closed counter and closes an open one.
    Door,
    /// Calls whoever is next.
    Next,
    /// Calls the called person once more.
    Again,
    /// The called person did not come.
    DidNotCome,
    /// Puts the called person back where they stood.
    BackIntoLine,
    /// The called person is here.
    Start,
    /// The visit is over.
    Finish,
    /// Calls the person marked in the list.
    CallMarked,
    /// Puts the missed person marked in the list at the end of the line.
    LineUpMarked,
}

impl Key {
    pub const ALL: [Self; 9] = [
        Self::Door,
        Self::Next,
        Self::Again,
        Self::DidNotCome,
        Self::BackIntoLine,
        Self::Start,
        Self::Finish,
        Self::CallMarked,
        Self::LineUpMarked,
    ];
}

/// What one press asks of the server. The shell sends it once, under one command key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    OpenCounter(CounterKey),
    CloseCounter(CounterKey),
    CallNext(CounterKey),
    Act(TicketId, TicketAction),
}
