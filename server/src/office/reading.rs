//! From text to document, and what is told where that fails: one fault for every table, so that a
//! second slip is not found only after the first is mended.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer, Error, ValueDeserializer};

use super::calendar::{DateRule, DayRule};
use super::document::{FaultyFile, OfficeDocument};
use super::lines::Lines;
use super::things::{Area, Closure, Counter, Holiday, Queue, Series, Service};

/// LIMIT: characters of the faulty line that are shown with its fault.
const SHOWN: usize = 60;
/// What a reader of the office's file knows in other words.
const PLAIN_WORDS: [(&str, &str); 6] = [
    (
        "expected u32",
        "expected a whole number from 0 to 4294967295",
    ),
    ("expected u16", "expected a whole number from 0 to 65535"),
    ("expected u8", "expected a whole number from 0 to 255"),
    (
        "expected a map",
        "expected texts by language such as { de = \"…\" }",
    ),
    ("expected a sequence", "expected a list in square brackets"),
    ("expected a boolean", "expected true or false"),
];

/// # Errors
/// Every fault, with its line and the words on it.
pub(super) fn read(text: &str) -> Result<OfficeDocument, FaultyFile> {
    let (file, broken) = DeTable::parse_recoverable(text);
    let errors = if broken.is_empty() {
        match OfficeDocument::deserialize(Deserializer::from(file.clone())) {
            Ok(document) => return Ok(document),
            Err(first) => errors_of_file(file, first),
        }
    } else {
        broken
    };
    let lines = Lines::of(text);
    Err(FaultyFile::of(&errors, |error| told(error, &lines)))
}

/// Reads table for table what cannot be read as a whole.
fn errors_of_file(mut file: Spanned<DeTable<'_>>, first: Error) -> Vec<Error> {
    let mut errors = Vec::new();
    let parts = file.get_mut();
    for mut queue in taken(parts, "queues") {
        errors.extend(errors_of_hours(&mut queue));
        errors.extend(error_of::<Queue>(queue));
    }
    for mut counter in taken(parts, "counters") {
        errors.extend(errors_of_hours(&mut counter));
        errors.extend(error_of::<Counter>(counter));
    }
    let mut each = |key, error_of: fn(Spanned<DeValue<'_>>) -> Option<Error>| {
        errors.extend(taken(parts, key).into_iter().filter_map(error_of));
    };
    each("series", error_of::<Series>);
    each("services", error_of::<Service>);
    each("areas", error_of::<Area>);
    each("holidays", error_of::<Holiday>);
    each("closures", error_of::<Closure>);
    errors.extend(OfficeDocument::deserialize(Deserializer::from(file)).err());
    if errors.is_empty() {
        // No table has it: it is then of the file as a whole.
        errors.push(first);
    }
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    errors
}

/// Takes the tables of hours out of a queue or a counter and reads each by itself.
fn errors_of_hours(owner: &mut Spanned<DeValue<'_>>) -> Vec<Error> {
    let DeValue::Table(parts) = owner.get_mut() else {
        return Vec::new();
    };
    let mut errors = Vec::new();
    for key in ["hours", "appointments", "shifts"] {
        let days = taken(parts, key).into_iter();
        errors.extend(days.filter_map(error_of::<DayRule>));
    }
    for key in ["exceptions", "appointment_exceptions", "shift_exceptions"] {
        let dates = taken(parts, key).into_iter();
        errors.extend(dates.filter_map(error_of::<DateRule>));
    }
    errors
}

/// Takes the list's members out; an empty list stays, so that nothing misses it.
fn taken<'a>(table: &mut DeTable<'a>, key: &str) -> Vec<Spanned<DeValue<'a>>> {
    match table.get_mut(key).map(Spanned::get_mut) {
        Some(DeValue::Array(members)) => std::mem::replace(members, DeArray::new())
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn error_of<T: DeserializeOwned>(value: Spanned<DeValue<'_>>) -> Option<Error> {
    T::deserialize(ValueDeserializer::from(value)).err()
}

fn told(error: &Error, lines: &Lines<'_>) -> String {
    let mut message = error.message().replace('\n', " ");
    for (theirs, plain) in PLAIN_WORDS {
        if message.ends_with(theirs) {
            message = message.replace(theirs, plain);
        }
    }
    // An empty span at the very beginning is the whole file, of which no line is faulty.
    match error.span().filter(|span| span.end > 0) {
        Some(span) => {
            let line = lines.line_at(span.start);
            let words: String = lines.words(line).trim().chars().take(SHOWN).collect();
            format!("line {line} ({words}): {message}")
        }
        None => message,
    }
}
