//! An office for the tests: a day that opens at eight, visitors, counters, and a clock to turn.

mod house;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use aufruf_engine::{
    Actor, Command, CounterKey, Event, IssueTicket, Language, Need, Office, Record, Refusal,
    ServiceKey, State, Ticket, TicketId, TicketState, invariants, replay, step,
};
use jiff::{SignedDuration, Timestamp, Zoned};

pub(crate) use house::{house, queue, series, service};
pub(crate) use words::{name, names, service_keys};

/// The morning on which every test begins, unless it says otherwise: a Monday.
pub(crate) const MORNING: &str = "2026-11-23T08:00[Europe/Berlin]";

/// One office, its clock, and the records of its day.
#[derive(Debug, Clone)]
pub(crate) struct TestOffice {
    pub(crate) state: State,
    /// What the journal holds of the open day.
    pub(crate) records: Vec<Record>,
    now: Timestamp,
    issued: u128,
}

impl TestOffice {
    /// Nobody has set anything up yet.
    pub(crate) fn not_set_up() -> Self {
        Self {
            state: State::default(),
            records: Vec::new(),
            now: time(MORNING),
            issued: 0,
        }
    }

    /// The house is open, no counter is.
    pub(crate) fn opens() -> Self {
        Self::opens_as(house())
    }

    pub(crate) fn opens_as(office: Office) -> Self {
        Self::opens_at(office, MORNING)
    }

    pub(crate) fn opens_at(office: Office, zoned: &str) -> Self {
        let mut opened = Self::not_set_up();
        opened.clock_says(zoned);
        opened.uses(office);
        opened
    }

    /// The house is open and so are these counters.
    pub(crate) fn with_counters(counters: &[&str]) -> Self {
        let mut office = Self::opens();
        for counter in counters {
            office.does(open(counter));
        }
        office
    }

    pub(crate) fn clock_says(&mut self, zoned: &str) {
        self.now = time(zoned);
    }

    pub(crate) fn clock_says_at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The clock goes on, or back when `minutes` is negative.
    pub(crate) fn minutes_pass(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Puts the wish to the engine and watches what must always hold: the invariants, and that a
    /// refusal changes nothing.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "said once and done with: calls read better"
    )]
    pub(crate) fn tries(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        let before = self.state.clone();
        let done = step(&mut self.state, &command, &Actor::new("test"), self.now);
        assert_eq!(invariants::check(&self.state), Ok(()), "after {command:?}");
        let records = done.inspect_err(|refusal| {
            assert_eq!(self.state, before, "{refusal} changed something");
        })?;
        for record in &records {
            if let Event::DayOpened { .. } = record.event {
                self.records.clear();
            }
            self.records.push(record.clone());
        }
        Ok(records.into_iter().map(|record| record.event).collect())
    }

    #[track_caller]
    pub(crate) fn does(&mut self, command: Command) -> Vec<Event> {
        self.tries(command)
            .unwrap_or_else(|refusal| panic!("refused: {refusal}"))
    }

    #[track_caller]
    pub(crate) fn refuses(&mut self, command: Command) -> Refusal {
        match self.tries(command) {
            Ok(events) => panic!("nothing was refused, but {events:?} happened"),
            Err(refusal) => refusal,
        }
    }

    #[track_caller]
    pub(crate) fn uses(&mut self, office: Office) -> Vec<Event> {
        self.does(use_office(office))
    }

    /// A visitor takes a ticket for these services.
    #[track_caller]
    pub(crate) fn takes(&mut self, services: &[&str]) -> TicketId {
        let wish = self.wish(services);
        let ticket = wish.ticket;
        self.does(Command::IssueTicket(wish));
        ticket
    }

    /// What the kiosk would send, with an id that nobody has had.
    pub(crate) fn wish(&mut self, services: &[&str]) -> IssueTicket {
        self.issued += 1;
        IssueTicket {
            ticket: id(self.issued),
            services: service_keys(services),
            language: Language::new("de"),
            needs: BTreeSet::from([Need::LoweredCounter]),
            shown: None,
        }
    }

    /// How many tickets were wished for: the id of the last one.
    pub(crate) fn wishes(&self) -> u128 {
        self.issued
    }

    /// The clerk presses *next*: who comes?
    #[track_caller]
    pub(crate) fn next(&mut self, counter: &str) -> TicketId {
        let called = self.does(next(counter));
        called[0].ticket().expect("a call is about a ticket")
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
        self.does(Command::Finish { ticket });
    }

    #[track_caller]
    pub(crate) fn misses(&mut self, ticket: TicketId, counter: &str) {
        self.does(call(ticket, counter));
        self.does(Command::Miss { ticket });
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

    /// The numbers in a line, first one first.
    pub(crate) fn line(&self, key: &str) -> Vec<String> {
        let key = aufruf_engine::QueueKey::new(key);
        let line = self.state.line(&key);
        line.map(|ticket| ticket.number.label.clone()).collect()
    }

    /// What a restart would find: the day from its records.
    pub(crate) fn replayed(&self) -> State {
        replay(&self.records)
    }
}

pub(crate) fn time(zoned: &str) -> Timestamp {
    let zoned: Zoned = zoned.parse().expect("a time with its zone");
    zoned.timestamp()
}

/// The ids of the tests' tickets count from 1; 0 and those not yet reached are nobody's.
pub(crate) fn id(n: u128) -> TicketId {
    TicketId(uuid::Uuid::from_u128(n))
}

pub(crate) fn use_office(office: Office) -> Command {
    Command::UseOffice {
        office: Arc::new(office),
    }
}

pub(crate) fn open(counter: &str) -> Command {
    Command::OpenCounter {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn close(counter: &str) -> Command {
    Command::CloseCounter {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn next(counter: &str) -> Command {
    Command::CallNext {
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn call(ticket: TicketId, counter: &str) -> Command {
    Command::CallTicket {
        ticket,
        counter: CounterKey::new(counter),
    }
}

pub(crate) fn skills(services: &[&str]) -> BTreeSet<ServiceKey> {
    service_keys(services).into_iter().collect()
}
