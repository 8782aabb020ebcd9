//! `devices`: who may connect, as what, and the hash of the token that proves it.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::By;
use crate::column::Millis;
use crate::fault::Fault;

const SELECT_ALL: &str = "
    SELECT id, role, place, printer, token_sha256, next_sha256, since_ms, by FROM devices ORDER BY id";
const PUT: &str = "
    INSERT INTO devices (id, role, place, printer, token_sha256, next_sha256, since_ms, by)
    VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, ?7)
    ON CONFLICT (id) DO UPDATE SET (role, place, printer, token_sha256, next_sha256, since_ms, by) =
        (excluded.role, excluded.place, excluded.printer, excluded.token_sha256, NULL, excluded.since_ms,
         excluded.by)";
const SELECT_TOKEN: &str = "
    SELECT count(*) FROM devices WHERE id <> ?1 AND ?2 IN (token_sha256, next_sha256)";
const REVOKE: &str = "UPDATE devices SET token_sha256 = NULL, next_sha256 = NULL WHERE id = ?1";
const DELETE: &str = "DELETE FROM devices WHERE id = ?1";
const ROLL_OVER: &str = "
    UPDATE devices SET next_sha256 = ?2 WHERE id = ?1 AND token_sha256 IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM devices WHERE ?2 IN (token_sha256, next_sha256))";
const ROLLED_OVER: &str = "
    UPDATE devices SET token_sha256 = next_sha256, next_sha256 = NULL
    WHERE id = ?1 AND next_sha256 = ?2";
const FORGET_TOKENS: &str = "UPDATE devices SET token_sha256 = NULL, next_sha256 = NULL";

/// A device as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    pub id: String,
    pub role: String,
    /// The area of a display, the counter of a panel.
    pub place: Option<String>,
    /// The printer of a kiosk.
    pub printer: Option<String>,
    /// SHA-256 of its token, as hex; none of a device that was revoked.
    pub token_sha256: Option<String>,
    /// That of the token it goes over to.
    pub next_sha256: Option<String>,
    pub since: Timestamp,
    /// Who let it in.
    pub by: String,
}

pub(super) fn all(connection: &Connection) -> Result<Vec<DeviceRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ALL)?;
    let rows = select.query_map((), device)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("devices"))
}

/// Whether another device has its token.
pub(super) fn has_token(connection: &Connection, device: &DeviceRow) -> Result<bool, Fault> {
    let Some(token) = &device.token_sha256 else {
        return Ok(false);
    };
    let mut select = connection.prepare_cached(SELECT_TOKEN)?;
    let others: u32 = select.query_row([&device.id, token], |row| row.get(0))?;
    Ok(others > 0)
}

pub(super) fn put(connection: &Connection, device: &DeviceRow, by: &By) -> Result<(), Fault> {
    connection.prepare_cached(PUT)?.execute(params![
        device.id,
        device.role,
        device.place,
        device.printer,
        device.token_sha256,
        Millis(by.at),
        by.name
    ])?;
    Ok(())
}

pub(super) fn revoke(connection: &Connection, id: &str) -> Result<bool, Fault> {
    Ok(connection.prepare_cached(REVOKE)?.execute([id])? > 0)
}

pub(super) fn delete(connection: &Connection, id: &str) -> Result<bool, Fault> {
    Ok(connection.prepare_cached(DELETE)?.execute([id])? > 0)
}

pub(super) fn roll_over(connection: &Connection, id: &str, next: &str) -> Result<bool, Fault> {
    Ok(connection.prepare_cached(ROLL_OVER)?.execute([id, next])? > 0)
}

/// False where it goes over to another one by now, or did so before.
pub(super) fn rolled_over(connection: &Connection, id: &str, next: &str) -> Result<bool, Fault> {
    let rolled = connection
        .prepare_cached(ROLLED_OVER)?
        .execute([id, next])?;
    Ok(rolled > 0)
}

/// For a copy that nobody shall come in by.
pub(crate) fn forget_tokens(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(FORGET_TOKENS, ())?;
    Ok(())
}

fn device(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: row.get(0)?,
        role: row.get(1)?,
        place: row.get(2)?,
        printer: row.get(3)?,
        token_sha256: row.get(4)?,
        next_sha256: row.get(5)?,
        since: row.get::<_, Millis>(6)?.0,
        by: row.get(7)?,
    })
}
