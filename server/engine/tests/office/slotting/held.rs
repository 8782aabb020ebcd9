//! A counter that is kept free for a moment, for somebody who is named.

use super::*;

/// Somebody is expected at half past and not here; a walk-in for this waits.
fn one_is_expected(office: &mut TestOffice, service: &str) -> (TicketId, TicketId) {
    let expected = office.books(at("08:30"), &["id-card"]);
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
        let (expected, _) = one_is_expected(&mut office, "passport");
        for minute in 20..30 {
            office.it_is(&format!("08:{minute}"));
            let mut asked = office.clone();
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
    let (expected, _) = one_is_expected(&mut office, "passport");
    office.it_is("08:29");
    let held = Nobody {
        reason: NobodyReason::Held,
        next: Some((expected, at("08:30"))),
    };
    assert_eq!(office.refuses(next("counter-1")), Refusal::Nobody(held));
}

#[test]
fn nobody_is_held_for_whose_time_has_come() {
    let mut office = opens(&["counter-1"]);
    let (_, walk_in) = one_is_expected(&mut office, "passport");
    for now in ["08:30", "08:31"] {
        office.it_is(now);
        let mut asked = office.clone();
        assert_eq!(asked.next("counter-1"), walk_in, "{now}");
    }
}

#[test]
fn a_counter_is_held_only_where_waiting_costs_less() {
    let mut office = opens(&["counter-1"]);
    let (_, walk_in) = one_is_expected(&mut office, "pick-up");
    office.it_is("08:29");
    assert_eq!(
        office.next("counter-1"),
        walk_in,
        "a moment does not matter"
    );

    let mut office = opens(&["counter-1", "counter-2"]);
    let (_, walk_in) = one_is_expected(&mut office, "passport");
    office.it_is("08:29");
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
    let (expected, walk_in) = one_is_expected(&mut office, "passport");
    office.it_is("08:29");
    assert_eq!(held_for(&mut office, "counter-1"), Some(expected));
    let called = office.does(call(walk_in, "counter-1"));
    assert_eq!(crate::common::why(&called), Why::Chosen);
}

#[test]
fn whom_the_counter_is_held_for_is_called_on_coming() {
    let mut office = opens(&["counter-1"]);
    let (expected, _) = one_is_expected(&mut office, "passport");
    office.it_is("08:29");
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
    let (_, walk_in) = one_is_expected(&mut office, "passport");
    office.it_is("08:29");
    let overdue = Why::Overdue {
        waited_min: 29,
        max_wait_min: 20,
    };
    assert_eq!(office.next_and_why("counter-1"), (walk_in, overdue));

    let mut office = opens(&["counter-1"]);
    one_is_expected(&mut office, "passport");
    let first = office.takes_with_priority(&["passport"], 1);
    office.it_is("08:29");
    assert_eq!(office.next("counter-1"), first);
}
