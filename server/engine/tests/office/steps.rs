//! What a visit remembers of its way: calls, times, and the counter that it is at.

use aufruf_engine::{Command, CounterKey, TicketState};
use jiff::Timestamp;

use crate::common::{TestOffice, call, finish, time};

#[test]
fn each_calling_of_a_visit_has_an_id_of_its_own_and_later_ones_are_larger() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.next("counter-1");
    let first = office.is(ticket).call().expect("it was called");
    office.does(Command::Recall { ticket });
    let again = office.is(ticket).call().expect("it was called again");
    office.does(Command::Start { ticket });
    assert!(first < again);
    assert_eq!(office.is(ticket).call(), Some(again));
    assert_eq!(office.ticket(ticket).calls, 2);
}

#[test]
fn the_wait_for_a_called_person_counts_from_the_first_call() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.next("counter-1");
    let called_at = office.now();
    office.minutes_pass(2);
    office.does(Command::Recall { ticket });
    assert_eq!(office.ticket(ticket).since, called_at);
}

#[test]
fn a_visit_is_at_the_counter_that_called_it_until_it_leaves() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-2");
    let here = CounterKey::new("counter-2");
    assert_eq!(office.is(ticket).counter(), Some(&here));
    let running = office.state.counter(&here).expect("a counter").running;
    assert_eq!(running, Some(ticket));
    office.does(finish(ticket));
    assert!(matches!(office.is(ticket), TicketState::Finished { .. }));
    assert_eq!(office.state.finished(), 1);
}

#[test]
fn the_hour_of_arrival_stays_whatever_happens_to_the_visit() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let (ticket, arrived_at) = (office.takes(&["id-card"]), office.now());
    office.minutes_pass(10);
    office.misses(ticket, "counter-1");
    office.minutes_pass(10);
    office.does(Command::Requeue { ticket });
    let held = office.ticket(ticket);
    assert_eq!(
        (held.arrived_at, held.since),
        (Some(arrived_at), office.now())
    );
}

#[test]
fn a_clock_that_was_set_back_ages_no_visit() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let (ticket, taken_at) = (office.takes(&["id-card"]), office.now());
    office.minutes_pass(-90);
    office.does(call(ticket, "counter-1"));
    assert_eq!(office.ticket(ticket).since, taken_at);
    assert_eq!(office.state.last_at(), taken_at);
}

#[test]
fn records_are_numbered_without_a_gap_also_across_refusals() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.refuses(finish(ticket));
    office.next("counter-1");
    office.does(finish(ticket));
    let seqs: Vec<u64> = office.records.iter().map(|record| record.seq.0).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5]);
}

/// The journal keeps whole milliseconds: a finer time would not be the same after a restart.
#[test]
fn the_time_of_a_record_is_whole_milliseconds() {
    let mut office = TestOffice::opens();
    let fine: Timestamp = "2026-11-23T08:30:00.123456789Z".parse().expect("a time");
    let wish = Command::IssueTicket(office.wish(&["id-card"]));
    let by = aufruf_engine::Actor::new("kiosk-1");
    let records = aufruf_engine::step(&mut office.state, &wish, &by, fine).expect("a ticket");
    assert_eq!(records[0].at, time("2026-11-23T08:30:00.123[UTC]"));
}
