//! A store in a folder of its own, and whether it tells what the engine has.

use std::path::{Path, PathBuf};

use aufruf_engine::{CallId, Event, EventSeq, Record, State, Ticket, TicketId, TicketState};
use aufruf_store::{Answer, Batch, CallKind, CallRow, Opened, Store, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use tempfile::TempDir;

/// A data folder that goes with the test.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path().join("aufruf.db")
    }

    #[track_caller]
    pub(crate) fn open(&self) -> Opened {
        Store::open(self.path()).expect("the store opens")
    }

    /// Opens, expecting that it is refused.
    #[track_caller]
    pub(crate) fn refusal(&self) -> StoreError {
        match Store::open(self.path()) {
            Ok(_) => panic!("the store opened"),
            Err(error) => error,
        }
    }

    /// Somebody else at the file while no server has it.
    #[track_caller]
    pub(crate) fn meddle(&self, sql: &str) {
        self.look().execute_batch(sql).expect("the meddling works");
    }

    /// Somebody else's connection.
    #[track_caller]
    pub(crate) fn look(&self) -> Connection {
        Connection::open(self.database()).expect("the file opens")
    }

    /// Whether any file of the folder has these words. What is taken from the log into the database
    /// meanwhile is seen in one of them: the log is read first.
    pub(crate) fn holds(&self, words: &str) -> bool {
        let files = std::fs::read_dir(self.path()).expect("the folder");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        files.into_iter().rev().any(|file| {
            let bytes = std::fs::read(file).unwrap_or_default();
            let mut windows = bytes.windows(words.len());
            windows.any(|found| found == words.as_bytes())
        })
    }

    /// A figure from the file.
    #[track_caller]
    pub(crate) fn count(&self, sql: &str) -> u64 {
        let count: i64 = self
            .look()
            .query_row(sql, (), |row| row.get(0))
            .expect("a figure");
        u64::try_from(count).expect("a count")
    }
}

/// A batch of records alone.
pub(crate) fn batch(records: Vec<Record>) -> Batch {
    Batch {
        records,
        ..Batch::default()
    }
}

/// An answer of a few words to `panel-1`.
pub(crate) fn answer(key: &str, at: Timestamp, body: &str) -> Answer {
    Answer {
        device: "panel-1".to_owned(),
        key: key.to_owned(),
        at,
        status: 201,
        body: body.to_owned(),
    }
}

/// Commits, and waits until it is on disk.
#[track_caller]
pub(crate) fn commit(store: &Store, batch: Batch) {
    let written = store
        .commit(batch)
        .blocking_recv()
        .expect("the writer lives");
    written.expect("the batch is on disk");
}

/// Waits for what another thread is about to do.
pub(crate) fn until(mut done: impl FnMut() -> bool) {
    while !done() {
        std::thread::yield_now();
    }
}

/// Says whether the read models tell the same as the state, and the journal too.
#[track_caller]
pub(crate) fn assert_disk_equals(store: &Store, state: &State) {
    let day = state.day().expect("a day is open").date;
    for ticket in state.tickets() {
        let row = store
            .ticket(ticket.id)
            .expect("readable")
            .expect("every ticket has its row");
        assert_eq!((&row.ticket, row.day), (ticket, day));
        assert_calls_equal(store, ticket, day);
    }
    let rows = store.tickets_of(day).expect("readable");
    assert_eq!(rows.len(), state.tickets().count());
    let records = store.records_of(day).expect("readable");
    assert_eq!(
        &aufruf_engine::replay(&records),
        state,
        "the day's journal gives the state"
    );
    for record in &records {
        assert_call_is_told(store, record);
    }
}

/// The calls that hold are counted without a gap, and the last one is the one the visit stands in.
#[track_caller]
fn assert_calls_equal(store: &Store, ticket: &Ticket, day: Date) {
    let mut calls = store.calls_of(ticket.id).expect("readable");
    calls.retain(|call| call.taken_back.is_none() && call.day == day);
    let nths: Vec<u32> = calls.iter().map(|call| call.nth).collect();
    let counted: Vec<u32> = (1..=ticket.calls).collect();
    assert_eq!(nths, counted, "of {}", ticket.number);
    if let TicketState::Called { counter, call } = &ticket.state {
        let last = calls.last().map(|last| (last.call, &last.counter));
        assert_eq!(last, Some((*call, counter)));
    }
}

/// Every calling has its row, with its reason and its time, and one that was taken back its mark.
#[track_caller]
fn assert_call_is_told(store: &Store, record: &Record) {
    let (ticket, kind, reason) = match record.event {
        Event::TicketCalled { ticket, why, .. } => (ticket, CallKind::Call, Some(why)),
        Event::TicketRecalled { ticket } => (ticket, CallKind::Recall, None),
        Event::StepUndone { ticket, step } => {
            return assert_is_taken_back(store, (ticket, step), record.seq);
        }
        _ => return,
    };
    let call = call_of(store, ticket, record.seq);
    let told = call.map(|call| (call.ticket, call.kind, call.why, call.at));
    assert_eq!(told, Some((ticket, kind, reason, record.at)));
}

/// Where the step was a call.
#[track_caller]
fn assert_is_taken_back(store: &Store, (ticket, step): (TicketId, EventSeq), by: EventSeq) {
    let call = call_of(store, ticket, step);
    assert!(call.is_none_or(|call| call.taken_back == Some(by)));
}

fn call_of(store: &Store, ticket: TicketId, seq: EventSeq) -> Option<CallRow> {
    let calls = store.calls_of(ticket).expect("readable").into_iter();
    calls.into_iter().find(|call| call.call == CallId(seq))
}
