//! The note that comes with a visit: personal, and only where it has to be.

use crate::common::TestOffice;
use aufruf_protocol::latest as wire;

/// Stands nowhere else.
const WORDS: &str = "Frau Zwirbelstein hört schwer";

fn sends_to(queue: &str, note: &str) -> String {
    format!(r#"{{"target":{{"to":"queue","queue":"{queue}"}},"note":"{note}"}}"#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_read_at_a_panel_and_goes_with_the_visit() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let note = format!("tickets/{ticket}/note");
    assert_eq!(office.get("panel-5", &note).await.code(), "note_unknown");
    let sent = office
        .step_with(1, ticket, "transfer", &sends_to("certificates", WORDS))
        .await;
    assert_eq!(sent.status, 200);
    let kept: wire::TicketNote = office.get("panel-5", &note).await.read();
    assert_eq!(kept.note, WORDS);

    let office = office.restarts().await;
    let kept: wire::TicketNote = office.get("panel-5", &note).await.read();
    assert_eq!(kept.note, WORDS, "also after a restart");
    office.calls(5).await;
    office.step(5, ticket, "finish").await;
    assert_eq!(
        office.get("panel-5", &note).await.status,
        404,
        "gone with the visit"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_is_too_long_is_refused_and_one_of_a_refused_step_is_not_kept() {
    let office = TestOffice::open().await;
    let ticket = office.serves(1, "id-card").await;
    let note = format!("tickets/{ticket}/note");
    let long = sends_to("certificates", &"ü".repeat(501));
    let long = office.step_with(1, ticket, "transfer", &long).await;
    assert_eq!((long.status, long.code().as_str()), (422, "note_too_long"));
    let refused = office
        .step_with(1, ticket, "transfer", &sends_to("tea", WORDS))
        .await;
    assert_eq!(refused.code(), "queue_unknown");
    assert_eq!(office.get("panel-1", &note).await.status, 404);
    let blank = office
        .step_with(1, ticket, "transfer", &sends_to("certificates", "  "))
        .await;
    assert_eq!(blank.status, 200);
    assert_eq!(
        office.get("panel-1", &note).await.status,
        404,
        "nothing was written"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_in_no_view_no_log_no_event_and_no_kept_answer() {
    let kept = tempfile::NamedTempFile::new().expect("a file for the log");
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(kept.reopen().expect("the same file"))
        .init();
    let office = TestOffice::open().await;
    let mut screens = Vec::new();
    for device in ["panel-5", "display-1", "display-2", "kiosk-1"] {
        screens.push(office.watches(device).await);
    }
    let ticket = office.serves(1, "id-card").await;
    let path = format!("/api/v1/tickets/{ticket}/transfer");
    let wish = sends_to("certificates", WORDS);
    let first = office.post("panel-1", "s", &path, &wish).await;
    let again = office.post("panel-1", "s", &path, &wish).await;
    assert_eq!((first.status, &again), (200, &first));
    office.calls(5).await;
    let [panel, _, upper, _] = &mut screens[..] else {
        unreachable!("four screens");
    };
    upper.lists(&["A001"]).await;
    panel
        .panel(|view| {
            view.ticket(ticket)
                .is_some_and(|row| row.state == wire::TicketState::Called)
        })
        .await;

    let heard: String = screens
        .iter()
        .flat_map(|screen| screen.heard.clone())
        .collect();
    let day = jiff::civil::date(2026, 11, 23);
    let records = office.app().store.records_of(day).expect("a journal");
    let journal: String = records.iter().map(|record| record.event.encode()).collect();
    let log = std::fs::read_to_string(kept.path()).expect("a log");
    assert!(log.contains("called A001"), "the log was kept");
    for (place, text) in [
        ("views", heard),
        ("journal", journal),
        ("log", log),
        ("answer", first.body),
    ] {
        assert!(!text.contains("Zwirbelstein"), "{place}");
        assert!(!text.is_empty(), "{place}");
    }
}
