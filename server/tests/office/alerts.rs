//! What is wrong, as panels and the API tell it.

use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest as wire;
use aufruf_server::alerts::Watch;
use aufruf_server::clock::Clock;
use aufruf_server::health::{Health, Part};
use aufruf_server::hooks::{Beside, Hooks};
use aufruf_server::users::UserRole;
use aufruf_store::StoreOptions;
use axum::body::Body;
use axum::http::{Method, Request};

use crate::common::{RawLine, Screen, TestOffice, on_the_network};
use crate::sessions::{SECRET, add, with_ada};

/// The demo office takes tickets from 8 to 12.
const HOURS: &str = "[[queues.hours]]\ndays = [\"mon\"]\nopen = [\"08:00-12:00\"]";

/// Somebody who reads the alerts after each look.
struct Reader<'a> {
    office: &'a TestOffice,
    watch: Watch,
    session: String,
}

impl<'a> Reader<'a> {
    async fn of(office: &'a TestOffice) -> Self {
        let app = office.app().clone();
        let hooks = Hooks::start(None, &Beside::of(&app, &Health::default()));
        Self {
            office,
            watch: Watch::new(app, hooks),
            session: office.signs_in("ada", SECRET).await,
        }
    }

    /// The alerts after another look.
    async fn looks(&mut self) -> Vec<wire::Alert> {
        self.watch.look().await;
        let asked = Some(self.session.as_str());
        let answer = self.office.ask_with(asked, Method::GET, "/api/v1/alerts");
        answer.await.read()
    }

    /// Looks until it is so.
    async fn until(&mut self, is_so: impl Fn(&[wire::Alert]) -> bool) -> Vec<wire::Alert> {
        let looking = async {
            loop {
                let alerts = self.looks().await;
                if is_so(&alerts) {
                    return alerts;
                }
                tokio::task::yield_now().await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(10), looking).await;
        found.expect("it becomes so")
    }
}

/// The codes that are told about this place.
fn codes<'a>(alerts: &'a [wire::Alert], at: &str) -> Vec<&'a str> {
    let of_place = alerts.iter().filter(|alert| alert.at == at);
    of_place.map(|alert| alert.code.as_str()).collect()
}

/// Everybody in the house knows that counter 1 is open.
async fn counter_1_is_open(panel: &mut Screen) {
    panel
        .panel(|view| {
            let mut counters = view.counters.iter();
            let row = counters.find(|row| row.counter.as_str() == "counter-1");
            row.is_some_and(|row| row.mode == wire::CounterMode::Open)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_away_for_half_a_minute_is_told_while_the_office_is_at_work() {
    let office = with_ada().await;
    let mut panel = office.watches("panel-4").await;
    let mut reader = Reader::of(&office).await;
    assert_eq!(reader.looks().await, []);
    office.clock.goes_on(5);
    assert_eq!(
        reader.looks().await,
        [],
        "no counter is open: it is before work"
    );
    assert_eq!(office.counter(1, "open").await.status, 200);
    counter_1_is_open(&mut panel).await;
    assert_eq!(reader.looks().await, [], "it may be a restart");
    office.clock.goes_on(1);
    let told = reader.looks().await;
    assert_eq!(codes(&told, "display-1"), ["device_away"]);
    assert_eq!(
        codes(&told, "panel-1"),
        ["device_away"],
        "its counter is open"
    );
    assert_eq!(codes(&told, "panel-2"), [""; 0], "its counter is closed");
    assert_eq!(
        codes(&told, "display-2"),
        [""; 0],
        "nobody is called upstairs"
    );
    let display = told.iter().find(|alert| alert.at == "display-1");
    let display = display.expect("there");
    let words = "display-1 (Wartebereich Erdgeschoss) is not connected.";
    assert_eq!(display.what, words);
    assert_eq!(display.since.to_string(), "2026-11-23T08:05:00Z");
    panel
        .panel(|view| {
            let mut faults = view.faults.iter();
            let row = faults.find(|row| row.device == "display-1");
            let words = "display-1 (Wartebereich Erdgeschoss) ist nicht verbunden.";
            row.is_some_and(|row| row.faults == [words])
        })
        .await;
    let server = on_the_network(office.app()).await;
    let _display = RawLine::of(server, "display-1", "display").await;
    let is_back = |alerts: &[wire::Alert]| codes(alerts, "display-1").is_empty();
    reader.until(is_back).await;
    panel
        .panel(|view| view.faults.iter().all(|row| row.device != "display-1"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_its_hours_an_office_misses_a_kiosk_in_the_morning_and_not_in_the_evening() {
    let office = TestOffice::with_ids(HOURS).await;
    add(&office, "ada", UserRole::Admin, SECRET);
    office.clock.is("2026-11-23T18:00");
    let mut evening = Reader::of(&office).await;
    evening.looks().await;
    office.clock.goes_on(10);
    assert_eq!(evening.looks().await, []);
    office.clock.is("2026-11-30T09:00");
    let mut morning = Reader::of(&office).await;
    assert_eq!(morning.looks().await, [], "it has just opened");
    office.clock.goes_on(1);
    let told = morning.looks().await;
    assert_eq!(codes(&told, "kiosk-1"), ["device_away"]);
    assert_eq!(codes(&told, "panel-1"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_put_out_is_not_missed() {
    let office = with_ada().await;
    let access = &office.app().access;
    let by = crate::common::console();
    access.revoke_device("kiosk-2", &by).expect("kept");
    office.app().access_changed.changed();
    while office
        .app()
        .devices
        .admitted()
        .iter()
        .any(|one| one.id == "kiosk-2")
    {
        tokio::task::yield_now().await;
    }
    let mut reader = Reader::of(&office).await;
    office.counter(1, "open").await;
    let mut panel = office.watches("panel-4").await;
    counter_1_is_open(&mut panel).await;
    reader.looks().await;
    office.clock.goes_on(1);
    let told = reader.looks().await;
    assert_eq!(codes(&told, "kiosk-1"), ["device_away"]);
    assert_eq!(codes(&told, "kiosk-2"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_no_display_shows_is_told_within_seconds_until_one_does() {
    let office = with_ada().await;
    let mut reader = Reader::of(&office).await;
    let mut panel = office.watches("panel-4").await;
    office.comes_for("id-card").await;
    let call = office.calls(1).await.call.id;
    panel
        .panel(|view| view.counters.iter().any(|row| row.running.is_some()))
        .await;
    let is_told = |alerts: &[wire::Alert]| codes(alerts, "counter-1").contains(&"call_unpainted");
    assert!(!is_told(&reader.looks().await), "a display needs a moment");
    office.clock.goes_on(1);
    let told = reader.looks().await;
    assert!(is_told(&told));
    let call_1 = told.iter().find(|alert| alert.at == "counter-1");
    assert_eq!(
        call_1.expect("told").what,
        "No display shows the call to Platz 1."
    );
    let server = on_the_network(office.app()).await;
    let mut display = RawLine::of(server, "display-1", "display").await;
    let painted = format!(r#"{{"type":"painted","call":{}}}"#, call.0);
    display.says(&painted).await;
    reader.until(|alerts| !is_told(alerts)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_devices_and_the_server_report_is_told_in_the_readers_language() {
    let office = with_ada().await;
    let app = office.app().clone();
    let (mut reader, health) = (Reader::of(&office).await, Health::default());
    let clock: Arc<dyn Clock> = office.clock.clone();
    let own = health
        .clone()
        .watch(clock, app.views.clone(), app.stopping.clone());
    let watching = tokio::spawn(own);
    let server = on_the_network(&app).await;
    let mut printer = RawLine::of(server, "printer-1", "printer").await;
    let status =
        r#"{"type":"status","faults":["cover open"],"paper":"out","clock_offset_ms":-180000}"#;
    printer.says(status).await;
    health.says(Part::Backup, Some("the disk is full".to_owned()));
    let told = reader.until(|alerts| alerts.len() == 4).await;
    let mut of_printer = codes(&told, "printer-1");
    of_printer.sort_unstable();
    assert_eq!(of_printer, ["device_clock", "device_fault", "paper_out"]);
    assert_eq!(codes(&told, "server"), ["server_backup"]);
    let request = Request::get("/api/v1/alerts")
        .header("authorization", format!("Bearer {}", reader.session))
        .header("accept-language", "de-DE,de;q=0.9,en;q=0.8");
    let request = request.body(Body::empty()).expect("a request");
    let german: Vec<wire::Alert> = office.send(request).await.read();
    let said = |code: &str| {
        let alert = german.iter().find(|alert| alert.code == code);
        alert.expect("told").what.clone()
    };
    assert_eq!(said("device_fault"), "printer-1 meldet: cover open");
    assert_eq!(
        said("device_clock"),
        "Die Uhr von printer-1 geht 3 min nach."
    );
    let backup = "Es kann keine Sicherung gemacht werden: the disk is full";
    assert_eq!(said("server_backup"), backup);
    let metrics = office.ask(None, Method::GET, "/metrics").await.body;
    for line in [
        r#"aufruf_alerts{code="paper_out"} 1"#,
        r#"aufruf_alerts{code="device_away"} 0"#,
        r#"aufruf_device_clock_offset_milliseconds{device="printer-1"} -180000"#,
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_keeps_nothing_says_so() {
    // Enough pages for the schema, an office, a user and some tickets.
    let few = StoreOptions {
        max_pages: Some(60),
    };
    let office = TestOffice::open_with(few).await;
    add(&office, "ada", UserRole::Admin, SECRET);
    let mut reader = Reader::of(&office).await;
    for n in 0..800 {
        if office.takes(&format!("k{n}"), "id-card").await.status != 201 {
            break;
        }
    }
    assert_eq!(
        codes(&reader.looks().await, "server"),
        [""; 0],
        "it may be a moment"
    );
    office.clock.goes_on(1);
    let told = reader.until(|alerts| !alerts.is_empty()).await;
    assert_eq!(codes(&told, "server"), ["store_unavailable"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_not_on_paper_is_told_until_its_visit_is_over() {
    let office = with_ada().await;
    let mut reader = Reader::of(&office).await;
    let ticket = office.comes_for("id-card").await.id;
    let mut agent = office.watches("printer-1").await;
    let job = std::cell::RefCell::new(None);
    agent
        .until(|view| match view {
            wire::View::Printer(view) => {
                *job.borrow_mut() = view.jobs.first().map(|job| job.id.clone());
                job.borrow().is_some()
            }
            _ => false,
        })
        .await;
    let job = job.into_inner().expect("a job");
    let server = on_the_network(office.app()).await;
    let mut printer = RawLine::of(server, "printer-1", "printer").await;
    let failed = format!(r#"{{"type":"printed","job":"{job}","outcome":"failed"}}"#);
    printer.says(&failed).await;
    let told = reader.until(|alerts| !alerts.is_empty()).await;
    assert_eq!(codes(&told, "office"), ["tickets_unprinted"]);
    assert!(
        !told[0].what.contains("A001"),
        "a count, and nobody's number"
    );
    assert_eq!(office.step(1, ticket, "cancel").await.status, 200);
    reader.until(<[wire::Alert]>::is_empty).await;
}
