//! What changed on a screen: the least that brings its view up to date.
//!
//! Pure: the view before and the picture now, changes out.

use aufruf_engine::{Ticket, TicketState};
use aufruf_protocol::latest as wire;

use super::ticket_row;
use super::views::Picture;

/// A ticket's row, or that it has left the lists.
pub(crate) fn of_ticket(ticket: &Ticket) -> wire::Change {
    if ticket.state.is_final() {
        wire::Change::TicketGone {
            ticket: wire::TicketId(ticket.id.0),
        }
    } else {
        wire::Change::Ticket {
            row: ticket_row(ticket),
        }
    }
}

/// The call that has left the displays, where a ticket's step made it leave: the visit is over or
/// back in the line.
pub(crate) fn withdrawn(before: &Ticket, after: &Ticket) -> Option<wire::CallId> {
    let shows = |ticket: &Ticket| match ticket.state {
        TicketState::Called { .. } | TicketState::Serving { .. } => true,
        TicketState::Waiting
        | TicketState::Missed
        | TicketState::Finished
        | TicketState::Expired => false,
    };
    let call = before
        .state
        .call()
        .filter(|_| shows(before) && !shows(after))?;
    Some(wire::CallId(call.0.0))
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
            queue_news(picture.area_queues(area), &before.queues)
        }
        (wire::View::Kiosk(before), _) => {
            let offers = unseen(picture.offers(), &before.offers);
            offers.map(|row| wire::Change::Offer { row }).collect()
        }
        _ => Vec::new(),
    }
}

fn panel_news(before: &wire::PanelView, picture: &Picture<'_>) -> Vec<wire::Change> {
    let counters = unseen(picture.counters(), &before.counters);
    let mut changes: Vec<_> = counters.map(|row| wire::Change::Counter { row }).collect();
    changes.extend(queue_news(picture.queues(|_| true), &before.queues));
    let finished = picture.state.finished();
    if finished != before.finished {
        changes.push(wire::Change::Finished { finished });
    }
    changes
}

fn queue_news(now: Vec<wire::QueueRow>, before: &[wire::QueueRow]) -> Vec<wire::Change> {
    unseen(now, before)
        .map(|row| wire::Change::Queue { row })
        .collect()
}

fn unseen<T: PartialEq>(now: Vec<T>, before: &[T]) -> impl Iterator<Item = T> {
    now.into_iter().filter(|row| !before.contains(row))
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
