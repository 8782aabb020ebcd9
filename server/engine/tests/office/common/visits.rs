//! Visitors: how they come, where they stand, and short ways through a whole visit.

use std::collections::BTreeSet;

use aufruf_engine::{
    Booking, ChangeTicket, Command, CounterKey, CounterState, Event, IssueTicket, Language, Need,
    Priority, QueueKey, Source, Ticket, TicketId, TicketState,
};
use jiff::Timestamp;

use super::{TestOffice, call, check_in, finish, id, next, service_keys, why};

impl TestOffice {
    /// A visitor takes a ticket for these services.
    #[track_caller]
    pub(crate) fn takes(&mut self, services: &[&str]) -> TicketId {
        let wish = self.wish(services);
        self.takes_as(wish)
    }

    #[track_caller]
    pub(crate) fn takes_as(&mut self, wish: IssueTicket) -> TicketId {
        let ticket = wish.ticket;
        self.does(Command::IssueTicket(wish));
        ticket
    }

    /// A clerk takes the ticket for somebody.
    #[track_caller]
    pub(crate) fn takes_by_staff(&mut self, services: &[&str]) -> TicketId {
        let wish = self.wish(services);
        self.takes_as(IssueTicket {
            source: Source::Counter,
            ..wish
        })
    }

    /// Staff put this one before the others, or behind.
    #[track_caller]
    pub(crate) fn takes_with_priority(&mut self, services: &[&str], priority: u8) -> TicketId {
        let priority = Priority::try_from(priority).expect("1, 2 or 3");
        let wish = self.wish(services);
        self.takes_as(IssueTicket { priority, ..wish })
    }

    #[track_caller]
    pub(crate) fn takes_with_need(&mut self, services: &[&str], need: Need) -> TicketId {
        let wish = self.wish(services);
        self.takes_as(IssueTicket {
            needs: BTreeSet::from([need]),
            ..wish
        })
    }

    /// What the kiosk would send, with an id that nobody has had.
    pub(crate) fn wish(&mut self, services: &[&str]) -> IssueTicket {
        self.issued += 1;
        IssueTicket {
            ticket: id(self.issued),
            services: service_keys(services),
            language: Language::new("de"),
            needs: BTreeSet::from([Need::LoweredCounter]),
            persons: 1,
            priority: Priority::WALK_IN,
            source: Source::Kiosk,
            shown: None,
        }
    }

    /// How many tickets were wished for: the id of the last one.
    pub(crate) fn wishes(&self) -> u128 {
        self.issued
    }

    /// An appointment for these services, with number `T001`, `T002` … and code `code-1`, `code-2` ….
    #[track_caller]
    pub(crate) fn books(&mut self, at: Timestamp, services: &[&str]) -> TicketId {
        let booking = self.booking(at, services);
        let ticket = booking.ticket;
        self.does(Command::BookAppointment(booking));
        ticket
    }

    /// What the centre would send, with an id that nobody has had.
    pub(crate) fn booking(&mut self, at: Timestamp, services: &[&str]) -> Booking {
        self.issued += 1;
        Booking {
            ticket: id(self.issued),
            number: format!("T{:03}", self.issued),
            code: Some(format!("code-{}", self.issued)),
            at,
            services: service_keys(services),
            language: Language::new("de"),
            needs: BTreeSet::new(),
            persons: 1,
            priority: Priority::APPOINTMENT,
            source: Source::Centre,
        }
    }

    /// Has an appointment then, and is here now.
    #[track_caller]
    pub(crate) fn books_and_comes(&mut self, at: Timestamp, services: &[&str]) -> TicketId {
        let ticket = self.books(at, services);
        self.does(check_in(ticket));
        ticket
    }

    /// The clerk presses *next*: who comes?
    #[track_caller]
    pub(crate) fn next(&mut self, counter: &str) -> TicketId {
        let called = self.does(next(counter));
        called[0].ticket().expect("a call is about a ticket")
    }

    /// The clerk presses *next*: who comes, and by which rule? The visit ends at once.
    #[track_caller]
    pub(crate) fn next_and_why(&mut self, counter: &str) -> (TicketId, aufruf_engine::Why) {
        let called = self.does(next(counter));
        let ticket = called[0].ticket().expect("a call is about a ticket");
        self.does(finish(ticket));
        (ticket, why(&called))
    }

    #[track_caller]
    pub(crate) fn serves(&mut self, ticket: TicketId, counter: &str) {
        self.does(call(ticket, counter));
        self.does(Command::Start { ticket });
    }

    /// Called to the counter, served and gone, in no time.
    #[track_caller]
    pub(crate) fn finishes(&mut self, ticket: TicketId, counter: &str) {
        self.serves(ticket, counter);
        self.does(finish(ticket));
    }

    #[track_caller]
    pub(crate) fn misses(&mut self, ticket: TicketId, counter: &str) {
        self.does(call(ticket, counter));
        self.does(Command::Miss { ticket });
    }

    #[track_caller]
    pub(crate) fn parks(&mut self, ticket: TicketId, counter: &str) {
        self.serves(ticket, counter);
        self.does(Command::Park { ticket });
    }

    /// Changes only what the closure names.
    #[track_caller]
    pub(crate) fn changes(
        &mut self,
        ticket: TicketId,
        change: impl FnOnce(&mut ChangeTicket),
    ) -> Vec<Event> {
        let mut wish = ChangeTicket {
            ticket,
            services: None,
            needs: None,
            priority: None,
            persons: None,
        };
        change(&mut wish);
        self.does(Command::ChangeTicket(wish))
    }

    #[track_caller]
    pub(crate) fn ticket(&self, id: TicketId) -> &Ticket {
        self.state.ticket(id).expect("a ticket of today")
    }

    #[track_caller]
    pub(crate) fn number(&self, id: TicketId) -> String {
        self.ticket(id).number.label.clone()
    }

    #[track_caller]
    pub(crate) fn is(&self, id: TicketId) -> TicketState {
        self.ticket(id).state.clone()
    }

    #[track_caller]
    pub(crate) fn counter(&self, key: &str) -> &CounterState {
        let counter = self.state.counter(&CounterKey::new(key));
        counter.expect("a counter of the office")
    }

    /// The numbers in a line, first one first.
    pub(crate) fn line(&self, key: &str) -> Vec<String> {
        let key = QueueKey::new(key);
        let line = self.state.line(&key);
        line.map(|ticket| ticket.number.label.clone()).collect()
    }
}
