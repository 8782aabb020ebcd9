//! Pictures of services that are not open, and of an office that is closed.

use aufruf_kiosk::controller::{Failure, Refusal};

use crate::office::{
    closed_today, closed_until, demo, hardly_open, long_words, offers, partly_closed_today,
    with_appointments,
};
use crate::stand::Stand;

const PASSPORT: &str = "Personalausweis";

fn closed(opens_at: Option<&str>) -> Stand {
    let offers = closed_until(opens_at);
    Stand::open(1080, 1920, with_appointments(demo()), &offers)
}

#[test]
fn every_way_of_not_being_open_in_german() {
    Stand::open(1080, 1920, with_appointments(demo()), &hardly_open()).looks_like("not-open-de");
}

#[test]
fn every_way_of_not_being_open_in_english() {
    let stand = Stand::open(1080, 1920, demo(), &hardly_open());
    stand.speaks("Sprache", "English");
    stand.looks_like("not-open-en");
}

#[test]
fn every_way_of_not_being_open_in_arabic_with_the_longest_words() {
    let office = with_appointments(long_words());
    let stand = Stand::open(1080, 1920, office, &hardly_open());
    stand.speaks("Sprache", "العربية");
    stand.looks_like("not-open-long-ar");
}

#[test]
fn ways_of_not_being_open_in_the_largest_type_with_the_longest_words() {
    let office = with_appointments(long_words());
    let stand = Stand::open(1080, 1920, office, &hardly_open());
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.clicks("Weiter");
    stand.looks_like("not-open-long-largest");
}

#[test]
fn ways_of_not_being_open_on_a_wide_screen() {
    Stand::open(1280, 800, with_appointments(demo()), &hardly_open()).looks_like("not-open-wide");
}

#[test]
fn a_closed_office_says_when_it_opens() {
    closed(Some("2026-11-02T13:00:00+01:00")).looks_like("closed-de");
}

#[test]
fn a_closed_office_in_english_without_appointments() {
    let offers = closed_until(Some("2026-11-04T08:00:00+01:00"));
    let stand = Stand::open(1080, 1920, demo(), &offers);
    stand.speaks("Sprache", "English");
    stand.looks_like("closed-en");
}

#[test]
fn a_closed_office_in_arabic() {
    let stand = closed(Some("2026-11-16T08:00:00+01:00"));
    stand.speaks("Sprache", "العربية");
    stand.looks_like("closed-ar");
}

#[test]
fn a_closed_office_in_the_largest_type() {
    let stand = closed(Some("2026-11-16T08:00:00+01:00"));
    stand.clicks("Größere Schrift");
    stand.clicks("Größere Schrift");
    stand.looks_like("closed-largest");
}

#[test]
fn a_closed_office_on_a_wide_screen_that_does_not_know_when_it_opens() {
    let office = with_appointments(demo());
    Stand::open(1280, 800, office, &closed_until(None)).looks_like("closed-wide");
}

#[test]
fn a_locked_service_tells_the_notice_of_the_team_lead() {
    let stand = Stand::open(1080, 1920, demo(), &hardly_open());
    stand.clicks("Beglaubigung");
    stand.looks_like("refused-locked");
}

#[test]
fn a_closed_service_tells_when_it_opens() {
    let stand = Stand::open(1080, 1920, demo(), &hardly_open());
    stand.clicks("An-, Um- und Abmeldung");
    stand.looks_like("refused-closed");
}

#[test]
fn two_services_that_are_closed_today_say_why_on_their_cards() {
    let stand = Stand::open(
        1080,
        1920,
        with_appointments(demo()),
        &partly_closed_today(),
    );
    stand.looks_like("closed-today-cards-de");
}

#[test]
fn two_services_that_are_closed_today_say_why_on_their_cards_in_arabic() {
    let stand = Stand::open(1080, 1920, demo(), &partly_closed_today());
    stand.speaks("Sprache", "العربية");
    stand.looks_like("closed-today-cards-ar");
}

#[test]
fn two_services_that_are_closed_today_say_why_on_the_cards_of_a_wide_screen() {
    let stand = Stand::open(1280, 800, demo(), &partly_closed_today());
    stand.looks_like("closed-today-cards-wide");
}

#[test]
fn a_service_that_is_closed_today_tells_why_when_it_is_pressed() {
    let stand = Stand::open(1080, 1920, demo(), &partly_closed_today());
    stand.speaks("Sprache", "English");
    stand.clicks("Identity card");
    stand.looks_like("refused-closed-today");
}

#[test]
fn a_house_that_is_closed_today_says_why() {
    let office = with_appointments(demo());
    Stand::open(1080, 1920, office, &closed_today()).looks_like("closed-today-de");
}

#[test]
fn a_house_that_is_closed_today_says_why_in_turkish_in_the_largest_type() {
    let stand = Stand::open(1080, 1920, with_appointments(demo()), &closed_today());
    stand.speaks("Sprache", "Türkçe");
    stand.clicks("Daha büyük yazı");
    stand.clicks("Daha büyük yazı");
    stand.looks_like("closed-today-largest-tr");
}

#[test]
fn a_house_that_is_closed_today_says_why_on_a_wide_screen_in_arabic() {
    let stand = Stand::open(1280, 800, with_appointments(demo()), &closed_today());
    stand.speaks("Sprache", "العربية");
    stand.looks_like("closed-today-wide-ar");
}

/// The beginning of what a voice reads, in the kiosk's four languages.
#[track_caller]
fn is_told(refusal: &Refusal, told: [&str; 4]) {
    let stand = Stand::open(1080, 1920, demo(), &offers());
    for (own_name, service, words) in [
        ("Deutsch", PASSPORT, told[0]),
        ("English", "Identity card", told[1]),
        ("Türkçe", "Kimlik", told[2]),
        ("العربية", "بطاقة الهوية", told[3]),
    ] {
        let key = stand.labels()[8].clone();
        stand.speaks(&key, own_name);
        stand.clicks(service);
        stand.answers(Err(Failure::Refused(refusal.clone())));
        let texts = stand.texts();
        let is_told = texts.iter().any(|text| text.starts_with(words));
        assert!(is_told, "{words:?} is not among {texts:#?}");
        let back = stand.labels()[0].clone();
        stand.clicks(&back);
    }
}

#[test]
fn the_last_ticket_is_gone_in_every_language() {
    is_told(
        &Refusal::LastTicketGone,
        [
            "Heute keine Wartenummern mehr. Hier wird bald geschlossen",
            "No more numbers today. This service closes soon",
            "Bugün başka sıra numarası yok. Bu işlem yakında kapanıyor",
            "لا توجد أرقام أخرى اليوم. ستُغلق",
        ],
    );
}

#[test]
fn all_numbers_of_the_day_are_given_out_in_every_language() {
    is_told(
        &Refusal::ContingentUsed,
        [
            "Heute keine Wartenummern mehr. Alle Wartenummern",
            "No more numbers today. All numbers of today",
            "Bugün başka sıra numarası yok. Bugünkü tüm numaralar",
            "لا توجد أرقام أخرى اليوم. تم توزيع",
        ],
    );
}

#[test]
fn there_is_no_time_left_today_in_every_language() {
    is_told(
        &Refusal::SoldOut,
        [
            "Heute keine Zeit mehr dafür. Wer schon wartet, füllt den Rest des Tages. Bitte kommen Sie",
            "No time left for this today. Those who already wait fill the rest of the day. Please come",
            "Bugün bunun için zaman kalmadı. Günün kalanı bekleyenlerle doldu. Lütfen başka bir gün",
            "لم يبقَ اليوم وقت لهذه الخدمة. المنتظرون الآن يشغلون ما تبقى من اليوم. يرجى",
        ],
    );
}

#[test]
fn a_card_without_time_left_says_so_before_it_is_pressed_in_every_language() {
    let stand = Stand::open(1080, 1920, demo(), &hardly_open());
    for (own_name, words) in [
        ("Deutsch", "Heute keine Zeit mehr dafür"),
        ("English", "No time left for this today"),
        ("Türkçe", "Bugün bunun için zaman kalmadı"),
        ("العربية", "لم يبقَ اليوم وقت لهذه الخدمة"),
    ] {
        let key = stand.labels()[8].clone();
        stand.speaks(&key, own_name);
        let labels = stand.labels();
        let told = labels.iter().filter(|label| label.ends_with(words));
        assert_eq!(told.count(), 1, "{words:?} on one card of {labels:#?}");
    }
}
