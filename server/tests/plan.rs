//! `aufruf-server plan show` as it is called: an office's folder or an office day in, table and chart out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use aufruf_engine::{
    Actor, Command as Wish, CounterKey, IssueTicket, Language, Priority, ServiceKey, Source, State,
    TicketId, step,
};
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::office::OfficeDocument;
use aufruf_store::{Batch, Opened, Store, put_office_document};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use uuid::Uuid;

const DAY: &str = r#"{ "opens": 28800, "closes": 36000, "no_show_s": 120,
  "services": [{ "id": "passport", "planned_s": 720 }],
  "counters": [{ "id": "1", "services": ["passport"], "shifts": [[28800, 36000]] }],
  "appointments": [{ "id": "A1", "service": "passport", "at": 33000, "arrives": 32900, "takes_s": 600 }],
  "walk_ins": [
    { "id": "W1", "service": "passport", "arrives": 29000, "takes_s": 900, "patience_s": null },
    { "id": "W2", "service": "passport", "arrives": 29100, "takes_s": 600, "patience_s": null }] }"#;

/// An office's folder, with its configuration.
struct OfficeBox {
    folder: TempDir,
}

/// One call of the program.
fn show(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_aufruf-server"))
        .args(["plan", "show"])
        .args(arguments)
        .output()
        .expect("the server's own program starts")
}

fn path(text: &str) -> &Path {
    Path::new(text)
}

#[track_caller]
fn printed(done: &Output) -> &str {
    assert!(done.status.success(), "{done:?}");
    std::str::from_utf8(&done.stdout).expect("UTF-8")
}

/// What a call that failed says.
#[track_caller]
fn fault(done: &Output) -> &str {
    assert!(!done.status.success(), "{done:?}");
    assert!(done.stdout.is_empty(), "{done:?}");
    std::str::from_utf8(&done.stderr).expect("UTF-8")
}

/// A zone in which it is between two and three in the afternoon: no midnight and no lunch break comes during
/// a test.
fn zone(now: Timestamp) -> String {
    let hour = now.to_zoned(TimeZone::UTC).hour();
    // Such zones are named by how far they are behind, not ahead.
    format!("Etc/GMT{:+}", hour - 14)
}

/// The demo office in such a zone.
fn demo(now: Timestamp) -> String {
    let demo = include_str!("../../assets/office/demo.toml");
    let here = demo.replacen("Europe/Berlin", &zone(now), 1);
    assert_ne!(here, demo, "the demo names its zone");
    here
}

impl OfficeBox {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let data = data.display();
        let config = format!("listen = \"127.0.0.1:0\"\ndata_dir = \"{data}\"\n");
        fs::write(folder.path().join("server.toml"), config).expect("a file in it");
        Self { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn applies(&self, text: &str, at: Timestamp) {
        put_office_document(&self.data(), text, None, at).expect("stored");
    }

    /// A day whose only counter opened so long before `now` that nobody expects the others; at counter 3
    /// somebody is served and one more waits. The store as a running server has it.
    fn serves(&self, now: Timestamp) -> Store {
        let text = demo(now);
        self.applies(&text, now);
        let document = OfficeDocument::parse(&text).expect("a sound office");
        let office = Arc::new(document.to_engine(1));
        let counter = CounterKey::new("counter-3");
        let open = counter.clone();
        let opened = now - SignedDuration::from_mins(20);
        let opens = Wish::OpenCounter {
            counter: open,
            clerk: None,
        };
        let wishes = [
            (opened, Wish::UseOffice { office }),
            (opened, opens),
            (now, comes(1)),
            (now, comes(2)),
            (now, Wish::CallNext { counter }),
        ];
        let (mut state, by) = (State::default(), Actor::new("panel-1"));
        let records = wishes
            .iter()
            .flat_map(|(at, wish)| step(&mut state, wish, &by, *at).expect("the engine says yes"));
        let records = records.collect();
        let Opened { store, .. } = Store::open(&self.data()).expect("a sound folder");
        let batch = Batch {
            records,
            ..Batch::default()
        };
        let written = store.commit(batch).blocking_recv().expect("an answer");
        written.expect("the batch is on disk");
        store
    }

    fn show(&self, more: &[&Path]) -> Output {
        let config = self.folder.path().join("server.toml");
        show(&[&[path("--config"), &config], more].concat())
    }
}

/// Somebody takes a ticket for what counter 3 offers.
fn comes(nth: u64) -> Wish {
    Wish::IssueTicket(IssueTicket {
        ticket: TicketId(Uuid::from_u64_pair(7, nth)),
        services: vec![ServiceKey::new("move")],
        language: Language::new("de"),
        needs: std::collections::BTreeSet::new(),
        persons: 1,
        priority: Priority::WALK_IN,
        source: Source::Counter,
        shown: None,
    })
}

#[test]
fn beside_a_running_server_and_without_one_the_plan_is_that_of_the_disk() {
    let (office, now) = (OfficeBox::new(), SystemClock.now());
    let store = office.serves(now);
    for stopped in [false, true] {
        if stopped {
            store.clone().close();
        }
        let done = office.show(&[]);
        let table = printed(&done);
        assert!(table.starts_with("Bürgeramt Mitte, "), "{table}");
        assert!(table.contains("\nPlatz 3 (counter-3): staffed "), "{table}");
        let stays: Vec<&str> = table.lines().filter(|line| line.contains("B00")).collect();
        let [first, second] = stays[..] else {
            panic!("two people are in the plan: {table}");
        };
        assert!(first.contains("B001  running "), "{first}");
        assert!(second.contains("B002  walk-in "), "{second}");
        assert!(second.ends_with("An-, Um- und Abmeldung"), "{second}");
        assert!(
            table.contains("\nSomebody who comes now is called:\n"),
            "{table}"
        );
    }
}

#[test]
fn the_chart_is_written_whole_and_nothing_lies_beside_it() {
    let (office, now) = (OfficeBox::new(), SystemClock.now());
    let _store = office.serves(now);
    let charts = tempfile::tempdir().expect("a folder");
    let file = charts.path().join("plan.svg");
    fs::write(&file, "an older chart").expect("written");
    printed(&office.show(&[path("--svg"), &file]));
    let chart = fs::read_to_string(&file).expect("a chart");
    assert!(chart.starts_with("<svg ") && chart.ends_with("</svg>\n"));
    assert!(chart.contains("<title>B001, running, "), "{chart}");
    assert_eq!(fs::read_dir(charts.path()).expect("a folder").count(), 1);
}

#[test]
fn a_simulated_day_is_shown_at_its_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let (day, svg) = (
        folder.path().join("monday.json"),
        folder.path().join("p.svg"),
    );
    fs::write(&day, DAY).expect("a file in it");
    let at = |clock: &str| {
        show(&[
            path("--day"),
            &day,
            path("--at"),
            path(clock),
            path("--svg"),
            &svg,
        ])
    };
    let done = at("08:06");
    let table = printed(&done);
    let stays: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("  0"))
        .collect();
    let [first, second, third] = stays[..] else {
        panic!("three people are in the plan: {table}");
    };
    assert!(first.starts_with("  08:03-08:"), "{first}");
    assert!(
        first.ends_with("A000001  running               passport"),
        "{first}"
    );
    assert!(second.contains("A000002  walk-in "), "{second}");
    assert!(
        third.starts_with("  09:10-") && third.contains("T00001   appointment at 09:10"),
        "{third}"
    );
    let chart = fs::read_to_string(&svg).expect("a chart");
    assert!(
        chart.contains(">now 08:06<") && chart.contains(">closes 10:00<"),
        "{chart}"
    );
    let before = at("07:00");
    assert!(printed(&before).contains("no ticket: closed, opens on Monday, 2 March, at 08:00"));
}

#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let (office, now) = (OfficeBox::new(), SystemClock.now());
    let done = office.show(&[]);
    let told = fault(&done);
    assert!(told.contains("there is no office in "), "{told}");
    assert!(told.contains("aufruf-server office apply"), "{told}");
    assert!(!office.data().exists(), "looking makes no folder");
    office.applies(&demo(now), now);
    let done = office.show(&[]);
    assert!(fault(&done).contains("no day was opened in "), "{done:?}");
    assert!(fault(&done).contains("start the server"), "{done:?}");
}

#[test]
fn the_plan_of_yesterday_is_not_shown() {
    let (office, now) = (OfficeBox::new(), SystemClock.now());
    let yesterday = now - SignedDuration::from_hours(24);
    office.serves(yesterday).close();
    let done = office.show(&[]);
    let told = fault(&done);
    let date = yesterday.in_tz(&zone(yesterday)).expect("a zone").date();
    assert!(
        told.contains(&format!(" is {date}, and it is over; start the server")),
        "{told}"
    );
}

#[test]
fn keys_stand_for_the_names_of_an_office_that_cannot_be_read_any_more() {
    let (office, now) = (OfficeBox::new(), SystemClock.now());
    office.applies("no office", now);
    let document = OfficeDocument::parse(&demo(now)).expect("a sound office");
    let wish = Wish::UseOffice {
        office: Arc::new(document.to_engine(1)),
    };
    let records = step(&mut State::default(), &wish, &Actor::new("office"), now);
    let Opened { store, .. } = Store::open(&office.data()).expect("a sound folder");
    let batch = Batch {
        records: records.expect("the engine says yes"),
        ..Batch::default()
    };
    store
        .commit(batch)
        .blocking_recv()
        .expect("an answer")
        .expect("on disk");
    let done = office.show(&[]);
    assert!(printed(&done).contains("\ncounter-1: "), "{done:?}");
    let warned = String::from_utf8_lossy(&done.stderr);
    assert!(warned.contains("keys stand for names"), "{warned}");
}

#[test]
fn a_day_needs_a_time_and_a_time_two_digits() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = folder.path().join("monday.json");
    fs::write(&day, DAY).expect("a file in it");
    let done = show(&[path("--day"), &day]);
    assert!(fault(&done).contains("--at <HH:MM>"), "{done:?}");
    let done = show(&[path("--day"), &day, path("--at"), path("25:00")]);
    assert!(
        fault(&done).contains("\"25:00\" is no time of day"),
        "{done:?}"
    );
    let done = show(&[
        path("--day"),
        path("nowhere.json"),
        path("--at"),
        path("10:00"),
    ]);
    assert!(
        fault(&done).contains("cannot read nowhere.json"),
        "{done:?}"
    );
}

#[test]
fn a_chart_that_cannot_be_written_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let (day, svg) = (
        folder.path().join("monday.json"),
        folder.path().join("no/p.svg"),
    );
    fs::write(&day, DAY).expect("a file in it");
    let done = show(&[
        path("--day"),
        &day,
        path("--at"),
        path("09:00"),
        path("--svg"),
        &svg,
    ]);
    let told = fault(&done);
    assert!(
        told.contains("no/p.svg") && told.contains("is there such a folder"),
        "{told}"
    );
}
