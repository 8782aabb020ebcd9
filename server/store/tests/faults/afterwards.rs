//! What a failure leaves behind, once the disk is sound again.

use aufruf_engine::{Actor, Command};
use aufruf_store::{Batch, Note, Store};
use rusqlite::ffi::{SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE};

use crate::house::{Desk, Folder, batch, commit, id, until};
use crate::office_day::{hand_over, next_batch, rebuilt};
use crate::watch::{Drive, Fault, Kind};

const WORDS: &str = "brings the birth certificate of Mara Beispiel";
/// Much less than what the log is taken in for.
const SHORT_LOG: u64 = 1 << 20;

/// The process ends where the disk has failed: all that was written is there, synced or not.
#[test]
fn a_batch_that_was_reported_failed_does_not_come_back_with_the_next_start() {
    let drive = Drive::new();
    for (of, code) in [(Kind::Sync, SQLITE_IOERR_FSYNC), (Kind::Write, SQLITE_FULL)] {
        let mut spared = 0;
        while comes_not_back(&drive, once(of, code, spared)) {
            spared += 1;
        }
        assert!(spared > 0, "a commit writes and syncs");
    }
}

fn once(of: Kind, code: i32, spared: usize) -> Fault {
    Fault {
        of,
        code,
        spared,
        times: 1,
    }
}

/// False where nothing failed.
#[track_caller]
fn comes_not_back(drive: &Drive, fault: Fault) -> bool {
    let folder = Folder::new();
    let (mut desk, store) = opens(drive, &folder);
    drive.fails(fault);
    let refused = hand_over(&store, next_batch(&mut desk.clone(), "refused"));
    if refused.is_ok() {
        return false;
    }
    rebuilt(&store, drive, &desk);
    let copy = Folder::new();
    for name in ["aufruf.db", "aufruf.db-wal"] {
        std::fs::copy(folder.path().join(name), copy.path().join(name)).expect("copied");
    }
    let opened = copy.open();
    assert!(
        opened.state == desk.state,
        "the failed batch is back under {fault:?}"
    );
    commit(&opened.store, next_batch(&mut desk, "goes on"));
    true
}

/// An office with its first batch, whose log nobody is about to wipe.
fn opens(drive: &Drive, folder: &Folder) -> (Desk, Store) {
    drive.watches(folder.path());
    let (mut desk, store) = (Desk::new(), folder.open().store);
    until(|| log_size(folder) == 0);
    commit(&store, next_batch(&mut desk, "opens"));
    (desk, store)
}

fn log_size(folder: &Folder) -> u64 {
    let log = std::fs::metadata(folder.path().join("aufruf.db-wal"));
    log.expect("an open store has a log").len()
}

#[test]
fn words_that_have_to_go_are_gone_soon_though_wiping_the_log_failed() {
    let (drive, folder) = (Drive::new(), Folder::new());
    let (mut desk, store) = opens(&drive, &folder);
    let records = desk.issues(2);
    let note = Note {
        ticket: id(1),
        text: WORDS.to_owned(),
        written_at: desk.now,
        by: Actor::new("panel-1"),
    };
    let noted = Batch {
        records,
        notes: vec![note],
        ..Batch::default()
    };
    commit(&store, noted);
    drive.fails(once(Kind::Cut, SQLITE_IOERR_TRUNCATE, 0));
    let cancelled = desk.does(&Command::Cancel { ticket: id(1) });
    commit(&store, batch(cancelled));
    until(|| !drive.is_failing());
    let mut longest = 0;
    while folder.holds(WORDS) {
        commit(&store, batch(desk.issues(1)));
        longest = log_size(&folder).max(longest);
    }
    assert!(
        longest < SHORT_LOG,
        "{longest} bytes were written before the words went"
    );
}
