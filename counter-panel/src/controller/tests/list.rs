//! The list on the right.

use std::rc::Rc;

use super::super::{List, Window};
use super::desk::Desk;
use crate::sample::{Day, Told, ticket};

fn day() -> Day {
    Day::open().with([
        ticket("A015", "id-card", "10:24").promised("10:50", "11:00"),
        ticket("A013", "passport", "10:14").promised("10:30", "10:40"),
        ticket("C034", "certificate", "10:20"),
        ticket("A009", "id-card", "09:48").missed("10:19"),
    ])
}

#[test]
fn people_stand_in_the_order_of_their_places() {
    let mut desk = Desk::on(day());
    assert_eq!(desk.numbers(), ["A013", "C034", "A015"]);
    let line = desk.model().line;
    assert_eq!((line.waiting, line.missed), (3, 1));
}

#[test]
fn a_window_that_has_passed_and_a_service_of_other_counters_are_told() {
    let rows = Desk::on(day()).model().line.rows;
    let windows: Vec<Window> = rows.iter().map(|row| row.window).collect();
    let elsewhere: Vec<bool> = rows.iter().map(|row| row.elsewhere).collect();
    assert_eq!(windows, [Window::Over, Window::Holds, Window::Holds]);
    assert_eq!(elsewhere, [false, true, false]);
}

#[test]
fn a_call_that_comes_later_than_told_shows_the_window_that_holds_now() {
    let later = ticket("A015", "id-card", "10:24")
        .promised("10:30", "10:40")
        .by_now("11:10", "11:20");
    let sooner = ticket("A016", "id-card", "10:25")
        .promised("11:30", "11:40")
        .by_now("11:00", "11:10");
    let rows = Desk::on(Day::open().with([later, sooner]))
        .model()
        .line
        .rows;
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row.call_about.as_deref(), row.window))
        .collect();
    let expected = [
        (Some("11:10–11:20"), Window::Later),
        (Some("11:00–11:10"), Window::Holds),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn those_who_did_not_come_have_a_list_of_their_own() {
    let mut desk = Desk::on(day());
    desk.controller.show(List::Missed);
    assert_eq!(desk.numbers(), ["A009"]);
    assert_eq!(desk.model().line.rows[0].since, "10:19");
}

#[test]
fn the_mark_moves_by_keys_and_stays_within_the_list() {
    let mut desk = Desk::on(day());
    for (by, marked) in [(1, 0), (1, 1), (10, 2), (1, 2), (-1, 1), (-10, 0)] {
        desk.controller.move_mark(by);
        assert_eq!(desk.model().line.marked, Some(marked));
    }
}

#[test]
fn the_mark_stays_with_the_person_and_goes_with_the_person() {
    let mut desk = Desk::on(day());
    desk.controller.mark(1);
    let without = |gone: &'static str| {
        let left = [
            ("C034", "certificate", "10:20"),
            ("A015", "id-card", "10:24"),
        ];
        let left = left.into_iter().filter(move |(number, ..)| *number != gone);
        Day::open().with(left.map(|(number, service, came)| ticket(number, service, came)))
    };
    desk.shows(without("A013"));
    assert_eq!(desk.model().line.marked, Some(0));
    desk.shows(without("C034"));
    assert_eq!(desk.numbers(), ["A015"]);
    assert_eq!(desk.model().line.marked, None);
}

#[test]
fn a_list_in_which_nothing_changed_is_the_same_list() {
    let mut desk = Desk::on(day());
    let before = desk.model().line.rows;
    let after = desk.waits_secs(1).model().line.rows;
    assert!(Rc::ptr_eq(&before, &after));
}

#[test]
fn an_empty_list_has_nobody_to_mark() {
    let mut desk = Desk::on(Day::open());
    desk.controller.move_mark(1);
    assert_eq!(desk.model().line.marked, None);
}
