//! What clerks and the team lead press that is about no one visit.

use std::collections::BTreeSet;

use aufruf_engine::{Command, CounterKey, CounterState};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::{clerk_name, counter, counter_number, queue_name};
use crate::common::{TestOffice, close, go_over, lock, next, open, open_for, pause, unlock};

#[derive(Debug, Clone)]
pub(super) enum Press {
    Open(usize, Option<&'static str>),
    Pause(usize),
    Close(usize),
    GoOver(usize, usize),
    Next(usize),
    /// At the n-th of the counters that are ready for somebody.
    NextWhereReady(usize),
    Lock(Vec<&'static str>, &'static str),
    Unlock(Vec<&'static str>),
    Help(Help, usize),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Help {
    Wanted,
    Coming,
    Over,
}

impl Press {
    pub(super) fn command(&self, office: &TestOffice) -> Command {
        match self {
            Self::Open(n, None) => open(&counter(*n)),
            Self::Open(n, Some(clerk)) => open_for(&counter(*n), clerk),
            Self::Pause(n) => pause(&counter(*n)),
            Self::Close(n) => close(&counter(*n)),
            Self::GoOver(from, to) => go_over(&counter(*from), &counter(*to)),
            Self::Next(n) => next(&counter(*n)),
            Self::NextWhereReady(n) => next(&ready_counter(office, *n)),
            Self::Lock(queues, notice) => lock(queues, notice),
            Self::Unlock(queues) => unlock(queues),
            Self::Help(help, n) => help.at(CounterKey::new(&counter(*n))),
        }
    }
}

impl Help {
    fn at(self, counter: CounterKey) -> Command {
        match self {
            Self::Wanted => Command::RaiseEmergency { counter },
            Self::Coming => Command::AcceptEmergency { counter },
            Self::Over => Command::EndEmergency { counter },
        }
    }
}

fn ready_counter(office: &TestOffice, n: usize) -> String {
    let counters = office
        .state
        .office()
        .into_iter()
        .flat_map(|office| &office.counters);
    let is_ready = |today: &CounterState| today.is_open() && today.running.is_none();
    let ready = counters.filter(|counter| office.state.counter(&counter.key).is_some_and(is_ready));
    let ready: Vec<_> = ready.collect();
    let which = n
        .checked_rem(ready.len())
        .map(|which| ready[which].key.to_string());
    which.unwrap_or_else(|| counter(n))
}

pub(super) fn press() -> impl Strategy<Value = Press> {
    let clerk = prop_oneof![1 => Just(None), 1 => clerk_name().prop_map(Some)];
    let queues = || {
        let some = BTreeSet::from(["?"]);
        vec(queue_name(), 0..3).prop_map(move |queues| {
            let known = queues.into_iter();
            known
                .filter(|queue| !some.contains(queue))
                .collect::<Vec<_>>()
        })
    };
    let notice = proptest::sample::select(vec!["No power", "Back at ten", "", "two\nlines"]);
    let help = proptest::sample::select(vec![Help::Wanted, Help::Coming, Help::Over]);
    let n = counter_number;
    prop_oneof![
        6 => (n(), clerk).prop_map(|(n, clerk)| Press::Open(n, clerk)),
        2 => n().prop_map(Press::Pause),
        1 => n().prop_map(Press::Close),
        2 => (n(), n()).prop_map(|(from, to)| Press::GoOver(from, to)),
        4 => n().prop_map(Press::Next),
        30 => (0..5_usize).prop_map(Press::NextWhereReady),
        1 => (queues(), notice).prop_map(|(queues, notice)| Press::Lock(queues, notice)),
        1 => queues().prop_map(Press::Unlock),
        2 => (help, 1..3_usize).prop_map(|(help, n)| Press::Help(help, n)),
    ]
}
