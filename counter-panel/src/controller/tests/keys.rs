//! What each key does at each stage.

use aufruf_client::TicketAction::{self, Call, Finish, Miss, Recall, Requeue, Start};

use super::super::{Answer, Key, Notice, Order, Stage};
use super::desk::{Desk, opens_counter_4};
use crate::sample::{Day, Told, counter_4, ticket, ticket_id};

fn act(action: TicketAction) -> Order {
    Order::Act(ticket_id("A012"), action)
}

fn called() -> Day {
    Day::open().called(ticket("A012", "id-card", "10:11"), "10:41:42")
}

fn serving() -> Day {
    Day::open().serving(ticket("A012", "id-card", "10:11"), "10:38")
}

#[test]
fn a_closed_counter_offers_to_open_and_nothing_else() {
    let mut desk = Desk::on(Day::closed());
    assert_eq!(desk.stage(), Stage::Closed);
    assert_eq!(desk.model().offered, [Key::Door]);
    assert_eq!(desk.press(Key::Next), None);
    assert_eq!(desk.model().notice, Some(Notice::CounterClosed));
    assert_eq!(desk.press(Key::Door), Some(opens_counter_4(None)));
}

#[test]
fn a_free_counter_calls_the_next_person_or_closes() {
    let mut desk = Desk::on(Day::open());
    assert_eq!(desk.stage(), Stage::Free);
    assert_eq!(desk.model().offered, [Key::Door, Key::Next]);
    assert_eq!(desk.press(Key::Next), Some(Order::CallNext(counter_4())));
    desk.controller.answered(Answer::Done);
    assert_eq!(
        desk.press(Key::Door),
        Some(Order::CloseCounter(counter_4()))
    );
}

#[test]
fn each_step_with_a_called_person_is_one_key() {
    for (key, action) in [
        (Key::Again, Recall),
        (Key::DidNotCome, Miss),
        (Key::BackIntoLine, Requeue),
        (Key::Start, Start),
        (Key::Finish, Finish),
    ] {
        let mut desk = Desk::on(called());
        assert!(desk.model().offered.contains(&key));
        assert_eq!(desk.press(key), Some(act(action)), "{key:?}");
    }
}

#[test]
fn a_served_person_can_be_finished_and_the_counter_closed() {
    let mut desk = Desk::on(serving());
    assert_eq!(desk.model().offered, [Key::Door, Key::Finish]);
    assert_eq!(desk.press(Key::Again), None);
    let being_served = Notice::BeingServed {
        number: "A012".to_owned(),
    };
    assert_eq!(desk.model().notice, Some(being_served));
    assert_eq!(desk.press(Key::Finish), Some(act(Finish)));
}

#[test]
fn next_is_answered_at_once_while_a_visit_runs() {
    let number = || "A012".to_owned();
    for (day, notice) in [
        (called(), Notice::VisitRunning { number: number() }),
        (serving(), Notice::BeingServed { number: number() }),
    ] {
        let mut desk = Desk::on(day);
        assert_eq!(desk.press(Key::Next), None);
        assert_eq!(desk.model().notice, Some(notice));
    }
}

#[test]
fn keys_for_a_called_person_say_that_nobody_is_called() {
    for key in [
        Key::Again,
        Key::DidNotCome,
        Key::BackIntoLine,
        Key::Start,
        Key::Finish,
    ] {
        let mut desk = Desk::on(Day::open());
        assert_eq!(desk.press(key), None);
        assert_eq!(desk.model().notice, Some(Notice::NobodyCalled), "{key:?}");
    }
}

#[test]
fn while_an_answer_is_awaited_every_key_is_inert() {
    let mut desk = Desk::on(called());
    assert_eq!(desk.press(Key::Start), Some(act(Start)));
    for key in Key::ALL {
        assert_eq!(desk.press(key), None, "{key:?}");
    }
    desk.controller.answered(Answer::Done);
    assert_eq!(desk.press(Key::Start), Some(act(Start)));
}

#[test]
fn an_answer_that_takes_long_is_said_to_be_awaited() {
    let mut desk = Desk::on(called());
    desk.press(Key::Again);
    assert_eq!(desk.model().awaiting, None);
    assert_eq!(desk.waits_secs(1).model().awaiting, Some(Key::Again));
    desk.controller.answered(Answer::Done);
    assert_eq!(desk.model().awaiting, None);
}

#[test]
fn a_marked_person_is_called_out_of_turn() {
    let waiting = ticket("A012", "id-card", "10:11");
    let mut desk = Desk::on(Day::open().with([ticket("A011", "id-card", "10:10"), waiting]));
    assert_eq!(desk.press(Key::CallMarked), None);
    desk.controller.mark(1);
    assert_eq!(desk.press(Key::CallMarked), Some(act(Call(counter_4()))));
}

#[test]
fn a_person_whose_service_is_not_offered_here_is_not_called() {
    let mut desk = Desk::on(Day::open().with([ticket("C034", "certificate", "10:11")]));
    desk.controller.mark(0);
    assert!(!desk.model().offered.contains(&Key::CallMarked));
    assert_eq!(desk.press(Key::CallMarked), None);
    assert_eq!(desk.model().notice, Some(Notice::SkillMissing));
}

#[test]
fn a_missed_person_is_lined_up_again_also_while_a_visit_runs() {
    let missed = ticket("A009", "id-card", "09:48").missed("10:19");
    let mut desk = Desk::on(serving().with([missed]));
    desk.controller.show(super::super::List::Missed);
    assert_eq!(desk.press(Key::StepMarked), None);
    desk.controller.mark(0);
    assert!(desk.model().offered.contains(&Key::StepMarked));
    let lined_up = Order::Act(ticket_id("A009"), Requeue);
    assert_eq!(desk.press(Key::StepMarked), Some(lined_up));
}
