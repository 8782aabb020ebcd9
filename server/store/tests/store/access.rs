//! Who may come in, on the real file: changes are whole, and whoever follows hears of them.

use aufruf_store::{Access, Asked, By, DeviceRow, PairingRow, SessionRow, StoreError, UserRow};
use jiff::{SignedDuration, Timestamp};

use crate::house::Folder;

fn at(minute: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    morning + SignedDuration::from_mins(minute)
}

fn by(minute: i64) -> By {
    By {
        name: "ada".to_owned(),
        address: "10.0.0.7".to_owned(),
        at: at(minute),
    }
}

fn device(id: &str, token: &str) -> DeviceRow {
    DeviceRow {
        id: id.to_owned(),
        role: "printer".to_owned(),
        place: None,
        printer: None,
        token_sha256: Some(token.to_owned()),
        next_sha256: None,
        since: at(0),
        by: "ada".to_owned(),
    }
}

fn asks(code: &str, token: &str, minute: i64) -> PairingRow {
    PairingRow {
        code: code.to_owned(),
        token_sha256: token.to_owned(),
        role: "printer".to_owned(),
        software: "aufruf-printer 0.1".to_owned(),
        address: "10.0.0.8".to_owned(),
        at: at(minute),
        salt: format!("salt of {code}"),
    }
}

fn tokens(access: &Access) -> Vec<(String, Option<String>)> {
    let devices = access.devices().expect("readable").into_iter();
    devices.map(|row| (row.id, row.token_sha256)).collect()
}

#[test]
fn several_devices_come_in_together_or_none_of_them_does() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    access
        .put_devices(&[device("a", "1")], &by(0))
        .expect("kept");
    let taken = access.put_devices(&[device("b", "2"), device("c", "1")], &by(1));
    assert!(matches!(taken, Err(StoreError::TokenTaken { id }) if id == "c"));
    assert_eq!(tokens(&access), [("a".to_owned(), Some("1".to_owned()))]);
    assert_eq!(
        access.log(9).expect("readable").len(),
        1,
        "what was not done is in no log"
    );
}

#[test]
fn whoever_follows_hears_of_devices_and_not_of_people() {
    let folder = Folder::new();
    let store = folder.open().store;
    let access = Access::of(folder.path()).expect("made");
    let version = || store.access_version().expect("readable");
    assert_eq!(version(), 0);
    access
        .put_devices(&[device("a", "1")], &by(0))
        .expect("kept");
    assert_eq!(version(), 1);
    access.put_user(&user("bea"), &by(1)).expect("kept");
    assert_eq!(version(), 1);
    access.revoke_device("a", &by(2)).expect("revoked");
    assert_eq!(version(), 2);
}

#[test]
fn who_asks_from_many_places_keeps_nobody_out_who_asks_from_a_new_one() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    let ask = |nth: i64, address: &str| {
        let row = PairingRow {
            address: address.to_owned(),
            ..asks(&format!("CODE-{nth:04}"), &nth.to_string(), nth)
        };
        access.ask_to_pair(&row, at(-15)).expect("asked")
    };
    let waits = |from: std::ops::Range<i64>, address: &str| {
        let asked = from.map(|nth| ask(nth, address));
        asked
            .filter(|asked| matches!(asked, Asked::Waits(_)))
            .count()
    };
    assert_eq!(waits(0..9, "10.0.0.1"), 5, "five of one address");
    let others: usize = (1..4)
        .map(|n| waits(n * 100..n * 100 + 5, &format!("10.0.1.{n}")))
        .sum();
    assert_eq!(others, 15);
    assert_eq!(ask(900, "10.0.1.1"), Asked::Full);
    assert!(
        matches!(ask(901, "10.0.9.9"), Asked::Waits(_)),
        "a new place"
    );
    assert_eq!(access.pairings(at(-15)).expect("readable").len(), 20);
    let known = |token: &str| {
        access
            .has_asked(token, "10.0.9.9", at(-15))
            .expect("readable")
    };
    assert!(matches!(known("901"), Some(Asked::Waits(_))));
    assert_eq!(known("902"), Some(Asked::Full));
}

#[test]
fn a_code_lets_one_device_in_once() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    let ask = |row| access.ask_to_pair(&row, at(-15)).expect("asked");
    assert!(matches!(ask(asks("AAAA-AAAA", "1", 0)), Asked::Waits(_)));
    let again = ask(asks("BBBB-BBBB", "1", 1));
    let first = Asked::Waits(asks("AAAA-AAAA", "1", 0));
    assert_eq!(again, first, "it keeps its code");
    assert_eq!(
        ask(asks("AAAA-AAAA", "2", 1)),
        Asked::Taken,
        "no code twice"
    );
    let first = DeviceRow {
        token_sha256: None,
        ..device("a", "")
    };
    assert!(
        access
            .approve("AAAA-AAAA", first.clone(), &by(2))
            .expect("asked")
    );
    assert!(!access.approve("AAAA-AAAA", first, &by(3)).expect("asked"));
    assert_eq!(tokens(&access), [("a".to_owned(), Some("1".to_owned()))]);
    assert_eq!(ask(asks("CCCC-CCCC", "1", 4)), Asked::Taken, "it is in");
}

#[test]
fn the_new_token_takes_the_place_of_the_old_one_with_its_first_use() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    access
        .put_devices(&[device("a", "1"), device("b", "2")], &by(0))
        .expect("kept");
    let taken = access.roll_over("a", "2", &by(1));
    assert!(matches!(taken, Err(StoreError::TokenTaken { .. })));
    access.roll_over("a", "3", &by(1)).expect("kept");
    let taken = access.put_devices(&[device("c", "3")], &by(1));
    assert!(matches!(taken, Err(StoreError::TokenTaken { .. })));
    access
        .rolled_over("a", "0", &by(2))
        .expect("none of its own");
    assert_eq!(tokens(&access)[0].1.as_deref(), Some("1"));
    access.rolled_over("a", "3", &by(2)).expect("kept");
    access
        .rolled_over("a", "3", &by(3))
        .expect("once is enough");
    assert_eq!(tokens(&access)[0].1.as_deref(), Some("3"));
    access.revoke_device("a", &by(4)).expect("revoked");
    let gone = access.roll_over("a", "4", &by(5));
    assert!(gone.is_err(), "who is out renews nothing");
}

fn user(id: &str) -> UserRow {
    UserRow {
        id: id.to_owned(),
        name: "Bea".to_owned(),
        role: "clerk".to_owned(),
        secret: Some("hash".to_owned()),
        failed: 0,
        locked_until: None,
        since: at(0),
        by: "ada".to_owned(),
    }
}

fn session(n: i64) -> SessionRow {
    SessionRow {
        token_sha256: format!("session {n}"),
        user: "bea".to_owned(),
        address: "10.0.0.7".to_owned(),
        begun: at(n),
        used: at(n),
    }
}

#[test]
fn somebody_is_signed_in_at_ten_places_at_most_and_the_oldest_goes() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    access.put_user(&user("bea"), &by(0)).expect("kept");
    for n in 0..12 {
        let proven = Some("hash");
        assert!(access.sign_in(&session(n), proven, &by(n)).expect("kept"));
    }
    let reset = access.sign_in(&session(12), Some("an older hash"), &by(12));
    assert!(!reset.expect("readable"), "the secret was reset meanwhile");
    let kept = access.sessions_of("bea").expect("readable");
    let begun: Vec<Timestamp> = kept.iter().map(|row| row.begun).collect();
    let expected: Vec<Timestamp> = (2..12).rev().map(at).collect();
    assert_eq!(begun, expected);
    access.end_old_sessions(at(5), at(7)).expect("ended");
    assert_eq!(access.sessions_of("bea").expect("readable").len(), 5);
    assert_eq!(
        access.sign_out_everywhere("bea", &by(13)).expect("ended"),
        5
    );
}

#[test]
fn only_so_many_changes_are_kept() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    access.put_user(&user("bea"), &by(0)).expect("kept");
    folder.meddle(
        "INSERT INTO access_log (id, at_ms, by, address, what, about)
         VALUES (60000, 0, 'ada', '', 'signed_in', 'ada')",
    );
    access.put_user(&user("cem"), &by(1)).expect("kept");
    let log = access.log(9).expect("readable");
    let about: Vec<&str> = log.iter().map(|row| row.about.as_str()).collect();
    assert_eq!(about, ["cem", "ada"], "the first one is gone");
}

/// What was done stays, and that one person did it; who it was goes, and from where.
#[test]
fn names_in_the_log_become_pseudonyms_after_their_time() {
    let (folder, backups) = (Folder::new(), Folder::new());
    let access = Access::of(folder.path()).expect("made");
    let long_ago = By {
        name: "console".to_owned(),
        address: String::new(),
        at: at(0),
    };
    access.put_user(&user("bea"), &long_ago).expect("kept");
    access.put_user(&user("cem"), &by(1)).expect("kept");
    access
        .put_devices(&[device("printer-1", "1")], &by(2))
        .expect("kept");
    let itself = By {
        name: "printer-1".to_owned(),
        ..by(3)
    };
    access.roll_over("printer-1", "2", &itself).expect("kept");
    access.put_user(&user("bea"), &by(9)).expect("kept");
    let keyed = |key: &[u8], name: &str| format!("p-{}-{}", key.len(), name.len());
    assert!(!access.forget_names_before(at(9), keyed).expect("gone"));
    let log = access.log(9).expect("readable");
    let rows: Vec<_> = log
        .iter()
        .map(|row| (row.by.as_str(), row.address.as_str(), row.about.as_str()))
        .collect();
    let expected = [
        ("ada", "10.0.0.7", "bea"),
        ("printer-1", "", "printer-1"),
        ("p-32-3", "", "printer-1"),
        ("p-32-3", "", "p-32-3"),
        ("console", "", "p-32-3"),
    ];
    assert_eq!(rows, expected);
    let key = |folder: &Folder| folder.count("SELECT count(*) FROM keys");
    assert_eq!(key(&folder), 1);
    let made = aufruf_store::back_up(folder.path(), backups.path(), at(10)).expect("made");
    let spare = Folder::new();
    aufruf_store::restore(spare.path(), &made.file, at(10)).expect("restored");
    assert_eq!(key(&spare), 0, "whoever has a backup cannot try names out");
}

#[test]
fn names_go_a_few_hundred_rows_at_a_time() {
    let folder = Folder::new();
    let access = Access::of(folder.path()).expect("made");
    folder.meddle(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1200)
         INSERT INTO access_log (at_ms, by, address, what, about)
         SELECT 0, 'ada', '10.0.0.7', 'signed_in', 'ada' FROM n",
    );
    let go = || access.forget_names_before(at(0), |_, _| "p".to_owned());
    let more: Vec<bool> = (0..4).map(|_| go().expect("gone")).collect();
    assert_eq!(more, [true, true, false, false]);
    let named = "SELECT count(*) FROM access_log WHERE by = 'ada' OR address <> ''";
    assert_eq!(folder.count(named), 0);
}
