//! A visit as devices see it.

use aufruf_engine::{Ticket, TicketState};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use super::{first_copy, words};
use crate::runtime::ToldWindows;

/// A ticket as panels see it, with what the person was told last.
pub(crate) fn told_row(ticket: &Ticket, told: &ToldWindows) -> wire::TicketRow {
    let told = told.of(ticket);
    wire::TicketRow {
        expected: told.window().map(words::promise),
        raised: told.raised,
        ..ticket_row(ticket)
    }
}

/// A ticket as the engine alone knows it.
pub(crate) fn ticket_row(ticket: &Ticket) -> wire::TicketRow {
    wire::TicketRow {
        id: wire::TicketId(ticket.id.0),
        number: ticket.number.label.clone(),
        state: words::ticket_state(&ticket.state),
        queue: words::queue(&ticket.queue),
        services: ticket.services.iter().map(words::service).collect(),
        served: ticket.served.iter().map(words::service).collect(),
        persons: ticket.persons,
        language: ticket.language.as_str().to_owned(),
        needs: ticket.needs.iter().copied().map(words::need).collect(),
        priority: ticket.priority.into(),
        source: words::source(ticket.source),
        appointment_at: ticket
            .appointment
            .as_ref()
            .map(|appointment| appointment.at),
        arrived_at: ticket.arrived_at,
        place: words::place(ticket.place),
        pause: ticket.state.pause().map(words::pause),
        bound: ticket.bound.as_ref().map(words::bound),
        promise: ticket.promise.map(words::promise),
        expected: None,
        raised: 0,
        counter: counter_of(&ticket.state),
        call: ticket.state.call().map(|call| wire::CallId(call.0.0)),
        why: ticket.why.map(words::why),
        since: ticket.since,
        calls: ticket.calls,
        calls_in_vain: ticket.calls_in_vain,
        served_secs: ticket.served_ms / 1_000,
    }
}

/// Where it stands, was parked, or fetches something.
fn counter_of(state: &TicketState) -> Option<wire::CounterKey> {
    match state {
        TicketState::Called { counter, .. }
        | TicketState::Serving { counter, .. }
        | TicketState::Parked { counter }
        | TicketState::PickUp { counter } => Some(words::counter(counter)),
        TicketState::Booked
        | TicketState::Waiting { .. }
        | TicketState::Missed
        | TicketState::Finished { .. }
        | TicketState::Cancelled
        | TicketState::Expired { .. } => None,
    }
}

/// What the visitor is told who has just taken a ticket or checked in.
pub(super) fn issued_ticket(ticket: &Ticket, prints: bool) -> wire::IssuedTicket {
    let id = wire::TicketId(ticket.id.0);
    wire::IssuedTicket {
        id,
        number: ticket.number.label.clone(),
        queue: words::queue(&ticket.queue),
        promise: ticket.promise.map(words::promise),
        people_ahead: ticket.ahead,
        issued_at: ticket.arrived_at.unwrap_or(ticket.known_at),
        print_job: prints.then(|| first_copy(id)),
        status_link: None,
    }
}

/// The note that came with a visit.
pub(crate) fn note(text: String, written_at: Timestamp) -> wire::TicketNote {
    wire::TicketNote {
        note: text,
        written_at,
    }
}
