//! The lists beside the line: appointments, parked visits, those who did not come.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{CounterKey, Target};

use super::super::{Key, List, Order, Step, Whereabouts};
use super::desk::Desk;
use crate::sample::{Day, Told, counter_4, ticket, ticket_id};

fn marked(day: Day, list: List) -> Desk {
    let mut desk = Desk::on(day);
    desk.controller.show(list);
    desk.controller.mark(0);
    desk
}

#[test]
fn who_has_an_appointment_is_checked_in_or_called_by_hand() {
    let later = ticket("T102", "id-card", "10:30").booked_for("11:00");
    let sooner = ticket("T101", "id-card", "10:30").booked_for("10:45");
    let mut desk = marked(Day::open().with([later, sooner]), List::Booked);
    assert_eq!(desk.numbers(), ["T101", "T102"]);
    let line = desk.model().line;
    assert_eq!((line.booked, line.step), (2, Some(Step::CheckIn)));
    assert_eq!(line.rows[0].since, "10:45");
    let checked_in = Some(Order::CheckIn(ticket_id("T101")));
    assert_eq!(desk.press(Key::StepMarked), checked_in);
    desk.controller.answered(super::super::Answer::Done);
    let called = TicketAction::Call(counter_4());
    let called = Some(Order::Act(ticket_id("T101"), called));
    assert_eq!(desk.press(Key::CallMarked), called);
}

#[test]
fn a_parked_visit_goes_on_here_and_only_where_nobody_else_is_served() {
    let parked = ticket("A003", "id-card", "09:20").parked("10:02");
    let fetching = ticket("B201", "register", "09:10").fetching("10:10");
    let day = Day::open().with([parked.clone(), fetching]);
    let mut desk = marked(day, List::Parked);
    assert_eq!(desk.numbers(), ["A003", "B201"]);
    let rows = desk.model().line.rows;
    let at = "Platz 2".to_owned();
    assert_eq!(rows[0].whereabouts, Some(Whereabouts::ParkedAt(at.clone())));
    assert_eq!(rows[1].whereabouts, Some(Whereabouts::FetchesAt(at)));
    let resumed = Order::Act(ticket_id("A003"), TicketAction::Resume(counter_4()));
    assert_eq!(desk.press(Key::StepMarked), Some(resumed));

    let busy = Day::open().serving(ticket("A012", "id-card", "10:11"), "10:38");
    let mut desk = marked(busy.with([parked]), List::Parked);
    assert_eq!(desk.press(Key::StepMarked), None);
}

#[test]
fn one_who_is_away_has_no_window_but_a_time_and_comes_back_by_one_key() {
    let away = ticket("A013", "id-card", "10:14").promised("10:30", "10:40");
    let mut desk = marked(Day::open().with([away.away_until("10:45")]), List::Waiting);
    let row = desk.model().line.rows[0].clone();
    let until = Whereabouts::AwayUntil("10:45".to_owned());
    assert_eq!((row.whereabouts, row.call_about), (Some(until), None));
    let back = Order::Act(ticket_id("A013"), TicketAction::Return);
    assert_eq!(desk.press(Key::StepMarked), Some(back));
}

#[test]
fn who_was_sent_to_one_counter_is_told_and_can_be_called_here_all_the_same() {
    let counter = CounterKey::new("counter-7");
    let sent = ticket("C034", "certificate", "10:20").only_for(Target::Counter { counter });
    let mut desk = marked(Day::open().with([sent]), List::Waiting);
    let row = desk.model().line.rows[0].clone();
    assert_eq!(
        (row.only.as_deref(), row.elsewhere),
        (Some("Platz 7"), false)
    );
    assert!(desk.model().offered.contains(&Key::CallMarked));
}

#[test]
fn the_lists_follow_each_other_round() {
    let mut desk = Desk::on(Day::open());
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(desk.model().line.list);
        desk.controller.turn_lists(1);
    }
    let [waiting, booked, parked, missed] = List::ALL;
    assert_eq!(seen, [waiting, booked, parked, missed, waiting]);
    desk.controller.turn_lists(-2);
    assert_eq!(desk.model().line.list, List::Missed);
}
