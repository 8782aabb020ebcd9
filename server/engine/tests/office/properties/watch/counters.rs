//! The counters as the watcher knows them.

use std::collections::BTreeMap;

use aufruf_engine::{Bound, ClerkKey, CounterKey, CounterMode, Event, Office, State, Why};
use proptest::prelude::prop_assert_eq;
use proptest::test_runner::TestCaseResult;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Desk {
    pub(super) mode: CounterMode,
    pub(super) clerk: Option<ClerkKey>,
    /// Calls in a row by which others were put before somebody who waits longer.
    pub(super) favoured: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Desks(BTreeMap<CounterKey, Desk>);

impl Desks {
    pub(super) fn at(&self, counter: &CounterKey) -> Desk {
        self.0.get(counter).cloned().unwrap_or_default()
    }

    /// Of the counter, or of that where this person serves.
    pub(super) fn mode_of(&self, bound: &Bound) -> CounterMode {
        let desk = match bound {
            Bound::Counter(counter) => self.0.get(counter),
            Bound::Clerk(clerk) => {
                let mut desks = self.0.values();
                desks.find(|desk| desk.clerk.as_ref() == Some(clerk))
            }
        };
        desk.map_or(CounterMode::Closed, |desk| desk.mode)
    }

    /// How many call people.
    pub(super) fn open(&self) -> usize {
        let open = self
            .0
            .values()
            .filter(|desk| desk.mode == CounterMode::Open);
        open.count()
    }

    pub(super) fn see(&mut self, event: &Event) {
        match event {
            Event::CounterOpened { counter, clerk } => {
                let desk = self.0.entry(counter.clone()).or_default();
                (desk.mode, desk.clerk) = (CounterMode::Open, clerk.clone());
            }
            Event::CounterPaused { counter } => {
                self.0.entry(counter.clone()).or_default().mode = CounterMode::Paused;
            }
            Event::CounterClosed { counter } => {
                self.0.remove(counter);
            }
            Event::CounterMoved { from, to, .. } => {
                let desk = self.0.remove(from).unwrap_or_default();
                self.0.insert(to.clone(), desk);
            }
            Event::TicketCalled { counter, why, .. } => {
                let desk = self.0.entry(counter.clone()).or_default();
                desk.favoured = match why {
                    Why::Priority { .. } | Why::Appointment { .. } => desk.favoured + 1,
                    Why::Chosen => desk.favoured,
                    _ => 0,
                };
            }
            Event::OfficeChanged { office } => {
                self.0
                    .retain(|counter, _| office.counter(counter).is_some());
            }
            Event::DayOpened { .. } => self.0.clear(),
            _ => {}
        }
    }

    pub(super) fn forget_call(&mut self, counter: &CounterKey, favoured: u32) {
        self.0.entry(counter.clone()).or_default().favoured = favoured;
    }

    pub(super) fn agree_with(&self, state: &State, office: &Office) -> TestCaseResult {
        for counter in &office.counters {
            let said = state.counter(&counter.key).expect("listed");
            let desk = Desk {
                mode: said.mode,
                clerk: said.clerk.clone(),
                favoured: said.favoured,
            };
            prop_assert_eq!(self.at(&counter.key), desk, "counter {}", counter.key);
        }
        Ok(())
    }
}
