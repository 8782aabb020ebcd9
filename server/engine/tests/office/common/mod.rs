//! An office for the tests: a day that opens at eight, visitors, counters, and a clock to turn.

mod house;
mod plan;
mod visits;
mod words;

use aufruf_engine::{
    Actor, Command, Event, Office, Record, Refusal, State, invariants, replay, step,
};
use jiff::{SignedDuration, Timestamp, Zoned};

pub(crate) use house::{
    appointment_hours, closure, hours, house, house_with, ids_with, needs, queue, series, service,
};
pub(crate) use plan::Asked;
pub(crate) use words::{
    call, check_in, check_in_by, close, finish, finished, go_over, id, lock, name, names, next,
    open, open_for, pause, resume, service_keys, skills, to_clerk, to_counter, to_queue, unlock,
    use_office, why,
};

/// The morning on which every test begins, unless it says otherwise: a Monday.
pub(crate) const MORNING: &str = "2026-11-23T08:00[Europe/Berlin]";

/// One office, its clock, and the records of its day.
#[derive(Debug, Clone)]
pub(crate) struct TestOffice {
    pub(crate) state: State,
    /// What the journal holds of the open day.
    pub(crate) records: Vec<Record>,
    now: Timestamp,
    /// Tickets that were wished for or booked: the id of the last one.
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

    /// It is this time of the day on which every test begins.
    pub(crate) fn it_is(&mut self, clock: &str) {
        self.now = at(clock);
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
    pub(crate) fn tries(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.tries_by("test", command)
    }

    /// The same by a device or person that matters.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "said once and done with: calls read better"
    )]
    pub(crate) fn tries_by(&mut self, by: &str, command: Command) -> Result<Vec<Event>, Refusal> {
        let before = self.state.clone();
        let done = step(&mut self.state, &command, &Actor::new(by), self.now);
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
    pub(crate) fn refuses_with(&mut self, command: Command) -> &'static str {
        self.refuses(command).code()
    }

    #[track_caller]
    pub(crate) fn uses(&mut self, office: Office) -> Vec<Event> {
        self.does(use_office(office))
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

/// A time of the day on which every test begins: `at("09:30")`.
pub(crate) fn at(clock: &str) -> Timestamp {
    time(&format!("2026-11-23T{clock}[Europe/Berlin]"))
}
