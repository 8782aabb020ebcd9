//! The memory of the agent: one durable file for every job, so that none is printed twice.
//!
//! ```text
//!   offered ─▶ received ─▶ sending ─▶ done(printed | doubtful)
//!                  │          └─ found so after a restart ─▶ done(doubtful)
//!                  └─▶ done(failed | expired)
//! ```
//!
//! Every step is on disk before the agent acts on it. Done jobs are remembered for a day, and their
//! outcome is told again whenever the server offers them again. Never touches a printer.

mod record;

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use aufruf_client::durable::{self, DurableError};
use aufruf_protocol::latest::{JobId, PrintJob, PrintOutcome, PrintReport};
use jiff::{SignedDuration, Timestamp};
use tracing::warn;

pub use record::Record;
use record::{file_name, job_of};

/// A job older than this has long expired, so it would not be printed again anyway.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// LIMIT: done jobs remembered at most; the busiest office prints some thousand a day.
const DONE_KEPT: usize = 10_000;
/// LIMIT: jobs waiting for the printer; more than this is an hour of tickets without a printer.
const WAITING_KEPT: usize = 256;

/// All jobs that the agent knows. One process at a time has it open.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    records: BTreeMap<JobId, Record>,
    /// Received and not yet begun, the oldest first.
    waiting: VecDeque<JobId>,
    /// The one that ended first comes first.
    done: VecDeque<(Timestamp, JobId)>,
    /// Held for as long as the spool is open.
    _lock: File,
}

/// What the spool says to a job that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// New: it is on disk now and waits for its turn.
    Taken,
    /// Known, and not yet done.
    InHand,
    /// Known and done; this is its outcome.
    Done(PrintReport),
}

#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    #[error(transparent)]
    Durable(#[from] DurableError),
    #[error("cannot lock {}", path.display())]
    Lock {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("another agent prints from {}", folder.display())]
    InUse { folder: PathBuf },
    #[error("the job's id is too long for the name of a file")]
    IdTooLong,
    #[error("{WAITING_KEPT} jobs wait already")]
    Full,
    #[error("the job {0} does not wait")]
    NotWaiting(JobId),
}

impl Spool {
    /// Opens the folder (made if need be) and settles what a crash left: jobs that were being sent are
    /// doubtful, and so are those whose file cannot be read.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, SpoolError> {
        durable::create_folder(folder)?;
        let mut spool = Self {
            _lock: lock(folder)?,
            folder: folder.to_owned(),
            records: BTreeMap::new(),
            waiting: VecDeque::new(),
            done: VecDeque::new(),
        };
        spool.read_records(now)?;
        spool.forget_old(now)?;
        Ok(spool)
    }

    /// Takes a job in, once. A new one is on disk when this returns.
    pub fn offer(&mut self, job: &PrintJob, now: Timestamp) -> Result<Offered, SpoolError> {
        match self.records.get(&job.id) {
            Some(Record::Done { report, .. }) => return Ok(Offered::Done(report.clone())),
            Some(Record::Received { .. } | Record::Sending { .. }) => return Ok(Offered::InHand),
            None if self.waiting.len() >= WAITING_KEPT => return Err(SpoolError::Full),
            None => {}
        }
        let record = Record::Received {
            job: Box::new(job.clone()),
            received_at: now,
        };
        self.write(&job.id, &record)?;
        self.records.insert(job.id.clone(), record);
        self.waiting.push_back(job.id.clone());
        Ok(Offered::Taken)
    }

    /// The jobs that wait for the printer, the oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &PrintJob> {
        self.waiting
            .iter()
            .filter_map(|id| match self.records.get(id) {
                Some(Record::Received { job, .. }) => Some(&**job),
                _ => None,
            })
    }

    /// Notes on disk that the job's first byte is about to go out. On an error it must not.
    pub fn begin(&mut self, id: &JobId, now: Timestamp) -> Result<(), SpoolError> {
        if !self.waiting.contains(id) {
            return Err(SpoolError::NotWaiting(id.clone()));
        }
        let record = Record::Sending {
            job: id.clone(),
            begun_at: now,
        };
        self.write(id, &record)?;
        self.records.insert(id.clone(), record);
        self.waiting.retain(|held| held != id);
        Ok(())
    }

    /// Notes the outcome. It counts for this process even where it could not be written; after a
    /// restart such a job is what its file says, which is never "not yet begun" once it was begun.
    pub fn finish(&mut self, report: PrintReport, now: Timestamp) -> Result<(), SpoolError> {
        let id = report.job.clone();
        let record = Record::Done {
            report,
            ended_at: now,
        };
        let written = self.write(&id, &record);
        self.waiting.retain(|held| held != &id);
        self.done.push_back((now, id.clone()));
        self.records.insert(id, record);
        written?;
        self.forget_old(now)
    }

    fn read_records(&mut self, now: Timestamp) -> Result<(), SpoolError> {
        for path in durable::list(&self.folder)? {
            let Some(id) = job_of(&path) else { continue };
            let bytes = durable::read(&path)?.unwrap_or_default();
            let found: Option<Record> = serde_json::from_slice(&bytes).ok();
            let record = match found {
                Some(Record::Sending { .. }) | None => {
                    let record = doubtful(&id, found.as_ref(), now);
                    self.write(&id, &record)?;
                    record
                }
                Some(kept) => kept,
            };
            self.records.insert(id, record);
        }
        self.put_in_order();
        Ok(())
    }

    fn put_in_order(&mut self) {
        let mut waiting = Vec::new();
        let mut done = Vec::new();
        for (id, record) in &self.records {
            match record {
                Record::Received { received_at, .. } => waiting.push((*received_at, id.clone())),
                Record::Done { ended_at, .. } => done.push((*ended_at, id.clone())),
                Record::Sending { .. } => {}
            }
        }
        waiting.sort();
        done.sort();
        self.waiting = waiting.into_iter().map(|(_, id)| id).collect();
        self.done = done.into();
    }

    fn forget_old(&mut self, now: Timestamp) -> Result<(), SpoolError> {
        while let Some((ended_at, id)) = self.done.front() {
            let old = now.duration_since(*ended_at) > REMEMBERED;
            if !old && self.done.len() <= DONE_KEPT {
                break;
            }
            durable::remove(&self.folder.join(file_name(id)?))?;
            self.records.remove(id);
            self.done.pop_front();
        }
        Ok(())
    }

    fn write(&self, id: &JobId, record: &Record) -> Result<(), SpoolError> {
        let bytes = serde_json::to_vec(record).expect("a record of ours is JSON");
        durable::write(&self.folder.join(file_name(id)?), &bytes)?;
        Ok(())
    }
}

/// What a restart makes of a job that was begun, or whose file says nothing.
fn doubtful(job: &JobId, found: Option<&Record>, now: Timestamp) -> Record {
    let reason = match found {
        Some(_) => "the agent stopped while it was printing",
        None => "the agent's record of this job cannot be read",
    };
    warn!(job.id = %job, "job {job} is doubtful: {reason}");
    let report = PrintReport {
        job: job.clone(),
        outcome: PrintOutcome::Doubtful,
        reason: Some(reason.to_owned()),
    };
    Record::Done {
        report,
        ended_at: now,
    }
}

/// Two agents on one spool would print every ticket twice.
fn lock(folder: &Path) -> Result<File, SpoolError> {
    let path = folder.join("lock");
    let failed = |source| SpoolError::Lock {
        path: path.clone(),
        source,
    };
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(SpoolError::InUse {
            folder: folder.to_owned(),
        }),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}

#[cfg(test)]
mod tests;
