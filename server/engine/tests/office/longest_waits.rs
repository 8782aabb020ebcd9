//! Who has waited longer than the queue's maximum: what counts as waiting, and who of several goes first.

use aufruf_engine::{Command, TicketId, Why};

use crate::common::{TestOffice, at, check_in, finish, ids_with, open, service_keys, to_queue};

/// Nobody shall wait for ids longer than an hour.
fn an_hour_at_most(counters: &[&str]) -> TestOffice {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.max_wait_min = 60));
    for counter in counters {
        office.does(open(counter));
    }
    office
}

fn overdue(waited_min: u32) -> Why {
    Why::Overdue {
        waited_min,
        max_wait_min: 60,
    }
}

/// Somebody whom staff put first comes at this time: is the one called before who waits?
#[track_caller]
fn urgent_goes_before(office: &mut TestOffice, clock: &str, counter: &str) -> bool {
    office.it_is(clock);
    let urgent = office.takes_with_priority(&["id-card"], 1);
    let called = office.next(counter);
    let is_before = called == urgent;
    office.does(finish(called));
    is_before
}

#[test]
fn who_comes_hours_after_the_agreed_time_has_not_waited_them() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let late = office.books(at("08:00"), &["id-card"]);
    office.it_is("14:00");
    office.does(check_in(late));
    assert!(urgent_goes_before(&mut office, "14:00", "counter-1"));
    assert!(urgent_goes_before(&mut office, "14:59", "counter-1"));
    office.it_is("15:00");
    assert_eq!(office.next_and_why("counter-1"), (late, overdue(60)));
}

#[test]
fn who_comes_before_the_agreed_time_waits_from_then_on_only() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let early = office.books_and_comes(at("09:00"), &["id-card"]);
    assert!(urgent_goes_before(&mut office, "09:59", "counter-1"));
    office.it_is("10:00");
    assert_eq!(office.next_and_why("counter-1"), (early, overdue(60)));
}

/// Fifty minutes at a counter, from eight o'clock on, and then back in the line for ids.
fn after_fifty_minutes_at_a_counter(left_it: &str) -> (TestOffice, TicketId) {
    let mut office = an_hour_at_most(&["counter-1", "counter-2", "counter-4"]);
    let services: &[&str] = match left_it {
        "done in part" => &["birth", "passport"],
        _ => &["passport"],
    };
    let ticket = office.takes(services);
    let counter = if left_it == "done in part" {
        "counter-4"
    } else {
        "counter-1"
    };
    office.serves(ticket, counter);
    office.it_is("08:50");
    match left_it {
        "done in part" => drop(office.does(finish(ticket))),
        "parked" => {
            office.does(Command::Park { ticket });
            office.does(Command::Requeue { ticket });
        }
        "sent on" => drop(office.does(to_queue(ticket, "ids"))),
        "to fetch something" => {
            office.does(Command::PromisePickUp { ticket });
            office.does(Command::Requeue { ticket });
        }
        other => panic!("{other}"),
    }
    (office, ticket)
}

#[test]
fn the_time_at_counters_is_no_waiting() {
    for left_it in ["done in part", "parked", "sent on", "to fetch something"] {
        let (mut office, ticket) = after_fifty_minutes_at_a_counter(left_it);
        assert!(
            urgent_goes_before(&mut office, "09:49", "counter-1"),
            "{left_it}"
        );
        office.it_is("09:50");
        let called = office.next_and_why("counter-1");
        assert_eq!(called, (ticket, overdue(60)), "{left_it}");
    }
}

/// Both came for the same and with the same priority: they differ in nothing but their places.
#[test]
fn who_waits_too_long_is_found_behind_somebody_who_came_late_to_an_earlier_place() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let late = office.books(at("08:00"), &["id-card"]);
    let patient = office.books_and_comes(at("09:00"), &["id-card"]);
    office.it_is("09:50");
    office.does(check_in(late));
    assert_eq!(office.line("ids"), ["T001", "T002"]);
    office.it_is("10:00");
    assert_eq!(office.next_and_why("counter-1"), (patient, overdue(60)));
    assert_eq!(office.next_and_why("counter-1"), (late, Why::FirstInLine));
}

#[test]
fn of_two_who_wait_too_long_for_the_same_the_longer_wait_counts_and_not_the_earlier_place() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let late = office.books(at("08:00"), &["id-card"]);
    let patient = office.books_and_comes(at("09:00"), &["id-card"]);
    office.it_is("09:50");
    office.does(check_in(late));
    office.it_is("11:00");
    assert_eq!(office.next_and_why("counter-1"), (patient, overdue(120)));
    assert_eq!(office.next_and_why("counter-1"), (late, overdue(70)));
}

#[test]
fn who_waits_too_long_is_found_behind_somebody_who_is_away_for_a_while() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let away = office.takes(&["id-card"]);
    let patient = office.takes(&["id-card"]);
    office.it_is("08:50");
    office.does(Command::PausePlace {
        ticket: away,
        minutes: 30,
    });
    assert!(urgent_goes_before(&mut office, "08:59", "counter-1"));
    office.it_is("09:00");
    assert_eq!(office.next_and_why("counter-1"), (patient, overdue(60)));
}

/// A place lost is no wait that counts on: the wait begins at the place that is left.
#[test]
fn who_lost_places_waits_from_the_place_that_is_left() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let missed = office.takes(&["id-card"]);
    office.it_is("08:30");
    let later = office.takes(&["id-card"]);
    office.misses(missed, "counter-1");
    office.does(Command::Requeue { ticket: missed });
    assert!(urgent_goes_before(&mut office, "09:29", "counter-1"));
    office.it_is("09:30");
    assert_eq!(office.next_and_why("counter-1"), (later, overdue(60)));
    assert_eq!(office.next_and_why("counter-1"), (missed, overdue(60)));
}

#[test]
fn a_change_of_what_the_visit_is_for_takes_the_wait_along() {
    let mut office = an_hour_at_most(&["counter-1"]);
    let ticket = office.takes(&["birth"]);
    office.it_is("08:40");
    office.changes(ticket, |wish| {
        wish.services = Some(service_keys(&["id-card"]));
    });
    office.it_is("09:00");
    assert_eq!(office.next_and_why("counter-1"), (ticket, overdue(60)));
}
