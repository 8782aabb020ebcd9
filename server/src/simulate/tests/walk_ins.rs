//! People without an appointment.

use super::*;

#[test]
fn who_comes_to_a_free_counter_is_called_at_once_and_served_as_long_as_it_takes() {
    let lines = Script::new().walk_in("W1", at(8, 5), 7).replayed();
    assert_eq!(call(&lines, "W1"), (at(8, 5), "1"));
    let line = of(&lines, "W1");
    assert_eq!(line.issued_at, Some(at(8, 5)));
    assert_eq!(line.finished_at, Some(at(8, 12)));
}

#[test]
fn a_walk_in_who_left_is_called_in_vain_once_and_the_next_one_when_nobody_came() {
    let lines = Script::new()
        .walk_in("W1", at(8, 0), 20)
        .impatient("W2", at(8, 1), 5)
        .walk_in("W3", at(8, 2), 10)
        .replayed();
    let left = of(&lines, "W2");
    assert_eq!(left.outcome, Outcome::Abandoned);
    let calls: Vec<_> = left.missed_calls.iter().map(|call| call.at).collect();
    assert_eq!(calls, [at(8, 20)]);
    assert_eq!(call(&lines, "W3"), (at(8, 22), "1"));
}

#[test]
fn who_is_called_in_the_last_second_of_their_patience_is_still_there() {
    let lines = Script::new()
        .walk_in("W1", at(8, 0), 6)
        .impatient("W2", at(8, 1), 5)
        .replayed();
    assert_eq!(call(&lines, "W2"), (at(8, 6), "1"));
}

#[test]
fn of_two_who_come_in_the_same_second_the_first_of_the_file_is_called_first() {
    let lines = Script::new()
        .walk_in("W2", at(8, 0), 10)
        .walk_in("W1", at(8, 0), 10)
        .replayed();
    assert_eq!(call(&lines, "W2").0, at(8, 0));
    assert_eq!(call(&lines, "W1").0, at(8, 10));
}

#[test]
fn who_comes_before_the_door_opens_or_after_it_closed_gets_no_ticket() {
    let lines = Script::new()
        .walk_in("W1", at(7, 59), 10)
        .walk_in("W2", at(10, 0), 10)
        .replayed();
    for id in ["W1", "W2"] {
        let line = of(&lines, id);
        assert_eq!(line.outcome, Outcome::Refused);
        assert_eq!((line.issued_at, line.promise), (None, None));
    }
}

#[test]
fn everybody_with_a_ticket_was_told_a_window_that_begins_with_the_arrival_at_the_earliest() {
    let mut script = Script::new();
    for number in 0..9 {
        script = script.walk_in(&format!("W{number}"), at(8, 5 * number), 15);
    }
    for line in script.replayed() {
        let told = line.promise.expect("a window with every ticket");
        assert!(line.issued_at <= Some(told.low), "{line:?}");
        assert!(told.low <= told.mid && told.mid <= told.high, "{line:?}");
    }
}

#[test]
fn who_comes_with_the_opening_of_the_door_is_told_a_window_by_staffed_counters() {
    let lines = Script::new().walk_in("W1", at(8, 0), 10).replayed();
    let told = of(&lines, "W1").promise.expect("a window with the ticket");
    assert_eq!((told.low, told.mid), (at(8, 0), at(8, 0)));
    assert!(told.high < at(9, 0), "{told:?}");
}

#[test]
fn who_comes_later_changes_nothing_for_those_who_were_there_before() {
    let morning = || {
        Script::new()
            .walk_in("W1", at(8, 0), 15)
            .walk_in("W2", at(8, 5), 15)
            .impatient("W3", at(8, 6), 5)
            .appointment("A1", at(8, 40), Some(at(8, 35)))
    };
    let quiet = morning().replayed();
    let busy = morning()
        .walk_in("W4", at(8, 31), 10)
        .walk_in("W5", at(8, 31), 10)
        .replayed();
    for id in ["W1", "W2", "W3"] {
        assert_eq!(of(&quiet, id), of(&busy, id));
    }
}
