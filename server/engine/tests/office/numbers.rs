//! The numbers that visitors hold: never the same twice at a time.

use aufruf_engine::{Command, Office, Refusal, SeriesKey};

use crate::common::{TestOffice, house, time};

/// The house with only so many numbers for ids; each rests for an hour.
fn with_numbers(from: u32, to: u32) -> Office {
    let mut office = house();
    (office.series[0].from, office.series[0].to) = (from, to);
    office
}

/// An office with one counter and as many numbers.
fn office_with_numbers(from: u32, to: u32) -> TestOffice {
    let mut office = TestOffice::opens_as(with_numbers(from, to));
    office.does(crate::common::open("counter-1"));
    office
}

fn take(office: &mut TestOffice) -> String {
    let ticket = office.takes(&["id-card"]);
    office.number(ticket)
}

fn exhausted(office: &mut TestOffice) -> bool {
    let wish = office.wish(&["id-card"]);
    match office.tries(Command::IssueTicket(wish)) {
        Ok(_) => false,
        Err(refusal) => {
            assert_eq!(refusal, Refusal::NumbersExhausted(SeriesKey::new("a")));
            true
        }
    }
}

#[test]
fn each_queue_counts_in_its_own_series_from_its_first_number() {
    let mut office = TestOffice::opens();
    let mut number = |service| {
        let ticket = office.takes(&[service]);
        office.number(ticket)
    };
    assert_eq!(number("id-card"), "A001");
    assert_eq!(number("move"), "B001");
    assert_eq!(number("passport"), "A002");
    assert_eq!(number("birth"), "C001");
}

#[test]
fn queues_that_share_a_series_share_its_numbers() {
    let mut shared = house();
    shared.queues[1].series = SeriesKey::new("a");
    let mut office = TestOffice::opens_as(shared);
    let (first, second) = (office.takes(&["id-card"]), office.takes(&["move"]));
    assert_eq!(
        [office.number(first), office.number(second)],
        ["A001", "A002"]
    );
}

#[test]
fn after_the_last_number_comes_the_first_that_has_rested() {
    let mut office = office_with_numbers(7, 9);
    let first = office.takes(&["id-card"]);
    office.finishes(first, "counter-1");
    assert_eq!([take(&mut office), take(&mut office)], ["A008", "A009"]);
    office.minutes_pass(60);
    assert_eq!(take(&mut office), "A007");
}

#[test]
fn where_numbers_need_no_rest_they_still_go_round() {
    let mut restless = with_numbers(1, 2);
    restless.series[0].reuse_after_min = 0;
    let mut office = TestOffice::opens_as(restless);
    office.does(crate::common::open("counter-1"));
    for expected in ["A001", "A002", "A001", "A002"] {
        let ticket = office.takes(&["id-card"]);
        assert_eq!(office.number(ticket), expected);
        office.finishes(ticket, "counter-1");
    }
}

#[test]
fn a_number_is_given_in_turn_even_when_an_earlier_one_is_free_again() {
    let mut office = office_with_numbers(1, 9);
    let first = office.takes(&["id-card"]);
    office.finishes(first, "counter-1");
    office.minutes_pass(120);
    assert_eq!(take(&mut office), "A002");
}

#[test]
fn a_finished_visit_s_number_rests_to_the_minute() {
    let mut office = office_with_numbers(1, 1);
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.minutes_pass(59);
    assert!(exhausted(&mut office));
    office.minutes_pass(1);
    assert!(!exhausted(&mut office));
}

#[test]
fn numbers_run_out_while_their_visits_are_open_however_long() {
    let mut office = office_with_numbers(1, 2);
    let (first, second) = (office.takes(&["id-card"]), office.takes(&["id-card"]));
    office.misses(first, "counter-1");
    office.serves(second, "counter-1");
    office.minutes_pass(600);
    assert!(exhausted(&mut office));
}

#[test]
fn a_series_that_is_exhausted_leaves_the_others_alone() {
    let mut office = office_with_numbers(1, 1);
    take(&mut office);
    assert!(exhausted(&mut office));
    let ticket = office.takes(&["move"]);
    assert_eq!(office.number(ticket), "B001");
}

#[test]
fn a_number_rests_across_midnight() {
    let mut office = office_with_numbers(1, 9);
    let ticket = office.takes(&["id-card"]);
    office.clock_says("2026-11-23T23:30[Europe/Berlin]");
    office.finishes(ticket, "counter-1");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(take(&mut office), "A002", "A001 rests until half past");
}

#[test]
fn a_number_that_has_rested_by_midnight_is_the_first_of_the_day_again() {
    let mut office = office_with_numbers(1, 9);
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(take(&mut office), "A001");
}

#[test]
fn the_number_of_a_visit_that_ended_with_the_day_rests_from_then_on() {
    let mut office = office_with_numbers(1, 9);
    take(&mut office);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(take(&mut office), "A002");
    office.clock_says("2026-11-25T08:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    let expired_then = time("2026-11-25T08:00[Europe/Berlin]");
    assert_eq!(office.now(), expired_then);
    assert_eq!(take(&mut office), "A001");
}

#[test]
fn rest_is_carried_over_several_days_where_the_office_wants_it_so() {
    let mut long = with_numbers(1, 9);
    long.series[0].reuse_after_min = 3 * 24 * 60;
    let mut office = TestOffice::opens_as(long);
    take(&mut office);
    for (day, expected) in [("24", "A002"), ("25", "A003"), ("26", "A004")] {
        office.clock_says(&format!("2026-11-{day}T00:00[Europe/Berlin]"));
        office.does(Command::TimePassed);
        assert_eq!(take(&mut office), expected);
    }
    office.clock_says("2026-11-27T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(take(&mut office), "A001", "its visit ended on the 24th");
}

#[test]
fn the_day_that_opens_says_which_numbers_rest_and_no_others() {
    let mut office = office_with_numbers(1, 9);
    let long_ago = office.takes(&["id-card"]);
    office.finishes(long_ago, "counter-1");
    office.clock_says("2026-11-23T23:30[Europe/Berlin]");
    let lately = office.takes(&["id-card"]);
    office.finishes(lately, "counter-1");
    office.takes(&["id-card"]);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    let aufruf_engine::Event::DayOpened { resting, .. } = &office.records[0].event else {
        panic!("a day's records begin with its opening");
    };
    let resting: Vec<_> = resting
        .iter()
        .map(|number| (number.label.as_str(), number.until))
        .collect();
    assert_eq!(
        resting,
        [
            ("A002", time("2026-11-24T00:30[Europe/Berlin]")),
            ("A003", time("2026-11-24T01:00[Europe/Berlin]")),
        ]
    );
}

#[test]
fn a_range_made_smaller_during_the_day_gives_only_its_own_numbers() {
    let mut office = office_with_numbers(1, 9);
    for _ in 0..5 {
        take(&mut office);
    }
    office.uses(with_numbers(2, 6));
    assert_eq!(take(&mut office), "A006");
    assert!(exhausted(&mut office), "2 to 6 are all open");
}

#[test]
fn a_range_made_larger_during_the_day_goes_on_where_it_stood() {
    let mut office = office_with_numbers(1, 2);
    take(&mut office);
    take(&mut office);
    assert!(exhausted(&mut office));
    office.uses(with_numbers(1, 9));
    assert_eq!(take(&mut office), "A003");
}

/// The prefix is all that people see of a series: two visitors with A001 must not be in the house.
#[test]
fn series_that_swap_their_prefixes_during_the_day_show_no_number_twice() {
    let mut office = TestOffice::opens();
    let waits = office.takes(&["id-card"]);
    let mut swapped = house();
    swapped.series[0].prefix = "B".into();
    swapped.series[1].prefix = "A".into();
    office.uses(swapped);
    let comes = office.takes(&["move"]);
    assert_eq!(
        [office.number(waits), office.number(comes)],
        ["A001", "A002"]
    );
}

#[test]
fn a_series_that_takes_over_the_prefix_of_another_lets_its_numbers_rest() {
    let mut office = TestOffice::opens();
    office.does(crate::common::open("counter-1"));
    let gone = office.takes(&["id-card"]);
    office.finishes(gone, "counter-1");
    let mut renamed = house();
    renamed.series[0].key = SeriesKey::new("new");
    renamed.queues[0].series = SeriesKey::new("new");
    office.uses(renamed);
    assert_eq!(take(&mut office), "A002");
}
