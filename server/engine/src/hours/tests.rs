//! What an office says about its hours, and what that means on a date. Also the words in which the
//! other tests of this module write hours down.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::*;

pub(super) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(super) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(super) fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone of the database")
}

/// `spans("08:00-12:00 13:00-16:00")`
pub(super) fn spans(text: &str) -> Vec<Span> {
    let spans = text.split_whitespace().map(|span| {
        let (from, to) = span.split_once('-').expect("from-to");
        let time = |text: &str| text.parse().expect("a time of day");
        Span {
            from: time(from),
            to: time(to),
        }
    });
    spans.collect()
}

/// `set("mon tue")`: what the office writes as a list of words.
fn set<T: serde::de::DeserializeOwned + Ord>(words: &str) -> std::collections::BTreeSet<T> {
    let words: Vec<_> = words.split_whitespace().collect();
    serde_json::from_value(serde_json::json!(words)).expect("known words")
}

pub(super) fn weekly(days: &str) -> Recurrence {
    Recurrence::Week { days: set(days) }
}

pub(super) fn every_day() -> Recurrence {
    weekly("mon tue wed thu fri sat sun")
}

pub(super) fn weeks(n: u8, days: &str, from: &str) -> Recurrence {
    let (days, from) = (set(days), day(from));
    Recurrence::Weeks { n, days, from }
}

pub(super) fn monthly(which: &str, days: &str) -> Recurrence {
    let (which, days) = (set(which), set(days));
    Recurrence::Month { days, which }
}

pub(super) fn dates(dates: &str) -> Recurrence {
    Recurrence::Dates { dates: set(dates) }
}

pub(super) fn opening(when: Recurrence, text: &str) -> Opening {
    Opening {
        when,
        spans: spans(text),
        valid_from: None,
        valid_to: None,
    }
}

pub(super) fn exception(date: &str, text: &str) -> Exception {
    Exception {
        date: day(date),
        spans: spans(text),
    }
}

pub(super) fn hours(openings: impl IntoIterator<Item = Opening>) -> Hours {
    Hours {
        openings: openings.into_iter().collect(),
        exceptions: Vec::new(),
    }
}

pub(super) fn never(_: Date) -> bool {
    false
}

#[test]
fn a_rule_holds_from_its_first_to_its_last_date() {
    let summer = Opening {
        valid_from: Some(day("2026-07-01")),
        valid_to: Some(day("2026-07-31")),
        ..opening(every_day(), "08:00-12:00")
    };
    let hours = hours([summer]);
    for (date, open) in [
        ("2026-06-30", ""),
        ("2026-07-01", "08:00-12:00"),
        ("2026-07-31", "08:00-12:00"),
        ("2026-08-01", ""),
    ] {
        assert_eq!(hours.spans_on(day(date)), spans(open), "{date}");
    }
}

#[test]
fn what_several_openings_say_of_a_date_is_united() {
    let longer = |text| {
        hours([
            opening(weekly("thu"), "08:00-12:00 13:00-16:00"),
            opening(monthly("last", "thu"), text),
        ])
    };
    let last_thursday = day("2026-11-26");
    for (text, united) in [
        ("15:00-18:00", "08:00-12:00 13:00-18:00"),
        ("16:00-18:00", "08:00-12:00 13:00-18:00"),
        ("16:30-18:00", "08:00-12:00 13:00-16:00 16:30-18:00"),
        ("12:00-13:00", "08:00-16:00"),
        ("07:00-19:00", "07:00-19:00"),
        ("09:00-10:00", "08:00-12:00 13:00-16:00"),
    ] {
        assert_eq!(
            longer(text).spans_on(last_thursday),
            spans(united),
            "{text}"
        );
    }
    let other_thursday = day("2026-11-19");
    let as_always = spans("08:00-12:00 13:00-16:00");
    assert_eq!(longer("15:00-18:00").spans_on(other_thursday), as_always);
}

#[test]
fn an_exception_replaces_the_hours_of_its_date() {
    let hours = Hours {
        exceptions: vec![
            exception("2026-12-24", ""),
            exception("2026-12-23", "13:00-15:00 10:00-11:00"),
            exception("2026-12-27", "09:00-12:00"),
        ],
        ..hours([opening(weekly("mon tue wed thu fri"), "08:00-16:00")])
    };
    for (date, open) in [
        ("2026-12-22", "08:00-16:00"),
        ("2026-12-23", "10:00-11:00 13:00-15:00"),
        ("2026-12-24", ""),
        ("2026-12-25", "08:00-16:00"),
        ("2026-12-27", "09:00-12:00"),
    ] {
        assert_eq!(hours.spans_on(day(date)), spans(open), "{date}");
    }
}

#[test]
fn a_closed_date_has_no_hours_not_even_by_exception() {
    let hours = Hours {
        exceptions: vec![exception("2026-12-25", "10:00-12:00")],
        ..hours([opening(every_day(), "08:00-16:00")])
    };
    let closed = |date| date == day("2026-12-25") || date == day("2026-12-26");
    for (date, count) in [
        ("2026-12-24", 1),
        ("2026-12-25", 0),
        ("2026-12-26", 0),
        ("2026-12-27", 1),
    ] {
        let seen = hours.open_spans(day(date), &berlin(), closed);
        assert_eq!(seen.len(), count, "{date}");
    }
    let eve = instant("2026-12-24T15:00:00Z");
    let next = hours.next_opening(eve, &berlin(), closed);
    assert_eq!(next, Some(instant("2026-12-27T07:00:00Z")));
    assert_eq!(
        hours.last_closing_on(day("2026-12-25"), &berlin(), closed),
        None
    );
}

#[test]
fn it_is_open_from_the_beginning_of_a_span_until_before_its_end() {
    let hours = hours([opening(weekly("mon"), "08:00-12:00 13:00-16:00")]);
    // Berlin is an hour ahead of UTC in November.
    for (now, open) in [
        ("2026-11-23T06:59:59.999Z", None),
        ("2026-11-23T07:00:00Z", Some(("07:00", "11:00"))),
        ("2026-11-23T10:59:59.999Z", Some(("07:00", "11:00"))),
        ("2026-11-23T11:00:00Z", None),
        ("2026-11-23T12:00:00Z", Some(("12:00", "15:00"))),
        ("2026-11-23T15:00:00Z", None),
        ("2026-11-24T09:00:00Z", None),
    ] {
        let expected = open.map(|(from, to)| OpenSpan {
            from: instant(&format!("2026-11-23T{from}:00Z")),
            to: instant(&format!("2026-11-23T{to}:00Z")),
        });
        assert_eq!(
            hours.open_at(instant(now), &berlin(), never),
            expected,
            "{now}"
        );
    }
}

#[test]
fn spans_that_touch_count_as_one_also_across_midnight() {
    let night = hours([
        opening(weekly("fri"), "08:00-12:00 12:00-24:00"),
        opening(weekly("sat"), "00:00-06:00"),
    ]);
    let (opens, closes) = (
        instant("2026-11-27T07:00:00Z"),
        instant("2026-11-28T05:00:00Z"),
    );
    for now in ["2026-11-27T07:00:00Z", "2026-11-27T23:00:00Z"] {
        let open = night.open_at(instant(now), &berlin(), never);
        let whole = OpenSpan {
            from: opens,
            to: closes,
        };
        assert_eq!(open, Some(whole), "{now}");
        assert_eq!(
            night.next_change(instant(now), &berlin(), never),
            Some(closes),
            "{now}"
        );
        let next_week = instant("2026-12-04T07:00:00Z");
        assert_eq!(
            night.next_opening(instant(now), &berlin(), never),
            Some(next_week),
            "{now}"
        );
    }
    let friday = night.last_closing_on(day("2026-11-27"), &berlin(), never);
    assert_eq!(friday, Some(instant("2026-11-27T23:00:00Z")));
}

#[test]
fn the_next_opening_and_the_next_change_lie_after_now() {
    let hours = hours([opening(weekly("mon"), "08:00-12:00 13:00-16:00")]);
    for (now, opens, changes) in [
        ("2026-11-22T12:00", "2026-11-23T07:00", "2026-11-23T07:00"),
        ("2026-11-23T07:00", "2026-11-23T12:00", "2026-11-23T11:00"),
        ("2026-11-23T11:00", "2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T12:00", "2026-11-30T07:00", "2026-11-23T15:00"),
        ("2026-11-23T15:00", "2026-11-30T07:00", "2026-11-30T07:00"),
    ] {
        let at = |text: &str| instant(&format!("{text}:00Z"));
        let next = hours.next_opening(at(now), &berlin(), never);
        assert_eq!(next, Some(at(opens)), "opens after {now}");
        let next = hours.next_change(at(now), &berlin(), never);
        assert_eq!(next, Some(at(changes)), "changes after {now}");
    }
}

#[test]
fn nobody_looks_further_ahead_than_400_days() {
    let hours = hours([opening(dates("2028-01-01"), "08:00-16:00")]);
    let opens = instant("2028-01-01T07:00:00Z");
    for (now, expected) in [
        ("2026-11-27T07:00:00Z", Some(opens)),
        ("2026-11-27T06:59:59Z", None),
    ] {
        let now = instant(now);
        assert_eq!(hours.next_opening(now, &berlin(), never), expected);
        assert_eq!(hours.next_change(now, &berlin(), never), expected);
    }
}

#[test]
fn a_queue_without_hours_never_opens() {
    let now = instant("2026-11-23T10:00:00Z");
    let hours = Hours::default();
    assert_eq!(hours.open_at(now, &berlin(), never), None);
    assert_eq!(hours.next_opening(now, &berlin(), never), None);
    assert_eq!(hours.next_change(now, &berlin(), never), None);
    assert_eq!(hours.faults(), []);
}

#[test]
fn a_queue_that_never_closes_has_no_change_and_tells_a_week_around_today() {
    let always = hours([opening(every_day(), "00:00-24:00")]);
    let now = instant("2026-11-23T10:00:00Z");
    assert_eq!(always.next_change(now, &berlin(), never), None);
    assert_eq!(always.next_opening(now, &berlin(), never), None);
    let week = OpenSpan {
        from: instant("2026-11-15T23:00:00Z"),
        to: instant("2026-11-30T23:00:00Z"),
    };
    assert_eq!(always.open_at(now, &berlin(), never), Some(week));
}

#[test]
fn hours_are_written_as_the_office_reads_them() {
    let hours = Hours {
        openings: vec![
            opening(weekly("tue mon"), "08:00-12:00"),
            opening(weeks(2, "wed", "2026-11-23"), "13:00-24:00"),
            opening(monthly("last first", "thu"), "16:00-18:00"),
            Opening {
                valid_from: Some(day("2026-12-01")),
                valid_to: Some(day("2026-12-31")),
                ..opening(dates("2026-12-05"), "09:00-10:00")
            },
        ],
        exceptions: vec![exception("2026-12-24", "")],
    };
    let written = serde_json::json!({
        "openings": [
            {"when": {"every": "week", "days": ["mon", "tue"]},
             "spans": [{"from": "08:00", "to": "12:00"}]},
            {"when": {"every": "weeks", "n": 2, "days": ["wed"], "from": "2026-11-23"},
             "spans": [{"from": "13:00", "to": "24:00"}]},
            {"when": {"every": "month", "days": ["thu"], "which": ["first", "last"]},
             "spans": [{"from": "16:00", "to": "18:00"}]},
            {"when": {"every": "dates", "dates": ["2026-12-05"]},
             "spans": [{"from": "09:00", "to": "10:00"}],
             "valid_from": "2026-12-01", "valid_to": "2026-12-31"},
        ],
        "exceptions": [{"date": "2026-12-24", "spans": []}],
    });
    assert_eq!(serde_json::to_value(&hours).expect("JSON"), written);
    let read: Hours = serde_json::from_value(written).expect("hours");
    assert_eq!(read, hours);
}

#[test]
fn a_slip_of_the_pen_is_refused_and_does_not_close_the_office() {
    for text in [
        r#"{"exceptions": [{"date": "2026-12-24"}]}"#,
        r#"{"exceptions": [{"date": "2026-02-30", "spans": []}]}"#,
        r#"{"opening": []}"#,
        r#"{"openings": [{"when": {"every": "day"}, "spans": []}]}"#,
        r#"{"openings": [{"when": {"every": "week", "days": ["monday"]}, "spans": []}]}"#,
        r#"{"openings": [{"when": {"every": "week", "days": [], "n": 2}, "spans": []}]}"#,
        r#"{"openings": [{"when": {"every": "week", "days": []}, "spans": [], "valid": "x"}]}"#,
        r#"{"exceptions": [{"date": "2026-12-24", "spans": [{"from": "08:00"}]}]}"#,
    ] {
        assert!(serde_json::from_str::<Hours>(text).is_err(), "{text}");
    }
}

#[test]
fn a_time_of_day_is_two_digits_twice_and_at_most_24_00() {
    for text in ["00:00", "08:05", "23:59", "24:00"] {
        let time: ClockTime = text.parse().expect("a time of day");
        assert_eq!(time.to_string(), text);
    }
    for text in [
        "",
        ":",
        "8:00",
        "08:0",
        "08:000",
        "24:01",
        "25:00",
        "08:60",
        "99:99",
        "+8:00",
        "-1:00",
        "08:+1",
        " 08:00",
        "08:00 ",
        "08:00:00",
        "0800",
        "08.00",
        "８:00",
        "٠٨:٠٠",
        "é:00",
        "08:é",
    ] {
        let refused = text.parse::<ClockTime>().expect_err(text);
        assert!(refused.to_string().contains("24:00"), "{refused}");
    }
    assert_eq!(ClockTime::new(24, 0).map(ClockTime::minutes), Some(1440));
    assert_eq!(ClockTime::new(7, 30).map(ClockTime::minutes), Some(450));
    for (hour, minute) in [(24, 1), (0, 60), (255, 255), (23, 60)] {
        assert_eq!(ClockTime::new(hour, minute), None);
    }
}
