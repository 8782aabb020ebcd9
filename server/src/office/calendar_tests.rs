//! How hours are written, and what is told of hours that cannot be meant.

use aufruf_engine::hours::{AppointmentHours, Hours};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::tests::{and, fault, faults, sound};

/// The walk-in hours of a queue with these tables.
#[track_caller]
fn hours(tables: &str) -> Hours {
    let queue = sound(&and(tables)).to_engine(1).queues.remove(0);
    queue.walk_in_hours.expect("hours")
}

#[track_caller]
fn appointments(tables: &str) -> AppointmentHours {
    let queue = sound(&and(tables)).to_engine(1).queues.remove(0);
    queue.appointment_hours.expect("hours")
}

fn table(keys: &str) -> String {
    format!("[[queues.hours]]\nopen = [\"08:00-12:00\"]\n{keys}\n")
}

fn slots(keys: &str) -> String {
    format!("[[queues.appointments]]\nopen = [\"08:00-09:00\"]\n{keys}\n")
}

/// On which days of November 2026, a month that begins on a Sunday.
fn november(hours: &Hours) -> Vec<i8> {
    let open = |day: &i8| !hours.spans_on(november_day(*day)).is_empty();
    (1..=30).filter(open).collect()
}

/// On which days of that month appointments can begin.
fn november_slots(hours: &AppointmentHours) -> Vec<i8> {
    let slots = |day| hours.slots_on(november_day(day), &TimeZone::UTC, |_| false);
    (1..=30).filter(|day| !slots(*day).is_empty()).collect()
}

fn november_day(day: i8) -> Date {
    Date::new(2026, 11, day).expect("a date")
}

#[test]
fn each_form_of_days_falls_on_the_days_that_it_says() {
    for (keys, days) in [
        ("days = [\"mon\"]", vec![2, 9, 16, 23, 30]),
        (
            "days = [\"sat\", \"sun\"]",
            vec![1, 7, 8, 14, 15, 21, 22, 28, 29],
        ),
        ("days = [\"mon\"]\nweeks = [\"first\"]", vec![2]),
        (
            "days = [\"mon\"]\nweeks = [\"second\", \"last\"]",
            vec![9, 30],
        ),
        ("days = [\"mon\", \"tue\"]\nweeks = [\"fifth\"]", vec![30]),
        (
            "days = [\"wed\"]\nevery_weeks = 2\nfrom = 2026-11-06",
            vec![18],
        ),
        (
            "days = [\"wed\"]\nevery_weeks = 2\nfrom = 2026-11-02",
            vec![4, 18],
        ),
        ("dates = [2026-11-03, 2026-11-05, 2026-12-01]", vec![3, 5]),
        ("dates = [\"2026-11-03\"]", vec![3]),
        (
            "days = [\"mon\"]\nvalid_from = 2026-11-09",
            vec![9, 16, 23, 30],
        ),
        ("days = [\"mon\"]\nvalid_to = 2026-11-09", vec![2, 9]),
        (
            "days = [\"mon\"]\nvalid_from = 2026-11-03\nvalid_to = 2026-11-16",
            vec![9, 16],
        ),
    ] {
        assert_eq!(november(&hours(&table(keys))), days, "{keys}");
        let slots = slots(&format!("{keys}\nslot_min = 30\ncounters = 1"));
        assert_eq!(november_slots(&appointments(&slots)), days, "{keys}");
    }
}

#[test]
fn several_tables_add_up() {
    let both = table("days = [\"mon\"]") + &table("dates = [2026-11-03]");
    assert_eq!(november(&hours(&both)), [2, 3, 9, 16, 23, 30]);
}

#[test]
fn days_that_are_not_clear_are_told_with_what_to_write() {
    for (keys, told) in [
        ("", "has neither days nor dates"),
        ("weeks = [\"last\"]", "has neither days nor dates"),
        (
            "every_weeks = 2\nfrom = 2026-11-02",
            "has neither days nor dates",
        ),
        (
            "days = [\"mon\"]\ndates = [2026-11-03]",
            "dates stand alone",
        ),
        (
            "dates = [2026-11-03]\nweeks = [\"last\"]",
            "dates stand alone",
        ),
        ("dates = [2026-11-03]\nevery_weeks = 2", "dates stand alone"),
        (
            "dates = [2026-11-03]\nfrom = 2026-11-02",
            "dates stand alone",
        ),
        (
            "days = [\"mon\"]\nweeks = [\"last\"]\nevery_weeks = 2\nfrom = 2026-11-02",
            "has weeks and every_weeks",
        ),
        (
            "days = [\"mon\"]\nevery_weeks = 2",
            "write a date of the first such week",
        ),
        (
            "days = [\"mon\"]\nfrom = 2026-11-02",
            "has from without every_weeks",
        ),
        (
            "days = [\"mon\"]\nweeks = [\"last\"]\nfrom = 2026-11-02",
            "has from without every_weeks",
        ),
        ("days = []", "days is empty; name at least one of \"mon\""),
        (
            "days = [\"mon\"]\nweeks = []",
            "weeks is empty; name at least one of \"first\"",
        ),
        ("dates = []", "dates is empty; write at least one date"),
        (
            "days = [\"mon\"]\nevery_weeks = 1\nfrom = 2026-11-02",
            "every_weeks is 1; write 2 to 52, or leave it out",
        ),
        (
            "days = [\"mon\"]\nevery_weeks = 53\nfrom = 2026-11-02",
            "every_weeks is 53; write 2 to 52, or leave it out",
        ),
        (
            "days = [\"mon\"]\nvalid_from = 2026-11-03\nvalid_to = 2026-11-02",
            "valid_from 2026-11-03 is after valid_to 2026-11-02",
        ),
        (
            "days = [\"mon\"]\nslot_min = 10",
            "write them in [[queues.appointments]]",
        ),
        (
            "days = [\"mon\"]\ncounters = 1",
            "write them in [[queues.appointments]]",
        ),
    ] {
        let text = and(&(table("days = [\"fri\"]") + &table(keys)));
        let fault = fault(&text);
        assert!(fault.starts_with("queue \"ids\", hours 2: "), "{fault}");
        assert!(fault.contains(told), "{fault}");
    }
}

#[test]
fn twice_a_year_to_every_second_week_are_the_ends_of_every_n_weeks() {
    for n in [2, 52] {
        hours(&table(&format!(
            "days = [\"mon\"]\nevery_weeks = {n}\nfrom = 2026-11-02"
        )));
    }
}

#[test]
fn a_fault_of_hours_is_told_with_the_line_of_its_table() {
    let text = and(&(table("days = [\"fri\"]") + &table("days = []")));
    let second = 1 + text.rmatches("[[queues.hours]]").count();
    assert_eq!(second, 3);
    let line = text.lines().count() - 3;
    assert!(
        text.lines()
            .nth(line - 1)
            .is_some_and(|line| line == "[[queues.hours]]")
    );
    assert!(faults(&text)[0].starts_with(&format!("line {line}: ")));
}

#[test]
fn spans_are_written_from_to_and_anything_else_is_told() {
    let open = |open: &str| format!("[[queues.hours]]\ndays = [\"mon\"]\nopen = {open}");
    let monday = november_day(2);
    for (text, count) in [
        ("[\"08:00-12:00\"]", 1),
        ("[\"08:00 - 12:00\", \"13:00–24:00\"]", 2),
        ("[\"00:00-24:00\"]", 1),
    ] {
        assert_eq!(hours(&open(text)).spans_on(monday).len(), count, "{text}");
    }
    for (text, told) in [
        ("[]", "open is empty; write at least one span"),
        (
            "[\"12:00-08:00\"]",
            "the span 12:00 to 08:00 does not run upwards",
        ),
        (
            "[\"08:00-12:00\", \"11:00-13:00\"]",
            "overlap; write them as one",
        ),
        (
            "[\"8:00-12:00\"]",
            "\"8:00\" is no time of day; write two digits",
        ),
        ("[\"08:00-24:01\"]", "\"24:01\" is no time of day"),
        (
            "[\"08:00\"]",
            "\"08:00\" is no span of time; write it as \"08:00-12:00\"",
        ),
        ("[\"\"]", "is no span of time"),
        ("\"08:00-12:00\"", "expected a list in square brackets"),
        ("[8]", "expected a string"),
    ] {
        let fault = fault(&and(&open(text)));
        assert!(fault.contains(told), "{text}: {fault}");
    }
    assert!(fault(&and("[[queues.hours]]\ndays = [\"mon\"]")).contains("missing field `open`"));
}

#[test]
fn an_exception_replaces_the_hours_of_its_date() {
    let week = table("days = [\"mon\", \"tue\"]");
    let closed = "[[queues.exceptions]]\ndate = 2026-11-09\nopen = []\n";
    let other = "[[queues.exceptions]]\ndate = 2026-11-11\nopen = [\"10:00-11:00\"]\n";
    let hours = hours(&format!("{week}{closed}{other}"));
    assert_eq!(november(&hours), [2, 3, 10, 11, 16, 17, 23, 24, 30]);
}

#[test]
fn exceptions_that_cannot_be_meant_are_told() {
    let week = table("days = [\"mon\"]");
    let exception = |keys: &str| format!("[[queues.exceptions]]\ndate = 2026-11-09\n{keys}\n");
    for (tables, told) in [
        (
            exception("open = []"),
            "exceptions differ from no hours; write [[queues.hours]] too",
        ),
        (
            week.clone() + &exception("open = []") + &exception("open = [\"08:00-09:00\"]"),
            "exceptions 2026-11-09: there are two exceptions",
        ),
        (
            week.clone() + &exception("open = [\"09:00-08:00\"]"),
            "exceptions 2026-11-09: the span 09:00 to 08:00 does not run upwards",
        ),
        (week.clone() + &exception(""), "missing field `open`"),
        (
            week.clone() + &exception("open = []\nslot_min = 5"),
            "write them in [[queues.appointments]]",
        ),
    ] {
        let fault = fault(&and(&tables));
        assert!(fault.contains(told), "{fault}");
    }
    assert!(fault(&and("hours = []")).contains("hours is empty; leave it out"));
}

#[test]
fn appointments_begin_slot_after_slot_at_so_many_counters() {
    let two = slots("days = [\"mon\"]\nslot_min = 20\ncounters = 2")
        + &slots("days = [\"mon\"]\nweeks = [\"first\"]\nslot_min = 30\ncounters = 1");
    let counters = |hours: &AppointmentHours, day| -> Vec<_> {
        let slots = hours.slots_on(november_day(day), &TimeZone::UTC, |_| false);
        slots.iter().map(|slot| slot.counters).collect()
    };
    let hours = appointments(&two);
    assert_eq!(
        counters(&hours, 2),
        [3, 2, 1, 2],
        "08:00, 08:20, 08:30, 08:40"
    );
    assert_eq!(counters(&hours, 9), [2, 2, 2]);
    assert_eq!(counters(&hours, 10), [0; 0]);
}

#[test]
fn exceptions_of_appointments_for_one_date_add_up() {
    let exception = |open: &str, keys: &str| {
        format!("[[queues.appointment_exceptions]]\ndate = 2026-11-09\nopen = {open}\n{keys}\n")
    };
    let week = slots("days = [\"mon\"]\nslot_min = 20\ncounters = 2");
    let count = |exceptions: &str| {
        let hours = appointments(&format!("{week}{exceptions}"));
        hours
            .slots_on(november_day(9), &TimeZone::UTC, |_| false)
            .len()
    };
    let early = exception("[\"08:00-09:00\"]", "slot_min = 10\ncounters = 1");
    let late = exception("[\"09:00-10:00\"]", "slot_min = 30\ncounters = 1");
    let none = exception("[]", "");
    assert_eq!(count(""), 3);
    assert_eq!(count(&early), 6);
    assert_eq!(count(&format!("{early}{late}")), 8);
    assert_eq!(count(&none), 0);

    for (tables, told) in [
        (
            format!("{week}{none}{early}"),
            "open is empty here, but there is another",
        ),
        (
            early.clone(),
            "appointment_exceptions differ from no appointments",
        ),
        (
            format!("{week}{}", exception("[\"08:00-09:00\"]", "counters = 1")),
            "slot_min is missing or 0",
        ),
    ] {
        let fault = fault(&and(&tables));
        assert!(fault.contains(told), "{fault}");
    }
}

#[test]
fn appointments_that_cannot_be_meant_are_told() {
    for (keys, told) in [
        (
            "days = [\"mon\"]\nslot_min = 0\ncounters = 1",
            "slot_min is missing or 0",
        ),
        ("days = [\"mon\"]\ncounters = 1", "slot_min is missing or 0"),
        ("days = [\"mon\"]\nslot_min = 5", "counters is missing or 0"),
        (
            "days = [\"mon\"]\nslot_min = 61\ncounters = 1",
            "no slot of 61 minutes fits into the span 08:00 to 09:00",
        ),
        ("slot_min = 5\ncounters = 1", "has neither days nor dates"),
    ] {
        let fault = fault(&and(&slots(keys)));
        assert!(
            fault.starts_with("queue \"ids\", appointments 1: "),
            "{fault}"
        );
        assert!(fault.contains(told), "{fault}");
    }
}
