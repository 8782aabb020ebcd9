//! A closed day is made anonymous: its records lose what could lead to a person, and keep all that
//! replays and counts. `meta.anonymised_to` says how far this is; what is left is done at any time,
//! after any crash. The day that is open is never touched: the state is replayed from it.

use aufruf_engine::{Event, EventSeq, Record, TicketId};
use jiff::civil::Date;
use rusqlite::Connection;

use crate::fault::Fault;
use crate::tables::journal::{self, Entry};
use crate::tables::meta::{self, Ends};
use crate::tables::{snapshots, tickets};

/// LIMIT: records looked at in one transaction: a few milliseconds' work.
const AT_ONCE: usize = 500;

/// Whether every closed day is anonymous where all records up to `done` are.
pub(crate) fn is_done(ends: Ends, done: EventSeq) -> bool {
    done.0 + 1 >= ends.segment_from.0
}

/// Makes the next records behind `done` anonymous; says up to which all are then. A damaged record is
/// left as it is: nobody knows what it says, and a right checksum would hide it.
pub(crate) fn anonymise_some(
    connection: &Connection,
    ends: Ends,
    done: EventSeq,
) -> Result<EventSeq, Fault> {
    snapshots::delete_before(connection, ends.segment_from)?;
    let closed = (done, ends.segment_from);
    let (entries, last) = journal::some_between(connection, closed, AT_ONCE)?;
    for entry in entries {
        anonymise(connection, entry)?;
    }
    let done = last.unwrap_or(EventSeq(ends.segment_from.0 - 1));
    meta::set_anonymised_to(connection, done)?;
    Ok(done)
}

fn anonymise(connection: &Connection, entry: Entry) -> rusqlite::Result<()> {
    let Entry { day, record } = entry;
    let event = record.event.clone().anonymised();
    if event == record.event {
        return Ok(());
    }
    anonymise_rows(connection, day, &event)?;
    journal::replace(connection, day, &Record { event, ..record })
}

/// The visits of this day that the event tells of. An appointment of a later day is a visit of that
/// one, and its row keeps what it has.
fn anonymise_rows(connection: &Connection, day: Date, event: &Event) -> rusqlite::Result<()> {
    let anonymise = |ticket: TicketId| tickets::anonymise(connection, day, ticket);
    if let Event::DayOpened { bookings, .. } = event {
        let mut bookings = bookings.iter();
        return bookings.try_for_each(|booking| anonymise(booking.ticket));
    }
    event.ticket().map_or(Ok(()), anonymise)
}
