//! `office_documents`: the office's configuration as people wrote it, version by version.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::column::{Count, Millis};
use crate::fault::Fault;

/// LIMIT: versions kept.
const KEPT: u64 = 100;

const SELECT_LATEST: &str = "
    SELECT version, text, at_ms FROM office_documents ORDER BY version DESC LIMIT 1";
const SELECT_VERSION: &str = "
    SELECT version, text, at_ms FROM office_documents WHERE version = ?1";
const INSERT: &str = "INSERT INTO office_documents (version, text, at_ms) VALUES (?1, ?2, ?3)";
const DELETE_UP_TO: &str = "DELETE FROM office_documents WHERE version <= ?1";

/// One version of the office's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeDocument {
    /// 1, 2, 3 …
    pub version: u64,
    /// The file as it was applied.
    pub text: String,
    /// Kept to the millisecond.
    pub applied_at: Timestamp,
}

pub(crate) fn latest(connection: &Connection) -> Result<Option<OfficeDocument>, Fault> {
    let mut select = connection.prepare_cached(SELECT_LATEST)?;
    let document = select.query_row((), document);
    document
        .optional()
        .map_err(Fault::reading("office_documents"))
}

pub(crate) fn of_version(
    connection: &Connection,
    version: u64,
) -> Result<Option<OfficeDocument>, Fault> {
    let mut select = connection.prepare_cached(SELECT_VERSION)?;
    let document = select.query_row([Count(version)], document);
    document
        .optional()
        .map_err(Fault::reading("office_documents"))
}

fn document(row: &Row<'_>) -> rusqlite::Result<OfficeDocument> {
    Ok(OfficeDocument {
        version: row.get::<_, Count>(0)?.0,
        text: row.get(1)?,
        applied_at: row.get::<_, Millis>(2)?.0,
    })
}

pub(crate) fn insert(connection: &Connection, document: &OfficeDocument) -> rusqlite::Result<()> {
    let OfficeDocument {
        version,
        text,
        applied_at,
    } = document;
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(params![Count(*version), text, Millis(*applied_at)])?;
    let mut delete = connection.prepare_cached(DELETE_UP_TO)?;
    delete.execute([Count(version.saturating_sub(KEPT))])?;
    Ok(())
}
