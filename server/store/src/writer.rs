//! The writer: one thread, one connection, one transaction a batch.
//!
//! ```text
//!             commit: written, fsynced
//!              ┌────┐
//!              │    ▼         commit fails, or a batch did not get into the channel
//!             TRUSTED ────────────────────────────────────────────▶ LOST ──┐ commit: refused
//!                ▲                                                   │  ▲  │
//!                └──────────── resume: head read from disk ──────────┘  └──┘
//! ```
//!
//! A batch behind a failed one was decided on a state that does not exist. Requests are taken in the
//! order in which they were handed over, so everything before the `Resume` is refused and everything
//! behind it was decided on what the disk has. Snapshots, the forgetting of answers and the
//! anonymising of closed days depend on no state and go on meanwhile.
//!
//! The writer has a state of its own, which follows the records: read models are derived from it. It
//! is what the disk has as long as it is trusted; `Resume` reads it anew.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvError, SyncSender, TryRecvError};

use aufruf_engine::{Event, EventSeq, State, TicketId};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::anonymise;
use crate::checkpoint::{Checkpointer, empty_log};
use crate::connection::open_writer;
use crate::fault::Fault;
use crate::folder::FolderLock;
use crate::load::{Head, Loaded, load};
use crate::projection::project;
use crate::tables::notes::{self, Notes};
use crate::tables::snapshots::Snapshot;
use crate::tables::{answers, journal, meta, old_days, snapshots};
use crate::{Batch, CommitError, StoreError, StoreOptions, migrations};

/// LIMIT: rows forgotten in one transaction: a few milliseconds' work.
const FORGOTTEN_AT_ONCE: usize = 200;

/// What becomes of a write.
pub(crate) type Written = Result<(), CommitError>;

/// One wish to the writer. A reply that nobody awaits is dropped quietly.
#[derive(Debug)]
pub(crate) enum Request {
    Commit {
        batch: Batch,
        reply: oneshot::Sender<Written>,
    },
    Forget {
        old: TooOld,
        reply: oneshot::Sender<Written>,
    },
    WriteSnapshot {
        snapshot: Snapshot,
        reply: SyncSender<Result<(), StoreError>>,
    },
    /// Believe the disk again; the answer is the state that it has.
    Resume {
        reply: SyncSender<Result<State, StoreError>>,
    },
    Close,
}

/// Whether batches were decided on a state that does not exist. Set by the writer, and by the handle
/// when a batch did not get into the channel; cleared by `Resume` alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lost(Arc<AtomicBool>);

impl Lost {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn clear(&self) {
        self.0.store(false, Ordering::Release);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What is too old to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TooOld {
    AnswersBefore(Timestamp),
    DaysBefore(Date),
}

/// What is being forgotten.
#[derive(Debug)]
pub(crate) struct Forgetting {
    old: TooOld,
    reply: oneshot::Sender<Written>,
}

/// How far closed days are anonymous.
#[derive(Debug)]
pub(crate) struct Anonymising {
    pub(crate) done: EventSeq,
    /// It failed: not again before something else was written.
    pub(crate) failed: bool,
}

/// What the thread owns.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) file: PathBuf,
    pub(crate) options: StoreOptions,
    pub(crate) connection: Connection,
    pub(crate) head: Head,
    /// The state after the last record, unless batches were lost.
    pub(crate) state: State,
    pub(crate) lost: Lost,
    pub(crate) forgetting: Option<Forgetting>,
    pub(crate) anonymising: Anonymising,
    pub(crate) checkpointer: Checkpointer,
    /// Given back when everything else is over.
    pub(crate) lock: FolderLock,
}

impl Writer {
    /// Until `Close`, or until the last handle is gone.
    pub(crate) fn run(mut self, requests: &Receiver<Request>) {
        while let Ok(request) = self.next(requests) {
            match request {
                Some(Request::Close) => break,
                Some(request) => self.answer(request),
                None => self.anonymise_some(),
            }
            self.forget_some();
        }
        self.finish();
    }

    /// Waits for a request, or looks for one where there is other work too.
    fn next(&self, requests: &Receiver<Request>) -> Result<Option<Request>, RecvError> {
        if self.forgetting.is_none() && !self.has_to_anonymise() {
            return requests.recv().map(Some);
        }
        match requests.try_recv() {
            Ok(request) => Ok(Some(request)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(RecvError),
        }
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Commit { batch, reply } => {
                let _ = reply.send(self.commit(&batch));
                self.checkpointer.nudge(&self.connection);
            }
            Request::Forget { old, reply } => self.begin_to_forget(old, reply),
            Request::WriteSnapshot { snapshot, reply } => {
                let _ = reply.send(self.write_snapshot(&snapshot));
            }
            Request::Resume { reply } => {
                let _ = reply.send(self.resume());
            }
            Request::Close => {}
        }
    }

    fn commit(&mut self, batch: &Batch) -> Written {
        if self.lost.is_set() {
            return Err(CommitError::StateLost);
        }
        let committed = self.write_batch(batch);
        match committed {
            Ok(head) => self.head = head,
            Err(error) => {
                self.lost.set();
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::error!(cause, "a batch is not on disk: {error}");
                return Err(error);
            }
        }
        Ok(())
    }

    /// Nothing of the batch is on disk where this fails: the transaction rolls back.
    fn write_batch(&mut self, batch: &Batch) -> Result<Head, CommitError> {
        batch.check(self.head.ends.last)?;
        if batch.is_empty() {
            return Ok(self.head);
        }
        let (head, state) = (self.head, &mut self.state);
        let written = write(&mut self.connection, |writing| {
            let now = write_records(writing, head, state, batch)?;
            for answer in &batch.answers {
                answers::insert(writing, answer)?;
            }
            meta::update(writing, head.ends, now.ends)?;
            let is_open = |ticket| is_open(state, ticket);
            Ok((now, notes::keep(writing, &batch.notes, is_open)?))
        });
        let (now, notes) = written.map_err(|source| self.failed(source))?;
        if notes == Notes::Deleted {
            self.checkpointer.wipe();
        }
        self.anonymising.failed = false;
        Ok(now)
    }

    fn begin_to_forget(&mut self, old: TooOld, reply: oneshot::Sender<Written>) {
        if self.forgetting.is_some() {
            let _ = reply.send(Err(CommitError::Overrun));
        } else {
            self.forgetting = Some(Forgetting { old, reply });
        }
    }

    /// A few rows at a time, so that no batch waits for the forgetting of a whole day.
    fn forget_some(&mut self) {
        let Some(Forgetting { old, reply }) = self.forgetting.take() else {
            return;
        };
        let open = self.head.day;
        let forgotten = write(&mut self.connection, |writing| match old {
            TooOld::AnswersBefore(at) => answers::delete_some(writing, at, FORGOTTEN_AT_ONCE),
            TooOld::DaysBefore(day) => {
                // The day that is open is never forgotten: the state follows from it.
                let day = open.map_or(day, |open| day.min(open));
                old_days::delete_some(writing, day, FORGOTTEN_AT_ONCE)
            }
        });
        self.checkpointer.nudge(&self.connection);
        match forgotten {
            Ok(1..) => self.forgetting = Some(Forgetting { old, reply }),
            Ok(0) => drop(reply.send(Ok(()))),
            Err(source) => drop(reply.send(Err(self.failed(source)))),
        }
    }

    fn has_to_anonymise(&self) -> bool {
        let Anonymising { done, failed } = self.anonymising;
        !failed && !anonymise::is_done(self.head.ends, done)
    }

    /// A few records at a time and only while nobody waits, for the same reason.
    fn anonymise_some(&mut self) {
        if !self.has_to_anonymise() {
            return;
        }
        let (ends, done) = (self.head.ends, self.anonymising.done);
        let written = write(&mut self.connection, |writing| {
            anonymise::anonymise_some(writing, ends, done)
        });
        match written {
            Ok(done) => self.anonymising.done = done,
            Err(fault) => {
                self.anonymising.failed = true;
                let error = Fault::during("making a closed day anonymous", &self.file)(fault);
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::error!(cause, "{error}; it is tried again after the next batch");
            }
        }
        self.checkpointer.nudge(&self.connection);
        if anonymise::is_done(ends, self.anonymising.done) {
            self.checkpointer.wipe();
        }
    }

    fn write_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        if !snapshot.is_of_day_from(self.head.ends.segment_from) {
            // Taken before midnight: nobody would start from it.
            return Ok(());
        }
        let written = write(&mut self.connection, |writing| {
            snapshots::insert(writing, snapshot)
        });
        written.map_err(|error: rusqlite::Error| {
            Fault::during("writing a snapshot", &self.file)(error.into())
        })
    }

    /// A fresh connection: nothing of the failed one is believed.
    fn resume(&mut self) -> Result<State, StoreError> {
        self.connection = open_writer(&self.file, self.options.max_pages)?;
        // A batch whose sync failed may stand whole behind the end of the log, and the next start would
        // take it for one. So that end is written over before anybody goes on without the batch.
        migrations::write_header_again(&self.connection)
            .map_err(|error| Fault::during("writing", &self.file)(error.into()))?;
        let failed = Fault::during("reading the journal", &self.file);
        let Loaded { state, head, .. } = load(&mut self.connection).map_err(failed)?;
        (self.head, self.state) = (head, state.clone());
        self.lost.clear();
        Ok(state)
    }

    fn failed(&self, source: rusqlite::Error) -> CommitError {
        let file = self.file.clone();
        CommitError::Failed { file, source }
    }

    /// The log goes into the database, then the folder is free for the next server.
    fn finish(self) {
        self.checkpointer.stop();
        if let Err(error) = empty_log(&self.connection) {
            tracing::warn!("the write-ahead log is taken in at the next start: {error}");
        }
        drop(self.connection);
        drop(self.lock);
    }
}

/// All of `work` or nothing.
fn write<T, E: From<rusqlite::Error>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let writing = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&writing)?;
    writing.commit()?;
    Ok(done)
}

/// Journals and projects the records; says where the journal stands then.
fn write_records(
    writing: &Connection,
    head: Head,
    state: &mut State,
    batch: &Batch,
) -> rusqlite::Result<Head> {
    let mut now = head;
    for record in &batch.records {
        now.ends.last = record.seq;
        if let Event::DayOpened { date, .. } = record.event {
            now.ends.segment_from = record.seq;
            now.day = Some(date);
        }
        let day = now
            .day
            .expect("the batch was checked: a journal begins with the opening of a day");
        journal::insert(writing, day, record)?;
        project(writing, state, record)?;
    }
    Ok(now)
}

fn is_open(state: &State, ticket: TicketId) -> bool {
    let visit = state.ticket(ticket);
    visit.is_some_and(|visit| !visit.state.is_final())
}
