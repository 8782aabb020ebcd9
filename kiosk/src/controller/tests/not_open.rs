//! Services that give no numbers, and why.

use aufruf_protocol::latest::{Offer, OfferState, OfficeInfo, Problem, Texts};
use jiff::Timestamp;

use super::super::{Body, CardState, ClosedBody, Day, Failure, Press, Refusal, RefusedBody, When};
use super::Kiosk;
use super::office::{MOVING, PASSPORT, at, not_open, office, open, queue_with_check_in};

const NOTICE: &str = "Bis 12 Uhr nur mit Termin";
const MEETING: [(&str, &str); 2] = [("de", "Personalversammlung"), ("en", "Staff meeting")];
const HOLIDAY: [(&str, &str); 2] = [("de", "Neujahr"), ("en", "New Year's Day")];

fn closed(service: &str, opens_at: Option<Timestamp>) -> Offer {
    Offer {
        opens_at,
        ..not_open(service, OfferState::Closed)
    }
}

/// The whole day, for this reason.
fn closed_today(service: &str, why: [(&str, &str); 2]) -> Offer {
    Offer {
        notice: Some(Texts::from(why)),
        ..closed(service, None)
    }
}

fn locked(service: &str) -> Offer {
    Offer {
        notice: Some(Texts::from([("de", NOTICE)])),
        ..not_open(service, OfferState::Locked)
    }
}

fn today_at(time: &str) -> When {
    When {
        day: Day::Today,
        time: time.to_owned(),
    }
}

#[track_caller]
fn all_closed(kiosk: &Kiosk) -> ClosedBody {
    match kiosk.screen().body {
        Body::Closed(body) => body,
        other => panic!("all closed expected, not {other:?}"),
    }
}

#[track_caller]
fn refused(kiosk: &Kiosk) -> RefusedBody {
    match kiosk.screen().body {
        Body::Refused(body) => body,
        other => panic!("a refusal expected, not {other:?}"),
    }
}

#[test]
fn each_reason_is_told_on_the_card_and_not_hidden() {
    let mut kiosk = Kiosk::open();
    let opens = Some(today_at("13:00"));
    let (notice, nothing) = (NOTICE.to_owned(), String::new());
    for (offer, shown) in [
        (
            closed(PASSPORT, Some(at("13:00"))),
            CardState::Closed {
                notice: nothing.clone(),
                opens,
            },
        ),
        (
            closed_today(PASSPORT, MEETING),
            CardState::Closed {
                notice: "Personalversammlung".to_owned(),
                opens: None,
            },
        ),
        (
            closed(PASSPORT, None),
            CardState::Closed {
                notice: nothing,
                opens: None,
            },
        ),
        (
            not_open(PASSPORT, OfferState::LastTicketGone),
            CardState::LastTicketGone,
        ),
        (
            not_open(PASSPORT, OfferState::ContingentUsed),
            CardState::ContingentUsed,
        ),
        (not_open(PASSPORT, OfferState::SoldOut), CardState::SoldOut),
        (locked(PASSPORT), CardState::Locked { notice }),
    ] {
        kiosk.offers(offer);
        assert_eq!(kiosk.card(PASSPORT).state, shown);
    }
}

#[test]
fn an_opening_that_has_come_is_told_no_more() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed(PASSPORT, Some(at("10:00"))));
    let (notice, opens) = (String::new(), None);
    assert_eq!(
        kiosk.card(PASSPORT).state,
        CardState::Closed { notice, opens }
    );
}

#[test]
fn a_press_on_a_closed_service_says_when_it_opens() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed(PASSPORT, Some(at("13:00"))));
    assert!(kiosk.chooses(PASSPORT).is_none());
    assert_eq!(refused(&kiosk).when, Some(today_at("13:00")));
}

#[test]
fn a_press_on_a_locked_service_tells_the_notice_and_so_does_a_lock_that_came_first() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(locked(PASSPORT));
    assert!(kiosk.chooses(PASSPORT).is_none());
    assert_eq!(refused(&kiosk).notice, NOTICE);

    let mut kiosk = Kiosk::open();
    let attempt = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&attempt, Err(Failure::Refused(Refusal::Locked)));
    assert_eq!(refused(&kiosk).notice, "", "not known yet");
    kiosk.offers(locked(PASSPORT));
    assert_eq!(refused(&kiosk).notice, NOTICE);
}

#[test]
fn why_a_day_is_closed_is_told_in_the_visitors_language_and_a_press_tells_it_again() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed_today(PASSPORT, MEETING));
    kiosk.presses(Press::Languages);
    kiosk.presses(Press::Language("en".to_owned()));
    kiosk.after_secs(1);
    assert!(kiosk.chooses(PASSPORT).is_none());
    assert_eq!(refused(&kiosk).notice, "Staff meeting");
}

#[test]
fn a_house_that_is_closed_for_one_reason_says_it_and_one_that_is_for_several_does_not() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed_today(PASSPORT, MEETING));
    kiosk.offers(closed_today(MOVING, MEETING));
    assert_eq!(all_closed(&kiosk).notice, "Personalversammlung");
    for other in [closed_today(MOVING, HOLIDAY), closed(MOVING, None)] {
        kiosk.offers(other);
        assert_eq!(all_closed(&kiosk).notice, "");
    }
}

#[test]
fn the_answer_of_the_server_says_when_it_opens_and_else_the_offer_does() {
    for (told, offered, shown) in [
        (Some(at("14:00")), Some(at("13:00")), "14:00"),
        (None, Some(at("13:00")), "13:00"),
    ] {
        let mut kiosk = Kiosk::open();
        let attempt = kiosk.chooses(PASSPORT).expect("a request");
        let problem = Problem::new(409, "closed", "Closed", "closed now").from(told);
        kiosk.gets(&attempt, Err(Failure::Refused(Refusal::of(&problem))));
        kiosk.offers(closed(PASSPORT, offered));
        assert_eq!(refused(&kiosk).when, Some(today_at(shown)));
    }
}

#[test]
fn one_service_that_is_not_closed_keeps_the_cards() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed(PASSPORT, Some(at("13:00"))));
    assert_eq!(kiosk.services().cards.len(), 2);
    kiosk.offers(not_open(MOVING, OfferState::SoldOut));
    assert_eq!(kiosk.services().cards.len(), 2, "sold out is not closed");
}

#[test]
fn where_all_is_closed_the_first_opening_is_told_and_the_cards_come_back_by_themselves() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(closed(PASSPORT, Some(at("14:00"))));
    kiosk.offers(closed(MOVING, Some(at("13:00"))));
    assert_eq!(all_closed(&kiosk).opens, Some(today_at("13:00")));
    assert!(!all_closed(&kiosk).has_check_in);
    kiosk.offers(open(MOVING, 0, None));
    assert_eq!(kiosk.services().cards.len(), 2);
}

#[test]
fn where_all_is_closed_people_with_an_appointment_can_still_check_in() {
    let mut kiosk = Kiosk::starts();
    kiosk.connects(OfficeInfo {
        queues: vec![queue_with_check_in("ids")],
        ..office(&[PASSPORT])
    });
    kiosk.offers(closed(PASSPORT, None));
    assert!(all_closed(&kiosk).has_check_in);
    kiosk.presses(Press::Appointment);
    assert!(matches!(kiosk.screen().body, Body::CheckIn(_)));
}

#[test]
fn a_kiosk_that_offers_nothing_does_not_say_that_it_is_closed() {
    let mut kiosk = Kiosk::starts();
    kiosk.connects(office(&[PASSPORT]));
    assert!(kiosk.services().cards.is_empty());
}
