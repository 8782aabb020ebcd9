//! What changed on a screen: the least that brings its view up to date.
//!
//! Pure: the view before and the picture now, changes out.

use aufruf_engine::{Event, State, Ticket, TicketId};
use aufruf_protocol::latest as wire;

use super::told_row;
use super::views::Picture;
use crate::runtime::ToldWindows;

/// The visits whose rows an event may change, as the state stands before it.
pub(crate) fn touched(state: &State, event: &Event) -> Vec<TicketId> {
    match event {
        Event::QueueEnded { expired, .. } | Event::DayClosed { expired, .. } => expired.clone(),
        // Whoever was sent to a counter or clerk that goes may go to any counter again.
        Event::CounterOpened { .. } | Event::CounterClosed { .. } | Event::CounterMoved { .. } => {
            let lines = state.lines().keys().flat_map(|queue| state.line(queue));
            let bound = lines.filter(|ticket| ticket.bound.is_some());
            let bound = bound.map(|ticket| ticket.id);
            event.ticket().into_iter().chain(bound).collect()
        }
        event => event.ticket().into_iter().collect(),
    }
}

/// A ticket's row, or that it has left the lists of the day. Nothing where it `was_known` neither
/// before nor now: an appointment of a later day.
pub(crate) fn of_ticket(
    id: TicketId,
    now: Option<&Ticket>,
    was_known: bool,
    told: &ToldWindows,
) -> Option<wire::Change> {
    let gone = wire::Change::TicketGone {
        ticket: wire::TicketId(id.0),
    };
    match now {
        Some(ticket) if ticket.state.is_final() => Some(gone),
        Some(ticket) => Some(wire::Change::Ticket {
            row: told_row(ticket, told),
        }),
        None => was_known.then_some(gone),
    }
}

/// The call has left a display that lists it.
pub(crate) fn call_gone(view: &wire::View, call: wire::CallId) -> Vec<wire::Change> {
    let lists_it = |view: &wire::DisplayView| view.calls.iter().any(|held| held.id == call);
    match view {
        wire::View::Display(view) if lists_it(view) => vec![wire::Change::CallGone { call }],
        _ => Vec::new(),
    }
}

/// What is new in a view beside tickets and calls: counters, how many wait, windows, offers.
pub(crate) fn news(
    before: &wire::View,
    picture: &Picture<'_>,
    area: Option<&wire::AreaKey>,
) -> Vec<wire::Change> {
    match (before, area) {
        (wire::View::Panel(before), _) => panel_news(before, picture),
        (wire::View::Display(before), Some(area)) => {
            queue_news(&picture.area_queues(area), &before.queues)
        }
        (wire::View::Kiosk(before), _) => {
            let offers = unseen(picture.offers(), &before.offers);
            offers.map(|row| wire::Change::Offer { row }).collect()
        }
        _ => Vec::new(),
    }
}

fn panel_news(before: &wire::PanelView, picture: &Picture<'_>) -> Vec<wire::Change> {
    let counters = picture.counters();
    let counters = unseen(&counters, &before.counters);
    let mut changes: Vec<_> = counters.map(|row| wire::Change::Counter { row }).collect();
    changes.extend(queue_news(picture.queues(), &before.queues));
    let finished = picture.finished();
    if finished != before.finished {
        changes.push(wire::Change::Finished { finished });
    }
    changes.extend(emergency_news(&picture.emergencies(), &before.emergencies));
    changes.extend(lock_news(&picture.locks(), &before.locks));
    changes
}

fn emergency_news(now: &[wire::EmergencyRow], before: &[wire::EmergencyRow]) -> Vec<wire::Change> {
    let over = |held: &&wire::EmergencyRow| now.iter().all(|row| row.counter != held.counter);
    let gone = before.iter().filter(over).map(|held| {
        let counter = held.counter.clone();
        wire::Change::EmergencyGone { counter }
    });
    let fresh = unseen(now, before).map(|row| wire::Change::Emergency { row });
    gone.chain(fresh).collect()
}

fn lock_news(now: &[wire::LockRow], before: &[wire::LockRow]) -> Vec<wire::Change> {
    let over = |held: &&wire::LockRow| now.iter().all(|row| row.queue != held.queue);
    let gone = before.iter().filter(over).map(|held| {
        let queue = held.queue.clone();
        wire::Change::LockGone { queue }
    });
    let fresh = unseen(now, before).map(|row| wire::Change::Lock { row });
    gone.chain(fresh).collect()
}

fn queue_news(now: &[wire::QueueRow], before: &[wire::QueueRow]) -> Vec<wire::Change> {
    unseen(now, before)
        .map(|row| wire::Change::Queue { row })
        .collect()
}

fn unseen<T: PartialEq + Clone>(now: &[T], before: &[T]) -> impl Iterator<Item = T> {
    now.iter().filter(|row| !before.contains(row)).cloned()
}

/// A device's faults now, for panels.
pub(crate) fn faults(device: &str, faults: &[String]) -> Vec<wire::Change> {
    let (device, faults) = (device.to_owned(), faults.to_vec());
    vec![wire::Change::Faults {
        row: wire::DeviceFaults { device, faults },
    }]
}

/// What became of a job, for its kiosk and for panels.
pub(crate) fn print(row: wire::PrintRow) -> Vec<wire::Change> {
    vec![wire::Change::Print { row }]
}

/// The job has its last word, for its printer.
pub(crate) fn job_gone(job: &wire::JobId) -> Vec<wire::Change> {
    vec![wire::Change::JobGone { job: job.clone() }]
}
