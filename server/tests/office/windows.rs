//! What people are told of when they will be called: at the kiosk, on paper, and as the day goes on.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

/// Somebody presses what the kiosk shows, window and all.
async fn takes_what_is_shown(office: &TestOffice, offer: &wire::Offer) -> wire::IssuedTicket {
    let wish = wire::IssueTicket {
        services: vec![offer.service.clone()],
        language: "de".to_owned(),
        needs: Vec::new(),
        persons: None,
        priority: None,
        shown: offer.promise,
    };
    let wish = serde_json::to_string(&wish).expect("JSON");
    office.does("kiosk-1", "tickets", &wish).await.read()
}

fn instant(local: &str) -> jiff::Timestamp {
    let at = format!("2026-11-23T{local}:00+01:00").parse();
    at.expect("an instant")
}

/// The plan knows that a counter is open and that nobody waits.
fn is_free(offer: &wire::Offer) -> bool {
    offer
        .promise
        .is_some_and(|told| told.low == instant("09:00"))
}

/// The plan knows that others come first.
fn is_busy(offer: &wire::Offer) -> bool {
    offer
        .promise
        .is_some_and(|told| told.low > instant("09:00") && told.low < instant("10:00"))
}

fn row(view: &wire::PanelView, id: wire::TicketId) -> Option<&wire::TicketRow> {
    view.ticket(id)
}

#[tokio::test(start_paused = true)]
async fn the_kiosk_tells_a_window_in_steps_of_five_minutes_before_anybody_presses() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    let mut kiosk = office.watches("kiosk-1").await;
    let offer = kiosk.offers("id-card", is_free).await;
    let promise = offer.promise.expect("a window");
    let in_steps = |at: jiff::Timestamp| at.as_second() % 300 == 0;
    assert!(in_steps(promise.low) && in_steps(promise.mid) && in_steps(promise.high));
    assert!(promise.low <= promise.mid && promise.mid <= promise.high);
}

#[tokio::test(start_paused = true)]
async fn what_the_kiosk_showed_is_answered_printed_and_kept() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    for _ in 0..3 {
        office.comes_for("id-card").await;
    }
    let mut kiosk = office.watches("kiosk-1").await;
    let mut printer = office.watches("printer-1").await;
    let offer = kiosk
        .offers("id-card", |offer| offer.waiting == 3 && is_busy(offer))
        .await;
    let ticket = takes_what_is_shown(&office, &offer).await;
    assert_eq!(ticket.promise, offer.promise);
    let kept = office.ticket(ticket.id).await;
    assert_eq!(kept.promise, offer.promise);
    printer
        .until(|view| matches!(view, wire::View::Printer(view) if view.jobs.len() == 4))
        .await;
    let low = offer.promise.expect("a window").low;
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
    let low = low.to_zoned(zone).strftime("%H:%M").to_string();
    let paper = printer.heard.last().expect("the job");
    assert!(
        paper.contains(&ticket.number) && paper.contains(&low),
        "{paper}"
    );
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_is_expected_as_the_paper_says_until_that_does_not_hold_any_more() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    let mut kiosk = office.watches("kiosk-1").await;
    let mut panel = office.watches("panel-1").await;
    let offer = kiosk.offers("id-card", is_free).await;
    let ticket = takes_what_is_shown(&office, &offer).await;
    let kept = office.ticket(ticket.id).await;
    assert_eq!((kept.expected, kept.raised), (offer.promise, 0));

    office.clock.is("2026-11-23T09:40");
    panel
        .panel(|view| row(view, ticket.id).is_some_and(|row| row.raised > 0))
        .await;
    let late = office.ticket(ticket.id).await;
    assert_eq!(late.promise, offer.promise, "what stands on the paper");
    let expected = late.expected.expect("a window");
    assert!(expected.high >= instant("09:40"), "{expected:?}");
}

#[tokio::test(start_paused = true)]
async fn somebody_with_an_appointment_is_expected_from_the_check_in_on() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    for _ in 0..3 {
        office.comes_for("id-card").await;
    }
    let booked = office.books("T-1", "2026-11-23T09:30").await;
    let mut panel = office.watches("panel-1").await;
    panel.panel(|view| row(view, booked.id).is_some()).await;
    assert_eq!(office.ticket(booked.id).await.expected, None);
    let here = format!(r#"{{"ticket":"{}"}}"#, booked.id);
    let paper: wire::IssuedTicket = office.does("panel-1", "check-ins", &here).await.read();
    assert_eq!(paper.promise, None);
    panel
        .panel(|view| row(view, booked.id).is_some_and(|row| row.expected.is_some()))
        .await;
    let expected = office.ticket(booked.id).await.expected.expect("a window");
    assert!(
        expected.high >= instant("09:15"),
        "not before the others: {expected:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn whoever_is_called_is_expected_no_more() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    let mut kiosk = office.watches("kiosk-1").await;
    let offer = kiosk.offers("id-card", is_free).await;
    let ticket = takes_what_is_shown(&office, &offer).await;
    office.counter(1, "next").await;
    let called = office.ticket(ticket.id).await;
    assert_eq!(called.state, wire::TicketState::Called);
    assert_eq!((called.expected, called.promise), (None, offer.promise));
}

#[tokio::test(start_paused = true)]
async fn panels_hear_nothing_of_people_whose_window_holds_when_the_plan_is_another_one() {
    let office = TestOffice::open().await;
    office.counter(1, "open").await;
    let mut panel = office.watches("panel-1").await;
    let ticket = office.comes_for("id-card").await;
    let at_once =
        |told: Option<wire::Promise>| told.is_some_and(|told| told.low == instant("09:00"));
    panel
        .panel(|view| row(view, ticket.id).is_some_and(|row| at_once(row.expected)))
        .await;
    let heard = panel.heard.len();
    office.counter(6, "open").await;
    panel
        .panel(|view| {
            let mut queues = view.queues.iter();
            let certificates = queues.find(|row| row.queue.as_str() == "certificates");
            certificates.is_some_and(|row| at_once(row.promise))
        })
        .await;
    let rows = panel.heard[heard..]
        .iter()
        .filter(|text| text.contains(r#""change":"ticket""#));
    assert_eq!(rows.count(), 0);
}
