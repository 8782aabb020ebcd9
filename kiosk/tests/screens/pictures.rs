//! Pictures of every screen, with the embedded fonts.

use aufruf_kiosk::controller::{Failure, Refusal};
use aufruf_protocol::latest::PrintOutcome;

use crate::office::{demo, long_words, many, offers, ticket};
use crate::stand::Stand;

const PASSPORT: &str = "Personalausweis oder Reisepass";

fn with_number(stand: &Stand, service: &str) {
    stand.clicks(service);
    stand.answers(Ok(ticket()));
}

#[test]
fn services_in_german() {
    Stand::tall().looks_like("services-de");
}

#[test]
fn services_in_english() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "English");
    stand.looks_like("services-en");
}

#[test]
fn services_in_arabic_from_right_to_left() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "العربية");
    stand.looks_like("services-ar");
}

#[test]
fn services_in_high_contrast() {
    let stand = Stand::tall();
    stand.clicks("Hoher Kontrast");
    stand.looks_like("services-high-contrast");
}

#[test]
fn services_in_the_largest_type() {
    let stand = Stand::tall();
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.looks_like("services-largest");
}

#[test]
fn services_in_larger_type_in_arabic() {
    let stand = Stand::tall();
    stand.clicks("Größere Schrift");
    stand.speaks("Sprache", "العربية");
    stand.looks_like("services-large-ar");
}

#[test]
fn services_on_a_wide_screen() {
    Stand::open(1280, 800, demo(), &offers()).looks_like("services-wide");
}

#[test]
fn services_on_a_wide_screen_in_the_largest_type() {
    let stand = Stand::open(1280, 800, demo(), &offers());
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.looks_like("services-wide-largest");
}

#[test]
fn services_with_the_longest_words() {
    Stand::open(1080, 1920, long_words(), &offers()).looks_like("services-long-de");
}

#[test]
fn services_with_the_longest_words_in_arabic() {
    let stand = Stand::open(1080, 1920, long_words(), &offers());
    stand.speaks("Sprache", "العربية");
    stand.looks_like("services-long-ar");
}

#[test]
fn services_with_the_longest_words_in_the_largest_type() {
    let stand = Stand::open(1080, 1920, long_words(), &offers());
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.looks_like("services-long-largest");
}

#[test]
fn a_service_that_is_asked_for() {
    let stand = Stand::tall();
    stand.clicks(PASSPORT);
    stand.looks_like("services-asking");
}

#[test]
fn the_question_whether_somebody_is_there() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "English");
    stand.after_secs(45);
    stand.looks_like("still-there");
}

#[test]
fn forty_services_on_pages() {
    let (office, offers) = many(40);
    let stand = Stand::open(1080, 1920, office, &offers);
    stand.clicks("Weiter");
    stand.looks_like("services-forty");
}

#[test]
fn languages() {
    let stand = Stand::tall();
    stand.clicks("Sprache");
    stand.looks_like("languages");
}

#[test]
fn a_number_that_is_printed_in_german() {
    let stand = Stand::tall();
    with_number(&stand, PASSPORT);
    stand.print_is(&ticket(), PrintOutcome::Printed);
    stand.looks_like("number-de");
}

#[test]
fn a_number_that_is_being_printed_in_english() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "English");
    with_number(&stand, "Identity card or passport");
    stand.looks_like("number-en");
}

#[test]
fn a_number_that_could_not_be_printed_in_arabic() {
    let stand = Stand::tall();
    stand.speaks("Sprache", "العربية");
    with_number(&stand, "بطاقة الهوية");
    stand.print_is(&ticket(), PrintOutcome::Failed);
    stand.after_secs(45);
    stand.looks_like("number-ar");
}

#[test]
fn a_number_in_doubt_in_the_largest_type() {
    let stand = Stand::tall();
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    with_number(&stand, PASSPORT);
    stand.loses_the_server();
    stand.looks_like("number-largest");
}

#[test]
fn a_number_on_a_wide_screen() {
    let stand = Stand::open(1280, 800, demo(), &offers());
    with_number(&stand, PASSPORT);
    stand.print_is(&ticket(), PrintOutcome::Printed);
    stand.looks_like("number-wide");
}

#[test]
fn a_number_in_doubt_on_a_wide_screen_in_the_largest_type() {
    let stand = Stand::open(1280, 800, demo(), &offers());
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    with_number(&stand, PASSPORT);
    stand.loses_the_server();
    stand.after_secs(45);
    stand.looks_like("number-wide-largest");
}

#[test]
fn a_lost_answer_on_a_wide_screen_in_the_largest_type() {
    let stand = Stand::open(1280, 800, demo(), &offers());
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.clicks(PASSPORT);
    stand.answers(Err(Failure::NoAnswer));
    stand.looks_like("refused-wide-largest");
}

#[test]
fn languages_on_a_wide_screen() {
    let stand = Stand::open(1280, 800, demo(), &offers());
    stand.clicks("Sprache");
    stand.after_secs(45);
    stand.looks_like("languages-wide-still-there");
}

#[test]
fn a_service_that_is_sold_out_explains_itself() {
    let stand = Stand::tall();
    stand.clicks("Fahrzeug an- oder abmelden");
    stand.looks_like("refused-sold-out");
}

#[test]
fn a_lost_answer_offers_to_try_once_more() {
    let stand = Stand::tall();
    stand.clicks(PASSPORT);
    stand.answers(Err(Failure::NoAnswer));
    stand.looks_like("refused-not-possible");
}

#[test]
fn a_reason_that_this_kiosk_does_not_know_is_told_in_a_general_line() {
    let stand = Stand::tall();
    stand.clicks(PASSPORT);
    stand.answers(Err(Failure::Refused(Refusal::Other)));
    stand.looks_like("refused-other");
}

#[test]
fn the_server_is_away() {
    let stand = Stand::tall();
    stand.loses_the_server();
    stand.looks_like("away");
}

#[test]
fn the_server_is_away_on_a_wide_screen() {
    Stand::switched_on(1280, 800).looks_like("away-wide");
}
