//! `pairings`: devices that show a code and wait to be approved.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::Asked;
use crate::column::Millis;
use crate::fault::Fault;

const SELECT_SINCE: &str = "
    SELECT code, token_sha256, role, software, address, at_ms, salt FROM pairings
    WHERE at_ms >= ?1 ORDER BY at_ms, code";
const SELECT_ONE: &str = "
    SELECT code, token_sha256, role, software, address, at_ms, salt FROM pairings WHERE code = ?1";
const SELECT_TOKEN: &str = "
    SELECT code, token_sha256, role, software, address, at_ms, salt FROM pairings WHERE token_sha256 = ?1";
/// LIMIT: devices of one address that ask at the same time: nobody takes all places.
const OF_ONE_ADDRESS: u32 = 5;
const SELECT_IN: &str =
    "SELECT EXISTS (SELECT 1 FROM devices WHERE ?1 IN (token_sha256, next_sha256))";
const COUNT_OF: &str = "SELECT count(*) FROM pairings WHERE address = ?1";
/// Where all places are taken, the latest one from where most are goes.
const MAKE_ROOM: &str = "
    DELETE FROM pairings WHERE (SELECT count(*) FROM pairings) >= ?1 AND code = (
        SELECT code FROM pairings AS one
        ORDER BY (SELECT count(*) FROM pairings AS other WHERE other.address = one.address) DESC,
            at_ms DESC, code LIMIT 1)";
const COUNT: &str = "SELECT count(*) FROM pairings";
const INSERT: &str = "
    INSERT INTO pairings (code, token_sha256, role, software, address, at_ms, salt)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS
        (SELECT 1 FROM devices WHERE ?2 IN (token_sha256, next_sha256))
    ON CONFLICT DO NOTHING";
const DELETE: &str = "DELETE FROM pairings WHERE code = ?1";
const DELETE_BEFORE: &str = "DELETE FROM pairings WHERE at_ms < ?1";
const DELETE_ALL: &str = "DELETE FROM pairings";

/// A device that asks to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingRow {
    /// What it shows to people.
    pub code: String,
    /// The hash of the token that it made for itself.
    pub token_sha256: String,
    /// What it says that it is.
    pub role: String,
    pub software: String,
    /// The network that it asks from.
    pub address: String,
    pub at: Timestamp,
    /// What is in the code beside token and authority.
    pub salt: String,
}

pub(super) fn ask(connection: &Connection, row: &PairingRow, most: u32) -> Result<Asked, Fault> {
    let mut select = connection.prepare_cached(SELECT_TOKEN)?;
    let known = select.query_row([&row.token_sha256], pairing).optional();
    if let Some(known) = known.map_err(Fault::reading("pairings"))? {
        return Ok(Asked::Waits(known));
    }
    if !has_room(connection, &row.address, most)? {
        return Ok(Asked::Full);
    }
    // Somebody who asks from many places must not keep out who asks from a new one.
    connection.prepare_cached(MAKE_ROOM)?.execute([most])?;
    let inserted = connection.prepare_cached(INSERT)?.execute(params![
        row.code,
        row.token_sha256,
        row.role,
        row.software,
        row.address,
        Millis(row.at),
        row.salt
    ])?;
    Ok(match inserted {
        0 => Asked::Taken,
        _ => Asked::Waits(row.clone()),
    })
}

/// Whether one more from this network may wait: a first one always, in the place of one from where most are.
fn has_room(connection: &Connection, address: &str, most: u32) -> Result<bool, Fault> {
    let waiting: u32 = connection.query_row(COUNT, (), |row| row.get(0))?;
    let from_there: u32 = connection.query_row(COUNT_OF, [address], |row| row.get(0))?;
    Ok(from_there == 0 || (waiting < most && from_there < OF_ONE_ADDRESS))
}

pub(super) fn since(connection: &Connection, at: Timestamp) -> Result<Vec<PairingRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_SINCE)?;
    let rows = select.query_map([Millis(at)], pairing)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("pairings"))
}

/// Whether the device with this token waits since then, is in already, or finds no room.
pub(super) fn known(
    connection: &Connection,
    (token_sha256, address): (&str, &str),
    since: Timestamp,
    most: u32,
) -> Result<Option<Asked>, Fault> {
    let mut select = connection.prepare_cached(SELECT_IN)?;
    let is_in: bool = select.query_row([token_sha256], |row| row.get(0))?;
    if is_in {
        return Ok(Some(Asked::Taken));
    }
    let mut select = connection.prepare_cached(SELECT_TOKEN)?;
    let known = select.query_row([token_sha256], pairing).optional();
    let known = known.map_err(Fault::reading("pairings"))?;
    let waits = known.filter(|row| row.at >= since).map(Asked::Waits);
    if waits.is_some() || has_room(connection, address, most)? {
        return Ok(waits);
    }
    Ok(Some(Asked::Full))
}

/// Takes one out.
pub(super) fn take(connection: &Connection, code: &str) -> Result<Option<PairingRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let found = select.query_row([code], pairing).optional();
    let found = found.map_err(Fault::reading("pairings"))?;
    connection.prepare_cached(DELETE)?.execute([code])?;
    Ok(found)
}

pub(super) fn forget_before(connection: &Connection, at: Timestamp) -> Result<(), Fault> {
    connection
        .prepare_cached(DELETE_BEFORE)?
        .execute([Millis(at)])?;
    Ok(())
}

/// For a copy that nobody shall come in by.
pub(crate) fn forget_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(DELETE_ALL, ())?;
    Ok(())
}

fn pairing(row: &Row<'_>) -> rusqlite::Result<PairingRow> {
    Ok(PairingRow {
        code: row.get(0)?,
        token_sha256: row.get(1)?,
        role: row.get(2)?,
        software: row.get(3)?,
        address: row.get(4)?,
        at: row.get::<_, Millis>(5)?.0,
        salt: row.get(6)?,
    })
}
