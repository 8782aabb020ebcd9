//! Between the wire's words and the engine's: the one place that makes one from the other.

mod calls;
pub(crate) mod changes;
pub(crate) mod commands;
mod counters;
mod house;
mod office;
mod print;
mod refusals;
mod replies;
mod role;
mod tickets;
pub(crate) mod views;
mod words;

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;

pub(crate) use calls::shown_call;
pub use commands::Source;
pub(crate) use house::queue_day;
pub(crate) use office::office_info;
pub(crate) use print::{first_copy, ticket_job};
pub(crate) use refusals::refused;
pub(crate) use replies::{Reply, reply};
pub(crate) use role::device_role;
use tickets::ticket_row;
pub(crate) use tickets::{note, told_row};

/// The engine's name for a ticket.
pub(crate) fn ticket_id(id: wire::TicketId) -> engine::TicketId {
    engine::TicketId(id.0)
}

/// The engine's name for a queue.
pub(crate) fn queue_key(key: &wire::QueueKey) -> engine::QueueKey {
    engine::QueueKey::new(key.as_str())
}
