//! People with an appointment say that they are here.

use std::time::Duration;

use aufruf_client::CommandKey;
use aufruf_protocol::latest::{CheckIn, IssuedTicket, OfficeInfo, PrintOutcome, Problem};

use super::super::{
    Ask, Attempt, Body, CheckInBody, Day, Failure, Press, Printing, Refusal, RefusedBody, Subject,
};
use super::Kiosk;
use super::office::{MOVING, PASSPORT, at, office, open, queue, queue_with_check_in, ticket};

fn with_appointments() -> Kiosk {
    let mut kiosk = Kiosk::starts();
    kiosk.connects(OfficeInfo {
        queues: vec![queue("other"), queue_with_check_in("ids")],
        ..office(&[PASSPORT, MOVING])
    });
    kiosk.offers(open(PASSPORT, 14, None));
    kiosk.offers(open(MOVING, 0, None));
    kiosk
}

/// At the keypad, with this typed on the glass.
fn typing(code: &str) -> Kiosk {
    let mut kiosk = with_appointments();
    kiosk.presses(Press::Appointment);
    for letter in code.chars() {
        kiosk.presses(Press::Letter(letter.to_string()));
    }
    kiosk
}

#[track_caller]
fn typed(kiosk: &Kiosk) -> CheckInBody {
    match kiosk.screen().body {
        Body::CheckIn(body) => body,
        other => panic!("the keypad expected, not {other:?}"),
    }
}

#[track_caller]
fn refused(kiosk: &Kiosk) -> RefusedBody {
    match kiosk.screen().body {
        Body::Refused(body) => body,
        other => panic!("a refusal expected, not {other:?}"),
    }
}

fn sends(kiosk: &mut Kiosk) -> Option<Attempt> {
    kiosk.after_secs(1);
    kiosk.controller.check_in(CommandKey::fresh(), kiosk.now)
}

fn scans(kiosk: &mut Kiosk, code: &str) -> Option<Attempt> {
    for letter in code.chars() {
        kiosk.controller.type_text(&letter.to_string(), kiosk.now);
    }
    kiosk.controller.enter(CommandKey::fresh(), kiosk.now)
}

/// Types the code, sends it, and gets this no.
fn refused_with(code: &str, at: Option<jiff::Timestamp>) -> Kiosk {
    let mut kiosk = typing("T12");
    let attempt = sends(&mut kiosk).expect("a request");
    let problem = Problem::new(409, code, "No", "no appointment of today").from(at);
    kiosk.gets(&attempt, Err(Failure::Refused(Refusal::of(&problem))));
    kiosk
}

fn check_in_with(code: &str) -> Ask {
    Ask::CheckIn(CheckIn {
        code: Some(code.to_owned()),
        ticket: None,
        language: Some("de".to_owned()),
    })
}

#[test]
fn the_way_in_is_there_only_where_a_queue_has_people_with_appointments() {
    let mut kiosk = Kiosk::open();
    assert!(!kiosk.services().has_check_in);
    kiosk.presses(Press::Appointment);
    assert!(!kiosk.controller.type_text("T", kiosk.now));
    assert_eq!(kiosk.services().cards.len(), 2, "nothing leads to a keypad");
    assert!(with_appointments().services().has_check_in);
}

#[test]
fn what_is_typed_on_the_glass_is_sent_and_the_number_is_shown() {
    let mut kiosk = typing("T12");
    assert_eq!(typed(&kiosk).code, "T12");
    let attempt = sends(&mut kiosk).expect("a request");
    assert_eq!(attempt.ask, check_in_with("T12"));
    assert!(typed(&kiosk).is_asking);
    kiosk.gets(&attempt, Ok(ticket()));
    let body = kiosk.number();
    assert_eq!((&*body.number, body.people_ahead), ("A027", 14));
    assert!(matches!(body.subject, Subject::Appointment { .. }));
    assert_eq!(body.area, "Wartebereich 1. Stock");
}

#[test]
fn the_ticket_of_an_appointment_is_printed_like_any_other() {
    let mut kiosk = typing("T12");
    let attempt = sends(&mut kiosk).expect("a request");
    kiosk.gets(&attempt, Ok(ticket()));
    assert_eq!(kiosk.number().printing, Printing::Running);
    kiosk.print_is(&ticket(), PrintOutcome::Printed);
    assert_eq!(kiosk.number().printing, Printing::Printed);
}

#[test]
fn the_last_letter_can_be_taken_back_and_nothing_typed_sends_nothing() {
    let mut kiosk = typing("T1");
    kiosk.presses(Press::Erase);
    assert_eq!(typed(&kiosk).code, "T");
    kiosk.presses(Press::Erase);
    kiosk.presses(Press::Erase);
    assert_eq!(typed(&kiosk).code, "");
    assert!(sends(&mut kiosk).is_none());
}

#[test]
fn a_scanner_needs_no_key_before_it_and_no_time_after() {
    let mut kiosk = with_appointments();
    let attempt = scans(&mut kiosk, "t-12 b").expect("a request");
    assert_eq!(attempt.ask, check_in_with("T12B"));
}

#[test]
fn a_code_is_limited_and_what_is_more_is_left_out() {
    let mut kiosk = typing("");
    kiosk.controller.type_text(&"7".repeat(100), kiosk.now);
    assert_eq!(typed(&kiosk).code, "7".repeat(64));
}

#[test]
fn a_code_that_is_scanned_while_a_number_is_shown_does_nothing_to_it() {
    let mut kiosk = with_appointments();
    kiosk.takes(&ticket());
    kiosk.after_secs(1);
    assert!(scans(&mut kiosk, "T99").is_none());
    assert_eq!(kiosk.number().number, "A027");
}

#[test]
fn the_second_of_two_quick_taps_types_nothing() {
    let mut kiosk = with_appointments();
    kiosk.presses(Press::Appointment);
    kiosk.now += Duration::from_millis(200);
    kiosk
        .controller
        .press(Press::Letter("A".to_owned()), kiosk.now);
    assert_eq!(typed(&kiosk).code, "");
}

#[test]
fn while_the_answer_is_awaited_nothing_can_be_typed_and_one_request_is_out() {
    let mut kiosk = typing("T12");
    sends(&mut kiosk).expect("a request");
    kiosk.presses(Press::Letter("3".to_owned()));
    kiosk.presses(Press::Erase);
    kiosk.presses(Press::Back);
    assert_eq!(typed(&kiosk).code, "T12");
    assert!(sends(&mut kiosk).is_none());
    assert!(scans(&mut kiosk, "9").is_none());
}

#[test]
fn after_a_lost_answer_the_same_code_goes_out_again_under_its_first_key() {
    let mut kiosk = typing("T12");
    let first = sends(&mut kiosk).expect("a request");
    kiosk.gets(&first, Err(Failure::NoAnswer));
    assert_eq!(refused(&kiosk).refusal, Refusal::NotPossible);
    kiosk.after_secs(1);
    let again = kiosk.controller.try_again(CommandKey::fresh(), kiosk.now);
    assert_eq!(again, Some(first));
}

#[test]
fn each_no_to_an_appointment_has_its_own_sentence_and_tells_what_was_typed() {
    let nine = Some(at("13:00"));
    for (code, refusal) in [
        ("code_unknown", Refusal::CodeUnknown),
        ("code_invalid", Refusal::CodeInvalid),
        ("already_here", Refusal::AlreadyHere { number: None }),
        ("called_now", Refusal::CalledNow { number: None }),
        ("other_day", Refusal::OtherDay { at: nine }),
        ("too_early", Refusal::TooEarly { from: nine }),
        ("wrong_state", Refusal::AppointmentOver),
        ("closed", Refusal::Closed { opens_at: nine }),
        ("moon_in_the_way", Refusal::Other),
    ] {
        let body = refused(&refused_with(code, nine));
        assert_eq!(body.refusal, refusal, "{code}");
        let subject = Subject::Appointment {
            typed: "T12".to_owned(),
        };
        assert_eq!(body.subject, subject);
    }
}

#[test]
fn who_is_too_early_is_told_from_when_on() {
    let when = refused(&refused_with("too_early", Some(at("13:05")))).when;
    let when = when.expect("a time that is told");
    assert_eq!((when.day, &*when.time), (Day::Today, "13:05"));
    assert_eq!(refused(&refused_with("too_early", None)).when, None);
    let over = Some(at("10:00"));
    assert_eq!(refused(&refused_with("too_early", over)).when, None);
}

#[test]
fn who_has_checked_in_before_is_told_their_number() {
    for code in ["already_here", "called_now"] {
        let mut kiosk = typing("WXYZ4");
        let attempt = sends(&mut kiosk).expect("a request");
        let problem = Problem::new(409, code, "No", "come further already").about(Some("A012"));
        kiosk.gets(&attempt, Err(Failure::Refused(Refusal::of(&problem))));
        assert_eq!(refused(&kiosk).number, "A012", "{code}");
    }
    assert_eq!(refused(&refused_with("code_unknown", None)).number, "");
}

#[test]
fn the_paper_of_an_appointment_is_asked_for_in_the_language_of_the_glass() {
    let mut kiosk = with_appointments();
    kiosk.presses(Press::Languages);
    kiosk.presses(Press::Language("ar".to_owned()));
    let Ask::CheckIn(wish) = scans(&mut kiosk, "T12").expect("a request").ask else {
        panic!("a check-in expected");
    };
    assert_eq!(wish.language.as_deref(), Some("ar"));
}

#[test]
fn a_slip_can_be_put_right_without_typing_all_of_it_again() {
    let mut kiosk = refused_with("code_unknown", None);
    assert!(refused(&kiosk).may_retype);
    kiosk.presses(Press::Retype);
    assert_eq!(typed(&kiosk).code, "T12");
    let kiosk = refused_with("already_here", None);
    assert!(!refused(&kiosk).may_retype, "nothing is wrong with it");
}

#[test]
fn a_code_that_was_refused_can_be_scanned_anew_at_once() {
    let mut kiosk = refused_with("code_unknown", None);
    let attempt = scans(&mut kiosk, "T34").expect("a request");
    assert_eq!(attempt.ask, check_in_with("T34"));
}

#[test]
fn nothing_that_was_typed_stays_for_the_next_visitor() {
    let mut kiosk = typing("T12");
    kiosk.after_secs(40);
    assert_eq!(kiosk.screen().leaves_in_secs, Some(20));
    kiosk.after_secs(20);
    assert!(matches!(kiosk.screen().body, Body::Services(_)));
    kiosk.presses(Press::Appointment);
    assert_eq!(typed(&kiosk).code, "");
}

#[test]
fn a_keypad_that_nobody_types_at_is_left_too() {
    let mut kiosk = typing("");
    kiosk.after_secs(60);
    assert!(matches!(kiosk.screen().body, Body::Services(_)));
}

#[test]
fn going_back_and_a_refusal_that_is_left_forget_the_code() {
    let mut kiosk = typing("T12");
    kiosk.presses(Press::Back);
    kiosk.presses(Press::Appointment);
    assert_eq!(typed(&kiosk).code, "");
    let mut kiosk = refused_with("code_unknown", None);
    kiosk.after_secs(60);
    kiosk.presses(Press::Retype);
    assert!(matches!(kiosk.screen().body, Body::Services(_)));
}

#[test]
fn an_answer_for_somebody_who_has_left_is_shown_to_nobody_else() {
    let mut kiosk = typing("T12");
    let attempt = sends(&mut kiosk).expect("a request");
    kiosk.after_secs(6);
    kiosk.presses(Press::Back);
    kiosk.gets(&attempt, Ok(ticket()));
    assert!(matches!(kiosk.screen().body, Body::Services(_)));
}

#[test]
fn where_the_server_is_away_nobody_can_check_in() {
    let mut kiosk = typing("T12");
    kiosk.loses_the_server();
    assert_eq!(kiosk.screen().body, Body::Away);
    assert!(sends(&mut kiosk).is_none());
}

#[test]
fn a_ticket_without_paper_says_so() {
    let mut kiosk = typing("T12");
    let attempt = sends(&mut kiosk).expect("a request");
    let ticket = IssuedTicket {
        print_job: None,
        ..ticket()
    };
    kiosk.gets(&attempt, Ok(ticket));
    assert_eq!(kiosk.number().printing, Printing::NoPrinter);
}
