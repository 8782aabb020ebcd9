//! What a walk-in is told before taking a ticket. The one place that asks the engine for it.
//!
//! Pure: the state and the time are arguments.

use aufruf_engine::planning::{Outlook, Picture};
use aufruf_engine::{Promise, ServiceKey, State};
use jiff::Timestamp;

/// What the planning worker would find at `now`. Equal states are told alike.
pub(super) fn outlook(state: &State, now: Timestamp) -> Outlook {
    Picture::of(state, now).outlook(now, state.last_seq().0)
}

/// The window that the kiosk shows to somebody who comes for `service` at `now`, from the state
/// before the ticket. While no open counter offers it, all that is known is the closing.
pub(super) fn window(
    outlook: &Outlook,
    state: &State,
    service: &ServiceKey,
    now: Timestamp,
) -> Promise {
    let told = outlook.services.get(service).copied();
    told.unwrap_or_else(|| Promise {
        low: now,
        mid: now,
        high: closing(state, service).map_or(now, |closing| closing.max(now)),
    })
}

fn closing(state: &State, service: &ServiceKey) -> Option<Timestamp> {
    let day = state.day()?;
    let (office, date) = (&day.office, day.date);
    let queue = office.queue(&office.service(service)?.queue)?;
    let is_closed = |date| office.is_closed_on(&queue.key, date);
    let hours = queue.walk_in_hours.as_ref()?;
    hours.last_closing_on(date, &office.zone(), is_closed)
}
