//! Backups beside a store that goes on, and offices that are restored from them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use aufruf_engine::State;
use aufruf_store::{
    Access, Batch, By, Damage, DeviceRow, Note, Store, StoreError, back_up, backups_in, restore,
    rotate, take_over, verify, verify_file,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::house::{Desk, Folder, Wish, any_wish, assert_disk_equals, batch, commit, counter, id};

const WORDS: &str = "brings the birth certificate of Mara Beispiel";

/// A store with an open day, somebody called about whom there is a note, and a folder for backups.
struct House {
    data: Folder,
    backups: Folder,
    desk: Desk,
    store: Store,
}

impl House {
    fn new() -> Self {
        let (data, backups) = (Folder::new(), Folder::new());
        let (mut desk, store) = (Desk::new(), data.open().store);
        let mut records = desk.opens();
        records.extend(desk.asks(Wish::Open(0)));
        records.extend(desk.issues(20));
        let call = aufruf_engine::Command::CallTicket {
            ticket: id(2),
            counter: counter(0),
        };
        records.extend(desk.does(&call));
        let note = Note {
            ticket: id(2),
            text: WORDS.to_owned(),
            written_at: desk.now,
            by: aufruf_engine::Actor::new("panel-1"),
        };
        let noted = Batch {
            records,
            notes: vec![note],
            ..Batch::default()
        };
        commit(&store, noted);
        Self {
            data,
            backups,
            desk,
            store,
        }
    }

    #[track_caller]
    fn backs_up(&self) -> PathBuf {
        let made = back_up(self.data.path(), self.backups.path(), self.desk.now);
        made.expect("a backup").file
    }

    fn goes_on(&mut self, wish: Wish) {
        let records = self.desk.asks(wish);
        commit(&self.store, batch(records));
    }
}

/// Who lets devices in.
fn ada(house: &House) -> By {
    By {
        name: "ada".to_owned(),
        address: "10.0.0.7".to_owned(),
        at: house.desk.now,
    }
}

/// The panel of a counter, let in with a token of this hash.
fn panel(house: &House, token_sha256: &str) -> DeviceRow {
    DeviceRow {
        id: "panel-4".to_owned(),
        role: "panel".to_owned(),
        place: Some("counter-4".to_owned()),
        printer: None,
        token_sha256: Some(token_sha256.to_owned()),
        next_sha256: None,
        since: house.desk.now,
        by: "ada".to_owned(),
    }
}

#[track_caller]
fn restored_into_a_spare_box(backup: &Path, now: Timestamp) -> (Folder, State) {
    let spare = Folder::new();
    let restored = restore(spare.path(), backup, now).expect("restored");
    assert_eq!(restored.taken.aside, None, "nothing was there");
    let opened = spare.open();
    assert_disk_equals(&opened.store, &opened.state);
    opened.store.close();
    (spare, opened.state)
}

#[test]
fn a_backup_has_all_that_was_committed_and_the_store_goes_on() {
    let mut house = House::new();
    let at_backup = house.desk.state.clone();
    let file = house.backs_up();
    house.goes_on(Wish::Issue(3));
    let (_, state) = restored_into_a_spare_box(&file, house.desk.now);
    assert_eq!(state, at_backup);
    assert_disk_equals(&house.store, &house.desk.state);
}

#[test]
fn a_backup_says_what_it_holds() {
    let house = House::new();
    let made = back_up(house.data.path(), house.backups.path(), house.desk.now).expect("made");
    let state = &house.desk.state;
    assert_eq!(made.held.last, Some((state.last_seq(), state.last_at())));
    assert_eq!(made.held.records, state.last_seq().0);
    let today = state.day().map(|day| (day.date, 20));
    assert_eq!((made.held.days, made.held.day), (1, today));
    assert_eq!(made.bytes, fs::metadata(&made.file).expect("there").len());
    assert_eq!(verify(house.data.path()).expect("sound"), made.held);
}

#[test]
fn nothing_personal_is_in_a_backup_nor_left_beside_the_data() {
    let house = House::new();
    assert!(house.data.holds(WORDS), "the note is there to be found");
    let file = house.backs_up();
    assert!(!house.backups.holds(WORDS));
    let scratch = house.data.path().join("backup.scratch");
    assert!(!scratch.exists(), "{}", scratch.display());
    let (spare, _) = restored_into_a_spare_box(&file, house.desk.now);
    assert!(!spare.holds(WORDS));
    let kept = house.store.note(id(2)).expect("readable");
    assert_eq!(kept.map(|note| note.text).as_deref(), Some(WORDS));
}

#[test]
fn an_office_is_restored_over_damaged_data_which_is_kept_aside() {
    let house = House::new();
    let file = house.backs_up();
    let (now, expected) = (house.desk.now, house.desk.state.clone());
    house.store.close();
    house
        .data
        .meddle("UPDATE journal SET sum = sum + 1 WHERE seq = 6");
    assert!(matches!(house.data.refusal(), StoreError::Damaged { .. }));
    let restored = restore(house.data.path(), &file, now).expect("restored");
    assert_eq!(house.data.open().state, expected);
    let aside = restored.taken.aside.expect("something was there");
    let damaged = verify_file(&aside.join("aufruf.db"));
    assert!(matches!(damaged, Err(StoreError::Damaged { .. })));
}

#[test]
fn nothing_is_restored_while_a_server_has_the_folder() {
    let house = House::new();
    let file = house.backs_up();
    let refused = restore(house.data.path(), &file, house.desk.now);
    assert!(matches!(refused, Err(StoreError::InUse { .. })));
    let refused = take_over(house.data.path(), house.desk.now);
    assert!(matches!(refused, Err(StoreError::InUse { .. })));
    assert_disk_equals(&house.store, &house.desk.state);
}

#[test]
fn a_backup_that_is_damaged_is_refused_and_the_data_stay() {
    let house = House::new();
    let file = house.backs_up();
    let (now, expected) = (house.desk.now, house.desk.state.clone());
    house.store.close();
    let whole = fs::read(&file).expect("the backup");
    let mut refused = 0;
    for page in 0..whole.len() / 4096 {
        let mut spoiled = whole.clone();
        spoiled[page * 4096 + 8..(page + 1) * 4096].fill(0xA5);
        fs::write(&file, spoiled).expect("written");
        if verify_file(&file).is_ok() {
            // The page of a table that has no rows.
            let (_, state) = restored_into_a_spare_box(&file, now);
            assert_eq!(state, expected, "page {page}");
        } else {
            restore(house.data.path(), &file, now).expect_err("it is damaged");
            refused += 1;
        }
    }
    assert!(
        refused > 8,
        "the journal's and the visits' pages are among them"
    );
    let cut = &whole[..whole.len() / 2];
    fs::write(&file, cut).expect("written");
    assert!(restore(house.data.path(), &file, now).is_err());
    assert_eq!(house.data.open().state, expected);
}

#[test]
fn what_is_no_backup_is_told_by_its_name() {
    let house = House::new();
    let missing = house.backups.path().join("aufruf-yesterday.db");
    let told = restore(house.data.path(), &missing, house.desk.now).expect_err("not there");
    assert!(told.to_string().contains("aufruf-yesterday.db"), "{told}");
    assert!(!missing.exists(), "asking makes none");
    fs::write(&missing, "These are no data.").expect("written");
    let told = verify_file(&missing).expect_err("no database");
    assert!(told.to_string().contains("aufruf-yesterday.db"), "{told}");
}

#[test]
fn only_the_oldest_backups_go_and_other_files_stay() {
    let mut house = House::new();
    let other = house.backups.path().join("aufruf-notes.db");
    fs::write(&other, "Mine").expect("written");
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(house.backs_up());
        house.desk.now += SignedDuration::from_mins(60);
    }
    let gone = rotate(house.backups.path(), 3, &made[4]).expect("rotated");
    assert_eq!(gone, made[..2]);
    let left = backups_in(house.backups.path()).expect("readable");
    let left: Vec<PathBuf> = left.into_iter().map(|backup| backup.file).collect();
    assert_eq!(left, made[2..]);
    assert!(other.exists());
    let gone = rotate(house.backups.path(), 1, &made[2]).expect("rotated");
    assert_eq!(gone, made[3..], "the clock was set back before it was made");
}

#[test]
fn a_second_backup_at_the_same_time_is_refused() {
    let house = House::new();
    let lock = File::create(house.data.path().join("backup.lock")).expect("a file");
    lock.lock().expect("nobody else has it");
    let refused = back_up(house.data.path(), house.backups.path(), house.desk.now);
    assert!(matches!(refused, Err(StoreError::BackupRuns { .. })));
    drop(lock);
    house.backs_up();
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_nothing_is_left() {
    let house = House::new();
    let file = house.backups.path().join("a-file");
    fs::write(&file, "no folder").expect("written");
    let refused = back_up(house.data.path(), &file, house.desk.now).expect_err("no folder");
    assert!(refused.to_string().contains("a-file"), "{refused}");
    assert!(
        backups_in(&house.backups.path().join("nowhere"))
            .expect("none")
            .is_empty()
    );
}

#[test]
fn what_does_not_fit_the_journal_is_found_also_where_a_start_would_not_look() {
    let gap = Damage::Gap {
        missing: 5,
        next: 6,
    };
    for (meddling, expected) in [
        ("DELETE FROM journal WHERE seq = 5", Some(gap)),
        ("UPDATE tickets SET persons = 7 WHERE number = ?", None),
        ("DELETE FROM tickets WHERE number = ?", None),
    ] {
        let house = House::new();
        house.store.snapshot().expect("written");
        house.store.close();
        let whole = verify(house.data.path());
        assert!(whole.is_ok(), "{whole:?}");
        let third = house.desk.state.ticket(id(3)).expect("it has one");
        let third = third.number.label.clone();
        house
            .data
            .meddle(&meddling.replace('?', &format!("'{third}'")));
        let Err(StoreError::Damaged { damage, .. }) = verify(house.data.path()) else {
            panic!("{meddling}: nothing was found");
        };
        assert_eq!(damage, expected.unwrap_or(Damage::Visit(third)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// At any moment of any days.
    #[test]
    fn whatever_happened_a_backup_gives_it_back(wishes in prop::collection::vec(any_wish(), 1..120)) {
        let mut house = House::new();
        for wish in wishes {
            house.goes_on(wish);
        }
        let file = house.backs_up();
        let (_, state) = restored_into_a_spare_box(&file, house.desk.now);
        prop_assert_eq!(state, house.desk.state);
    }
}

/// Who finds a backup cannot come in with what is in it.
#[test]
fn no_token_is_in_a_backup_though_every_device_is() {
    let house = House::new();
    let access = Access::of(house.data.path()).expect("a sound database");
    let hash = "5ec2e7".repeat(11)[..64].to_owned();
    let panel = panel(&house, &hash);
    access
        .put_devices(std::slice::from_ref(&panel), &ada(&house))
        .expect("kept");
    let file = house.backs_up();
    assert!(house.data.holds(&hash) && !house.backups.holds(&hash));
    let (spare, _) = restored_into_a_spare_box(&file, house.desk.now);
    let restored = Access::of(spare.path())
        .expect("a sound database")
        .devices();
    let without = DeviceRow {
        token_sha256: None,
        ..panel
    };
    assert_eq!(restored.expect("readable"), [without]);
}

/// A copy of the data as they lay when the power went: much of them is in the log beside.
#[test]
fn a_copy_with_its_log_is_restored_with_what_is_in_the_log() {
    let house = House::new();
    let copied = Folder::new();
    for end in ["", "-wal"] {
        let name = format!("aufruf.db{end}");
        let (from, to) = (house.data.path().join(&name), copied.path().join(&name));
        fs::copy(from, to).expect("copied");
    }
    let held = verify_file(&copied.database()).expect("sound");
    let (_, state) = restored_into_a_spare_box(&copied.database(), house.desk.now);
    assert_eq!(state, house.desk.state);
    assert_eq!(
        held.last.map(|(seq, _)| seq),
        Some(house.desk.state.last_seq())
    );
}

/// Whoever was let in stays in, also where the journal is damaged.
#[test]
fn devices_and_users_come_along_from_the_data_that_were_there() {
    let house = House::new();
    let file = house.backs_up();
    let access = Access::of(house.data.path()).expect("a sound database");
    let panel = panel(&house, &"ab".repeat(32));
    access
        .put_devices(std::slice::from_ref(&panel), &ada(&house))
        .expect("kept");
    let now = house.desk.now;
    house.store.close();
    house
        .data
        .meddle("UPDATE journal SET sum = sum + 1 WHERE seq = 6");
    let restored = restore(house.data.path(), &file, now).expect("restored");
    assert_eq!(restored.taken.carried, 1);
    assert_eq!(access.devices().expect("readable"), [panel]);
}

/// The power went while the files were moved: nobody goes on with an empty office.
#[test]
fn a_restore_that_was_cut_off_is_told_until_it_is_done_again() {
    let house = House::new();
    let file = house.backs_up();
    let (now, expected) = (house.desk.now, house.desk.state.clone());
    house.store.close();
    fs::remove_file(house.data.database()).expect("moved");
    fs::write(house.data.path().join("restoring"), "").expect("marked");
    let told = house.data.refusal();
    assert!(matches!(told, StoreError::Interrupted { .. }), "{told}");
    assert!(Access::of(house.data.path()).is_err());
    assert!(!house.data.database().exists(), "nobody makes an empty one");
    restore(house.data.path(), &file, now).expect("restored");
    assert_eq!(house.data.open().state, expected);
}
