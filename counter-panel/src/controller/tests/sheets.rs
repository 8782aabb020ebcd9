//! The sheets: what they offer, what they send, and how one leaves them.

use std::collections::BTreeSet;

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{
    ChangeTicket, CounterKey, CounterMode, FinishTicket, LockQueues, QueueKey, ServiceKey, Target,
    TransferTicket, UnlockQueues, VisitResult,
};

use super::super::{Answer, Ask, Hint, Key, List, Notice, Order, Refusal, Title, Word};
use super::desk::{Desk, opens_counter_4, refused};
use crate::sample::{Day, Told, counter_4, stale_since, ticket, ticket_id};

fn serving() -> Day {
    let visit = ticket("A012", "id-card", "10:11").also_for("certificate");
    Day::open().serving(visit.people(2), "10:38")
}

fn more(day: Day) -> Desk {
    let mut desk = Desk::on(day);
    assert_eq!(desk.press(Key::More), None);
    desk
}

/// The menu of the first person in this list.
fn row(day: Day, list: List) -> Desk {
    let mut desk = Desk::on(day);
    desk.controller.show(list);
    desk.controller.mark(0);
    assert_eq!(desk.press(Key::MoreOfMarked), None);
    desk
}

fn act(number: &str, action: TicketAction) -> Order {
    Order::Act(ticket_id(number), action)
}

#[test]
fn the_running_visit_is_parked_or_comes_back_to_fetch() {
    let parked = more(serving()).chooses(&Word::Park);
    assert_eq!(parked, Some(act("A012", TicketAction::Park)));
    let fetches = more(serving()).chooses(&Word::PickUp);
    assert_eq!(fetches, Some(act("A012", TicketAction::PickUp)));
}

#[test]
fn one_who_is_called_and_not_yet_served_cannot_be_parked() {
    let mut desk = more(Day::open().called(ticket("A012", "id-card", "10:11"), "10:41"));
    assert_eq!(desk.chooses(&Word::Park), None);
}

#[test]
fn finishing_with_more_starts_from_what_the_plain_key_would_say() {
    let mut desk = more(serving());
    desk.chooses(&Word::FinishWith);
    let finish = FinishTicket {
        done: Some(vec![ServiceKey::new("id-card")]),
        persons: Some(2),
        result: Some(VisitResult::Served),
    };
    assert_eq!(
        desk.confirms(),
        Some(act("A012", TicketAction::FinishWith(finish)))
    );
}

#[test]
fn what_was_done_how_many_came_and_the_result_are_said() {
    let mut desk = more(serving());
    desk.chooses(&Word::FinishWith);
    desk.chooses(&Word::Own("Beglaubigung".to_owned()));
    desk.chooses(&Word::WithoutRecord);
    desk.controller.count_people(1);
    let finish = FinishTicket {
        done: Some(["id-card", "certificate"].map(ServiceKey::new).to_vec()),
        persons: Some(3),
        result: Some(VisitResult::WithoutRecord),
    };
    let sent = desk.press(Key::Finish);
    assert_eq!(sent, Some(act("A012", TicketAction::FinishWith(finish))));
}

#[test]
fn what_could_not_be_done_was_not_done() {
    let mut desk = more(serving());
    desk.chooses(&Word::FinishWith);
    desk.chooses(&Word::NotPossible);
    desk.controller.count_people(-5);
    let finish = FinishTicket {
        done: Some(Vec::new()),
        persons: Some(1),
        result: Some(VisitResult::NotPossible),
    };
    assert_eq!(
        desk.confirms(),
        Some(act("A012", TicketAction::FinishWith(finish)))
    );
}

#[test]
fn a_visit_is_sent_to_a_clerk_with_a_note() {
    let day = serving().counter_of("counter-2", CounterMode::Open, "Kim");
    let mut desk = more(day.counter_of("counter-7", CounterMode::Closed, ""));
    desk.chooses(&Word::SendOn);
    let names = desk.words();
    assert!(names.contains(&Word::Own("Platz 2".to_owned())));
    assert!(!names.contains(&Word::Own("Platz 7".to_owned())), "closed");
    assert!(!names.contains(&Word::Own("Platz 4".to_owned())), "is here");
    desk.chooses(&Word::Own("Kim".to_owned()));
    assert_eq!(desk.sheet().hint, Some(Hint::NoteIsPersonal));
    desk.controller.write("  photo is missing ");
    let transfer = TransferTicket {
        target: Target::Clerk {
            clerk: "Kim".to_owned(),
        },
        note: Some("photo is missing".to_owned()),
    };
    assert_eq!(
        desk.confirms(),
        Some(act("A012", TicketAction::Transfer(transfer)))
    );
}

#[test]
fn what_was_typed_is_not_lost_when_the_server_says_no() {
    let mut desk = more(serving().counter_of("counter-2", CounterMode::Open, "Kim"));
    desk.chooses(&Word::SendOn);
    desk.chooses(&Word::Own("Platz 2".to_owned()));
    desk.controller.write("photo is missing");
    desk.confirms();
    desk.controller.answered(refused(409, "counter_closed"));
    let closed = Notice::Refused(Refusal::TargetClosed);
    assert_eq!(desk.model().notice, Some(closed));
    assert_eq!(desk.sheet().field.as_deref(), Some("photo is missing"));
    desk.confirms();
    desk.controller.answered(Answer::Done);
    assert_eq!(desk.model().sheet, None);
}

#[test]
fn one_who_waits_is_sent_on_too_and_without_a_note() {
    let mut desk = row(
        Day::open().with([ticket("A013", "id-card", "10:14")]),
        List::Waiting,
    );
    desk.chooses(&Word::SendOn);
    desk.chooses(&Word::Own("B · Meldewesen".to_owned()));
    let transfer = TransferTicket {
        target: Target::Queue {
            queue: QueueKey::new("move"),
        },
        note: None,
    };
    assert_eq!(
        desk.confirms(),
        Some(act("A013", TicketAction::Transfer(transfer)))
    );
}

#[test]
fn closing_with_a_visit_is_asked_for_once_and_names_what_will_happen() {
    let number = || "A012".to_owned();
    let called = Day::open().called(ticket("A012", "id-card", "10:11"), "10:41");
    for (day, hint) in [
        (called, Hint::GoesBack(number())),
        (serving(), Hint::IsParked(number())),
    ] {
        let mut desk = Desk::on(day);
        assert_eq!(desk.press(Key::Door), None);
        assert_eq!(desk.sheet().title, Title::Close);
        assert_eq!(desk.sheet().hint, Some(hint));
        let closes = Some(Order::CloseCounter(counter_4()));
        assert_eq!(desk.press(Key::Door), closes);
    }
}

#[test]
fn a_counter_has_a_break_and_goes_on() {
    let pauses = more(Day::open()).chooses(&Word::Break);
    assert_eq!(pauses, Some(Order::PauseCounter(counter_4())));
    let mut desk = Desk::on(Day::open().paused());
    assert_eq!(desk.stage(), super::super::Stage::Paused);
    assert_eq!(desk.press(Key::Next), None);
    assert_eq!(desk.model().notice, Some(Notice::CounterPaused));
    let opens = Some(opens_counter_4(None));
    assert_eq!(desk.press(Key::Door), opens);
    let closes = more(Day::open().paused()).chooses(&Word::CloseCounter);
    assert_eq!(closes, Some(Order::CloseCounter(counter_4())));
}

#[test]
fn the_clerk_goes_over_to_a_closed_counter_and_the_visit_comes_along() {
    let day = serving().counter_of("counter-2", CounterMode::Open, "Kim");
    let mut desk = more(day.counter_of("counter-7", CounterMode::Closed, ""));
    desk.chooses(&Word::GoOver);
    assert_eq!(desk.words(), [Word::Own("Platz 7".to_owned())]);
    assert_eq!(desk.sheet().hint, Some(Hint::ComesAlong("A012".to_owned())));
    let to = CounterKey::new("counter-7");
    let from = counter_4();
    let over = desk.chooses(&Word::Own("Platz 7".to_owned()));
    assert_eq!(over, Some(Order::MoveCounter { from, to }));
}

/// The clerk has gone over to counter 7.
fn over(day: Day) -> Desk {
    let mut desk = more(day.counter_of("counter-7", CounterMode::Closed, ""));
    desk.chooses(&Word::GoOver);
    desk.chooses(&Word::Own("Platz 7".to_owned()));
    desk.controller.answered(Answer::Done);
    desk.shows(Day::closed().counter_of("counter-7", CounterMode::Open, ""));
    desk
}

#[test]
fn a_panel_that_was_left_says_where_the_visit_is() {
    let counter = "Platz 7".to_owned();
    let number = Some("A012".to_owned());
    let mut desk = over(serving());
    assert_eq!(desk.stage(), super::super::Stage::Closed);
    assert_eq!(
        desk.model().notice,
        Some(Notice::WentOver { number, counter })
    );
    desk.press(Key::Door);
    assert_eq!(desk.model().notice, None);

    let (number, counter) = (None, "Platz 7".to_owned());
    let notice = over(Day::open()).model().notice;
    assert_eq!(notice, Some(Notice::WentOver { number, counter }));
}

#[test]
fn a_step_that_went_over_with_its_visit_is_not_taken_back_here() {
    let visit = ticket("A012", "id-card", "10:11");
    let called = Day::open().called(visit.clone(), "10:41");
    let called = called.counter_of("counter-7", CounterMode::Closed, "");
    let mut desk = Desk::on(called.clone());
    desk.press(Key::Start);
    desk.controller.answered(Answer::Visit(Box::new(visit)));
    assert!(desk.model().last_step.is_some());
    desk.press(Key::More);
    desk.chooses(&Word::GoOver);
    desk.chooses(&Word::Own("Platz 7".to_owned()));
    desk.controller.answered(Answer::Done);
    assert_eq!(desk.model().last_step, None);
}

#[test]
fn one_or_all_queues_are_locked_with_a_notice_and_unlocked() {
    let mut desk = more(Day::open().locked("move", "until 14:00", "10:30"));
    desk.chooses(&Word::Locks);
    let unlock = desk.chooses(&Word::Unlock("B · Meldewesen".to_owned()));
    let queues = BTreeSet::from([QueueKey::new("move")]);
    assert_eq!(unlock, Some(Order::Unlock(UnlockQueues { queues })));
    desk.controller.answered(refused(503, "busy"));
    desk.chooses(&Word::LockAll);
    assert_eq!(desk.confirms(), None, "a notice is missing");
    desk.controller.write("closed today");
    let wish = LockQueues {
        queues: BTreeSet::new(),
        notice: "closed today".to_owned(),
    };
    assert_eq!(desk.confirms(), Some(Order::Lock(wish)));
}

#[test]
fn what_is_locked_is_told() {
    let mut desk = Desk::on(Day::open().locked("move", "until 14:00", "10:30"));
    assert_eq!(desk.model().locked, ["B · Meldewesen"]);
}

#[test]
fn one_who_waits_leaves_for_as_long_as_the_queue_allows_and_comes_back() {
    let waiting = ticket("A013", "id-card", "10:14");
    let mut desk = row(Day::open().with([waiting.clone()]), List::Waiting);
    assert_eq!(desk.chooses(&Word::Return), None, "is here");
    desk.chooses(&Word::Pause);
    let longest = desk.words().last().cloned();
    assert_eq!(longest, Some(Word::Minutes(30)));
    let away = desk.chooses(&Word::Minutes(10));
    assert_eq!(away, Some(act("A013", TicketAction::Pause(10))));
    let mut desk = row(
        Day::open().with([waiting.away_until("10:52")]),
        List::Waiting,
    );
    assert_eq!(
        desk.chooses(&Word::Return),
        Some(act("A013", TicketAction::Return))
    );
}

#[test]
fn a_priority_is_given() {
    let mut desk = row(
        Day::open().with([ticket("A013", "id-card", "10:14")]),
        List::Waiting,
    );
    desk.chooses(&Word::Priority);
    let change = ChangeTicket {
        priority: Some(1),
        ..ChangeTicket::default()
    };
    let urgent = desk.chooses(&Word::Urgent);
    assert_eq!(urgent, Some(act("A013", TicketAction::Change(change))));
}

#[test]
fn a_number_is_cancelled_after_it_was_asked_for_once() {
    let mut desk = row(
        Day::open().with([ticket("A013", "id-card", "10:14")]),
        List::Waiting,
    );
    assert_eq!(desk.chooses(&Word::Cancel), None);
    assert_eq!(desk.sheet().ask, Some(Ask::Cancel("A013".to_owned())));
    assert_eq!(desk.confirms(), Some(act("A013", TicketAction::Cancel)));
}

#[test]
fn escape_goes_one_step_back_and_at_last_to_the_list() {
    let mut desk = more(Day::open());
    desk.chooses(&Word::Locks);
    desk.controller.back();
    assert_eq!(desk.sheet().title, Title::More);
    desk.controller.back();
    assert_eq!(desk.model().sheet, None);
}

#[test]
fn every_key_goes_on_working_in_a_sheet_and_leaves_it() {
    let mut desk = more(Day::open());
    assert_eq!(desk.press(Key::Next), Some(Order::CallNext(counter_4())));
    assert_eq!(desk.model().sheet, None);
}

#[test]
fn the_key_that_opens_more_closes_it_again() {
    let mut desk = more(Day::open());
    desk.press(Key::More);
    assert_eq!(desk.model().sheet, None);
}

#[test]
fn a_sheet_of_a_visit_goes_with_the_visit() {
    let mut desk = more(serving());
    desk.chooses(&Word::FinishWith);
    desk.shows(Day::open());
    assert_eq!(desk.sheet().title, Title::More);
}

#[test]
fn while_the_server_is_away_nothing_can_be_chosen_and_nothing_typed_is_lost() {
    let mut desk = more(serving().counter_of("counter-2", CounterMode::Open, "Kim"));
    desk.chooses(&Word::SendOn);
    desk.chooses(&Word::Own("Platz 2".to_owned()));
    desk.controller.write("photo");
    desk.takes(&stale_since("10:41"));
    assert_eq!(desk.confirms(), None);
    let sheet = desk.sheet();
    assert_eq!(
        (sheet.ready, sheet.field.as_deref()),
        (false, Some("photo"))
    );
}

#[test]
fn the_cursor_and_enter_choose_as_a_figure_does() {
    let mut desk = more(serving());
    let now = desk.now();
    desk.controller.move_cursor(1, now);
    desk.controller.move_cursor(1, now);
    assert_eq!(desk.confirms(), Some(act("A012", TicketAction::Park)));
}
