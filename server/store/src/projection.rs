//! What an event does to the read models, in the transaction that journals it. Says the same about
//! a ticket as the engine's `apply`.

use aufruf_engine::{Event, Place, Record, Requeued, Ticket};
use jiff::civil::Date;
use rusqlite::Connection;

use crate::tables::calls::{self, Calling};
use crate::tables::tickets::{self, Away, TicketRow};

/// Takes one record of `day` into `tickets` and `calls`.
pub(crate) fn project(connection: &Connection, day: Date, record: &Record) -> rusqlite::Result<()> {
    let (call, at) = (record.seq, record.at);
    match &record.event {
        // Nothing about a visit.
        Event::DayOpened { .. }
        | Event::OfficeChanged { .. }
        | Event::CounterOpened { .. }
        | Event::CounterClosed { .. } => Ok(()),
        Event::DayClosed { expired } => expired
            .iter()
            .try_for_each(|ticket| tickets::away(connection, *ticket, at, Away::Expired)),
        Event::TicketIssued { .. } => {
            issued(day, record).map_or(Ok(()), |row| tickets::insert(connection, &row))
        }
        Event::TicketCalled {
            ticket,
            counter,
            why,
        } => {
            tickets::called(connection, *ticket, counter, call, at)?;
            calls::insert(
                connection,
                *ticket,
                Calling {
                    call,
                    at,
                    why: Some(*why),
                },
            )
        }
        Event::TicketRecalled { ticket } => {
            tickets::recalled(connection, *ticket, call)?;
            calls::insert(
                connection,
                *ticket,
                Calling {
                    call,
                    at,
                    why: None,
                },
            )
        }
        Event::ServiceStarted { ticket } => tickets::started(connection, *ticket, at),
        Event::VisitFinished { ticket } => tickets::away(connection, *ticket, at, Away::Finished),
        Event::TicketMissed { ticket } => tickets::away(connection, *ticket, at, Away::Missed),
        Event::TicketRequeued { ticket, to } => {
            let place = match to {
                Requeued::OldPlace => None,
                Requeued::End => Some(Place(record.seq)),
            };
            tickets::waiting(connection, *ticket, at, place)
        }
    }
}

/// The visit that a `TicketIssued` begins.
fn issued(day: Date, record: &Record) -> Option<TicketRow> {
    let ticket = Ticket::issued(record)?;
    Some(TicketRow { day, ticket })
}
