//! `calls`: every calling of every ticket, those included that were taken back; derived from the
//! journal.

use aufruf_engine::{CallId, CounterKey, EventSeq, Ticket, TicketId, Why};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::column::{Count, Day, Id, Json, Millis, Word};
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO calls (seq, ticket, day, nth, counter, at_ms, kind, why)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const TAKE_BACK: &str = "UPDATE calls SET taken_back = ?2 WHERE seq = ?1";
const SELECT_TICKET: &str = "
    SELECT seq, ticket, day, nth, counter, at_ms, kind, why, taken_back
    FROM calls WHERE ticket = ?1 ORDER BY seq";

/// One calling of one ticket, to one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    pub call: CallId,
    pub ticket: TicketId,
    /// The day of the visit.
    pub day: Date,
    /// 1 for the first calling. One that was taken back leaves its figure to the next.
    pub nth: u32,
    pub counter: CounterKey,
    pub at: Timestamp,
    pub kind: CallKind,
    /// The rule that chose the person; none but for [`CallKind::Call`].
    pub why: Option<Why>,
    /// The record that took the call back. People have heard it all the same.
    pub taken_back: Option<EventSeq>,
}

/// What made the display call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    /// The person was called to a counter.
    Call,
    /// Again to the same one.
    Recall,
    /// The clerk went to another counter, where the person is expected now.
    Move,
}

/// When, how and why somebody is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calling {
    pub(crate) seq: EventSeq,
    pub(crate) at: Timestamp,
    pub(crate) day: Date,
    pub(crate) kind: CallKind,
    pub(crate) why: Option<Why>,
}

/// Writes the calling that `ticket` stands in, if this is the one.
pub(crate) fn insert(
    connection: &Connection,
    ticket: &Ticket,
    calling: &Calling,
) -> rusqlite::Result<()> {
    let Some(counter) = ticket.state.counter() else {
        return Ok(());
    };
    if ticket.state.call() != Some(CallId(calling.seq)) {
        return Ok(());
    }
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.insert(params![
        Count::from(calling.seq),
        Id(ticket.id),
        Day(calling.day),
        ticket.calls,
        counter.as_str(),
        Millis(calling.at),
        Word(calling.kind),
        calling.why.map(Json)
    ])?;
    Ok(())
}

/// Marks the call that record `seq` made as taken back by record `by`; nothing where that record
/// was no call.
pub(crate) fn take_back(
    connection: &Connection,
    seq: EventSeq,
    by: EventSeq,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(TAKE_BACK)?;
    update.execute([Count::from(seq), Count::from(by)])?;
    Ok(())
}

pub(crate) fn of_ticket(connection: &Connection, ticket: TicketId) -> Result<Vec<CallRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_TICKET)?;
    let rows = select.query_map([Id(ticket)], call_row)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("calls"))
}

fn call_row(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    Ok(CallRow {
        call: CallId(EventSeq(row.get::<_, Count>(0)?.0)),
        ticket: row.get::<_, Id>(1)?.0,
        day: row.get::<_, Day>(2)?.0,
        nth: row.get(3)?,
        counter: CounterKey::new(&row.get::<_, String>(4)?),
        at: row.get::<_, Millis>(5)?.0,
        kind: row.get::<_, Word<CallKind>>(6)?.0,
        why: row.get::<_, Option<Json<Why>>>(7)?.map(|why| why.0),
        taken_back: row
            .get::<_, Option<Count>>(8)?
            .map(|record| EventSeq(record.0)),
    })
}
