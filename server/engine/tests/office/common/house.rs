//! The office of the tests: three queues, nine services, five counters, two areas.

use aufruf_engine::{
    Area, AreaKey, Counter, CounterKey, Office, Queue, QueueKey, Series, SeriesKey, Service,
    ServiceKey,
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
    }
}

pub(crate) fn queue(key: &str, series: &str) -> Queue {
    Queue {
        key: QueueKey::new(key),
        series: SeriesKey::new(series),
        max_waiting: 300,
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
        area: AreaKey::new(area),
    }
}

fn area(key: &str) -> Area {
    Area {
        key: AreaKey::new(key),
    }
}
