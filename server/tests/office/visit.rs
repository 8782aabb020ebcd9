//! One visit through the API: answers, refusals, and the same command twice.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;
use axum::http::Method;

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_is_called_served_and_gone() {
    let office = TestOffice::open().await;
    let ticket: wire::IssuedTicket = office.takes("k1", "id-card").await.read();
    assert_eq!(ticket.number, "A001");
    assert_eq!(ticket.people_ahead, 0);
    assert!(ticket.print_job.is_some(), "kiosk-1 has a printer");

    let early: wire::NextReply = office.at_counter(4, "k2", "next").await.read();
    assert_eq!(
        early.nobody.map(|nobody| nobody.reason),
        Some(wire::NobodyReason::CounterClosed)
    );
    assert_eq!(office.at_counter(4, "k3", "open").await.status, 200);
    let called: wire::NextReply = office.at_counter(4, "k4", "next").await.read();
    let visit = called.called.expect("somebody waits");
    assert_eq!((visit.call.number.as_str(), visit.call.nth), ("A001", 1));

    for (key, step, state) in [
        ("k5", "recall", wire::TicketState::Called),
        ("k6", "start", wire::TicketState::Serving),
        ("k7", "finish", wire::TicketState::Finished),
    ] {
        let path = format!("/api/v1/tickets/{}/{step}", ticket.id);
        let row: wire::TicketRow = office.post("panel-4", key, &path, "").await.read();
        assert_eq!(row.state, state, "after {step}");
    }
    let path = format!("/api/v1/tickets/{}", ticket.id);
    let shown: wire::TicketRow = office.ask(Some("panel-4"), Method::GET, &path).await.read();
    assert_eq!(shown.calls, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn next_always_answers_and_says_why_nobody_comes() {
    let office = TestOffice::open().await;
    office.at_counter(1, "o1", "open").await;
    let reason = async |key: &str| {
        let reply: wire::NextReply = office.at_counter(1, key, "next").await.read();
        reply.nobody.expect("nobody can be called").reason
    };
    assert_eq!(reason("n1").await, wire::NobodyReason::NobodyWaiting);
    office.takes("t1", "conduct").await;
    assert_eq!(reason("n2").await, wire::NobodyReason::OtherSkills);
    office.takes("t2", "pick-up").await;
    assert!(
        office
            .at_counter(1, "n3", "next")
            .await
            .read::<wire::NextReply>()
            .called
            .is_some()
    );
    assert_eq!(reason("n4").await, wire::NobodyReason::VisitRunning);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_sent_twice_at_the_same_moment_gives_one_ticket() {
    let office = TestOffice::open().await;
    let (first, twin) = tokio::join!(office.takes("k1", "move"), office.takes("k1", "move"));
    assert_eq!(first, twin);
    assert_eq!(
        office.takes("k1", "move").await,
        first,
        "and later the same answer again"
    );
    let other: wire::IssuedTicket = office.takes("k2", "move").await.read();
    assert_eq!(other.number, "B002", "only one was given before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_decided_anew_when_the_command_comes_again() {
    let office = TestOffice::open().await;
    office.takes("t1", "move").await;
    let early: wire::NextReply = office.at_counter(4, "n1", "next").await.read();
    assert!(early.nobody.is_some(), "the counter is closed");
    office.at_counter(4, "o1", "open").await;
    let late: wire::NextReply = office.at_counter(4, "n1", "next").await.read();
    assert!(late.called.is_some(), "the same key, decided anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_requests_get_a_problem_with_a_code_and_change_nothing() {
    let office = TestOffice::open().await;
    let post = async |device, key, body| office.post(device, key, "/api/v1/tickets", body).await;
    let get = async |path| office.ask(Some("panel-1"), Method::GET, path).await;
    let odd = r#"{"services":["move"],"language":"de\\n"}"#;
    let long = " ".repeat(70_000);
    let deleted = office.ask(None, Method::DELETE, "/api/v1/tickets").await;
    let cases = [
        (post("kiosk-1", "k1", "{").await, 400, "body_unreadable"),
        (post("kiosk-1", "k2", &long).await, 413, "body_unreadable"),
        (
            post("kiosk-1", "", "{}").await,
            400,
            "idempotency_key_invalid",
        ),
        (post("kiosk-1", "k3", odd).await, 400, "language_invalid"),
        (post("nobody", "k4", "{}").await, 401, "unauthorized"),
        (post("display-1", "k5", "{}").await, 403, "forbidden"),
        (office.takes("k6", "tea").await, 422, "service_unknown"),
        (get("/api/v1/nothing").await, 404, "path_unknown"),
        (get("/api/v1/tickets/abc").await, 400, "path_unreadable"),
        (deleted, 405, "method_not_allowed"),
    ];
    for (answer, status, code) in cases {
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    }
    let other = office
        .post("panel-1", "k7", "/api/v1/counters/counter-2/next", "")
        .await;
    assert_eq!(
        other.code(),
        "forbidden",
        "a panel works for its own counter only"
    );
    let first: wire::IssuedTicket = office.takes("k8", "id-card").await.read();
    assert_eq!(first.number, "A001", "none of them took a number");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_reports_alive_ready_and_its_own_description() {
    let office = TestOffice::open().await;
    for path in ["/healthz", "/readyz", "/openapi.json"] {
        assert_eq!(
            office.ask(None, Method::GET, path).await.status,
            200,
            "{path}"
        );
    }
    let info: wire::OfficeInfo = office
        .ask(Some("display-1"), Method::GET, "/api/v1/office")
        .await
        .read();
    assert_eq!(info.languages, ["de", "en", "tr", "ar"]);
}
