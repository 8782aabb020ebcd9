//! The clerk's keys, and what a key asks of the server.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{CounterKey, LockQueues, TicketId, UnlockQueues};

/// One key of the panel, by its meaning. Which button of the keyboard it is, the screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Opens a closed counter, ends its break, and closes an open one.
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
    /// What the list is for: checks in who has an appointment, goes on with a parked visit, lines up
    /// who was missed, brings back who is away.
    StepMarked,
    /// Takes the panel's last step back.
    TakeBack,
    /// Everything else.
    More,
    /// Everything else for the person marked in the list.
    MoreOfMarked,
    /// The clerk here needs help.
    Help,
}

impl Key {
    /// The keys that are offered or not; the others are always there.
    pub const ALL: [Self; 9] = [
        Self::Door,
        Self::Next,
        Self::Again,
        Self::DidNotCome,
        Self::BackIntoLine,
        Self::Start,
        Self::Finish,
        Self::CallMarked,
        Self::StepMarked,
    ];
}

/// What one press asks of the server. The shell sends it once, under one command key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    OpenCounter {
        counter: CounterKey,
        /// Who serves there from now on; none: nobody says, or the one who is there stays.
        clerk: Option<String>,
    },
    PauseCounter(CounterKey),
    CloseCounter(CounterKey),
    MoveCounter {
        from: CounterKey,
        to: CounterKey,
    },
    CallNext(CounterKey),
    Act(TicketId, TicketAction),
    CheckIn(TicketId),
    ReadNote(TicketId),
    Lock(LockQueues),
    Unlock(UnlockQueues),
    RaiseEmergency(CounterKey),
    AcceptEmergency(CounterKey),
    EndEmergency(CounterKey),
}

impl Order {
    /// Goes beside all others: help waits for no other answer.
    pub fn is_about_help(&self) -> bool {
        matches!(
            self,
            Self::RaiseEmergency(_) | Self::AcceptEmergency(_) | Self::EndEmergency(_)
        )
    }
}
