//! Damaged data is named, and never gone on with.

use std::fs;

use aufruf_store::{Damage, StoreError};
use jiff::SignedDuration;

use crate::house::{Desk, Folder, Wish, batch, commit};

/// A store with a morning's visits, closed.
fn with_a_morning(folder: &Folder) -> Desk {
    fill(folder, Desk::new())
}

fn fill(folder: &Folder, mut desk: Desk) -> Desk {
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    commit(&store, batch(desk.asks(Wish::Open(0))));
    commit(&store, batch(desk.issues(30)));
    commit(&store, batch(desk.asks(Wish::Next(0))));
    store.close();
    desk
}

/// Meddles with the file, and expects these words.
#[track_caller]
fn refused(meddling: &str, words: &[&str]) {
    let folder = Folder::new();
    with_a_morning(&folder);
    folder.meddle(meddling);
    let StoreError::Damaged { file, damage, .. } = folder.refusal() else {
        panic!("refused, but not for damage");
    };
    assert_eq!(file, folder.database());
    let said = folder.refusal().to_string();
    for word in words
        .iter()
        .chain(&["aufruf.db", "restore the latest backup"])
    {
        assert!(
            said.contains(word),
            "{word:?} is not in {said:?} ({damage:?})"
        );
    }
}

#[test]
fn a_changed_record_is_refused_whatever_was_changed_in_it() {
    for change in [
        "day = '2026-11-24'",
        "at_ms = at_ms + 1",
        "by = 'somebody'",
        "version = version - 1",
        "kind = 'ticket_called'",
        "payload = replace(payload, 'passport', 'address')",
        "sum = sum + 1",
    ] {
        let meddling = format!("UPDATE journal SET {change} WHERE seq = 6");
        refused(
            &meddling,
            &["record 6 of day 2026-11-2", "does not match its checksum"],
        );
    }
}

#[test]
fn a_record_of_another_day_is_refused_though_it_is_whole() {
    let (tuesday, mut desk) = (Folder::new(), Desk::new());
    desk.now += SignedDuration::from_hours(24);
    fill(&tuesday, desk);
    let meddling = format!(
        "ATTACH '{}' AS tuesday;
         DELETE FROM main.journal WHERE seq = 6;
         INSERT INTO main.journal SELECT * FROM tuesday.journal WHERE seq = 6",
        tuesday.database().display()
    );
    refused(&meddling, &["record 6 of day 2026-11-24 is of another day"]);
}

#[test]
fn a_missing_record_is_refused() {
    let words = ["record 5 of the journal is missing", "the next one is 6"];
    refused("DELETE FROM journal WHERE seq = 5", &words);
}

#[test]
fn a_missing_end_of_the_journal_is_refused() {
    let words = ["ends with record 32", "record 33 was written"];
    refused("DELETE FROM journal WHERE seq = 33", &words);
}

#[test]
fn a_missing_beginning_of_the_day_is_refused() {
    refused(
        "DELETE FROM journal WHERE seq = 1",
        &["record 1, which opens no day"],
    );
    refused(
        "UPDATE meta SET value = 2 WHERE name = 'segment_from'",
        &["record 2, which"],
    );
}

#[test]
fn a_ticket_whose_row_cannot_be_read_is_refused() {
    let folder = Folder::new();
    let desk = with_a_morning(&folder);
    folder.meddle("UPDATE tickets SET state = 'dancing'");
    let store = folder.open().store;
    let ticket = desk.state.tickets().next().expect("thirty of them").id;
    let refused = store.ticket(ticket).expect_err("nobody dances here");
    assert!(matches!(
        refused,
        StoreError::Damaged {
            damage: Damage::Row("tickets"),
            ..
        }
    ));
}

#[test]
fn a_page_that_the_disk_spoiled_is_never_taken_for_less_data() {
    let folder = Folder::new();
    let desk = with_a_morning(&folder);
    let whole = fs::read(folder.database()).expect("the file");
    let mut refused = 0;
    for page in 0..whole.len() / 4096 {
        let mut spoiled = whole.clone();
        spoiled[page * 4096 + 8..(page + 1) * 4096].fill(0xA5);
        fs::write(folder.database(), spoiled).expect("written");
        match aufruf_store::Store::open(folder.path()) {
            // The page is none that the start needs.
            Ok(opened) => assert_eq!(opened.state, desk.state, "page {page}"),
            Err(error) => {
                refused += 1;
                let known = matches!(
                    error,
                    StoreError::Damaged { .. } | StoreError::Foreign { .. }
                );
                assert!(known, "page {page}: {error}");
            }
        }
    }
    assert!(refused > 2, "the journal's pages are among them");
}
