//! Whose turn it is once others have been put before, and whom a lost place is counted against.

use aufruf_engine::{Command, Why};

use crate::common::{TestOffice, close, house_with, open, skills, to_counter};

/// Three calls of `counter-1` that put others before; then nobody waits.
fn after_three_favoured(office: &mut TestOffice) {
    let behind = office.takes(&["id-card"]);
    for _ in 0..3 {
        office.takes_with_priority(&["id-card"], 1);
        let (_, why) = office.next_and_why("counter-1");
        assert!(why.is_favoured(), "{why:?}");
    }
    office.does(Command::Cancel { ticket: behind });
    assert_eq!(office.counter("counter-1").favoured, 3);
}

#[test]
fn the_turn_of_others_is_no_turn_of_those_who_came_later() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    after_three_favoured(&mut office);
    let first = office.takes_with_priority(&["id-card"], 2);
    office.takes(&["id-card"]);
    assert_eq!(office.next_and_why("counter-1"), (first, Why::FirstInLine));
}

#[test]
fn the_turn_of_others_is_no_turn_of_those_whom_the_counter_only_helps_out_with() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.counters[0].helps_out = skills(&["pick-up"]);
    }));
    office.does(open("counter-1"));
    after_three_favoured(&mut office);
    office.takes(&["pick-up"]);
    let own = office.takes(&["id-card"]);
    assert_eq!(office.next_and_why("counter-1"), (own, Why::OwnService));
}

#[test]
fn only_those_of_the_own_priority_who_may_go_anywhere_count_as_places_lost() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].rules.requeue_loss_places = 1;
    }));
    office.does(open("counter-1"));
    office.does(open("counter-2"));
    let missed = office.takes(&["id-card"]);
    office.misses(missed, "counter-1");
    let other_class = office.takes_with_priority(&["id-card"], 2);
    let sent = office.takes(&["id-card"]);
    office.does(to_counter(sent, "counter-2"));
    let behind = office.takes(&["id-card"]);
    let last = office.takes(&["id-card"]);
    office.does(Command::Requeue { ticket: missed });
    for expected in [other_class, behind, missed, last] {
        assert_eq!(office.next_and_why("counter-1").0, expected);
    }
    office.does(close("counter-1"));
    assert_eq!(office.next("counter-2"), sent);
}
