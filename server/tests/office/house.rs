//! The whole house: emergencies, locks, how a queue stands.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

#[tokio::test(flavor = "multi_thread")]
async fn every_panel_hears_of_an_emergency_and_of_its_end() {
    let office = TestOffice::open().await;
    let mut other = office.watches("panel-6").await;
    let none = office
        .does("panel-6", "emergencies/counter-1/accept", "")
        .await;
    assert_eq!((none.status, none.code().as_str()), (404, "no_emergency"));

    let raised = office
        .does("panel-1", "emergencies", r#"{"counter":"counter-1"}"#)
        .await;
    let rows: Vec<wire::EmergencyRow> = raised.read();
    assert_eq!(rows.len(), 1);
    other.panel(|view| view.emergencies == rows).await;

    let accepted = office
        .does("panel-6", "emergencies/counter-1/accept", "")
        .await;
    let rows: Vec<wire::EmergencyRow> = accepted.read();
    assert_eq!(rows[0].accepted_by.as_deref(), Some("panel-6"));
    other.panel(|view| view.emergencies == rows).await;

    let ended = office
        .does("panel-6", "emergencies/counter-1/end", "")
        .await;
    assert_eq!(ended.read::<Vec<wire::EmergencyRow>>(), []);
    other.panel(|view| view.emergencies.is_empty()).await;
    let over = office
        .does("panel-6", "emergencies/counter-1/end", "")
        .await;
    assert_eq!(over.status, 404);
    let nowhere = office.does("panel-6", "emergencies/moon/end", "").await;
    assert_eq!(nowhere.code(), "counter_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_queue_gives_no_tickets_to_visitors_and_says_why() {
    let office = TestOffice::open().await;
    let mut kiosk = office.watches("kiosk-1").await;
    let mut panel = office.watches("panel-2").await;
    let lock = r#"{"queues":["ids"],"notice":" Systemausfall "}"#;
    let rows: Vec<wire::LockRow> = office.does("panel-1", "locks", lock).await.read();
    assert_eq!((rows.len(), rows[0].notice.as_str()), (1, "Systemausfall"));
    panel.panel(|view| view.locks == rows).await;
    let offer = kiosk
        .offers("id-card", |offer| offer.state == wire::OfferState::Locked)
        .await;
    let notice = wire::Texts::from([("de", "Systemausfall")]);
    assert_eq!(offer.notice, Some(notice), "in the office's first language");
    kiosk
        .offers("move", |offer| offer.state == wire::OfferState::Open)
        .await;
    let refused = office.takes("t1", "id-card").await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "locked"));
    let wish = r#"{"services":["id-card"],"language":"de"}"#;
    assert_eq!(
        office.does("panel-1", "tickets", wish).await.status,
        201,
        "staff may say yes"
    );

    let rows: Vec<wire::LockRow> = office.does("panel-1", "locks/end", "").await.read();
    assert!(rows.is_empty());
    panel.panel(|view| view.locks.is_empty()).await;
    kiosk
        .offers("id-card", |offer| {
            offer.state == wire::OfferState::Open && offer.notice.is_none()
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_needs_a_notice_and_a_queue_that_there_is() {
    let office = TestOffice::open().await;
    for (body, status, code) in [
        (r#"{"notice":" "}"#, 422, "notice_invalid"),
        (r#"{"queues":["tea"],"notice":"x"}"#, 404, "queue_unknown"),
        ("{}", 422, "body_unreadable"),
    ] {
        let refused = office.does("panel-1", "locks", body).await;
        assert_eq!((refused.status, refused.code().as_str()), (status, code));
    }
    let tea = office
        .does("panel-1", "locks/end", r#"{"queues":["tea"]}"#)
        .await;
    assert_eq!(tea.code(), "queue_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_tells_its_people_its_hours_and_the_beginnings_of_its_appointments() {
    let hours = "[[queues.hours]]\ndays = [\"mon\"]\nopen = [\"08:00-12:00\", \"14:00-16:00\"]";
    let office = TestOffice::with_ids(hours).await;
    office.comes_for("id-card").await;
    let ids: wire::QueueDay = office.get("kiosk-1", "queues/ids").await.read();
    assert_eq!((ids.waiting, ids.walk_ins), (1, wire::OfferState::Open));
    assert_eq!((ids.open.len(), ids.slots.len()), (2, 0));
    let certificates: wire::QueueDay = office.get("panel-1", "queues/certificates").await.read();
    assert!(certificates.open.is_empty(), "open whenever the kiosk runs");
    let first = certificates.slots.first().expect("appointments on Mondays");
    assert_eq!(
        first.at,
        "2026-11-23T07:00:00Z".parse().expect("an instant")
    );
    assert_eq!(first.counters, 2);
    let tea = office.get("kiosk-1", "queues/tea").await;
    assert_eq!((tea.status, tea.code().as_str()), (404, "queue_unknown"));
}
