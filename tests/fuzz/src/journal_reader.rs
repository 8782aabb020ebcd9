//! A journal that somebody or something has changed.
//!
//! An input begins with `E`, a version and a line break, then the payload of a record whose checksum is right; or
//! with `F`, then changes of a whole database: three bytes of place and one of contents each.
//!
//! The law: never a panic; a payload that is read is the same when it is written and read again; a database that
//! was changed is refused, or has the same state as before.

use std::fs;
use std::sync::OnceLock;

use aufruf_engine::{
    Actor, Command, Event, IssueTicket, Language, Priority, RECORD_VERSION, ServiceKey, Source,
    State, TicketId, step,
};
use aufruf_server::office::OfficeDocument;
use aufruf_store::{Batch, Opened, Store};
use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use crate::house::OFFICE;

/// LIMIT: changes of one database.
const CHANGES: usize = 64;

/// A database and the state that is in it.
struct Sound {
    folder: TempDir,
    bytes: Vec<u8>,
    state: State,
}

/// Reads it.
pub fn takes(input: &[u8]) {
    match input.split_first() {
        Some((b'E', rest)) => event(rest),
        Some((b'F', changes)) => file(changes),
        _ => {}
    }
}

fn event(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let Some((version, payload)) = text.split_once('\n') else {
        return;
    };
    let Ok(version) = version.parse() else { return };
    let Ok(event) = Event::decode(version, payload) else {
        return;
    };
    let again = Event::decode(RECORD_VERSION, &event.encode());
    assert_eq!(again.ok().as_ref(), Some(&event), "{payload}");
    let without_people = event.anonymised();
    let again = Event::decode(RECORD_VERSION, &without_people.encode());
    assert_eq!(again.ok(), Some(without_people), "{payload}");
}

fn file(changes: &[u8]) {
    static SOUND: OnceLock<Sound> = OnceLock::new();
    let sound = SOUND.get_or_init(a_morning);
    let mut bytes = sound.bytes.clone();
    for change in changes.chunks_exact(4).take(CHANGES) {
        let place = u32::from_be_bytes([0, change[0], change[1], change[2]]);
        let place = usize::try_from(place).unwrap_or(0) % bytes.len();
        bytes[place] = change[3];
    }
    for file in fs::read_dir(sound.folder.path()).expect("the folder") {
        fs::remove_file(file.expect("a file").path()).expect("removed");
    }
    fs::write(sound.folder.path().join("aufruf.db"), bytes).expect("written");
    if let Ok(Opened { store, state }) = Store::open(sound.folder.path()) {
        store.close();
        assert!(
            state == sound.state,
            "less or other data were taken for sound"
        );
    }
}

/// Twelve people take tickets, and one is called.
fn a_morning() -> Sound {
    let folder = tempfile::tempdir().expect("a folder");
    let Opened { store, mut state } = Store::open(folder.path()).expect("an empty database");
    let document = OfficeDocument::parse(OFFICE).expect("a sound office");
    let office = Command::UseOffice {
        office: document.to_engine(1).into(),
    };
    let counter = || aufruf_engine::CounterKey::new("counter-1");
    let mut wishes = vec![office];
    wishes.extend((1..=12).map(comes));
    wishes.push(Command::OpenCounter {
        counter: counter(),
        clerk: None,
    });
    wishes.push(Command::CallNext { counter: counter() });
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    for wish in wishes {
        let records = step(&mut state, &wish, &Actor::new("panel-1"), now);
        let batch = Batch {
            records: records.expect("the engine says yes"),
            ..Batch::default()
        };
        let written = store.commit(batch).blocking_recv();
        written.expect("an answer").expect("it is on disk");
    }
    store.close();
    let bytes = fs::read(folder.path().join("aufruf.db")).expect("the database");
    Sound {
        folder,
        bytes,
        state,
    }
}

fn comes(nth: u64) -> Command {
    Command::IssueTicket(IssueTicket {
        ticket: TicketId(Uuid::from_u64_pair(7, nth)),
        services: vec![ServiceKey::new("id-card")],
        language: Language::new("de"),
        needs: std::collections::BTreeSet::new(),
        persons: 1,
        priority: Priority::WALK_IN,
        source: Source::Counter,
        shown: None,
    })
}
