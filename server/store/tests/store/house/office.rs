//! The office of the tests, and how its things are named by figures.

use std::collections::BTreeSet;

use aufruf_engine::{
    Area, AreaKey, ClerkKey, Command, Counter, CounterKey, HouseRules, Need, Office, Queue,
    QueueKey, QueueRules, Series, SeriesKey, Service, ServiceKey, Target, TicketId,
};

pub(crate) fn id(n: u128) -> TicketId {
    TicketId(uuid::Uuid::from_u128(n))
}

pub(crate) fn counter(n: u8) -> CounterKey {
    CounterKey::new(["counter-1", "counter-2"][usize::from(n % 2)])
}

pub(crate) fn clerk(n: u8) -> ClerkKey {
    ClerkKey::new(["aylin", "bruno"][usize::from(n % 2)])
}

pub(crate) fn queue(n: u8) -> QueueKey {
    QueueKey::new(["citizens", "cars"][usize::from(n % 2)])
}

pub(crate) fn target(n: u8) -> Target {
    match n % 3 {
        0 => Target::Queue(queue(n)),
        1 => Target::Counter(counter(n)),
        _ => Target::Clerk(clerk(n)),
    }
}

pub(crate) fn services(n: u8) -> Vec<ServiceKey> {
    let first = ["passport", "address", "car"][usize::from(n % 3)];
    let both = [first, "car"].map(ServiceKey::new);
    match n % 8 {
        0 if first != "car" => both.into(),
        _ => vec![ServiceKey::new(first)],
    }
}

pub(crate) fn needs(n: u8) -> BTreeSet<Need> {
    let need = n.is_multiple_of(4).then_some(Need::InductionLoop);
    need.into_iter().collect()
}

pub(crate) fn emergency(counter: CounterKey, step: u8) -> Command {
    match step % 3 {
        0 => Command::RaiseEmergency { counter },
        1 => Command::AcceptEmergency { counter },
        _ => Command::EndEmergency { counter },
    }
}

pub(crate) fn office(version: u64) -> Office {
    let queue = |key, series| Queue {
        key: QueueKey::new(key),
        series: SeriesKey::new(series),
        max_waiting: 200_000,
        walk_in_hours: None,
        appointment_hours: None,
        rules: QueueRules {
            calls_in_vain: 2,
            ..QueueRules::default()
        },
    };
    let series = |key, prefix: &str, to| Series {
        key: SeriesKey::new(key),
        prefix: prefix.to_owned(),
        from: 1,
        to,
        reuse_after_min: 60,
    };
    let service = |key, queue| Service {
        key: ServiceKey::new(key),
        queue: QueueKey::new(queue),
        duration_min: 10,
    };
    let counter = |key, skills: &[&str]| Counter {
        key: CounterKey::new(key),
        skills: skills.iter().map(|skill| ServiceKey::new(skill)).collect(),
        helps_out: BTreeSet::new(),
        attributes: [Need::InductionLoop].into(),
        area: AreaKey::new("ground"),
        shifts: None,
    };
    Office {
        version,
        time_zone: "Europe/Berlin".to_owned(),
        queues: vec![queue("citizens", "a"), queue("cars", "b")],
        series: vec![series("a", "A", 99_999), series("b", "B", 30)],
        services: vec![
            service("passport", "citizens"),
            service("address", "citizens"),
            service("car", "cars"),
        ],
        counters: vec![
            counter("counter-1", &["passport", "address"]),
            counter("counter-2", &["address", "car"]),
        ],
        areas: vec![Area {
            key: AreaKey::new("ground"),
        }],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}
