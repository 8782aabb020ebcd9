//! Anything that can be pressed in an office, sensible or not.

use aufruf_engine::{Command, CounterKey, IssueTicket, Office, SeriesKey, TicketId};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use crate::common::{TestOffice, house, id, queue, series, service, skills, use_office};

/// One press and how far the clock moved before it.
#[derive(Debug, Clone)]
pub(super) struct Press {
    minutes: i64,
    what: What,
}

/// Tickets are named by how long ago they were taken, and by the counter that they are at.
#[derive(Debug, Clone)]
enum What {
    Clock,
    Office(usize),
    Take(Vec<&'static str>),
    TakeAgain(Ago),
    Open(usize),
    Close(usize),
    Next(usize),
    Call(Ago, usize),
    Visit(Step, Ago),
    AtCounter(Step, usize),
}

/// So many tickets back; one too many is a ticket that nobody has.
type Ago = usize;

#[derive(Debug, Clone, Copy)]
enum Step {
    Recall,
    Start,
    Finish,
    Miss,
    Requeue,
}

impl Press {
    pub(super) fn clock(minutes: i64) -> Self {
        Self {
            minutes,
            what: What::Clock,
        }
    }

    /// Moves the clock and says what the press asks for.
    pub(super) fn command(&self, office: &mut TestOffice) -> Command {
        office.minutes_pass(self.minutes);
        match &self.what {
            What::Clock => Command::TimePassed,
            What::Office(which) => use_office(offices().swap_remove(*which)),
            What::Take(services) => Command::IssueTicket(office.wish(services)),
            What::TakeAgain(ago) => Command::IssueTicket(IssueTicket {
                ticket: taken(office, *ago),
                ..office.wish(&["id-card"])
            }),
            What::Open(n) => Command::OpenCounter {
                counter: counter(*n),
            },
            What::Close(n) => Command::CloseCounter {
                counter: counter(*n),
            },
            What::Next(n) => Command::CallNext {
                counter: counter(*n),
            },
            What::Call(ago, n) => Command::CallTicket {
                ticket: taken(office, *ago),
                counter: counter(*n),
            },
            What::Visit(step, ago) => step.of(taken(office, *ago)),
            What::AtCounter(step, n) => step.of(running(office, *n)),
        }
    }
}

impl Step {
    fn of(self, ticket: TicketId) -> Command {
        match self {
            Self::Recall => Command::Recall { ticket },
            Self::Start => Command::Start { ticket },
            Self::Finish => Command::Finish { ticket },
            Self::Miss => Command::Miss { ticket },
            Self::Requeue => Command::Requeue { ticket },
        }
    }
}

/// Everything, in any order; the clock mostly forwards.
pub(super) fn presses(most: usize) -> impl Strategy<Value = Vec<Press>> {
    let what = prop_oneof![
        1 => Just(What::Clock),
        1 => (0..offices().len()).prop_map(What::Office),
        8 => wishes().prop_map(What::Take),
        1 => ago().prop_map(What::TakeAgain),
        4 => at().prop_map(What::Open),
        1 => at().prop_map(What::Close),
        8 => at().prop_map(What::Next),
        2 => (ago(), at()).prop_map(|(ago, n)| What::Call(ago, n)),
        4 => (any_step(), ago()).prop_map(|(step, ago)| What::Visit(step, ago)),
        8 => (any_step(), at()).prop_map(|(step, n)| What::AtCounter(step, n)),
    ];
    vec(
        (clock(), what).prop_map(|(minutes, what)| Press { minutes, what }),
        1..most,
    )
}

/// Minutes between two presses: mostly a few, now and then a night, days, or the clock is set back.
fn clock() -> impl Strategy<Value = i64> {
    prop_oneof![
        40 => 0..5_i64,
        4 => 5..90_i64,
        3 => -90..0_i64,
        1 => 600..5_000_i64,
        1 => -5_000..-600_i64,
    ]
}

fn wishes() -> impl Strategy<Value = Vec<&'static str>> {
    let sensible = proptest::sample::select(vec![
        vec!["id-card"],
        vec!["passport", "id-card"],
        vec!["pick-up"],
        vec!["move"],
        vec!["extract"],
        vec!["birth"],
        vec!["death", "birth"],
    ]);
    let any_word = proptest::sample::select(vec!["id-card", "move", "block", "death", "", "?"]);
    prop_oneof![9 => sensible, 1 => vec(any_word, 0..25)]
}

fn any_step() -> impl Strategy<Value = Step> {
    proptest::sample::select(vec![
        Step::Recall,
        Step::Start,
        Step::Finish,
        Step::Miss,
        Step::Requeue,
    ])
}

fn ago() -> impl Strategy<Value = Ago> {
    prop_oneof![0..12_usize, any::<u8>().prop_map(usize::from)]
}

/// One of the five counters, or one that the office does not have.
fn at() -> impl Strategy<Value = usize> {
    prop_oneof![10 => 1..6_usize, 1 => Just(99_usize)]
}

fn counter(n: usize) -> CounterKey {
    CounterKey::new(&format!("counter-{n}"))
}

fn taken(office: &TestOffice, ago: Ago) -> TicketId {
    let ago = u128::try_from(ago).expect("a small number");
    id(office.wishes().saturating_sub(ago))
}

fn running(office: &TestOffice, n: usize) -> TicketId {
    let at_counter = office.state.counter(&counter(n));
    at_counter
        .and_then(|counter| counter.running)
        .unwrap_or(id(0))
}

/// The house with few numbers, so that they run out, and as it is changed now and then.
fn offices() -> Vec<Office> {
    vec![
        few_numbers(),
        few_numbers(),
        changed(2, |office| {
            office.series[0].prefix = "B".into();
            office.series[1].prefix = "A".into();
        }),
        changed(3, |office| {
            office.series[0] = series("new", "A");
            office.queues[0].series = SeriesKey::new("new");
        }),
        changed(4, |office| {
            office.series[0].prefix = "A1".into();
            (office.series[1].prefix, office.series[1].to) = ("A".into(), 2_000);
            office.series[1].from = 1_990;
        }),
        changed(5, |office| {
            office.counters.remove(4);
            office.services.remove(5);
            office.counters[1].skills = skills(&["move", "extract"]);
        }),
        changed(6, |office| {
            office.queues.push(queue("fishing", "c"));
            office.services.push(service("licence", "fishing"));
            office.counters[2]
                .skills
                .insert(aufruf_engine::ServiceKey::new("licence"));
        }),
        changed(7, |office| office.time_zone = "Pacific/Honolulu".into()),
        changed(8, |office| {
            office.time_zone = "Pacific/Kiritimati".into();
        }),
        changed(9, |office| {
            office.services[0].queue = aufruf_engine::QueueKey::new("certificates");
        }),
        changed(10, |office| office.queues.clear()),
    ]
}

/// The house with which every day of the properties begins.
pub(super) fn few_numbers() -> Office {
    let mut office = house();
    for series in &mut office.series {
        (series.to, series.reuse_after_min) = (12, 90);
    }
    for queue in &mut office.queues {
        queue.max_waiting = 8;
    }
    office
}

fn changed(version: u64, change: impl FnOnce(&mut Office)) -> Office {
    let mut office = few_numbers();
    office.version = version;
    change(&mut office);
    office
}
