//! `day_sums`: what each closed day came to; derived from the journal.

use aufruf_engine::DaySums;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::column::{Day, Json};
use crate::fault::Fault;

const INSERT: &str = "INSERT OR REPLACE INTO day_sums (day, sums) VALUES (?1, ?2)";
const SELECT: &str = "SELECT sums FROM day_sums WHERE day = ?1";
const SELECT_LAST: &str = "SELECT max(day) FROM day_sums";
const DELETE_ALL: &str = "DELETE FROM day_sums";

pub(crate) fn insert(connection: &Connection, day: Date, sums: &DaySums) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(params![Day(day), Json(sums)])?;
    Ok(())
}

pub(crate) fn of_day(connection: &Connection, day: Date) -> Result<Option<DaySums>, Fault> {
    let mut select = connection.prepare_cached(SELECT)?;
    let sums = select.query_row([Day(day)], |row| Ok(row.get::<_, Json<_>>(0)?.0));
    sums.optional().map_err(Fault::reading("day_sums"))
}

/// The last day that was closed.
pub(crate) fn last(connection: &Connection) -> Result<Option<Date>, Fault> {
    let mut select = connection.prepare_cached(SELECT_LAST)?;
    let day = select.query_row((), |row| row.get::<_, Option<Day>>(0));
    Ok(day.map_err(Fault::reading("day_sums"))?.map(|day| day.0))
}

pub(crate) fn delete_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(DELETE_ALL, ())?;
    Ok(())
}
