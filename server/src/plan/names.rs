//! What the office calls its counters and services, in its first language.
//!
//! Pure: a document in, names out.

use std::collections::BTreeMap;

use aufruf_engine::{CounterKey, ServiceKey};
use aufruf_protocol::latest as wire;

use crate::office::OfficeDocument;

/// The names of an office. The default knows none: then keys stand for them.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// None where nobody knows it.
    pub(super) office: Option<String>,
    counters: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
}

impl Names {
    pub fn of(document: &OfficeDocument) -> Self {
        let languages = &document.languages;
        let first = languages.first().map_or("", String::as_str);
        let text = |texts: &wire::Texts| texts.in_language(first, languages).to_owned();
        let word = text(&document.counter_word);
        let counters = document.counters.iter();
        let services = document.services.iter();
        Self {
            office: Some(text(&document.name)),
            counters: counters
                .map(|counter| (counter.key.clone(), format!("{word} {}", counter.name)))
                .collect(),
            services: services
                .map(|service| (service.key.clone(), text(&service.name)))
                .collect(),
        }
    }

    pub(super) fn counter(&self, key: &CounterKey) -> String {
        of(&self.counters, key.as_str())
    }

    pub(super) fn service(&self, key: &ServiceKey) -> String {
        of(&self.services, key.as_str())
    }

    /// Several services of one visit.
    pub(super) fn services(&self, keys: &[ServiceKey]) -> String {
        let names: Vec<String> = keys.iter().map(|key| self.service(key)).collect();
        names.join(" + ")
    }
}

/// Whatever the document does not have is told by its key.
fn of(names: &BTreeMap<String, String>, key: &str) -> String {
    names.get(key).map_or(key, String::as_str).to_owned()
}
