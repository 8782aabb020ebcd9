//! `tickets`: every visit as it stands, of this day and of earlier ones; derived from the journal.

use aufruf_engine::{
    Actor, CallId, CounterKey, EventSeq, Language, Place, Promise, QueueKey, SeriesKey, Ticket,
    TicketId, TicketNumber, TicketState,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use crate::column::{Count, Day, Id, Json, Millis};
use crate::fault::Fault;

const INSERT: &str = "
    INSERT INTO tickets (id, day, number, series, n, queue, services, language, needs, arrived_ms,
        issued_by, ahead, low_ms, mid_ms, high_ms, place_seq, calls, state, counter, call_seq,
        since_ms)
    VALUES (:id, :day, :number, :series, :n, :queue, :services, :language, :needs, :at_ms,
        :issued_by, :ahead, :low_ms, :mid_ms, :high_ms, :seq, 0, 'waiting', NULL, NULL, :at_ms)";
const UPDATE_CALLED: &str = "
    UPDATE tickets
    SET state = 'called', counter = ?2, call_seq = ?3, calls = calls + 1, since_ms = ?4
    WHERE id = ?1";
const UPDATE_RECALLED: &str = "
    UPDATE tickets SET call_seq = ?2, calls = calls + 1 WHERE id = ?1";
const UPDATE_STARTED: &str = "
    UPDATE tickets SET state = 'serving', since_ms = ?2 WHERE id = ?1";
const UPDATE_WAITING: &str = "
    UPDATE tickets
    SET state = 'waiting', counter = NULL, call_seq = NULL, since_ms = ?2,
        place_seq = coalesce(?3, place_seq)
    WHERE id = ?1";
const UPDATE_AWAY: &str = "
    UPDATE tickets SET state = ?3, counter = NULL, call_seq = NULL, since_ms = ?2 WHERE id = ?1";

const SELECT_ONE: &str = "
    SELECT id, day, number, series, n, queue, services, language, needs, arrived_ms,
        issued_by, ahead, low_ms, mid_ms, high_ms, place_seq, calls, state, counter, call_seq,
        since_ms
    FROM tickets WHERE id = ?1";
const SELECT_DAY: &str = "
    SELECT id, day, number, series, n, queue, services, language, needs, arrived_ms,
        issued_by, ahead, low_ms, mid_ms, high_ms, place_seq, calls, state, counter, call_seq,
        since_ms
    FROM tickets WHERE day = ?1 ORDER BY arrived_ms, id";

/// A visit and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// The day it belongs to.
    pub day: Date,
    /// The visit as the engine has it; its promise is kept to the millisecond.
    pub ticket: Ticket,
}

/// Where a visit goes that stands at no counter any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Away {
    Missed,
    Finished,
    Expired,
}

impl Away {
    fn state(self) -> TicketState {
        match self {
            Self::Missed => TicketState::Missed,
            Self::Finished => TicketState::Finished,
            Self::Expired => TicketState::Expired,
        }
    }
}

/// Writes a visit that has just begun.
pub(crate) fn insert(connection: &Connection, row: &TicketRow) -> rusqlite::Result<()> {
    let TicketRow { day, ticket } = row;
    let promise = ticket.promise;
    let mut insert = connection.prepare_cached(INSERT)?;
    insert.execute(named_params! {
        ":id": Id(ticket.id),
        ":day": Day(*day),
        ":number": ticket.number.label,
        ":series": ticket.number.series.as_str(),
        ":n": ticket.number.n,
        ":queue": ticket.queue.as_str(),
        ":services": Json(&ticket.services),
        ":language": ticket.language.as_str(),
        ":needs": Json(&ticket.needs),
        ":at_ms": Millis(ticket.arrived_at),
        ":issued_by": ticket.issued_by.as_str(),
        ":ahead": ticket.ahead,
        ":low_ms": promise.map(|promise| Millis(promise.low)),
        ":mid_ms": promise.map(|promise| Millis(promise.mid)),
        ":high_ms": promise.map(|promise| Millis(promise.high)),
        ":seq": Count::from(ticket.place.0),
    })?;
    Ok(())
}

pub(crate) fn called(
    connection: &Connection,
    ticket: TicketId,
    counter: &CounterKey,
    call: EventSeq,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_CALLED)?;
    let values = params![Id(ticket), counter.as_str(), Count::from(call), Millis(at)];
    exactly_one(update.execute(values)?)
}

pub(crate) fn recalled(
    connection: &Connection,
    ticket: TicketId,
    call: EventSeq,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_RECALLED)?;
    exactly_one(update.execute(params![Id(ticket), Count::from(call)])?)
}

pub(crate) fn started(
    connection: &Connection,
    ticket: TicketId,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_STARTED)?;
    exactly_one(update.execute(params![Id(ticket), Millis(at)])?)
}

/// Back into the line, at `place` or at the old one.
pub(crate) fn waiting(
    connection: &Connection,
    ticket: TicketId,
    at: Timestamp,
    place: Option<Place>,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_WAITING)?;
    let place = place.map(|place| Count::from(place.0));
    exactly_one(update.execute(params![Id(ticket), Millis(at), place])?)
}

pub(crate) fn away(
    connection: &Connection,
    ticket: TicketId,
    at: Timestamp,
    to: Away,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(UPDATE_AWAY)?;
    exactly_one(update.execute(params![Id(ticket), Millis(at), to.state().name()])?)
}

/// An event about a ticket that is not there must not be committed.
fn exactly_one(changed: usize) -> rusqlite::Result<()> {
    if changed == 1 {
        Ok(())
    } else {
        Err(rusqlite::Error::StatementChangedRows(changed))
    }
}

pub(crate) fn one(connection: &Connection, id: TicketId) -> Result<Option<TicketRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_ONE)?;
    let row = select.query_row([Id(id)], ticket_row);
    row.optional().map_err(Fault::reading("tickets"))
}

/// The visits of a day in the order of their arrival.
pub(crate) fn of_day(connection: &Connection, day: Date) -> Result<Vec<TicketRow>, Fault> {
    let mut select = connection.prepare_cached(SELECT_DAY)?;
    let rows = select.query_map([Day(day)], ticket_row)?;
    rows.collect::<Result<_, _>>()
        .map_err(Fault::reading("tickets"))
}

fn ticket_row(row: &Row<'_>) -> rusqlite::Result<TicketRow> {
    let text = |column| row.get::<_, String>(column);
    let number = TicketNumber {
        label: text(2)?,
        series: SeriesKey::new(&text(3)?),
        n: row.get(4)?,
    };
    let ticket = Ticket {
        id: row.get::<_, Id>(0)?.0,
        number,
        queue: QueueKey::new(&text(5)?),
        services: row.get::<_, Json<_>>(6)?.0,
        language: Language::new(&text(7)?),
        needs: row.get::<_, Json<_>>(8)?.0,
        arrived_at: row.get::<_, Millis>(9)?.0,
        issued_by: Actor::new(&text(10)?),
        ahead: row.get(11)?,
        promise: promise(row)?,
        place: Place(EventSeq(row.get::<_, Count>(15)?.0)),
        calls: row.get(16)?,
        state: state(row)?,
        since: row.get::<_, Millis>(20)?.0,
    };
    Ok(TicketRow {
        day: row.get::<_, Day>(1)?.0,
        ticket,
    })
}

fn promise(row: &Row<'_>) -> rusqlite::Result<Option<Promise>> {
    let at = |column| row.get::<_, Option<Millis>>(column);
    let bounds = at(12)?.zip(at(13)?).zip(at(14)?);
    Ok(bounds.map(|((low, mid), high)| Promise {
        low: low.0,
        mid: mid.0,
        high: high.0,
    }))
}

fn state(row: &Row<'_>) -> rusqlite::Result<TicketState> {
    let name: String = row.get(17)?;
    let at_counter = || {
        let counter = CounterKey::new(&row.get::<_, String>(18)?);
        rusqlite::Result::Ok((counter, CallId(EventSeq(row.get::<_, Count>(19)?.0))))
    };
    match name.as_str() {
        "waiting" => Ok(TicketState::Waiting),
        "called" => at_counter().map(|(counter, call)| TicketState::Called { counter, call }),
        "serving" => at_counter().map(|(counter, call)| TicketState::Serving { counter, call }),
        "missed" => Ok(TicketState::Missed),
        "finished" => Ok(TicketState::Finished),
        "expired" => Ok(TicketState::Expired),
        _ => {
            let unknown = FromSqlError::Other(format!("there is no state {name:?}").into());
            Err(rusqlite::Error::FromSqlConversionFailure(
                17,
                Type::Text,
                unknown.into(),
            ))
        }
    }
}
