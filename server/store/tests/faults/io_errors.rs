//! The disk refuses what it is asked for: a batch is on disk or reported, and the store goes on.

use std::ffi::c_int;

use aufruf_store::{Batch, CommitError, Store};
use rusqlite::Connection;
use rusqlite::ffi::{
    SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
    SQLITE_READONLY,
};

use crate::all_of_them;
use crate::house::{Desk, Folder, Wish, assert_disk_equals};
use crate::office_day::{assert_names_the_file, hand_over, next_batch, play, rebuilt};
use crate::survival::assert_is_sound;
use crate::watch::{Drive, Fault, Kind};

/// Failures in a row where the fault lasts: a full disk that gets space again.
const A_WHILE: usize = 7;
const EVER: usize = usize::MAX;
/// The short form tries each of the first ones, and then not all.
const FIRST: usize = 12;

/// Lets each of a kind fail once, and then for a while, until none is left that could fail.
fn one_after_another(of: Kind, code: c_int) {
    let drive = Drive::new();
    for times in [1, A_WHILE] {
        let mut spared = 0;
        loop {
            let fault = Fault {
                of,
                code,
                spared,
                times,
            };
            if commits_under(&drive, fault) == 0 {
                break;
            }
            spared += if all_of_them() || spared < FIRST {
                1
            } else {
                1 + spared / 8
            };
        }
        assert!(spared > 0, "nothing of the kind was asked for");
    }
}

/// An office that commits while the disk fails; says how often it did.
#[track_caller]
fn commits_under(drive: &Drive, fault: Fault) -> usize {
    let folder = Folder::new();
    drive.watches(folder.path());
    let (mut desk, store) = (Desk::new(), folder.open().store);
    hand_over(&store, next_batch(&mut desk, "opens")).expect("the disk is sound");
    drive.fails(fault);
    let mut ends = Vec::new();
    for n in 0..10 {
        let key = format!("key-{n}");
        let before = desk.clone();
        let ended = hand_over(&store, nth_batch(&mut desk, n, &key));
        if let Err(error) = &ended {
            assert_is_clear(error);
            desk = before;
            rebuilt(&store, drive, &desk);
        }
        ends.push((key, ended.is_ok()));
        if n == 3 {
            on_the_side(&folder, &store);
        }
    }
    let struck = drive.heals();
    rebuilt(&store, drive, &desk);
    hand_over(&store, next_batch(&mut desk, "sound again")).expect("the disk is sound");
    assert_disk_equals(&store, &desk.state);
    for (key, is_there) in ends {
        let answer = store.answer("panel-1", &key).expect("readable");
        assert_eq!(answer.is_some(), is_there, "{key} under {fault:?}");
    }
    store.close();
    let opened = folder.open();
    assert!(opened.state == desk.state, "under {fault:?}");
    opened.store.close();
    assert_is_sound(&folder, &format!("{fault:?}"));
    drive.looks_away();
    struck
}

fn nth_batch(desk: &mut Desk, n: u8, key: &str) -> Batch {
    let mut batch = next_batch(desk, key);
    for wish in [Wish::Open(0), Wish::Next(0), Wish::Finish(n)] {
        batch.records.extend(desk.asks(wish));
    }
    batch
}

/// A snapshot, and the log taken in. Both may fail with the disk, and say so.
#[track_caller]
fn on_the_side(folder: &Folder, store: &Store) {
    if let Err(error) = store.snapshot() {
        assert_names_the_file(&error);
    }
    let taken_in = "PRAGMA wal_checkpoint(TRUNCATE)";
    let _ = Connection::open(folder.database())
        .and_then(|connection| connection.query_row(taken_in, (), |_| Ok(())));
}

#[track_caller]
fn assert_is_clear(error: &CommitError) {
    assert!(matches!(error, CommitError::Failed { .. }), "{error:?}");
    assert!(error.to_string().contains("aufruf.db"), "{error}");
}

#[test]
fn whichever_write_fails_the_batch_is_reported_and_the_store_goes_on() {
    one_after_another(Kind::Write, SQLITE_IOERR_WRITE);
}

#[test]
fn whichever_write_finds_the_disk_full_the_batch_is_reported_and_the_store_goes_on() {
    one_after_another(Kind::Write, SQLITE_FULL);
}

#[test]
fn whichever_sync_fails_the_batch_is_reported_and_the_store_goes_on() {
    one_after_another(Kind::Sync, SQLITE_IOERR_FSYNC);
}

#[test]
fn whichever_cut_of_a_file_fails_the_store_goes_on() {
    one_after_another(Kind::Cut, SQLITE_IOERR_TRUNCATE);
}

#[test]
fn whichever_read_fails_it_is_reported_and_the_store_goes_on() {
    one_after_another(Kind::Read, SQLITE_IOERR_READ);
}

#[test]
fn whatever_fails_during_two_days_of_an_office_the_next_start_has_what_was_acknowledged() {
    let drive = Drive::new();
    let kinds = [
        (Kind::Write, SQLITE_FULL),
        (Kind::Cut, SQLITE_IOERR_TRUNCATE),
        (Kind::Read, SQLITE_IOERR_READ),
    ];
    let step = if all_of_them() { 7 } else { 61 };
    for (of, code) in kinds {
        for spared in (0..400).step_by(step) {
            let fault = Fault {
                of,
                code,
                spared,
                times: A_WHILE,
            };
            // It looks at the state behind every fault and at the start in between.
            play(&drive, Some(fault));
        }
    }
}

#[test]
fn a_start_on_a_disk_that_fails_is_refused_and_does_no_harm() {
    let drive = Drive::new();
    for (of, code) in [
        (Kind::Write, SQLITE_FULL),
        (Kind::Sync, SQLITE_IOERR_FSYNC),
        (Kind::Read, SQLITE_IOERR_READ),
    ] {
        for spared in 0.. {
            let (folder, mut desk) = (Folder::new(), Desk::new());
            drive.watches(folder.path());
            drive.fails(Fault {
                of,
                code,
                spared,
                times: 1,
            });
            if let Err(error) = Store::open(folder.path()) {
                assert_names_the_file(&error);
            }
            let struck = drive.heals();
            let opened = folder.open();
            assert!(opened.state == desk.state, "{of:?}, {spared}");
            let first = next_batch(&mut desk, "opens");
            hand_over(&opened.store, first).expect("the disk is sound");
            opened.store.close();
            assert!(folder.open().state == desk.state, "{of:?}, {spared}");
            if struck == 0 {
                break;
            }
        }
    }
}

#[test]
fn on_a_disk_that_may_only_be_read_batches_are_refused_and_reading_goes_on() {
    let drive = Drive::new();
    for code in [SQLITE_READONLY, SQLITE_IOERR_WRITE] {
        let folder = Folder::new();
        drive.watches(folder.path());
        let (mut desk, store) = (Desk::new(), folder.open().store);
        hand_over(&store, next_batch(&mut desk, "opens")).expect("the disk is sound");
        hand_over(&store, next_batch(&mut desk, "sound")).expect("the disk is sound");
        drive.fails(Fault {
            of: Kind::Change,
            code,
            spared: 0,
            times: EVER,
        });
        let refused = hand_over(&store, next_batch(&mut desk.clone(), "refused"));
        assert_is_clear(&refused.expect_err("nothing can be written"));
        assert!(
            store
                .answer("panel-1", "sound")
                .expect("readable")
                .is_some()
        );
        assert_disk_equals(&store, &desk.state);
        drive.heals();
        rebuilt(&store, &drive, &desk);
        hand_over(&store, next_batch(&mut desk, "sound again")).expect("the disk is sound");
        store.close();
        assert!(folder.open().state == desk.state, "what was acknowledged");
    }
}
