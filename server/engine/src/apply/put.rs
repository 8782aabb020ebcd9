//! The one way a ticket gets into the state: lines, appointments, counters and numbers follow it.

use jiff::Timestamp;

use crate::{CounterKey, State, Ticket, TicketState};

impl State {
    /// Puts a ticket in the place of what the state holds under its id.
    pub(crate) fn put(&mut self, ticket: Ticket, at: Timestamp) {
        let before = self.tickets.get(&ticket.id).cloned();
        if let Some(before) = &before {
            self.take_out(before);
        }
        let came_from = before.as_ref().and_then(|before| before.state.counter());
        if came_from != ticket.state.counter() {
            self.leave_counter(came_from, &ticket, at);
        }
        if let Some(counter) = ticket.state.counter() {
            self.counters.entry(counter.clone()).or_default().running = Some(ticket.id);
        }
        self.follow_number(before.as_ref(), &ticket, at);
        self.follow_finished(before.as_ref(), &ticket);
        self.learn(before.as_ref(), &ticket);
        self.put_in(&ticket);
        self.tickets.insert(ticket.id, ticket);
    }

    pub(super) fn take_out(&mut self, ticket: &Ticket) {
        match (&ticket.state, &ticket.appointment) {
            (TicketState::Waiting { .. }, _) => {
                if let Some(line) = self.lines.get_mut(&ticket.queue) {
                    line.remove(ticket);
                }
            }
            (TicketState::Booked, Some(appointment)) => {
                if let Some(booked) = self.booked.get_mut(&ticket.queue) {
                    booked.remove(&(appointment.at, ticket.id));
                    if booked.is_empty() {
                        self.booked.remove(&ticket.queue);
                    }
                }
            }
            _ => {}
        }
    }

    fn put_in(&mut self, ticket: &Ticket) {
        match (&ticket.state, &ticket.appointment) {
            (TicketState::Waiting { .. }, _) => {
                let line = self.lines.entry(ticket.queue.clone()).or_default();
                line.insert(ticket);
            }
            (TicketState::Booked, Some(appointment)) => {
                let booked = self.booked.entry(ticket.queue.clone()).or_default();
                booked.insert((appointment.at, ticket.id));
            }
            _ => {}
        }
    }

    fn leave_counter(&mut self, counter: Option<&CounterKey>, ticket: &Ticket, at: Timestamp) {
        let counter = counter.and_then(|counter| self.counters.get_mut(counter));
        if let Some(counter) = counter.filter(|counter| counter.running == Some(ticket.id)) {
            (counter.running, counter.called_at) = (None, None);
            counter.idle_since = Some(at);
        }
    }

    /// A number is taken while its visit is open, and rests from its end on. An end that is taken
    /// back opens it again.
    fn follow_number(&mut self, before: Option<&Ticket>, ticket: &Ticket, at: Timestamp) {
        let was_open = before.is_some_and(|before| !before.state.is_final());
        let is_open = !ticket.state.is_final();
        let renumbered = before.filter(|before| before.number != ticket.number);
        if let Some(before) = renumbered {
            self.numbers.rest(&before.number.label, at);
        }
        match (was_open, is_open) {
            (true, true) if renumbered.is_none() => {}
            (_, true) => self.numbers.open(&ticket.number.label),
            (true, false) => {
                let until = self.rests_until(&ticket.number, at);
                self.numbers.rest(&ticket.number.label, until);
            }
            (false, false) => {}
        }
    }

    /// Today teaches what its tickets teach as they stand now.
    fn learn(&mut self, before: Option<&Ticket>, ticket: &Ticket) {
        let Self { today, day, .. } = self;
        let Some(frame) = day.as_ref().map(crate::Day::frame) else {
            return;
        };
        if let Some(before) = before {
            today.take(before, frame);
        }
        today.add(ticket, frame);
    }

    pub(super) fn forget_learned(&mut self, ticket: &Ticket) {
        if let Some(day) = &self.day {
            self.today.take(ticket, day.frame());
        }
    }

    /// Another office may have planned other lengths: the day is summed up anew.
    pub(super) fn learn_anew(&mut self) {
        if let Some(day) = &self.day {
            self.today = crate::Experience::of(self.tickets.values(), day.frame());
        }
    }

    fn follow_finished(&mut self, before: Option<&Ticket>, ticket: &Ticket) {
        let is_finished = |ticket: &Ticket| matches!(ticket.state, TicketState::Finished { .. });
        match (before.is_some_and(is_finished), is_finished(ticket)) {
            (false, true) => self.finished += 1,
            (true, false) => self.finished = self.finished.saturating_sub(1),
            (true, true) | (false, false) => {}
        }
    }
}
