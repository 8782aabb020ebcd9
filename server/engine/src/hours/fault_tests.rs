//! Hours that an office cannot mean: each fault is found and said.

use std::collections::BTreeSet;

use super::tests::{
    dates, day, every_day, exception, hours, monthly, opening, spans, weekly, weeks,
};
use super::*;

const FIRST: Place = Place::Opening(1);

fn span(text: &str) -> Span {
    spans(text)[0]
}

/// The faults of a rule that holds in the morning.
fn of_rule(when: Recurrence) -> Vec<FaultyHours> {
    hours([opening(when, "08:00-12:00")]).faults()
}

/// The faults of these spans on every day.
fn of_spans(text: &str) -> Vec<FaultyHours> {
    hours([opening(every_day(), text)]).faults()
}

#[test]
fn hours_that_an_office_can_mean_have_no_fault() {
    assert_eq!(of_spans("08:00-12:00 12:00-16:00"), []);
    assert_eq!(of_spans("13:00-16:00 08:00-12:00"), []);
    assert_eq!(of_rule(weeks(2, "mon", "2026-11-23")), []);
    assert_eq!(of_rule(weeks(52, "mon", "2026-11-23")), []);
    assert_eq!(of_rule(monthly("fifth last", "mon")), []);
    assert_eq!(of_rule(dates("2026-12-05")), []);
    // Several openings may say the same: they are united.
    let longer = [
        opening(weekly("thu"), "08:00-16:00"),
        opening(monthly("last", "thu"), "14:00-18:00"),
    ];
    assert_eq!(hours(longer).faults(), []);
}

#[test]
fn a_span_that_does_not_run_upwards_is_a_fault_and_opens_nothing() {
    for text in ["12:00-08:00", "08:00-08:00", "24:00-24:00"] {
        let fault = FaultyHours::Backwards {
            place: FIRST,
            span: span(text),
        };
        assert_eq!(of_spans(text), [fault]);
        let spans = hours([opening(every_day(), text)]).spans_on(day("2026-11-23"));
        assert_eq!(spans, []);
    }
}

#[test]
fn spans_of_one_opening_or_one_exception_may_not_overlap() {
    let (first, second) = (span("08:00-12:00"), span("11:59-13:00"));
    let overlap = |place| FaultyHours::Overlap {
        place,
        first,
        second,
    };
    assert_eq!(of_spans("11:59-13:00 08:00-12:00"), [overlap(FIRST)]);
    let hours = Hours {
        openings: vec![],
        exceptions: vec![exception("2026-12-24", "08:00-12:00 11:59-13:00")],
    };
    let place = Place::Exception(day("2026-12-24"));
    assert_eq!(hours.faults(), [overlap(place)]);
}

#[test]
fn an_opening_needs_spans_but_an_exception_none() {
    assert_eq!(of_spans(""), [FaultyHours::NoSpans(FIRST)]);
    let hours = Hours {
        openings: vec![],
        exceptions: vec![exception("2026-12-24", "")],
    };
    assert_eq!(hours.faults(), []);
}

#[test]
fn a_date_has_one_exception_and_the_first_holds() {
    let hours = Hours {
        openings: vec![],
        exceptions: vec![
            exception("2026-12-24", "08:00-10:00"),
            exception("2026-12-31", ""),
            exception("2026-12-24", ""),
        ],
    };
    assert_eq!(hours.faults(), [FaultyHours::Twice(day("2026-12-24"))]);
    assert_eq!(hours.spans_on(day("2026-12-24")), spans("08:00-10:00"));
}

#[test]
fn every_n_weeks_is_every_second_to_every_fifty_second() {
    for n in [0, 1, 53, 255] {
        let when = weeks(n, "mon", "2026-11-23");
        let fault = FaultyHours::Weeks { place: FIRST, n };
        assert_eq!(of_rule(when), [fault]);
    }
    assert!(!weeks(0, "mon", "2026-11-23").falls_on(day("2026-11-23")));
}

#[test]
fn a_rule_that_names_no_day_is_a_fault() {
    let no_days = [FaultyHours::NoDays(FIRST)];
    assert_eq!(of_rule(weekly("")), no_days);
    assert_eq!(of_rule(weeks(2, "", "2026-11-23")), no_days);
    assert_eq!(of_rule(monthly("last", "")), no_days);
    assert_eq!(
        of_rule(monthly("", "mon")),
        [FaultyHours::NoWeekOfMonth(FIRST)]
    );
    assert_eq!(of_rule(dates("")), [FaultyHours::NoDates(FIRST)]);
}

#[test]
fn a_rule_that_ends_before_it_begins_is_a_fault() {
    let (from, to) = (day("2026-12-02"), day("2026-12-01"));
    let valid = |from, to| Opening {
        valid_from: Some(from),
        valid_to: Some(to),
        ..opening(every_day(), "08:00-12:00")
    };
    let place = FIRST;
    let fault = FaultyHours::NeverValid { place, from, to };
    assert_eq!(hours([valid(from, to)]).faults(), [fault]);
    assert_eq!(hours([valid(to, to)]).faults(), []);
}

#[test]
fn everything_that_an_office_can_write_more_of_has_a_limit() {
    let some = |count| vec![opening(every_day(), "08:00-12:00"); count];
    assert_eq!(hours(some(400)).faults(), []);
    let fault = |what| FaultyHours::TooMany {
        what,
        count: 401,
        limit: 400,
    };
    assert_eq!(hours(some(401)).faults(), [fault("openings")]);

    let series: Vec<_> = day("2026-01-01").series(1.days()).take(401).collect();
    let exceptions = series.iter().map(|date| Exception {
        date: *date,
        spans: vec![],
    });
    let hours = Hours {
        openings: vec![],
        exceptions: exceptions.collect(),
    };
    assert_eq!(hours.faults(), [fault("exceptions")]);

    let dates: BTreeSet<_> = series.into_iter().collect();
    let too_many_dates = FaultyHours::TooManyIn {
        place: FIRST,
        what: "dates",
        count: 401,
        limit: 400,
    };
    assert_eq!(of_rule(Recurrence::Dates { dates }), [too_many_dates]);

    let quarters: Vec<_> = (0..24).map(|n| format!("{n:02}:00-{n:02}:15")).collect();
    let text = quarters.join(" ");
    assert_eq!(of_spans(&text), []);
    let too_many_spans = FaultyHours::TooManyIn {
        place: FIRST,
        what: "spans",
        count: 25,
        limit: 24,
    };
    assert_eq!(of_spans(&format!("{text} 23:30-23:45")), [too_many_spans]);
}

#[test]
fn a_fault_says_where_it_is_and_what_to_write() {
    let second = hours([
        opening(every_day(), "08:00-12:00"),
        opening(weeks(1, "mon", "2026-11-23"), "12:00-08:00"),
    ]);
    let said: Vec<_> = second.faults().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "opening 2: n is 1; write 2 to 52, or every = \"week\"",
            "opening 2: the span 12:00 to 08:00 does not run upwards; begin before the end, and \
             write one that passes midnight as two",
        ]
    );
    let place = Place::Exception(day("2026-12-24"));
    let no_counters = FaultyHours::NoCounters(place).to_string();
    assert_eq!(
        no_counters,
        "exception 2026-12-24: counters is 0; write at least 1"
    );
}
