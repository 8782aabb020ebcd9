//! Which office it is: its backups among those of others, and a restore that was cut off.

use std::fs;
use std::path::{Path, PathBuf};

use aufruf_store::{
    Access, By, DeviceRow, OfficeId, Store, back_up, backups_in, backups_of, database_that_was,
    office_id, office_id_of, prepare_from, restore, rotate, scan_privacy, secrets_of,
    set_office_id, take_over,
};
use jiff::{SignedDuration, Timestamp};

use crate::house::{Desk, Folder, batch, commit};

fn at(hour: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    morning + SignedDuration::from_hours(hour)
}

/// An office with a day of its own, whose server is not running.
fn office() -> (Folder, OfficeId) {
    let folder = Folder::new();
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    store.close();
    let id = office_id(folder.path()).expect("readable");
    (folder, id.expect("it has one"))
}

fn lets_in(folder: &Folder, id: &str, token: &str) {
    let device = DeviceRow {
        id: id.to_owned(),
        role: "printer".to_owned(),
        place: None,
        printer: None,
        token_sha256: Some(token.to_owned()),
        next_sha256: None,
        since: at(0),
        by: "ada".to_owned(),
    };
    let access = Access::of(folder.path()).expect("made");
    access.put_devices(&[device], &ada()).expect("kept");
}

fn ada() -> By {
    By {
        name: "ada".to_owned(),
        address: "10.0.0.7".to_owned(),
        at: at(0),
    }
}

fn tokens(folder: &Folder) -> Vec<(String, Option<String>)> {
    let access = Access::of(folder.path()).expect("a sound database");
    let devices = access.devices().expect("readable").into_iter();
    devices.map(|row| (row.id, row.token_sha256)).collect()
}

#[track_caller]
fn backs_up(office: &Folder, backups: &Folder, hour: i64) -> PathBuf {
    let made = back_up(office.path(), backups.path(), at(hour));
    made.expect("a backup").file
}

fn name(file: &Path) -> String {
    file.file_name().expect("a file").to_string_lossy().into()
}

#[test]
fn two_offices_share_a_folder_and_neither_deletes_the_others_backups() {
    let ((here, ours), (there, theirs)) = (office(), office());
    assert_ne!(ours, theirs);
    let backups = Folder::new();
    let old = backups.path().join("aufruf-2026-11-22T080000Z.db");
    fs::write(&old, "of a program that knew no offices").expect("written");
    let mut made = Vec::new();
    for hour in 0..4 {
        backs_up(&there, &backups, hour);
        made.push(backs_up(&here, &backups, hour));
    }
    assert_eq!(
        name(&made[0]),
        format!("aufruf-{ours}-2026-11-23T080000Z.db")
    );
    let secrets = made.iter().map(|file| secrets_of(file));
    for secret in secrets.clone() {
        fs::write(secret, "sealed").expect("written");
    }
    let gone = rotate(backups.path(), 2, &made[3]).expect("rotated");
    assert_eq!(gone, made[..2]);
    let left: Vec<bool> = secrets.map(|secret| secret.exists()).collect();
    assert_eq!(left, [false, false, true, true], "they go with the backup");
    let of = |office| backups_of(backups.path(), office).expect("readable").len();
    assert_eq!((of(ours), of(theirs)), (2, 4));
    assert!(old.exists(), "nobody knows whose it is");
    assert_eq!(backups_in(backups.path()).expect("readable").len(), 7);
}

#[test]
fn a_restored_office_is_the_one_of_the_backup() {
    let ((here, ours), spare, backups) = (office(), Folder::new(), Folder::new());
    let file = backs_up(&here, &backups, 0);
    assert_eq!(office_id_of(&file).expect("readable"), Some(ours));
    restore(spare.path(), &file, at(1)).expect("restored");
    assert_eq!(office_id(spare.path()).expect("readable"), Some(ours));
    let (other, theirs) = office();
    set_office_id(other.path(), ours).expect("written");
    assert_ne!(ours, theirs);
    assert_eq!(office_id(other.path()).expect("readable"), Some(ours));
}

#[test]
fn asking_which_office_it_is_makes_none() {
    let folder = Folder::new();
    assert_eq!(office_id(folder.path()).expect("asked"), None);
    assert!(!folder.database().exists());
}

/// The power went after the database was moved aside, and before the other one had its name.
#[test]
fn a_restore_that_is_done_again_takes_devices_from_where_the_first_one_moved_them() {
    let ((here, ours), backups) = (office(), Folder::new());
    let file = backs_up(&here, &backups, 0);
    lets_in(&here, "printer-1", &"ab".repeat(32));
    let aside = here.path().join("aside-2026-11-23T090000000Z");
    fs::create_dir(&aside).expect("a folder");
    fs::rename(here.database(), aside.join("aufruf.db")).expect("moved");
    fs::write(here.path().join("restoring"), name(&aside)).expect("marked");
    let was = database_that_was(here.path());
    assert_eq!(was, Some(aside.join("aufruf.db")));
    let restored = restore(here.path(), &file, at(2)).expect("restored");
    assert_eq!((restored.taken.carried, restored.taken.aside), (1, None));
    let expected = [("printer-1".to_owned(), Some("ab".repeat(32)))];
    assert_eq!(tokens(&here), expected);
    assert_eq!(office_id(here.path()).expect("readable"), Some(ours));
    assert!(aside.join("aufruf.db").exists(), "nothing is deleted");
}

/// It went between the log and the database: what was in the log alone is there again.
#[test]
fn a_log_that_was_moved_without_its_database_is_put_back_first() {
    let ((here, _), backups, copied) = (office(), Folder::new(), Folder::new());
    let file = backs_up(&here, &backups, 0);
    let opened = Store::open(here.path()).expect("sound");
    lets_in(&here, "printer-1", &"ab".repeat(32));
    for end in ["", "-wal"] {
        let from = here.path().join(format!("aufruf.db{end}"));
        fs::copy(&from, copied.path().join(name(&from))).expect("copied");
    }
    opened.store.close();
    let aside = copied.path().join("aside-2026-11-23T090000000Z");
    fs::create_dir(&aside).expect("a folder");
    let log = copied.path().join("aufruf.db-wal");
    assert!(fs::metadata(&log).expect("a log").len() > 0);
    fs::rename(&log, aside.join("aufruf.db-wal")).expect("moved");
    fs::write(copied.path().join("restoring"), name(&aside)).expect("marked");
    let restored = restore(copied.path(), &file, at(2)).expect("restored");
    assert_eq!(restored.taken.carried, 1);
    assert_eq!(tokens(&copied).len(), 1);
}

#[test]
fn a_folder_that_was_made_ready_takes_the_place_of_the_one_with_its_name() {
    let ((here, _), backups) = (office(), Folder::new());
    let file = backs_up(&here, &backups, 0);
    let keys = |dir: &Path, word: &str| {
        fs::create_dir_all(dir.join("tls")).expect("a folder");
        fs::write(dir.join("tls/authority.key"), word).expect("written");
    };
    keys(here.path(), "the old one");
    let (beside, _) = prepare_from(here.path(), &file).expect("ready");
    keys(&beside, "the new one");
    let taken = take_over(here.path(), at(2)).expect("taken over");
    let read = |dir: &Path| fs::read_to_string(dir.join("tls/authority.key")).expect("there");
    assert_eq!(read(here.path()), "the new one");
    assert_eq!(read(&taken.aside.expect("moved")), "the old one");
}

#[test]
fn a_token_that_went_to_another_device_since_the_backup_stays_with_it() {
    let ((here, _), backups) = (office(), Folder::new());
    lets_in(&here, "printer-1", &"ab".repeat(32));
    let file = backs_up(&here, &backups, 0);
    let access = Access::of(here.path()).expect("sound");
    let secrets = access.secrets().expect("readable");
    assert!(access.remove_device("printer-1", &ada()).expect("removed"));
    assert!(!access.remove_device("printer-1", &ada()).expect("asked"));
    lets_in(&here, "printer-2", &"ab".repeat(32));
    let (beside, _) = prepare_from(here.path(), &file).expect("ready");
    let other = Access::of(&beside).expect("sound");
    assert_eq!(other.put_secrets(&secrets).expect("given"), 1);
    take_over(here.path(), at(2)).expect("taken over");
    let expected = [
        ("printer-1".to_owned(), None),
        ("printer-2".to_owned(), Some("ab".repeat(32))),
    ];
    assert_eq!(tokens(&here), expected);
}

/// A note that another office has left is not ours to find, also where the folder is shared.
#[test]
fn a_scan_reads_no_file_of_another_office() {
    let ((here, ours), backups) = (office(), Folder::new());
    backs_up(&here, &backups, 0);
    let note = "aufruf-personal:00000000-0000-0000-0000-000000000007:brings a friend";
    let write = |office: &str| {
        let name = format!("aufruf-{office}-2026-11-23T080000Z.db.secrets");
        fs::write(backups.path().join(name), note).expect("written");
    };
    let found = || {
        let scan = scan_privacy(here.path(), Some(backups.path()));
        scan.expect("readable").found.len()
    };
    write("00000000");
    assert_eq!(found(), 0);
    write(&ours.to_string());
    assert_eq!(found(), 1);
}
