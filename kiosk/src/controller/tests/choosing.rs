//! From the press to the number or the reason why there is none.

use std::time::Duration;

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{OfferState, Problem, ServiceKey};

use super::super::{Body, CardState, Failure, Press, Refusal};
use super::Kiosk;
use super::office::{MOVING, PASSPORT, not_open, ticket, window};

fn refused(code: &str) -> Refusal {
    Refusal::of(&Problem::new(409, code, "title", "Bitte warten Sie."))
}

#[test]
fn what_is_sent_carries_the_window_that_was_on_the_screen_and_the_visitors_language() {
    let mut kiosk = Kiosk::open();
    kiosk.presses(Press::Languages);
    kiosk.presses(Press::Language("en".to_owned()));
    kiosk.after_secs(1);
    let ask = kiosk.asks_for(PASSPORT);
    assert_eq!(ask.services, [ServiceKey::new(PASSPORT)]);
    assert_eq!(ask.language, "en");
    assert_eq!(ask.shown, Some(window("11:06", "11:11")));
}

#[test]
fn a_visitor_who_chose_no_language_gets_the_offices_own() {
    let mut kiosk = Kiosk::open();
    let ask = kiosk.asks_for(PASSPORT);
    assert_eq!(ask.language, "de");
}

#[test]
fn a_double_tap_sends_one_request_and_the_pressed_card_says_that_it_runs() {
    let mut kiosk = Kiosk::open();
    assert!(kiosk.chooses(PASSPORT).is_some());
    assert_eq!(kiosk.card(PASSPORT).state, CardState::Asking);
    assert!(kiosk.chooses(PASSPORT).is_none());
    kiosk.after_secs(1);
    assert!(kiosk.chooses(MOVING).is_none());
    kiosk.presses(Press::Languages);
    assert_eq!(kiosk.card(PASSPORT).state, CardState::Asking);
}

#[test]
fn a_second_tap_after_a_quick_answer_does_not_press_what_came_under_the_finger() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.now += Duration::from_millis(200);
    kiosk.controller.press(Press::Done, kiosk.now);
    assert_eq!(kiosk.number().number, "A027");
    kiosk.presses(Press::Done);
    assert!(kiosk.chooses(PASSPORT).is_none(), "meant for the number");
    kiosk.after_secs(1);
    assert!(kiosk.chooses(PASSPORT).is_some());
}

#[test]
fn two_visitors_have_two_requests_with_two_keys() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Ok(ticket()));
    kiosk.presses(Press::Done);
    kiosk.after_secs(1);
    let second = kiosk.chooses(PASSPORT).expect("a request");
    assert_ne!(first.key, second.key);
}

#[test]
fn each_refusal_has_its_own_sentence_and_an_unknown_one_a_general_line() {
    for (code, refusal) in [
        ("closed", Refusal::Closed { opens_at: None }),
        ("last_ticket_gone", Refusal::LastTicketGone),
        ("contingent_used", Refusal::ContingentUsed),
        ("sold_out", Refusal::SoldOut),
        ("locked", Refusal::Locked),
        ("numbers_exhausted", Refusal::NumbersExhausted),
        ("queue_full", Refusal::QueueFull),
        ("service_unknown", Refusal::ServiceUnknown),
        ("no_counter_for_all", Refusal::NoCounterForAll),
        ("moon_in_the_way", Refusal::Other),
    ] {
        let mut kiosk = Kiosk::open();
        let attempt = kiosk.chooses(PASSPORT).expect("a request");
        kiosk.gets(&attempt, Err(Failure::Refused(refused(code))));
        assert_eq!(kiosk.refusal(), refusal, "{code}");
    }
}

#[test]
fn pressing_a_service_that_is_not_open_explains_without_asking() {
    for (state, refusal) in [
        (OfferState::Closed, Refusal::Closed { opens_at: None }),
        (OfferState::LastTicketGone, Refusal::LastTicketGone),
        (OfferState::ContingentUsed, Refusal::ContingentUsed),
        (OfferState::SoldOut, Refusal::SoldOut),
        (OfferState::Locked, Refusal::Locked),
    ] {
        let mut kiosk = Kiosk::open();
        kiosk.offers(not_open(PASSPORT, state));
        assert!(kiosk.chooses(PASSPORT).is_none(), "{state}");
        assert_eq!(kiosk.refusal(), refusal);
        kiosk.presses(Press::Back);
        assert_eq!(kiosk.services().cards.len(), 2);
    }
}

#[test]
fn after_a_lost_answer_the_same_wish_goes_out_again_word_for_word_under_its_first_key() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    assert_eq!(kiosk.refusal(), Refusal::NotPossible);
    kiosk.after_secs(1);
    let again = kiosk.controller.try_again(CommandKey::fresh(), kiosk.now);
    assert_eq!(again.as_ref(), Some(&first));
    kiosk.gets(&first, Ok(ticket()));
    assert_eq!(kiosk.number().number, "A027");
}

#[test]
fn a_lost_wish_is_repeated_under_its_key_even_when_its_service_has_sold_out_since() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    kiosk.offers(not_open(PASSPORT, OfferState::SoldOut));
    kiosk.after_secs(1);
    assert_eq!(kiosk.chooses(PASSPORT), Some(first));
}

#[test]
fn larger_type_on_the_screen_of_a_lost_wish_does_not_lose_its_key() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    kiosk.presses(Press::TextSize);
    kiosk.presses(Press::Contrast);
    assert_eq!(kiosk.chooses(PASSPORT), Some(first));
}

#[test]
fn the_next_visitor_never_gets_the_lost_number_of_the_one_before() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    kiosk.presses(Press::Back);
    kiosk.after_secs(1);
    let next = kiosk.chooses(PASSPORT).expect("a request");
    assert_ne!(next.key, first.key);
    kiosk.gets(&first, Ok(ticket()));
    assert!(kiosk.services().is_asking, "the late answer is nobody's");
}

#[test]
fn a_visitor_who_walked_away_takes_the_lost_wish_along() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.after_secs(6 + 60);
    kiosk.gets(&first, Ok(ticket()));
    assert_eq!(kiosk.services().cards.len(), 2);
    kiosk.after_secs(1);
    let next = kiosk.chooses(PASSPORT).expect("a request");
    assert_ne!(next.key, first.key);
}

#[test]
fn a_minute_later_it_is_a_new_wish() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    kiosk.after_secs(30);
    kiosk.presses(Press::Stay);
    kiosk.after_secs(30);
    let later = kiosk.chooses(PASSPORT).expect("a request");
    assert_ne!(later.key, first.key);
}

#[test]
fn only_the_lost_service_can_be_asked_for_again() {
    let mut kiosk = Kiosk::open();
    let first = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    kiosk.after_secs(1);
    assert!(kiosk.chooses(MOVING).is_none());
}

#[test]
fn an_answer_that_never_comes_is_given_up_and_one_that_comes_late_is_still_shown() {
    let mut kiosk = Kiosk::open();
    let attempt = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.after_secs(6);
    assert_eq!(kiosk.refusal(), Refusal::NotPossible);
    kiosk.gets(&attempt, Ok(ticket()));
    assert_eq!(kiosk.number().number, "A027");
}

#[test]
fn an_answer_for_a_visitor_who_has_left_is_shown_to_nobody_else() {
    let mut kiosk = Kiosk::open();
    let attempt = kiosk.chooses(PASSPORT).expect("a request");
    kiosk.after_secs(6);
    kiosk.presses(Press::Back);
    kiosk.gets(&attempt, Ok(ticket()));
    assert!(matches!(kiosk.screen().body, Body::Services(_)));
}
