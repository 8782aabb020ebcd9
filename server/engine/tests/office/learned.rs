//! What a day teaches the next ones: sums of what happened, and never who it happened to.

mod days;
mod from_visits;
mod steps_back;
mod what_follows;

use std::sync::Arc;

use aufruf_engine::{
    Command, CounterKey, Event, Experience, Finish, IssueTicket, Lasted, Office, Promise,
    ServiceKey, TicketId, VisitResult,
};
use jiff::{SignedDuration, Timestamp};

use crate::common::{
    TestOffice, at, call, check_in, close, finish, finished, hours, house_with, open, open_for,
};

/// Sums count in thousandths.
const ONE: u64 = 1_000;
const MINUTE_MS: u64 = 60_000;

/// The next midnight; what the new day begins with.
fn closes(office: &mut TestOffice) -> Arc<Experience> {
    let midnight = office.state.day().expect("a day is open").ends_at;
    office.clock_says_at(midnight);
    let events = office.does(Command::TimePassed);
    let learned = events.into_iter().find_map(|event| match event {
        Event::DayOpened { learned, .. } => Some(learned),
        _ => None,
    });
    learned.expect("another day opens")
}

/// What is known after a day on which this happened.
fn after(day: impl FnOnce(&mut TestOffice)) -> Arc<Experience> {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    day(&mut office);
    closes(&mut office)
}

fn serves_for(office: &mut TestOffice, services: &[&str], minutes: i64) -> TicketId {
    let ticket = office.takes(services);
    office.serves(ticket, "counter-1");
    office.minutes_pass(minutes);
    office.does(finish(ticket));
    ticket
}

fn lasted(learned: &Experience, service: &str) -> Lasted {
    let known = learned.services.get(&ServiceKey::new(service));
    known.copied().unwrap_or_default()
}

fn so_many(visits: u64, minutes: u64) -> Lasted {
    Lasted {
        count: visits * ONE,
        ms: minutes * MINUTE_MS,
    }
}
