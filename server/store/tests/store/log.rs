//! The write-ahead log is taken in beside the commits, and does not grow for ever.

use aufruf_store::Batch;

use crate::house::{Desk, Folder, answer, commit};

const MIB: u64 = 1 << 20;

#[test]
fn a_writer_that_never_rests_does_not_let_the_log_grow_for_ever() {
    let (folder, mut desk) = (Folder::new(), Desk::new());
    let store = folder.open().store;
    commit(
        &store,
        Batch {
            records: desk.opens(),
            answers: vec![],
            ..Batch::default()
        },
    );
    let body = "x".repeat(128 * 1024);
    for n in 0..800 {
        let answers = vec![answer(&n.to_string(), desk.now, &body)];
        commit(
            &store,
            Batch {
                records: desk.issues(1),
                answers,
                ..Batch::default()
            },
        );
    }
    let size = |name: &str| {
        std::fs::metadata(folder.path().join(name))
            .expect("there")
            .len()
    };
    assert!(
        size("aufruf.db") > 40 * MIB,
        "the log was taken in meanwhile"
    );
    assert!(size("aufruf.db-wal") < 60 * MIB, "100 MiB were written");
    store.close();
    assert!(
        !folder.path().join("aufruf.db-wal").exists(),
        "a closed store leaves no log"
    );
    assert_eq!(folder.open().state, desk.state);
}
