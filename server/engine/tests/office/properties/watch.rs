//! A watcher in the office, who keeps books of their own and holds the engine to them.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::{
    Command, CounterKey, Event, Office, Requeued, ServiceKey, TicketId, TicketNumber, Why,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::presses::{Press, few_numbers};
use crate::common::{TestOffice, next, open};

#[derive(Debug)]
pub(super) struct Watch {
    pub(super) office: TestOffice,
    /// Everybody who came today.
    visits: BTreeMap<TicketId, Visit>,
    waiting: BTreeSet<TicketId>,
    ended: BTreeSet<TicketId>,
    finished: u32,
    /// Numbers that were given on any day: still open, or resting until then.
    numbers: BTreeMap<String, Option<Timestamp>>,
    /// Counts everything that happens.
    turn: usize,
    today: Date,
}

#[derive(Debug)]
struct Visit {
    number: TicketNumber,
    services: Vec<ServiceKey>,
    /// When this one came, or came back behind the others.
    turn: usize,
}

impl Watch {
    pub(super) fn begins() -> Self {
        let office = TestOffice::opens_as(few_numbers());
        let today = office.state.day().expect("a day is open").date;
        Self {
            office,
            visits: BTreeMap::new(),
            waiting: BTreeSet::new(),
            ended: BTreeSet::new(),
            finished: 0,
            numbers: BTreeMap::new(),
            turn: 0,
            today,
        }
    }

    pub(super) fn sees(&mut self, press: &Press) -> Result<Vec<Event>, TestCaseError> {
        let command = press.command(&mut self.office);
        self.sees_command(command)
    }

    /// The next midnight: every visit of the day ends, if it has not ended before.
    pub(super) fn the_day_closes(&mut self) -> TestCaseResult {
        let midnight = self.office.state.next_deadline().expect("a day ends");
        self.office.clock_says_at(midnight);
        let events = self.sees_command(Command::TimePassed)?;
        prop_assert_eq!(
            events.len(),
            2,
            "the day closes and one opens: {:?}",
            events
        );
        Ok(())
    }

    /// All counters open, the missed come back, and *next* and *finish* go on until nobody is left.
    pub(super) fn everybody_is_served(&mut self) -> TestCaseResult {
        let missed: Vec<TicketId> = self.visits.keys().copied().collect();
        for ticket in missed {
            self.sees_command(Command::Requeue { ticket })?;
        }
        let office = self.office.state.office().expect("an office is in use");
        let counters: Vec<CounterKey> = office.counters.iter().map(|c| c.key.clone()).collect();
        for counter in &counters {
            self.sees_command(open(counter.as_str()))?;
        }
        for _ in 0..=self.visits.len() {
            for counter in &counters {
                self.sees_command(next(counter.as_str()))?;
                let at_counter = self.office.state.counter(counter);
                if let Some(ticket) = at_counter.and_then(|counter| counter.running) {
                    self.sees_command(Command::Finish { ticket })?;
                }
            }
        }
        Ok(())
    }

    /// Checks all that came of the command. A refusal is none of our business here: that it
    /// changes nothing is checked by `TestOffice`.
    fn sees_command(&mut self, command: Command) -> Result<Vec<Event>, TestCaseError> {
        let office = self.office.state.office().cloned();
        let office = office.expect("an office is in use from the first");
        let seq_before = self.office.state.last_seq().0;
        let at_before = self.office.state.last_at();
        let Ok(events) = self.office.tries(command) else {
            return Ok(Vec::new());
        };
        for event in &events {
            self.books(event, &office)?;
        }
        let count = u64::try_from(events.len()).expect("few events");
        prop_assert_eq!(self.office.state.last_seq().0, seq_before + count);
        prop_assert!(self.office.state.last_at() >= at_before);
        prop_assert_eq!(self.office.state.finished(), self.finished);
        Ok(events)
    }

    fn books(&mut self, event: &Event, office: &Office) -> TestCaseResult {
        self.turn += 1;
        match event {
            Event::TicketIssued { .. } => self.comes(event),
            Event::TicketCalled {
                ticket,
                counter,
                why,
            } => self.is_called(*ticket, counter, *why, office),
            Event::TicketRequeued { ticket, to } => {
                self.waiting.insert(*ticket);
                let visit = self.visits.get_mut(ticket).expect("somebody who came");
                if *to == Requeued::End {
                    visit.turn = self.turn;
                }
                Ok(())
            }
            Event::VisitFinished { ticket } => {
                self.finished += 1;
                self.ends(*ticket, office)
            }
            Event::DayClosed { expired } => self.day_closes(expired, office),
            Event::DayOpened { date, ends_at, .. } => self.day_opens(*date, *ends_at),
            Event::OfficeChanged { .. }
            | Event::CounterOpened { .. }
            | Event::CounterClosed { .. }
            | Event::TicketRecalled { .. }
            | Event::ServiceStarted { .. }
            | Event::TicketMissed { .. } => Ok(()),
        }
    }

    /// The number of the one who comes is nobody else's, and has rested.
    fn comes(&mut self, event: &Event) -> TestCaseResult {
        let Event::TicketIssued {
            ticket,
            number,
            services,
            ..
        } = event
        else {
            unreachable!("{event:?} is no ticket");
        };
        let held = self.numbers.insert(number.label.clone(), None);
        let at = self.office.state.last_at();
        let is_free = held.is_none_or(|rests| rests.is_some_and(|until| until <= at));
        prop_assert!(is_free, "{number} is given at {at}, but is held: {held:?}");
        let visit = Visit {
            number: number.clone(),
            services: services.clone(),
            turn: self.turn,
        };
        prop_assert!(self.visits.insert(*ticket, visit).is_none());
        self.waiting.insert(*ticket);
        Ok(())
    }

    /// The counter offers it all; and by rule, nobody whom it could serve as well came before.
    fn is_called(
        &mut self,
        ticket: TicketId,
        key: &CounterKey,
        why: Why,
        office: &Office,
    ) -> TestCaseResult {
        self.waiting.remove(&ticket);
        let called = &self.visits[&ticket];
        let counter = office.counter(key).expect("a counter of the office");
        prop_assert!(counter.offers(&called.services), "{key} calls {ticket}");
        let mut others = self.waiting.iter().map(|other| &self.visits[other]);
        let overtaken =
            others.find(|other| other.turn < called.turn && counter.offers(&other.services));
        if why == Why::FirstInLine {
            prop_assert!(overtaken.is_none(), "{called:?} overtakes {overtaken:?}");
        }
        Ok(())
    }

    fn ends(&mut self, ticket: TicketId, office: &Office) -> TestCaseResult {
        prop_assert!(self.ended.insert(ticket), "{ticket} ends twice");
        self.waiting.remove(&ticket);
        let number = &self.visits[&ticket].number;
        let series = office.series(&number.series);
        let series = series.expect("the series of an open number stays");
        let rest = SignedDuration::from_mins(i64::from(series.reuse_after_min));
        let until = self.office.state.last_at() + rest;
        self.numbers.insert(number.label.clone(), Some(until));
        Ok(())
    }

    /// Each visit of the day ends in exactly one way.
    fn day_closes(&mut self, expired: &[TicketId], office: &Office) -> TestCaseResult {
        for ticket in expired {
            self.ends(*ticket, office)?;
        }
        let came: BTreeSet<TicketId> = self.visits.keys().copied().collect();
        prop_assert_eq!(&self.ended, &came);
        Ok(())
    }

    /// A date comes once, and everybody of the day before is gone.
    fn day_opens(&mut self, date: Date, ends_at: Timestamp) -> TestCaseResult {
        prop_assert!(date > self.today, "{date} after {}", self.today);
        prop_assert!(ends_at > self.office.state.last_at(), "{date} is over");
        prop_assert_eq!(self.office.state.tickets().count(), 0);
        self.today = date;
        self.visits.clear();
        self.waiting.clear();
        self.ended.clear();
        self.finished = 0;
        Ok(())
    }
}
