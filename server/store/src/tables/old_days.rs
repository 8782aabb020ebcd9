//! The end of old days: their journal, visits and calls go; their sums stay.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::column::Day;

const SELECT_OLDEST: &str = "
    SELECT min(day) FROM (SELECT min(day) AS day FROM journal UNION ALL SELECT min(day) FROM tickets)
    WHERE day < ?1";
/// The last records first: what is left of a day begins with its opening at any moment, so that nobody
/// takes it for a journal that lost something.
const DELETE_RECORDS: &str = "
    DELETE FROM journal WHERE seq IN
        (SELECT seq FROM journal WHERE day = ?1 ORDER BY seq DESC LIMIT ?2)";
/// Their calls go along.
const DELETE_VISITS: &str = "
    DELETE FROM tickets WHERE day = ?1 AND id IN
        (SELECT id FROM tickets WHERE day = ?1 LIMIT ?2)";

/// Deletes up to `limit` rows of the oldest day before `day`; says how many. 0: there is no such day.
pub(crate) fn delete_some(
    connection: &Connection,
    day: Date,
    limit: usize,
) -> rusqlite::Result<usize> {
    let mut select = connection.prepare_cached(SELECT_OLDEST)?;
    let oldest = select.query_row([Day(day)], |row| row.get::<_, Option<String>>(0));
    let Some(oldest) = oldest.optional()?.flatten() else {
        return Ok(0);
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = params![oldest, limit];
    let records = connection.prepare_cached(DELETE_RECORDS)?.execute(rows)?;
    if records > 0 {
        return Ok(records);
    }
    connection.prepare_cached(DELETE_VISITS)?.execute(rows)
}
