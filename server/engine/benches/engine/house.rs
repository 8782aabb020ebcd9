//! The house of the measurements: six queues, sixty services, thirty counters, with hours, and
//! with counters that have what somebody may need.

use std::collections::BTreeSet;

use aufruf_engine::hours::{Day, Hours, Opening, Recurrence, Span};
use aufruf_engine::{
    Area, AreaKey, CheckInRule, Counter, CounterKey, HouseRules, Need, Office, Queue, QueueKey,
    QueueRules, Series, SeriesKey, Service, ServiceKey,
};

const QUEUES: u64 = 6;
const SERVICES: u64 = 60;
pub(crate) const COUNTERS: u64 = 30;

pub(crate) fn office() -> Office {
    Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: (0..QUEUES).map(queue).collect(),
        series: (0..QUEUES).map(series).collect(),
        counters: (0..COUNTERS).map(a_counter).collect(),
        services: (0..SERVICES).map(a_service).collect(),
        areas: vec![Area {
            key: AreaKey::new("ground"),
        }],
        closures: Vec::new(),
        rules: HouseRules::default(),
    }
}

fn queue(n: u64) -> Queue {
    let check_in = if n == 1 {
        CheckInRule::None
    } else {
        CheckInRule::Required
    };
    Queue {
        key: QueueKey::new(&format!("queue-{n}")),
        series: SeriesKey::new(&format!("series-{n}")),
        max_waiting: 200_000,
        walk_in_hours: Some(hours()),
        appointment_hours: None,
        rules: QueueRules {
            check_in,
            overtime_min: Some(60),
            contingent: Some(200_000),
            ..QueueRules::default()
        },
    }
}

/// Two times of opening on each day of the week.
pub(crate) fn hours() -> Hours {
    let time = |time: &str| time.parse().expect("a time of day");
    let span = |from, to| Span {
        from: time(from),
        to: time(to),
    };
    let days = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
        Day::Saturday,
        Day::Sunday,
    ];
    let opening = |day| Opening {
        when: Recurrence::Week {
            days: BTreeSet::from([day]),
        },
        spans: vec![span("07:00", "12:00"), span("13:00", "18:00")],
        valid_from: None,
        valid_to: None,
    };
    Hours {
        openings: days.map(opening).to_vec(),
        exceptions: Vec::new(),
    }
}

fn series(n: u64) -> Series {
    let letter = char::from(b'A' + u8::try_from(n).expect("few queues"));
    Series {
        key: SeriesKey::new(&format!("series-{n}")),
        prefix: letter.to_string(),
        from: 1,
        to: 999_999,
        reuse_after_min: 60,
    }
}

fn a_service(n: u64) -> Service {
    Service {
        key: service(n),
        queue: QueueKey::new(&format!("queue-{}", n % QUEUES)),
        duration_min: 10,
    }
}

/// Offers half of the services; every tenth counter has what somebody may need.
fn a_counter(n: u64) -> Counter {
    let offers = |service: &u64| (service + n).is_multiple_of(2) || service % 7 == n % 7;
    let skills: BTreeSet<ServiceKey> = (0..SERVICES).filter(offers).map(service).collect();
    let attributes = match n % 10 {
        8 => BTreeSet::from([Need::LoweredCounter, Need::InductionLoop]),
        _ => BTreeSet::new(),
    };
    Counter {
        key: counter(n),
        helps_out: skills.iter().take(5).cloned().collect(),
        skills,
        attributes,
        area: AreaKey::new("ground"),
        shifts: None,
    }
}

pub(crate) fn counter(n: u64) -> CounterKey {
    CounterKey::new(&format!("counter-{n}"))
}

pub(crate) fn service(n: u64) -> ServiceKey {
    ServiceKey::new(&format!("service-{n}"))
}
