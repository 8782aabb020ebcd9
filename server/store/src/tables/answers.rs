//! `answers`: what a device was answered under an idempotency key.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::Answer;
use crate::column::Millis;
use crate::fault::Fault;

/// The first answer stands: it is the one that the device may have seen.
const INSERT: &str = "
    INSERT INTO answers (device, key, at_ms, status, body) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (device, key) DO NOTHING";
const SELECT: &str = "SELECT at_ms, status, body FROM answers WHERE device = ?1 AND key = ?2";
const DELETE_SOME: &str = "
    DELETE FROM answers WHERE id IN (SELECT id FROM answers WHERE at_ms < ?1 LIMIT ?2)";

pub(crate) fn insert(connection: &Connection, answer: &Answer) -> rusqlite::Result<()> {
    let Answer {
        device,
        key,
        at,
        status,
        body,
    } = answer;
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(params![device, key, Millis(*at), status, body])?;
    Ok(())
}

pub(crate) fn answer(
    connection: &Connection,
    device: &str,
    key: &str,
) -> Result<Option<Answer>, Fault> {
    let mut select = connection.prepare_cached(SELECT)?;
    let answer = select.query_row([device, key], |row| {
        Ok(Answer {
            device: device.to_owned(),
            key: key.to_owned(),
            at: row.get::<_, Millis>(0)?.0,
            status: row.get(1)?,
            body: row.get(2)?,
        })
    });
    answer.optional().map_err(Fault::reading("answers"))
}

/// Deletes up to `limit` answers from before `at`; says how many.
pub(crate) fn delete_some(
    connection: &Connection,
    at: Timestamp,
    limit: usize,
) -> rusqlite::Result<usize> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    connection
        .prepare_cached(DELETE_SOME)?
        .execute(params![Millis(at), limit])
}
