//! What one command costs the engine, without disk and network: `step` is decide and apply (its
//! check of the invariants runs in debug builds only).

#[path = "engine/day.rs"]
mod day;
#[path = "engine/house.rs"]
mod house;
#[path = "engine/morning.rs"]
mod morning;

use std::hint::black_box;
use std::time::{Duration, Instant};

use aufruf_engine::planning::Picture;
use aufruf_engine::{Actor, CheckIn, Command, State, TicketId, decide, replay, step};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;

use day::{Day, first_queue, visit, walk_in};
use house::{COUNTERS, counter};

/// A day that already has so many tickets, beside one that has none.
const LONG_DAY: u64 = 100_000;

criterion_group!(
    benches,
    next,
    nobody,
    issue,
    check_in,
    whole_visit,
    undo,
    plan,
    the_rest
);
criterion_main!(benches);

/// Each counter presses once on one copy, so that as many wait as the name says.
fn next(c: &mut Criterion) {
    for people in [200, 1_000] {
        let mut day = Day::opens();
        day.everybody_waits(people);
        let presses: Vec<Command> = (0..COUNTERS).map(call_next).collect();
        c.bench_function(&format!("next_with_{people}_waiting"), |b| {
            b.iter_custom(|steps| measured(&day, steps, &presses));
        });
    }
}

/// The worst case: all have to be looked at, and none can be taken.
fn nobody(c: &mut Criterion) {
    let mut day = Day::opens();
    day.everybody_has_a_need(1_000);
    let by = Actor::new("bench");
    c.bench_function("next_with_1000_waiting_for_another_counter", |b| {
        b.iter(|| decide(&day.state, &call_next(0), &by, day.now).expect_err("nobody"));
    });
    let mut day = Day::opens();
    for n in 0..1_000 {
        let ticket = TicketId(uuid::Uuid::from_u64_pair(1, n));
        day.does(&Command::IssueTicket(walk_in(ticket, n)));
        let minutes = 20;
        day.does(&Command::PausePlace { ticket, minutes });
    }
    c.bench_function("next_with_1000_away", |b| {
        b.iter(|| decide(&day.state, &call_next(0), &by, day.now).expect_err("nobody"));
    });
}

fn issue(c: &mut Criterion) {
    let wishes: Vec<Command> = (0..100)
        .map(|n| Command::IssueTicket(walk_in(TicketId(uuid::Uuid::from_u64_pair(2, n)), n)))
        .collect();
    for (name, day) in days() {
        c.bench_function(&format!("issue_on_{name}"), |b| {
            b.iter_custom(|steps| measured(&day, steps, &wishes));
        });
    }
}

fn check_in(c: &mut Criterion) {
    for (name, mut day) in days() {
        let expected = day.are_expected(100).into_iter();
        let codes = expected.map(|ticket| {
            let held = day.state.ticket(ticket).expect("expected today");
            let appointment = held.appointment.as_ref().expect("has one");
            appointment.code.clone().expect("has a code")
        });
        let arrivals: Vec<Command> = codes
            .map(|code| Command::CheckIn(CheckIn::Code(code)))
            .collect();
        c.bench_function(&format!("check_in_on_{name}"), |b| {
            b.iter_custom(|steps| measured(&day, steps, &arrivals));
        });
    }
}

/// Three commands: the figure is for one of them.
fn whole_visit(c: &mut Criterion) {
    for (name, mut day) in days() {
        let tickets = (0..100).map(|n| TicketId(uuid::Uuid::from_u64_pair(3, n)));
        for ticket in tickets.clone() {
            day.does(&Command::IssueTicket(walk_in(ticket, 0)));
        }
        let visits: Vec<Command> = tickets.flat_map(visit).collect();
        c.bench_function(&format!("call_start_finish_on_{name}"), |b| {
            b.iter_custom(|steps| measured(&day, steps, &visits));
        });
    }
}

fn undo(c: &mut Criterion) {
    for (name, mut day) in days() {
        let tickets: Vec<TicketId> = (0..100)
            .map(|n| TicketId(uuid::Uuid::from_u64_pair(4, n)))
            .collect();
        for ticket in &tickets {
            day.does(&Command::IssueTicket(walk_in(*ticket, 0)));
            day.does(&Command::Cancel { ticket: *ticket });
        }
        let undos = tickets
            .iter()
            .map(|ticket| Command::Undo { ticket: *ticket });
        let undos: Vec<Command> = undos.collect();
        c.bench_function(&format!("undo_on_{name}"), |b| {
            b.iter_custom(|steps| measured(&day, steps, &undos));
        });
    }
}

/// What the planning worker does once a second, in its three steps.
fn plan(c: &mut Criterion) {
    let (state, now) = morning::busy();
    let picture = Picture::of(&state, now);
    c.bench_function("picture_of_200_waiting_24_counters", |b| {
        b.iter(|| Picture::of(black_box(&state), now));
    });
    c.bench_function("plan_for_200_waiting_24_counters", |b| {
        b.iter(|| black_box(&picture).plan(now));
    });
    let mut group = c.benchmark_group("promises");
    group.sample_size(20);
    group.bench_function("promises_for_200_waiting_24_counters", |b| {
        b.iter(|| black_box(&picture).outlook(now, 7));
    });
    group.finish();
}

fn the_rest(c: &mut Criterion) {
    let (_, day) = days().pop().expect("a long day");
    let mut group = c.benchmark_group("day");
    group.sample_size(10);
    group.bench_function("replay_of_100000_tickets", |b| {
        b.iter(|| replay(black_box(&day.records)));
    });
    group.finish();
    let queue = first_queue();
    c.bench_function("takes_walk_ins_with_hours", |b| {
        b.iter(|| day.state.takes_walk_ins(black_box(&queue), day.now));
    });
}

fn days() -> Vec<(&'static str, Day)> {
    let mut long = Day::opens();
    long.visitors_are_served(LONG_DAY);
    vec![("an_empty_day", Day::opens()), ("a_day_of_100000", long)]
}

/// The time of `steps` of these commands, each once on a copy of the state. Copying is not measured.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn measured(day: &Day, steps: u64, commands: &[Command]) -> Duration {
    let by = Actor::new("bench");
    let mut spent = Duration::ZERO;
    let mut left = usize::try_from(steps).expect("few steps");
    while left > 0 {
        let now_steps = left.min(commands.len());
        let mut state = day.state.clone();
        let begun = Instant::now();
        for command in &commands[..now_steps] {
            does(&mut state, command, &by, day.now);
        }
        spent += begun.elapsed();
        left -= now_steps;
    }
    spent
}

fn does(state: &mut State, command: &Command, by: &Actor, now: Timestamp) {
    let records = step(state, command, by, now);
    black_box(records).expect("the office does what a bench asks");
}

fn call_next(n: u64) -> Command {
    let counter = counter(n);
    Command::CallNext { counter }
}
