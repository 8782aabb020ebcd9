//! The schema, brought up step by step: numbered files, forward only. `user_version` is the number
//! of the last one that was run.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;
use crate::fault::Fault;
use crate::projection::project_all;

/// A file is never changed once it was released; a new one is added.
const MIGRATIONS: [Migration; 2] = [
    Migration {
        sql: include_str!("../migrations/0001_first.sql"),
        read_models: ReadModels::Kept,
    },
    Migration {
        sql: include_str!("../migrations/0002_whole_domain.sql"),
        read_models: ReadModels::DerivedAnew,
    },
];
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
    /// The SQL has left them empty. Of the steps that do this, only the last one fits the program's
    /// tables: an earlier one becomes `Kept` when another is added.
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
pub(crate) fn newest() -> u32 {
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

/// Runs what is missing, each step in a transaction of its own. The caller has the folder's lock.
pub(crate) fn run(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let Schema::Behind { version } = look(connection, path)? else {
        return Ok(());
    };
    for (to, migration) in (1..).zip(MIGRATIONS).skip_while(|(to, _)| *to <= version) {
        step(connection, to, migration).map_err(|fault| match fault {
            Fault::Sql(source) => StoreError::Migrate {
                file: path.to_owned(),
                to,
                source,
            },
            damage @ Fault::Damage(..) => Fault::during("reading the journal", path)(damage),
        })?;
        tracing::info!(schema = to, "brought {} to schema {to}", path.display());
    }
    Ok(())
}

fn step(connection: &mut Connection, to: u32, migration: Migration) -> Result<(), Fault> {
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    step.execute_batch(migration.sql)?;
    if migration.read_models == ReadModels::DerivedAnew {
        project_all(&step)?;
    }
    step.pragma_update(None, "user_version", to)?;
    Ok(step.commit()?)
}
