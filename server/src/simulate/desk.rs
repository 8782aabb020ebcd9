//! A counter in the replay: its roster, and whom it called.
//!
//! Pure: no clock.

use aufruf_engine::{CounterKey, TicketId};

use super::day::{Counter, Day};
use super::roster::Roster;
use super::seconds::Second;

/// One counter, in the order of the file.
#[derive(Debug)]
pub(super) struct Desk<'d> {
    pub(super) id: &'d str,
    pub(super) key: CounterKey,
    pub(super) roster: Roster,
    pub(super) visit: Option<Visit>,
}

/// Whom a counter called, and how that goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) visitor: usize,
    pub(super) ticket: TicketId,
    pub(super) called_at: Second,
    /// When the counter is free again.
    pub(super) ends_at: Second,
    pub(super) came: Came,
}

/// Whether the person came when called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    Yes,
    No,
}

impl<'d> Desk<'d> {
    pub(super) fn of(day: &Day, counter: &'d Counter) -> Self {
        Self {
            id: &counter.id,
            key: CounterKey::new(&counter.id),
            roster: Roster::of(&counter.shifts, day.opens, day.closes),
            visit: None,
        }
    }
}
