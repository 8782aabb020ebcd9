//! Events and keys in the words that the tests compare.

use aufruf_engine::{Event, ServiceKey};

pub(crate) fn service_keys(services: &[&str]) -> Vec<ServiceKey> {
    services.iter().map(|key| ServiceKey::new(key)).collect()
}

/// The event's name as the journal writes it.
pub(crate) fn name(event: &Event) -> String {
    let json: serde_json::Value = serde_json::from_str(&event.encode()).expect("JSON");
    json["event"].as_str().expect("a tag").to_owned()
}

/// The names of what happened, in order; `nothing` when nothing did.
pub(crate) fn names(events: &[Event]) -> String {
    if events.is_empty() {
        return "nothing".to_owned();
    }
    let names: Vec<String> = events.iter().map(name).collect();
    names.join(", ")
}
