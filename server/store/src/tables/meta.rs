//! `meta`: where the journal ends, where its current day begins, up to where it is anonymous, how often it
//! was changed who may come in, and which office it is.

use aufruf_engine::EventSeq;
use rusqlite::{Connection, params};

use crate::column::Count;
use crate::fault::Fault;

const SELECT_VALUE: &str = "SELECT value FROM meta WHERE name = ?1";
const UPDATE_VALUE: &str = "UPDATE meta SET value = ?2 WHERE name = ?1";

const LAST_SEQ: &str = "last_seq";
const SEGMENT_FROM: &str = "segment_from";
const ANONYMISED_TO: &str = "anonymised_to";
const ACCESS_VERSION: &str = "access_version";
const OFFICE_ID: &str = "office_id";

/// Both ends of the journal's current segment; zero while there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) segment_from: EventSeq,
    pub(crate) last: EventSeq,
}

pub(crate) fn ends(connection: &Connection) -> Result<Ends, Fault> {
    Ok(Ends {
        segment_from: value(connection, SEGMENT_FROM)?,
        last: value(connection, LAST_SEQ)?,
    })
}

/// The last record of those that hold nothing any more that could lead to a person.
pub(crate) fn anonymised_to(connection: &Connection) -> Result<EventSeq, Fault> {
    value(connection, ANONYMISED_TO)
}

pub(crate) fn set_anonymised_to(connection: &Connection, seq: EventSeq) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_VALUE)?;
    update.execute(params![ANONYMISED_TO, Count::from(seq)])?;
    Ok(())
}

/// Goes up with every change of who may come in.
pub(crate) fn access_version(connection: &Connection) -> Result<u64, Fault> {
    value(connection, ACCESS_VERSION).map(|version| version.0)
}

pub(crate) fn raise_access_version(connection: &Connection) -> Result<(), Fault> {
    let next = access_version(connection)? + 1;
    let mut update = connection.prepare_cached(UPDATE_VALUE)?;
    update.execute(params![ACCESS_VERSION, Count(next)])?;
    Ok(())
}

pub(crate) fn office_id(connection: &Connection) -> Result<u32, Fault> {
    let mut select = connection.prepare_cached(SELECT_VALUE)?;
    let value = select.query_row([OFFICE_ID], |row| row.get(0));
    value.map_err(Fault::reading("meta"))
}

pub(crate) fn set_office_id(connection: &Connection, id: u32) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_VALUE)?;
    update.execute(params![OFFICE_ID, id])?;
    Ok(())
}

fn value(connection: &Connection, name: &str) -> Result<EventSeq, Fault> {
    let mut select = connection.prepare_cached(SELECT_VALUE)?;
    let value = select.query_row([name], |row| row.get::<_, Count>(0));
    value
        .map(|count| EventSeq(count.0))
        .map_err(Fault::reading("meta"))
}

/// Writes what changed from `before`.
pub(crate) fn update(connection: &Connection, before: Ends, now: Ends) -> rusqlite::Result<()> {
    let pairs = [
        (LAST_SEQ, before.last, now.last),
        (SEGMENT_FROM, before.segment_from, now.segment_from),
    ];
    let mut update = connection.prepare_cached(UPDATE_VALUE)?;
    for (name, _, now) in pairs.into_iter().filter(|(_, before, now)| before != now) {
        update.execute(params![name, Count::from(now)])?;
    }
    Ok(())
}
