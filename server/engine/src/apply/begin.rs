//! How a visit begins: a ticket that is taken, an appointment that becomes known.

use std::collections::BTreeSet;

use crate::number::code_key;
use crate::{
    Appointment, Booking, Event, GivenBy, Language, Lasted, Place, Priority, QueueKey, Record,
    Source, State, Ticket, TicketId, TicketNumber, TicketState,
};

pub(super) fn issue(state: &mut State, record: &Record) {
    let Some(issued) = Ticket::issued(record) else {
        return;
    };
    state.numbers.give(&issued.number);
    if issued.source.is_self_service() {
        for queue in state.queues_of(&issued) {
            *state.taken.entry(queue).or_default() += 1;
        }
    }
    state.put(issued, record.at);
}

/// An appointment of today is a ticket, one of a later day is kept for it.
pub(super) fn book(state: &mut State, booking: &Booking, record: &Record) {
    let Some(day) = &state.day else { return };
    if booking.at >= day.ends_at {
        state.put_off(booking.ticket, record);
        state.forget_later(booking.ticket);
        for code in booking.codes() {
            let standing = (booking.at, booking.ticket);
            state.later_codes.entry(code).or_default().insert(standing);
        }
        state.bookings.insert(booking.ticket, booking.clone());
        return;
    }
    let service = booking.services.first();
    let queue = service.and_then(|service| day.office.service(service));
    let Some(queue) = queue.map(|service| service.queue.clone()) else {
        return;
    };
    state.forget_later(booking.ticket);
    state.undos.forget(booking.ticket);
    state.forget_codes(booking.ticket);
    let codes = booking.codes().map(|code| (code, booking.ticket));
    state.codes.extend(codes);
    state.received.insert(booking.ticket, booking.clone());
    state.put(Ticket::booked(booking, queue, record), record.at);
}

impl Booking {
    /// What the visitor can type: the number, and the code where there is one.
    pub(crate) fn codes(&self) -> impl Iterator<Item = String> {
        let codes = [Some(&self.number), self.code.as_ref()];
        codes.into_iter().flatten().map(|code| code_key(code))
    }
}

impl State {
    /// The queues that the services of this ticket belong to.
    fn queues_of(&self, ticket: &Ticket) -> BTreeSet<QueueKey> {
        let services = ticket.services.iter();
        let queues = services.filter_map(|key| Some(&self.office()?.service(key)?.queue));
        queues.cloned().collect()
    }

    /// An appointment of a later day that is changed, cancelled, or has come.
    pub(crate) fn forget_later(&mut self, ticket: TicketId) -> Option<Booking> {
        let booking = self.bookings.remove(&ticket)?;
        for code in booking.codes() {
            if let Some(holders) = self.later_codes.get_mut(&code) {
                holders.remove(&(booking.at, ticket));
                if holders.is_empty() {
                    self.later_codes.remove(&code);
                }
            }
        }
        Some(booking)
    }

    /// An appointment of today that is moved to another day is none of today any more.
    fn put_off(&mut self, id: TicketId, record: &Record) {
        let held = self.tickets.get(&id);
        let is_booked = held.is_some_and(|held| held.state == TicketState::Booked);
        if !is_booked {
            return;
        }
        self.undos.forget(id);
        self.received.remove(&id);
        self.forget_codes(id);
        if let Some(held) = self.tickets.remove(&id) {
            self.forget_learned(&held);
            self.take_out(&held);
            self.numbers.rest(&held.number.label, record.at);
        }
    }

    fn forget_codes(&mut self, ticket: TicketId) {
        let appointment = self.tickets.get(&ticket).and_then(|held| {
            let code = held.appointment.as_ref()?.code.clone();
            Some([Some(held.number.label.clone()), code])
        });
        for code in appointment.into_iter().flatten().flatten() {
            self.codes.remove(&code_key(&code));
        }
    }
}

impl Ticket {
    /// The visit that a `TicketIssued` begins; none for a record of anything else.
    pub fn issued(record: &Record) -> Option<Self> {
        let Event::TicketIssued {
            ticket,
            number,
            queue,
            services,
            language,
            needs,
            promise,
            corrected,
            ahead,
            persons,
            priority,
            source,
        } = &record.event
        else {
            return None;
        };
        Some(Self {
            number: number.clone(),
            queue: queue.clone(),
            services: services.clone(),
            language: language.clone(),
            needs: needs.clone(),
            promise: *promise,
            corrected: *corrected,
            ahead: *ahead,
            persons: *persons,
            priority: *priority,
            source: *source,
            arrived_at: Some(record.at),
            state: TicketState::WAITING,
            ..Self::blank(*ticket, record)
        })
    }

    /// The visit that an appointment of today is.
    pub(crate) fn booked(booking: &Booking, queue: QueueKey, record: &Record) -> Self {
        Self {
            number: TicketNumber {
                label: booking.number.clone(),
                given_by: GivenBy::Centre,
            },
            queue,
            services: booking.services.clone(),
            language: booking.language.clone(),
            needs: booking.needs.clone(),
            persons: booking.persons,
            priority: booking.priority,
            source: booking.source,
            appointment: Some(Appointment {
                at: booking.at,
                code: booking.code.clone(),
            }),
            place: Place::earned(booking.at, record.seq),
            ..Self::blank(booking.ticket, record)
        }
    }

    fn blank(id: TicketId, record: &Record) -> Self {
        Self {
            id,
            number: TicketNumber {
                label: String::new(),
                given_by: GivenBy::Centre,
            },
            queue: QueueKey::new(""),
            services: Vec::new(),
            served: Vec::new(),
            persons: 1,
            language: Language::new("und"),
            needs: BTreeSet::new(),
            priority: Priority::WALK_IN,
            source: Source::Centre,
            appointment: None,
            known_at: record.at,
            arrived_at: None,
            issued_by: record.by.clone(),
            ahead: 0,
            promise: None,
            corrected: None,
            place: Place::earned(record.at, record.seq),
            bound: None,
            calls: 0,
            calls_in_vain: 0,
            in_vain: Lasted::default(),
            why: None,
            overtaken: 0,
            first_called_at: None,
            served_ms: 0,
            state: TicketState::Booked,
            since: record.at,
        }
    }
}
