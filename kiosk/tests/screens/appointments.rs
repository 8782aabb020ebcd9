//! The way of people with an appointment: its pictures, and that a keypad, a keyboard and a scanner find it.

use aufruf_kiosk::controller::{Failure, Refusal};
use aufruf_protocol::latest::{CheckIn, PrintOutcome};
use slint::platform::Key;

use crate::office::{at, demo, long_words, many, offers, ticket, with_appointments};
use crate::stand::Stand;

const ENTRY: &str = "Ich habe einen Termin";

fn tall() -> Stand {
    Stand::open(1080, 1920, with_appointments(demo()), &offers())
}

fn wide() -> Stand {
    Stand::open(1280, 800, with_appointments(demo()), &offers())
}

fn at_the_keypad(code: &str) -> Stand {
    let stand = tall();
    stand.clicks(ENTRY);
    stand.scans(code);
    stand
}

fn largest(stand: &Stand) {
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
}

fn refused(stand: &Stand, key: &str, refusal: Refusal) {
    stand.clicks(key);
    stand.answers(Err(Failure::Refused(refusal)));
}

fn sent(code: &str) -> CheckIn {
    CheckIn {
        code: Some(code.to_owned()),
        ticket: None,
        language: Some("de".to_owned()),
    }
}

#[test]
fn the_first_page_with_appointments() {
    tall().looks_like("appointments-de");
}

#[test]
fn the_first_page_with_appointments_in_arabic() {
    let stand = tall();
    stand.speaks("Sprache", "العربية");
    stand.looks_like("appointments-ar");
}

#[test]
fn the_first_page_with_appointments_in_the_largest_type() {
    let stand = tall();
    largest(&stand);
    stand.looks_like("appointments-largest");
}

#[test]
fn the_first_page_with_appointments_and_the_longest_words_in_high_contrast() {
    let stand = Stand::open(1080, 1920, with_appointments(long_words()), &offers());
    stand.clicks("Hoher Kontrast");
    stand.looks_like("appointments-long-high-contrast");
}

#[test]
fn the_first_page_with_appointments_and_many_services() {
    let (office, offers) = many(40);
    Stand::open(1080, 1920, with_appointments(office), &offers).looks_like("appointments-forty");
}

#[test]
fn the_first_page_with_appointments_on_a_wide_screen() {
    wide().looks_like("appointments-wide");
}

#[test]
fn the_first_page_with_appointments_on_a_wide_screen_in_the_largest_type() {
    let stand = wide();
    largest(&stand);
    stand.looks_like("appointments-wide-largest");
}

#[test]
fn the_first_page_with_appointments_on_a_wide_screen_in_the_largest_type_in_arabic() {
    let stand = wide();
    largest(&stand);
    stand.speaks("Sprache", "العربية");
    stand.looks_like("appointments-wide-largest-ar");
}

#[test]
fn an_empty_keypad() {
    let stand = tall();
    stand.clicks(ENTRY);
    stand.looks_like("check-in-de");
}

#[test]
fn a_keypad_in_english_before_it_is_left() {
    let stand = tall();
    stand.speaks("Sprache", "English");
    stand.clicks("I have an appointment");
    for letter in ["T", "1", "0", "4"] {
        stand.clicks(letter);
    }
    stand.after_secs(45);
    stand.looks_like("check-in-en");
}

#[test]
fn a_keypad_in_arabic() {
    let stand = tall();
    stand.speaks("Sprache", "العربية");
    stand.clicks("لدي موعد");
    stand.scans("T104");
    stand.looks_like("check-in-ar");
}

#[test]
fn a_keypad_in_the_largest_type_in_high_contrast() {
    let stand = tall();
    largest(&stand);
    stand.clicks("Hoher Kontrast");
    stand.clicks(ENTRY);
    stand.scans("WMQ0O1I8B");
    stand.looks_like("check-in-largest");
}

#[test]
fn a_keypad_with_the_longest_code_that_is_asked_for() {
    let stand = at_the_keypad(&"W8MQ".repeat(16));
    stand.types(Key::Return);
    stand.looks_like("check-in-asking");
}

#[test]
fn a_keypad_on_a_wide_screen() {
    let stand = wide();
    stand.clicks(ENTRY);
    stand.scans("T104");
    stand.looks_like("check-in-wide");
}

#[test]
fn a_keypad_on_a_wide_screen_in_the_largest_type_in_arabic() {
    let stand = wide();
    largest(&stand);
    stand.speaks("Sprache", "العربية");
    stand.clicks("لدي موعد");
    stand.looks_like("check-in-wide-largest-ar");
}

#[test]
fn the_number_of_somebody_who_has_checked_in() {
    let stand = at_the_keypad("T104");
    stand.clicks("Anmelden");
    stand.answers(Ok(ticket()));
    stand.print_is(&ticket(), PrintOutcome::Printed);
    stand.looks_like("number-appointment");
}

#[test]
fn a_code_that_nobody_has() {
    let stand = at_the_keypad("T104");
    refused(&stand, "Anmelden", Refusal::CodeUnknown);
    stand.looks_like("refused-code-unknown");
}

#[test]
fn a_code_that_nobody_has_in_the_largest_type() {
    let stand = tall();
    largest(&stand);
    stand.clicks(ENTRY);
    stand.scans(&"W8MQ".repeat(16));
    refused(&stand, "Anmelden", Refusal::CodeUnknown);
    stand.looks_like("refused-code-unknown-largest");
}

#[test]
fn somebody_who_is_checked_in_already() {
    let stand = tall();
    stand.speaks("Sprache", "English");
    stand.scans("T104");
    let number = Some("A027".to_owned());
    refused(&stand, "Check in", Refusal::AlreadyHere { number });
    stand.looks_like("refused-already-here");
}

#[test]
fn somebody_who_is_called_at_this_moment() {
    let stand = at_the_keypad("T104");
    let number = Some("A027".to_owned());
    refused(&stand, "Anmelden", Refusal::CalledNow { number });
    stand.looks_like("refused-called-now");
}

#[test]
fn somebody_who_is_called_at_this_moment_is_told_so_in_every_language() {
    let stand = tall();
    for (own_name, words) in [
        (
            "Deutsch",
            "Ihre Nummer wird gerade aufgerufen. Ihre Nummer: A027. Bitte sehen Sie",
        ),
        (
            "English",
            "Your number is being called. Your number: A027. Please look",
        ),
        (
            "Türkçe",
            "Numaranız şu anda çağrılıyor. Numaranız: A027. Lütfen ekrana",
        ),
        ("العربية", "تتم مناداة رقمك الآن. رقمك: A027. يرجى النظر"),
    ] {
        let languages = stand.labels()[9].clone();
        stand.speaks(&languages, own_name);
        stand.scans("T104\n");
        let number = Some("A027".to_owned());
        stand.answers(Err(Failure::Refused(Refusal::CalledNow { number })));
        let texts = stand.texts();
        let is_told = texts.iter().any(|text| text.starts_with(words));
        assert!(is_told, "{words:?} is not among {texts:#?}");
        let back = stand.labels()[0].clone();
        stand.clicks(&back);
    }
}

#[test]
fn an_appointment_on_another_day_in_arabic() {
    let stand = tall();
    stand.speaks("Sprache", "العربية");
    stand.scans("T104");
    let at = "2026-11-16T08:20:00+01:00".parse().expect("an instant");
    refused(&stand, "تسجيل الوصول", Refusal::OtherDay { at: Some(at) });
    stand.looks_like("refused-other-day-ar");
}

#[test]
fn somebody_who_is_too_early_on_a_wide_screen_in_the_largest_type() {
    let stand = wide();
    largest(&stand);
    stand.scans("T104");
    let from = Some(at("13:05"));
    refused(&stand, "Anmelden", Refusal::TooEarly { from });
    stand.looks_like("refused-too-early-wide-largest");
}

#[test]
fn a_scanner_at_the_first_page_checks_in_and_takes_no_ticket() {
    let stand = tall();
    stand.scans("T104\n");
    assert_eq!(stand.checked_in(), [sent("T104")]);
}

#[test]
fn a_scanner_that_ends_with_two_signs_sends_once_and_presses_nothing() {
    let stand = tall();
    stand.scans("T104\n\n");
    stand.answers(Ok(ticket()));
    stand.scans("\n");
    assert_eq!(stand.checked_in(), [sent("T104")]);
    assert_eq!(stand.labels(), ["Länger anzeigen", "Fertig"]);
}

#[test]
fn a_scanner_does_not_close_the_number_of_somebody_else() {
    let stand = tall();
    stand.clicks("Personalausweis");
    stand.answers(Ok(ticket()));
    stand.after_secs(2);
    stand.scans("T104\n");
    assert_eq!(stand.labels(), ["Länger anzeigen", "Fertig"]);
}

#[test]
fn after_a_code_that_was_typed_and_sent_on_the_glass_the_next_key_counts() {
    let stand = at_the_keypad("T104");
    stand.clicks("Anmelden");
    stand.answers(Ok(ticket()));
    stand.types(Key::Return);
    assert!(stand.labels()[0].starts_with("Personalausweis"));
}

#[test]
fn a_code_that_somebody_left_takes_no_key_from_the_next_visitor() {
    let stand = at_the_keypad("T104");
    stand.after_secs(60);
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).services[0].as_str(), "id-card");
}

#[test]
fn where_nobody_checks_in_letters_of_a_keyboard_do_nothing() {
    let stand = Stand::tall();
    stand.scans("T104");
    stand.types(Key::Return);
    assert_eq!(stand.asked(0).services[0].as_str(), "id-card");
}

#[test]
fn the_arrows_walk_the_keypad_row_by_row_and_ok_types() {
    let stand = tall();
    stand.clicks(ENTRY);
    stand.types(Key::RightArrow);
    stand.types(Key::DownArrow);
    stand.types(Key::Return);
    assert!(typed(&stand, "7"), "{:?}", stand.texts());
    stand.types(Key::DownArrow);
    stand.types(Key::DownArrow);
    stand.types(Key::Return);
    assert!(typed(&stand, "7 J"), "{:?}", stand.texts());
    stand.types(Key::UpArrow);
    stand.types(Key::UpArrow);
    stand.types(Key::Return);
    assert!(typed(&stand, "7 J 7"), "{:?}", stand.texts());
}

#[test]
fn the_arrows_lead_from_the_last_row_to_the_key_that_sends() {
    let stand = tall();
    stand.clicks(ENTRY);
    for _ in 0..5 {
        stand.types(Key::DownArrow);
    }
    stand.types(Key::Return);
    stand.types(Key::DownArrow);
    stand.types(Key::DownArrow);
    stand.types(Key::Return);
    assert_eq!(stand.checked_in(), [sent("V")]);
}

#[test]
fn a_keyboard_takes_back_and_leaves() {
    let stand = at_the_keypad("T10");
    stand.types(Key::Backspace);
    assert!(typed(&stand, "T 1"), "{:?}", stand.texts());
    stand.types(Key::Escape);
    assert!(stand.labels()[0].starts_with("Personalausweis"));
}

#[test]
fn every_key_of_the_keypad_is_large_enough_and_says_what_is_on_it() {
    let stand = at_the_keypad("T");
    let labels = stand.labels();
    assert_eq!(labels.len(), 36 + 2 + 3, "{labels:?}");
    assert_eq!(labels[10], "A");
    for key in stand.buttons() {
        let size = key.size();
        assert!(size.height >= 100.0 && size.width >= 100.0, "{size:?}");
    }
}

#[test]
fn what_is_typed_is_spelled_and_no_key_sends_nothing() {
    let stand = tall();
    stand.clicks(ENTRY);
    assert!(stand.texts().contains(&"Noch nichts eingegeben".to_owned()));
    let send = stand.button("Anmelden");
    assert_eq!(send.accessible_enabled(), Some(false));
    stand.clicks("B");
    assert!(typed(&stand, "B"));
}

fn typed(stand: &Stand, spelled: &str) -> bool {
    stand.texts().contains(&format!("Ihre Eingabe: {spelled}"))
}
