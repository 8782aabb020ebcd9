//! What the visitor sees before pressing.

use aufruf_protocol::latest::OfferState;

use super::super::{Body, CardState, Expected, Press, TextSize, Window};
use super::Kiosk;
use super::office::{MOVING, PASSPORT, open, window};

fn within(low: &str, high: &str) -> Expected {
    Expected::Within(Window {
        low: low.to_owned(),
        high: high.to_owned(),
    })
}

#[test]
fn before_the_first_connection_the_kiosk_says_that_the_server_is_away() {
    let kiosk = Kiosk::starts();
    assert_eq!(kiosk.screen().body, Body::Away);
}

#[test]
fn each_open_service_tells_its_window_and_how_many_wait() {
    let kiosk = Kiosk::open();
    let open = |expected, waiting| CardState::Open { expected, waiting };
    assert_eq!(
        kiosk.card(PASSPORT).state,
        open(within("11:05", "11:15"), 14)
    );
    assert_eq!(kiosk.card(MOVING).state, open(Expected::Soon, 0));
    assert_eq!(kiosk.screen().clock, "10:42");
}

#[test]
fn a_service_without_a_promise_or_of_a_later_state_tells_no_window() {
    let mut kiosk = Kiosk::open();
    kiosk.offers(open(PASSPORT, 3, None));
    let mut later = open(MOVING, 2, Some(window("11:06", "11:11")));
    later.state = OfferState::Unknown;
    kiosk.offers(later);
    let untold = |waiting| CardState::Open {
        expected: Expected::Untold,
        waiting,
    };
    assert_eq!(kiosk.card(PASSPORT).state, untold(3));
    assert_eq!(kiosk.card(MOVING).state, untold(2));
}

#[test]
fn names_follow_the_visitors_language_and_fall_back_to_the_offices() {
    let mut kiosk = Kiosk::open();
    assert_eq!(kiosk.card(PASSPORT).name, "passport auf Deutsch");
    kiosk.presses(Press::Languages);
    kiosk.presses(Press::Language("en".to_owned()));
    assert_eq!(kiosk.card(PASSPORT).name, "passport in English");
    assert_eq!(kiosk.screen().office, "Bürgeramt Mitte");
}

#[test]
fn all_languages_of_the_office_can_be_chosen_each_under_its_own_name() {
    let mut kiosk = Kiosk::open();
    kiosk.presses(Press::Languages);
    let Body::Languages(choices) = kiosk.screen().body else {
        panic!("the languages are shown");
    };
    let names: Vec<&str> = choices.iter().map(|choice| &*choice.own_name).collect();
    assert_eq!(names, ["Deutsch", "English", "العربية"]);
    assert!(choices[0].chosen && !choices[2].chosen);
    kiosk.presses(Press::Language("ar".to_owned()));
    let look = kiosk.screen().look;
    assert_eq!(look.language, "ar");
    assert_eq!(look.other_languages, ["Deutsch", "English"]);
}

#[test]
fn more_services_than_fit_are_on_further_pages_and_none_is_lost() {
    let mut kiosk = Kiosk::with_services(20);
    let pages = kiosk.services().pages;
    assert!(pages > 1);
    let mut seen = Vec::new();
    for page in 1..=pages {
        let body = kiosk.services();
        assert_eq!(body.page, page);
        assert!(body.cards.len() <= 8, "{} cards at once", body.cards.len());
        seen.extend(body.cards.into_iter().map(|card| card.service));
        kiosk.presses(Press::NextPage);
    }
    seen.dedup();
    assert_eq!(seen.len(), 20);
    assert_eq!(
        kiosk.services().page,
        pages,
        "there is nothing after the last page"
    );
}

#[test]
fn a_page_that_is_gone_shows_the_last_one_there_is() {
    let mut kiosk = Kiosk::with_services(20);
    for _ in 0..3 {
        kiosk.presses(Press::NextPage);
    }
    kiosk.connects(super::office::office(&[PASSPORT]));
    kiosk.offers(open(PASSPORT, 1, None));
    assert_eq!(kiosk.services().page, 1);
    assert_eq!(kiosk.services().cards.len(), 1);
}

#[test]
fn larger_type_needs_more_pages_and_after_the_largest_comes_the_normal_one() {
    let mut kiosk = Kiosk::with_services(8);
    assert_eq!(kiosk.services().pages, 1);
    kiosk.presses(Press::TextSize);
    assert_eq!(kiosk.screen().look.text_size, TextSize::Large);
    kiosk.presses(Press::TextSize);
    assert!(kiosk.services().pages > 1);
    kiosk.presses(Press::TextSize);
    assert_eq!(kiosk.services().pages, 1);
}

#[test]
fn when_the_server_is_lost_the_kiosk_says_so_and_comes_back_by_itself() {
    let mut kiosk = Kiosk::open();
    kiosk.loses_the_server();
    assert_eq!(kiosk.screen().body, Body::Away);
    assert!(kiosk.chooses(PASSPORT).is_none());
    kiosk.link(aufruf_client::Link::Live);
    assert_eq!(kiosk.services().cards.len(), 2);
}
