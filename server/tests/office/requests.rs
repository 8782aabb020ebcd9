//! What a request says about itself, and what it gets.

use aufruf_protocol::latest as wire;
use axum::http::Method;

use crate::common::TestOffice;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_sent_to_another_path_is_another_command() {
    let office = TestOffice::open().await;
    let taken: wire::IssuedTicket = office.takes("k", "id-card").await.read();
    let again: wire::IssuedTicket = office.takes("k", "id-card").await.read();
    assert_eq!(again, taken);
    let opened = office.at_counter(1, "k", "open").await;
    let row: wire::CounterRow = opened.read();
    assert!(row.is_open(), "{opened:?}");
    let called = office.at_counter(1, "k", "next").await;
    let reply: wire::NextReply = called.read();
    assert_eq!(reply.called.map(|visit| visit.ticket.id), Some(taken.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_begins_no_web_socket_is_told_so() {
    let office = TestOffice::open().await;
    let answer = office
        .ask(Some("kiosk-1"), Method::GET, wire::WS_PATH)
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.code(), "upgrade_needed");
}
