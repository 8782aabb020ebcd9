//! `tickets`: every visit as it stands, of this day and of earlier ones; derived from the journal.

use aufruf_engine::{
    Actor, Appointment, Bound, CallId, ClerkKey, CounterKey, EventSeq, GivenBy, Language, Lasted,
    Pause, Place, Promise, QueueKey, SeriesKey, Ticket, TicketId, TicketNumber, TicketState,
};
use jiff::civil::Date;
use rusqlite::types::{FromSql, FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use crate::column::{Count, Day, Id, Json, Key, Millis, Word};
use crate::fault::Fault;

/// All columns but the key, and the values that are written to them.
macro_rules! columns {
    () => {
        "number, series, n, queue, services, served, persons, language, needs, priority,
        source, appointment_ms, code, known_ms, arrived_ms, issued_by, ahead, low_ms, mid_ms,
        high_ms, corrected, place_ms, place_seq, place_then, bound_counter, bound_clerk, calls,
        calls_in_vain, in_vain, first_called_ms, why, overtaken, served_ms, state, counter, call_seq, pause_until_ms,
        pause_cause, result, expired_from, since_ms"
    };
}
macro_rules! values {
    () => {
        ":number, :series, :n, :queue, :services, :served, :persons, :language, :needs,
        :priority, :source, :appointment_ms, :code, :known_ms, :arrived_ms, :issued_by, :ahead,
        :low_ms, :mid_ms, :high_ms, :corrected, :place_ms, :place_seq, :place_then, :bound_counter,
        :bound_clerk, :calls, :calls_in_vain, :in_vain, :first_called_ms, :why, :overtaken, :served_ms, :state,
        :counter, :call_seq, :pause_until_ms, :pause_cause, :result, :expired_from, :since_ms"
    };
}

const PUT: &str = concat!(
    "INSERT INTO tickets (day, id, ",
    columns!(),
    ") VALUES (:day, :id, ",
    values!(),
    ") ON CONFLICT (day, id) DO UPDATE SET (",
    columns!(),
    ") = (",
    values!(),
    ")"
);
const DELETE: &str = "DELETE FROM tickets WHERE day = ?1 AND id = ?2";
/// The same words as the engine's `Event::anonymised` leaves in a record.
const ANONYMISE: &str = "
    UPDATE tickets SET language = 'und', needs = '[]', code = NULL, low_ms = NULL, mid_ms = NULL,
        high_ms = NULL, corrected = NULL, bound_clerk = NULL WHERE day = ?1 AND id = ?2";
const SELECT_ONE: &str = concat!(
    "SELECT day, id, ",
    columns!(),
    " FROM tickets WHERE id = ?1 ORDER BY day DESC LIMIT 1"
);
/// Who has not come stands behind those who have, by the agreed time.
const SELECT_DAY: &str = concat!(
    "SELECT day, id, ",
    columns!(),
    " FROM tickets WHERE day = ?1
    ORDER BY arrived_ms IS NULL, coalesce(arrived_ms, appointment_ms, known_ms), id"
);

/// A visit and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// The day it belongs to.
    pub day: Date,
    /// The visit as the engine has it. Its promise and its agreed time are kept to the millisecond;
    /// its language, needs and code only until its day is closed.
    pub ticket: Ticket,
}

/// Writes a visit as it stands, over what is there of it.
pub(crate) fn put(connection: &Connection, day: Date, ticket: &Ticket) -> rusqlite::Result<()> {
    let Ticket {
        number,
        appointment,
        promise,
        place,
        state,
        ..
    } = ticket;
    let (series, n) = match &number.given_by {
        GivenBy::Series { series, n } => (Some(series.as_str()), Some(n)),
        GivenBy::Centre => (None, None),
    };
    let (bound_counter, bound_clerk) = match &ticket.bound {
        Some(Bound::Counter(counter)) => (Some(counter.as_str()), None),
        Some(Bound::Clerk(clerk)) => (None, Some(clerk.as_str())),
        None => (None, None),
    };
    let standing = Standing::of(state);
    let mut put = connection.prepare_cached(PUT)?;
    put.execute(named_params! {
        ":id": Id(ticket.id),
        ":day": Day(day),
        ":number": number.label,
        ":series": series,
        ":n": n,
        ":queue": ticket.queue.as_str(),
        ":services": Json(&ticket.services),
        ":served": Json(&ticket.served),
        ":persons": ticket.persons,
        ":language": ticket.language.as_str(),
        ":needs": Json(&ticket.needs),
        ":priority": u8::from(ticket.priority),
        ":source": Word(ticket.source),
        ":appointment_ms": appointment.as_ref().map(|appointment| Millis(appointment.at)),
        ":code": appointment.as_ref().and_then(|appointment| appointment.code.as_ref()),
        ":known_ms": Millis(ticket.known_at),
        ":arrived_ms": ticket.arrived_at.map(Millis),
        ":issued_by": ticket.issued_by.as_str(),
        ":ahead": ticket.ahead,
        ":low_ms": promise.map(|promise| Millis(promise.low)),
        ":mid_ms": promise.map(|promise| Millis(promise.mid)),
        ":high_ms": promise.map(|promise| Millis(promise.high)),
        ":corrected": ticket.corrected.map(Json),
        ":place_ms": Millis(place.at),
        ":place_seq": Count::from(place.seq),
        ":place_then": Count::from(place.then),
        ":bound_counter": bound_counter,
        ":bound_clerk": bound_clerk,
        ":calls": ticket.calls,
        ":calls_in_vain": ticket.calls_in_vain,
        ":in_vain": (ticket.in_vain != Lasted::default()).then_some(Json(ticket.in_vain)),
        ":first_called_ms": ticket.first_called_at.map(Millis),
        ":why": ticket.why.map(Json),
        ":overtaken": ticket.overtaken,
        ":served_ms": Count(ticket.served_ms),
        ":state": state.name(),
        ":counter": standing.counter.map(CounterKey::as_str),
        ":call_seq": standing.call.map(|call| Count::from(call.0)),
        ":pause_until_ms": standing.pause.map(|pause| Millis(pause.until)),
        ":pause_cause": standing.pause.map(|pause| Word(pause.cause)),
        ":result": standing.result.map(Word),
        ":expired_from": standing.expired_from.map(Word),
        ":since_ms": Millis(ticket.since),
    })?;
    Ok(())
}

/// Takes a visit away that is none of this day any more, with its calls. Nothing where there is none.
pub(crate) fn delete(connection: &Connection, day: Date, id: TicketId) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(DELETE)?;
    delete.execute(params![Day(day), Id(id)])?;
    Ok(())
}

/// Takes out of a visit of `day` what could lead to a person.
pub(crate) fn anonymise(connection: &Connection, day: Date, id: TicketId) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(ANONYMISE)?;
    update.execute(params![Day(day), Id(id)])?;
    Ok(())
}

/// A visit on the last day that knows it.
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

/// What a state has beside its name.
#[derive(Debug, Default)]
struct Standing<'a> {
    counter: Option<&'a CounterKey>,
    call: Option<CallId>,
    pause: Option<Pause>,
    result: Option<aufruf_engine::VisitResult>,
    expired_from: Option<aufruf_engine::ExpiredFrom>,
}

impl<'a> Standing<'a> {
    fn of(state: &'a TicketState) -> Self {
        let nothing = Self::default();
        match state {
            TicketState::Booked | TicketState::Missed | TicketState::Cancelled => nothing,
            TicketState::Waiting { pause } => Self {
                pause: *pause,
                ..nothing
            },
            TicketState::Called { counter, call } | TicketState::Serving { counter, call } => {
                Self {
                    counter: Some(counter),
                    call: Some(*call),
                    ..nothing
                }
            }
            TicketState::Parked { counter } | TicketState::PickUp { counter } => Self {
                counter: Some(counter),
                ..nothing
            },
            TicketState::Finished { result } => Self {
                result: Some(*result),
                ..nothing
            },
            TicketState::Expired { from } => Self {
                expired_from: Some(*from),
                ..nothing
            },
        }
    }
}

fn ticket_row(row: &Row<'_>) -> rusqlite::Result<TicketRow> {
    let key = |column| row.get::<_, Key>(column);
    let at = |column| row.get::<_, Millis>(column).map(|at| at.0);
    let maybe = |column| row.get::<_, Option<Millis>>(column);
    let ticket = Ticket {
        id: row.get::<_, Id>("id")?.0,
        number: number(row)?,
        queue: QueueKey::new(&key("queue")?.0),
        services: row.get::<_, Json<_>>("services")?.0,
        served: row.get::<_, Json<_>>("served")?.0,
        persons: row.get("persons")?,
        language: Language::new(&key("language")?.0),
        needs: row.get::<_, Json<_>>("needs")?.0,
        priority: priority(row)?,
        source: row.get::<_, Word<_>>("source")?.0,
        appointment: appointment(row)?,
        known_at: at("known_ms")?,
        arrived_at: maybe("arrived_ms")?.map(|at| at.0),
        issued_by: Actor::new(&key("issued_by")?.0),
        ahead: row.get("ahead")?,
        promise: promise(row)?,
        corrected: row.get::<_, Option<Json<_>>>("corrected")?.map(|by| by.0),
        place: place(row)?,
        bound: bound(row)?,
        calls: row.get("calls")?,
        calls_in_vain: row.get("calls_in_vain")?,
        in_vain: row
            .get::<_, Option<Json<_>>>("in_vain")?
            .map_or_else(Lasted::default, |sums| sums.0),
        first_called_at: maybe("first_called_ms")?.map(|at| at.0),
        why: row.get::<_, Option<Json<_>>>("why")?.map(|why| why.0),
        overtaken: row.get("overtaken")?,
        served_ms: row.get::<_, Count>("served_ms")?.0,
        state: state(row)?,
        since: at("since_ms")?,
    };
    Ok(TicketRow {
        day: row.get::<_, Day>("day")?.0,
        ticket,
    })
}

fn number(row: &Row<'_>) -> rusqlite::Result<TicketNumber> {
    let series: Option<Key> = row.get("series")?;
    let given_by = match series {
        Some(series) => GivenBy::Series {
            series: SeriesKey::new(&series.0),
            n: row.get("n")?,
        },
        None => GivenBy::Centre,
    };
    Ok(TicketNumber {
        label: row.get("number")?,
        given_by,
    })
}

fn priority(row: &Row<'_>) -> rusqlite::Result<aufruf_engine::Priority> {
    let priority: u8 = row.get("priority")?;
    priority
        .try_into()
        .or_else(|why: String| unreadable("priority", &why))
}

fn appointment(row: &Row<'_>) -> rusqlite::Result<Option<Appointment>> {
    let at: Option<Millis> = row.get("appointment_ms")?;
    let code = row.get("code")?;
    Ok(at.map(|at| Appointment { at: at.0, code }))
}

fn promise(row: &Row<'_>) -> rusqlite::Result<Option<Promise>> {
    let at = |column| row.get::<_, Option<Millis>>(column);
    let bounds = at("low_ms")?.zip(at("mid_ms")?).zip(at("high_ms")?);
    Ok(bounds.map(|((low, mid), high)| Promise {
        low: low.0,
        mid: mid.0,
        high: high.0,
    }))
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    let seq = |column| row.get::<_, Count>(column).map(|seq| EventSeq(seq.0));
    Ok(Place {
        at: row.get::<_, Millis>("place_ms")?.0,
        seq: seq("place_seq")?,
        then: seq("place_then")?,
    })
}

fn bound(row: &Row<'_>) -> rusqlite::Result<Option<Bound>> {
    let counter: Option<Key> = row.get("bound_counter")?;
    let clerk: Option<Key> = row.get("bound_clerk")?;
    let counter = counter.map(|key| Bound::Counter(CounterKey::new(&key.0)));
    Ok(counter.or_else(|| clerk.map(|key| Bound::Clerk(ClerkKey::new(&key.0)))))
}

fn state(row: &Row<'_>) -> rusqlite::Result<TicketState> {
    let counter = || -> rusqlite::Result<_> {
        let key: Key = row.get("counter")?;
        Ok(CounterKey::new(&key.0))
    };
    let call = || -> rusqlite::Result<_> {
        let seq: Count = row.get("call_seq")?;
        Ok(CallId(EventSeq(seq.0)))
    };
    let name: String = row.get("state")?;
    Ok(match name.as_str() {
        "booked" => TicketState::Booked,
        "waiting" => TicketState::Waiting { pause: pause(row)? },
        "called" => TicketState::Called {
            counter: counter()?,
            call: call()?,
        },
        "serving" => TicketState::Serving {
            counter: counter()?,
            call: call()?,
        },
        "parked" => TicketState::Parked {
            counter: counter()?,
        },
        "missed" => TicketState::Missed,
        "pick_up" => TicketState::PickUp {
            counter: counter()?,
        },
        "finished" => TicketState::Finished {
            result: word(row, "result")?,
        },
        "cancelled" => TicketState::Cancelled,
        "expired" => TicketState::Expired {
            from: word(row, "expired_from")?,
        },
        _ => return unreadable("state", &format!("there is no state {name:?}")),
    })
}

fn pause(row: &Row<'_>) -> rusqlite::Result<Option<Pause>> {
    let until: Option<Millis> = row.get("pause_until_ms")?;
    let Some(until) = until else { return Ok(None) };
    Ok(Some(Pause {
        until: until.0,
        cause: word(row, "pause_cause")?,
    }))
}

fn word<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    Word<T>: FromSql,
{
    row.get::<_, Word<T>>(column).map(|word| word.0)
}

fn unreadable<T>(column: &str, why: &str) -> rusqlite::Result<T> {
    let why = FromSqlError::Other(format!("{column}: {why}").into());
    Err(rusqlite::Error::FromSqlConversionFailure(
        0,
        Type::Text,
        why.into(),
    ))
}
