//! Taking the panel's last step back, and what is said of a step that does not simply end.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{TicketRow, TicketState};

use super::super::{Answer, Done, Key, Notice, Order, Refusal};
use super::desk::{Desk, refused};
use crate::sample::{Day, Told, stale_since, ticket, ticket_id};

fn visit() -> TicketRow {
    ticket("A012", "id-card", "10:11")
}

fn finished() -> Desk {
    let mut desk = Desk::on(Day::open().serving(visit(), "10:38"));
    desk.press(Key::Finish);
    // The visit may have left the list before the answer is there.
    desk.shows(Day::open());
    desk.controller.answered(Answer::Done);
    desk
}

#[track_caller]
fn offers(desk: &mut Desk, number: &str, done: Done) {
    let step = desk.model().last_step.expect("a step to take back");
    assert_eq!((step.number.as_str(), step.done), (number, done));
}

#[test]
fn the_last_step_is_named_and_taken_back_by_one_key() {
    let mut desk = finished();
    offers(&mut desk, "A012", Done::Finished);
    let undo = Order::Act(ticket_id("A012"), TicketAction::Undo);
    assert_eq!(desk.press(Key::TakeBack), Some(undo));
    desk.controller.answered(Answer::Visit(Box::new(visit())));
    let number = "A012".to_owned();
    assert_eq!(desk.model().notice, Some(Notice::TakenBack { number }));
    assert_eq!(desk.model().last_step, None);
}

#[test]
fn it_is_offered_for_as_long_as_the_office_allows() {
    let mut desk = finished();
    desk.waits_secs(29);
    offers(&mut desk, "A012", Done::Finished);
    desk.waits_secs(1);
    assert_eq!(desk.model().last_step, None);
    assert_eq!(desk.press(Key::TakeBack), None);
}

#[test]
fn a_call_of_the_next_person_is_a_step_too() {
    let mut desk = Desk::on(Day::open().with([visit()]));
    desk.press(Key::Next);
    desk.controller.answered(Answer::Called(Box::new(visit())));
    offers(&mut desk, "A012", Done::Called);
}

#[test]
fn a_step_that_was_refused_is_none_and_one_that_cannot_be_taken_back_is_not_offered_again() {
    let mut desk = Desk::on(Day::open().serving(visit(), "10:38"));
    desk.press(Key::Finish);
    desk.controller.answered(refused(409, "wrong_state"));
    assert_eq!(desk.model().last_step, None);
    let mut desk = finished();
    desk.press(Key::TakeBack);
    desk.controller.answered(refused(409, "undo_of_other"));
    let refusal = Notice::Refused(Refusal::UndoOfOther);
    assert_eq!(desk.model().notice, Some(refusal));
    assert_eq!(desk.model().last_step, None);
}

#[test]
fn while_the_server_is_away_nothing_is_offered_to_take_back() {
    let mut desk = finished();
    desk.takes(&stale_since("10:42"));
    assert_eq!(desk.model().last_step, None);
}

#[test]
fn whoever_did_not_come_and_is_called_again_later_is_told_with_the_time() {
    let mut desk = Desk::on(Day::open().called(visit(), "10:41"));
    desk.press(Key::DidNotCome);
    let back = visit().away_until("10:50");
    desk.controller
        .answered(Answer::Visit(Box::new(back.clone())));
    let (number, until) = ("A012".to_owned(), "10:50".to_owned());
    let later = Some(Notice::CalledLater { number, until });
    assert_eq!(desk.model().notice, later);
    desk.shows(Day::open().with([back]));
    assert_eq!(
        desk.model().notice,
        later,
        "stays though the visit has gone"
    );
    offers(&mut desk, "A012", Done::DidNotCome);
}

#[test]
fn a_visit_that_is_done_here_and_waits_elsewhere_is_told() {
    let mut desk = Desk::on(Day::open().serving(visit(), "10:38"));
    desk.press(Key::Finish);
    let mut rest = ticket("A012", "certificate", "10:11");
    rest.state = TicketState::Waiting;
    desk.controller.answered(Answer::Visit(Box::new(rest)));
    let (number, services) = ("A012".to_owned(), "Beglaubigung".to_owned());
    assert_eq!(
        desk.model().notice,
        Some(Notice::GoesOn { number, services })
    );
}
