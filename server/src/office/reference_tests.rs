//! The reference file holds what it promises: every key stands in it, and its defaults are true.

use std::collections::BTreeSet;

use aufruf_engine as engine;
use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use toml::Value;

use super::OfficeDocument;
use super::calendar::{DateRule, DayRule};
use super::rules::{HouseRulesInFile, QueueRulesInFile};
use super::tests::sound;
use super::things::{Area, Closure, Counter, Holiday, Queue, Series, Service};

const REFERENCE: &str = include_str!("../../../assets/office/reference.toml");

/// Asks a struct for its keys instead of giving it values; the answer comes as the error.
struct Asking;

impl<'de> Deserializer<'de> for Asking {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(Error::custom(keys.join(" ")))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn keys_of<T>(answer: Result<T, Error>) -> BTreeSet<String> {
    let answer = answer.err().expect("keys").to_string();
    answer.split(' ').map(str::to_owned).collect()
}

fn keys<T: DeserializeOwned>() -> BTreeSet<String> {
    keys_of(T::deserialize(Asking))
}

/// The keys that all tables at `path` have together.
fn written_at(path: &[&str]) -> BTreeSet<String> {
    let mut tables = vec![REFERENCE.parse::<toml::Table>().expect("TOML").into()];
    for key in path {
        let inner = tables.iter().filter_map(|table: &Value| table.get(key));
        let inner = inner.flat_map(|value| match value {
            Value::Array(tables) => tables.clone(),
            table => vec![table.clone()],
        });
        tables = inner.collect();
    }
    let tables = tables.iter().filter_map(Value::as_table);
    tables.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn the_reference_office_has_no_fault() {
    sound(REFERENCE);
}

#[test]
fn every_key_of_an_office_file_stands_in_the_reference() {
    // Walk-ins and shifts have no slots.
    let without_slots = |mut keys: BTreeSet<String>| {
        keys.retain(|key| key != "slot_min" && key != "counters");
        keys
    };
    for (path, keys) in [
        (&[][..], keys::<OfficeDocument>()),
        (&["rules"], keys_of(HouseRulesInFile::deserialize(Asking))),
        (&["series"], keys::<Series>()),
        (&["queues"], keys::<Queue>()),
        (
            &["queues", "rules"],
            keys_of(QueueRulesInFile::deserialize(Asking)),
        ),
        (&["queues", "hours"], without_slots(keys::<DayRule>())),
        (&["queues", "exceptions"], without_slots(keys::<DateRule>())),
        (&["queues", "appointments"], keys::<DayRule>()),
        (&["queues", "appointment_exceptions"], keys::<DateRule>()),
        (&["services"], keys::<Service>()),
        (&["areas"], keys::<Area>()),
        (&["counters"], keys::<Counter>()),
        (&["counters", "shifts"], without_slots(keys::<DayRule>())),
        (
            &["counters", "shift_exceptions"],
            without_slots(keys::<DateRule>()),
        ),
        (&["holidays"], keys::<Holiday>()),
        (&["closures"], keys::<Closure>()),
    ] {
        assert_eq!(written_at(path), keys, "at {path:?}");
    }
}

#[test]
fn rules_in_the_reference_are_set_to_the_default_that_it_tells() {
    let office = sound(REFERENCE).to_engine(1);
    assert_eq!(office.rules, engine::HouseRules::default());
    let without_limits = engine::QueueRules {
        contingent: None,
        overtime_min: None,
        ghost_counters: None,
        ..office.queues[0].rules.clone()
    };
    assert_eq!(without_limits, engine::QueueRules::default());
    for heading in ["\n[rules]", "\n[queues.rules]"] {
        let rules = REFERENCE.split_once(heading).expect("rules").1;
        tells_the_default_of_each(rules.split_once("[[").expect("more tables").0);
    }
}

#[track_caller]
fn tells_the_default_of_each(rules: &str) {
    let mut told = String::new();
    for line in rules.lines().filter(|line| !line.is_empty()) {
        let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else {
            told.push_str(line.trim_start_matches('#'));
            continue;
        };
        let default = format!("Default: {value}.");
        let none = "Default, by leaving it out:";
        assert!(
            told.contains(&default) || told.contains(none),
            "{key}: {told}"
        );
        told.clear();
    }
}

#[test]
fn every_rule_and_every_key_of_a_counter_has_a_word_right_above_it() {
    let mut explained: BTreeSet<&str> = BTreeSet::new();
    let mut before = "";
    for line in REFERENCE.lines() {
        let key = line.split_once(" = ").filter(|_| !line.starts_with('#'));
        let table = line.strip_prefix("[[counters.");
        let table = table.and_then(|name| name.strip_suffix("]]"));
        if before.starts_with('#') {
            explained.extend(key.map(|(key, _)| key).or(table));
        }
        before = line;
    }
    for key in written_at(&["queues", "rules"])
        .iter()
        .chain(&written_at(&["counters"]))
    {
        let told = key == "key" || explained.contains(key.as_str());
        assert!(told, "{key}");
    }
}
