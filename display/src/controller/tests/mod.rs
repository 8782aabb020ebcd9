//! A day at the display, as the office tells it.

mod wallboard;

use aufruf_protocol::latest::Arrow;

use super::*;
use wallboard::{Wallboard, call};

#[test]
fn a_call_fills_the_large_field_and_is_reported_once_it_is_drawn() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    assert_eq!(
        wall.painted(),
        [0; 0],
        "nothing is painted before it is drawn"
    );
    assert!(wall.draws());
    assert_eq!(wall.painted(), [1]);
    let current = wall.last.current.clone().expect("a call");
    assert_eq!((&*current.number, &*current.counter), ("A012", "Platz 4"));
    assert_eq!((current.arrow, &*current.way), (Arrow::Right, "Raum 1.07"));
    assert!(current.announcing && !current.again);
    assert!(wall.list().is_empty());
    assert!(!wall.draws(), "what has not changed is not drawn again");
}

#[test]
fn the_clock_is_the_offices_and_a_queue_tells_its_wait() {
    let mut wall = Wallboard::in_an_office();
    wall.draws();
    assert_eq!(wall.last.clock, "10:42");
    let queue = &wall.last.queues[0];
    assert_eq!((&*queue.name, queue.waiting), ("Ausweise", 14));
    assert_eq!(queue.wait, Wait::Minutes { low: 25, high: 35 });
}

#[test]
fn calls_are_announced_one_after_the_other_and_stand_in_the_list_meanwhile() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.is_called(2, 13);
    wall.draws();
    assert_eq!(
        wall.painted(),
        [1, 2],
        "who waits to be announced is on the wall already"
    );
    assert_eq!((wall.large(), wall.list()), (Some("A012"), vec!["A013"]));
    assert!(wall.last.list[0].coming);
    assert_eq!(wall.chimed(), [1]);

    wall.chime_ends(1);
    assert_eq!(wall.announced(), [1]);
    wall.draws();
    assert_eq!(
        wall.large(),
        Some("A012"),
        "a call stays long enough to be read"
    );

    wall.time_goes_by(1, Span::Full);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (Some("A013"), vec!["A012"]));
    assert!(!wall.last.list[0].coming);
    assert_eq!(wall.chimed(), [1, 2]);
    assert_eq!(
        wall.painted(),
        [1, 2],
        "moving to the large field is no second painting"
    );
}

#[test]
fn a_chime_is_never_cut_off_by_the_next_call() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.is_called(2, 13);
    wall.time_goes_by(1, Span::Short);
    wall.time_goes_by(1, Span::Full);
    assert_eq!(wall.chimed(), [1]);
    wall.chime_ends(1);
    assert_eq!(wall.chimed(), [1, 2]);
}

#[test]
fn when_many_wait_each_call_is_shown_more_shortly() {
    let mut wall = Wallboard::in_an_office();
    for id in 1..=5 {
        wall.is_called(id, u128::from(id));
    }
    wall.chime_ends(1);
    wall.time_goes_by(1, Span::Short);
    assert_eq!(wall.chimed(), [1, 2]);
    wall.chime_ends(2);
    wall.time_goes_by(2, Span::Short);
    wall.chime_ends(3);
    wall.time_goes_by(3, Span::Short);
    assert_eq!(wall.chimed(), [1, 2, 3], "two more have the time to wait");
}

#[test]
fn fifty_calls_at_once_are_all_painted_once_and_announced_in_their_order() {
    let mut wall = Wallboard::in_an_office();
    for id in 1..=50 {
        wall.is_called(id, u128::from(id));
    }
    wall.draws();
    assert_eq!(
        wall.painted(),
        (1..=37).collect::<Vec<_>>(),
        "the large field and 36 places"
    );
    for id in 1..=50 {
        wall.is_announced(id);
        wall.draws();
    }
    let all: Vec<u64> = (1..=50).collect();
    assert_eq!(wall.painted(), all);
    assert_eq!(wall.announced(), all);
    assert_eq!(wall.chimed(), all);
}

#[test]
fn the_list_has_six_places_and_grows_only_for_calls_that_are_fresh() {
    let mut wall = Wallboard::in_an_office();
    for id in 1..=10 {
        wall.is_called(id, u128::from(id));
        wall.draws();
        wall.is_announced(id);
    }
    wall.draws();
    assert_eq!(wall.list().len(), 9);
    wall.now += SignedDuration::from_secs(61);
    wall.draws();
    assert_eq!(
        wall.list(),
        ["A009", "A008", "A007", "A006", "A005", "A004"]
    );
}

#[test]
fn a_call_is_not_painted_again_after_a_reconnect_and_a_missed_one_is_shown() {
    let mut wall = Wallboard::in_an_office();
    let first = call(1, 12, wall.now);
    wall.is_told(first.clone());
    wall.draws();
    wall.is_announced(1);
    wall.takes(&Update::Link(Link::Stale { since: wall.now }));
    wall.draws();
    wall.done.clear();

    let missed = call(2, 13, wall.now);
    wall.connects(&[first, missed]);
    wall.draws();
    assert_eq!(
        wall.painted(),
        [1, 2],
        "the first is only said again: its report may be lost"
    );
    assert_eq!(wall.announced(), [1]);
    assert_eq!(wall.chimed(), [2]);
    assert_eq!((wall.large(), wall.list()), (Some("A013"), vec!["A012"]));
}

#[test]
fn an_old_call_of_a_snapshot_is_shown_in_silence() {
    let mut wall = Wallboard::switched_on();
    let old = call(
        1,
        12,
        wall.now - ANNOUNCE_MAX_AGE - SignedDuration::from_secs(1),
    );
    let young = call(2, 13, wall.now - ANNOUNCE_MAX_AGE);
    wall.connects(&[old, young]);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (Some("A013"), vec!["A012"]));
    assert_eq!(wall.painted(), [1, 2]);
    assert_eq!(wall.chimed(), [2]);
}

#[test]
fn an_office_that_begins_anew_with_small_ids_is_shown_all_the_same() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(500, 12);
    wall.draws();
    wall.connects(&[call(1, 99, wall.now)]);
    wall.draws();
    assert_eq!(wall.large(), Some("A099"));
    assert!(wall.painted().ends_with(&[1]));
}

#[test]
fn a_recall_is_announced_again_and_marked() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.draws();
    wall.is_announced(1);
    let mut again = call(2, 12, wall.now);
    again.nth = 2;
    wall.is_told(again);
    wall.draws();
    let current = wall.last.current.clone().expect("a call");
    assert!(current.again && current.announcing);
    assert!(
        wall.list().is_empty(),
        "the same visitor does not stand there twice"
    );
    assert_eq!((wall.painted(), wall.chimed()), (vec![1, 2], vec![1, 2]));
}

#[test]
fn a_finished_visit_leaves_the_wall_at_once_and_the_next_one_is_announced() {
    let mut wall = Wallboard::in_an_office();
    for id in 1..=3 {
        wall.is_called(id, u128::from(id));
    }
    wall.draws();
    wall.loses(1);
    wall.loses(3);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (Some("A002"), vec![]));
    assert_eq!(wall.chimed(), [1, 2]);
    wall.loses(2);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (None, vec![]));
    wall.chime_ends(1);
    assert_eq!(
        wall.announced(),
        [0; 0],
        "a withdrawn call is not announced"
    );
}

#[test]
fn a_visitor_called_again_while_being_announced_leaves_as_a_whole() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.is_called(2, 12);
    wall.draws();
    assert_eq!(wall.painted(), [1, 2]);
    wall.loses(2);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (None, vec![]));
}

#[test]
fn a_call_that_a_snapshot_does_not_hold_any_more_has_gone() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.is_called(2, 13);
    wall.draws();
    wall.connects(&[call(2, 13, wall.now)]);
    wall.draws();
    assert_eq!((wall.large(), wall.list()), (Some("A013"), vec![]));
}

#[test]
fn a_frame_that_was_never_drawn_reports_nothing() {
    let mut wall = Wallboard::in_an_office();
    wall.draws();
    wall.is_called(1, 12);
    let (skipped, _) = wall.controller.next_frame(wall.now).expect("a frame");
    wall.loses(1);
    wall.draws();
    assert_eq!(wall.painted(), [0; 0]);
    wall.controller.frame_drawn(skipped, wall.now);
    wall.works();
    assert_eq!(wall.painted(), [0; 0]);
}

#[test]
fn a_lost_line_is_told_with_its_time_and_the_calls_stay() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.draws();
    let since = wall.now;
    wall.now += SignedDuration::from_mins(3);
    wall.takes(&Update::Link(Link::Stale { since }));
    wall.draws();
    assert_eq!(
        wall.last.line,
        Line::Stale {
            since: "10:42".to_owned()
        }
    );
    assert_eq!(wall.large(), Some("A012"));
    wall.takes(&Update::Link(Link::Live));
    wall.draws();
    assert_eq!(wall.last.line, Line::Live);
}

#[test]
fn an_office_that_was_never_reached_is_connecting_whatever_the_line_says() {
    let mut wall = Wallboard::switched_on();
    wall.takes(&Update::Link(Link::Stale { since: wall.now }));
    wall.draws();
    assert!(matches!(wall.last.line, Line::Connecting { .. }));
}

#[test]
fn without_a_sound_card_calls_are_shown_for_their_time_and_the_fault_is_told() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.controller
        .sound_over(CallId(1), Err("no card".to_owned()));
    wall.works();
    assert_eq!(
        wall.faults().last(),
        Some(&vec!["sound: no card".to_owned()])
    );
    assert_eq!(wall.announced(), [0; 0]);
    wall.time_goes_by(1, Span::Short);
    assert_eq!(wall.announced(), [0; 0]);
    wall.time_goes_by(1, Span::Full);

    wall.is_called(2, 13);
    wall.chime_ends(2);
    assert_eq!(wall.faults().last(), Some(&vec![]), "the card is back");
    assert_eq!(wall.announced(), [2], "nobody heard the first call");
}

#[test]
fn a_chime_that_never_ends_does_not_hold_the_next_call_for_ever() {
    let mut wall = Wallboard::in_an_office();
    wall.is_called(1, 12);
    wall.is_called(2, 13);
    for span in Span::ALL {
        wall.time_goes_by(1, span);
    }
    assert_eq!((wall.announced(), wall.chimed()), (vec![], vec![1, 2]));
    assert_eq!(
        wall.faults().last(),
        Some(&vec!["sound: the chime did not end".to_owned()])
    );
}
