//! Snapshots make a start quick, and may be lost at any time.

use aufruf_engine::{Command, Record, Target};
use aufruf_store::Store;

use crate::house::{Desk, Folder, Wish, batch, commit, counter, id};

/// A store with a snapshot after some records and more records behind it, closed.
fn with_snapshot(folder: &Folder) -> Desk {
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    commit(&store, batch(desk.issues(20)));
    store.snapshot().expect("written");
    commit(&store, batch(desk.issues(5)));
    store.close();
    desk
}

#[track_caller]
fn opens_equal(folder: &Folder, desk: &Desk) -> Store {
    let opened = folder.open();
    assert_eq!(opened.state, desk.state);
    opened.store
}

#[test]
fn what_lies_before_the_snapshot_is_not_read_at_the_start() {
    let folder = Folder::new();
    let desk = with_snapshot(&folder);
    folder.meddle("UPDATE journal SET payload = '{}' WHERE seq = 7");
    opens_equal(&folder, &desk);
}

#[test]
fn a_damaged_snapshot_is_passed_over_and_the_day_is_replayed() {
    let folder = Folder::new();
    let desk = with_snapshot(&folder);
    folder.meddle("UPDATE snapshots SET state = replace(state, 'passport', 'address')");
    opens_equal(&folder, &desk);
}

#[test]
fn without_any_snapshot_the_day_is_replayed() {
    let folder = Folder::new();
    let desk = with_snapshot(&folder);
    folder.meddle("DELETE FROM snapshots");
    opens_equal(&folder, &desk);
}

#[test]
fn no_snapshot_is_written_while_nothing_happens_and_two_are_kept() {
    let folder = Folder::new();
    let mut desk = with_snapshot(&folder);
    let store = opens_equal(&folder, &desk);
    let count = "SELECT count(*) FROM snapshots";
    store.snapshot().expect("written");
    assert_eq!(folder.count(count), 2);
    folder.meddle(
        "CREATE TRIGGER written BEFORE INSERT ON snapshots
         BEGIN SELECT RAISE(ABORT, 'a snapshot is written'); END",
    );
    store.snapshot().expect("nothing to do");
    folder.meddle("DROP TRIGGER written");
    commit(&store, batch(desk.asks(Wish::Open(0))));
    store.snapshot().expect("written");
    assert_eq!(folder.count(count), 2);
    assert_eq!(
        folder.count("SELECT max(seq) FROM snapshots"),
        desk.state.last_seq().0
    );
}

#[test]
fn an_office_without_a_day_has_nothing_to_snapshot() {
    let folder = Folder::new();
    let store = folder.open().store;
    store.snapshot().expect("nothing to do");
    assert_eq!(folder.count("SELECT count(*) FROM snapshots"), 0);
}

/// Appointments of today and of later, locks, an emergency, steps that can be taken back, pauses, and
/// somebody sent to a counter.
fn a_full_morning(desk: &mut Desk) -> Vec<Record> {
    let mut records = desk.opens();
    records.extend(desk.issues(6));
    for (n, quarters) in [(50, 8), (51, 100), (52, 9)] {
        let booking = desk.book(n, quarters);
        records.extend(desk.does(&booking));
    }
    for wish in [
        Wish::Open(0),
        Wish::Open(1),
        Wish::Lock(0),
        Wish::Emergency(0, 0),
    ] {
        records.extend(desk.asks(wish));
    }
    let (ticket, to) = (id(1), Target::Counter(counter(1)));
    records.extend(desk.does(&Command::Transfer { ticket, to }));
    let (ticket, minutes) = (id(2), 10);
    records.extend(desk.does(&Command::PausePlace { ticket, minutes }));
    let (ticket, counter) = (id(4), counter(0));
    records.extend(desk.does(&Command::CallTicket { ticket, counter }));
    records.extend(desk.does(&Command::Miss { ticket }));
    records
}

#[test]
fn a_snapshot_of_a_full_morning_gives_the_same_state_as_its_journal() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(a_full_morning(&mut desk)));
    let office = &desk.state;
    assert_eq!((office.bookings().count(), office.locks().len()), (1, 1));
    assert_eq!(office.emergencies().len(), 1);
    store.snapshot().expect("written");
    store.close();
    let from_snapshot = opens_equal(&folder, &desk);
    let ticket = id(4);
    let undone = desk.does(&Command::Undo { ticket });
    commit(&from_snapshot, batch(undone));
    assert_eq!(from_snapshot.rebuild().expect("readable"), desk.state);
    from_snapshot.close();
    folder.meddle("DELETE FROM snapshots");
    opens_equal(&folder, &desk);
}
