//! The office's day for the command line, whether the server runs or not. Reads alone: needs no lock, and
//! changes nothing.

use std::path::Path;

use aufruf_engine::State;

use crate::connection::open_beside;
use crate::fault::Fault;
use crate::load::{Loaded, load};
use crate::migrations::{self, Schema};
use crate::tables::office_documents::{latest, of_version};
use crate::{OfficeDocument, StoreError, folder};

/// What the disk has of the day.
#[derive(Debug, Clone)]
pub struct DayOnDisk {
    /// The state after the last record. It has no day before the first start.
    pub state: State,
    /// The office's document that the state follows, and before the first start the latest. None where
    /// none was applied, or it is too old to be kept.
    pub document: Option<OfficeDocument>,
}

/// The state and its office as the disk has them; none where there is no database yet. One of an older
/// schema is read as it is: the journal is never changed.
///
/// # Errors
/// When the database cannot be opened or read, `NewerDatabase`, `Foreign`, `Damaged`.
pub fn read_day(dir: &Path) -> Result<Option<DayOnDisk>, StoreError> {
    let file = folder::database(dir);
    // A folder that may not be looked into is an error of its own, and told by the opening.
    if let Ok(false) = file.try_exists() {
        return Ok(None);
    }
    let mut connection = open_beside(&file)?;
    if migrations::look(&connection, &file)? == (Schema::Behind { version: 0 }) {
        return Ok(None);
    }
    let Loaded { state, .. } =
        load(&mut connection).map_err(Fault::during("reading the journal", &file))?;
    let document = match state.office() {
        Some(office) => of_version(&connection, office.version),
        None => latest(&connection),
    };
    let document = document.map_err(Fault::during("reading the office", &file))?;
    Ok(Some(DayOnDisk { state, document }))
}
