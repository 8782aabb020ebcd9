//! A counter that is kept free for a moment, for somebody who is named.

use super::*;

/// Somebody is expected at half past and not here; at this time a walk-in for this comes.
fn one_is_expected(office: &mut TestOffice, now: &str, service: &str) -> (TicketId, TicketId) {
    let expected = office.books(at("08:30"), &["id-card"]);
    office.it_is(now);
    let walk_in = office.takes(&[service]);
    (expected, walk_in)
}

#[test]
fn a_counter_is_held_for_a_named_appointment_for_a_moment_and_never_longer_than_allowed() {
    for max_hold_min in [0, 1, 2, 5] {
        let mut office = opens_with(
            |office| office.queues[0].rules.max_hold_min = max_hold_min,
            &["counter-1"],
        );
        let expected = office.books(at("08:30"), &["id-card"]);
        for minute in 20..30 {
            office.it_is(&format!("08:{minute}"));
            let mut asked = office.clone();
            asked.takes(&["passport"]);
            let held = held_for(&mut asked, "counter-1");
            let may_be = 30 - minute <= max_hold_min;
            if minute == 29 {
                assert_eq!(held, may_be.then_some(expected), "{max_hold_min}");
            }
            assert!(held.is_none() || may_be, "held at 08:{minute}");
        }
    }
}

#[test]
fn it_is_told_for_whom_the_counter_is_held_and_until_when() {
    let mut office = opens(&["counter-1"]);
    let (expected, _) = one_is_expected(&mut office, "08:29", "passport");
    let held = Nobody {
        reason: NobodyReason::Held,
        next: Some((expected, at("08:30"))),
    };
    assert_eq!(office.refuses(next("counter-1")), Refusal::Nobody(held));
}

/// As soon as the counter has nobody and somebody waits, the time runs; another appointment that is
/// due a little later does not begin it anew.
#[test]
fn holds_for_one_appointment_after_the_other_are_no_longer_than_one() {
    let mut office = opens_with(
        |office| office.queues[0].rules.max_hold_min = 5,
        &["counter-1"],
    );
    for due in ["08:30", "08:35", "08:40", "08:45"] {
        office.books(at(due), &["id-card"]);
    }
    office.it_is("08:26");
    let walk_in = office.takes(&["passport"]);
    let mut held_min = 0;
    while held_for(&mut office.clone(), "counter-1").is_some() {
        held_min += 1;
        office.minutes_pass(1);
    }
    assert!((1..=5).contains(&held_min), "held for {held_min} min");
    assert_eq!(office.next("counter-1"), walk_in);
}

#[test]
fn nobody_is_held_for_whose_time_has_come() {
    let mut office = opens(&["counter-1"]);
    let (_, walk_in) = one_is_expected(&mut office, "08:29", "passport");
    for now in ["08:30", "08:31"] {
        office.it_is(now);
        let mut asked = office.clone();
        assert_eq!(asked.next("counter-1"), walk_in, "{now}");
    }
}

#[test]
fn a_counter_is_held_only_where_waiting_costs_less() {
    let mut office = opens(&["counter-1"]);
    let (_, walk_in) = one_is_expected(&mut office, "08:29", "pick-up");
    assert_eq!(
        office.next("counter-1"),
        walk_in,
        "a moment does not matter"
    );

    let mut office = opens(&["counter-1", "counter-2"]);
    let (_, walk_in) = one_is_expected(&mut office, "08:29", "passport");
    assert_eq!(office.next("counter-1"), walk_in, "another one is free");
}

#[test]
fn a_counter_is_not_held_for_somebody_whom_it_would_not_call() {
    let mut office = opens(&["counter-1"]);
    office.books(at("08:30"), &["move"]);
    let walk_in = office.takes(&["passport"]);
    office.it_is("08:29");
    assert_eq!(office.next("counter-1"), walk_in);
}

#[test]
fn a_clerk_may_call_somebody_although_the_counter_is_held() {
    let mut office = opens(&["counter-1"]);
    let (expected, walk_in) = one_is_expected(&mut office, "08:29", "passport");
    assert_eq!(held_for(&mut office, "counter-1"), Some(expected));
    let called = office.does(call(walk_in, "counter-1"));
    assert_eq!(crate::common::why(&called), Why::Chosen);
}

#[test]
fn whom_the_counter_is_held_for_is_called_on_coming() {
    let mut office = opens(&["counter-1"]);
    let (expected, _) = one_is_expected(&mut office, "08:29", "passport");
    assert_eq!(held_for(&mut office, "counter-1"), Some(expected));
    office.does(check_in(expected));
    assert_eq!(office.next("counter-1"), expected);
}

#[test]
fn no_counter_is_held_for_the_sake_of_whom_somebody_waits_too_long_or_is_put_first() {
    let mut office = opens_with(
        |office| office.queues[0].rules.max_wait_min = 20,
        &["counter-1"],
    );
    let (_, walk_in) = one_is_expected(&mut office, "08:00", "passport");
    office.it_is("08:29");
    let overdue = Why::Overdue {
        waited_min: 29,
        max_wait_min: 20,
    };
    assert_eq!(office.next_and_why("counter-1"), (walk_in, overdue));

    let mut office = opens(&["counter-1"]);
    one_is_expected(&mut office, "08:29", "passport");
    let first = office.takes_with_priority(&["passport"], 1);
    assert_eq!(office.next("counter-1"), first);
}
