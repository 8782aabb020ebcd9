//! Databases of every released schema open, are brought up, and tell what they told.

use aufruf_engine::{Command, TicketState};
use aufruf_store::{Access, Store, back_up, office_id};
use jiff::civil::{Date, date};

use crate::house::{Desk, Folder, Wish, assert_disk_equals, batch, commit, counter, id, until};

/// Written by that release: a Monday with six visits and a Tuesday with five, and a snapshot of each.
const SCHEMA_0001: &str = include_str!("released/schema_0001.sql");
/// Written by that release: a Monday with every kind of step, closed and anonymous, and a Tuesday
/// that is open.
const SCHEMA_0002: &str = include_str!("released/schema_0002.sql");
/// Written by a program with schema 0003: a Monday that is closed and anonymous, and a Tuesday that is open.
const SCHEMA_0003: &str = include_str!("released/schema_0003.sql");
/// Written by a program with schema 0004: the same days, with two devices, a user and what was changed about them.
const SCHEMA_0004: &str = include_str!("released/schema_0004.sql");
const MONDAY: Date = date(2026, 11, 23);
const TUESDAY: Date = date(2026, 11, 24);

fn released() -> Folder {
    written_by(SCHEMA_0001, 1)
}

#[track_caller]
fn written_by(release: &str, schema: u64) -> Folder {
    let folder = Folder::new();
    folder.meddle(release);
    assert_eq!(folder.count("PRAGMA user_version"), schema);
    folder
}

#[track_caller]
fn names(store: &Store, day: Date) -> Vec<(String, &'static str)> {
    let rows = store.tickets_of(day).expect("readable");
    let name = |row: aufruf_store::TicketRow| (row.ticket.number.label, row.ticket.state.name());
    rows.into_iter().map(name).collect()
}

#[test]
fn the_first_schema_is_brought_up_with_all_visits_calls_and_answers() {
    let folder = released();
    let opened = folder.open();
    let store = opened.store;
    let monday: Vec<_> = names(&store, MONDAY);
    let first = ("A00001".to_owned(), "finished");
    assert_eq!((monday.len(), &monday[0]), (6, &first));
    assert!(monday[1..].iter().all(|(_, state)| *state == "expired"));
    let tuesday = names(&store, TUESDAY);
    let states: Vec<_> = tuesday.iter().map(|(_, state)| *state).collect();
    let expected = ["finished", "waiting", "waiting", "called", "waiting"];
    assert_eq!(states, expected);
    assert_disk_equals(&store, &opened.state);
    assert_eq!(store.calls_of(id(1)).expect("readable").len(), 3);
    let answer = store.answer("panel-1", "key-1").expect("readable");
    assert_eq!(answer.map(|answer| answer.body).as_deref(), Some("A001"));
    let office = store.office_document().expect("readable");
    assert_eq!(
        office.map(|office| office.text).as_deref(),
        Some("[office]")
    );
}

#[test]
fn a_visit_of_the_first_schema_has_what_can_be_known_of_it() {
    let folder = released();
    let store = folder.open().store;
    let row = store.ticket(id(1)).expect("readable").expect("there");
    let ticket = row.ticket;
    assert!(matches!(ticket.state, TicketState::Finished { .. }));
    assert!(ticket.served_ms >= 12 * 60_000, "{}", ticket.served_ms);
    let calls = store.calls_of(id(1)).expect("readable");
    assert_eq!(ticket.first_called_at, Some(calls[0].at));
    assert_eq!(ticket.arrived_at, Some(ticket.known_at));
    assert_eq!(store.sums_of(MONDAY).expect("readable"), None);
}

#[test]
fn the_office_goes_on_where_the_first_schema_stopped() {
    let folder = released();
    let opened = folder.open();
    let mut desk = Desk::going_on(opened.state, "2026-11-24T09:00:00Z");
    for wish in [
        Wish::Recall(2),
        Wish::Start(2),
        Wish::Undo(0),
        Wish::Open(1),
    ] {
        commit(&opened.store, batch(desk.asks(wish)));
    }
    assert_disk_equals(&opened.store, &desk.state);
    commit(&opened.store, batch(desk.asks(Wish::Wait(24 * 60))));
    assert!(opened.store.sums_of(TUESDAY).expect("readable").is_some());
    opened.store.close();
    assert_eq!(folder.open().state, desk.state);
}

#[test]
fn a_day_that_the_first_schema_closed_becomes_anonymous() {
    let folder = released();
    let store = folder.open().store;
    until(|| folder.count("SELECT value FROM meta WHERE name = 'anonymised_to'") == 18);
    let records = store.records_of(MONDAY).expect("every checksum is right");
    assert!(
        records
            .iter()
            .all(|record| !record.event.encode().contains("\"de\""))
    );
    let rows = store.tickets_of(MONDAY).expect("readable");
    assert!(rows.iter().all(|row| row.ticket.language.as_str() == "und"));
}

#[test]
fn a_damaged_journal_of_the_first_schema_is_refused_and_left_as_it_is() {
    let folder = released();
    folder.meddle("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3");
    let refused = folder.refusal().to_string();
    assert!(refused.contains("record 3 of day 2026-11-23"), "{refused}");
    assert_eq!(folder.count("PRAGMA user_version"), 1);
    assert_eq!(folder.count("SELECT count(*) FROM tickets"), 11);
}

#[test]
fn the_second_schema_is_brought_up_with_all_it_had() {
    let folder = written_by(SCHEMA_0002, 2);
    let before = folder.count("SELECT count(*) FROM calls");
    let opened = folder.open();
    let store = opened.store;
    assert_eq!(folder.count("PRAGMA user_version"), 5);
    let monday = names(&store, MONDAY);
    let of = |state| monday.iter().filter(|(_, named)| *named == state).count();
    assert_eq!((of("cancelled"), of("expired")), (1, 10));
    let tuesday = names(&store, TUESDAY);
    let states: Vec<_> = tuesday.iter().map(|(_, state)| *state).collect();
    let expected = [
        "parked", "called", "waiting", "called", "waiting", "waiting", "waiting", "booked",
    ];
    assert_eq!(states, expected);
    assert_eq!(folder.count("SELECT count(*) FROM calls"), before);
    assert_disk_equals(&store, &opened.state);
    assert!(
        store.sums_of(MONDAY).expect("readable").is_some(),
        "sums of closed days are kept"
    );
    assert_eq!(
        folder.count("SELECT count(*) FROM tickets WHERE overtaken > 0"),
        0,
        "no older program counted it"
    );
}

#[test]
fn the_office_goes_on_where_the_second_schema_stopped() {
    let folder = written_by(SCHEMA_0002, 2);
    let opened = folder.open();
    let mut desk = Desk::going_on(opened.state, "2026-11-24T09:00:00Z");
    commit(
        &opened.store,
        batch(desk.does(&Command::Miss { ticket: id(11) })),
    );
    let second_in_line = Command::CallTicket {
        ticket: id(15),
        counter: counter(1),
    };
    commit(&opened.store, batch(desk.does(&second_in_line)));
    assert_disk_equals(&opened.store, &desk.state);
    let first = opened.store.ticket(id(12)).expect("readable");
    assert_eq!(first.map(|row| row.ticket.overtaken), Some(1));
    commit(&opened.store, batch(desk.asks(Wish::Wait(24 * 60))));
    opened.store.close();
    assert_eq!(folder.open().state, desk.state);
}

#[test]
fn a_damaged_journal_of_the_second_schema_is_refused_by_its_record() {
    let folder = written_by(SCHEMA_0002, 2);
    folder.meddle("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 45");
    let refused = folder.refusal().to_string();
    assert!(refused.contains("record 45 of day 2026-11-24"), "{refused}");
}

#[test]
fn the_third_schema_is_brought_up_and_lets_no_device_in_yet() {
    let folder = written_by(SCHEMA_0003, 3);
    let before = folder.count("SELECT count(*) FROM calls");
    let opened = folder.open();
    assert_eq!(folder.count("PRAGMA user_version"), 5);
    assert_disk_equals(&opened.store, &opened.state);
    assert_eq!(folder.count("SELECT count(*) FROM calls"), before);
    let states: Vec<&str> = names(&opened.store, TUESDAY)
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    let called = states.iter().filter(|state| **state == "called").count();
    assert_eq!((states.len(), called), (5, 2));
    let access = Access::of(folder.path()).expect("brought up");
    assert_eq!(access.devices().expect("readable"), []);
    assert_eq!(opened.store.access_version().expect("readable"), 0);
    let mut desk = Desk::going_on(opened.state, "2026-11-24T09:00:00Z");
    commit(&opened.store, batch(desk.asks(Wish::Start(0))));
    opened.store.close();
    assert_eq!(folder.open().state, desk.state);
}

#[test]
fn the_fourth_schema_is_brought_up_with_who_may_come_in_and_is_an_office_of_its_own() {
    let (folder, other) = (written_by(SCHEMA_0004, 4), written_by(SCHEMA_0004, 4));
    assert_eq!(office_id(folder.path()).expect("readable"), None);
    let opened = folder.open();
    assert_eq!(folder.count("PRAGMA user_version"), 5);
    assert_disk_equals(&opened.store, &opened.state);
    other.open().store.close();
    let (ours, theirs) = (office_id(folder.path()), office_id(other.path()));
    let (ours, theirs) = (ours.expect("readable"), theirs.expect("readable"));
    assert!(ours.is_some() && ours != theirs, "{ours:?}");
    let access = Access::of(folder.path()).expect("brought up");
    let devices = access.devices().expect("readable");
    let has_token: Vec<bool> = devices
        .iter()
        .map(|row| row.token_sha256.is_some())
        .collect();
    assert_eq!(has_token, [true, false]);
    assert_eq!(access.users().expect("readable").len(), 1);
    let log = access.log(9).expect("readable");
    assert_eq!((log.len(), log[0].by.as_str()), (4, "ada"));
    let mut desk = Desk::going_on(opened.state, "2026-11-24T10:00:00Z");
    commit(&opened.store, batch(desk.asks(Wish::Open(1))));
    opened.store.close();
    assert_eq!(folder.open().state, desk.state);
}

/// The newer program is installed, and its server was not started yet.
#[test]
fn a_database_of_the_fourth_schema_can_be_backed_up_as_it_is() {
    let (folder, backups) = (written_by(SCHEMA_0004, 4), Folder::new());
    let now = "2026-11-24T10:00:00Z".parse().expect("a time");
    let made = back_up(folder.path(), backups.path(), now).expect("made");
    assert_eq!(made.held.schema, 4);
    assert!(
        made.file.ends_with("aufruf-2026-11-24T100000Z.db"),
        "{made:?}"
    );
    assert!(!backups.holds(&"ab".repeat(32)));
    assert_eq!(folder.count("PRAGMA user_version"), 4);
}
