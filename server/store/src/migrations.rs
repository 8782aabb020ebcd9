//! The schema, brought up step by step: numbered files, forward only. `user_version` is the number
//! of the last one that was run.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::StoreError;
use crate::fault::Fault;
use crate::projection::project_all;
use crate::tables::day_sums;

/// A file is never changed once it was released; a new one is added.
const MIGRATIONS: [Migration; 5] = [
    Migration {
        sql: include_str!("../migrations/0001_first.sql"),
        read_models: ReadModels::Kept,
    },
    Migration {
        sql: include_str!("../migrations/0002_whole_domain.sql"),
        read_models: ReadModels::DerivedAnew,
    },
    Migration {
        sql: include_str!("../migrations/0003_overtaken.sql"),
        read_models: ReadModels::DerivedAnew,
    },
    Migration {
        sql: include_str!("../migrations/0004_access.sql"),
        read_models: ReadModels::Kept,
    },
    Migration {
        sql: include_str!("../migrations/0005_office_id.sql"),
        read_models: ReadModels::Kept,
    },
];
/// The first schema with sums of days.
const TAKES_SUMS: u32 = 2;
/// "AUFR": what the first migration writes into the file's header.
const APPLICATION_ID: u32 = 0x4155_4652;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
struct Migration {
    sql: &'static str,
    read_models: ReadModels,
}

/// What becomes of the tables that are derived from the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadModels {
    Kept,
    /// The SQL has left them empty. They are derived when all steps are done: only the newest tables
    /// are what the program writes.
    DerivedAnew,
}

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schema {
    /// New, or older than this program.
    Behind {
        version: u32,
    },
    Current,
}

/// The number of the newest schema that this program knows.
pub fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).expect("migrations are few")
}

/// Looks where the file stands.
///
/// # Errors
/// `NewerDatabase` and `Foreign`: such a file is left as it is.
pub(crate) fn look(connection: &Connection, path: &Path) -> Result<Schema, StoreError> {
    let file = || path.to_owned();
    let header = |pragma: &str| {
        let read = connection.pragma_query_value(None, pragma, |row| row.get::<_, u32>(0));
        read.map_err(|error| Fault::during("reading the header", path)(error.into()))
    };
    let version = header("user_version")?;
    let tables = connection
        .query_row("SELECT count(*) FROM sqlite_schema", (), |row| {
            row.get::<_, u32>(0)
        })
        .map_err(|error| Fault::during("reading the schema", path)(error.into()))?;
    if (version > 0 || tables > 0) && header("application_id")? != APPLICATION_ID {
        return Err(StoreError::Foreign { file: file() });
    }
    if version > newest() {
        let (found, known) = (version, newest());
        return Err(StoreError::NewerDatabase {
            file: file(),
            found,
            known,
        });
    }
    Ok(if version < newest() {
        Schema::Behind { version }
    } else {
        Schema::Current
    })
}

/// Writes one page that says what it said: a commit that changes nothing. The file has the newest schema.
pub(crate) fn write_header_again(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "user_version", newest())
}

/// Runs what is missing, in one transaction: between two steps the read models may be empty. The
/// caller has the folder's lock.
pub(crate) fn run(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let Schema::Behind { version } = look(connection, path)? else {
        return Ok(());
    };
    bring_up(connection, version).map_err(|(to, fault)| match fault {
        Fault::Sql(source) => StoreError::Migrate {
            file: path.to_owned(),
            to,
            source,
        },
        damage @ Fault::Damage(..) => Fault::during("reading the journal", path)(damage),
    })?;
    let to = newest();
    tracing::info!(schema = to, "brought {} to schema {to}", path.display());
    Ok(())
}

/// What goes wrong is told with the number of the step.
fn bring_up(connection: &mut Connection, version: u32) -> Result<(), (u32, Fault)> {
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let writing = begun.map_err(|error| (version + 1, error.into()))?;
    let mut read_models = ReadModels::Kept;
    for (to, migration) in (1..).zip(MIGRATIONS).skip_while(|(to, _)| *to <= version) {
        let done = writing.execute_batch(migration.sql);
        done.map_err(|error| (to, error.into()))?;
        if migration.read_models == ReadModels::DerivedAnew {
            read_models = ReadModels::DerivedAnew;
        }
    }
    finish(writing, version, read_models).map_err(|fault| (newest(), fault))
}

fn finish(writing: Transaction<'_>, from: u32, read_models: ReadModels) -> Result<(), Fault> {
    if read_models == ReadModels::DerivedAnew {
        project_all(&writing)?;
    }
    if from < TAKES_SUMS {
        // A program that took no sums has closed these days.
        day_sums::delete_all(&writing)?;
    }
    writing.pragma_update(None, "user_version", newest())?;
    Ok(writing.commit()?)
}
