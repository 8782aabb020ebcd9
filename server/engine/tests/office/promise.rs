//! The window that a visitor is told: wide, but in order and never absurd.

use aufruf_engine::Promise;
use jiff::{SignedDuration, Timestamp};

use crate::common::{TestOffice, at, house, ids_with, open, time};

#[test]
fn nothing_is_promised_while_no_open_counter_offers_the_service() {
    let office = TestOffice::with_counters(&["counter-4"]);
    assert_eq!(office.promise("id-card"), None);
    assert_eq!(office.promise("no such service"), None);
    assert_eq!(TestOffice::not_set_up().promise("id-card"), None);
    assert!(office.promise("birth").is_some());
}

#[test]
fn with_a_free_counter_and_nobody_ahead_the_call_may_come_at_once() {
    let office = TestOffice::with_counters(&["counter-1"]);
    let promise = office.promise("id-card").expect("a counter is open");
    assert_eq!((promise.low, promise.mid), (office.now(), office.now()));
    assert!(promise.high <= office.now() + SignedDuration::from_mins(5));
}

#[test]
fn more_people_ahead_are_a_longer_wait_and_more_counters_a_shorter_one() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let mid = |office: &TestOffice| office.promise("id-card").expect("a counter is open").mid;
    let mut before = mid(&office);
    for _ in 0..5 {
        office.takes(&["id-card"]);
        assert!(mid(&office) > before);
        before = mid(&office);
    }
    office.does(open("counter-2"));
    assert!(mid(&office) < before);
}

#[test]
fn the_window_stands_in_the_future_and_in_order() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-3"]);
    for _ in 0..4 {
        let promise = office.promise("pick-up").expect("counters are open");
        assert!(office.now() <= promise.low && promise.low <= promise.mid);
        assert!(promise.mid <= promise.high);
        for _ in 0..25 {
            office.takes(&["pick-up"]);
        }
    }
}

#[test]
fn at_the_end_of_time_nothing_later_is_promised() {
    let mut slow = house();
    slow.services[0].duration_min = 24 * 60;
    let mut office = TestOffice::opens_as(slow);
    office.does(open("counter-1"));
    office.takes(&["id-card"]);
    office.clock_says_at(Timestamp::MAX);
    let promise = office.promise("id-card").expect("a counter is open");
    assert_eq!(promise.high, Timestamp::MAX);
}

#[test]
fn people_are_told_a_window_in_steps_of_five_minutes_that_holds_the_exact_one() {
    let exact = |low, mid, high| aufruf_engine::Promise {
        low: time(&format!("2026-11-23T{low}[Europe/Berlin]")),
        mid: time(&format!("2026-11-23T{mid}[Europe/Berlin]")),
        high: time(&format!("2026-11-23T{high}[Europe/Berlin]")),
    };
    let told = exact("10:03:59.5", "10:13:30", "10:20:01").for_people();
    assert_eq!(told, exact("10:00", "10:10", "10:25"));
    assert_eq!(told.for_people(), told, "a round one stays");
}

/// The office says that two clerks serve without signing in: as good as two open counters.
#[test]
fn clerks_who_do_not_sign_in_count_as_the_office_says() {
    let mut ghosts = TestOffice::opens_as(ids_with(|rules| rules.ghost_counters = Some(2)));
    let mut signed_in = TestOffice::with_counters(&["counter-1", "counter-2"]);
    for office in [&mut ghosts, &mut signed_in] {
        for _ in 0..6 {
            office.takes(&["id-card"]);
        }
    }
    let told = ghosts.promise("id-card");
    assert!(told.is_some());
    assert_eq!(told, signed_in.promise("id-card"));
    assert_eq!(
        ghosts.promise("birth"),
        None,
        "the other lines go by the panels"
    );
}

#[test]
fn a_window_that_people_are_told_has_a_length_even_where_the_moment_is_known() {
    let now = at("09:05");
    let told = Promise {
        low: now,
        mid: now,
        high: now,
    };
    let told = told.for_people();
    assert_eq!((told.low, told.high), (now, at("09:10")));
}
