//! Appointments: made known by a panel, and their people come.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

fn at(local: &str) -> Timestamp {
    let at = format!("{local}:00+01:00").parse();
    at.expect("a local time")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_an_appointment_checks_in_by_code_and_gets_paper() {
    let office = TestOffice::open().await;
    let wish = r#"{"number":"T-17","code":"wxyz-4","at":"2026-11-23T09:30:00+01:00","services":["id-card"],"language":"de"}"#;
    let booked = office.does("panel-1", "appointments", wish).await;
    assert_eq!(booked.status, 201);
    let booked: wire::BookedAppointment = booked.read();
    assert_eq!(
        (booked.number.as_str(), booked.at),
        ("T-17", at("2026-11-23T09:30"))
    );
    let row = office.ticket(booked.id).await;
    assert_eq!((row.state, row.priority), (wire::TicketState::Booked, 2));
    assert_eq!(
        (row.appointment_at, row.arrived_at),
        (Some(booked.at), None)
    );

    let mut printer = office.watches("printer-1").await;
    let ticket: wire::IssuedTicket = office
        .does("kiosk-1", "check-ins", r#"{"code":" WXYZ 4 "}"#)
        .await
        .read();
    assert_eq!((ticket.id, ticket.number.as_str()), (booked.id, "T-17"));
    let job = ticket.print_job.expect("kiosk-1 has a printer");
    printer
        .until(|view| matches!(view, wire::View::Printer(view) if view.jobs.iter().any(|held| held.id == job)))
        .await;
    let row = office.ticket(booked.id).await;
    assert_eq!(
        (row.state, row.place.at),
        (wire::TicketState::Waiting, booked.at)
    );
    let again: wire::Problem = office
        .does("kiosk-1", "check-ins", r#"{"code":"wxyz4"}"#)
        .await
        .read();
    assert_eq!((again.status, again.code.as_str()), (409, "already_here"));
    assert_eq!(again.number.as_deref(), Some("T-17"));

    let office = office.restarts().await;
    let mut printer = office.watches("printer-1").await;
    printer
        .until(|view| matches!(view, wire::View::Printer(view) if view.jobs.iter().any(|held| held.id == job)))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_called_at_this_moment_and_checks_in_again_is_told_the_number() {
    let office = TestOffice::open().await;
    let booked = office.books("T-1", "2026-11-23T09:00").await;
    let come = async || {
        office
            .does("kiosk-1", "check-ins", r#"{"code":"T-1"}"#)
            .await
    };
    assert_eq!(come().await.status, 200);
    assert_eq!(office.calls(1).await.ticket.id, booked.id);
    let again: wire::Problem = come().await.read();
    assert_eq!((again.status, again.code.as_str()), (409, "called_now"));
    assert_eq!(again.number.as_deref(), Some("T-1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_speaks_the_language_of_the_kiosk_and_the_visit_keeps_that_of_its_booking() {
    let office = TestOffice::open().await;
    let mut printer = office.watches("printer-1").await;
    for (number, body, language) in [
        ("T-1", r#"{"code":"T-1","language":"en"}"#, "en"),
        ("T-2", r#"{"code":"T-2"}"#, "tr"),
    ] {
        let booked = office.books(number, "2026-11-23T09:30").await;
        let ticket: wire::IssuedTicket = office.does("kiosk-1", "check-ins", body).await.read();
        let job = ticket.print_job.expect("kiosk-1 has a printer");
        let speaks = |job: &wire::PrintJob| job.document.language == language;
        printer
            .until(|view| matches!(view, wire::View::Printer(view) if view.jobs.iter().any(|held| held.id == job && speaks(held))))
            .await;
        assert_eq!(office.ticket(booked.id).await.language, "tr");
    }
    let odd = r#"{"code":"T-1","language":"?"}"#;
    let odd = office.does("kiosk-1", "check-ins", odd).await;
    assert_eq!((odd.status, odd.code().as_str()), (400, "language_invalid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_pick_who_is_here_from_the_list() {
    let office = TestOffice::open().await;
    let booked = office.books("T-1", "2026-11-23T16:00").await;
    let wish = format!(r#"{{"ticket":"{}"}}"#, booked.id);
    let kiosk = office.does("kiosk-1", "check-ins", &wish).await;
    assert_eq!((kiosk.status, kiosk.code().as_str()), (403, "forbidden"));
    let ticket: wire::IssuedTicket = office.does("panel-2", "check-ins", &wish).await.read();
    assert_eq!((ticket.id, ticket.print_job), (booked.id, None));
    let code = r#"{"code":"T-1"}"#;
    assert_eq!(
        office.does("panel-2", "check-ins", code).await.code(),
        "already_here"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_early_or_on_another_day_is_told_when_to_come() {
    let office = TestOffice::open().await;
    office.books("T-1", "2026-11-23T16:00").await;
    office.books("T-2", "2026-11-24T10:00").await;
    let come = async |body: &str| office.does("kiosk-1", "check-ins", body).await;
    let early: wire::Problem = come(r#"{"code":"T-1"}"#).await.read();
    assert_eq!((early.status, early.code.as_str()), (409, "too_early"));
    assert_eq!(early.at, Some(at("2026-11-23T15:00")));
    let other: wire::Problem = come(r#"{"code":"T-2"}"#).await.read();
    assert_eq!((other.status, other.code.as_str()), (409, "other_day"));
    assert_eq!(other.at, Some(at("2026-11-24T10:00")));
    assert_eq!(come(r#"{"code":"T-3"}"#).await.status, 404);
    let long = format!(r#"{{"code":"{}"}}"#, "9".repeat(65));
    assert_eq!(come(&long).await.code(), "code_invalid");
    assert_eq!(come("{}").await.code(), "check_in_unclear");
    let both = format!(r#"{{"code":"T-1","ticket":"{}"}}"#, uuid::Uuid::nil());
    let both = office.does("panel-1", "check-ins", &both).await;
    assert_eq!(
        (both.status, both.code().as_str()),
        (422, "check_in_unclear")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_changes_until_its_person_is_here() {
    let office = TestOffice::open().await;
    let booked = office.books("T-1", "2026-11-23T10:00").await;
    let change = async |at: &str| {
        let wish = format!(
            r#"{{"id":"{}","number":"T-1","at":"{at}:00+01:00","services":["id-card"],"language":"de"}}"#,
            booked.id
        );
        office.does("panel-3", "appointments", &wish).await
    };
    assert_eq!(change("2026-11-23T09:30").await.status, 201);
    let row = office.ticket(booked.id).await;
    assert_eq!(row.appointment_at, Some(at("2026-11-23T09:30")));
    let past = change("2026-11-20T09:30").await;
    assert_eq!(
        (past.status, past.code().as_str()),
        (422, "appointment_past")
    );
    let taken = r#"{"number":"T-1","at":"2026-11-23T11:00:00+01:00","services":["id-card"],"language":"de"}"#;
    let taken = office.does("panel-1", "appointments", taken).await;
    assert_eq!((taken.status, taken.code().as_str()), (409, "number_taken"));
    office
        .does("kiosk-1", "check-ins", r#"{"code":"T-1"}"#)
        .await;
    assert_eq!(change("2026-11-23T12:00").await.code(), "wrong_state");
}

#[tokio::test(flavor = "multi_thread")]
async fn panels_list_who_is_expected_and_when() {
    let office = TestOffice::open().await;
    let mut panel = office.watches("panel-2").await;
    let booked = office.books("T-1", "2026-11-23T10:00").await;
    panel
        .panel(|view| {
            let row = view.ticket(booked.id);
            row.is_some_and(|row| row.state == wire::TicketState::Booked)
        })
        .await;
    let day: wire::QueueDay = office.get("panel-2", "queues/ids").await.read();
    assert_eq!((day.booked, day.waiting), (1, 0));
    office
        .does("kiosk-1", "check-ins", r#"{"code":"T-1"}"#)
        .await;
    let ids = |view: &wire::PanelView| {
        let mut rows = view.queues.iter();
        rows.find(|row| row.queue.as_str() == "ids").cloned()
    };
    panel
        .panel(|view| ids(view).is_some_and(|row| row.waiting == 1 && row.longest_since.is_none()))
        .await;
    office.clock.is("2026-11-23T10:05");
    office.comes_for("move").await;
    panel
        .panel(|view| ids(view).is_some_and(|row| row.longest_since == Some(booked.at)))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_is_moved_to_another_day_leaves_the_lists_of_today() {
    let office = TestOffice::open().await;
    let mut panel = office.watches("panel-2").await;
    let booked = office.books("T-1", "2026-11-23T10:00").await;
    panel.panel(|view| view.ticket(booked.id).is_some()).await;
    let wish = format!(
        r#"{{"id":"{}","number":"T-1","at":"2026-11-25T10:00:00+01:00","services":["id-card"],"language":"de"}}"#,
        booked.id
    );
    let moved = office.does("panel-1", "appointments", &wish).await;
    assert_eq!(moved.status, 201);
    panel.panel(|view| view.ticket(booked.id).is_none()).await;
}
