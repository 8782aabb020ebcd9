//! What `GET /metrics` tells office IT.

mod exposition;

use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest as wire;
use aufruf_server::auth::Device;
use aufruf_server::clock::Clock;
use aufruf_server::health::{Health, Part};
use aufruf_server::metrics::OPEN_METRICS;
use aufruf_server::router::router;
use aufruf_store::StoreOptions;
use axum::body::Body;
use axum::http::{Method, Request};
use tower::ServiceExt;

use crate::common::TestOffice;
use exposition::Exposition;

/// Stands nowhere else.
const WORDS: &str = "Frau Zwirbelstein hört schwer";

async fn text(office: &TestOffice) -> String {
    let answer = office.ask(None, Method::GET, "/metrics").await;
    assert_eq!(answer.status, 200);
    answer.body
}

async fn figures(office: &TestOffice) -> Exposition {
    let text = text(office).await;
    Exposition::read(&text).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Asks until these series have these values: what is on disk is followed a moment after the answer.
async fn tells(office: &TestOffice, expected: &[(&str, f64)]) {
    let is_so = async {
        loop {
            let told = figures(office).await;
            let holds = |(series, value): &&(&str, f64)| told.value(series) == Some(*value);
            if expected.iter().all(|row| holds(&row)) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(10), is_so)
        .await
        .is_err()
    {
        panic!("not {expected:?} in\n{}", text(office).await);
    }
}

/// A device that may connect.
fn known(office: &TestOffice, id: &str) -> Device {
    for device in office.app().devices.all() {
        if device.id == id {
            return device.clone();
        }
    }
    panic!("{id} is no device of the office");
}

/// Somebody takes a ticket on which this window stands.
async fn is_told(office: &TestOffice, [low, mid, high]: [&str; 3]) {
    let at = |local: &str| format!("2026-11-23T{local}:00+01:00");
    let (low, mid, high) = (at(low), at(mid), at(high));
    let shown = format!(r#"{{"low":"{low}","mid":"{mid}","high":"{high}"}}"#);
    let wish = format!(r#"{{"services":["id-card"],"language":"de","shown":{shown}}}"#);
    let taken = office.does("kiosk-1", "tickets", &wish).await;
    assert_eq!(taken.status, 201, "{}", taken.body);
}

/// Three people with a window until 9:10. The first is called at 9:07 and served, the second at 9:20.
async fn morning() -> TestOffice {
    let office = TestOffice::open().await;
    for _ in 0..3 {
        is_told(&office, ["09:00", "09:05", "09:10"]).await;
    }
    office.books("T-1", "2026-11-23T10:30").await;
    office.clock.is("2026-11-23T09:07");
    let first = office.calls(1).await.ticket.id;
    office.step(1, first, "start").await;
    office.clock.is("2026-11-23T09:20");
    office.step(1, first, "finish").await;
    office.calls(1).await;
    office
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_the_text_format_of_prometheus_to_the_letter() {
    let office = morning().await;
    let request = Request::get("/metrics").body(Body::empty());
    let answer = router(office.app().clone())
        .oneshot(request.expect("a request"))
        .await
        .expect("a router never fails");
    assert_eq!(answer.headers()["content-type"], OPEN_METRICS);

    let told = text(&office).await;
    Exposition::read(&told).unwrap_or_else(|fault| panic!("{fault}"));
    for broken in [
        told.replace("# EOF\n", ""),
        told.replace(r#"le="+Inf""#, r#"le="9""#),
        told.replace("# TYPE aufruf_ready gauge\n", ""),
        told.replace(r#"{queue="ids"}"#, r#"{queue="i"ds"}"#),
        told.replace("# EOF", "aufruf_ready 1\n# EOF"),
    ] {
        assert!(Exposition::read(&broken).is_err(), "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_morning_the_lines_and_the_visits_of_the_day_are_told_by_queue() {
    let office = morning().await;
    tells(
        &office,
        &[
            (r#"aufruf_queue_waiting{queue="ids"}"#, 1.0),
            (r#"aufruf_queue_waiting{queue="certificates"}"#, 0.0),
            (r#"aufruf_queue_booked{queue="ids"}"#, 1.0),
            (r#"aufruf_queue_longest_wait_seconds{queue="ids"}"#, 1_200.0),
            (
                r#"aufruf_queue_visits_today{queue="ids",stage="issued"}"#,
                3.0,
            ),
            (
                r#"aufruf_queue_visits_today{queue="ids",stage="called"}"#,
                2.0,
            ),
            (
                r#"aufruf_queue_visits_today{queue="ids",stage="finished"}"#,
                1.0,
            ),
            (
                r#"aufruf_queue_visits_today{queue="ids",stage="missed"}"#,
                0.0,
            ),
            (r#"aufruf_counters{mode="open"}"#, 1.0),
            (r#"aufruf_counters{mode="paused"}"#, 0.0),
            ("aufruf_ready", 1.0),
        ],
    )
    .await;
    office.counter(2, "open").await;
    office.counter(2, "pause").await;
    tells(&office, &[(r#"aufruf_counters{mode="paused"}"#, 1.0)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn first_calls_are_held_against_the_window_on_the_paper() {
    let office = morning().await;
    let calls = |window: &str| format!(r#"aufruf_promise_calls_total{{window="{window}"}}"#);
    tells(
        &office,
        &[
            (&calls("within"), 1.0),
            (&calls("before"), 0.0),
            (&calls("after"), 1.0),
            (
                r#"aufruf_promise_error_seconds_bucket{le="120.0",side="late"}"#,
                1.0,
            ),
            (r#"aufruf_promise_error_seconds_count{side="late"}"#, 2.0),
            (r#"aufruf_promise_error_seconds_sum{side="late"}"#, 1_020.0),
            (r#"aufruf_promise_error_seconds_count{side="early"}"#, 0.0),
        ],
    )
    .await;
    is_told(&office, ["10:00", "10:10", "10:30"]).await;
    for n in [2, 4] {
        office.calls(n).await;
    }
    tells(
        &office,
        &[
            (&calls("before"), 1.0),
            (&calls("after"), 2.0),
            (r#"aufruf_promise_error_seconds_sum{side="early"}"#, 3_000.0),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recall_and_a_call_after_an_appointment_put_no_window_to_the_test() {
    let office = TestOffice::open().await;
    is_told(&office, ["09:00", "09:05", "09:10"]).await;
    let called = office.calls(1).await.ticket.id;
    office.step(1, called, "recall").await;
    let booked = office.books("T-1", "2026-11-23T09:30").await.id;
    let call = format!("tickets/{booked}/call");
    let there = r#"{"counter":"counter-2"}"#;
    office.counter(2, "open").await;
    let by_hand = office.does("panel-2", &call, there).await;
    assert_eq!(by_hand.status, 200, "{}", by_hand.body);
    let called = |n| {
        (
            r#"aufruf_queue_visits_today{queue="ids",stage="called"}"#,
            n,
        )
    };
    let within = (r#"aufruf_promise_calls_total{window="within"}"#, 1.0);
    tells(&office, &[called(2.0), within]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_counted_by_what_their_senders_were_told() {
    let office = TestOffice::open().await;
    office.takes("k1", "id-card").await;
    office.takes("k1", "id-card").await;
    assert_eq!(office.takes("k2", "tea").await.status, 422);
    let issue = |outcome: &str| {
        format!(r#"aufruf_commands_total{{command="issue_ticket",outcome="{outcome}"}}"#)
    };
    tells(
        &office,
        &[
            (&issue("done"), 1.0),
            (&issue("repeated"), 1.0),
            (&issue("refused"), 1.0),
            (&issue("unavailable"), 0.0),
            (&issue("busy"), 0.0),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_and_every_commit_is_timed() {
    let office = morning().await;
    let told = figures(&office).await;
    // Ten commands one after the other are ten batches; the last one may not be counted yet.
    for series in [
        "aufruf_command_seconds_count",
        "aufruf_commit_seconds_count",
        "aufruf_batch_commands_count",
        "aufruf_batch_commands_sum",
        "aufruf_journal_last_record",
    ] {
        assert!(told.value(series) >= Some(9.0), "{series} in {told:?}");
    }
    assert_eq!(told.value("aufruf_commits_failed_total"), Some(0.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_seen_in_commits_and_in_answers() {
    let office = TestOffice::open_with(StoreOptions {
        max_pages: Some(60),
    })
    .await;
    for n in 0.. {
        assert!(n < 800, "the database has to fill up");
        if office.takes(&format!("k{n}"), "id-card").await.status == 503 {
            break;
        }
    }
    let told = figures(&office).await;
    let lost = r#"aufruf_commands_total{command="issue_ticket",outcome="unavailable"}"#;
    assert!(told.value(lost) >= Some(1.0), "{told:?}");
    assert!(
        told.value("aufruf_commits_failed_total") >= Some(1.0),
        "{told:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_comes_and_goes_is_counted_with_its_faults() {
    let office = TestOffice::open().await;
    let faults = r#"aufruf_device_faults{device="display-1"}"#;
    let here = r#"aufruf_device_connections{device="display-1"}"#;
    let other = r#"aufruf_device_connections{device="display-2"}"#;
    let displays = r#"aufruf_connections{role="display"}"#;
    tells(&office, &[(displays, 0.0), (here, 0.0), (faults, 0.0)]).await;

    let _display = office.watches("display-1").await;
    let app = office.app();
    let device = known(&office, "display-1");
    let status = r#"{"type":"status","faults":["no sound","no picture"]}"#;
    let status = serde_json::from_str(status).expect("a message");
    app.views.report(&device, status).await;
    tells(
        &office,
        &[(displays, 1.0), (here, 1.0), (other, 0.0), (faults, 2.0)],
    )
    .await;

    app.views.disconnect(device).await;
    tells(&office, &[(displays, 0.0), (here, 0.0), (faults, 0.0)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_server_itself_is_told() {
    let office = TestOffice::open().await;
    let (app, health) = (office.app(), Health::default());
    let clock: Arc<dyn Clock> = office.clock.clone();
    let watching = tokio::spawn(health.clone().watch(
        clock,
        app.views.clone(),
        app.stopping.clone(),
    ));
    let own = r#"aufruf_server_faults{part="backup"}"#;
    tells(&office, &[(own, 0.0)]).await;
    health.says(Part::Backup, Some("the disk is full".to_owned()));
    tells(&office, &[(own, 1.0)]).await;
    health.says(Part::Backup, None);
    tells(&office, &[(own, 0.0)]).await;
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_unpainted_until_a_display_has_shown_it() {
    let office = TestOffice::open().await;
    let _display = office.watches("display-1").await;
    office.comes_for("id-card").await;
    let call = office.calls(1).await.call.id;
    tells(&office, &[("aufruf_calls_unpainted", 1.0)]).await;
    let display = known(&office, "display-1");
    let painted = wire::DeviceMessage::Painted { call };
    office.app().views.report(&display, painted).await;
    tells(&office, &[("aufruf_calls_unpainted", 0.0)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_the_day_outlive_a_restart_and_counts_begin_anew() {
    let office = morning().await.restarts().await;
    tells(
        &office,
        &[
            (
                r#"aufruf_queue_visits_today{queue="ids",stage="issued"}"#,
                3.0,
            ),
            (r#"aufruf_promise_calls_total{window="within"}"#, 0.0),
            ("aufruf_start_time_seconds", 1_795_422_000.0),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_told_is_about_a_person_or_a_ticket() {
    let office = TestOffice::open().await;
    let clerk = r#"{"clerk":"Zwirbelstein"}"#;
    let open = office.does("panel-1", "counters/counter-1/open", clerk);
    assert_eq!(open.await.status, 200);
    let ticket = office.serves(1, "id-card").await;
    let booked = office.books("T-4711", "2026-11-23T10:30").await;
    let to = format!(r#"{{"target":{{"to":"queue","queue":"certificates"}},"note":"{WORDS}"}}"#);
    assert_eq!(
        office.step_with(1, ticket, "transfer", &to).await.status,
        200
    );
    let note = format!("tickets/{ticket}/note");
    let note: wire::TicketNote = office.get("panel-5", &note).await.read();
    assert_eq!(note.note, WORDS);
    let app = office.app();
    let fault = (Part::Backup, "hört schwer".to_owned());
    app.views.server_says([fault].into()).await;
    tells(
        &office,
        &[
            (r#"aufruf_queue_waiting{queue="certificates"}"#, 1.0),
            (r#"aufruf_server_faults{part="backup"}"#, 1.0),
        ],
    )
    .await;
    let told = text(&office).await;
    let ids = [ticket.to_string(), booked.id.to_string()];
    for personal in [
        WORDS,
        "Zwirbelstein",
        "hört",
        "A001",
        "T-4711",
        &ids[0],
        &ids[1],
    ] {
        assert!(!told.contains(personal), "{personal} in\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_told_stands_in_the_handbook_and_the_other_way_round() {
    let office = morning().await;
    let told = figures(&office).await;
    let handbook = include_str!("../../../ARCHITECTURE.md");
    let rows = handbook
        .lines()
        .filter_map(|line| line.strip_prefix("| `aufruf_"));
    let written: Vec<String> = rows
        .filter_map(|row| row.split(['`', '{']).next())
        .map(|name| format!("aufruf_{}", name.trim_end_matches("_total")))
        .collect();
    let families: Vec<&str> = told.families().collect();
    for family in &families {
        assert!(written.iter().any(|name| name == family), "{family}");
    }
    for name in &written {
        assert!(families.contains(&name.as_str()), "{name}");
    }
}
