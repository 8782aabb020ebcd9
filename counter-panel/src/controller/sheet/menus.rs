//! The two menus: all else for the running visit, the counter and the house; all else for one person.
//! An item keeps its place, so that its figure stays the same under the clerk's hand.

use std::time::Duration;

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{ChangeTicket, CounterMode, TicketId, TicketRow, TicketState};
use jiff::{SignedDuration, Timestamp};

use super::choices::{Choice, Does};
use super::{Detail, Ending, Mark, Sheet, Word};
use crate::controller::{Controller, Order, Step};

/// What a visitor may ask for; the queue's own limit ends the list.
const MINUTES: [u32; 7] = [5, 10, 15, 20, 30, 45, 60];
const PRIORITIES: [(u8, Word); 3] = [
    (1, Word::Urgent),
    (2, Word::LikeAppointment),
    (3, Word::Normal),
];

impl Controller {
    pub(super) fn more(&self, steady: Duration) -> Vec<Choice> {
        let visit = self.running();
        let served = visit.filter(|visit| visit.state == TicketState::Serving);
        let opens = |word, sheet: Option<Sheet>| Choice::new(word, sheet.map(Does::Open));
        let sends = |word, order: Option<Order>| {
            Choice::new(word, order.map(|order| Does::Send(Box::new(order))))
        };
        let act = |word, action| {
            let order = |visit: &TicketRow| Order::Act(visit.id, action);
            sends(word, served.map(order))
        };
        let taken_back = match self.last_step(steady) {
            Some(step) => Choice::new(Word::TakeBack, Some(Does::TakeBack))
                .detailed(Detail::Step(step.number.clone(), step.done)),
            None => Choice::new(Word::TakeBack, None),
        };
        vec![
            opens(
                Word::FinishWith,
                visit.map(|visit| Sheet::Finish(self.ending_of(visit))),
            ),
            act(Word::Park, TicketAction::Park),
            act(Word::PickUp, TicketAction::PickUp),
            opens(Word::SendOn, visit.map(|visit| Sheet::SendOn(visit.id))),
            sends(Word::ReadNote, visit.map(|visit| Order::ReadNote(visit.id))),
            self.pause_or_close(),
            Choice::opens(Word::GoOver, Sheet::Counters)
                .possible_if((self.mode() != CounterMode::Closed).into()),
            Choice::opens(Word::Locks, Sheet::Locks),
            Choice::new(Word::Help, Some(Does::AskForHelp)).detailed(Detail::AlsoByKey),
            taken_back,
        ]
    }

    /// An open counter is closed by the door's key; one at a break goes on by it, and is closed here.
    fn pause_or_close(&self) -> Choice {
        let counter = self.counter().cloned();
        let Some(counter) = counter else {
            return Choice::new(Word::Break, None);
        };
        match (self.mode(), self.running()) {
            (CounterMode::Open, _) => Choice::sends(Word::Break, Order::PauseCounter(counter)),
            (CounterMode::Paused, None) => {
                Choice::sends(Word::CloseCounter, Order::CloseCounter(counter))
            }
            (CounterMode::Paused, Some(_)) => Choice::sends(Word::NoBreak, self.opening(&counter)),
            (CounterMode::Closed | CounterMode::Unknown, _) => Choice::new(Word::Break, None),
        }
    }

    pub(super) fn row_menu(&self, id: TicketId) -> Vec<Choice> {
        let Some(ticket) = self.mirror.panel().and_then(|panel| panel.ticket(id)) else {
            return Vec::new();
        };
        let mut menu = vec![self.call_of(ticket)];
        menu.extend(self.step_choice(ticket));
        let send_on = || Choice::opens(Word::SendOn, Sheet::SendOn(id));
        let priority = || Choice::opens(Word::Priority, Sheet::Priority(id));
        match ticket.state {
            TicketState::Waiting => {
                let pauses = self.pause_limit(ticket) > 0;
                let pause = Choice::opens(Word::Pause, Sheet::Minutes(id));
                menu.extend([pause.possible_if(pauses.into()), send_on(), priority()]);
            }
            TicketState::Booked => menu.push(priority()),
            TicketState::PickUp => {
                let ending = Sheet::Finish(self.ending_of(ticket));
                menu.extend([Choice::opens(Word::FinishWith, ending), send_on()]);
            }
            TicketState::Parked | TicketState::Missed => menu.push(send_on()),
            _ => return Vec::new(),
        }
        menu.push(Choice::opens(Word::Cancel, Sheet::Cancel(id)));
        menu
    }

    fn call_of(&self, ticket: &TicketRow) -> Choice {
        let counter = self
            .counter()
            .filter(|_| self.is_ready() && !self.is_elsewhere(ticket));
        let call = |counter| Order::Act(ticket.id, TicketAction::Call(counter));
        let does = counter
            .cloned()
            .map(|counter| Does::Send(Box::new(call(counter))));
        Choice::new(Word::Call, does)
    }

    fn step_choice(&self, ticket: &TicketRow) -> Option<Choice> {
        let word = match ticket.state {
            TicketState::Parked | TicketState::PickUp => Word::Resume,
            TicketState::Waiting => Word::Return,
            _ => match self.step_of(ticket)?.0 {
                Step::CheckIn => Word::CheckIn,
                Step::LineUp => Word::LineUp,
                Step::Return => Word::Return,
                Step::Resume => Word::Resume,
            },
        };
        let order = self
            .step_of(ticket)
            .map(|(_, order)| Does::Send(Box::new(order)));
        Some(Choice::new(word, order))
    }

    pub(super) fn minutes(&self, id: TicketId, office_now: Timestamp) -> Vec<Choice> {
        let ticket = self.mirror.panel().and_then(|panel| panel.ticket(id));
        let limit = ticket.map_or(0, |ticket| self.pause_limit(ticket));
        let usual = MINUTES.into_iter().filter(|minutes| *minutes < limit);
        let minutes = usual.chain([limit]).take(MINUTES.len() + 1);
        let choice = |minutes| {
            let order = Order::Act(id, TicketAction::Pause(minutes));
            let until = SignedDuration::from_mins(minutes.into());
            let until = office_now.checked_add(until).unwrap_or(office_now);
            Choice::sends(Word::Minutes(minutes), order)
                .detailed(Detail::Until(self.times.clock(until)))
        };
        minutes.map(choice).collect()
    }

    pub(super) fn priorities(&self, id: TicketId) -> Vec<Choice> {
        let ticket = self.mirror.panel().and_then(|panel| panel.ticket(id));
        let now = ticket.map(|ticket| ticket.priority);
        let choice = |(priority, word)| {
            let change = ChangeTicket {
                priority: Some(priority),
                ..ChangeTicket::default()
            };
            Choice::sends(word, Order::Act(id, TicketAction::Change(change)))
                .marked(Mark::one_of((now == Some(priority)).into()))
        };
        PRIORITIES.map(choice).into()
    }

    /// For how many minutes one in this queue may leave the line; 0: not at all.
    fn pause_limit(&self, ticket: &TicketRow) -> u32 {
        let queue = self.office().and_then(|office| office.queue(&ticket.queue));
        queue.map_or(0, |queue| queue.pause_max_min)
    }

    /// How the visit ends if nothing else is said.
    fn ending_of(&self, visit: &TicketRow) -> Ending {
        Ending::of(visit, self.usually_done(visit.id))
    }
}
