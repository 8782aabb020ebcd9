//! What a device is answered whose command was done.

use aufruf_engine::{Command, CounterKey, Event, Record, State, TicketId};
use aufruf_protocol::latest as wire;

use super::calls::called_reply;
use super::counters::counter_row;
use super::house::{emergencies, locks};
use super::tickets::{issued_ticket, ticket_row};

/// An answer's HTTP status and body, as it goes out and as it is kept for a repeated command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// JSON; empty where there is nothing to tell.
    pub body: String,
}

impl Reply {
    pub(super) fn json(status: u16, body: &impl serde::Serialize) -> Self {
        let body = serde_json::to_string(body).expect("wire types always have a JSON form");
        Self { status, body }
    }

    fn nothing() -> Self {
        Self {
            status: 204,
            body: String::new(),
        }
    }
}

/// The answer to a command that was done, from the state after it.
pub(crate) fn reply(state: &State, command: &Command, records: &[Record], prints: bool) -> Reply {
    match command {
        Command::IssueTicket(wish) => taken(state, wish.ticket, 201, prints),
        Command::CheckIn(_) => checked_in(state, records, prints),
        Command::BookAppointment(booking) => Reply::json(
            201,
            &wire::BookedAppointment {
                id: wire::TicketId(booking.ticket.0),
                number: booking.number.clone(),
                at: booking.at,
            },
        ),
        Command::OpenCounter { counter, .. }
        | Command::PauseCounter { counter }
        | Command::CloseCounter { counter }
        | Command::MoveCounter { to: counter, .. } => at_counter(state, counter),
        Command::CallNext { .. } => Reply::json(200, &called_reply(state, records)),
        Command::CallTicket { ticket, .. }
        | Command::Recall { ticket }
        | Command::Start { ticket }
        | Command::PromisePickUp { ticket }
        | Command::Miss { ticket }
        | Command::Requeue { ticket }
        | Command::Park { ticket }
        | Command::Resume { ticket, .. }
        | Command::Transfer { ticket, .. }
        | Command::PausePlace { ticket, .. }
        | Command::ResumePlace { ticket }
        | Command::Cancel { ticket }
        | Command::Undo { ticket } => of_ticket(state, *ticket),
        Command::Finish(wish) => of_ticket(state, wish.ticket),
        Command::ChangeTicket(wish) => of_ticket(state, wish.ticket),
        Command::LockQueues { .. } | Command::UnlockQueues { .. } => {
            Reply::json(200, &locks(state))
        }
        Command::RaiseEmergency { .. }
        | Command::AcceptEmergency { .. }
        | Command::EndEmergency { .. } => Reply::json(200, &emergencies(state)),
        Command::UseOffice { .. }
        | Command::TimePassed
        | Command::SellOut { .. }
        | Command::AdvanceNumbers { .. } => Reply::nothing(),
    }
}

fn taken(state: &State, ticket: TicketId, status: u16, prints: bool) -> Reply {
    state.ticket(ticket).map_or_else(Reply::nothing, |ticket| {
        Reply::json(status, &issued_ticket(ticket, prints))
    })
}

fn checked_in(state: &State, records: &[Record], prints: bool) -> Reply {
    let ticket = records.iter().find_map(|record| match record.event {
        Event::CheckedIn { ticket, .. } => Some(ticket),
        _ => None,
    });
    ticket.map_or_else(Reply::nothing, |ticket| taken(state, ticket, 200, prints))
}

/// Of a cancelled appointment of a later day there is nothing left to tell.
fn of_ticket(state: &State, ticket: TicketId) -> Reply {
    let ticket = state.ticket(ticket);
    ticket.map_or_else(Reply::nothing, |ticket| {
        Reply::json(200, &ticket_row(ticket))
    })
}

fn at_counter(state: &State, counter: &CounterKey) -> Reply {
    Reply::json(200, &counter_row(state, counter, None))
}
