//! Records of every version that was ever written can be read for ever.

use std::collections::BTreeSet;

use aufruf_engine::{
    Bound, Event, Experience, GivenBy, Priority, RECORD_VERSION, Requeued, SeriesKey, Source,
    Unreadable, VisitResult, Why,
};

use crate::common::name;

/// What version 1 wrote. Never changed.
const V1: &str = include_str!("../golden/v1.jsonl");

/// What version 2 wrote. Never changed.
const V2: &str = include_str!("../golden/v2.jsonl");

/// What each line of the older versions means, said in version 3.
const V1_IN_V3: &str = include_str!("../golden/v1_in_v3.jsonl");
const V2_IN_V3: &str = include_str!("../golden/v2_in_v3.jsonl");

/// One line for each event, and for each form that its fields can take. Never changed after its
/// release: a new form of an event is a new version with a file of its own.
const V3: &str = include_str!("../golden/v3.jsonl");

fn decoded(version: u16, line: &str) -> Event {
    Event::decode(version, line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// The tags that a reader knows, as it lists them itself when it meets one that it does not.
fn tags<T: serde::de::DeserializeOwned + std::fmt::Debug>(unknown: &str) -> BTreeSet<String> {
    let error = serde_json::from_str::<T>(unknown).expect_err("there is no such tag");
    let words = error.to_string();
    let (_, expected) = words.split_once("expected ").expect("a list of the tags");
    let named = expected.split('`').skip(1).step_by(2);
    named.map(str::to_owned).collect()
}

/// The words that stand there in the golden records: a text, or the only key of an object.
fn written(field: &str) -> BTreeSet<String> {
    let lines = V3.lines().filter_map(|line| {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let value = json.pointer(field)?;
        let key = value.as_object().and_then(|fields| fields.keys().next());
        value.as_str().map(str::to_owned).or(key.cloned())
    });
    lines.collect()
}

#[test]
fn every_golden_record_of_an_older_version_gives_the_event_that_it_means() {
    for (version, written, means) in [(1, V1, V1_IN_V3), (2, V2, V2_IN_V3)] {
        assert_eq!(written.lines().count(), means.lines().count());
        for (line, meant) in written.lines().zip(means.lines()) {
            assert_eq!(decoded(version, line).encode(), meant);
        }
    }
}

/// Nobody was counted as overtaken before version 3, and nothing was learned.
#[test]
fn a_call_and_a_day_of_version_2_overtook_nobody_and_taught_nothing() {
    for line in V2.lines() {
        match decoded(2, line) {
            Event::TicketCalled { overtook, .. } => assert_eq!(overtook, []),
            Event::DayOpened { learned, .. } => assert_eq!(*learned, Experience::default()),
            Event::DayClosed { sums, .. } => {
                assert_eq!(*sums.taught, Experience::default());
                assert_eq!((sums.alarms, sums.open_ms, sums.planned_ms), (0, 0, None));
            }
            _ => {}
        }
    }
}

/// A day that began under version 1 goes on under this one.
#[test]
fn a_ticket_of_version_1_is_a_walk_in_of_a_kiosk_for_one_person_without_priority() {
    let issued = V1.lines().find(|line| line.contains("ticket_issued"));
    let issued = decoded(1, issued.expect("version 1 wrote tickets"));
    let Event::TicketIssued {
        number,
        persons,
        priority,
        source,
        ..
    } = issued
    else {
        panic!("{issued:?}");
    };
    assert_eq!(number.label, "A012");
    assert_eq!(number.series(), Some(&SeriesKey::new("a")));
    let defaults = (1, Priority::WALK_IN, Source::Kiosk);
    assert_eq!((persons, priority, source), defaults);
}

/// A variant that is added to `Event` is one of the tags, and has no line yet.
#[test]
fn every_event_has_a_golden_record() {
    let read: BTreeSet<String> = V3.lines().map(|line| name(&decoded(3, line))).collect();
    assert_eq!(read, tags::<Event>(r#"{"event": "no such event"}"#));
}

#[test]
fn every_word_that_an_event_can_say_has_a_golden_record() {
    let word = r#""no such word""#;
    let rule = r#"{"rule": "no such rule"}"#;
    assert_eq!(written("/why/rule"), tags::<Why>(rule));
    assert_eq!(written("/to"), with(&tags::<Requeued>(word), "counter-2"));
    assert_eq!(written("/source"), tags::<Source>(word));
    assert_eq!(written("/result"), tags::<VisitResult>(word));
    assert_eq!(written("/bound"), tags::<Bound>(word));
    assert_eq!(written("/number/given_by"), tags::<GivenBy>(word));
}

/// Two events have a field of the same name; this is the word that the other one says in it.
fn with(words: &BTreeSet<String>, other: &str) -> BTreeSet<String> {
    let mut words = words.clone();
    words.insert(other.to_owned());
    words
}

/// Nothing in a record is passed over, and what is written today is what was written then.
#[test]
fn a_golden_record_of_the_present_version_is_written_as_it_was_read() {
    assert_eq!(
        RECORD_VERSION, 3,
        "the golden records of version {RECORD_VERSION} are missing"
    );
    for line in V3.lines() {
        assert_eq!(decoded(3, line).encode(), line);
    }
}

/// Who served, whom a visit was sent to, what was told and spoken, what was needed, what was typed.
#[test]
fn a_record_without_persons_says_nothing_of_clerks_promises_languages_needs_or_codes() {
    for personal in [
        r#""clerk":"anna""#,
        r#""bound":{"clerk""#,
        r#""bound":{"counter""#,
        r#""promise":{"#,
        r#""language":"de""#,
        r#""language":"ar""#,
        r#""needs":["#,
        r#""code":"#,
        "anna",
        "sign_language",
        "x7-q2",
    ] {
        assert!(V3.contains(personal), "no record says {personal}");
        for line in V3.lines() {
            let text = decoded(3, line).anonymised().encode();
            let text = text.replace(r#""needs":[]"#, "");
            assert!(!text.contains(personal), "{personal} is left in {text}");
        }
    }
}

/// Whatever else it says is said as before: what can be counted is counted alike.
#[test]
fn a_record_without_persons_is_the_same_event_of_the_same_visit() {
    for line in V3.lines() {
        let event = decoded(3, line);
        let without = event.clone().anonymised();
        assert_eq!(
            (name(&without), without.ticket()),
            (name(&event), event.ticket())
        );
        assert_eq!(without.clone().anonymised(), without, "nothing more can go");
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
        for written in [1, 2, 3] {
            let error = Event::decode(written, damaged).expect_err("it is damaged");
            let is_said =
                matches!(error, Unreadable::Malformed { version, .. } if version == written);
            assert!(is_said, "{damaged}");
        }
    }
}
