//! People with an appointment.

use super::*;

#[test]
fn an_appointment_that_comes_late_checks_in_when_it_comes_and_is_called_then() {
    let lines = Script::new()
        .appointment("A1", at(8, 10), Some(at(8, 18)))
        .replayed();
    assert_eq!(call(&lines, "A1"), (at(8, 18), "1"));
    assert_eq!(of(&lines, "A1").issued_at, Some(at(8, 18)));
}

#[test]
fn who_has_an_appointment_and_never_comes_is_a_no_show_for_whom_no_counter_waits() {
    let lines = Script::new()
        .appointment("A1", at(8, 0), None)
        .walk_in("W1", at(8, 0), 10)
        .replayed();
    let line = of(&lines, "A1");
    assert_eq!(line.outcome, Outcome::NoShow);
    assert!(line.missed_calls.is_empty());
    assert_eq!(call(&lines, "W1").0, at(8, 0));
}

#[test]
fn who_comes_too_early_checks_in_again_as_soon_as_the_kiosk_said() {
    let lines = Script::new()
        .appointment("A1", at(9, 30), Some(at(8, 10)))
        .replayed();
    assert_eq!(of(&lines, "A1").issued_at, Some(at(8, 30)));
}

#[test]
fn an_appointment_that_reports_after_closing_is_still_served() {
    let lines = Script::new()
        .appointment("A1", at(9, 55), Some(at(10, 5)))
        .replayed();
    assert_eq!(call(&lines, "A1"), (at(10, 5), "1"));
}

#[test]
fn lines_stand_in_the_order_of_the_file_appointments_first() {
    let lines = Script::new()
        .walk_in("W2", at(9, 0), 10)
        .walk_in("W1", at(8, 0), 10)
        .appointment("A2", at(9, 0), None)
        .appointment("A1", at(8, 0), None)
        .replayed();
    let ids: Vec<_> = lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids, ["A2", "A1", "W2", "W1"]);
}
