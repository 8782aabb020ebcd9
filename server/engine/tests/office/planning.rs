//! The plan for the rest of the day, and the windows that people are told from it.

mod calls;
mod shifts;
mod windows;

use aufruf_engine::hours::Hours;
use aufruf_engine::planning::{Picture, StayOf};
use aufruf_engine::{CheckInRule, Command, Need, Office, Priority, Promise, TicketId};
use jiff::{SignedDuration, Timestamp};

use crate::common::{
    Asked, TestOffice, at, close, finish, hours, house_with, ids_with, needs, open, open_for,
    pause, to_clerk, to_counter,
};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn opens_with(change: impl FnOnce(&mut Office), counters: &[&str]) -> TestOffice {
    let mut office = TestOffice::opens_as(house_with(change));
    for counter in counters {
        office.does(open(counter));
    }
    office
}

fn shifts(office: &mut Office, counter: usize, spans: &[(&str, &str)]) {
    let planned: Hours = hours(spans);
    office.counters[counter].shifts = Some(planned);
}

fn take(office: &mut TestOffice, people: usize, service: &str) -> Vec<TicketId> {
    (0..people).map(|_| office.takes(&[service])).collect()
}

/// People with an appointment now who are here: nobody expects them to leave.
fn are_here(office: &mut TestOffice, people: usize, service: &str) -> Vec<TicketId> {
    let now = office.now();
    (0..people)
        .map(|_| office.books_and_comes(now, &[service]))
        .collect()
}
