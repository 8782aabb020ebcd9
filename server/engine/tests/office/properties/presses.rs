//! Anything that can be pressed in an office, sensible or not.

mod counter;
mod offices;
mod plan;
mod visit;
mod visitor;

use aufruf_engine::{Command, CounterKey, TicketId, TicketState};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

pub(super) use offices::{Changes, changes, office_of};

use crate::common::{TestOffice, id, use_office};

/// One press, whose it is, and how far the clock moved before it.
#[derive(Debug, Clone)]
pub(super) struct Press {
    minutes: i64,
    pub(super) by: &'static str,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Clock,
    Office(Changes),
    Plan(plan::Press),
    Visitor(visitor::Press),
    Counter(counter::Press),
    Visit(visit::Press),
}

impl Press {
    pub(super) fn clock(minutes: i64) -> Self {
        Self {
            minutes,
            by: "timer",
            what: What::Clock,
        }
    }

    pub(super) fn is_about_the_plan(&self) -> bool {
        matches!(self.what, What::Plan(_))
    }

    /// Moves the clock and says what the press asks for.
    pub(super) fn command(&self, office: &mut TestOffice) -> Command {
        office.minutes_pass(self.minutes);
        match &self.what {
            What::Clock => Command::TimePassed,
            What::Office(changes) => use_office(office_of(changes)),
            What::Plan(press) => press.command(office),
            What::Visitor(press) => press.command(office),
            What::Counter(press) => press.command(office),
            What::Visit(press) => press.command(office),
        }
    }
}

/// Everything, in any order; the clock mostly forwards.
pub(super) fn presses(most: usize) -> impl Strategy<Value = Vec<Press>> {
    let what = prop_oneof![
        2 => Just(What::Clock),
        1 => changes().prop_map(What::Office),
        3 => plan::press().prop_map(What::Plan),
        30 => visitor::press().prop_map(What::Visitor),
        25 => counter::press().prop_map(What::Counter),
        45 => visit::press().prop_map(What::Visit),
    ];
    let by = proptest::sample::select(vec!["anna", "anna", "anna", "bert"]);
    let press = (clock(), by, what).prop_map(|(minutes, by, what)| Press { minutes, by, what });
    vec(press, 1..most)
}

/// Minutes between two presses: mostly a few, now and then a night, days, or the clock is set back.
fn clock() -> impl Strategy<Value = i64> {
    prop_oneof![
        80 => Just(0_i64),
        80 => 1..4_i64,
        6 => 5..60_i64,
        2 => -90..0_i64,
        1 => 600..3_000_i64,
        1 => -3_000..-600_i64,
    ]
}

/// Somebody is named by how long ago the ticket was wished for; one too many is nobody.
pub(super) type Ago = usize;

fn ago() -> impl Strategy<Value = Ago> {
    prop_oneof![8 => 0..12_usize, 1 => any::<u8>().prop_map(usize::from)]
}

fn taken(office: &TestOffice, ago: Ago) -> TicketId {
    let ago = u128::try_from(ago).expect("a small number");
    id(office.wishes().saturating_sub(ago))
}

/// The n-th of today's tickets that stand so; nobody if none does.
fn nth(office: &TestOffice, n: usize, stands: impl Fn(&TicketState) -> bool) -> TicketId {
    let fitting = || {
        office
            .state
            .tickets()
            .filter(|ticket| stands(&ticket.state))
    };
    let which = n.checked_rem(fitting().count());
    let found = which.and_then(|which| fitting().nth(which));
    found.map_or(id(0), |ticket| ticket.id)
}

/// One of the five counters, or one that the office does not have.
fn counter_number() -> impl Strategy<Value = usize> {
    prop_oneof![20 => 1..6_usize, 1 => Just(99_usize)]
}

fn counter(n: usize) -> String {
    format!("counter-{n}")
}

fn running(office: &TestOffice, n: usize) -> TicketId {
    let at_counter = office.state.counter(&CounterKey::new(&counter(n)));
    at_counter
        .and_then(|counter| counter.running)
        .unwrap_or(id(0))
}

/// What people come for, as they should; now and then as nobody should.
fn services() -> impl Strategy<Value = Vec<&'static str>> {
    let sensible = proptest::sample::select(vec![
        vec!["id-card"],
        vec!["passport", "id-card"],
        vec!["pick-up"],
        vec!["move"],
        vec!["extract"],
        vec!["birth"],
        vec!["death", "birth"],
        vec!["id-card", "move"],
        vec!["birth", "pick-up", "extract"],
    ]);
    let any_word = proptest::sample::select(vec!["id-card", "move", "block", "death", "", "?"]);
    prop_oneof![30 => sensible, 1 => vec(any_word, 0..25)]
}

fn queue_name() -> impl Strategy<Value = &'static str> {
    let some = vec!["ids", "registration", "certificates"];
    let known = proptest::sample::select(some);
    prop_oneof![12 => known, 1 => Just("?")]
}

fn clerk_name() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["mina", "omar", "zoe"])
}

fn persons() -> impl Strategy<Value = u32> {
    prop_oneof![60 => 1..4_u32, 1 => Just(0_u32), 1 => Just(100_u32)]
}
