//! Records of every version that was ever written can be read for ever.

use std::collections::BTreeSet;

use aufruf_engine::{Event, RECORD_VERSION, Unreadable};

use crate::common::name;

/// One line for each event, and for each form that its fields can take. Never changed after its
/// release: a new form of an event is a new version with a file of its own.
const V1: &str = include_str!("../golden/v1.jsonl");

fn decoded(line: &str) -> Event {
    Event::decode(1, line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// The tags that a reader knows, as it lists them itself when it meets one that it does not.
fn tags(unknown: &str) -> BTreeSet<String> {
    let error = serde_json::from_str::<Event>(unknown).expect_err("there is no such tag");
    let words = error.to_string();
    let (_, expected) = words.split_once("expected ").expect("a list of the tags");
    let named = expected.split('`').skip(1).step_by(2);
    named.map(str::to_owned).collect()
}

fn written(field: &str) -> BTreeSet<String> {
    let lines = V1.lines().map(|line| {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        json.pointer(field)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
    });
    lines.flatten().collect()
}

#[test]
fn every_golden_record_is_read() {
    for line in V1.lines() {
        decoded(line);
    }
}

#[test]
fn every_event_has_a_golden_record() {
    let read: BTreeSet<String> = V1.lines().map(|line| name(&decoded(line))).collect();
    assert_eq!(read, tags(r#"{"event": "no such event"}"#));
}

#[test]
fn every_rule_of_a_call_and_every_way_back_into_the_line_has_a_golden_record() {
    let ticket = "00000000-0000-0000-0000-000000000001";
    let call = r#"{"event": "ticket_called", "counter": "c", "why": {"rule": "?"}, "ticket": "#;
    assert_eq!(written("/why/rule"), tags(&format!("{call}{ticket:?}}}")));
    let requeue = r#"{"event": "ticket_requeued", "to": "?", "ticket": "#;
    assert_eq!(written("/to"), tags(&format!("{requeue}{ticket:?}}}")));
}

/// Nothing in a record is passed over, and what is written today is what was written then.
#[test]
fn a_golden_record_of_the_present_version_is_written_as_it_was_read() {
    assert_eq!(
        RECORD_VERSION, 1,
        "the golden records of version {RECORD_VERSION} are missing"
    );
    for line in V1.lines() {
        assert_eq!(decoded(line).encode(), line);
    }
}

#[test]
fn a_record_of_a_newer_program_is_left_to_it() {
    let newer = Event::decode(RECORD_VERSION + 1, "{}").expect_err("it is newer");
    assert!(matches!(newer, Unreadable::Newer { version } if version == RECORD_VERSION + 1));
}

#[test]
fn a_damaged_record_is_said_to_be_damaged() {
    let line = V1.lines().next().expect("a golden record");
    for damaged in [
        "",
        "{}",
        "null",
        r#"{"event": "day_opened"}"#,
        &line[..line.len() / 2],
    ] {
        let error = Event::decode(1, damaged).expect_err("it is damaged");
        assert!(
            matches!(error, Unreadable::Malformed { version: 1, .. }),
            "{damaged}"
        );
    }
}
