//! `sessions`: who is signed in, by the hash of what the browser or the panel was given.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::column::Millis;
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO sessions (token_sha256, user, address, begun_ms, used_ms) VALUES (?1, ?2, ?3, ?4, ?4)";
const SELECT_ONE: &str = "
    SELECT token_sha256, user, address, begun_ms, used_ms FROM sessions WHERE token_sha256 = ?1";
const SELECT_USER: &str = "
    SELECT token_sha256, user, address, begun_ms, used_ms FROM sessions
    WHERE user = ?1 ORDER BY begun_ms DESC";
const USED: &str = "UPDATE sessions SET used_ms = ?2 WHERE token_sha256 = ?1 AND used_ms < ?2";
const DELETE: &str = "DELETE FROM sessions WHERE token_sha256 = ?1";
const DELETE_USER: &str = "DELETE FROM sessions WHERE user = ?1";
const DELETE_OLD: &str = "DELETE FROM sessions WHERE begun_ms < ?1 OR used_ms < ?2";
/// LIMIT: sessions of one user; the oldest goes.
const DELETE_MANY: &str = "
    DELETE FROM sessions WHERE user = ?1 AND token_sha256 NOT IN
        (SELECT token_sha256 FROM sessions WHERE user = ?1 ORDER BY begun_ms DESC, token_sha256 LIMIT ?2)";
const DELETE_ALL: &str = "DELETE FROM sessions";

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub token_sha256: String,
    pub user: String,
    /// Where the user signed in.
    pub address: String,
    pub begun: Timestamp,
    /// The last use that was written down; within a minute of the last one.
    pub used: Timestamp,
}

pub(super) fn begin(
    connection: &Connection,
    session: &SessionRow,
    most: usize,
) -> Result<(), Fault> {
    let SessionRow {
        token_sha256,
        user,
        address,
        begun,
        ..
    } = session;
    let row = params![token_sha256, user, address, Millis(*begun)];
    connection.prepare_cached(INSERT)?.execute(row)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    connection
        .prepare_cached(DELETE_MANY)?
        .execute(params![user, most])?;
    Ok(())
}

pub(super) fn one(
    connection: &Connection,
    token_sha256: &str,
) -> Result<Option<SessionRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let row = select.query_row([token_sha256], session);
    row.optional().map_err(Fault::reading("sessions"))
}

pub(super) fn of_user(connection: &Connection, user: &str) -> Result<Vec<SessionRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_USER)?;
    let rows = select.query_map([user], session)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("sessions"))
}

pub(super) fn used(
    connection: &Connection,
    token_sha256: &str,
    at: Timestamp,
) -> Result<(), Fault> {
    let row = params![token_sha256, Millis(at)];
    connection.prepare_cached(USED)?.execute(row)?;
    Ok(())
}

pub(super) fn end(connection: &Connection, token_sha256: &str) -> Result<bool, Fault> {
    let ended = connection.prepare_cached(DELETE)?.execute([token_sha256])?;
    Ok(ended > 0)
}

/// Says how many there were.
pub(super) fn end_all(connection: &Connection, user: &str) -> Result<usize, Fault> {
    Ok(connection.prepare_cached(DELETE_USER)?.execute([user])?)
}

/// Those that began before `begun`, or were not used since `used`.
pub(super) fn end_old(
    connection: &Connection,
    begun: Timestamp,
    used: Timestamp,
) -> Result<(), Fault> {
    let row = params![Millis(begun), Millis(used)];
    connection.prepare_cached(DELETE_OLD)?.execute(row)?;
    Ok(())
}

/// For a copy that nobody shall come in by.
pub(crate) fn forget_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(DELETE_ALL, ())?;
    Ok(())
}

fn session(row: &Row<'_>) -> rusqlite::Result<SessionRow> {
    Ok(SessionRow {
        token_sha256: row.get(0)?,
        user: row.get(1)?,
        address: row.get(2)?,
        begun: row.get::<_, Millis>(3)?.0,
        used: row.get::<_, Millis>(4)?.0,
    })
}
