//! The handle on an open store.

use std::path::Path;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use aufruf_engine::{DaySums, Record, State, TicketId};
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::oneshot;

use crate::checkpoint::Checkpointer;
use crate::connection::open_writer;
use crate::fault::Fault;
use crate::folder::{self, FolderLock};
use crate::load::{Loaded, load};
use crate::readers::Readers;
use crate::tables::snapshots::Snapshot;
use crate::tables::{answers, calls, day_sums, journal, meta, notes, office_documents, tickets};
use crate::writer::{Anonymising, Lost, Request, TooOld, Writer, Written};
use crate::{
    Answer, Batch, CallRow, CommitError, Note, OfficeDocument, StoreError, TicketRow, migrations,
};

/// LIMIT: requests that wait for the writer: two batches of the engine task, and what timers ask.
/// Past it a request is refused at once.
const WAITING: usize = 16;

/// The open store of one office. Cheap to clone; all clones are the same store.
#[derive(Debug, Clone)]
pub struct Store(Arc<Shared>);

/// A store that was just opened, and the state that the disk has.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    pub state: State,
}

/// What the one who runs the office may set.
#[derive(Debug, Clone, Copy, Default)]
pub struct StoreOptions {
    /// LIMIT: pages of 4 KiB that the database may have; none for as many as the disk holds. A batch
    /// that needs more fails as on a full disk.
    pub max_pages: Option<u32>,
}

#[derive(Debug)]
struct Shared {
    requests: SyncSender<Request>,
    lost: Lost,
    readers: Readers,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Store {
    /// Opens `aufruf.db` in the folder with default options, and creates both where they are not there.
    ///
    /// # Errors
    /// `InUse` while another server has the folder, `NewerDatabase`, `Foreign`, `Damaged`.
    pub fn open(dir: &Path) -> Result<Opened, StoreError> {
        Self::open_with(dir, StoreOptions::default())
    }

    /// As [`Store::open`].
    pub fn open_with(dir: &Path, options: StoreOptions) -> Result<Opened, StoreError> {
        folder::enter(dir)?;
        let lock = folder::lock(dir)?;
        Self::open_locked(dir, options, lock)
    }

    fn open_locked(
        dir: &Path,
        options: StoreOptions,
        lock: FolderLock,
    ) -> Result<Opened, StoreError> {
        let file = folder::database(dir);
        let mut connection = open_writer(&file, options.max_pages)?;
        migrations::run(&mut connection, &file)?;
        let Loaded { state, head, .. } =
            load(&mut connection).map_err(Fault::during("reading the journal", &file))?;
        let anonymised_to = meta::anonymised_to(&connection)
            .map_err(Fault::during("reading the journal", &file))?;
        let checkpointer = Checkpointer::start(&file)
            .map_err(|error| Fault::during("opening", &file)(error.into()))?;
        // What was deleted just before a crash may be in the log still.
        checkpointer.wipe();
        let (lost, (requests, waiting)) = (Lost::default(), sync_channel(WAITING));
        let writer = Writer {
            file: file.clone(),
            options,
            connection,
            head,
            state: state.clone(),
            lost: lost.clone(),
            forgetting: None,
            anonymising: Anonymising {
                done: anonymised_to,
                failed: false,
            },
            checkpointer,
            lock,
        };
        let thread = std::thread::spawn(move || writer.run(&waiting));
        let (readers, writer) = (Readers::new(file), Mutex::new(Some(thread)));
        let store = Self(Arc::new(Shared {
            requests,
            lost,
            readers,
            writer,
        }));
        Ok(Opened { store, state })
    }

    /// Hands a batch to the writer. The receiver resolves when all of it is on disk, or nothing.
    /// Never blocks; batches are committed in the order in which they were handed over.
    ///
    /// After one failed, all others fail too until [`Store::rebuild`], and no state that holds one of
    /// them may be used any more.
    pub fn commit(&self, batch: Batch) -> oneshot::Receiver<Written> {
        let (reply, written) = oneshot::channel();
        self.try_ask(Request::Commit { batch, reply });
        written
    }

    /// Forgets the answers given before `at`, a few at a time between the batches. One such request
    /// at a time, days included; a second one is refused.
    pub fn forget_answers_before(&self, at: Timestamp) -> oneshot::Receiver<Written> {
        self.forget(TooOld::AnswersBefore(at))
    }

    /// Forgets the closed days before `day` with their journal, visits and calls, a few rows at a time
    /// between the batches. Their sums stay. As [`Store::forget_answers_before`].
    pub fn forget_days_before(&self, day: Date) -> oneshot::Receiver<Written> {
        self.forget(TooOld::DaysBefore(day))
    }

    fn forget(&self, old: TooOld) -> oneshot::Receiver<Written> {
        let (reply, written) = oneshot::channel();
        self.try_ask(Request::Forget { old, reply });
        written
    }

    /// The state as the disk has it, after a failed commit. Batches handed over from now on are
    /// taken again; those before are refused. Blocks.
    ///
    /// # Errors
    /// While the disk can be read or written no more: nothing of a failed batch may come back later, so
    /// the store goes on only where it can write again.
    pub fn rebuild(&self) -> Result<State, StoreError> {
        self.ask(|reply| Request::Resume { reply })
    }

    /// Writes down the present state, so that the next start is quick. Rebuilds it from the disk, so
    /// that neither engine nor commits wait. Does nothing where nothing happened since the last.
    /// Blocks.
    pub fn snapshot(&self) -> Result<(), StoreError> {
        let Loaded {
            state, snapshot, ..
        } = self.0.readers.read("reading the journal", load)?;
        let fresh = Snapshot::of(&state).filter(|_| snapshot != Some(state.last_seq()));
        fresh.map_or(Ok(()), |snapshot| {
            self.ask(|reply| Request::WriteSnapshot { snapshot, reply })
        })
    }

    /// What the device was answered under this idempotency key.
    pub fn answer(&self, device: &str, key: &str) -> Result<Option<Answer>, StoreError> {
        self.0.readers.read("reading an answer", |reader| {
            answers::answer(reader, device, key)
        })
    }

    /// The current version of the office's document; none before the first.
    pub fn office_document(&self) -> Result<Option<OfficeDocument>, StoreError> {
        self.0.readers.read("reading the office", |reader| {
            office_documents::latest(reader)
        })
    }

    /// The office's document of one version; none when it was never there, or is too old to be kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn office_document_of(&self, version: u64) -> Result<Option<OfficeDocument>, StoreError> {
        self.0.readers.read("reading the office", |reader| {
            office_documents::of_version(reader, version)
        })
    }

    /// A visit as committed, on the last day that knows it.
    pub fn ticket(&self, id: TicketId) -> Result<Option<TicketRow>, StoreError> {
        self.0
            .readers
            .read("reading a ticket", |reader| tickets::one(reader, id))
    }

    /// The visits of a day in the order of their arrival.
    pub fn tickets_of(&self, day: Date) -> Result<Vec<TicketRow>, StoreError> {
        self.0
            .readers
            .read("reading the tickets", |reader| tickets::of_day(reader, day))
    }

    /// The callings of a ticket, first one first; those included that were taken back, and those of
    /// an earlier day on which an appointment was missed that was agreed anew.
    pub fn calls_of(&self, ticket: TicketId) -> Result<Vec<CallRow>, StoreError> {
        self.0.readers.read("reading the calls", |reader| {
            calls::of_ticket(reader, ticket)
        })
    }

    /// What a clerk wrote about a visit that is open; none when nobody did, or the visit is over.
    pub fn note(&self, ticket: TicketId) -> Result<Option<Note>, StoreError> {
        self.0
            .readers
            .read("reading a note", |reader| notes::of_ticket(reader, ticket))
    }

    /// What a closed day came to; none for a day that was not closed, or not by a program that took
    /// sums.
    pub fn sums_of(&self, day: Date) -> Result<Option<DaySums>, StoreError> {
        self.0.readers.read("reading the sums of a day", |reader| {
            day_sums::of_day(reader, day)
        })
    }

    /// The last day that was closed; none before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_closed_day(&self) -> Result<Option<Date>, StoreError> {
        let read = |reader: &mut rusqlite::Connection| day_sums::last(reader);
        self.0.readers.read("reading the sums of a day", read)
    }

    /// The journal of a day. One that is closed is made anonymous, and then holds no language, needs
    /// and codes any more.
    pub fn records_of(&self, day: Date) -> Result<Vec<Record>, StoreError> {
        self.0.readers.read("reading the journal", |reader| {
            journal::records_of(reader, day)
        })
    }

    /// Goes up with every change of who may come in: see [`crate::Access`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn access_version(&self) -> Result<u64, StoreError> {
        let read = |reader: &mut rusqlite::Connection| meta::access_version(reader);
        self.0.readers.read("looking for changes of access", read)
    }

    /// Writes what was handed over, takes the write-ahead log in, and frees the folder. Blocks. Other
    /// clones are told `Closed` from then on.
    pub fn close(self) {
        self.0.close();
    }

    /// For the engine task: does not wait for room.
    fn try_ask(&self, request: Request) {
        let (refused, why) = match self.0.requests.try_send(request) {
            Ok(()) => return,
            Err(TrySendError::Full(request)) => (request, CommitError::Overrun),
            Err(TrySendError::Disconnected(request)) => (request, CommitError::Closed),
        };
        match refused {
            Request::Commit { reply, .. } => {
                // Those behind it were decided on a state that holds it.
                self.0.lost.set();
                let _ = reply.send(Err(why));
            }
            Request::Forget { reply, .. } => {
                let _ = reply.send(Err(why));
            }
            Request::WriteSnapshot { .. } | Request::Resume { .. } | Request::Close => {
                unreachable!("these wait for room")
            }
        }
    }

    /// Waits for room and for the answer.
    fn ask<T>(
        &self,
        request: impl FnOnce(SyncSender<Result<T, StoreError>>) -> Request,
    ) -> Result<T, StoreError> {
        let (reply, answer) = sync_channel(1);
        self.0
            .requests
            .send(request(reply))
            .map_err(|_| StoreError::Closed)?;
        answer.recv().map_err(|_| StoreError::Closed)?
    }
}

impl Shared {
    fn close(&self) {
        self.readers.close();
        // The writer may have ended already: then it does not hear this.
        let _ = self.requests.send(Request::Close);
        let thread = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writer thread panicked");
        }
    }
}

/// When the last handle goes, the store closes as by [`Store::close`].
impl Drop for Shared {
    fn drop(&mut self) {
        self.close();
    }
}
