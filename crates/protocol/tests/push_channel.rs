//! The page that describes the push channel says what goes over it: each example is read, and written again as it
//! stands there.

use std::collections::BTreeSet;

use aufruf_protocol::latest::{Change, DeviceMessage, ServerMessage, View};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const PAGE: &str = include_str!("../../../server/push-channel.md");

/// The examples under one of the two headings.
fn examples(heading: &str) -> Vec<Value> {
    let (_, after) = PAGE.split_once(heading).expect("the page has the heading");
    let part = after.split("\n## ").next().expect("there is text");
    let blocks = part.split("```json").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().expect("it ends"));
    blocks
        .map(|block| serde_json::from_str(block).unwrap_or_else(|fault| panic!("{fault}: {block}")))
        .collect()
}

#[track_caller]
fn read<T: DeserializeOwned + Serialize>(example: &Value) -> T {
    let message: T = serde_json::from_value(example.clone())
        .unwrap_or_else(|fault| panic!("{fault}: {example}"));
    let written = serde_json::to_value(&message).expect("JSON");
    assert_eq!(&written, example, "written again");
    message
}

fn tags(examples: &[Value], field: &str) -> BTreeSet<String> {
    let tags = examples.iter().filter_map(|one| one[field].as_str());
    tags.map(str::to_owned).collect()
}

fn all(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn every_message_of_a_device_stands_on_the_page_as_it_is() {
    let examples = examples("## From the device");
    for example in &examples {
        let message: DeviceMessage = read(example);
        assert_ne!(message, DeviceMessage::Unknown, "{example}");
    }
    let known = all(&["hello", "painted", "announced", "printed", "status"]);
    assert_eq!(tags(&examples, "type"), known);
}

#[test]
fn every_message_of_the_server_stands_on_the_page_as_it_is() {
    let examples = examples("## From the server");
    let mut views = BTreeSet::new();
    let mut changes = BTreeSet::new();
    for example in &examples {
        match read(example) {
            ServerMessage::Unknown => panic!("{example}"),
            ServerMessage::Snapshot { view, .. } => {
                assert_ne!(view, View::Unknown);
                views.extend(tags(&[example["view"].clone()], "of"));
            }
            ServerMessage::Delta { changes: told, .. } => {
                assert!(told.iter().all(|change| *change != Change::Unknown));
                let rows = example["changes"].as_array().expect("a list");
                changes.extend(tags(rows, "change"));
            }
            _ => {}
        }
    }
    let known = all(&["welcome", "snapshot", "delta", "call", "print_job", "ping"]);
    assert_eq!(tags(&examples, "type"), known);
    assert_eq!(views, all(&["kiosk", "display", "panel", "printer"]));
    let known = all(&[
        "ticket",
        "ticket_gone",
        "counter",
        "queue",
        "finished",
        "emergency",
        "emergency_gone",
        "lock",
        "lock_gone",
        "faults",
        "call_gone",
        "offer",
        "print",
        "job_gone",
    ]);
    assert_eq!(changes, known);
}
