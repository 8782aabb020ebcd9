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
