//! What the engine finds wrong with the office, and where the file says it.

use aufruf_engine::FaultyOffice;

use super::Fault;
use crate::office::OfficeDocument;
use crate::office::lines::Step::{self, Key, Nth};
use crate::office::texts::MAX_PREFIX;

/// The engine's faults but those that are told from the file's own words: durations and hours.
pub(super) fn faults(document: &OfficeDocument) -> Vec<Fault> {
    let found = document.to_engine(0).faults();
    let told = found.iter().filter_map(|fault| {
        let path = path(document, fault)?;
        Some(Fault::new(&path, fault.to_string()))
    });
    told.collect()
}

/// Where in the file; an empty path is the whole of it. None for what is told elsewhere.
fn path(document: &OfficeDocument, fault: &FaultyOffice) -> Option<Vec<Step>> {
    let at = |kind, key: &str, rest| path_of(document, kind, key, 0, rest);
    let path = match fault {
        FaultyOffice::TimeZone(_) => vec![Key("time_zone")],
        FaultyOffice::Twice { kind, key } => path_of(document, kind, key, 1, "key"),
        FaultyOffice::Missing {
            kind,
            key,
            wanted_kind,
            ..
        } => at(kind, key, key_naming(kind, wanted_kind)),
        FaultyOffice::None(kind) => vec![Key(list_of(kind))],
        FaultyOffice::Range { key, .. } => at("series", key, "from"),
        // That it is too long is told where all texts are.
        FaultyOffice::Prefix { key } => {
            let mut series = document.series.iter();
            let is_long = |prefix: &str| prefix.chars().count() > MAX_PREFIX;
            if series.any(|series| series.key == *key && is_long(&series.prefix)) {
                return None;
            }
            at("series", key, "prefix")
        }
        FaultyOffice::SameNumber { second, .. } => at("series", second, "prefix"),
        FaultyOffice::MaxWaiting { key, .. } => at("queue", key, "max_waiting"),
        FaultyOffice::NobodyOffers(service) => at("service", service, "key"),
        FaultyOffice::TooMany { kind, .. } => vec![Key(kind)],
        FaultyOffice::HelpsOutWithout { counter, .. } => at("counter", counter, "helps_out"),
        // A duration may be written in slots: that fault is told with the key that is there.
        FaultyOffice::Rule {
            rule: "duration_min",
            ..
        }
        | FaultyOffice::NoDuration(_)
        | FaultyOffice::Hours { .. } => return None,
        FaultyOffice::Rule { of, rule, .. } => rule_path(document, of, rule),
        FaultyOffice::Closure { from, .. } => at("closure", &from.to_string(), "to"),
    };
    Some(path)
}

/// The path to a key of the thing of this kind and name; `skipped` of that name come before it.
fn path_of(
    document: &OfficeDocument,
    kind: &str,
    name: &str,
    skipped: usize,
    key: &'static str,
) -> Vec<Step> {
    let names = names(document, kind).into_iter().enumerate();
    let mut same = names.filter(|(_, other)| other == name);
    let found = same.nth(skipped);
    found.map_or_else(Vec::new, |(n, _)| {
        vec![Key(list_of(kind)), Nth(n), Key(key)]
    })
}

fn names(document: &OfficeDocument, kind: &str) -> Vec<String> {
    match list_of(kind) {
        "queues" => document.queues.iter().map(|one| one.key.clone()).collect(),
        "series" => document.series.iter().map(|one| one.key.clone()).collect(),
        "services" => document
            .services
            .iter()
            .map(|one| one.key.clone())
            .collect(),
        "counters" => document
            .counters
            .iter()
            .map(|one| one.key.clone())
            .collect(),
        "areas" => document.areas.iter().map(|one| one.key.clone()).collect(),
        // The engine calls a closure by its first day.
        _ => document
            .closures
            .iter()
            .map(|one| one.from.0.to_string())
            .collect(),
    }
}

/// The file's list of what the engine calls `kind`.
fn list_of(kind: &str) -> &'static str {
    match kind {
        "queue" => "queues",
        "series" => "series",
        "service" => "services",
        "counter" => "counters",
        "area" => "areas",
        _ => "closures",
    }
}

/// The key under which a thing of `kind` names another.
fn key_naming(kind: &str, wanted_kind: &str) -> &'static str {
    match (kind, wanted_kind) {
        ("queue", _) => "series",
        ("service", _) => "queue",
        ("counter", "area") => "area",
        ("counter", _) => "skills",
        _ => "queues",
    }
}

/// The engine says of a rule whose it is: `queue "ids"`, or the house's.
fn rule_path(document: &OfficeDocument, of: &str, rule: &'static str) -> Vec<Step> {
    for kind in ["series", "service"] {
        let quoted = of
            .strip_prefix(kind)
            .map(|key| key.trim().trim_matches('"'));
        if let Some(key) = quoted {
            return path_of(document, kind, key, 0, rule);
        }
    }
    let mut queues = document.queues.iter();
    let queue = queues.position(|queue| of == format!("queue {:?}", queue.key));
    let mut path = queue.map_or_else(Vec::new, |n| vec![Key("queues"), Nth(n)]);
    path.extend([Key("rules"), Key(rule)]);
    path
}
