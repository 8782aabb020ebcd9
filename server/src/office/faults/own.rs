//! What the engine cannot find, because the file says it in a form that the engine does not know.

use aufruf_engine::FaultyOffice;

use super::Fault;
use crate::office::OfficeDocument;
use crate::office::lines::Step::{Key, Nth};
use crate::office::things::Counter;

/// LIMIT: minutes of one service: a day.
const MAX_DURATION_MIN: u32 = 24 * 60;

pub(super) fn faults(document: &OfficeDocument) -> Vec<Fault> {
    let mut faults = durations(document);
    for (n, counter) in document.counters.iter().enumerate() {
        faults.extend(offers(document, n, counter));
    }
    faults
}

fn durations(document: &OfficeDocument) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (n, service) in document.services.iter().enumerate() {
        let told = match document.minutes_of(service) {
            Ok(0) => "has a duration of 0 minutes; write at least 1".to_owned(),
            Ok(minutes) if minutes > MAX_DURATION_MIN => {
                format!("has a duration of {minutes} minutes; write at most {MAX_DURATION_MIN}")
            }
            Ok(_) => continue,
            Err(told) => told.to_owned(),
        };
        let key = match service.duration_slots {
            Some(_) => Key("duration_slots"),
            None => Key("duration_min"),
        };
        let told = format!("service {:?} {told}", service.key);
        faults.push(Fault::new(&[Key("services"), Nth(n), key], told));
    }
    faults
}

/// What a counter is said to offer without the name of a service that the engine could look for.
fn offers(document: &OfficeDocument, n: usize, counter: &Counter) -> Vec<Fault> {
    let is_service = |name: &str| document.services.iter().any(|other| other.key == name);
    let is_queue = |name: &str| document.queues.iter().any(|other| other.key == name);
    let of = format!("counter {:?}", counter.key);
    let fault = |key, told: String| Fault::new(&[Key("counters"), Nth(n), Key(key)], told);
    let missing = |key, wanted_kind, wanted: &String| {
        let missing = FaultyOffice::Missing {
            kind: "counter",
            key: counter.key.clone(),
            wanted_kind,
            wanted: wanted.clone(),
        };
        fault(key, missing.to_string())
    };
    let mut faults = Vec::new();
    if counter.says_no_service() {
        let told = format!("{of} offers nothing; write skills, or queues for all their services");
        faults.push(fault("key", told));
    }
    let unknown = counter.queues.iter().filter(|name| !is_queue(name));
    faults.extend(unknown.map(|name| missing("queues", "queue", name)));
    for name in &counter.written_helps_out {
        match (is_service(name), is_queue(name)) {
            (false, false) => faults.push(missing("helps_out", "service or queue", name)),
            (true, true) => faults.push(fault(
                "helps_out",
                format!(
                    "{of} helps out with {name:?}, which is a service and a queue; give one of them another key"
                ),
            )),
            (true, false) | (false, true) => {}
        }
    }
    faults
}
