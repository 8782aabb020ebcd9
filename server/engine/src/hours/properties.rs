//! What holds for any hours, in any zone, around the changes of its clock.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use super::tests::{day, never};
use super::*;

/// Zones and the dates on which their clocks did something.
const CHANGES: &[(&str, &str)] = &[
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("Europe/Berlin", "2026-12-31"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("Africa/Cairo", "2026-04-24"),
    ("Africa/Cairo", "2026-10-29"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("America/St_Johns", "2010-11-07"),
    ("America/St_Johns", "2010-03-14"),
    ("Pacific/Apia", "2011-12-30"),
    ("UTC", "2028-02-29"),
];

/// A zone, a date around one of its changes, and an instant around that date.
#[derive(Debug, Clone)]
struct Moment {
    zone: TimeZone,
    date: Date,
    now: Timestamp,
}

fn moments() -> impl Strategy<Value = Moment> {
    let minutes = -2 * 1440..3 * 1440_i64;
    (select(CHANGES), -2..3_i64, minutes).prop_map(|((zone, change), days, minutes)| {
        let zone = TimeZone::get(zone).expect("a zone of the database");
        let date = day(change).saturating_add(days.days());
        let noon = date.at(12, 0, 0, 0);
        let noon = zone.to_timestamp(noon).unwrap_or(Timestamp::UNIX_EPOCH);
        let now = noon.saturating_add(SignedDuration::from_mins(minutes));
        let now = now.expect("a duration without calendar");
        Moment { zone, date, now }
    })
}

fn clock_times() -> impl Strategy<Value = ClockTime> {
    let quarters = (0..=24_u8, select(&[0, 15, 30, 45][..]));
    prop_oneof![3 => quarters, 1 => (0..24_u8, 0..60_u8)]
        .prop_map(|(hour, minute)| ClockTime::new(hour, minute).or(ClockTime::new(24, 0)))
        .prop_filter_map("a time of day", |time| time)
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    vec((clock_times(), clock_times()), 0..4).prop_map(|spans| {
        let spans = spans.into_iter();
        spans.map(|(from, to)| Span { from, to }).collect()
    })
}

/// Spans as a sound rule has them: upwards, apart.
fn sound_spans() -> impl Strategy<Value = Vec<Span>> {
    btree_set(clock_times(), 0..7).prop_map(|times| {
        let times: Vec<_> = times.into_iter().collect();
        let pairs = times.chunks_exact(2);
        pairs
            .map(|pair| Span {
                from: pair[0],
                to: pair[1],
            })
            .collect()
    })
}

fn days() -> impl Strategy<Value = BTreeSet<Day>> {
    let days = btree_set(0..7_i8, 0..8);
    days.prop_map(|days| {
        let days = days.into_iter();
        let weekdays = days.map(jiff::civil::Weekday::from_monday_zero_offset);
        weekdays
            .map(|day| Day::from(day.expect("0 to 6")))
            .collect()
    })
}

/// Dates of the years in which the changes lie, and seldom one at the end of the calendar.
fn some_date() -> impl Strategy<Value = Date> {
    let near = (select(CHANGES), -400..400_i64);
    let near = near.prop_map(|((_, change), days)| day(change).saturating_add(days.days()));
    prop_oneof![20 => near, 1 => Just(Date::MIN), 1 => Just(Date::MAX)]
}

fn recurrences() -> impl Strategy<Value = Recurrence> {
    use WeekOfMonth::{Fifth, First, Fourth, Last, Second, Third};
    let which = btree_set(
        select(&[First, Second, Third, Fourth, Fifth, Last][..]),
        0..7,
    );
    prop_oneof![
        4 => days().prop_map(|days| Recurrence::Week { days }),
        1 => (0..60_u8, days(), some_date())
            .prop_map(|(n, days, from)| Recurrence::Weeks { n, days, from }),
        1 => (days(), which).prop_map(|(days, which)| Recurrence::Month { days, which }),
        1 => btree_set(some_date(), 0..40).prop_map(|dates| Recurrence::Dates { dates }),
    ]
}

fn openings() -> impl Strategy<Value = Opening> {
    let valid = || proptest::option::weighted(0.1, some_date());
    (recurrences(), spans(), valid(), valid()).prop_map(|(when, spans, valid_from, valid_to)| {
        Opening {
            when,
            spans,
            valid_from,
            valid_to,
        }
    })
}

/// Any hours that can be written, sound or faulty.
fn any_hours() -> impl Strategy<Value = Hours> {
    let exceptions = (some_date(), spans()).prop_map(|(date, spans)| Exception { date, spans });
    (vec(openings(), 0..4), vec(exceptions, 0..3)).prop_map(|(openings, exceptions)| Hours {
        openings,
        exceptions,
    })
}

/// Closed on the 13th and 26th of a month, or never.
fn closures() -> impl Strategy<Value = fn(Date) -> bool> {
    fn two_days_a_month(date: Date) -> bool {
        date.day() % 13 == 0
    }
    select(&[never as fn(Date) -> bool, two_days_a_month][..])
}

/// What a visitor sees who reads the sign at the door and looks at the clock on the wall.
fn sign_says_open(hours: &Hours, wall: DateTime, closed: fn(Date) -> bool) -> bool {
    let minutes = i32::from(wall.hour()) * 60 + i32::from(wall.minute());
    let spans = hours.spans_on(wall.date());
    let within = |span: &Span| {
        i32::from(span.from.minutes()) <= minutes && minutes < i32::from(span.to.minutes())
    };
    !closed(wall.date()) && spans.iter().any(within)
}

fn just_before(at: Timestamp) -> Timestamp {
    at.checked_sub(SignedDuration::from_nanos(1))
        .expect("an instant within time")
}

proptest! {
    #[test]
    fn it_is_open_exactly_when_sign_and_clock_say_so_but_for_the_hour_that_comes_twice(
        hours in any_hours(), moment in moments(), closed in closures(),
    ) {
        let Moment { zone, now, .. } = moment;
        let wall = zone.to_datetime(now);
        let open = hours.open_at(now, &zone, closed);
        if sign_says_open(&hours, wall, closed) {
            prop_assert!(open.is_some());
        } else if open.is_some() {
            prop_assert!(zone.to_ambiguous_timestamp(wall).is_ambiguous());
        }
        if let Some(open) = open {
            prop_assert!(open.from <= now && now < open.to);
        }
    }

    #[test]
    fn every_instant_of_a_days_spans_is_open_and_the_days_spans_are_apart_and_within_it(
        hours in any_hours(), moment in moments(), closed in closures(),
    ) {
        let Moment { zone, date, .. } = moment;
        let spans = hours.open_spans(date, &zone, closed);
        for span in &spans {
            prop_assert!(span.from < span.to);
            for at in [span.from, just_before(span.to)] {
                let open = hours.open_at(at, &zone, closed);
                let whole = open.is_some_and(|run| run.from <= span.from && span.to <= run.to);
                prop_assert!(whole, "{at} of {span:?} lies in {open:?}");
                prop_assert_eq!(zone.to_datetime(at).date(), date);
            }
        }
        prop_assert!(spans.windows(2).all(|pair| pair[0].to < pair[1].from));
        let last = hours.last_closing_on(date, &zone, closed);
        prop_assert_eq!(last, spans.iter().map(|span| span.to).max());
    }

    #[test]
    fn the_next_change_changes_and_nothing_does_before_it(
        hours in any_hours(), moment in moments(), closed in closures(), part in 0.0..1.0,
    ) {
        let Moment { zone, now, .. } = moment;
        let is_open = |at| hours.open_at(at, &zone, closed).is_some();
        let Some(change) = hours.next_change(now, &zone, closed) else {
            prop_assert_eq!(hours.next_opening(now, &zone, closed), None);
            return Ok(());
        };
        prop_assert!(now < change);
        prop_assert_ne!(is_open(change), is_open(just_before(change)));
        let between = now + change.duration_since(now).mul_f64(part);
        let between = between.min(just_before(change));
        prop_assert_eq!(is_open(between), is_open(now), "at {} before {}", between, change);
        let opening = hours.next_opening(now, &zone, closed);
        if is_open(now) {
            // What closes opens again at the change after it, if it does so within sight.
            let again = hours.next_change(change, &zone, closed);
            prop_assert!(opening.is_none() || opening == again);
        } else {
            prop_assert_eq!(opening, Some(change));
        }
    }

    #[test]
    fn slots_lie_within_their_spans_one_after_the_other(
        spans in spans(), moment in moments(), slot_min in 0..200_u16, counters in 0..4_u16,
    ) {
        let Moment { zone, date, .. } = moment;
        let open = Hours {
            exceptions: vec![Exception { date, spans: spans.clone() }],
            ..Hours::default()
        }
        .open_spans(date, &zone, never);
        let blocks = vec![SlotBlock { spans, slot_min, counters }];
        let hours = AppointmentHours {
            slots: vec![],
            exceptions: vec![AppointmentException { date, blocks }],
        };
        let length = SignedDuration::from_mins(i64::from(slot_min));
        let slots = hours.slots_on(date, &zone, never);
        for slot in &slots {
            prop_assert_eq!(slot.counters, counters);
            let within = |span: &OpenSpan| span.from <= slot.at && slot.at + length <= span.to;
            prop_assert!(open.iter().any(within), "{slot:?} lies in none of {open:?}");
        }
        prop_assert!(slots.windows(2).all(|pair| pair[0].at + length <= pair[1].at));
    }

    #[test]
    fn on_a_day_without_a_change_there_are_as_many_slots_as_fit(
        spans in sound_spans(), slot_min in 1..200_u16, counters in 1..4_u16,
    ) {
        let each = |span: &Span| (span.to.minutes() - span.from.minutes()) / slot_min;
        let expected: u16 = spans.iter().map(each).sum();
        let days = Day::from(jiff::civil::Weekday::Monday);
        let hours = AppointmentHours {
            slots: vec![Slots {
                when: Recurrence::Week { days: [days].into() },
                spans,
                valid_from: None,
                valid_to: None,
                slot_min,
                counters,
            }],
            exceptions: vec![],
        };
        let seen = hours.slots_on(day("2026-11-23"), &TimeZone::UTC, never);
        prop_assert_eq!(seen.len(), usize::from(expected));
    }

    #[test]
    fn hours_come_back_from_json_as_they_were(hours in any_hours()) {
        let text = serde_json::to_string(&hours).expect("JSON");
        let back: Hours = serde_json::from_str(&text).expect("hours");
        prop_assert_eq!(back, hours);
    }

    #[test]
    fn a_text_is_a_time_of_day_only_in_the_one_way_it_is_written(text in ".{0,6}|[0-9:]{4,6}") {
        if let Ok(time) = text.parse::<ClockTime>() {
            prop_assert_eq!(time.to_string(), text);
        }
    }

    #[test]
    fn at_the_ends_of_the_calendar_hours_are_read_all_the_same(hours in any_hours()) {
        let zone = super::tests::berlin();
        for now in [Timestamp::MIN, Timestamp::MAX] {
            let change = hours.next_change(now, &zone, never);
            prop_assert!(change.is_none_or(|change| now < change));
            let open = hours.open_at(now, &zone, never);
            prop_assert!(open.is_none_or(|open| open.from <= now && now < open.to));
        }
        for date in [Date::MIN, Date::MAX] {
            let spans = hours.open_spans(date, &zone, never);
            prop_assert!(spans.len() <= hours.spans_on(date).len());
        }
    }
}
