//! The office of a day: one queue, one area, and the rules that the product ships.
//!
//! Pure: a day in, an office out.

use std::collections::BTreeSet;

use aufruf_engine::hours::{ClockTime, Day as Weekday, Hours, Opening, Recurrence, Span};
use aufruf_engine::{
    Area, AreaKey, Counter, CounterKey, HouseRules, Office, Queue, QueueKey, QueueRules, Series,
    SeriesKey, Service, ServiceKey,
};

use super::day::{self, Day};
use super::roster::Roster;
use super::seconds::{Second, ZONE};

const QUEUE: &str = "office";
const SERIES: &str = "a";
const AREA: &str = "hall";

/// More than all who can come: a day is refused for its size when it is read, not half-way.
const MAX_WAITING: u32 = 200_000;
/// The same for the numbers of walk-ins.
const LAST_NUMBER: u32 = 999_999;
/// As long as in the demo office.
const REUSE_AFTER_MIN: u32 = 60;

/// The office in which `day` takes place.
pub(super) fn of(day: &Day, rules: HouseRules) -> Office {
    Office {
        version: 1,
        time_zone: ZONE.to_owned(),
        queues: vec![queue(day)],
        series: vec![Series {
            key: SeriesKey::new(SERIES),
            prefix: "A".to_owned(),
            from: 1,
            to: LAST_NUMBER,
            reuse_after_min: REUSE_AFTER_MIN,
        }],
        services: day.services.iter().map(service).collect(),
        counters: day.counters.iter().map(|one| counter(day, one)).collect(),
        areas: vec![Area {
            key: AreaKey::new(AREA),
        }],
        closures: Vec::new(),
        rules,
    }
}

fn queue(day: &Day) -> Queue {
    // Hours know whole minutes: nobody is turned away for what the day has beyond them.
    let open = Span {
        from: minute_up_to(day.opens),
        to: minute_from(day.closes),
    };
    Queue {
        key: QueueKey::new(QUEUE),
        series: SeriesKey::new(SERIES),
        max_waiting: MAX_WAITING,
        walk_in_hours: Some(every_day(vec![open])),
        appointment_hours: None,
        rules: QueueRules::default(),
    }
}

fn service(service: &day::Service) -> Service {
    let minutes = (service.planned_s + 30) / 60;
    Service {
        key: ServiceKey::new(&service.id),
        queue: QueueKey::new(QUEUE),
        duration_min: u32::try_from(minutes).unwrap_or(u32::MAX).max(1),
    }
}

fn counter(day: &Day, counter: &day::Counter) -> Counter {
    let skills = counter.services.iter().map(|key| ServiceKey::new(key));
    let roster = Roster::of(&counter.shifts, day.opens, day.closes);
    // A plan in whole minutes never says that somebody serves who does not.
    let shifts = roster.shifts().iter().map(|(from, to)| Span {
        from: minute_from(*from),
        to: minute_up_to(*to),
    });
    Counter {
        key: CounterKey::new(&counter.id),
        skills: skills.collect(),
        helps_out: BTreeSet::new(),
        attributes: BTreeSet::new(),
        area: AreaKey::new(AREA),
        shifts: Some(every_day(
            shifts.filter(|span| span.runs_upwards()).collect(),
        )),
    }
}

/// No spans are no opening: the plan of a counter at which nobody serves.
fn every_day(spans: Vec<Span>) -> Hours {
    if spans.is_empty() {
        return Hours::default();
    }
    let days = BTreeSet::from([
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ]);
    Hours {
        openings: vec![Opening {
            when: Recurrence::Week { days },
            spans,
            valid_from: None,
            valid_to: None,
        }],
        exceptions: Vec::new(),
    }
}

/// The whole minute in which `second` lies.
fn minute_up_to(second: Second) -> ClockTime {
    clock_time(second / 60)
}

/// The first whole minute that does not begin before `second`.
fn minute_from(second: Second) -> ClockTime {
    clock_time((second + 59) / 60)
}

fn clock_time(minutes: i64) -> ClockTime {
    let part = |minutes: i64| u8::try_from(minutes).ok();
    part(minutes / 60)
        .zip(part(minutes % 60))
        .and_then(|(hour, minute)| ClockTime::new(hour, minute))
        .expect("a day that was parsed has no time beyond 24:00")
}
