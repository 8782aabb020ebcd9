//! What each key does at each stage, or why it does nothing.

use aufruf_client::{Link, TicketAction};
use aufruf_protocol::latest::{CounterKey, CounterMode, TicketRow, TicketState};

use super::{Controller, Key, Notice, Order};

impl Controller {
    /// `Err(None)`: nothing to say.
    pub(super) fn order_for(&self, key: Key) -> Result<Order, Option<Notice>> {
        let known = self.mirror.panel().and_then(|_| self.counter());
        let counter = known.ok_or(None)?;
        match (key, self.running(), self.mode()) {
            (Key::StepMarked, ..) => self.step_marked().map(|(_, order)| order).ok_or(None),
            // Whoever was called or is served is brought to an end first, also at a break.
            (Key::Door, Some(_), _) | (Key::Door, None, CounterMode::Open) => {
                Ok(Order::CloseCounter(counter.clone()))
            }
            (_, Some(visit), _) => order_with(visit, key).ok_or_else(|| Some(why_not(visit))),
            (Key::Door, None, _) => Ok(self.opening(counter)),
            (_, None, CounterMode::Paused) => Err(Some(Notice::CounterPaused)),
            (_, None, CounterMode::Closed | CounterMode::Unknown) => {
                Err(Some(Notice::CounterClosed))
            }
            (Key::Next, None, CounterMode::Open) => Ok(Order::CallNext(counter.clone())),
            (Key::CallMarked, None, CounterMode::Open) => self.call_marked(counter),
            (_, None, CounterMode::Open) => Err(Some(Notice::NobodyCalled)),
        }
    }

    pub(super) fn offered(&self) -> Vec<Key> {
        if self.mirror.link != Link::Live {
            return Vec::new();
        }
        let offered = |key: &Key| self.order_for(*key).is_ok();
        Key::ALL.into_iter().filter(offered).collect()
    }

    /// Opens the counter or ends its break. The panel says who serves only where nobody does yet: a
    /// colleague who came over stays.
    pub(super) fn opening(&self, counter: &CounterKey) -> Order {
        let nobody_there = self.clerk_here().is_none();
        Order::OpenCounter {
            counter: counter.clone(),
            clerk: self.clerk.clone().filter(|_| nobody_there),
        }
    }

    /// Who serves at this counter now, by the server's word.
    pub(super) fn clerk_here(&self) -> Option<&String> {
        let panel = self.mirror.panel()?;
        panel.counter(self.counter()?)?.clerk.as_ref()
    }

    fn call_marked(&self, counter: &CounterKey) -> Result<Order, Option<Notice>> {
        let ticket = self.marked_ticket().ok_or(None)?;
        if self.is_elsewhere(ticket) {
            return Err(Some(Notice::SkillMissing));
        }
        Ok(Order::Act(ticket.id, TicketAction::Call(counter.clone())))
    }

    /// The step that the list of the marked person is for.
    fn step_marked(&self) -> Option<(Step, Order)> {
        self.step_of(self.marked_ticket()?)
    }

    /// The step that a person in this state mostly waits for.
    pub(super) fn step_of(&self, ticket: &TicketRow) -> Option<(Step, Order)> {
        let act = |step, action| Some((step, Order::Act(ticket.id, action)));
        match ticket.state {
            TicketState::Booked => Some((Step::CheckIn, Order::CheckIn(ticket.id))),
            TicketState::Missed => act(Step::LineUp, TicketAction::Requeue),
            TicketState::Waiting if ticket.pause.is_some() => {
                act(Step::Return, TicketAction::Return)
            }
            TicketState::Parked | TicketState::PickUp if self.is_ready() => {
                let counter = self.counter()?.clone();
                act(Step::Resume, TicketAction::Resume(counter))
            }
            _ => None,
        }
    }

    /// Open, and nobody called or served here.
    pub(super) fn is_ready(&self) -> bool {
        self.mode() == CounterMode::Open && self.running().is_none()
    }

    pub(super) fn mode(&self) -> CounterMode {
        let counter = self.counter();
        let row = counter.and_then(|counter| self.mirror.panel()?.counter(counter));
        row.map_or(CounterMode::Closed, |row| row.mode)
    }
}

/// What the second key of the list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    CheckIn,
    /// Goes on here, without a call.
    Resume,
    /// Puts one who was missed back into the line.
    LineUp,
    /// Ends the pause of a place.
    Return,
}

fn order_with(visit: &TicketRow, key: Key) -> Option<Order> {
    let action = match (visit.state, key) {
        (TicketState::Called, Key::Again) => TicketAction::Recall,
        (TicketState::Called, Key::DidNotCome) => TicketAction::Miss,
        (TicketState::Called, Key::BackIntoLine) => TicketAction::Requeue,
        (TicketState::Called, Key::Start) => TicketAction::Start,
        // One that was called but never started has been served all the same.
        (TicketState::Called | TicketState::Serving, Key::Finish) => TicketAction::Finish,
        _ => return None,
    };
    Some(Order::Act(visit.id, action))
}

/// A called person has a key for every step but these: going on without an end to the visit.
fn why_not(visit: &TicketRow) -> Notice {
    let number = visit.number.clone();
    match visit.state {
        TicketState::Serving => Notice::BeingServed { number },
        _ => Notice::VisitRunning { number },
    }
}
