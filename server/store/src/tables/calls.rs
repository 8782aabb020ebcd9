//! `calls`: every calling of every ticket; derived from the journal.

use aufruf_engine::{CallId, CounterKey, EventSeq, TicketId, Why};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::column::{Count, Id, Json, Millis};
use crate::fault::Fault;

/// The ticket's own row has been brought up before: it says where to and which calling it is.
const INSERT: &str = "
    INSERT INTO calls (seq, ticket, nth, counter, at_ms, why)
    SELECT ?2, id, calls, counter, ?3, ?4 FROM tickets WHERE id = ?1";
const SELECT_TICKET: &str = "
    SELECT seq, ticket, nth, counter, at_ms, why FROM calls WHERE ticket = ?1 ORDER BY seq";

/// The n-th calling of one ticket, to one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    pub call: CallId,
    pub ticket: TicketId,
    /// 1 for the first calling.
    pub nth: u32,
    pub counter: CounterKey,
    pub at: Timestamp,
    /// The rule that chose the person; none where somebody was called again.
    pub why: Option<Why>,
}

/// When and why somebody is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calling {
    pub(crate) call: EventSeq,
    pub(crate) at: Timestamp,
    pub(crate) why: Option<Why>,
}

pub(crate) fn insert(
    connection: &Connection,
    ticket: TicketId,
    calling: Calling,
) -> rusqlite::Result<()> {
    let Calling { call, at, why } = calling;
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.insert(params![
        Id(ticket),
        Count::from(call),
        Millis(at),
        why.map(Json)
    ])?;
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
        nth: row.get(2)?,
        counter: CounterKey::new(&row.get::<_, String>(3)?),
        at: row.get::<_, Millis>(4)?.0,
        why: row.get::<_, Option<Json<Why>>>(5)?.map(|why| why.0),
    })
}
