//! On which dates the rules of an office fall.

use jiff::civil::Weekday;

use super::tests::{dates, day, monthly, weekly, weeks};
use super::*;

/// Each rule, a first and a last date, and the dates between on which it falls.
type Table<'a> = &'a [(Recurrence, &'a str, &'a str, &'a str)];

#[track_caller]
fn assert_falls_on(table: Table<'_>) {
    for (when, first, last, expected) in table {
        let expected: Vec<_> = expected.split_whitespace().map(day).collect();
        let dates = day(first).series(1.days());
        let between = dates.take_while(|date| *date <= day(last));
        let seen: Vec<_> = between.filter(|date| when.falls_on(*date)).collect();
        assert_eq!(seen, expected, "{when:?}");
    }
}

#[test]
fn a_rule_of_weeks_counts_on_across_the_years_end() {
    assert_falls_on(&[
        (
            weekly("mon thu"),
            "2026-11-23",
            "2026-12-03",
            "2026-11-23 2026-11-26 2026-11-30 2026-12-03",
        ),
        (
            // 2026 has 53 weeks: odd and even weeks of the calendar would go wrong here.
            weeks(2, "mon", "2026-12-14"),
            "2026-12-01",
            "2027-01-31",
            "2026-12-14 2026-12-28 2027-01-11 2027-01-25",
        ),
        (
            // The Tuesday of the first week lies before the first date and is out.
            weeks(3, "tue thu", "2026-12-30"),
            "2026-12-28",
            "2027-01-31",
            "2026-12-31 2027-01-19 2027-01-21",
        ),
        (
            weeks(2, "sun", "2026-11-23"),
            "2026-11-22",
            "2026-12-20",
            "2026-11-29 2026-12-13",
        ),
        (
            weeks(2, "mon sun", "1969-12-22"),
            "1969-12-15",
            "1970-01-12",
            "1969-12-22 1969-12-28 1970-01-05 1970-01-11",
        ),
    ]);
}

#[test]
fn a_rule_of_the_month_finds_its_days_and_single_dates_are_themselves() {
    assert_falls_on(&[
        (
            monthly("first third", "wed"),
            "2026-07-01",
            "2026-08-31",
            "2026-07-01 2026-07-15 2026-08-05 2026-08-19",
        ),
        (
            monthly("second fourth", "sat"),
            "2026-08-01",
            "2026-08-31",
            "2026-08-08 2026-08-22",
        ),
        (
            monthly("fifth", "mon"),
            "2026-01-01",
            "2026-12-31",
            "2026-03-30 2026-06-29 2026-08-31 2026-11-30",
        ),
        (
            monthly("last", "fri"),
            "2026-01-01",
            "2026-05-31",
            "2026-01-30 2026-02-27 2026-03-27 2026-04-24 2026-05-29",
        ),
        (
            monthly("last", "tue"),
            "2028-02-01",
            "2028-02-29",
            "2028-02-29",
        ),
        (
            monthly("fourth last", "tue"),
            "2028-02-01",
            "2028-02-29",
            "2028-02-22 2028-02-29",
        ),
        (
            monthly("first", "mon tue"),
            "2026-09-01",
            "2026-09-30",
            "2026-09-01 2026-09-07",
        ),
        (
            dates("2026-12-05 2026-12-12"),
            "2026-12-01",
            "2026-12-31",
            "2026-12-05 2026-12-12",
        ),
    ]);
}

#[test]
fn every_day_of_the_week_is_the_calendars_own() {
    let monday = day("2026-11-23");
    for (name, date) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .into_iter()
        .zip(monday.series(1.days()))
    {
        assert!(weekly(name).falls_on(date), "{name} on {date}");
        let day = Day::from(date.weekday());
        assert_eq!(Weekday::from(day), date.weekday());
    }
}
