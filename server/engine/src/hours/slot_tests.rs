//! The slots of an office's appointments.

use super::tests::{berlin, dates, day, every_day, instant, monthly, never, spans, weekly, weeks};
use super::*;

fn slots(when: Recurrence, text: &str, (slot_min, counters): (u16, u16)) -> Slots {
    Slots {
        when,
        spans: spans(text),
        valid_from: None,
        valid_to: None,
        slot_min,
        counters,
    }
}

fn appointments(slots: impl IntoIterator<Item = Slots>) -> AppointmentHours {
    AppointmentHours {
        slots: slots.into_iter().collect(),
        exceptions: Vec::new(),
    }
}

fn block(text: &str, (slot_min, counters): (u16, u16)) -> SlotBlock {
    SlotBlock {
        spans: spans(text),
        slot_min,
        counters,
    }
}

/// The slots of a date by the local clock: `"08:00×2 08:15×2"`.
#[track_caller]
fn slots_on(hours: &AppointmentHours, date: &str) -> String {
    let slots = hours.slots_on(day(date), &berlin(), never);
    let words: Vec<_> = slots
        .iter()
        .map(|slot| {
            let local = berlin().to_datetime(slot.at);
            format!("{}×{}", local.strftime("%H:%M"), slot.counters)
        })
        .collect();
    words.join(" ")
}

#[test]
fn slots_follow_each_other_as_long_as_a_whole_one_fits() {
    for (text, slot_min, expected) in [
        ("08:00-09:00", 15, "08:00×2 08:15×2 08:30×2 08:45×2"),
        ("08:00-09:00", 25, "08:00×2 08:25×2"),
        ("08:00-09:00", 60, "08:00×2"),
        ("08:00-09:00", 61, ""),
        // Each span begins anew, also where it touches the one before.
        (
            "08:00-08:50 08:50-09:30",
            20,
            "08:00×2 08:20×2 08:50×2 09:10×2",
        ),
        ("13:00-13:30 08:00-08:30", 30, "08:00×2 13:00×2"),
        ("23:30-24:00", 15, "23:30×2 23:45×2"),
    ] {
        let hours = appointments([slots(weekly("mon"), text, (slot_min, 2))]);
        assert_eq!(slots_on(&hours, "2026-11-23"), expected, "{text}");
        assert_eq!(slots_on(&hours, "2026-11-24"), "", "{text}");
    }
}

#[test]
fn slots_come_on_the_days_of_every_kind_of_rule() {
    for (when, on, off) in [
        (weekly("wed"), "2026-11-25", "2026-11-26"),
        (weeks(2, "wed", "2026-11-23"), "2026-12-09", "2026-12-02"),
        (monthly("last", "wed"), "2026-11-25", "2026-11-18"),
        (dates("2026-11-25"), "2026-11-25", "2026-12-25"),
    ] {
        let hours = appointments([slots(when.clone(), "08:00-08:30", (30, 1))]);
        assert_eq!(slots_on(&hours, on), "08:00×1", "{when:?}");
        assert_eq!(slots_on(&hours, off), "", "{when:?}");
    }
    let ended = Slots {
        valid_to: Some(day("2026-11-24")),
        ..slots(every_day(), "08:00-08:30", (30, 1))
    };
    let hours = appointments([ended]);
    assert_eq!(slots_on(&hours, "2026-11-24"), "08:00×1");
    assert_eq!(slots_on(&hours, "2026-11-25"), "");
}

#[test]
fn counters_of_two_rules_at_one_time_are_added_up() {
    let hours = appointments([
        slots(weekly("thu"), "08:00-09:00", (30, 2)),
        slots(monthly("last", "thu"), "08:30-10:00", (30, 1)),
        slots(weekly("thu"), "09:30-10:00", (30, u16::MAX)),
    ]);
    let full = "08:00×2 08:30×3 09:00×1 09:30×65535";
    assert_eq!(slots_on(&hours, "2026-11-26"), full);
}

#[test]
fn an_exception_says_its_own_spans_length_and_counters() {
    let hours = AppointmentHours {
        exceptions: vec![
            AppointmentException {
                date: day("2026-12-24"),
                blocks: vec![],
            },
            AppointmentException {
                date: day("2026-12-23"),
                blocks: vec![block("10:00-11:00", (30, 1)), block("08:00-08:20", (20, 3))],
            },
        ],
        ..appointments([slots(every_day(), "08:00-08:30", (15, 2))])
    };
    assert_eq!(slots_on(&hours, "2026-12-22"), "08:00×2 08:15×2");
    assert_eq!(slots_on(&hours, "2026-12-23"), "08:00×3 10:00×1 10:30×1");
    assert_eq!(slots_on(&hours, "2026-12-24"), "");
}

#[test]
fn a_closed_date_has_no_slots() {
    let hours = appointments([slots(every_day(), "08:00-08:30", (15, 2))]);
    let closed = |date| date == day("2026-12-25");
    let count = |date| hours.slots_on(day(date), &berlin(), closed).len();
    assert_eq!((count("2026-12-25"), count("2026-12-26")), (0, 2));
}

#[test]
fn a_slot_is_as_long_in_the_nights_of_the_change_and_counts_once() {
    let hours = appointments([slots(every_day(), "01:30-03:30", (30, 2))]);
    let spring = "01:30×2 03:00×2";
    assert_eq!(slots_on(&hours, "2026-03-29"), spring);
    let autumn = "01:30×2 02:00×2 02:30×2 02:00×2 02:30×2 03:00×2";
    assert_eq!(slots_on(&hours, "2026-10-25"), autumn);
    // In instants the first span ends after the second has begun.
    let broken = appointments([slots(every_day(), "01:30-02:30 02:30-03:30", (30, 2))]);
    assert_eq!(slots_on(&broken, "2026-10-25"), autumn);
    let downwards = appointments([slots(every_day(), "02:45-02:15", (15, 2))]);
    assert_eq!(slots_on(&downwards, "2026-10-25"), "");
    let seen = hours.slots_on(day("2026-10-25"), &berlin(), never);
    assert_eq!(seen[1].at, instant("2026-10-25T00:00:00Z"));
    assert_eq!(seen[3].at, instant("2026-10-25T01:00:00Z"));
}

#[test]
fn a_rule_without_length_or_counters_has_no_slots() {
    for figures in [(0, 2), (15, 0)] {
        let hours = appointments([slots(every_day(), "08:00-09:00", figures)]);
        assert_eq!(slots_on(&hours, "2026-11-23"), "");
    }
}

#[test]
fn each_fault_of_appointments_is_said() {
    let fault = |text, figures| appointments([slots(every_day(), text, figures)]).faults();
    let place = Place::Slots(1);
    assert_eq!(fault("08:00-12:00", (15, 2)), []);
    assert_eq!(fault("", (15, 2)), [FaultyHours::NoSpans(place)]);
    assert_eq!(fault("08:00-12:00", (0, 2)), [FaultyHours::NoLength(place)]);
    assert_eq!(
        fault("08:00-12:00", (15, 0)),
        [FaultyHours::NoCounters(place)]
    );
    assert_eq!(fault("08:00-08:15", (15, 1)), []);
    let short = FaultyHours::TooShort {
        place,
        span: spans("08:00-08:14")[0],
        slot_min: 15,
    };
    assert_eq!(fault("08:00-08:14", (15, 1)), [short]);
    let [first, second] = spans("08:00-12:00 11:00-13:00")[..] else {
        panic!("two spans");
    };
    let overlap = FaultyHours::Overlap {
        place,
        first,
        second,
    };
    assert_eq!(fault("08:00-12:00 11:00-13:00", (15, 1)), [overlap]);
}

#[test]
fn each_fault_of_an_exception_is_said() {
    let date = day("2026-12-24");
    let place = Place::Exception(date);
    let faults = |blocks: Vec<SlotBlock>| {
        let hours = AppointmentHours {
            slots: vec![],
            exceptions: vec![AppointmentException { date, blocks }],
        };
        hours.faults()
    };
    assert_eq!(faults(vec![]), []);
    assert_eq!(faults(vec![block("08:00-09:00", (15, 1))]), []);
    assert_eq!(
        faults(vec![block("", (15, 1)), block("08:00-09:00", (0, 1))]),
        [FaultyHours::NoSpans(place), FaultyHours::NoLength(place)]
    );
    let many = faults(vec![block("08:00-09:00", (15, 1)); 25]);
    let too_many = FaultyHours::TooManyIn {
        place,
        what: "blocks",
        count: 25,
        limit: 24,
    };
    assert_eq!(many, [too_many]);
    let twice = AppointmentException {
        date,
        blocks: vec![],
    };
    let hours = AppointmentHours {
        slots: vec![],
        exceptions: vec![twice.clone(), twice],
    };
    assert_eq!(hours.faults(), [FaultyHours::Twice(date)]);
}

#[test]
fn rules_of_slots_and_their_exceptions_have_a_limit() {
    let rule = slots(every_day(), "08:00-09:00", (15, 1));
    let dates = day("2026-01-01").series(1.days());
    let exceptions = dates.map(|date| AppointmentException {
        date,
        blocks: vec![],
    });
    let mut hours = AppointmentHours {
        slots: vec![rule.clone(); 400],
        exceptions: exceptions.clone().take(400).collect(),
    };
    assert_eq!(hours.faults(), []);
    hours.slots.push(rule);
    hours.exceptions = exceptions.take(401).collect();
    let fault = |what| FaultyHours::TooMany {
        what,
        count: 401,
        limit: 400,
    };
    let both = [fault("rules of slots"), fault("exceptions")];
    assert_eq!(hours.faults(), both);
}

#[test]
fn appointments_are_written_as_the_office_reads_them() {
    let hours = AppointmentHours {
        exceptions: vec![AppointmentException {
            date: day("2026-12-23"),
            blocks: vec![block("10:00-11:00", (30, 1))],
        }],
        ..appointments([slots(weekly("mon"), "08:00-12:00", (15, 2))])
    };
    let written = serde_json::json!({
        "slots": [{"when": {"every": "week", "days": ["mon"]},
                   "spans": [{"from": "08:00", "to": "12:00"}],
                   "slot_min": 15, "counters": 2}],
        "exceptions": [{"date": "2026-12-23",
                        "blocks": [{"spans": [{"from": "10:00", "to": "11:00"}],
                                    "slot_min": 30, "counters": 1}]}],
    });
    assert_eq!(serde_json::to_value(&hours).expect("JSON"), written);
    let read: AppointmentHours = serde_json::from_value(written).expect("appointments");
    assert_eq!(read, hours);
}
