//! The calm line: when it comes and when it goes.

use aufruf_protocol::latest::{Nobody, NobodyReason};

use super::super::{Answer, Key, Notice, Refusal};
use super::desk::{Desk, nobody, refused};
use crate::sample::{Day, Told as _, at, stale_since, ticket, ticket_id};

const NOBODY_WAITING: Notice = Notice::NobodyWaiting { until: None };

#[test]
fn next_says_why_nobody_is_called() {
    for (reason, notice) in [
        (NobodyReason::NobodyWaiting, NOBODY_WAITING),
        (
            NobodyReason::OtherSkills,
            Notice::OtherSkills { until: None },
        ),
        (
            NobodyReason::OtherCounter,
            Notice::OtherCounter { until: None },
        ),
        (NobodyReason::AllPaused, Notice::AllPaused { until: None }),
        (NobodyReason::CounterPaused, Notice::CounterPaused),
        (NobodyReason::CounterClosed, Notice::CounterClosed),
        (NobodyReason::Unknown, Notice::NobodyNow { until: None }),
    ] {
        let mut desk = Desk::on(Day::open());
        desk.press(Key::Next);
        desk.controller.answered(nobody(reason));
        assert_eq!(desk.model().notice, Some(notice));
    }
}

#[test]
fn a_visit_that_the_panel_did_not_know_of_is_named_by_its_number() {
    let elsewhere = Day::open().with([ticket("A012", "id-card", "10:11")]);
    let mut desk = Desk::on(elsewhere);
    desk.press(Key::Next);
    desk.controller.answered(Answer::Nobody(Nobody {
        reason: NobodyReason::VisitRunning,
        ticket: Some(ticket_id("A012")),
        until: None,
    }));
    let running = Notice::VisitRunning {
        number: "A012".to_owned(),
    };
    assert_eq!(desk.model().notice, Some(running));
}

/// The answer to *next* while the counter is kept free until 10:45.
fn held() -> Answer {
    Answer::Nobody(Nobody {
        reason: NobodyReason::Held,
        ticket: Some(ticket_id("A012")),
        until: Some(at("10:45")),
    })
}

#[test]
fn a_counter_that_is_kept_free_says_for_whom_and_until_when() {
    let agreed = ticket("A012", "id-card", "10:11").booked_for("10:45");
    let mut desk = Desk::on(Day::open().with([agreed, ticket("A013", "id-card", "10:20")]));
    desk.press(Key::Next);
    desk.controller.answered(held());
    let number = "A012".to_owned();
    let until = "10:45".to_owned();
    assert_eq!(desk.model().notice, Some(Notice::Held { number, until }));
}

#[test]
fn the_clerk_may_call_somebody_else_meanwhile_and_the_notice_goes_when_the_person_comes() {
    let agreed = || ticket("A012", "id-card", "10:11").booked_for("10:45");
    let other = || ticket("A013", "id-card", "10:20");
    let mut desk = Desk::on(Day::open().with([agreed(), other()]));
    desk.press(Key::Next);
    desk.controller.answered(held());
    desk.controller.mark(0);
    assert!(desk.model().offered.contains(&Key::CallMarked));
    let here = ticket("A012", "id-card", "10:42").agreed_for("10:45");
    desk.shows(Day::open().with([here, other()]));
    assert_eq!(desk.model().notice, None);
}

#[test]
fn until_when_nobody_can_be_called_is_told_by_the_offices_clock() {
    let mut desk = Desk::on(Day::open());
    desk.press(Key::Next);
    desk.controller.answered(Answer::Nobody(Nobody {
        reason: NobodyReason::Unknown,
        ticket: None,
        until: Some(at("10:50")),
    }));
    let until = Some("10:50".to_owned());
    assert_eq!(desk.model().notice, Some(Notice::NobodyNow { until }));
}

#[test]
fn nobody_is_waiting_goes_when_somebody_comes() {
    let mut desk = Desk::on(Day::open());
    desk.press(Key::Next);
    desk.controller
        .answered(nobody(NobodyReason::NobodyWaiting));
    desk.shows(Day::open());
    assert_eq!(desk.model().notice, Some(NOBODY_WAITING));
    desk.shows(Day::open().with([ticket("A012", "id-card", "10:42")]));
    assert_eq!(desk.model().notice, None);
}

#[test]
fn a_refusal_stays_when_others_come_and_goes_with_the_next_press() {
    let mut desk = Desk::on(Day::open());
    desk.press(Key::Next);
    desk.controller.answered(refused(503, "day_not_open"));
    desk.shows(Day::open().with([ticket("A012", "id-card", "10:42")]));
    assert_eq!(
        desk.model().notice,
        Some(Notice::Refused(Refusal::DayNotOpen))
    );
    desk.press(Key::Next);
    assert_eq!(desk.model().notice, None);
}

#[test]
fn a_notice_about_the_visit_goes_when_the_visit_has_moved_on() {
    let visit = || ticket("A012", "id-card", "10:11");
    let mut desk = Desk::on(Day::open().called(visit(), "10:41"));
    desk.press(Key::Next);
    assert!(desk.model().notice.is_some());
    desk.shows(Day::open().serving(visit(), "10:42"));
    assert_eq!(desk.model().notice, None);
}

#[test]
fn advice_on_keys_goes_when_the_keys_do() {
    let mut desk = Desk::on(Day::open().called(ticket("A012", "id-card", "10:11"), "10:41"));
    desk.press(Key::Next);
    assert!(desk.model().notice.is_some());
    desk.takes(&stale_since("10:42"));
    assert_eq!(desk.model().notice, None);
}
