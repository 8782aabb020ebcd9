//! The list of people on the right: who waits, comes, is parked, was missed. Each in its order.

use std::rc::Rc;

use aufruf_protocol::latest::{Promise, Target, TicketRow, TicketState};
use jiff::Timestamp;

use super::stage::known_needs;
use super::{Controller, LineModel, List, Row, Whereabouts, Window};

/// The priority that goes before everybody, appointments too.
const URGENT: u8 = 1;

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
        let count = |list: List| self.in_list(list).count();
        LineModel {
            list: self.list,
            waiting: count(List::Waiting),
            booked: count(List::Booked),
            parked: count(List::Parked),
            missed: count(List::Missed),
            finished: self.mirror.panel().map_or(0, |panel| panel.finished),
            rows: Rc::clone(&self.rows),
            marked,
            step: self
                .marked_ticket()
                .and_then(|ticket| self.step_of(ticket))
                .map(|(step, _)| step),
        }
    }

    /// The people of the list that is shown, in their order.
    pub(super) fn listed(&self) -> Vec<&TicketRow> {
        let mut listed: Vec<_> = self.in_list(self.list).collect();
        match self.list {
            List::Booked => listed.sort_by_key(|ticket| (ticket.appointment_at, ticket.place)),
            List::Parked => listed.sort_by_key(|ticket| (ticket.since, ticket.place)),
            List::Waiting | List::Missed => listed.sort_by_key(|ticket| ticket.place),
        }
        listed
    }

    pub(super) fn in_state(&self, state: TicketState) -> impl Iterator<Item = &TicketRow> {
        let tickets = self.mirror.panel().map(|panel| panel.tickets.iter());
        tickets
            .into_iter()
            .flatten()
            .filter(move |ticket| ticket.state == state)
    }

    fn in_list(&self, list: List) -> impl Iterator<Item = &TicketRow> {
        let states: &[TicketState] = match list {
            List::Waiting => &[TicketState::Waiting],
            List::Booked => &[TicketState::Booked],
            List::Parked => &[TicketState::Parked, TicketState::PickUp],
            List::Missed => &[TicketState::Missed],
        };
        states.iter().flat_map(|state| self.in_state(*state))
    }

    fn row(&self, ticket: &TicketRow, office_now: Timestamp) -> Row {
        // Whoever is not in the line, or not now, has no window.
        let waits = ticket.state == TicketState::Waiting && ticket.pause.is_none();
        let window = ticket.expected.or(ticket.promise).filter(|_| waits);
        let agreed = ticket.appointment_at;
        let since = match ticket.state {
            TicketState::Waiting => ticket.arrived_at.unwrap_or(ticket.since),
            TicketState::Booked => agreed.unwrap_or(ticket.since),
            _ => ticket.since,
        };
        Row {
            id: ticket.id,
            number: ticket.number.clone(),
            services: self.services_of(ticket),
            language: self.foreign_language_of(ticket),
            needs: known_needs(ticket),
            persons: ticket.persons,
            urgent: ticket.priority == URGENT,
            appointment: agreed
                .filter(|_| ticket.state != TicketState::Booked)
                .map(|at| self.times.clock(at)),
            since: self.times.clock(since),
            call_about: window.map(|window| self.times.window(&window)),
            window: mark_of(window, ticket.promise, office_now),
            whereabouts: self.whereabouts_of(ticket),
            only: self.only_at(ticket),
            elsewhere: self.is_elsewhere(ticket),
            paper: self.paper_of(ticket.id),
        }
    }

    fn whereabouts_of(&self, ticket: &TicketRow) -> Option<Whereabouts> {
        let counter = || {
            let counter = ticket.counter.as_ref();
            counter.map_or_else(String::new, |counter| self.name_of_counter(counter))
        };
        match (ticket.state, ticket.pause) {
            (TicketState::Waiting, Some(pause)) => {
                Some(Whereabouts::AwayUntil(self.times.clock(pause.until)))
            }
            (TicketState::Parked, _) => Some(Whereabouts::ParkedAt(counter())),
            (TicketState::PickUp, _) => Some(Whereabouts::FetchesAt(counter())),
            _ => None,
        }
    }

    /// Who alone calls this person, where that is somebody else or this counter alone.
    fn only_at(&self, ticket: &TicketRow) -> Option<String> {
        let bound = ticket.bound.as_ref()?;
        (*bound != Target::Unknown).then(|| self.name_of_target(bound))
    }
}

/// `shown` is when the call is expected by now, `told` what stands on the paper.
fn mark_of(shown: Option<Promise>, told: Option<Promise>, office_now: Timestamp) -> Window {
    match (shown, told) {
        (Some(shown), _) if shown.high < office_now => Window::Over,
        (Some(shown), Some(told)) if shown.high > told.high => Window::Later,
        _ => Window::Holds,
    }
}
