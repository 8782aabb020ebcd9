//! The people who wait in one queue, in the order of priority and place.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Place, Priority, Ticket, TicketId};

type Standing = (Priority, Place, TicketId);

/// One queue's line. Those who are sent to one counter or person stand apart: nobody else looks at them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    free: BTreeSet<Standing>,
    bound: BTreeSet<Standing>,
}

impl Line {
    /// How many wait, paused and bound ones included.
    pub fn len(&self) -> usize {
        self.free.len() + self.bound.len()
    }

    pub fn is_empty(&self) -> bool {
        self.free.is_empty() && self.bound.is_empty()
    }

    /// Everybody in it, by priority and place.
    pub fn tickets(&self) -> impl Iterator<Item = TicketId> {
        let (mut free, mut bound) = (self.free.iter().peekable(), self.bound.iter().peekable());
        std::iter::from_fn(move || {
            let take_free = match (free.peek(), bound.peek()) {
                (Some(first), Some(other)) => first < other,
                (first, _) => first.is_some(),
            };
            let (_, _, ticket) = if take_free { free.next() } else { bound.next() }?;
            Some(*ticket)
        })
    }

    /// Those of one priority who may go to any counter, first place first.
    pub(crate) fn free(&self, priority: Priority) -> impl Iterator<Item = (Place, TicketId)> {
        let (first, last) = (Place::FIRST, Place::LAST);
        let (no_ticket, every_ticket) = (TicketId(Uuid::nil()), TicketId(Uuid::max()));
        let range = (priority, first, no_ticket)..=(priority, last, every_ticket);
        self.free
            .range(range)
            .map(|(_, place, ticket)| (*place, *ticket))
    }

    /// Those who were sent to one counter or person.
    pub(crate) fn bound(&self) -> impl Iterator<Item = TicketId> {
        self.bound.iter().map(|(_, _, ticket)| *ticket)
    }

    pub(crate) fn insert(&mut self, ticket: &Ticket) {
        let standing = (ticket.priority, ticket.place, ticket.id);
        self.side(ticket).insert(standing);
    }

    pub(crate) fn remove(&mut self, ticket: &Ticket) {
        let standing = (ticket.priority, ticket.place, ticket.id);
        self.side(ticket).remove(&standing);
    }

    /// Whether this ticket stands here, where it belongs.
    pub(crate) fn holds(&self, ticket: &Ticket) -> bool {
        let side = if ticket.bound.is_some() {
            &self.bound
        } else {
            &self.free
        };
        side.contains(&(ticket.priority, ticket.place, ticket.id))
    }

    /// How many stand before this one.
    pub(crate) fn ahead_of(&self, priority: Priority, place: Place) -> usize {
        let before = |(p, at, _): &&Standing| (*p, *at) < (priority, place);
        self.free.iter().take_while(before).count() + self.bound.iter().take_while(before).count()
    }

    fn side(&mut self, ticket: &Ticket) -> &mut BTreeSet<Standing> {
        if ticket.bound.is_some() {
            &mut self.bound
        } else {
            &mut self.free
        }
    }
}
