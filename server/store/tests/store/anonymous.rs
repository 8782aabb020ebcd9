//! A day that is closed becomes anonymous, and stays a whole day.

use aufruf_engine::{Event, TicketId, TicketState};
use aufruf_store::{Damage, Remnant, Store, StoreError, back_up, scan_privacy};
use jiff::civil::{Date, date};

use crate::house::{Desk, Folder, Wish, assert_disk_equals, batch, commit, id, until};

const MONDAY: Date = date(2026, 11, 23);
const TUESDAY: Date = date(2026, 11, 24);

/// Monday: people take tickets, one comes with an appointment, one books for Tuesday. Then Tuesday.
fn with_closed_monday(folder: &Folder) -> (Desk, Store) {
    let (mut desk, store) = (Desk::new(), folder.open().store);
    let mut records = desk.opens();
    records.extend(desk.issues(9));
    for (n, quarters) in [(50, 8), (51, 100)] {
        let booking = desk.book(n, quarters);
        records.extend(desk.does(&booking));
    }
    records.extend(desk.asks(Wish::Change(0, 2)));
    commit(&store, batch(records));
    store.snapshot().expect("written");
    let mut night = desk.asks(Wish::Wait(24 * 60));
    night.extend(desk.issues(2));
    commit(&store, batch(night));
    (desk, store)
}

fn is_anonymous(folder: &Folder) -> bool {
    let done = "SELECT max(iif(name = 'anonymised_to', value, 0)) + 1
        >= max(iif(name = 'segment_from', value, 0)) FROM meta";
    folder.count(done) == 1
}

/// The languages, needs and codes that the journal of a day tells.
#[track_caller]
fn told(store: &Store, day: Date) -> Vec<String> {
    let records = store.records_of(day).expect("a whole day");
    let events = records.iter().map(|record| record.event.encode());
    let is_told = |event: &String| {
        ["\"de\"", "\"uk\"", "induction_loop\"],\"pr", "code-"]
            .iter()
            .any(|word| event.contains(word))
    };
    events.filter(is_told).collect()
}

#[test]
fn a_closed_day_tells_no_language_no_needs_and_no_codes() {
    let folder = Folder::new();
    let (desk, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    assert_eq!(told(&store, MONDAY), Vec::<String>::new());
    for row in store.tickets_of(MONDAY).expect("readable") {
        let ticket = row.ticket;
        assert_eq!((ticket.language.as_str(), ticket.needs.len()), ("und", 0));
        assert!(
            ticket
                .appointment
                .is_none_or(|booked| booked.code.is_none())
        );
    }
    assert_eq!(folder.count("SELECT count(*) FROM snapshots"), 0);
    assert!(!told(&store, TUESDAY).is_empty(), "the open day keeps them");
    assert_disk_equals(&store, &desk.state);
    assert_eq!(store.rebuild().expect("readable"), desk.state);
}

#[test]
fn the_journal_of_an_anonymous_day_is_whole_and_gives_its_visits() {
    let folder = Folder::new();
    let (_, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    let records = store.records_of(MONDAY).expect("every checksum is right");
    let replayed = aufruf_engine::replay(&records);
    assert_eq!(replayed.tickets().count(), 10);
    for ticket in replayed.tickets() {
        let row = store.ticket(ticket.id).expect("readable").expect("there");
        assert_eq!(&row.ticket, ticket);
        assert!(matches!(ticket.state, TicketState::Expired { .. }));
    }
}

#[test]
fn an_appointment_of_the_day_that_is_open_keeps_what_its_visitor_said() {
    let folder = Folder::new();
    let (_, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    let row = store
        .ticket(id(51))
        .expect("readable")
        .expect("it is today");
    assert_eq!((row.day, row.ticket.language.as_str()), (TUESDAY, "uk"));
    let appointment = row.ticket.appointment.expect("agreed");
    assert_eq!(appointment.code.as_deref(), Some("code-51"));
}

#[test]
fn what_a_stop_left_undone_is_done_after_the_next_start() {
    let folder = Folder::new();
    let (desk, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    store.close();
    folder.meddle("UPDATE meta SET value = 3 WHERE name = 'anonymised_to'");
    let opened = folder.open();
    until(|| is_anonymous(&folder));
    assert_eq!(told(&opened.store, MONDAY), Vec::<String>::new());
    assert_disk_equals(&opened.store, &desk.state);
}

#[test]
fn a_long_day_is_made_anonymous_in_pieces_between_the_batches() {
    let folder = Folder::new();
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    for _ in 0..6 {
        commit(&store, batch(desk.issues(250)));
    }
    commit(&store, batch(desk.asks(Wish::Wait(24 * 60))));
    while !is_anonymous(&folder) {
        commit(&store, batch(desk.issues(1)));
    }
    assert_eq!(told(&store, MONDAY), Vec::<String>::new());
    let left = "SELECT count(*) FROM tickets WHERE day = '2026-11-23' AND language <> 'und'";
    assert_eq!(folder.count(left), 0);
    assert_disk_equals(&store, &desk.state);
}

#[test]
fn a_day_that_nobody_was_in_is_anonymous_too() {
    let folder = Folder::new();
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    for _ in 0..3 {
        commit(&store, batch(desk.asks(Wish::Wait(24 * 60))));
    }
    until(|| is_anonymous(&folder));
    assert_disk_equals(&store, &desk.state);
}

#[test]
fn a_damaged_record_of_a_closed_day_stays_damaged_and_stops_nothing() {
    let folder = Folder::new();
    let (desk, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    store.close();
    folder.meddle(
        "UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3;
         UPDATE meta SET value = 0 WHERE name = 'anonymised_to'",
    );
    let opened = folder.open();
    assert_eq!(opened.state, desk.state);
    until(|| is_anonymous(&folder));
    let refused = opened.store.records_of(MONDAY).expect_err("damaged");
    let StoreError::Damaged { damage, .. } = refused else {
        panic!("{refused}");
    };
    assert!(matches!(damage, Damage::Sum(_)), "{damage}");
}

#[test]
fn the_sums_of_a_closed_day_are_kept() {
    let folder = Folder::new();
    let (_, store) = with_closed_monday(&folder);
    let sums = store.sums_of(MONDAY).expect("readable").expect("closed");
    let walk_ins: u32 = sums.queues.values().map(|queue| queue.walk_ins).sum();
    let no_shows: u32 = sums.queues.values().map(|queue| queue.no_shows).sum();
    assert_eq!((walk_ins, no_shows), (9, 1));
    assert_eq!(store.sums_of(TUESDAY).expect("readable"), None);
    let records = store.records_of(MONDAY).expect("readable");
    let closed = records.last().map(|record| &record.event);
    assert!(matches!(closed, Some(Event::DayClosed { sums: told, .. }) if *told == sums));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures; records nothing")]
#[ignore = "prints figures; run it alone, in a release build"]
fn how_long_a_day_of_a_hundred_thousand_tickets_takes() {
    use std::time::Instant;
    let folder = Folder::new();
    let (mut desk, store) = (Desk::new(), folder.open().store);
    commit(&store, batch(desk.opens()));
    let first = desk.issues(1).remove(0);
    commit(&store, batch(vec![first.clone()]));
    let mut seq = first.seq.0;
    for n in 0..200_u128 {
        let records = (0..500_u128).map(|m| {
            let mut record = first.clone();
            seq += 1;
            record.seq.0 = seq;
            if let Event::TicketIssued { ticket, number, .. } = &mut record.event {
                *ticket = TicketId(uuid::Uuid::from_u128(1000 + n * 500 + m));
                number.label = format!("A{:06}", 10 + n * 500 + m);
            }
            record
        });
        commit(&store, batch(records.collect()));
    }
    let mut state = store.rebuild().expect("readable");
    let started = Instant::now();
    desk.state = std::mem::take(&mut state);
    let closing = desk.asks(Wish::Wait(24 * 60));
    eprintln!("engine decides the close: {:?}", started.elapsed());
    let started = Instant::now();
    commit(&store, batch(closing));
    eprintln!("commit that closes the day: {:?}", started.elapsed());
    let started = Instant::now();
    let mut waits = Vec::new();
    while !is_anonymous(&folder) {
        let asked = Instant::now();
        commit(&store, batch(desk.issues(1)));
        waits.push(asked.elapsed());
    }
    waits.sort();
    eprintln!(
        "anonymous after {:?} beside {} commits; a commit waits {:?} in the middle, {:?} at most",
        started.elapsed(),
        waits.len(),
        waits[waits.len() / 2],
        waits[waits.len() - 1],
    );
}

/// Nobody makes a database anonymous any more that lies aside: so its days are told as soon as they are over.
#[test]
fn a_scan_reads_the_days_of_what_lies_aside() {
    let folder = Folder::new();
    let (mut desk, store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    let aside = folder.path().join("aside-2026-11-24T090000000Z");
    std::fs::create_dir(&aside).expect("a folder");
    let copy = aside.join("aufruf.db");
    folder
        .look()
        .execute("VACUUM INTO ?1", [copy.to_str().expect("UTF-8")])
        .expect("copied");
    let found = || scan_privacy(folder.path(), None).expect("readable").found;
    assert_eq!(found(), [], "Tuesday is open here, too");
    let wednesday = desk.asks(Wish::Wait(24 * 60));
    commit(&store, batch(wednesday));
    until(|| is_anonymous(&folder));
    let found = found();
    let is_aside =
        |remnant: &Remnant| matches!(remnant, Remnant::RecordIn { file, .. } if *file == copy);
    assert!(found.len() == 1 && is_aside(&found[0]), "{found:?}");
    std::fs::write(&copy, "The disk has spoiled it.").expect("written");
    let scan = scan_privacy(folder.path(), None).expect("readable");
    assert_eq!((scan.found, scan.unread), (Vec::new(), vec![copy]));
}

#[test]
fn a_scan_reads_the_days_of_the_newest_backup() {
    let (folder, backups) = (Folder::new(), Folder::new());
    let (desk, _store) = with_closed_monday(&folder);
    until(|| is_anonymous(&folder));
    let made = back_up(folder.path(), backups.path(), desk.now).expect("made");
    let scan = || scan_privacy(folder.path(), Some(backups.path())).expect("readable");
    assert_eq!(scan().found, []);
    let spoiled = rusqlite::Connection::open(&made.file).expect("the backup");
    spoiled
        .execute(
            "UPDATE meta SET value = (SELECT max(seq) FROM journal) WHERE name = 'anonymised_to'",
            (),
        )
        .expect("written");
    let found = scan().found;
    let file = &made.file;
    let is_backup = |remnant: &Remnant| matches!(remnant, Remnant::RecordIn { file: found, .. } if found == file);
    assert!(found.len() == 1 && is_backup(&found[0]), "{found:?}");
}
