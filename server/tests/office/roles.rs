//! Who may do what: a device can do what its role allows, and a panel what its counter allows.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_give_a_priority() {
    let office = TestOffice::open().await;
    let take = async |device, priority: u8| {
        let wish = format!(r#"{{"services":["id-card"],"language":"de","priority":{priority}}}"#);
        office.does(device, "tickets", &wish).await
    };
    let kiosk: wire::IssuedTicket = take("kiosk-1", 1).await.read();
    let row = office.ticket(kiosk.id).await;
    assert_eq!((row.priority, row.source), (3, wire::Source::Kiosk));
    assert_eq!(take("kiosk-1", 9).await.status, 201, "not heard at all");
    let panel: wire::IssuedTicket = take("panel-1", 1).await.read();
    let row = office.ticket(panel.id).await;
    assert_eq!((row.priority, row.source), (1, wire::Source::Counter));
    assert_eq!(panel.print_job, None, "a panel has no printer");
    let odd = take("panel-1", 4).await;
    assert_eq!((odd.status, odd.code().as_str()), (422, "priority_invalid"));
    assert_eq!(
        office.calls(1).await.ticket.id,
        panel.id,
        "the priority counts"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_stands_at_another_counter_is_not_this_panels() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let send = r#"{"target":{"to":"queue","queue":"ids"}}"#;
    for (step, body) in [
        ("recall", ""),
        ("start", ""),
        ("finish", ""),
        ("pick-up", ""),
        ("miss", ""),
        ("requeue", ""),
        ("park", ""),
        ("transfer", send),
        ("change", "{}"),
        ("cancel", ""),
        ("undo", ""),
    ] {
        let refused = office.step_with(2, ticket, step, body).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (403, "not_your_visit"),
            "{step}"
        );
    }
    assert_eq!(
        office.ticket(ticket).await.state,
        wire::TicketState::Serving
    );
    assert_eq!(office.step(1, ticket, "park").await.status, 200);
    let anybody = office.step(2, ticket, "requeue").await;
    assert_eq!(anybody.status, 200, "a parked visit stands at no counter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panel_works_for_its_own_counter() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    let call = format!("tickets/{}/call", ticket.id);
    let resume = format!("tickets/{}/resume", ticket.id);
    let there = r#"{"counter":"counter-2"}"#;
    for (path, body) in [
        ("counters/counter-2/open", ""),
        ("counters/counter-2/pause", ""),
        ("counters/counter-2/close", ""),
        ("counters/counter-2/next", ""),
        ("counters/counter-2/move", r#"{"to":"counter-1"}"#),
        ("emergencies", there),
        (call.as_str(), there),
        (resume.as_str(), there),
    ] {
        let refused = office.does("panel-1", path, body).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (403, "forbidden"),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_and_a_display_do_nothing_that_is_for_staff() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await;
    let note = format!("tickets/{}/note", ticket.id);
    for device in ["kiosk-1", "display-1", "printer-1"] {
        for step in [
            "call", "recall", "start", "finish", "pick-up", "miss", "requeue", "park", "resume",
            "transfer", "pause", "return", "change", "cancel", "undo",
        ] {
            let path = format!("tickets/{}/{step}", ticket.id);
            let refused = office.does(device, &path, "{}").await;
            assert_eq!(refused.code(), "forbidden", "{device} {step}");
        }
        for path in [
            "appointments",
            "locks",
            "locks/end",
            "emergencies",
            "emergencies/counter-1/accept",
            "emergencies/counter-1/end",
            "counters/counter-1/open",
        ] {
            let refused = office.does(device, path, "{}").await;
            assert_eq!(refused.code(), "forbidden", "{device} {path}");
        }
        assert_eq!(office.get(device, &note).await.code(), "forbidden");
    }
    let display = office.does("display-1", "check-ins", "{}").await;
    assert_eq!(display.code(), "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_wish_says_wrongly_is_told_in_words() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let result = office
        .step_with(1, ticket, "finish", r#"{"result":"nice"}"#)
        .await;
    assert_eq!(
        (result.status, result.code().as_str()),
        (422, "result_unknown")
    );
    let unreadable = office.step_with(1, ticket, "finish", "{").await;
    assert_eq!(
        (unreadable.status, unreadable.code().as_str()),
        (400, "body_unreadable")
    );
    let many = r#"{"services":["id-card"],"language":"de","persons":1000}"#;
    let many = office.does("panel-1", "tickets", many).await;
    assert_eq!(
        (many.status, many.code().as_str()),
        (422, "persons_invalid")
    );
    let twice = r#"{"services":["id-card","id-card"],"language":"de"}"#;
    let twice = office.does("kiosk-1", "tickets", twice).await;
    assert_eq!(
        (twice.status, twice.code().as_str()),
        (422, "service_twice")
    );
    assert_eq!(
        office.ticket(ticket).await.state,
        wire::TicketState::Serving
    );
}
