//! `users`: people who sign in, with the hash of what they know, and how often somebody guessed it wrongly.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::By;
use crate::column::Millis;
use crate::fault::Fault;

const SELECT_ALL: &str = "
    SELECT id, name, role, secret, failed, locked_until_ms, since_ms, by FROM users ORDER BY id";
const SELECT_ONE: &str = "
    SELECT id, name, role, secret, failed, locked_until_ms, since_ms, by FROM users WHERE id = ?1";
const PUT: &str = "
    INSERT INTO users (id, name, role, secret, failed, locked_until_ms, since_ms, by)
    VALUES (?1, ?2, ?3, ?4, 0, NULL, ?5, ?6)
    ON CONFLICT (id) DO UPDATE SET (name, role, secret, failed, locked_until_ms, since_ms, by) =
        (excluded.name, excluded.role, excluded.secret, 0, NULL, excluded.since_ms, excluded.by)";
const DELETE: &str = "DELETE FROM users WHERE id = ?1";
const SET_SECRET: &str = "
    UPDATE users SET secret = ?2, failed = 0, locked_until_ms = NULL WHERE id = ?1";
const FAILED: &str = "UPDATE users SET failed = ?2, locked_until_ms = ?3 WHERE id = ?1";
const FORGET_SECRETS: &str = "UPDATE users SET secret = NULL";

/// A user as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// What the user types to sign in, and what stands in the audit trail.
    pub id: String,
    pub name: String,
    pub role: String,
    /// The hash of the password or PIN, with its parameters and salt; none where it has to be set anew.
    pub secret: Option<String>,
    /// Wrong ones in a row.
    pub failed: u32,
    /// Until then no other one is looked at.
    pub locked_until: Option<Timestamp>,
    pub since: Timestamp,
    pub by: String,
}

pub(super) fn all(connection: &Connection) -> Result<Vec<UserRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ALL)?;
    let rows = select.query_map((), user)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("users"))
}

pub(super) fn one(connection: &Connection, id: &str) -> Result<Option<UserRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let row = select.query_row([id], user);
    row.optional().map_err(Fault::reading("users"))
}

pub(super) fn put(connection: &Connection, user: &UserRow, by: &By) -> Result<(), Fault> {
    let row = params![
        user.id,
        user.name,
        user.role,
        user.secret,
        Millis(by.at),
        by.name
    ];
    connection.prepare_cached(PUT)?.execute(row)?;
    Ok(())
}

/// With all sessions.
pub(super) fn delete(connection: &Connection, id: &str) -> Result<bool, Fault> {
    Ok(connection.prepare_cached(DELETE)?.execute([id])? > 0)
}

pub(super) fn set_secret(connection: &Connection, id: &str, secret: &str) -> Result<bool, Fault> {
    let row = params![id, secret];
    Ok(connection.prepare_cached(SET_SECRET)?.execute(row)? > 0)
}

/// So many wrong ones in a row, and the next one is looked at from then on.
pub(super) fn failed(
    connection: &Connection,
    id: &str,
    failed: u32,
    locked_until: Option<Timestamp>,
) -> Result<(), Fault> {
    let row = params![id, failed, locked_until.map(Millis)];
    connection.prepare_cached(FAILED)?.execute(row)?;
    Ok(())
}

/// For a copy that nobody shall come in by.
pub(crate) fn forget_secrets(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(FORGET_SECRETS, ())?;
    Ok(())
}

fn user(row: &Row<'_>) -> rusqlite::Result<UserRow> {
    Ok(UserRow {
        id: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        secret: row.get(3)?,
        failed: row.get(4)?,
        locked_until: row.get::<_, Option<Millis>>(5)?.map(|at| at.0),
        since: row.get::<_, Millis>(6)?.0,
        by: row.get(7)?,
    })
}
