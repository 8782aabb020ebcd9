//! Answers kept for idempotency keys.

use aufruf_store::{Batch, CommitError};
use jiff::SignedDuration;

use crate::house::{Desk, Folder, answer, batch, commit};

#[test]
fn an_answer_is_found_by_device_and_key_also_after_a_restart() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let given = answer("key-1", desk.now, "A001");
    let store = folder.open().store;
    commit(
        &store,
        Batch {
            records: desk.opens(),
            answers: vec![given.clone()],
            ..Batch::default()
        },
    );
    assert_eq!(
        store.answer("panel-1", "key-1").expect("readable"),
        Some(given.clone())
    );
    assert_eq!(store.answer("panel-2", "key-1").expect("readable"), None);
    assert_eq!(store.answer("panel-1", "key-2").expect("readable"), None);
    store.close();
    let store = folder.open().store;
    assert_eq!(
        store.answer("panel-1", "key-1").expect("readable"),
        Some(given)
    );
}

#[test]
fn the_first_answer_under_a_key_stands() {
    let (folder, desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    for body in ["A001", "A002"] {
        let answers = vec![answer("key-1", desk.now, body)];
        commit(
            &store,
            Batch {
                records: Vec::new(),
                answers,
                ..Batch::default()
            },
        );
    }
    let kept = store
        .answer("panel-1", "key-1")
        .expect("readable")
        .expect("kept");
    assert_eq!(kept.body, "A001");
}

#[test]
fn answers_from_before_a_time_are_forgotten_and_later_ones_kept() {
    let (folder, desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    let later = desk.now + SignedDuration::from_hours(24);
    let answers = vec![
        answer("old", desk.now, "A001"),
        answer("new", later, "A002"),
    ];
    commit(
        &store,
        Batch {
            records: Vec::new(),
            answers,
            ..Batch::default()
        },
    );
    let forgotten = store
        .forget_answers_before(later)
        .blocking_recv()
        .expect("the writer lives");
    forgotten.expect("forgotten");
    assert_eq!(store.answer("panel-1", "old").expect("readable"), None);
    assert!(store.answer("panel-1", "new").expect("readable").is_some());
}

#[test]
fn a_forgotten_answer_is_on_the_disk_no_more() {
    let (folder, desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    let answers = vec![answer("old", desk.now, "said-to-one-visitor")];
    commit(
        &store,
        Batch {
            records: Vec::new(),
            answers,
            ..Batch::default()
        },
    );
    let later = desk.now + SignedDuration::from_hours(24);
    let forgotten = store.forget_answers_before(later).blocking_recv();
    forgotten.expect("the writer lives").expect("forgotten");
    store.close();
    let words = b"said-to-one-visitor";
    let left = std::fs::read(folder.database()).expect("the file");
    assert!(!left.windows(words.len()).any(|found| found == words));
}

#[test]
fn a_whole_day_is_forgotten_between_the_batches() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    let answers = (0..5000)
        .map(|n| answer(&n.to_string(), desk.now, "A001"))
        .collect();
    commit(
        &store,
        Batch {
            records: desk.opens(),
            answers,
            ..Batch::default()
        },
    );
    let later = desk.now + SignedDuration::from_hours(24);
    let other = folder.look();
    other
        .execute_batch("BEGIN IMMEDIATE")
        .expect("somebody else writes");
    let forgotten = store.forget_answers_before(later);
    let twice = store.forget_answers_before(later);
    let ticket = store.commit(batch(desk.issues(1)));
    other
        .execute_batch("COMMIT")
        .expect("somebody else is done");
    let twice = twice.blocking_recv().expect("the writer lives");
    let under_way = twice.expect_err("the first is still under way when the writer reads this");
    assert!(matches!(under_way, CommitError::Overrun), "{under_way}");
    ticket
        .blocking_recv()
        .expect("the writer lives")
        .expect("on disk");
    forgotten
        .blocking_recv()
        .expect("the writer lives")
        .expect("forgotten");
    assert_eq!(folder.count("SELECT count(*) FROM answers"), 0);
}
