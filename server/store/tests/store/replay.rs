//! What was committed is what comes back, whatever was done and however often.

use aufruf_engine::Record;
use proptest::prelude::*;

use crate::house::{Desk, Folder, Wish, any_wish, assert_disk_equals, batch, commit};

#[derive(Debug, Clone, Copy)]
enum Move {
    Ask(Wish),
    /// What was decided so far goes to the disk as one batch.
    Commit,
    Snapshot,
    Restart,
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        20 => any_wish().prop_map(Move::Ask),
        6 => Just(Move::Commit),
        2 => Just(Move::Snapshot),
        1 => Just(Move::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_state_after_any_restart_is_the_state_before_it(
        moves in prop::collection::vec(any_move(), 1..150),
    ) {
        let folder = Folder::new();
        let (mut desk, mut store) = (Desk::new(), folder.open().store);
        let mut decided: Vec<Record> = desk.opens();
        for next in moves.into_iter().chain([Move::Restart]) {
            match next {
                Move::Ask(wish) => decided.extend(desk.asks(wish)),
                Move::Commit => commit(&store, batch(std::mem::take(&mut decided))),
                Move::Snapshot => store.snapshot().expect("a snapshot is written"),
                Move::Restart => {
                    commit(&store, batch(std::mem::take(&mut decided)));
                    store.close();
                    let opened = folder.open();
                    prop_assert_eq!(&opened.state, &desk.state);
                    store = opened.store;
                }
            }
        }
        prop_assert_eq!(&store.rebuild().expect("readable"), &desk.state);
        assert_disk_equals(&store, &desk.state);
        store.close();
        let misnamed = "SELECT count(*) FROM journal WHERE kind <> payload ->> '$.event'";
        prop_assert_eq!(folder.count(misnamed), 0);
    }
}
