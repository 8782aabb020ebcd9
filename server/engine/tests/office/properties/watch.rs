//! A watcher in the office, who keeps books of their own and holds the engine to them.

mod books;
mod calls;
mod counters;
mod finishes;
mod numbers;
mod planned;
mod slotted;
mod sold_out;
mod staffed;
mod sums;
mod takeable;
mod taught;
mod undo;
mod visit;

use aufruf_engine::{
    Actor, Command, CounterKey, Event, EventSeq, Nobody, NobodyReason, Office, Refusal, State,
    TicketId, decide, next_ticket,
};
use jiff::civil::Date;
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::presses::{Changes, Press, office_of};
use crate::common::{TestOffice, finish, next, open, open_for, use_office};
use books::Books;
use takeable::Asks;

#[derive(Debug)]
pub(super) struct Watch {
    pub(super) office: TestOffice,
    books: Books,
    /// The last day on which they did.
    clerks_came: Option<Date>,
}

impl Watch {
    /// The house as always, and then with these changes, if they are no nonsense.
    pub(super) fn begins(changes: &Changes) -> Self {
        let mut watch = Self {
            office: TestOffice::not_set_up(),
            books: Books::default(),
            clerks_came: None,
        };
        for changes in [&Changes::new(), changes] {
            let office = use_office(office_of(changes));
            watch
                .sees_command("lead", &office)
                .expect("an office opens");
        }
        watch
    }

    /// On a new day some clerks come first: else most days would pass in an empty house.
    pub(super) fn sees(&mut self, press: &Press) -> TestCaseResult {
        let today = self.office.state.day().map(|day| day.date);
        if self.clerks_came != today {
            self.clerks_came = today;
            for (counter, clerk) in [("counter-1", "mina"), ("counter-3", "omar")] {
                self.sees_command("anna", &open_for(counter, clerk))?;
            }
            self.sees_command("anna", &open("counter-4"))?;
        }
        let command = press.command(&mut self.office);
        self.sees_command(press.by, &command)
    }

    /// The next midnight: every visit of the day ends, if it has not ended before.
    pub(super) fn the_day_closes(&mut self) -> TestCaseResult {
        let midnight = self.office.state.day().expect("a day is open").ends_at;
        self.office.clock_says_at(midnight);
        self.sees_command("timer", &Command::TimePassed)?;
        prop_assert_eq!(self.office.records.len(), 1, "a day has opened");
        Ok(())
    }

    /// All counters open, the missed come back, and *next* and *finish* go on until nobody is left.
    pub(super) fn everybody_is_served(&mut self) -> TestCaseResult {
        let counters = self.office.state.office().expect("in use").counters.clone();
        let counters: Vec<CounterKey> = counters.into_iter().map(|counter| counter.key).collect();
        for counter in &counters {
            self.sees_command("anna", &open(counter.as_str()))?;
        }
        for ticket in self.tickets() {
            self.sees_command(
                "anna",
                &Command::CheckIn(aufruf_engine::CheckIn::Ticket(ticket)),
            )?;
            self.sees_command("anna", &Command::ResumePlace { ticket })?;
            if !self.is_at_counter(ticket) {
                self.sees_command("anna", &Command::Requeue { ticket })?;
            }
        }
        let rounds = self
            .office
            .state
            .tickets()
            .map(|ticket| ticket.services.len());
        for _ in 0..=rounds.sum() {
            for counter in &counters {
                self.waits_as_long_as_it_is_held(counter);
                self.sees_command("anna", &next(counter.as_str()))?;
                let at_counter = self.office.state.counter(counter);
                if let Some(ticket) = at_counter.and_then(|counter| counter.running) {
                    self.sees_command("anna", &finish(ticket))?;
                }
            }
        }
        Ok(())
    }

    /// Nobody is called to a counter that is kept for somebody: until their time has come.
    fn waits_as_long_as_it_is_held(&mut self, counter: &CounterKey) {
        let office = self.office.state.office().expect("in use").clone();
        let counter = office.counter(counter).expect("of the office");
        loop {
            let now = self.office.now().max(self.office.state.last_at());
            match next_ticket(&self.office.state, counter, now) {
                Err(Nobody {
                    reason: NobodyReason::Held,
                    next: Some((_, from)),
                }) => self.office.clock_says_at(from),
                _ => return,
            }
        }
    }

    fn tickets(&self) -> Vec<TicketId> {
        self.office
            .state
            .tickets()
            .map(|ticket| ticket.id)
            .collect()
    }

    fn is_at_counter(&self, ticket: TicketId) -> bool {
        let held = self.office.state.ticket(ticket);
        held.is_some_and(|held| held.state.counter().is_some())
    }

    /// Checks all that came of the command. That a refusal changes nothing is seen by `TestOffice`.
    fn sees_command(&mut self, by: &str, command: &Command) -> TestCaseResult {
        let before = self.office.state.clone();
        let done = self.office.tries_by(by, command.clone());
        let at = self.office.now().max(before.last_at());
        let events = match done {
            Ok(events) => events,
            Err(refusal) => return self.is_refused(command, &refusal),
        };
        let office = before.office().or(self.office.state.office()).cloned();
        let office = office.expect("what happens, happens in an office");
        let last_seq = before.last_seq().0;
        for (seq, event) in (last_seq + 1..).map(EventSeq).zip(&events) {
            let actor = Actor::new(by);
            self.books.see(event, (seq, at, &actor), &office)?;
        }
        let count = u64::try_from(events.len()).expect("few events");
        prop_assert_eq!(self.office.state.last_seq().0, last_seq + count);
        if let Command::Finish(wish) = command {
            finishes::as_wished(wish, &events, &before)?;
        }
        self.books.agree_with(&self.office.state)?;
        self.can_be_undone(&before, &events, by)?;
        self.the_clock_has_nothing_left_to_do(command)
    }

    fn is_refused(&self, command: &Command, refusal: &Refusal) -> TestCaseResult {
        let Command::CallNext { counter } = command else {
            return Ok(());
        };
        let office = self.office.state.office().expect("in use");
        match (office.counter(counter), refusal) {
            (Some(counter), Refusal::Nobody(nobody)) => {
                let now = self.office.now().max(self.office.state.last_at());
                let asks = Asks {
                    books: &self.books,
                    office,
                    counter,
                    now,
                };
                asks.calls_nobody(nobody, &self.office.state)
            }
            (None, Refusal::CounterUnknown(_)) => Ok(()),
            _ => Err(TestCaseError::fail(format!("next fails: {refusal}"))),
        }
    }

    /// Each single step of a visit, right after it was taken.
    fn can_be_undone(&self, before: &State, events: &[Event], by: &str) -> TestCaseResult {
        let [event] = events else {
            return Ok(());
        };
        let ticket = event
            .ticket()
            .filter(|ticket| before.ticket(*ticket).is_some());
        let Some(ticket) = ticket.filter(|_| undo::is_step(event)) else {
            return Ok(());
        };
        let (after, now) = (&self.office.state, self.office.now());
        undo::leaves_nothing(before, after, ticket, (&Actor::new(by), now))
    }

    fn the_clock_has_nothing_left_to_do(&self, command: &Command) -> TestCaseResult {
        if *command != Command::TimePassed {
            return Ok(());
        }
        let state = &self.office.state;
        let now = self.office.now().max(state.last_at());
        let deadline = state.next_deadline().expect("a day ends");
        prop_assert!(deadline > now, "{} is over at {}", deadline, now);
        let again = decide(state, command, &Actor::new("timer"), now);
        prop_assert_eq!(again, Ok(Vec::new()));
        Ok(())
    }
}

/// The queue of the first of these services.
fn queue_for<'a>(
    office: &'a Office,
    services: &[aufruf_engine::ServiceKey],
) -> &'a aufruf_engine::QueueKey {
    let service = office.service(&services[0]);
    &service.expect("a service of the office").queue
}
