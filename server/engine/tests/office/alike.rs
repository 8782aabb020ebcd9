//! Numbers that people cannot tell apart, `a-001` and `A001`: never open together, and a fault of the
//! office where two series could give them.

use aufruf_engine::{Command, FaultyOffice, IssueTicket, Office, Refusal};

use crate::common::{TestOffice, at, finish, house, house_with, series, time};

/// However people write the first number of ids.
const WAYS_TO_WRITE: [&str; 5] = ["a-001", "A-001", "a 001", "A.001", " a001 "];

/// The centre gives this number: what does the office say?
#[track_caller]
fn centre_gives(office: &mut TestOffice, number: &str) -> &'static str {
    let mut booking = office.booking(at("09:00"), &["id-card"]);
    number.clone_into(&mut booking.number);
    match office.tries(Command::BookAppointment(booking)) {
        Ok(_) => "booked",
        Err(refusal) => refusal.code(),
    }
}

#[test]
fn a_walk_in_gets_no_number_that_looks_like_that_of_an_appointment() {
    for written in WAYS_TO_WRITE {
        let mut office = TestOffice::opens();
        assert_eq!(centre_gives(&mut office, written), "booked");
        let walk_in = office.takes(&["id-card"]);
        assert_eq!(office.number(walk_in), "A002", "{written:?}");
    }
}

#[test]
fn an_appointment_gets_no_number_that_looks_like_that_of_a_walk_in() {
    for written in WAYS_TO_WRITE {
        let mut office = TestOffice::opens();
        office.takes(&["id-card"]);
        assert_eq!(
            centre_gives(&mut office, written),
            "number_taken",
            "{written:?}"
        );
        assert_eq!(centre_gives(&mut office, "a-002"), "booked");
    }
}

#[test]
fn a_number_that_rests_rests_however_it_is_written() {
    for written in WAYS_TO_WRITE {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let gone = office.takes(&["id-card"]);
        office.finishes(gone, "counter-1");
        office.minutes_pass(59);
        assert_eq!(centre_gives(&mut office, written), "number_taken");
        office.minutes_pass(1);
        assert_eq!(centre_gives(&mut office, written), "booked");
    }
}

/// People may leave out the sign; the office must not mistake its own number for another one.
fn with_prefix(prefix: &str) -> Office {
    house_with(|office| {
        (office.series[0].prefix, office.series[0].to) = (prefix.to_owned(), 2);
    })
}

#[test]
fn a_series_whose_prefix_holds_a_sign_or_a_small_letter_gives_no_open_number_again() {
    for prefix in ["A-", "a", "Ä ", "ß"] {
        let mut office = TestOffice::opens_as(with_prefix(prefix));
        let numbers = [office.takes(&["id-card"]), office.takes(&["id-card"])];
        let numbers = numbers.map(|ticket| office.number(ticket));
        assert_eq!(numbers, ["001", "002"].map(|n| format!("{prefix}{n}")));
        let third = Command::IssueTicket(office.wish(&["id-card"]));
        assert_eq!(
            office.refuses_with(third),
            "numbers_exhausted",
            "{prefix:?}"
        );
    }
}

#[test]
fn a_number_with_a_sign_in_it_rests_until_its_time_is_over_also_across_midnight() {
    let mut office = TestOffice::opens_as(with_prefix("A-"));
    office.does(crate::common::open("counter-1"));
    office.it_is("23:30");
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    let second = office.takes(&["id-card"]);
    assert_eq!(
        office.number(second),
        "A-002",
        "A-001 rests until half past"
    );
    let third = Command::IssueTicket(office.wish(&["id-card"]));
    assert_eq!(office.refuses_with(third), "numbers_exhausted");
    office.clock_says("2026-11-24T00:30[Europe/Berlin]");
    let third = office.takes(&["id-card"]);
    assert_eq!(office.number(third), "A-001");
}

#[test]
fn an_end_is_not_taken_back_when_a_number_that_looks_alike_is_given_by_now() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.series[0].reuse_after_min = 0;
    }));
    let first = office.takes(&["id-card"]);
    office.does(Command::Cancel { ticket: first });
    assert_eq!(centre_gives(&mut office, "a-001"), "booked");
    let refusal = office.refuses(Command::Undo { ticket: first });
    let label = "A001".to_owned();
    assert_eq!(refusal, Refusal::NumberTaken { label });
}

#[test]
fn a_number_of_the_centre_rests_like_one_of_the_series_that_writes_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    assert_eq!(centre_gives(&mut office, "a-001"), "booked");
    let ticket = crate::common::id(1);
    office.does(crate::common::check_in(ticket));
    office.next("counter-1");
    office.does(finish(ticket));
    assert_eq!(centre_gives(&mut office, "A001"), "number_taken");
    office.minutes_pass(60);
    assert_eq!(centre_gives(&mut office, "A001"), "booked");
}

/// What the centre wrote in the evening is kept by what people can tell apart.
#[test]
fn a_day_opens_with_numbers_that_rest_however_they_were_written() {
    let mut office = TestOffice::opens_as(with_prefix("a-"));
    let wish = office.wish(&["id-card"]);
    office.takes_as(IssueTicket { persons: 2, ..wish });
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    let mut booking = office.booking(time("2026-11-24T09:00[Europe/Berlin]"), &["id-card"]);
    booking.number = "A001".to_owned();
    let refusal = office.refuses_with(Command::BookAppointment(booking));
    assert_eq!(refusal, "number_taken");
}

fn same(first: &str, second: &str, number: &str) -> FaultyOffice {
    FaultyOffice::SameNumber {
        first: first.to_owned(),
        second: second.to_owned(),
        number: number.to_owned(),
    }
}

/// Series `a` and `b` with these prefixes and last numbers.
fn two_series(a: (&str, u32), b: (&str, u32)) -> Office {
    house_with(|office| {
        for (index, (prefix, to)) in [(0, a), (1, b)] {
            (office.series[index].prefix, office.series[index].to) = (prefix.to_owned(), to);
        }
    })
}

#[test]
fn two_series_are_at_fault_whose_numbers_people_could_not_tell_apart() {
    for (a, b, number) in [
        (("A", 999), ("a", 999), "A001"),
        (("A", 999), ("a-", 999), "A001"),
        (("A-", 999), ("A", 999), "A-001"),
        (("A", 9_999), ("A1", 999), "A1001"),
        (("A1", 999), ("A", 9_999), "A1001"),
        (("A", 9_999), ("a-1-", 999), "A1001"),
        (("A", 99_999), ("A0", 9_999), "A00001"),
        (("", 999_999), ("12", 9_999), "120001"),
    ] {
        let seen = two_series(a, b).faults();
        let [FaultyOffice::SameNumber { first, second, .. }] = &seen[..] else {
            panic!("{a:?} and {b:?}: {seen:?}");
        };
        assert_eq!((first.as_str(), second.as_str()), ("a", "b"));
        assert_eq!(seen, [same("a", "b", number)], "{a:?} and {b:?}");
    }
}

#[test]
fn two_series_are_not_at_fault_whose_numbers_can_be_told_apart() {
    for (a, b) in [
        (("A", 999), ("B", 999)),
        (("A", 999), ("AB", 999)),
        (("A", 999), ("A1", 999)),
        (("A", 999), ("A", 9_999)),
        (("A", 1_500), ("A2", 999)),
        (("A1", 999), ("1A", 999)),
    ] {
        assert_eq!(two_series(a, b).faults(), [], "{a:?} and {b:?}");
    }
}

/// As many as an office can have, each with a million numbers: nobody can look through them all.
#[test]
fn of_five_hundred_series_with_digits_in_the_prefix_the_two_alike_are_found() {
    let mut office = house();
    for n in 0..497_u32 {
        let letters = [n / 26, n % 26]
            .map(|letter| char::from_u32('A' as u32 + letter).expect("a letter of the alphabet"));
        let prefix = format!("{}{}7", letters[0], letters[1]);
        let mut one = series(&format!("series-{n}"), &prefix);
        (one.from, one.to) = (0, 999_999);
        office.series.push(one);
    }
    assert_eq!(office.series.len(), 500);
    assert_eq!(office.faults(), []);
    // `CD7` shows six digits; `CD72` with five of its own shows the same.
    let other = &mut office.series[400];
    (other.prefix, other.to) = ("cd-72".to_owned(), 99_999);
    let faults = office.faults();
    let key = office.series[400].key.as_str();
    assert_eq!(faults, [same("series-55", key, "CD7200000")]);
}
