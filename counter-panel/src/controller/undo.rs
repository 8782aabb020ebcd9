//! The panel's last step with a visit, as long as it can be taken back.
//!
//! The one thing that is remembered here and not read from the server's view: which step was this
//! panel's own. A panel that starts again offers none; the visit itself is not touched by that.

use std::time::Duration;

use aufruf_client::{Link, TicketAction};
use aufruf_protocol::latest::TicketId;

use super::{Controller, Order};

/// A step that was done with a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Called,
    CalledAgain,
    Started,
    Finished,
    DidNotCome,
    PutBack,
    Parked,
    PickUp,
    Resumed,
    SentOn,
    Paused,
    Returned,
    Changed,
    Cancelled,
    CheckedIn,
}

/// What *take back* takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastStep {
    pub number: String,
    pub done: Done,
    pub(super) ticket: TicketId,
    /// When the key was pressed: before the server's time of the step, so never offered too long.
    pub(super) at: Duration,
}

impl Controller {
    /// The step that can be taken back now.
    pub(super) fn last_step(&self, steady: Duration) -> Option<&LastStep> {
        let within = u64::from(self.office()?.undo_within_secs);
        let step = self.last_step.as_ref()?;
        let is_fresh = steady.saturating_sub(step.at) < Duration::from_secs(within);
        (is_fresh && self.mirror.link == Link::Live).then_some(step)
    }

    pub(super) fn take_back(&self, steady: Duration) -> Option<Order> {
        let step = self.last_step(steady)?;
        Some(Order::Act(step.ticket, TicketAction::Undo))
    }
}

/// The visit that an order is a step of, and which one.
pub(super) fn step_of(order: &Order) -> Option<(TicketId, Done)> {
    let (ticket, action) = match order {
        Order::CheckIn(ticket) => return Some((*ticket, Done::CheckedIn)),
        Order::Act(ticket, action) => (*ticket, action),
        _ => return None,
    };
    let done = match action {
        TicketAction::Call(_) => Done::Called,
        TicketAction::Recall => Done::CalledAgain,
        TicketAction::Start => Done::Started,
        TicketAction::Finish | TicketAction::FinishWith(_) => Done::Finished,
        TicketAction::Miss => Done::DidNotCome,
        TicketAction::Requeue => Done::PutBack,
        TicketAction::Park => Done::Parked,
        TicketAction::PickUp => Done::PickUp,
        TicketAction::Resume(_) => Done::Resumed,
        TicketAction::Transfer(_) => Done::SentOn,
        TicketAction::Pause(_) => Done::Paused,
        TicketAction::Return => Done::Returned,
        TicketAction::Change(_) => Done::Changed,
        TicketAction::Cancel => Done::Cancelled,
        TicketAction::Undo => return None,
    };
    Some((ticket, done))
}
