//! What can become of a visit at a counter: parked, fetched later, done in parts, sent on.

use aufruf_engine::{Command, CounterKey, Finish, TicketState, VisitResult, Why};

use crate::common::{
    TestOffice, at, call, close, finish, finished, next, open, resume, service_keys, why,
};

fn served(office: &TestOffice, ticket: aufruf_engine::TicketId) -> Vec<String> {
    let served = office.ticket(ticket).served.iter();
    served.map(ToString::to_string).collect()
}

#[test]
fn a_parked_visit_goes_on_at_any_counter_and_its_times_are_added_up() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    office.minutes_pass(7);
    office.does(Command::Park { ticket });
    office.minutes_pass(30);
    assert_eq!(office.ticket(ticket).served_ms_at(office.now()), 7 * 60_000);
    office.does(resume(ticket, "counter-4"));
    office.minutes_pass(5);
    assert_eq!(
        office.ticket(ticket).served_ms_at(office.now()),
        12 * 60_000
    );
    office.does(finish(ticket));
    assert_eq!(office.ticket(ticket).served_ms, 12 * 60_000);
    assert_eq!(office.state.finished(), 1);
}

#[test]
fn parking_frees_the_counter_and_calls_nobody_back_by_itself() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let parked = office.takes(&["id-card"]);
    let other = office.takes(&["id-card"]);
    office.parks(parked, "counter-1");
    assert_eq!(office.next("counter-1"), other);
    office.does(finish(other));
    assert_eq!(office.refuses_with(next("counter-1")), "nobody");
    let state = TicketState::Parked {
        counter: CounterKey::new("counter-1"),
    };
    assert_eq!(office.is(parked), state);
}

#[test]
fn going_on_with_a_parked_visit_needs_a_free_open_counter() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.parks(ticket, "counter-1");
    let busy = office.takes(&["id-card"]);
    office.serves(busy, "counter-1");
    assert_eq!(
        office.refuses_with(resume(ticket, "counter-1")),
        "visit_running"
    );
    assert_eq!(
        office.refuses_with(resume(ticket, "counter-3")),
        "counter_closed"
    );
    assert_eq!(office.refuses_with(resume(ticket, "?")), "counter_unknown");
    office.does(resume(ticket, "counter-2"));
    assert_eq!(office.ticket(ticket).calls, 1, "nobody is called by it");
}

#[test]
fn a_parked_visit_put_back_stands_where_it_stood() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.parks(ticket, "counter-1");
    office.takes(&["id-card"]);
    office.does(Command::Requeue { ticket });
    assert_eq!(office.line("ids"), ["A001", "A002"]);
}

#[test]
fn what_is_being_made_is_fetched_and_the_visit_then_ends_with_all_that_was_done() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    office.minutes_pass(10);
    office.does(Command::PromisePickUp { ticket });
    assert_eq!(office.counter("counter-1").running, None);
    office.minutes_pass(60);
    office.does(call(ticket, "counter-1"));
    office.does(Command::Start { ticket });
    office.minutes_pass(1);
    office.does(finish(ticket));
    assert_eq!(served(&office, ticket), ["id-card"]);
    assert_eq!(office.ticket(ticket).served_ms, 11 * 60_000);
}

#[test]
fn what_was_fetched_without_a_word_is_finished_without_a_counter() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    office.does(Command::PromisePickUp { ticket });
    office.does(close("counter-1"));
    office.does(finish(ticket));
    assert!(matches!(office.is(ticket), TicketState::Finished { .. }));
}

/// Fetching the one is not having the other.
#[test]
fn who_fetches_something_is_still_called_for_what_nobody_has_done_yet() {
    for fetch in ["at a counter", "without one"] {
        let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
        let ticket = office.takes(&["id-card", "birth"]);
        office.serves(ticket, "counter-1");
        office.does(Command::PromisePickUp { ticket });
        if fetch == "at a counter" {
            office.does(resume(ticket, "counter-1"));
        }
        office.does(finish(ticket));
        assert_eq!(served(&office, ticket), ["id-card"], "{fetch}");
        assert_eq!(office.next("counter-4"), ticket);
        office.does(finish(ticket));
        assert_eq!(served(&office, ticket), ["id-card", "birth"]);
    }
}

#[test]
fn a_visit_done_in_part_moves_on_under_the_same_number_with_its_place() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card", "birth"]);
    office.minutes_pass(5);
    let later = office.takes(&["birth"]);
    assert_eq!(office.next("counter-1"), ticket);
    office.minutes_pass(5);
    office.does(finish(ticket));
    assert_eq!(office.line("certificates"), ["A001", "C001"]);
    assert_eq!(office.ticket(ticket).place.at, at("08:00"));
    assert_eq!(office.next("counter-4"), ticket);
    office.does(finish(ticket));
    assert_eq!(served(&office, ticket), ["id-card", "birth"]);
    assert_eq!(office.state.finished(), 1, "it is one visit");
    assert_eq!(office.next("counter-4"), later);
}

#[test]
fn one_open_counter_with_all_of_it_is_preferred_to_several_with_a_part() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let both = office.takes(&["id-card", "passport"]);
    assert_eq!(office.refuses_with(next("counter-2")), "nobody");
    office.does(close("counter-1"));
    assert_eq!(why(&office.does(next("counter-2"))), Why::FirstInLine);
    office.does(finish(both));
    assert_eq!(office.line("ids"), ["A001"]);
    office.does(open("counter-1"));
    assert_eq!(office.next("counter-1"), both);
}

#[test]
fn what_was_really_done_is_kept_and_what_is_left_over_moves_on_only_where_others_offer_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card", "passport"]);
    office.serves(ticket, "counter-1");
    office.does(Command::Finish(Finish {
        done: Some(service_keys(&["pick-up"])),
        persons: Some(4),
        ..finished(ticket)
    }));
    assert_eq!(served(&office, ticket), ["pick-up"]);
    assert_eq!(office.ticket(ticket).persons, 4);
    assert!(office.is(ticket).is_final());
}

#[test]
fn how_a_visit_ended_is_kept_with_it() {
    for result in [
        VisitResult::Served,
        VisitResult::WithoutRecord,
        VisitResult::NotPossible,
    ] {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let ticket = office.takes(&["id-card"]);
        office.serves(ticket, "counter-1");
        office.does(Command::Finish(Finish {
            result,
            ..finished(ticket)
        }));
        assert_eq!(office.is(ticket), TicketState::Finished { result });
        let has_done = !office.ticket(ticket).served.is_empty();
        assert_eq!(has_done, result != VisitResult::NotPossible);
    }
}

#[test]
fn a_visit_ends_only_with_services_and_persons_that_can_be() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    let with = |done: Option<&[&str]>, persons| {
        Command::Finish(Finish {
            done: done.map(service_keys),
            persons,
            ..finished(ticket)
        })
    };
    for (wish, code) in [
        (with(Some(&["?"]), None), "service_unknown"),
        (with(Some(&["move", "move"]), None), "service_twice"),
        (with(Some(&["move"; 50]), None), "too_many_services"),
        (with(None, Some(0)), "persons_invalid"),
        (with(None, Some(100)), "persons_invalid"),
    ] {
        assert_eq!(office.refuses_with(wish), code);
    }
}

#[test]
fn the_wait_counts_to_the_first_call_and_from_the_agreed_time_of_who_came_before_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:40");
    office.next("counter-1");
    let held = office.ticket(ticket);
    assert_eq!(held.waits_from(), Some(at("08:30")));
    assert_eq!(held.first_called_at, Some(at("08:40")));
    office.does(Command::Requeue { ticket });
    office.it_is("08:50");
    office.next("counter-1");
    assert_eq!(office.ticket(ticket).first_called_at, Some(at("08:40")));
}

#[test]
fn a_clerk_who_moves_takes_the_visit_along_and_the_called_one_hears_of_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.next("counter-1");
    let first = office.is(ticket).call();
    office.does(crate::common::go_over("counter-1", "counter-3"));
    assert_eq!(
        office.is(ticket).counter(),
        Some(&CounterKey::new("counter-3"))
    );
    assert!(office.is(ticket).call() > first);
    assert!(!office.counter("counter-1").is_open());
    office.does(Command::Start { ticket });
    let served = office.is(ticket).call();
    office.does(crate::common::go_over("counter-3", "counter-1"));
    assert_eq!(
        office.is(ticket).call(),
        served,
        "who sits there needs no call"
    );
    office.does(finish(ticket));
}

#[test]
fn a_clerk_moves_only_from_an_open_counter_to_a_closed_one() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    for (from, to, code) in [
        ("counter-1", "counter-2", "counter_in_use"),
        ("counter-3", "counter-4", "counter_closed"),
        ("counter-1", "?", "counter_unknown"),
        ("?", "counter-1", "counter_unknown"),
    ] {
        let wish = crate::common::go_over(from, to);
        assert_eq!(office.refuses_with(wish), code);
    }
    let stays = crate::common::go_over("counter-1", "counter-1");
    assert_eq!(office.does(stays), []);
}
