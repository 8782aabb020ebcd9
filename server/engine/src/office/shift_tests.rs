//! When somebody is planned to serve at a counter, and what closed days make of it.

use serde_json::json;

use super::*;

/// A house with one counter, whose shifts these are.
fn house(shifts: Option<Hours>) -> Office {
    let one = |key: &str| AreaKey::new(key);
    Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: Vec::new(),
        series: Vec::new(),
        services: Vec::new(),
        counters: vec![Counter {
            key: CounterKey::new("one"),
            skills: BTreeSet::new(),
            helps_out: BTreeSet::new(),
            attributes: BTreeSet::new(),
            area: one("hall"),
            shifts,
        }],
        areas: vec![Area { key: one("hall") }],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}

/// On working days from 08:00 to 12:00 and from 12:30 to 16:00; on Christmas Eve until 10:00.
fn with_a_lunch_break() -> Hours {
    let hours = json!({
        "openings": [{
            "when": {"every": "week", "days": ["mon", "tue", "wed", "thu", "fri"]},
            "spans": [{"from": "12:30", "to": "16:00"}, {"from": "08:00", "to": "12:00"}],
        }],
        "exceptions": [{"date": "2026-12-24", "spans": [{"from": "08:00", "to": "10:00"}]}],
    });
    serde_json::from_value(hours).expect("hours")
}

fn closed(day: &str, queues: &[&str]) -> Closure {
    let [from, to] = [day, day].map(|day| day.parse().expect("a date"));
    let queues = queues.iter().map(|key| QueueKey::new(key)).collect();
    Closure { from, to, queues }
}

/// The planned spans of the only counter in UTC, as `HH:MM-HH:MM`, nothing on a day off; none where
/// there is no plan.
fn planned(office: &Office, day: &str) -> Option<String> {
    let spans = office.shifts_on(&office.counters[0], day.parse().expect("a date"))?;
    let time = |at: jiff::Timestamp| at.to_string()[11..16].to_owned();
    let spans = spans.into_iter();
    let spans = spans.map(|span| format!("{}-{}", time(span.from), time(span.to)));
    Some(spans.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_shift_is_told_in_the_offices_zone_and_a_break_is_the_gap_in_it() {
    let mut office = house(Some(with_a_lunch_break()));
    let winter = Some("07:00-11:00 11:30-15:00");
    assert_eq!(planned(&office, "2026-11-23").as_deref(), winter);
    let summer = Some("06:00-10:00 10:30-14:00");
    assert_eq!(planned(&office, "2026-07-06").as_deref(), summer);
    office.time_zone = "UTC".to_owned();
    let utc = Some("08:00-12:00 12:30-16:00");
    assert_eq!(planned(&office, "2026-11-23").as_deref(), utc);
}

#[test]
fn nobody_is_planned_on_a_day_off_and_an_exception_replaces_the_usual_shift() {
    let office = house(Some(with_a_lunch_break()));
    assert_eq!(
        planned(&office, "2026-11-28").as_deref(),
        Some(""),
        "a Saturday"
    );
    assert_eq!(
        planned(&office, "2026-12-24").as_deref(),
        Some("07:00-09:00")
    );
}

#[test]
fn a_counter_without_shifts_has_no_plan_whatever_is_closed() {
    let mut office = house(None);
    assert_eq!(planned(&office, "2026-11-23"), None);
    office.closures.push(closed("2026-11-23", &[]));
    assert_eq!(planned(&office, "2026-11-23"), None);
}

#[test]
fn nobody_is_planned_while_the_whole_house_is_closed() {
    let mut office = house(Some(with_a_lunch_break()));
    office.closures.push(closed("2026-12-24", &[]));
    assert_eq!(planned(&office, "2026-12-24").as_deref(), Some(""));
    let usual = Some("07:00-11:00 11:30-15:00");
    assert_eq!(planned(&office, "2026-12-23").as_deref(), usual);
    assert_eq!(planned(&office, "2026-12-25").as_deref(), usual);
}

#[test]
fn a_closed_queue_sends_nobody_home() {
    let mut office = house(Some(with_a_lunch_break()));
    office.closures.push(closed("2026-11-23", &["ids"]));
    let usual = Some("07:00-11:00 11:30-15:00");
    assert_eq!(planned(&office, "2026-11-23").as_deref(), usual);
}

#[test]
fn a_counter_is_written_with_its_shifts_and_without_a_word_on_none() {
    for (shifts, is_written) in [(Some(with_a_lunch_break()), true), (None, false)] {
        let counter = house(shifts).counters.remove(0);
        let written = serde_json::to_value(&counter).expect("JSON");
        assert_eq!(written.get("shifts").is_some(), is_written);
        let read: Counter = serde_json::from_value(written).expect("a counter");
        assert_eq!(read, counter);
    }
}

/// Offices were recorded before there were these rules.
#[test]
fn rules_that_a_record_does_not_name_have_their_defaults() {
    let house: HouseRules = serde_json::from_value(json!({"favoured_in_a_row": 1})).expect("rules");
    assert_eq!((house.favoured_in_a_row, house.overtaken_at_most), (1, 5));
    let queue: QueueRules = serde_json::from_value(json!({"max_wait_min": 9})).expect("rules");
    let found = (queue.max_wait_min, queue.early_call_min, queue.max_hold_min);
    assert_eq!(found, (9, 5, 2));
}
