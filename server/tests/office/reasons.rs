//! Why *next* calls somebody before others, or keeps a counter free, as panels are told.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

fn instant(local: &str) -> jiff::Timestamp {
    let at = format!("2026-11-23T{local}:00+01:00").parse();
    at.expect("an instant")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_is_over_soon_goes_first_and_the_call_says_before_how_many() {
    let office = TestOffice::open().await;
    for _ in 0..2 {
        office.comes_for("id-card").await;
    }
    let quick = office.comes_for("pick-up").await;
    let called = office.calls(1).await;
    assert_eq!(called.ticket.id, quick.id);
    let why = called.ticket.why.expect("a reason");
    assert_eq!(
        (why.rule, why.overtaken),
        (wire::Rule::ShorterFirst, Some(2))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_whose_visit_fits_before_an_appointment_is_called_and_the_call_says_which() {
    let office = TestOffice::open().await;
    let booked = office.books("T-1", "2026-11-23T09:05").await;
    let here = format!(r#"{{"ticket":"{}"}}"#, booked.id);
    office.does("panel-1", "check-ins", &here).await;
    let walk_in = office.comes_for("pick-up").await;
    let called = office.calls(1).await;
    assert_eq!(called.ticket.id, walk_in.id);
    let why = called.ticket.why.expect("a reason");
    assert_eq!(
        (why.rule, why.at),
        (wire::Rule::FitsBefore, Some(instant("09:05")))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_is_kept_free_for_an_appointment_and_the_clerk_may_call_somebody_else() {
    let office = TestOffice::open().await;
    let booked = office.books("T-1", "2026-11-23T09:02").await;
    let walk_in = office.comes_for("id-card").await;
    office.counter(1, "open").await;
    office.clock.goes_on(1);
    let reply: wire::NextReply = office.counter(1, "next").await.read();
    let held = reply.nobody.expect("nobody is called");
    assert_eq!(held.reason, wire::NobodyReason::Held);
    assert_eq!(
        (held.ticket, held.until),
        (Some(booked.id), Some(instant("09:02")))
    );
    let here = r#"{"counter":"counter-1"}"#;
    let row: wire::TicketRow = office.step_with(1, walk_in.id, "call", here).await.read();
    assert_eq!(row.state, wire::TicketState::Called);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_come_in_time_holds_nobody_up_any_longer() {
    let office = TestOffice::open().await;
    office.books("T-1", "2026-11-23T09:02").await;
    let walk_in = office.comes_for("id-card").await;
    office.counter(1, "open").await;
    office.clock.goes_on(2);
    let reply: wire::NextReply = office.counter(1, "next").await.read();
    let called = reply.called.expect("somebody is called");
    assert_eq!(called.ticket.id, walk_in.id);
}
