//! A call as displays list it.

use aufruf_engine::{Event, Record, State, Ticket};
use aufruf_protocol::latest as wire;

use super::{ticket_row, words};

/// The call of a visit that displays list now. None for one that stands at no counter, and for one
/// that came to its counter without a call: resumed, or taken along while it was served.
pub(crate) fn shown_call(state: &State, ticket: &Ticket) -> Option<wire::Call> {
    let id = shown_call_id(state, ticket)?;
    let counter = ticket.state.counter()?;
    Some(wire::Call {
        id,
        ticket: wire::TicketId(ticket.id.0),
        number: ticket.number.label.clone(),
        queue: words::queue(&ticket.queue),
        counter: words::counter(counter),
        language: ticket.language.as_str().to_owned(),
        called_at: state.counter(counter)?.called_at?,
        nth: ticket.calls,
    })
}

/// The id of that call alone.
pub(super) fn shown_call_id(state: &State, ticket: &Ticket) -> Option<wire::CallId> {
    let counter = state.counter(ticket.state.counter()?)?;
    counter.called_at?;
    Some(wire::CallId(ticket.state.call()?.0.0))
}

/// What *next* answers when it called somebody.
pub(super) fn called_reply(state: &State, records: &[Record]) -> wire::NextReply {
    let called = records.iter().find_map(|record| match &record.event {
        Event::TicketCalled { ticket, .. } => state.ticket(*ticket),
        _ => None,
    });
    let visit = |ticket| {
        Some(wire::CalledVisit {
            call: shown_call(state, ticket)?,
            ticket: ticket_row(ticket),
        })
    };
    wire::NextReply {
        called: called.and_then(visit),
        nobody: None,
    }
}
