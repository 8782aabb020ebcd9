//! Counters: shifts, breaks, overtime.

use super::*;

#[test]
fn a_visit_goes_on_into_the_break_and_nobody_is_called_before_the_break_is_over() {
    let lines = Script::new()
        .counters(&[&[(at(8, 0), at(8, 30)), (at(8, 40), at(10, 0))]])
        .walk_in("W1", at(8, 25), 10)
        .walk_in("W2", at(8, 26), 10)
        .replayed();
    assert_eq!(of(&lines, "W1").finished_at, Some(at(8, 35)));
    assert_eq!(call(&lines, "W2"), (at(8, 40), "1"));
}

#[test]
fn a_clerk_who_goes_home_ends_the_visit_first_and_comes_back_for_the_overtime() {
    let lines = Script::new()
        .counters(&[&[(at(8, 0), at(8, 30))]])
        .walk_in("W1", at(8, 25), 10)
        .walk_in("W2", at(8, 26), 10)
        .replayed();
    assert_eq!(of(&lines, "W1").finished_at, Some(at(8, 35)));
    assert_eq!(call(&lines, "W2"), (at(10, 0), "1"));
}

#[test]
fn nobody_is_called_in_the_second_in_which_a_shift_ends() {
    let lines = Script::new()
        .counters(&[&[(at(8, 0), at(8, 30)), (at(9, 0), at(10, 0))]])
        .walk_in("W1", at(8, 30) - 1, 1)
        .walk_in("W2", at(8, 30), 10)
        .replayed();
    assert_eq!(call(&lines, "W1").0, at(8, 30) - 1);
    assert_eq!(call(&lines, "W2").0, at(9, 0));
}

#[test]
fn whoever_holds_a_ticket_at_closing_is_served_in_overtime() {
    let lines = Script::new()
        .walk_in("W1", at(9, 50), 30)
        .walk_in("W2", at(9, 51), 10)
        .replayed();
    assert_eq!(call(&lines, "W2"), (at(10, 20), "1"));
}

#[test]
fn at_closing_a_counter_without_a_shift_helps_those_who_still_wait() {
    let lines = Script::new()
        .counters(&[&[(at(8, 0), at(10, 0))], &[]])
        .walk_in("W1", at(9, 50), 30)
        .walk_in("W2", at(9, 51), 10)
        .replayed();
    assert_eq!(call(&lines, "W2"), (at(10, 0), "2"));
}

#[test]
fn of_two_free_counters_the_first_of_the_file_calls() {
    let all_day: &[(Second, Second)] = &[(at(8, 0), at(10, 0))];
    let lines = Script::new()
        .counters(&[all_day, all_day])
        .walk_in("W1", at(8, 10), 10)
        .walk_in("W2", at(8, 11), 10)
        .replayed();
    assert_eq!(call(&lines, "W1").1, "1");
    assert_eq!(call(&lines, "W2").1, "2");
}

#[test]
fn a_counter_that_is_staffed_before_the_door_opens_calls_nobody_before() {
    let lines = Script::new()
        .counters(&[&[(at(7, 30), at(10, 0))]])
        .appointment("A1", at(8, 0), Some(at(7, 45)))
        .replayed();
    assert_eq!(call(&lines, "A1").0, at(8, 0));
}
