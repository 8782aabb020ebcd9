//! What a clerk writes about a person is in one place, and gone with the visit: also from the raw
//! bytes of the files.

use aufruf_engine::{Actor, Command, Finish, Record, TicketId, VisitResult};
use aufruf_store::{Batch, Note, Store};

use crate::house::{Desk, Folder, Wish, batch, commit, counter, id, until};

const WORDS: &str = "brings the birth certificate of Mara Beispiel";

fn note(desk: &Desk, ticket: TicketId, text: &str) -> Note {
    Note {
        ticket,
        text: text.to_owned(),
        written_at: desk.now,
        by: Actor::new("panel-1"),
    }
}

fn with_note(records: Vec<Record>, note: Note) -> Batch {
    Batch {
        records,
        notes: vec![note],
        ..Batch::default()
    }
}

/// An open office with somebody at the counter about whom there is a note.
fn with_noted_visit(folder: &Folder) -> (Desk, Store) {
    let (mut desk, store) = (Desk::new(), folder.open().store);
    let mut records = desk.opens();
    records.extend(desk.asks(Wish::Open(0)));
    records.extend(desk.issues(3));
    let (ticket, counter) = (id(2), counter(0));
    records.extend(desk.does(&Command::CallTicket { ticket, counter }));
    let noted = note(&desk, ticket, WORDS);
    commit(&store, with_note(records, noted));
    (desk, store)
}

fn finish(ticket: TicketId) -> Command {
    Command::Finish(Finish {
        ticket,
        done: None,
        persons: None,
        result: VisitResult::Served,
    })
}

#[track_caller]
fn words(store: &Store, ticket: TicketId) -> Option<String> {
    let note = store.note(ticket).expect("readable");
    note.map(|note| note.text)
}

#[test]
fn a_note_is_found_by_its_visit_also_after_a_restart() {
    let folder = Folder::new();
    let (desk, store) = with_noted_visit(&folder);
    let noted = store.note(id(2)).expect("readable");
    assert_eq!(noted, Some(note(&desk, id(2), WORDS)));
    assert_eq!(store.note(id(1)).expect("readable"), None);
    store.close();
    assert_eq!(folder.open().store.note(id(2)).expect("readable"), noted);
}

#[test]
fn a_note_is_in_no_other_table_and_in_no_snapshot() {
    let folder = Folder::new();
    let (_, store) = with_noted_visit(&folder);
    store.snapshot().expect("written");
    let connection = folder.look();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .expect("the tables");
    let names = tables.query_map((), |row| row.get::<_, String>(0));
    let mut found = Vec::new();
    for table in names.expect("names").map(|name| name.expect("a name")) {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .expect("a table");
        let columns = select.column_count();
        let mut rows = select.query(()).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let mut texts = (0..columns).filter_map(|column| row.get::<_, String>(column).ok());
            if texts.any(|text| text.contains("Mara")) {
                found.push(table.clone());
            }
        }
    }
    assert_eq!(found, ["personal_notes"]);
}

#[test]
fn a_later_note_takes_the_place_of_the_one_before_also_in_one_batch() {
    let folder = Folder::new();
    let (desk, store) = with_noted_visit(&folder);
    let notes = ["a second one", "the last one"].map(|text| note(&desk, id(2), text));
    commit(
        &store,
        Batch {
            notes: notes.into(),
            ..Batch::default()
        },
    );
    assert_eq!(words(&store, id(2)).as_deref(), Some("the last one"));
    until(|| !folder.holds("Mara"));
}

#[test]
fn when_the_visit_is_finished_nobody_finds_the_words_in_the_files_though_the_office_works_on() {
    let folder = Folder::new();
    let (mut desk, store) = with_noted_visit(&folder);
    assert!(folder.holds(WORDS));
    commit(&store, batch(desk.does(&finish(id(2)))));
    assert_eq!(words(&store, id(2)), None);
    until(|| !folder.holds("Mara Beispiel"));
    commit(&store, batch(desk.issues(1)));
    assert!(!folder.holds("Mara Beispiel"));
}

#[test]
fn a_reader_who_holds_the_log_delays_the_wiping_and_does_not_prevent_it() {
    let folder = Folder::new();
    let (mut desk, store) = with_noted_visit(&folder);
    let reader = folder.look();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM personal_notes")
        .expect("somebody reads");
    commit(&store, batch(desk.does(&finish(id(2)))));
    assert!(folder.holds(WORDS), "the reader may still read it");
    reader.execute_batch("COMMIT").expect("and is done");
    until(|| !folder.holds("Mara Beispiel"));
}

#[test]
fn a_note_goes_with_a_visit_that_is_cancelled_and_with_the_day() {
    let folder = Folder::new();
    let (mut desk, store) = with_noted_visit(&folder);
    for ticket in [id(1), id(3)] {
        let noted = note(&desk, ticket, "another note");
        commit(&store, with_note(Vec::new(), noted));
    }
    let cancelled = desk.does(&Command::Cancel { ticket: id(1) });
    commit(&store, batch(cancelled));
    assert_eq!(words(&store, id(1)), None);
    assert!(words(&store, id(2)).is_some() && words(&store, id(3)).is_some());
    commit(&store, batch(desk.asks(Wish::Wait(24 * 60))));
    assert_eq!(folder.count("SELECT count(*) FROM personal_notes"), 0);
    until(|| !folder.holds("Mara Beispiel") && !folder.holds("another note"));
}

#[test]
fn a_note_about_a_visit_that_is_over_or_unknown_is_not_kept() {
    let folder = Folder::new();
    let (mut desk, store) = with_noted_visit(&folder);
    let finished = desk.does(&finish(id(2)));
    let noted = note(&desk, id(2), "too late");
    commit(&store, with_note(finished, noted));
    let unknown = note(&desk, id(99), "nobody");
    commit(&store, with_note(Vec::new(), unknown));
    assert_eq!(folder.count("SELECT count(*) FROM personal_notes"), 0);
}

#[test]
fn a_note_is_on_disk_with_its_batch_or_not_at_all() {
    let folder = Folder::new();
    let (mut desk, store) = with_noted_visit(&folder);
    let mut gap = desk.issues(2);
    gap.remove(0);
    let lost = note(&desk, id(1), "lost with its batch");
    let refused = store.commit(with_note(gap, lost)).blocking_recv();
    refused.expect("an answer").expect_err("a gap");
    store.rebuild().expect("readable");
    assert_eq!(words(&store, id(1)), None);
    assert_eq!(words(&store, id(2)).as_deref(), Some(WORDS));
}

#[test]
fn a_note_says_nothing_to_a_log() {
    let desk = Desk::new();
    let noted = batch(Vec::new());
    let noted = Batch {
        notes: vec![note(&desk, id(2), WORDS)],
        ..noted
    };
    assert!(!format!("{noted:?}").contains("Mara"));
}

#[test]
fn a_scan_finds_notes_of_open_visits_only() {
    let (folder, backups) = (Folder::new(), Folder::new());
    let (mut desk, store) = with_noted_visit(&folder);
    aufruf_store::back_up(folder.path(), backups.path(), desk.now).expect("backed up");
    let scan = || {
        let scan = aufruf_store::scan_privacy(folder.path(), Some(backups.path()));
        scan.expect("readable")
    };
    let open = scan();
    assert_eq!((open.open_notes, open.found.as_slice()), (1, [].as_slice()));
    assert!(open.files >= 3 && open.bytes > 0, "{open:?}");
    commit(&store, batch(desk.does(&Command::Start { ticket: id(2) })));
    commit(&store, batch(desk.does(&finish(id(2)))));
    until(|| !folder.holds(WORDS));
    let over = scan();
    assert_eq!((over.open_notes, over.found.as_slice()), (0, [].as_slice()));
}

/// In whatever file somebody left it: the scan knows the visit.
#[test]
fn a_scan_finds_a_note_that_was_left_behind() {
    let (folder, backups) = (Folder::new(), Folder::new());
    let (mut desk, store) = with_noted_visit(&folder);
    let copy = backups.path().join("copied-by-hand.db");
    // Past a block's end, where a mark would be cut in two.
    let mut bytes = vec![0; (1 << 20) - 9];
    bytes.extend(format!("aufruf-personal:{}:{WORDS}", id(2).0).as_bytes());
    std::fs::write(&copy, &bytes).expect("written");
    let left = aufruf_store::Remnant::Note {
        file: copy,
        ticket: id(2).0,
    };
    let found = || {
        let scan = aufruf_store::scan_privacy(folder.path(), Some(backups.path()));
        scan.expect("readable").found
    };
    let alone = std::slice::from_ref(&left);
    assert_eq!(found(), alone, "open or not, a backup has none");
    let aside = folder.path().join("aside-2026-11-23T080000000Z");
    std::fs::create_dir(&aside).expect("a folder");
    let moved = aside.join("aufruf.db-wal");
    std::fs::write(&moved, &bytes).expect("written");
    commit(&store, batch(desk.does(&Command::Start { ticket: id(2) })));
    commit(&store, batch(desk.does(&finish(id(2)))));
    let moved = aufruf_store::Remnant::Note {
        file: moved,
        ticket: id(2).0,
    };
    assert_eq!(found(), [moved, left]);
}
