//! A counter as panels see it.

use aufruf_engine::{CounterKey, State};
use aufruf_protocol::latest as wire;

use super::words;

/// The counter's row; `seen` is who has shown the call of the visit that runs there.
pub(super) fn counter_row(
    state: &State,
    key: &CounterKey,
    seen: Option<wire::Seen>,
) -> wire::CounterRow {
    let today = state.counter(key).cloned().unwrap_or_default();
    wire::CounterRow {
        counter: words::counter(key),
        mode: words::counter_mode(today.mode),
        clerk: today.clerk.map(|clerk| clerk.as_str().to_owned()),
        running: today.running.map(|ticket| wire::TicketId(ticket.0)),
        seen,
    }
}
