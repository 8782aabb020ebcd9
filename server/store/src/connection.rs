//! How connections are opened: everything that is set on one is set here.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::fault::Fault;
use crate::{StoreError, migrations};

/// LIMIT: how long a writer waits for another process that holds the database (the command line
/// storing an office, somebody's shell). Then the write fails.
const BUSY: Duration = Duration::from_secs(2);
/// LIMIT: how long the checkpoint waits for readers. It holds the writer up meanwhile, and comes again.
const CHECKPOINT_BUSY: Duration = Duration::from_millis(50);
/// Statements kept ready a connection; there are fewer than this.
const STATEMENTS: usize = 40;

/// Set wherever something is written. The checkpoint has its own thread, so never by itself here;
/// what was deleted is overwritten, and nothing goes to files elsewhere.
const WRITING: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cell_size_check = ON;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 16777216;
";

/// Opens the file for writing, and creates it where it is not there. It grows to `max_pages` at most.
/// A file that this program does not know is left as it is.
pub(crate) fn open_writer(file: &Path, max_pages: Option<u32>) -> Result<Connection, StoreError> {
    let failed = |error: rusqlite::Error| Fault::during("opening", file)(error.into());
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = open(file, flags, BUSY).map_err(failed)?;
    migrations::look(&connection, file)?;
    let connection = set_up_for_writing(connection).map_err(failed)?;
    if let Some(pages) = max_pages {
        let limit = format!("PRAGMA max_page_count = {pages}");
        connection.execute_batch(&limit).map_err(failed)?;
    }
    Ok(connection)
}

/// Opens a file that is there, for the checkpoint.
pub(crate) fn open_checkpointer(file: &Path) -> rusqlite::Result<Connection> {
    open(file, OpenFlags::SQLITE_OPEN_READ_WRITE, CHECKPOINT_BUSY).and_then(set_up_for_writing)
}

/// Opens a file that is there, for reading alone.
pub(crate) fn open_reader(file: &Path) -> rusqlite::Result<Connection> {
    open(file, OpenFlags::SQLITE_OPEN_READ_ONLY, BUSY)
}

/// Opens a file that is there for reading, beside a server or without one. Where no server runs and none
/// was cut off there is no log beside a database that is written by way of one. Then it is opened as if for writing: what
/// `SQLite` makes beside the database goes again with such a connection, and would stay after one that may
/// only read.
pub(crate) fn open_beside(file: &Path) -> Result<Connection, StoreError> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    if has_log(file) && !Path::new(&log).exists() {
        return open_writer(file, None);
    }
    open_reader(file).map_err(|error| Fault::during("opening", file)(error.into()))
}

/// Whether the file's header says that it is written by way of a log. What cannot be read is told by the
/// opening.
fn has_log(file: &Path) -> bool {
    let mut header = [0; 20];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header[18] == 2
}

/// Opens a copy that is nobody else's and may be lost, and creates it where it is not there.
pub(crate) fn open_scratch(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = open(file, flags, BUSY)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;")?;
    Ok(connection)
}

fn open(file: &Path, flags: OpenFlags, busy: Duration) -> rusqlite::Result<Connection> {
    // One thread at a time has a connection: SQLite's own mutex would guard nothing.
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(busy)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn set_up_for_writing(connection: Connection) -> rusqlite::Result<Connection> {
    connection.execute_batch(WRITING)?;
    Ok(connection)
}
