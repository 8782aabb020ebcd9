//! The list of people on the right: who waits, who was missed, in the order of their places.

use std::rc::Rc;

use aufruf_protocol::latest::{TicketRow, TicketState};
use jiff::Timestamp;

use super::stage::known_needs;
use super::{Controller, LineModel, List, Row};

impl Controller {
    pub(super) fn line(&mut self, office_now: Timestamp) -> LineModel {
        let listed = self.listed();
        let marked = listed
            .iter()
            .position(|ticket| Some(ticket.id) == self.marked);
        let rows: Vec<Row> = listed.iter().map(|row| self.row(row, office_now)).collect();
        // The same picture stays the same list, so that the screen has nothing to do.
        if rows[..] != self.rows[..] {
            self.rows = rows.into();
        }
        LineModel {
            list: self.list,
            waiting: self.in_state(TicketState::Waiting).count(),
            missed: self.in_state(TicketState::Missed).count(),
            finished: self.mirror.panel().map_or(0, |panel| panel.finished),
            rows: Rc::clone(&self.rows),
            marked,
        }
    }

    /// The people of the list that is shown, in their order.
    pub(super) fn listed(&self) -> Vec<&TicketRow> {
        let state = match self.list {
            List::Waiting => TicketState::Waiting,
            List::Missed => TicketState::Missed,
        };
        let mut listed: Vec<_> = self.in_state(state).collect();
        listed.sort_by_key(|ticket| ticket.place);
        listed
    }

    pub(super) fn in_state(&self, state: TicketState) -> impl Iterator<Item = &TicketRow> {
        let tickets = self.mirror.panel().map(|panel| panel.tickets.iter());
        tickets
            .into_iter()
            .flatten()
            .filter(move |ticket| ticket.state == state)
    }

    fn row(&self, ticket: &TicketRow, office_now: Timestamp) -> Row {
        // Whoever missed the call has no window any more.
        let (since, promise) = match self.list {
            List::Waiting => (ticket.arrived_at, ticket.promise),
            List::Missed => (ticket.since, None),
        };
        Row {
            id: ticket.id,
            number: ticket.number.clone(),
            services: self.services_of(ticket),
            language: self.foreign_language_of(ticket),
            needs: known_needs(ticket),
            since: self.times.clock(since),
            promised: promise.map(|promise| self.times.window(&promise)),
            overdue: promise.is_some_and(|promise| promise.high < office_now),
            elsewhere: self.is_elsewhere(ticket),
            paper: self.paper_of(ticket.id),
        }
    }
}
