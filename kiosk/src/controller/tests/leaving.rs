//! A kiosk forgets what was chosen when the visitor leaves, and says so before it does.

use aufruf_client::Link;
use aufruf_protocol::latest::{IssuedTicket, PrintOutcome};

use super::super::{Body, Contrast, Press, TextSize};
use super::Kiosk;
use super::office::ticket;

fn is_at_the_start(kiosk: &Kiosk) -> bool {
    matches!(kiosk.screen().body, Body::Services(_)) && kiosk.screen().look.language == "de"
}

fn with_larger_english(kiosk: &mut Kiosk) {
    kiosk.presses(Press::TextSize);
    kiosk.presses(Press::Contrast);
    kiosk.presses(Press::Languages);
    kiosk.presses(Press::Language("en".to_owned()));
    let look = kiosk.screen().look;
    assert_eq!((&*look.language, look.contrast), ("en", Contrast::High));
}

#[test]
fn a_minute_without_a_touch_forgets_language_size_and_contrast() {
    let mut kiosk = Kiosk::open();
    with_larger_english(&mut kiosk);
    kiosk.after_secs(59);
    assert_eq!(kiosk.screen().look.language, "en");
    kiosk.after_secs(1);
    let look = kiosk.screen().look;
    assert_eq!(look.language, "de");
    assert_eq!(look.text_size, TextSize::Normal);
    assert_eq!(look.contrast, Contrast::Normal);
}

#[test]
fn twenty_seconds_before_it_forgets_it_says_so_and_one_press_extends() {
    let mut kiosk = Kiosk::open();
    with_larger_english(&mut kiosk);
    kiosk.after_secs(39);
    assert_eq!(kiosk.screen().leaves_in_secs, None);
    kiosk.after_secs(1);
    assert_eq!(kiosk.screen().leaves_in_secs, Some(20));
    kiosk.presses(Press::Stay);
    assert_eq!(kiosk.screen().leaves_in_secs, None);
    kiosk.after_secs(59);
    assert_eq!(kiosk.screen().look.language, "en");
}

#[test]
fn moving_the_focus_counts_as_being_there() {
    let mut kiosk = Kiosk::open();
    with_larger_english(&mut kiosk);
    kiosk.after_secs(50);
    kiosk.controller.touch(kiosk.now);
    kiosk.after_secs(50);
    assert_eq!(kiosk.screen().look.language, "en");
}

#[test]
fn at_the_start_nothing_counts_down() {
    let mut kiosk = Kiosk::open();
    kiosk.after_secs(3600);
    assert_eq!(kiosk.screen().leaves_in_secs, None);
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn the_number_goes_after_thirty_seconds_and_warns_before() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.print_is(&ticket(), PrintOutcome::Printed);
    kiosk.after_secs(9);
    assert_eq!(kiosk.screen().leaves_in_secs, None);
    kiosk.after_secs(1);
    assert_eq!(kiosk.screen().leaves_in_secs, Some(20));
    kiosk.after_secs(19);
    assert_eq!(kiosk.number().number, "A027");
    kiosk.after_secs(1);
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn after_a_printing_failure_the_number_stays_a_minute() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.after_secs(20);
    kiosk.print_is(&ticket(), PrintOutcome::Failed);
    kiosk.after_secs(59);
    assert_eq!(kiosk.number().number, "A027");
    kiosk.after_secs(1);
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn paper_that_comes_late_is_still_told_with_the_whole_warning_before_the_number_goes() {
    for secs in [35, 50, 59] {
        let mut kiosk = Kiosk::open();
        kiosk.takes(&ticket());
        kiosk.after_secs(secs);
        kiosk.print_is(&ticket(), PrintOutcome::Printed);
        assert_eq!(kiosk.screen().leaves_in_secs, Some(20), "after {secs} s");
        kiosk.after_secs(19);
        assert_eq!(kiosk.number().number, "A027");
        kiosk.after_secs(1);
        assert!(is_at_the_start(&kiosk));
    }
}

#[test]
fn news_of_the_paper_do_not_take_back_what_the_visitor_asked_for() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.after_secs(40);
    kiosk.presses(Press::Stay);
    kiosk.print_is(&ticket(), PrintOutcome::Printed);
    kiosk.after_secs(29);
    assert_eq!(kiosk.number().number, "A027");
    kiosk.after_secs(1);
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn who_asks_for_longer_early_keeps_at_least_the_time_that_was_left() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.presses(Press::Stay);
    kiosk.print_is(&ticket(), PrintOutcome::Printed);
    kiosk.after_secs(58);
    assert_eq!(kiosk.number().number, "A027");
    kiosk.after_secs(1);
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn a_line_that_comes_and_goes_does_not_keep_the_number_for_the_next_visitor() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    for _ in 0..14 {
        kiosk.after_secs(5);
        kiosk.loses_the_server();
        kiosk.after_secs(1);
        kiosk.link(Link::Live);
    }
    assert!(is_at_the_start(&kiosk));
}

#[test]
fn one_press_keeps_the_number_longer_as_often_as_needed() {
    let mut kiosk = Kiosk::open();
    let ticket = IssuedTicket {
        print_job: None,
        ..ticket()
    };
    kiosk.takes(&ticket);
    for _ in 0..3 {
        kiosk.after_secs(25);
        kiosk.presses(Press::Stay);
        assert_eq!(kiosk.screen().leaves_in_secs, None);
    }
    assert_eq!(kiosk.number().number, "A027");
}

#[test]
fn the_next_visitor_starts_afresh_after_a_number() {
    let mut kiosk = Kiosk::open();
    with_larger_english(&mut kiosk);
    kiosk.after_secs(1);
    kiosk.takes(&ticket());
    kiosk.presses(Press::Done);
    let look = kiosk.screen().look;
    assert_eq!((&*look.language, look.text_size), ("de", TextSize::Normal));
    assert_eq!(look.contrast, Contrast::Normal);
}
