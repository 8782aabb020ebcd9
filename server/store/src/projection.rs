//! What an event does to the read models, in the transaction that journals it. The engine's `apply`
//! says what a visit is afterwards; here is only said which visits an event touches.

use aufruf_engine::{Event, QueueKey, Record, State, TicketId, apply};
use jiff::civil::Date;
use rusqlite::{Connection, Error};

use crate::fault::Fault;
use crate::tables::calls::{self, CallKind, Calling};
use crate::tables::{day_sums, journal, tickets};

/// Which visits an event changes.
#[derive(Debug)]
enum Touched {
    /// These, which the state has.
    Visits(Vec<TicketId>),
    /// Appointments: of today, and then visits; or of a later day.
    Bookings(Vec<TicketId>),
}

/// Takes one record into `state`, and what it changes there into the read models. Where this fails,
/// the state is not what the disk has any more.
pub(crate) fn project(
    connection: &Connection,
    state: &mut State,
    record: &Record,
) -> rusqlite::Result<()> {
    let touched = touched(state, &record.event);
    apply(state, record);
    let Some(day) = state.day().map(|day| day.date) else {
        return Ok(());
    };
    match touched {
        Touched::Visits(visits) => {
            for id in visits {
                // An event about a visit that is not there must not be committed.
                let visit = state.ticket(id).ok_or(Error::QueryReturnedNoRows)?;
                tickets::put(connection, day, visit)?;
            }
        }
        Touched::Bookings(bookings) => {
            for id in bookings {
                match state.ticket(id) {
                    Some(visit) => tickets::put(connection, day, visit)?,
                    None => tickets::delete(connection, day, id)?,
                }
            }
        }
    }
    project_more(connection, state, day, record)
}

/// Calls and sums. Which visits an event changes is told for every event; these follow a few alone.
fn project_more(
    connection: &Connection,
    state: &State,
    day: Date,
    record: &Record,
) -> rusqlite::Result<()> {
    let call = |ticket: &TicketId, kind, why| {
        let (seq, at) = (record.seq, record.at);
        let visit = state.ticket(*ticket);
        let calling = Calling {
            seq,
            at,
            day,
            kind,
            why,
        };
        visit.map_or(Ok(()), |visit| calls::insert(connection, visit, &calling))
    };
    match &record.event {
        Event::TicketCalled { ticket, why, .. } => call(ticket, CallKind::Call, Some(*why)),
        Event::TicketRecalled { ticket } => call(ticket, CallKind::Recall, None),
        Event::CounterMoved {
            ticket: Some(ticket),
            ..
        } => call(ticket, CallKind::Move, None),
        Event::StepUndone { step, .. } => calls::take_back(connection, *step, record.seq),
        Event::DayClosed { sums, .. } => day_sums::insert(connection, day, sums),
        _ => Ok(()),
    }
}

/// What `event` is about to change in `state`. Every event has to be told here.
fn touched(state: &State, event: &Event) -> Touched {
    Touched::Visits(match event {
        Event::DayOpened { bookings, .. } => {
            let bookings = bookings.iter().map(|booking| booking.ticket);
            return Touched::Bookings(bookings.collect());
        }
        Event::AppointmentBooked { booking } => return Touched::Bookings(vec![booking.ticket]),
        Event::DayClosed { expired, .. } | Event::QueueEnded { expired, .. } => expired.clone(),
        // Whoever was sent to a counter or person that goes may be called by any other one then.
        Event::OfficeChanged { .. }
        | Event::CounterOpened { .. }
        | Event::CounterPaused { .. }
        | Event::CounterClosed { .. } => sent_to_somebody(state),
        Event::CounterMoved { ticket, .. } => {
            let mut visits = sent_to_somebody(state);
            visits.extend(ticket);
            visits
        }
        Event::TicketCancelled { ticket } if is_of_later_day(state, *ticket) => Vec::new(),
        Event::TicketCalled {
            ticket, overtook, ..
        } => {
            let mut visits = overtook.clone();
            visits.push(*ticket);
            visits
        }
        Event::StepUndone { ticket, .. } => {
            let mut visits = overtaken(state);
            visits.push(*ticket);
            visits
        }
        Event::TicketIssued { ticket, .. }
        | Event::CheckedIn { ticket, .. }
        | Event::TicketRecalled { ticket }
        | Event::ServiceStarted { ticket }
        | Event::PartServed { ticket, .. }
        | Event::VisitFinished { ticket, .. }
        | Event::PickUpPromised { ticket, .. }
        | Event::CalledInVain { ticket, .. }
        | Event::TicketMissed { ticket }
        | Event::TicketRequeued { ticket, .. }
        | Event::VisitParked { ticket }
        | Event::VisitResumed { ticket, .. }
        | Event::TicketTransferred { ticket, .. }
        | Event::PlacePaused { ticket, .. }
        | Event::PlaceResumed { ticket }
        | Event::TicketChanged { ticket, .. }
        | Event::TicketCancelled { ticket } => vec![*ticket],
        // Nothing about a visit.
        Event::QueueLocked { .. }
        | Event::QueueUnlocked { .. }
        | Event::SoldOut { .. }
        | Event::RoomAgain { .. }
        | Event::NumbersAdvanced { .. }
        | Event::EmergencyRaised { .. }
        | Event::EmergencyAccepted { .. }
        | Event::EmergencyEnded { .. } => Vec::new(),
    })
}

fn sent_to_somebody(state: &State) -> Vec<TicketId> {
    let queues: Vec<&QueueKey> = state.lines().keys().collect();
    let waiting = queues.into_iter().flat_map(|queue| state.line(queue));
    let sent = waiting.filter(|ticket| ticket.bound.is_some());
    sent.map(|ticket| ticket.id).collect()
}

/// Whoever may have been put behind by a call that is taken back: the engine alone knows whom it was.
fn overtaken(state: &State) -> Vec<TicketId> {
    let overtaken = state.tickets().filter(|ticket| ticket.overtaken > 0);
    overtaken.map(|ticket| ticket.id).collect()
}

fn is_of_later_day(state: &State, ticket: TicketId) -> bool {
    state.ticket(ticket).is_none() && state.bookings().any(|booking| booking.ticket == ticket)
}

/// Derives the read models anew, from the whole journal. They are empty.
pub(crate) fn project_all(connection: &Connection) -> Result<(), Fault> {
    let mut state = State::default();
    journal::each_day(connection, |entry| {
        Ok(project(connection, &mut state, &entry.record)?)
    })
}
