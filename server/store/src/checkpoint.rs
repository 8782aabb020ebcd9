//! The checkpoint: moves what is in the write-ahead log into the database, on a thread and a
//! connection of its own, so that no commit waits for it. And it wipes the log where something was
//! deleted that nobody shall find there any more.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::connection::open_checkpointer;

/// Pages (4 KiB each) in the log from which it is worth the work: 4 MiB.
const WORTH_IT: i64 = 1024;
/// LIMIT: pages in the log, 32 MiB. Past it the writer is held up for a moment, so that the log can
/// begin anew; else a writer that never rests would let it grow for ever.
const TOO_MANY: i64 = 8192;

/// A wipe that somebody's reading held up is tried again after this.
const AGAIN: Duration = Duration::from_millis(250);

const LOOK: &str = "PRAGMA wal_checkpoint(NOOP)";
const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
const TRUNCATE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// The thread's handle. Dropping it without [`Checkpointer::stop`] lets the thread end by itself.
#[derive(Debug)]
pub(crate) struct Checkpointer {
    nudges: SyncSender<()>,
    wanted: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Checkpointer {
    pub(crate) fn start(file: &Path) -> rusqlite::Result<Self> {
        let connection = open_checkpointer(file)?;
        // LIMIT: one nudge is as good as many.
        let (nudges, awaited) = sync_channel(1);
        let wanted = Arc::new(AtomicBool::new(false));
        let wipe = Arc::clone(&wanted);
        let thread = std::thread::spawn(move || run(&connection, &awaited, &wipe));
        Ok(Self {
            nudges,
            wanted,
            thread,
        })
    }

    /// Lets the thread look at the log, where `writer` says that it is worth it, or a wipe failed.
    pub(crate) fn nudge(&self, writer: &Connection) {
        let is_worth_it = |log: Log| log.pages - log.moved >= WORTH_IT;
        let is_wanted = self.wanted.load(Ordering::Acquire);
        if is_wanted || run_pragma(writer, LOOK).is_ok_and(is_worth_it) {
            // Full: a nudge is on its way already.
            let _ = self.nudges.try_send(());
        }
    }

    /// Lets the thread take the whole log in and empty it, as soon as nobody reads.
    pub(crate) fn wipe(&self) {
        self.wanted.store(true, Ordering::Release);
        let _ = self.nudges.try_send(());
    }

    pub(crate) fn stop(self) {
        drop(self.nudges);
        if self.thread.join().is_err() {
            tracing::error!("the checkpoint thread panicked");
        }
    }
}

/// Moves everything and empties the log: for the end, when nobody reads or writes any more.
pub(crate) fn empty_log(connection: &Connection) -> rusqlite::Result<()> {
    let log = run_pragma(connection, TRUNCATE)?;
    if log.blocked {
        tracing::warn!("somebody still reads: the write-ahead log is taken in at the next start");
    }
    Ok(())
}

fn run(connection: &Connection, nudged: &Receiver<()>, wanted: &AtomicBool) {
    let mut wiping = Wiping::No;
    while wiping.awaits(nudged) {
        if wanted.swap(false, Ordering::Acquire) {
            wiping = Wiping::Yes;
        }
        wiping = checkpoint(connection, wiping).unwrap_or_else(|error| {
            tracing::warn!("checkpoint failed, the next one tries again: {error}");
            wanted.fetch_or(wiping == Wiping::Yes, Ordering::Release);
            Wiping::No
        });
    }
}

/// Whether the log holds something that has to go from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wiping {
    No,
    Yes,
}

impl Wiping {
    /// Waits for a nudge, or for a while where a wipe is still to be done. False when nobody nudges
    /// any more: then the log is taken in as a whole by the writer.
    fn awaits(self, nudged: &Receiver<()>) -> bool {
        match self {
            Self::No => nudged.recv().is_ok(),
            Self::Yes => nudged.recv_timeout(AGAIN) != Err(RecvTimeoutError::Disconnected),
        }
    }
}

/// Moves what can be moved beside the writer first, so that it is held up only for the rest. Says
/// what is still to be wiped.
fn checkpoint(connection: &Connection, wiping: Wiping) -> rusqlite::Result<Wiping> {
    let log = run_pragma(connection, PASSIVE)?;
    tracing::debug!(
        log.pages,
        log.moved,
        "moved the write-ahead log into the database"
    );
    if log.pages < TOO_MANY && wiping == Wiping::No {
        return Ok(Wiping::No);
    }
    let cut = run_pragma(connection, TRUNCATE)?;
    Ok(if cut.blocked { wiping } else { Wiping::No })
}

/// How a checkpoint went.
#[derive(Debug)]
struct Log {
    blocked: bool,
    /// Pages in the log.
    pages: i64,
    /// Those of them that are in the database too.
    moved: i64,
}

fn run_pragma(connection: &Connection, pragma: &str) -> rusqlite::Result<Log> {
    connection.query_row(pragma, (), |row| {
        Ok(Log {
            blocked: row.get(0)?,
            pages: row.get(1)?,
            moved: row.get(2)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;

    /// Writes this many pages and checkpoints; says how long the log is then, in pages.
    fn log_after(pages: i64) -> i64 {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("aufruf.db");
        let writer = open_writer(&file, None).expect("a writer");
        let filled =
            format!("CREATE TABLE t (b BLOB); INSERT INTO t VALUES (zeroblob({pages} * 4096))");
        writer.execute_batch(&filled).expect("written");
        let checkpointer = open_checkpointer(&file).expect("a checkpointer");
        checkpoint(&checkpointer, Wiping::No).expect("moved");
        let log = run_pragma(&checkpointer, LOOK).expect("looked");
        assert_eq!(log.pages, log.moved, "all of it is in the database");
        log.pages
    }

    #[test]
    fn a_log_of_common_size_is_moved_and_written_over_later() {
        assert!(log_after(WORTH_IT) >= WORTH_IT);
    }

    #[test]
    fn a_log_that_grew_too_long_is_cut() {
        assert_eq!(log_after(TOO_MANY), 0);
    }
}
