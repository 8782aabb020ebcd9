//! What is pressed for one visit: mostly the one at a counter, or one that came lately.

use std::collections::BTreeSet;

use aufruf_engine::{
    ChangeTicket, Command, CounterKey, Finish, Need, Priority, QueueKey, Target, TicketId,
    TicketState, VisitResult,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use super::visitor::{needs, priority};
use super::{
    Ago, ago, clerk_name, counter, counter_number, nth, persons, queue_name, running, services,
    taken,
};
use crate::common::{TestOffice, call, finish, id, resume, service_keys, to_clerk};

#[derive(Debug, Clone)]
pub(super) struct Press {
    whom: Whom,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
enum Whom {
    Ago(Ago),
    At(usize),
    /// The n-th of those with whom it can be done.
    Fit(usize),
    /// Whoever something was done with last.
    Latest,
}

#[derive(Debug, Clone)]
enum Step {
    Call(usize),
    Recall,
    Start,
    Finish,
    FinishOddly(Option<Vec<&'static str>>, Option<u32>, VisitResult),
    PickUp,
    Miss,
    Requeue,
    Park,
    Resume(usize),
    Transfer(To),
    Pause(u32),
    Back,
    Change(Change),
    Cancel,
    Undo,
}

#[derive(Debug, Clone, Copy)]
enum To {
    Queue(&'static str),
    Counter(usize),
    Clerk(&'static str),
}

#[derive(Debug, Clone)]
struct Change {
    services: Option<Vec<&'static str>>,
    needs: Option<BTreeSet<Need>>,
    priority: Option<Priority>,
    persons: Option<u32>,
}

impl Press {
    pub(super) fn command(&self, office: &TestOffice) -> Command {
        let ticket = match self.whom {
            Whom::Ago(ago) => taken(office, ago),
            Whom::At(n) => running(office, n),
            Whom::Fit(n) => nth(office, n, |state| self.step.fits(state)),
            Whom::Latest => {
                let latest = office.records.iter().rev();
                let mut latest = latest.filter_map(|record| record.event.ticket());
                latest.next().unwrap_or(id(0))
            }
        };
        self.step.of(ticket)
    }
}

impl Step {
    fn of(&self, ticket: TicketId) -> Command {
        match self {
            Self::Call(n) => call(ticket, &counter(*n)),
            Self::Recall => Command::Recall { ticket },
            Self::Start => Command::Start { ticket },
            Self::Finish => finish(ticket),
            Self::FinishOddly(done, persons, result) => Command::Finish(Finish {
                ticket,
                done: done.as_deref().map(service_keys),
                persons: *persons,
                result: *result,
            }),
            Self::PickUp => Command::PromisePickUp { ticket },
            Self::Miss => Command::Miss { ticket },
            Self::Requeue => Command::Requeue { ticket },
            Self::Park => Command::Park { ticket },
            Self::Resume(n) => resume(ticket, &counter(*n)),
            Self::Transfer(to) => to.of(ticket),
            Self::Pause(minutes) => Command::PausePlace {
                ticket,
                minutes: *minutes,
            },
            Self::Back => Command::ResumePlace { ticket },
            Self::Change(change) => Command::ChangeTicket(change.of(ticket)),
            Self::Cancel => Command::Cancel { ticket },
            Self::Undo => Command::Undo { ticket },
        }
    }
}

impl Step {
    /// Whether it makes sense for one who stands so.
    fn fits(&self, state: &TicketState) -> bool {
        let name = state.name();
        match self {
            Self::Call(_) => matches!(name, "booked" | "waiting" | "missed" | "parked" | "pick_up"),
            Self::Recall | Self::Start | Self::Miss => name == "called",
            Self::Finish | Self::FinishOddly(..) => {
                matches!(name, "called" | "serving" | "pick_up")
            }
            Self::PickUp | Self::Park => name == "serving",
            Self::Requeue => matches!(name, "called" | "serving" | "missed" | "parked" | "pick_up"),
            Self::Resume(_) => matches!(name, "parked" | "pick_up"),
            Self::Pause(_) => name == "waiting",
            Self::Back => state.pause().is_some(),
            Self::Transfer(_) | Self::Change(_) | Self::Cancel => !state.is_final(),
            Self::Undo => name != "waiting",
        }
    }
}

impl To {
    fn of(self, ticket: TicketId) -> Command {
        let to = match self {
            Self::Queue(queue) => Target::Queue(QueueKey::new(queue)),
            Self::Counter(n) => Target::Counter(CounterKey::new(&counter(n))),
            Self::Clerk(clerk) => return to_clerk(ticket, clerk),
        };
        Command::Transfer { ticket, to }
    }
}

impl Change {
    fn of(&self, ticket: TicketId) -> ChangeTicket {
        ChangeTicket {
            ticket,
            services: self.services.as_deref().map(service_keys),
            needs: self.needs.clone(),
            priority: self.priority,
            persons: self.persons,
        }
    }
}

pub(super) fn press() -> impl Strategy<Value = Press> {
    let whom = prop_oneof![
        2 => ago().prop_map(Whom::Ago),
        2 => counter_number().prop_map(Whom::At),
        12 => any::<u8>().prop_map(|n| Whom::Fit(n.into())),
        2 => Just(Whom::Latest),
    ];
    (whom, step()).prop_map(|(whom, step)| Press { whom, step })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => counter_number().prop_map(Step::Call),
        1 => Just(Step::Recall),
        6 => Just(Step::Start),
        5 => Just(Step::Finish),
        2 => odd_finish(),
        3 => Just(Step::PickUp),
        4 => Just(Step::Miss),
        4 => Just(Step::Requeue),
        4 => Just(Step::Park),
        5 => counter_number().prop_map(Step::Resume),
        4 => target().prop_map(Step::Transfer),
        2 => prop_oneof![1..40_u32, Just(u32::MAX)].prop_map(Step::Pause),
        1 => Just(Step::Back),
        3 => change().prop_map(Step::Change),
        1 => Just(Step::Cancel),
        6 => Just(Step::Undo),
    ]
}

fn odd_finish() -> impl Strategy<Value = Step> {
    let word = proptest::sample::select(vec!["id-card", "passport", "move", "birth", "?"]);
    let result = proptest::sample::select(vec![
        VisitResult::Served,
        VisitResult::WithoutRecord,
        VisitResult::NotPossible,
    ]);
    (option::of(vec(word, 0..4)), option::of(persons()), result)
        .prop_map(|(done, persons, result)| Step::FinishOddly(done, persons, result))
}

fn target() -> impl Strategy<Value = To> {
    prop_oneof![
        queue_name().prop_map(To::Queue),
        counter_number().prop_map(To::Counter),
        clerk_name().prop_map(To::Clerk),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let what = (
        option::of(services()),
        option::of(needs()),
        option::of(priority()),
        option::of(persons()),
        any::<bool>(),
    );
    what.prop_map(|(services, needs, priority, persons, nothing)| {
        let persons = persons.filter(|_| !nothing);
        Change {
            services,
            needs,
            priority,
            persons,
        }
    })
}
