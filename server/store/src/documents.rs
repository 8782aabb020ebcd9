//! The office's document for the command line, whether the server runs or not. Needs no lock: the
//! document is a row of its own, and `SQLite` lets one process write at a time.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::connection::{open_beside, open_writer};
use crate::fault::Fault;
use crate::migrations::{self, Schema};
use crate::tables::office_documents::{insert, latest};
use crate::{OfficeDocument, StoreError, folder};

/// Stores a new version of the office's document, and returns its number. Creates the database where
/// there is none. `base` is the version that the text was made from; none stores it whatever is there.
///
/// # Errors
/// `StaleDocument` when `base` is not the current version (0 while there is none).
pub fn put_office_document(
    dir: &Path,
    text: &str,
    base: Option<u64>,
    at: Timestamp,
) -> Result<u64, StoreError> {
    folder::enter(dir)?;
    let file = folder::database(dir);
    let mut connection = open_writer(&file, None)?;
    bring_up(&mut connection, dir)?;
    let failed = Fault::during("storing the office", &file);
    let storing = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|error| failed(error.into()))?;
    let current = latest(&storing)
        .map_err(&failed)?
        .map_or(0, |document| document.version);
    if let Some(base) = base.filter(|base| *base != current) {
        return Err(StoreError::StaleDocument { base, current });
    }
    let version = current + 1;
    let document = OfficeDocument {
        version,
        text: text.to_owned(),
        applied_at: at,
    };
    store(storing, &document).map_err(|error| failed(error.into()))?;
    Ok(version)
}

/// The current version of the office's document; none before the first.
pub fn read_office_document(dir: &Path) -> Result<Option<OfficeDocument>, StoreError> {
    let file = folder::database(dir);
    if !file.exists() {
        return Ok(None);
    }
    let connection = open_writer(&file, None)?;
    match migrations::look(&connection, &file)? {
        Schema::Behind { version: 0 } => Ok(None),
        Schema::Behind { .. } | Schema::Current => {
            latest(&connection).map_err(Fault::during("reading the office", &file))
        }
    }
}

/// The current version of the office's document in a backup; none where it has none.
///
/// # Errors
/// When the file cannot be read as a database of this program.
pub fn read_office_document_of_backup(file: &Path) -> Result<Option<OfficeDocument>, StoreError> {
    let connection = open_beside(file)?;
    migrations::look(&connection, file)?;
    latest(&connection).map_err(Fault::during("reading the office", file))
}

fn store(storing: Transaction<'_>, document: &OfficeDocument) -> rusqlite::Result<()> {
    insert(&storing, document)?;
    storing.commit()
}

/// A database that is behind is brought up only where no server of an older program has it open.
pub(crate) fn bring_up(connection: &mut Connection, dir: &Path) -> Result<(), StoreError> {
    let file = folder::database(dir);
    if migrations::look(connection, &file)? == Schema::Current {
        return Ok(());
    }
    let _lock = folder::lock(dir)?;
    migrations::run(connection, &file)
}
