//! One segment is one day.

use aufruf_engine::Event;
use aufruf_store::{Damage, StoreError};
use jiff::civil::date;

use crate::house::{Desk, Folder, Wish, assert_disk_equals, batch, commit};

const ONE_DAY: Wish = Wish::Wait(24 * 60);

/// A store with some visits on a Monday and some on Tuesday, closed.
fn with_two_days(folder: &Folder) -> Desk {
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    commit(&store, batch(desk.issues(4)));
    let mut overnight = desk.issues(1);
    overnight.extend(desk.asks(ONE_DAY));
    overnight.extend(desk.issues(2));
    commit(&store, batch(overnight));
    commit(&store, batch(desk.issues(1)));
    store.close();
    desk
}

#[test]
fn a_new_day_begins_a_new_segment_also_in_the_middle_of_a_batch() {
    let folder = Folder::new();
    let desk = with_two_days(&folder);
    let opened = folder.open();
    assert_eq!(opened.state, desk.state);
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let closes = |event: &Event| matches!(event, Event::DayClosed { .. });
    let opens = |event: &Event| matches!(event, Event::DayOpened { .. });
    let first = opened.store.records_of(monday).expect("readable");
    assert!(first.last().is_some_and(|record| closes(&record.event)));
    let second = opened.store.records_of(tuesday).expect("readable");
    assert!(second.first().is_some_and(|record| opens(&record.event)));
    assert_eq!((first.len(), second.len()), (7, 4));
    assert_disk_equals(&opened.store, &desk.state);
    let monday = opened.store.tickets_of(monday).expect("readable");
    assert_eq!(monday.len(), 5);
    assert!(
        monday
            .iter()
            .all(|row| row.ticket.state.name() == "expired")
    );
    assert!(
        opened
            .store
            .records_of(date(2026, 11, 25))
            .expect("readable")
            .is_empty()
    );
}

#[test]
fn only_the_last_segment_is_replayed_and_an_older_one_is_checked_when_it_is_read() {
    let folder = Folder::new();
    let desk = with_two_days(&folder);
    folder.meddle("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3");
    let opened = folder.open();
    assert_eq!(opened.state, desk.state);
    let damaged = opened
        .store
        .records_of(date(2026, 11, 23))
        .expect_err("record 3 is damaged");
    assert!(
        matches!(
            damaged,
            StoreError::Damaged {
                damage: Damage::Sum(_),
                ..
            }
        ),
        "{damaged}"
    );
}

#[test]
fn an_older_segment_may_be_gone() {
    let folder = Folder::new();
    let desk = with_two_days(&folder);
    folder.meddle("DELETE FROM journal WHERE day = '2026-11-23'");
    assert_eq!(folder.open().state, desk.state);
}

/// Monday to Friday with visits, and Saturday is open.
fn with_a_week(folder: &Folder) -> (Desk, aufruf_store::Store) {
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    for _ in 0..5 {
        commit(&store, batch(desk.asks(Wish::Open(0))));
        commit(&store, batch(desk.issues(30)));
        commit(&store, batch(desk.asks(Wish::Next(0))));
        commit(&store, batch(desk.asks(ONE_DAY)));
    }
    commit(&store, batch(desk.issues(3)));
    (desk, store)
}

#[test]
fn days_that_are_too_old_go_whole_and_their_sums_stay() {
    let folder = Folder::new();
    let (desk, store) = with_a_week(&folder);
    let forgotten = store.forget_days_before(date(2026, 11, 26)).blocking_recv();
    forgotten.expect("an answer").expect("forgotten");
    for (day, is_there) in [
        (23, false),
        (24, false),
        (25, false),
        (26, true),
        (27, true),
    ] {
        let day = date(2026, 11, day);
        let records = store.records_of(day).expect("readable");
        let visits = store.tickets_of(day).expect("readable");
        assert_eq!(
            (!records.is_empty(), !visits.is_empty()),
            (is_there, is_there),
            "{day}"
        );
        assert!(store.sums_of(day).expect("readable").is_some(), "{day}");
    }
    assert_eq!(folder.count("SELECT count(DISTINCT day) FROM calls"), 2);
    assert_disk_equals(&store, &desk.state);
    store.close();
    assert_eq!(folder.open().state, desk.state);
    assert_eq!(aufruf_store::verify(folder.path()).expect("sound").days, 3);
}

/// Of the clock of the far future: the day that is open stays, whatever anybody thinks.
#[test]
fn the_day_that_is_open_is_never_forgotten() {
    let folder = Folder::new();
    let (desk, store) = with_a_week(&folder);
    let forgotten = store.forget_days_before(date(2099, 1, 1)).blocking_recv();
    forgotten.expect("an answer").expect("forgotten");
    assert_disk_equals(&store, &desk.state);
    store.close();
    assert_eq!(folder.open().state, desk.state);
    assert_eq!(aufruf_store::verify(folder.path()).expect("sound").days, 1);
}

/// A few rows at a time: wherever the power went, what is left of a day is its beginning.
#[test]
fn a_day_that_is_half_forgotten_is_no_damage() {
    let folder = Folder::new();
    let (desk, store) = with_a_week(&folder);
    store.close();
    folder.meddle(
        "DELETE FROM journal WHERE seq IN
             (SELECT seq FROM journal WHERE day = '2026-11-23' ORDER BY seq DESC LIMIT 20)",
    );
    let opened = folder.open();
    assert_eq!(opened.state, desk.state);
    let forgotten = opened
        .store
        .forget_days_before(date(2026, 11, 24))
        .blocking_recv();
    forgotten.expect("an answer").expect("forgotten");
    opened.store.close();
    assert_eq!(aufruf_store::verify(folder.path()).expect("sound").days, 5);
}
