//! The office's description changes while people are in the house.

use aufruf_protocol::latest as wire;
use axum::http::Method;

use crate::common::{DEMO, TestOffice};

/// The demo office without what visitors of the service "move" need.
fn without_moves() -> String {
    let without_service = DEMO
        .split("[[services]]")
        .filter(|table| !table.contains("key = \"move\""))
        .collect::<Vec<_>>()
        .join("[[services]]");
    without_service
        .replace("\"move\", ", "")
        .replace(", \"move\"", "")
}

async fn services(office: &TestOffice) -> usize {
    let info: wire::OfficeInfo = office
        .ask(Some("panel-1"), Method::GET, "/api/v1/office")
        .await
        .read();
    info.services.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_somebody_waits_for_stays_until_the_visit_is_over_also_after_a_restart() {
    let office = TestOffice::open().await;
    let ticket: wire::IssuedTicket = office.takes("k1", "move").await.read();
    office.applies(&without_moves());

    let office = office.restarts().await;
    assert_eq!(services(&office).await, 8, "the office goes on as it was");
    office.at_counter(4, "o1", "open").await;
    office.at_counter(4, "n1", "next").await;
    let path = format!("/api/v1/tickets/{}/finish", ticket.id);
    assert_eq!(office.post("panel-4", "f1", &path, "").await.status, 200);

    let office = office.restarts().await;
    assert_eq!(services(&office).await, 7, "nobody is left who came for it");
    assert_eq!(office.takes("k2", "move").await.code(), "service_unknown");
}
