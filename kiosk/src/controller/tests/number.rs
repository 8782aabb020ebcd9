//! The number and the truth about its paper.

use aufruf_protocol::latest::{IssuedTicket, PrintOutcome};

use super::super::{Body, Expected, Press, Printing, Window};
use super::Kiosk;
use super::office::ticket;

fn without_printer() -> IssuedTicket {
    IssuedTicket {
        print_job: None,
        ..ticket()
    }
}

#[test]
fn the_number_stands_with_its_window_the_people_before_and_where_to_wait() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    let body = kiosk.number();
    assert_eq!(body.number, "A027");
    assert_eq!(body.people_ahead, 14);
    assert_eq!(body.area, "Wartebereich 1. Stock");
    assert_eq!(
        body.expected,
        Expected::Within(Window {
            low: "11:05".to_owned(),
            high: "11:15".to_owned()
        })
    );
}

#[test]
fn the_printing_state_is_told_as_it_is_known() {
    for (outcome, told) in [
        (PrintOutcome::Pending, Printing::Running),
        (PrintOutcome::Printed, Printing::Printed),
        (PrintOutcome::Failed, Printing::Failed),
        (PrintOutcome::Expired, Printing::Failed),
        (PrintOutcome::Doubtful, Printing::Doubtful),
        (PrintOutcome::Unknown, Printing::Doubtful),
    ] {
        let mut kiosk = Kiosk::open();
        kiosk.takes(&ticket());
        assert_eq!(kiosk.number().printing, Printing::Running);
        kiosk.print_is(&ticket(), outcome);
        assert_eq!(kiosk.number().printing, told, "{outcome}");
    }
}

#[test]
fn a_job_that_was_done_before_the_answer_came_is_told_at_once() {
    let mut kiosk = Kiosk::open();
    let attempt = kiosk.chooses("passport").expect("a request");
    kiosk.print_is(&ticket(), PrintOutcome::Printed);
    kiosk.gets(&attempt, Ok(ticket()));
    assert_eq!(kiosk.number().printing, Printing::Printed);
}

#[test]
fn another_visitors_paper_says_nothing_of_this_one() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    let mut other = ticket();
    other.print_job = Some(aufruf_protocol::latest::JobId::new("26-1"));
    kiosk.print_is(&other, PrintOutcome::Printed);
    assert_eq!(kiosk.number().printing, Printing::Running);
}

#[test]
fn without_a_printer_no_paper_is_promised() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&without_printer());
    assert_eq!(kiosk.number().printing, Printing::NoPrinter);
}

#[test]
fn when_the_server_is_lost_the_number_stays_and_a_running_print_is_in_doubt() {
    let mut kiosk = Kiosk::open();
    kiosk.takes(&ticket());
    kiosk.loses_the_server();
    let body = kiosk.number();
    assert!(body.is_stale);
    assert_eq!(body.number, "A027");
    assert_eq!(body.printing, Printing::Doubtful);
    kiosk.presses(Press::Done);
    assert_eq!(kiosk.screen().body, Body::Away);
}
