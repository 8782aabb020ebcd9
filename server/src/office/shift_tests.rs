//! How the shifts of counters are written, what is told of those that cannot be meant, and what the
//! demo plans.

use aufruf_engine as engine;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::tests::{DEMO, SMALL, and, fault, faults, sound};

const REFERENCE: &str = include_str!("../../../assets/office/reference.toml");

/// A day of November 2026, a month that begins on a Sunday.
fn november(day: i8) -> Date {
    Date::new(2026, 11, day).expect("a date")
}

fn shift(keys: &str) -> String {
    format!("[[counters.shifts]]\nopen = [\"08:00-12:00\", \"12:30-16:00\"]\n{keys}\n")
}

fn exception(keys: &str) -> String {
    format!("[[counters.shift_exceptions]]\ndate = 2026-11-09\n{keys}\n")
}

/// What is planned for the only counter of the small office on these days, by the local clock:
/// `"08:00-12:00 12:30-16:00"`, nothing on a day off.
#[track_caller]
fn planned<const N: usize>(tables: &str, days: [i8; N]) -> [String; N] {
    let office = sound(&and(tables)).to_engine(1);
    days.map(|day| {
        let shifts = office.shifts_on(&office.counters[0], november(day));
        let time = |at: Timestamp| at.to_zoned(office.zone()).strftime("%H:%M").to_string();
        let spans = shifts.expect("shifts").into_iter();
        let spans = spans.map(|span| format!("{}-{}", time(span.from), time(span.to)));
        spans.collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn a_counter_has_a_shift_with_a_break_on_the_days_that_are_written() {
    let whole = "08:00-12:00 12:30-16:00";
    let shifts = shift("days = [\"mon\", \"tue\"]");
    assert_eq!(planned(&shifts, [2, 3, 4]), [whole, whole, ""]);
}

#[test]
fn shifts_are_written_in_every_form_that_hours_of_a_queue_have() {
    let whole = "08:00-12:00 12:30-16:00";
    for (keys, mondays) in [
        ("days = [\"mon\"]\nweeks = [\"first\"]", [whole, "", ""]),
        (
            "days = [\"mon\"]\nevery_weeks = 2\nfrom = 2026-11-02",
            [whole, "", whole],
        ),
        ("dates = [2026-11-09]", ["", whole, ""]),
        (
            "days = [\"mon\"]\nvalid_from = 2026-11-09",
            ["", whole, whole],
        ),
        ("days = [\"mon\"]\nvalid_to = 2026-11-02", [whole, "", ""]),
    ] {
        assert_eq!(planned(&shift(keys), [2, 9, 16]), mondays, "{keys}");
    }
}

#[test]
fn several_shifts_of_a_day_add_up_and_an_exception_stands_in_their_place() {
    let early = shift("days = [\"mon\"]");
    let late = "[[counters.shifts]]\ndays = [\"mon\"]\nopen = [\"16:00-18:00\"]\n";
    let both = format!("{early}{late}");
    let whole = "08:00-12:00 12:30-18:00";
    assert_eq!(planned(&both, [2, 9]), [whole, whole]);
    let off = format!("{both}{}", exception("open = []"));
    assert_eq!(planned(&off, [2, 9]), [whole, ""]);
    let short = format!("{both}{}", exception("open = [\"10:00-11:00\"]"));
    assert_eq!(planned(&short, [2, 9]), [whole, "10:00-11:00"]);
}

#[test]
fn nobody_has_a_shift_on_a_holiday_and_everybody_while_only_a_queue_is_closed() {
    let shifts = shift("days = [\"mon\"]");
    let holiday = "[[holidays]]\ndate = 2026-11-02\nname = { de = \"Fest\" }\n";
    let whole = "08:00-12:00 12:30-16:00";
    let closed = |queues| format!("[[closures]]\nfrom = 2026-11-02\n{queues}\n");
    for (days, expected) in [
        (holiday, ["", whole]),
        (&closed(""), ["", whole]),
        (&closed("queues = [\"ids\"]"), [whole, whole]),
    ] {
        assert_eq!(planned(&format!("{shifts}{days}"), [2, 9]), expected);
    }
}

#[test]
fn a_counter_without_shifts_has_no_plan() {
    let office = sound(SMALL).to_engine(1);
    assert_eq!(office.counters[0].shifts, None);
    assert_eq!(office.shifts_on(&office.counters[0], november(2)), None);
}

#[test]
fn shifts_that_cannot_be_meant_are_told_with_their_counter() {
    let week = shift("days = [\"mon\"]");
    let backwards = "[[counters.shifts]]\ndays = [\"tue\"]\nopen = [\"12:00-08:00\"]\n";
    for (tables, told) in [
        (
            week.clone() + &shift(""),
            "shifts 2: has neither days nor dates; write one of them",
        ),
        (
            week.clone() + &shift("days = []"),
            "shifts 2: days is empty; name at least one of \"mon\" to \"sun\"",
        ),
        (
            week.clone() + backwards,
            "shifts 2: the span 12:00 to 08:00 does not run upwards",
        ),
        (
            shift("days = [\"mon\"]\ncounters = 1"),
            "shifts 1: slot_min and counters are for appointments; write them in \
             [[queues.appointments]] instead of [[counters.shifts]]",
        ),
        (
            exception("open = []"),
            "shift_exceptions differ from no shifts; write [[counters.shifts]] too",
        ),
        (
            week.clone() + &exception("open = []") + &exception("open = [\"08:00-09:00\"]"),
            "shift_exceptions 2026-11-09: there are two exceptions",
        ),
        (
            week + &exception("open = [\"08:00-09:00\"]\nslot_min = 5"),
            "shift_exceptions 2026-11-09: slot_min and counters are for appointments",
        ),
    ] {
        let fault = fault(&and(&tables));
        let told = format!("counter \"one\", {told}");
        assert!(fault.starts_with(&told), "{fault}");
    }
    let none = SMALL.replacen("name = \"1\"", "name = \"1\"\nshifts = []", 1);
    let told = "counter \"one\", shifts is empty; leave it out, or write a table for some days";
    assert_eq!(fault(&none), told);
}

#[test]
fn a_fault_of_shifts_is_told_with_the_line_of_its_table() {
    let text = and(&(shift("days = [\"mon\"]") + &shift("days = []")));
    let line = text.lines().count() - 3;
    let headed = text.lines().nth(line - 1);
    assert_eq!(headed, Some("[[counters.shifts]]"));
    let told = faults(&text);
    assert!(told[0].starts_with(&format!("line {line}: counter \"one\", shifts 2: ")));
}

#[test]
fn slips_of_the_pen_in_shifts_are_told_at_once_each_with_its_line() {
    let text = and(&(shift("dys = [\"mon\"]")
        + "[[counters.shifts]]\ndays = [\"mon\"]\nopen = [\"8-12\"]\n"
        + &exception("")));
    let told = faults(&text);
    let words = ["dys", "\"8\" is no time of day", "missing field `open`"];
    assert_eq!(told.len(), words.len(), "{told:#?}");
    for (told, word) in told.iter().zip(words) {
        let is_told = told.starts_with("line ") && told.contains(word);
        assert!(is_told, "{word}: {told}");
    }
}

#[test]
fn shifts_are_no_key_of_a_queue() {
    let text = SMALL.replacen("max_waiting = 300", "max_waiting = 300\nshifts = []", 1);
    let told = fault(&text);
    assert!(told.contains("unknown field `shifts`"), "{told}");
}

#[test]
fn an_office_with_every_key_is_the_same_after_it_was_recorded() {
    let office = sound(REFERENCE).to_engine(3);
    assert!(
        office
            .counters
            .iter()
            .any(|counter| counter.shifts.is_some())
    );
    let recorded = serde_json::to_string(&office).expect("JSON");
    let read: engine::Office = serde_json::from_str(&recorded).expect("an office");
    assert_eq!(read, office);
}

/// The planned breaks of a day: how long nobody is planned at this counter between midnights.
fn break_of(office: &engine::Office, counter: &engine::Counter, date: Date) -> SignedDuration {
    let shifts = office.shifts_on(counter, date).expect("shifts");
    let gaps = shifts
        .windows(2)
        .map(|pair| pair[0].to.duration_until(pair[1].from));
    gaps.sum()
}

#[test]
fn at_every_counter_of_the_demo_somebody_has_a_lunch_break_of_up_to_an_hour() {
    let office = sound(DEMO).to_engine(1);
    for counter in &office.counters {
        for day in 2..=8 {
            let minutes = break_of(&office, counter, november(day)).as_mins();
            assert!((45..=60).contains(&minutes), "{:?}: {minutes}", counter.key);
        }
    }
}

#[test]
fn the_demo_can_be_shown_at_any_time_somebody_is_planned_for_every_queue() {
    let office = sound(DEMO).to_engine(1);
    let midnight = november(2)
        .to_zoned(office.zone())
        .expect("a day")
        .timestamp();
    for quarter in 0..7 * 24 * 4 {
        let at = midnight + SignedDuration::from_mins(15 * quarter);
        let date = at.to_zoned(office.zone()).date();
        let serves = |counter: &&engine::Counter| {
            let shifts = office.shifts_on(counter, date).expect("shifts");
            shifts.iter().any(|span| (span.from..span.to).contains(&at))
        };
        for queue in &office.queues {
            let mut there = office.counters.iter().filter(serves);
            let is_served = there.any(|counter| office.serves_queue(counter, &queue.key));
            assert!(is_served, "{:?} at {at}", queue.key);
        }
    }
}
