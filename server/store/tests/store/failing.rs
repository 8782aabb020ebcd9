//! A commit that fails: nothing of it is on disk, and nothing goes on until the state is rebuilt.

use aufruf_engine::EventSeq;
use aufruf_store::{Batch, CommitError, Opened, Store, StoreOptions};

use crate::house::{Desk, Folder, answer, batch, commit};

/// A database that a morning fits into, but no answer of a megabyte.
const SMALL: StoreOptions = StoreOptions {
    max_pages: Some(100),
};

fn open_small(folder: &Folder) -> Opened {
    Store::open_with(folder.path(), SMALL).expect("the store opens")
}

/// A ticket and an answer that does not fit any more.
fn too_large(desk: &mut Desk) -> Batch {
    let body = "x".repeat(1 << 20);
    Batch {
        records: desk.issues(1),
        answers: vec![answer("key-1", desk.now, &body)],
        ..Batch::default()
    }
}

#[test]
fn on_a_full_disk_the_batch_fails_and_all_behind_it_until_the_state_is_rebuilt() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = open_small(&folder).store;
    commit(&store, batch(desk.opens()));
    let sound = store.commit(batch(desk.issues(2)));
    let mut lost = desk.clone();
    let full = store.commit(too_large(&mut lost));
    let behind = store.commit(batch(lost.issues(1)));
    let only_answer = Batch {
        records: vec![],
        answers: vec![answer("key-2", lost.now, "ok")],
        ..Batch::default()
    };
    let behind_too = store.commit(only_answer);

    sound.blocking_recv().expect("an answer").expect("on disk");
    let error = full
        .blocking_recv()
        .expect("an answer")
        .expect_err("the disk is full");
    let CommitError::Failed { source, .. } = &error else {
        panic!("{error}")
    };
    assert!(source.to_string().contains("full"), "{source}");
    for refused in [behind, behind_too] {
        let error = refused
            .blocking_recv()
            .expect("an answer")
            .expect_err("decided on nothing");
        assert!(matches!(error, CommitError::StateLost), "{error}");
    }
    assert_eq!(
        folder.count("SELECT max(seq) FROM journal"),
        desk.state.last_seq().0
    );
    assert_eq!(folder.count("SELECT count(*) FROM tickets"), 2);
    assert_eq!(folder.count("SELECT count(*) FROM answers"), 0);

    assert_eq!(store.rebuild().expect("readable"), desk.state);
    commit(&store, batch(desk.issues(1)));
    store.close();
    assert_eq!(folder.open().state, desk.state);
}

#[test]
fn a_failed_batch_can_be_decided_again_after_the_rebuild() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = open_small(&folder).store;
    commit(&store, batch(desk.opens()));
    for _ in 0..3 {
        let full = store
            .commit(too_large(&mut desk))
            .blocking_recv()
            .expect("an answer");
        full.expect_err("the disk is full");
        desk.state = store.rebuild().expect("readable");
        commit(&store, batch(desk.issues(1)));
    }
    assert_eq!(desk.state.last_seq(), EventSeq(4));
    store.close();
    assert_eq!(folder.open().state, desk.state);
}

#[test]
fn more_batches_than_the_disk_takes_are_refused_at_once_and_lose_nothing() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    let other = folder.look();
    other
        .execute_batch("BEGIN IMMEDIATE")
        .expect("somebody else writes");
    let waiting: Vec<_> = (0..40)
        .map(|_| store.commit(batch(desk.issues(1))))
        .collect();
    other
        .execute_batch("COMMIT")
        .expect("somebody else is done");
    let mut on_disk = 1;
    let mut overrun = 0;
    for written in waiting {
        match written.blocking_recv().expect("an answer") {
            Ok(()) => on_disk += 1,
            Err(CommitError::Overrun) => overrun += 1,
            Err(error) => assert!(matches!(error, CommitError::StateLost), "{error}"),
        }
    }
    assert!(overrun > 0, "40 are more than fit");
    let only_answer = Batch {
        records: vec![],
        answers: vec![answer("key-1", desk.now, "A040")],
        ..Batch::default()
    };
    let refused = store
        .commit(only_answer)
        .blocking_recv()
        .expect("an answer");
    assert!(matches!(refused, Err(CommitError::StateLost)));
    let state = store.rebuild().expect("readable");
    assert_eq!(
        state.last_seq(),
        EventSeq(on_disk),
        "what was acknowledged, and no more"
    );
    desk.state = state;
    commit(&store, batch(desk.issues(1)));
}

#[test]
fn records_that_do_not_follow_the_journal_are_refused() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    desk.issues(1);
    let gap = store
        .commit(batch(desk.issues(1)))
        .blocking_recv()
        .expect("an answer");
    let error = gap.expect_err("record 2 was never handed over");
    assert!(
        matches!(
            error,
            CommitError::OutOfOrder {
                expected: 2,
                found: 3
            }
        ),
        "{error}"
    );
    assert_eq!(store.rebuild().expect("readable").last_seq(), EventSeq(1));
}

#[test]
fn a_journal_begins_with_a_day() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    desk.opens();
    let mut records = desk.issues(1);
    records[0].seq = EventSeq(1);
    let refused = store
        .commit(batch(records))
        .blocking_recv()
        .expect("an answer");
    assert!(matches!(refused, Err(CommitError::NoDay)));
}

#[test]
fn a_time_that_would_read_back_otherwise_is_refused() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    let mut records = desk.opens();
    records[0].at += jiff::SignedDuration::from_nanos(1);
    let refused = store
        .commit(batch(records))
        .blocking_recv()
        .expect("an answer");
    let error = refused.expect_err("the journal keeps milliseconds");
    assert!(
        matches!(error, CommitError::FinerThanMilliseconds { seq: 1, .. }),
        "{error}"
    );
}

#[test]
fn an_event_about_a_ticket_that_is_not_there_is_refused() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(&store, batch(desk.opens()));
    let mut records = desk.issues(1);
    let ticket = desk.state.tickets().next().expect("one").id;
    records[0].event = aufruf_engine::Event::VisitParked { ticket };
    let refused = store
        .commit(batch(records))
        .blocking_recv()
        .expect("an answer");
    assert!(matches!(refused, Err(CommitError::Failed { .. })));
    assert_eq!(store.rebuild().expect("readable").last_seq(), EventSeq(1));
}
