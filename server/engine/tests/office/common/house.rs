//! The office of the tests: three queues, nine services, five counters, two areas.

use std::collections::BTreeSet;

use aufruf_engine::hours::{AppointmentHours, Day, Hours, Opening, Recurrence, Slots, Span};
use aufruf_engine::{
    Area, AreaKey, Closure, Counter, CounterKey, HouseRules, Need, Office, Queue, QueueKey,
    QueueRules, Series, SeriesKey, Service, ServiceKey,
};

use super::skills;

/// ```text
/// ids           A   id-card passport pick-up
/// registration  B   move extract block
/// certificates  C   birth marriage death
/// ```
/// `counter-1` has all of the first queue, `counter-4` all of the third; nobody has all of the second.
pub(crate) fn house() -> Office {
    Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: vec![
            queue("ids", "a"),
            queue("registration", "b"),
            queue("certificates", "c"),
        ],
        series: vec![series("a", "A"), series("b", "B"), series("c", "C")],
        services: vec![
            service("id-card", "ids"),
            service("passport", "ids"),
            service("pick-up", "ids"),
            service("move", "registration"),
            service("extract", "registration"),
            service("block", "registration"),
            service("birth", "certificates"),
            service("marriage", "certificates"),
            service("death", "certificates"),
        ],
        counters: vec![
            counter("counter-1", "ground", &["id-card", "passport", "pick-up"]),
            counter("counter-2", "ground", &["id-card", "move", "extract"]),
            counter("counter-3", "ground", &["pick-up", "move", "birth"]),
            counter("counter-4", "upper", &["birth", "marriage", "death"]),
            counter("counter-5", "upper", &["extract", "block"]),
        ],
        areas: vec![area("ground"), area("upper")],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}

/// The house with what a test wants to be different.
pub(crate) fn house_with(change: impl FnOnce(&mut Office)) -> Office {
    let mut office = house();
    change(&mut office);
    office
}

/// The house with other rules for the queue of ids.
pub(crate) fn ids_with(change: impl FnOnce(&mut QueueRules)) -> Office {
    house_with(|office| change(&mut office.queues[0].rules))
}

pub(crate) fn queue(key: &str, series: &str) -> Queue {
    Queue {
        key: QueueKey::new(key),
        series: SeriesKey::new(series),
        max_waiting: 300,
        walk_in_hours: None,
        appointment_hours: None,
        rules: QueueRules::default(),
    }
}

/// 1 to 999; a number rests for an hour.
pub(crate) fn series(key: &str, prefix: &str) -> Series {
    Series {
        key: SeriesKey::new(key),
        prefix: prefix.to_owned(),
        from: 1,
        to: 999,
        reuse_after_min: 60,
    }
}

pub(crate) fn service(key: &str, queue: &str) -> Service {
    Service {
        key: ServiceKey::new(key),
        queue: QueueKey::new(queue),
        duration_min: 10,
    }
}

fn counter(key: &str, area: &str, services: &[&str]) -> Counter {
    Counter {
        key: CounterKey::new(key),
        skills: skills(services),
        helps_out: BTreeSet::new(),
        attributes: BTreeSet::new(),
        area: AreaKey::new(area),
        shifts: None,
    }
}

fn area(key: &str) -> Area {
    Area {
        key: AreaKey::new(key),
    }
}

/// Every day of the week from one time of day to another.
pub(crate) fn hours(spans: &[(&str, &str)]) -> Hours {
    Hours {
        openings: vec![Opening {
            when: every_day(),
            spans: spans.iter().map(|span| self::span(*span)).collect(),
            valid_from: None,
            valid_to: None,
        }],
        exceptions: Vec::new(),
    }
}

/// Every day of the week, one appointment every ten minutes.
pub(crate) fn appointment_hours(span: (&str, &str)) -> AppointmentHours {
    AppointmentHours {
        slots: vec![Slots {
            when: every_day(),
            spans: vec![self::span(span)],
            valid_from: None,
            valid_to: None,
            slot_min: 10,
            counters: 1,
        }],
        exceptions: Vec::new(),
    }
}

fn span((from, to): (&str, &str)) -> Span {
    let [from, to] = [from, to].map(|time| time.parse().expect("a time of day"));
    Span { from, to }
}

fn every_day() -> Recurrence {
    let days = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
        Day::Saturday,
        Day::Sunday,
    ];
    Recurrence::Week {
        days: BTreeSet::from(days),
    }
}

/// One closed day, `2026-11-23`, for these queues; for none of them: for the whole house.
pub(crate) fn closure(day: &str, queues: &[&str]) -> Closure {
    let day = day.parse().expect("a date");
    Closure {
        from: day,
        to: day,
        queues: queues.iter().map(|key| QueueKey::new(key)).collect(),
    }
}

pub(crate) fn needs(needs: &[Need]) -> BTreeSet<Need> {
    needs.iter().copied().collect()
}
