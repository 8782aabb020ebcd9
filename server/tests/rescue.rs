//! `aufruf-server backup|restore|verify|export|day start` as they are called, on an office with a day.

mod office_box;

use std::fs;
use std::path::{Path, PathBuf};

use aufruf_engine::{
    Actor, Command as Wish, IssueTicket, Language, Priority, ServiceKey, Source, State, TicketId,
    step,
};
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::office::OfficeDocument;
use aufruf_store::{Batch, Opened, Store};
use uuid::Uuid;

use office_box::OfficeBox;

impl OfficeBox {
    /// With an office that has an open day, on which three people have a ticket.
    fn with_a_day() -> Self {
        let office = Self::bare();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
        office.printed(&["office", "apply", file]);
        let text = fs::read_to_string(file).expect("the demo office");
        let document = OfficeDocument::parse(&text).expect("a sound office");
        let wish = Wish::UseOffice {
            office: document.to_engine(1).into(),
        };
        office.does(&[wish, comes(1), comes(2), comes(3)]);
        office
    }

    fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    fn does(&self, wishes: &[Wish]) {
        let Opened { store, mut state } = Store::open(&self.data()).expect("a sound folder");
        let (by, now) = (Actor::new("panel-1"), SystemClock.now());
        let records = wishes
            .iter()
            .flat_map(|wish| step(&mut state, wish, &by, now).expect("the engine says yes"));
        let batch = Batch {
            records: records.collect(),
            ..Batch::default()
        };
        let written = store.commit(batch).blocking_recv().expect("an answer");
        written.expect("the batch is on disk");
        store.close();
    }

    fn state(&self) -> State {
        Store::open(&self.data()).expect("a sound folder").state
    }

    /// The numbers of today's tickets, in order.
    fn numbers(&self) -> Vec<String> {
        let state = self.state();
        let mut numbers: Vec<String> = state.tickets().map(|t| t.number.label.clone()).collect();
        numbers.sort();
        numbers
    }

    /// The disk has spoiled the middle of the database.
    fn is_damaged(&self) {
        let file = self.data().join("aufruf.db");
        let mut bytes = fs::read(&file).expect("the database");
        let pages = bytes.len() / 4096;
        bytes[4096..pages * 4096].fill(0xA5);
        fs::write(&file, bytes).expect("written");
        assert!(Store::open(&self.data()).is_err());
    }
}

/// Somebody takes a ticket at a panel.
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

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn a_damaged_office_goes_on_from_its_newest_backup() {
    let office = OfficeBox::with_a_day();
    let told = office.printed(&["backup"]);
    assert!(told.contains("with 3 tickets"), "{told}");
    let before = office.state();
    office.does(&[comes(4)]);
    office.is_damaged();

    let fault = office.fault(&["verify"]);
    assert!(
        fault.contains("aufruf.db") && fault.contains("damaged"),
        "{fault}"
    );
    let told = office.printed(&["restore", "--latest"]);
    assert!(told.contains("--numbers-from"), "{told}");
    assert!(told.contains("delete the folder"), "{told}");
    assert_eq!(office.state(), before);
    let told = office.printed(&["verify"]);
    assert!(told.contains("is sound"), "{told}");
}

/// B004 was given after the backup, and somebody holds it.
#[test]
fn numbers_that_were_given_after_the_backup_are_not_given_again() {
    let office = OfficeBox::with_a_day();
    assert_eq!(office.numbers(), ["B001", "B002", "B003"]);
    office.printed(&["backup"]);
    office.does(&[comes(4)]);
    office.printed(&["restore", "--latest", "--numbers-from", "10"]);
    office.does(&[comes(5)]);
    assert_eq!(office.numbers(), ["B001", "B002", "B003", "B010"]);
}

#[test]
fn a_spare_box_takes_over_with_a_named_backup() {
    let (office, spare) = (OfficeBox::with_a_day(), OfficeBox::bare());
    let told = office.printed(&["backup", "--to", text(&spare.backups())]);
    let file = told.split(": ").next().expect("the file comes first");
    spare.printed(&["restore", file]);
    assert_eq!(spare.state(), office.state());
}

#[test]
fn without_a_backup_the_day_begins_anew_above_the_numbers_that_people_hold() {
    let office = OfficeBox::with_a_day();
    office.is_damaged();
    let fault = office.fault(&["restore", "--latest"]);
    assert!(
        fault.contains("no backup") && fault.contains("day start --fresh"),
        "{fault}"
    );
    let fault = office.fault(&["day", "start", "--fresh", "--numbers-from", "50"]);
    assert!(fault.contains("--office"), "{fault}");
    assert!(
        office.data().join("aufruf.db").exists(),
        "nothing was changed"
    );

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/office/demo.toml");
    let begins = [
        "day",
        "start",
        "--fresh",
        "--numbers-from",
        "50",
        "--office",
        file,
    ];
    office.printed(&begins);
    office.does(&[comes(1)]);
    assert_eq!(office.numbers(), ["B050"]);
}

#[test]
fn a_fresh_day_takes_the_office_from_the_data_or_from_a_backup() {
    let office = OfficeBox::with_a_day();
    office.printed(&["backup"]);
    let begins = ["day", "start", "--fresh", "--numbers-from", "50"];
    let told = office.printed(&begins);
    assert!(told.contains(text(&office.data())), "{told}");
    office.is_damaged();
    let told = office.printed(&begins);
    assert!(told.contains(text(&office.backups())), "{told}");
    assert_eq!(office.numbers(), Vec::<String>::new());
}

#[test]
fn a_number_that_no_series_has_changes_nothing() {
    let office = OfficeBox::with_a_day();
    let before = office.state();
    let fault = office.fault(&["day", "start", "--fresh", "--numbers-from", "4000000"]);
    assert!(fault.contains("4000000"), "{fault}");
    assert_eq!(office.state(), before);
}

#[test]
fn a_day_is_exported_as_lines_of_json() {
    let office = OfficeBox::with_a_day();
    let state = office.state();
    let day = state.day().expect("open").date.to_string();
    let lines = office.printed(&["export", &day]);
    let read = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        (
            line["seq"].as_u64(),
            line["event"].clone(),
            line["by"].clone(),
        )
    });
    let read: Vec<_> = read.collect();
    assert_eq!(read.len(), 4);
    assert_eq!(read[3], (Some(4), "ticket_issued".into(), "panel-1".into()));
    let fault = office.fault(&["export", "2020-01-01"]);
    assert!(fault.contains("no day 2020-01-01"), "{fault}");
}

#[test]
fn without_a_folder_for_backups_it_is_said_where_to_write_one() {
    let office = OfficeBox::with_a_day();
    let config = office.folder.path().join("server.toml");
    let written = fs::read_to_string(&config).expect("the file");
    let (without, _) = written.split_once("[backup]").expect("it has one");
    fs::write(&config, without).expect("written");
    for asked in [["backup"].as_slice(), &["restore", "--latest"]] {
        let fault = office.fault(asked);
        assert!(
            fault.contains("[backup]") && fault.contains("server.toml"),
            "{fault}"
        );
    }
}

#[test]
fn it_is_proved_that_nothing_personal_is_left_or_told_where_it_is() {
    let office = OfficeBox::with_a_day();
    office.printed(&["backup"]);
    let told = office.printed(&["verify", "--privacy"]);
    assert!(told.contains("nothing personal is left"), "{told}");
    let left = office.backups().join("by-hand.db");
    let visit = Uuid::from_u64_pair(7, 1);
    fs::write(&left, format!("aufruf-personal:{visit}:brings a friend")).expect("written");
    let fault = office.fault(&["verify", "--privacy"]);
    assert!(
        fault.contains("by-hand.db") && fault.contains(&visit.to_string()),
        "{fault}"
    );
    assert!(
        !fault.contains("friend"),
        "what it says is nobody's business: {fault}"
    );
}
