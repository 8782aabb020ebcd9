//! People who shall be called by another counter: they wait for it, but for no longer than the maximum.

use aufruf_engine::{Command, Need, NobodyReason, Refusal, TicketId, Why};

use crate::common::{
    TestOffice, finish, house_with, needs, next, open, open_for, pause, to_clerk, to_counter, why,
};

/// The rule of an office without a wish: nobody waits longer than 180 minutes.
const OVERDUE: Why = Why::Overdue {
    waited_min: 180,
    max_wait_min: 180,
};

#[track_caller]
fn is_left_to_another(office: &mut TestOffice, counter: &str) {
    match office.refuses(next(counter)) {
        Refusal::Nobody(nobody) => assert_eq!(nobody.reason, NobodyReason::OtherCounter),
        other => panic!("{other}"),
    }
}

#[track_caller]
fn calls_as_overdue(office: &mut TestOffice, counter: &str, ticket: TicketId) {
    let called = office.does(next(counter));
    assert_eq!((called[0].ticket(), why(&called)), (Some(ticket), OVERDUE));
}

#[test]
fn who_was_sent_to_a_counter_that_pauses_for_good_is_called_by_another_one_in_the_end() {
    for meant in ["a counter", "a person"] {
        let mut office = TestOffice::opens();
        office.does(open_for("counter-1", "anna"));
        office.does(open("counter-2"));
        let ticket = office.takes(&["id-card"]);
        office.does(match meant {
            "a counter" => to_counter(ticket, "counter-1"),
            _ => to_clerk(ticket, "anna"),
        });
        office.does(pause("counter-1"));
        office.minutes_pass(179);
        is_left_to_another(&mut office, "counter-2");
        office.minutes_pass(1);
        calls_as_overdue(&mut office, "counter-2", ticket);
    }
}

#[test]
fn who_was_sent_to_an_open_counter_is_left_to_it_however_long_that_takes() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.does(to_counter(ticket, "counter-1"));
    office.minutes_pass(300);
    is_left_to_another(&mut office, "counter-2");
    office.does(pause("counter-1"));
    assert_eq!(office.next("counter-2"), ticket);
}

#[test]
fn whom_a_pausing_counter_lets_wait_too_long_goes_only_to_one_that_offers_it() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2", "counter-4"]);
    let ticket = office.takes(&["id-card"]);
    office.does(to_counter(ticket, "counter-4"));
    office.does(pause("counter-4"));
    office.minutes_pass(180);
    for elsewhere in ["counter-3", "counter-5"] {
        office.does(open(elsewhere));
        assert_eq!(office.refuses_with(next(elsewhere)), "nobody");
    }
    calls_as_overdue(&mut office, "counter-2", ticket);
}

/// `counter-1` offers both; `counter-2` the first of them.
#[test]
fn who_comes_for_two_things_waits_for_the_busy_counter_with_both_and_not_for_ever() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let long_visit = office.takes(&["passport"]);
    office.serves(long_visit, "counter-1");
    let both = office.takes(&["id-card", "passport"]);
    office.minutes_pass(179);
    is_left_to_another(&mut office, "counter-2");
    office.minutes_pass(1);
    calls_as_overdue(&mut office, "counter-2", both);
    office.does(finish(both));
    office.does(finish(long_visit));
    assert_eq!(office.next("counter-1"), both, "the rest is done there");
}

#[test]
fn who_comes_for_two_things_is_never_called_where_only_the_second_is_offered() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    office.takes(&["passport", "id-card"]);
    office.minutes_pass(300);
    assert_eq!(office.refuses_with(next("counter-2")), "nobody");
}

/// `counter-2` alone is lowered; `counter-1` offers the same.
fn with_one_lowered_counter() -> TestOffice {
    let lowered =
        house_with(|office| office.counters[1].attributes = needs(&[Need::LoweredCounter]));
    let mut office = TestOffice::opens_as(lowered);
    office.does(open("counter-1"));
    office.does(open("counter-2"));
    office
}

#[test]
fn who_needs_a_counter_that_pauses_for_good_is_called_by_another_one_in_the_end() {
    let mut office = with_one_lowered_counter();
    let ticket = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.does(pause("counter-2"));
    office.minutes_pass(179);
    is_left_to_another(&mut office, "counter-1");
    office.minutes_pass(1);
    calls_as_overdue(&mut office, "counter-1", ticket);
}

#[test]
fn who_needs_a_counter_that_is_open_is_left_to_it_however_long_that_takes() {
    let mut office = with_one_lowered_counter();
    let busy = office.takes(&["move"]);
    office.serves(busy, "counter-2");
    let ticket = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.minutes_pass(300);
    is_left_to_another(&mut office, "counter-1");
    office.does(finish(busy));
    assert_eq!(office.next("counter-2"), ticket);
}

/// They differ in nothing; only the one who came first has waited too long.
#[test]
fn only_who_has_waited_too_long_is_called_elsewhere_and_not_all_of_the_kind() {
    let mut office = with_one_lowered_counter();
    let first = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.minutes_pass(10);
    office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.does(pause("counter-2"));
    office.minutes_pass(170);
    calls_as_overdue(&mut office, "counter-1", first);
    office.does(finish(first));
    is_left_to_another(&mut office, "counter-1");
}

#[test]
fn who_is_away_is_called_elsewhere_only_when_back() {
    let mut office = with_one_lowered_counter();
    let ticket = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.does(pause("counter-2"));
    office.minutes_pass(175);
    office.does(Command::PausePlace {
        ticket,
        minutes: 10,
    });
    office.minutes_pass(9);
    assert_eq!(office.refuses_with(next("counter-1")), "nobody");
    office.minutes_pass(1);
    assert_eq!(office.next("counter-1"), ticket);
}
