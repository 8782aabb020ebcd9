//! The keypad and assistive programs reach everything that a finger reaches.

use aufruf_protocol::latest::{PrintOutcome, ServiceKey};
use slint::platform::Key;

use crate::office::ticket;
use crate::stand::Stand;

#[test]
fn the_first_service_has_the_focus_and_enter_asks_for_it() {
    let stand = Stand::tall();
    stand.types(Key::Return);
    assert_eq!(stand.sent().len(), 1);
    assert_eq!(stand.asked(0).services, [ServiceKey::new("id-card")]);
}

#[test]
fn arrows_move_the_focus_down_and_up() {
    let stand = Stand::tall();
    stand.types(Key::DownArrow);
    stand.types(Key::DownArrow);
    stand.types(Key::DownArrow);
    stand.types(Key::UpArrow);
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).services, [ServiceKey::new("pick-up")]);
}

#[test]
fn tab_goes_round_every_key_and_comes_back_to_the_first_service() {
    let stand = Stand::tall();
    let keys = stand.buttons().len();
    for _ in 0..keys {
        stand.types(Key::Tab);
    }
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).services, [ServiceKey::new("id-card")]);
}

#[test]
fn a_held_enter_key_gives_one_ticket() {
    let stand = Stand::tall();
    stand.types(Key::Return);
    stand.answers(Ok(ticket()));
    stand.print_is(&ticket(), PrintOutcome::Printed);
    stand.holds(Key::Return);
    stand.holds(Key::Return);
    assert_eq!(
        stand.sent().len(),
        1,
        "a held key is one press at most, and none so soon after the number came"
    );
}

#[test]
fn a_whole_visit_without_touch() {
    let stand = Stand::tall();
    stand.types(Key::DownArrow);
    stand.types(Key::Return);
    stand.answers(Ok(ticket()));
    assert_eq!(stand.labels(), ["Länger anzeigen", "Fertig"]);
    stand.types(Key::Return);
    assert!(
        stand.labels()[0].starts_with("Personalausweis"),
        "back at the start"
    );
    stand.types(Key::Return);
    let asked = stand.asked(1).services;
    assert_eq!(
        asked,
        [ServiceKey::new("id-card")],
        "the first service has the focus again"
    );
}

#[test]
fn a_touch_beside_the_keys_does_not_take_the_focus_away() {
    let stand = Stand::tall();
    stand.clicks("Personalausweis");
    stand.answers(Ok(ticket()));
    stand.touches(540.0, 300.0);
    stand.types(Key::Return);
    assert!(
        stand.labels()[0].starts_with("Personalausweis"),
        "the focus was on the key that ends the visit"
    );
}

#[test]
fn escape_leads_back_from_the_languages() {
    let stand = Stand::tall();
    stand.clicks("Sprache");
    assert!(stand.labels().contains(&"Türkçe".to_owned()));
    stand.types(Key::Escape);
    assert!(stand.labels()[0].starts_with("Personalausweis"));
}

#[test]
fn every_key_has_a_name_that_says_what_is_on_it() {
    let stand = Stand::tall();
    let labels = stand.labels();
    assert_eq!(labels.len(), 8 + 3);
    assert_eq!(
        labels[0],
        "Personalausweis oder Reisepass, beantragen, verloren, ändern. \
         Aufruf etwa 11:05 bis 11:15, 14 warten"
    );
    assert!(
        labels[5].ends_with("Heute keine Zeit mehr dafür"),
        "{}",
        labels[5]
    );
    assert!(labels.iter().all(|label| !label.is_empty()));
}

#[test]
fn an_assistive_program_presses_a_key_by_its_name() {
    let stand = Stand::tall();
    let service = stand.button("Meldebescheinigung");
    service.invoke_accessible_default_action();
    let asked = stand.asked(0).services;
    assert_eq!(asked, [ServiceKey::new("registration-certificate")]);
}

#[test]
fn while_an_answer_is_awaited_every_key_says_that_it_is_inert() {
    let stand = Stand::tall();
    stand.clicks("Meldebescheinigung");
    assert!(
        stand
            .button("Meldebescheinigung")
            .accessible_label()
            .is_some()
    );
    for key in stand.buttons() {
        assert_eq!(key.accessible_enabled(), Some(false));
    }
    stand.clicks("Meldebescheinigung");
    assert_eq!(stand.sent().len(), 1);
}

#[test]
fn every_target_is_large_enough_for_a_finger() {
    let stand = Stand::tall();
    for key in stand.buttons() {
        let size = key.size();
        assert!(size.height >= 100.0 && size.width >= 100.0, "{size:?}");
    }
}

#[test]
fn in_arabic_the_left_arrow_leads_on() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "العربية");
    stand.types(Key::LeftArrow);
    stand.types(Key::Return);
    let asked = stand.asked(0).services;
    assert_eq!(asked, [ServiceKey::new("child-passport")]);
}

#[test]
fn the_keypad_turns_pages_and_stays_on_its_key() {
    let stand = Stand::tall();
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    let first = stand.labels()[0].clone();
    stand.clicks("Weiter");
    let second = stand.labels()[0].clone();
    assert_ne!(first, second);
    for _ in 0..10 {
        stand.types(Key::Return);
    }
    assert_eq!(
        stand.button("Weiter").accessible_enabled(),
        Some(false),
        "the last page"
    );
    stand.types(Key::UpArrow);
    stand.types(Key::Return);
    assert_ne!(stand.labels()[0], first, "one page back, not at the first");
    assert!(stand.sent().is_empty(), "the focus never was on a service");
}

#[test]
fn who_presses_for_larger_type_twice_gets_it_twice_and_no_ticket() {
    let stand = Stand::tall();
    stand.types(Key::UpArrow);
    stand.types(Key::UpArrow);
    stand.types(Key::Return);
    stand.types(Key::Return);
    assert_eq!(
        stand.labels().last().map(String::as_str),
        Some("Hoher Kontrast")
    );
    assert!(
        stand
            .labels()
            .contains(&"Normale Schrift, jetzt 200 %".to_owned())
    );
    assert!(stand.sent().is_empty());
}

#[test]
fn whoever_says_that_they_are_still_there_keeps_their_language() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "English");
    stand.after_secs(45);
    stand.clicks("Yes, go on");
    assert!(!stand.labels().contains(&"Yes, go on".to_owned()));
    assert!(stand.labels()[0].starts_with("Identity card or passport"));
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).language, "en");
}

#[test]
fn after_the_server_was_away_the_first_service_has_the_focus_again() {
    let stand = Stand::tall();
    stand.types(Key::DownArrow);
    stand.loses_the_server();
    assert!(stand.labels().is_empty(), "there is nothing to press");
    stand.finds_the_server();
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).services, [ServiceKey::new("id-card")]);
}
