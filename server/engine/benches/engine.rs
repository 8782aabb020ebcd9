//! What one command costs the engine, without disk and network: `step` is decide and apply (its
//! check of the invariants runs in debug builds only).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aufruf_engine::{
    Actor, Area, AreaKey, Command, Counter, CounterKey, Finish, HouseRules, IssueTicket, Language,
    Office, Priority, Queue, QueueKey, QueueRules, Series, SeriesKey, Service, ServiceKey, Source,
    State, TicketId, VisitResult, step,
};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;

/// As many steps are measured on one copy of a state: few enough that it stays as large as its name says.
const STEPS_PER_COPY: u64 = 100;
const COUNTERS: u64 = STEPS_PER_COPY;

criterion_group!(benches, next, issue);
criterion_main!(benches);

fn next(c: &mut Criterion) {
    let mut day = Day::opens();
    day.visitors_wait(1_000);
    c.bench_function("next_with_1000_waiting", |b| {
        b.iter_custom(|steps| measured(&day.state, steps, call_next));
    });
}

fn issue(c: &mut Criterion) {
    let mut day = Day::opens();
    day.visitors_wait(1_000);
    c.bench_function("issue_with_1000_waiting", |b| {
        b.iter_custom(|steps| measured(&day.state, steps, issue_ticket));
    });
    day.visitors_are_served(99_000);
    c.bench_function(
        "issue_with_1000_waiting_and_100000_tickets_of_the_day",
        |b| {
            b.iter_custom(|steps| measured(&day.state, steps, issue_ticket));
        },
    );
}

/// The time of `steps` commands. Copying the state is not measured.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn measured(state: &State, steps: u64, command: impl Fn(u64) -> Command) -> Duration {
    let by = Actor::new("bench");
    let mut spent = Duration::ZERO;
    let mut left = steps;
    while left > 0 {
        let now_steps = left.min(STEPS_PER_COPY);
        let mut state = state.clone();
        let commands: Vec<Command> = (0..now_steps).map(&command).collect();
        let begun = Instant::now();
        for command in &commands {
            let records = step(&mut state, command, &by, opening());
            std::hint::black_box(records).expect("the office does what a bench asks");
        }
        spent += begun.elapsed();
        left -= now_steps;
    }
    spent
}

/// Each counter presses once on one copy.
fn call_next(n: u64) -> Command {
    Command::CallNext {
        counter: counter(n),
    }
}

fn issue_ticket(n: u64) -> Command {
    let ticket = TicketId(uuid::Uuid::from_u64_pair(u64::MAX, n));
    walk_in(ticket)
}

fn walk_in(ticket: TicketId) -> Command {
    Command::IssueTicket(IssueTicket {
        ticket,
        services: vec![ServiceKey::new("id-card")],
        language: Language::new("de"),
        needs: BTreeSet::new(),
        persons: 1,
        priority: Priority::WALK_IN,
        source: Source::Kiosk,
        shown: None,
    })
}

fn finish(ticket: TicketId) -> Command {
    Command::Finish(Finish {
        ticket,
        done: None,
        persons: None,
        result: VisitResult::Served,
    })
}

/// A day that is being prepared for a measurement.
struct Day {
    state: State,
    issued: u64,
}

impl Day {
    fn opens() -> Self {
        let mut day = Self {
            state: State::default(),
            issued: 0,
        };
        let office = Arc::new(office());
        day.does(&Command::UseOffice { office });
        for n in 0..COUNTERS {
            let counter = counter(n);
            day.does(&Command::OpenCounter {
                counter,
                clerk: None,
            });
        }
        day
    }

    fn visitors_wait(&mut self, people: u64) {
        for _ in 0..people {
            self.issued += 1;
            let ticket = TicketId(uuid::Uuid::from_u64_pair(0, self.issued));
            self.does(&walk_in(ticket));
        }
    }

    /// For each that comes, the first in line goes: as many wait as before.
    fn visitors_are_served(&mut self, people: u64) {
        for _ in 0..people {
            self.visitors_wait(1);
            self.does(&call_next(0));
            let running = self.state.counter(&counter(0)).and_then(|c| c.running);
            self.does(&finish(running.expect("somebody was called")));
        }
    }

    fn does(&mut self, command: &Command) {
        step(&mut self.state, command, &Actor::new("bench"), opening())
            .expect("the office does what a bench asks");
    }
}

/// The time at which everything happens.
fn opening() -> Timestamp {
    Timestamp::from_second(1_795_417_200).expect("a Monday morning in November 2026")
}

fn counter(n: u64) -> CounterKey {
    CounterKey::new(&format!("counter-{n}"))
}

/// One queue, and a counter for each press on one copy.
fn office() -> Office {
    let service = ServiceKey::new("id-card");
    let counters = (0..COUNTERS).map(|n| Counter {
        key: counter(n),
        skills: BTreeSet::from([service.clone()]),
        helps_out: BTreeSet::new(),
        attributes: BTreeSet::new(),
        area: AreaKey::new("ground"),
    });
    Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: vec![Queue {
            key: QueueKey::new("ids"),
            series: SeriesKey::new("a"),
            max_waiting: 200_000,
            walk_in_hours: None,
            appointment_hours: None,
            rules: QueueRules::default(),
        }],
        series: vec![Series {
            key: SeriesKey::new("a"),
            prefix: "A".to_owned(),
            from: 1,
            to: 999_999,
            reuse_after_min: 60,
        }],
        counters: counters.collect(),
        services: vec![Service {
            key: service,
            queue: QueueKey::new("ids"),
            duration_min: 10,
        }],
        areas: vec![Area {
            key: AreaKey::new("ground"),
        }],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}
