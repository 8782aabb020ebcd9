//! `access_log`: what was changed about devices and users, by whom and from where.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::By;
use crate::column::Millis;
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO access_log (at_ms, by, address, what, about) VALUES (?1, ?2, ?3, ?4, ?5)";
/// LIMIT: changes that are kept; the oldest go.
const KEPT: i64 = 50_000;
const DELETE_OLD: &str = "DELETE FROM access_log WHERE id <= ?1 - ?2";
const DELETE_ALL: &str = "DELETE FROM access_log";
const SELECT_LATEST: &str = "
    SELECT at_ms, by, address, what, about FROM access_log ORDER BY id DESC LIMIT ?1";

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    pub at: Timestamp,
    pub by: String,
    pub address: String,
    /// Stable, for programs: `device_paired`.
    pub what: String,
    /// The device or user.
    pub about: String,
}

pub(super) fn add(
    connection: &Connection,
    by: &By,
    what: &'static str,
    about: &str,
) -> Result<(), Fault> {
    let row = params![Millis(by.at), by.name, by.address, what, about];
    connection.prepare_cached(INSERT)?.execute(row)?;
    let newest = connection.last_insert_rowid();
    connection
        .prepare_cached(DELETE_OLD)?
        .execute([newest, KEPT])?;
    Ok(())
}

/// For a copy: who came in when stays in the house.
pub(crate) fn forget_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(DELETE_ALL, ())?;
    Ok(())
}

pub(super) fn latest(connection: &Connection, limit: usize) -> Result<Vec<LogRow>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = connection.prepare_cached(SELECT_LATEST)?;
    let rows = select.query_map([limit], entry)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("access_log"))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        at: row.get::<_, Millis>(0)?.0,
        by: row.get(1)?,
        address: row.get(2)?,
        what: row.get(3)?,
        about: row.get(4)?,
    })
}
