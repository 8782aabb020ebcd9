//! The office's description, as its screens get it.

use aufruf_engine::CheckInRule;
use aufruf_protocol::latest as wire;

use super::words::need;
use crate::office::{Arrow, OfficeDocument};

/// Names, texts and ways.
pub(crate) fn office_info(office: &OfficeDocument, version: u64) -> wire::OfficeInfo {
    let queues = office.queues.iter().map(|queue| wire::QueueInfo {
        key: wire::QueueKey::new(&queue.key),
        name: queue.name.clone(),
        prefix: prefix(office, &queue.series),
        neutral: queue.neutral,
        checks_in: match queue.rules.check_in {
            CheckInRule::Required => true,
            CheckInRule::None => false,
        },
        pause_max_min: queue.rules.pause_max_min,
    });
    let services = office.services.iter().map(|service| wire::ServiceInfo {
        key: wire::ServiceKey::new(&service.key),
        queue: wire::QueueKey::new(&service.queue),
        name: service.name.clone(),
        hint: service.hint.clone(),
    });
    let counters = office.counters.iter().map(|counter| wire::CounterInfo {
        key: wire::CounterKey::new(&counter.key),
        name: counter.name.clone(),
        way: wire::Way {
            text: counter.way.clone(),
            arrow: arrow(counter.arrow),
        },
        area: wire::AreaKey::new(&counter.area),
        skills: counter.skills.iter().map(wire::ServiceKey::new).collect(),
        attributes: counter.attributes.iter().copied().map(need).collect(),
    });
    let areas = office.areas.iter().map(|area| wire::AreaInfo {
        key: wire::AreaKey::new(&area.key),
        name: area.name.clone(),
    });
    wire::OfficeInfo {
        version,
        name: office.name.clone(),
        languages: office.languages.clone(),
        time_zone: office.time_zone.clone(),
        counter_word: office.counter_word.clone(),
        queues: queues.collect(),
        services: services.collect(),
        counters: counters.collect(),
        areas: areas.collect(),
        undo_within_secs: office.rules.undo_within_secs,
    }
}

fn prefix(office: &OfficeDocument, series: &str) -> String {
    let series = office.series.iter().find(|known| known.key == series);
    series
        .map(|series| series.prefix.clone())
        .unwrap_or_default()
}

fn arrow(arrow: Option<Arrow>) -> wire::Arrow {
    match arrow {
        Some(Arrow::Left) => wire::Arrow::Left,
        Some(Arrow::Right) => wire::Arrow::Right,
        Some(Arrow::Up) => wire::Arrow::Up,
        Some(Arrow::Down) => wire::Arrow::Down,
        Some(Arrow::Ahead) => wire::Arrow::Ahead,
        None => wire::Arrow::Unknown,
    }
}
