//! The sheets: everything that is one level away from the visit and the list.
//!
//! ```text
//!   More ──▶ Finish · SendOn ▶ Letter · Counters · Locks ▶ Notice
//!   Row  ──▶ SendOn ▶ Letter · Minutes · Priority · Cancel
//!   Door ──▶ Close            (a visit still runs)          Esc goes one step back, always
//! ```
//!
//! A sheet stays until its order is done: what was typed is not lost when the server says no.
//! A sheet of a visit goes with the visit.

mod choices;
mod confirm;
mod finish;
mod house;
mod menus;
mod model;
mod targets;

use std::collections::BTreeSet;

use aufruf_protocol::latest::{QueueKey, Target, TicketId};

use super::{Controller, Key, Order};
use crate::clock::Moment;
use choices::Does;
pub(super) use finish::Ending;
pub use model::{Ask, Detail, Hint, Item, Mark, Sentence, SheetModel, Title, Word};

/// What the clerk looks into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sheet {
    More,
    Row(TicketId),
    Finish(Ending),
    SendOn(TicketId),
    /// The note that goes with a visit.
    Letter {
        ticket: TicketId,
        to: Target,
        note: String,
    },
    Minutes(TicketId),
    Priority(TicketId),
    Cancel(TicketId),
    /// Closes the counter although this visit runs.
    Close(TicketId),
    Counters,
    Locks,
    Notice {
        queues: BTreeSet<QueueKey>,
        notice: String,
    },
    /// A note that came with a visit.
    Note {
        ticket: TicketId,
        note: String,
        written: String,
    },
}

impl Sheet {
    /// The visit without which the sheet makes no sense.
    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Finish(ending) => Some(ending.ticket),
            Self::Row(ticket)
            | Self::SendOn(ticket)
            | Self::Minutes(ticket)
            | Self::Priority(ticket)
            | Self::Cancel(ticket)
            | Self::Close(ticket)
            | Self::Letter { ticket, .. }
            | Self::Note { ticket, .. } => Some(*ticket),
            Self::More | Self::Counters | Self::Locks | Self::Notice { .. } => None,
        }
    }
}

impl Controller {
    /// The item in this row of the sheet. What it returns is to be sent once.
    pub fn choose(&mut self, row: usize, now: Moment) -> Option<Order> {
        if !self.takes_orders() {
            return None;
        }
        let choice = self.choices(now).into_iter().nth(row)?;
        self.notice = None;
        self.cursor = Some(row);
        match choice.does? {
            Does::Send(order) => Some(self.send(*order, Key::More, now)),
            Does::TakeBack => self
                .take_back(now.steady)
                .map(|order| self.send(order, Key::TakeBack, now)),
            Does::AskForHelp => {
                self.sheets.clear();
                self.ask_for_help()
            }
            Does::Open(sheet) => {
                self.open(sheet);
                None
            }
            Does::Check(service) => {
                self.ending()?.check(&service);
                None
            }
            Does::End(result) => {
                let usual = self.usually_done(self.sheet()?.ticket()?);
                self.ending()?.end(result, usual);
                None
            }
        }
    }

    /// Moves the cursor of the sheet, or its mark of how many people.
    pub fn move_cursor(&mut self, by: isize, now: Moment) {
        let last = self.choices(now).len().saturating_sub(1);
        let at = match self.cursor {
            Some(at) => at.saturating_add_signed(by).min(last),
            None => 0,
        };
        self.cursor = Some(at);
    }

    /// More people, or fewer where negative.
    pub fn count_people(&mut self, by: i32) {
        if let Some(ending) = self.ending() {
            ending.count(by);
        }
    }

    /// The text of the sheet's field is this now.
    pub fn write(&mut self, text: &str) {
        match self.sheets.last_mut() {
            Some(Sheet::Letter { note, .. }) => text.clone_into(note),
            Some(Sheet::Notice { notice, .. }) => text.clone_into(notice),
            _ => {}
        }
    }

    /// One step back, and at last out of the sheets.
    pub fn back(&mut self) {
        if self.awaited.is_none() {
            self.sheets.pop();
            self.cursor = None;
            self.notice = None;
        }
    }

    pub(super) fn open(&mut self, sheet: Sheet) {
        self.sheets.push(sheet);
        self.cursor = None;
    }

    pub(super) fn sheet(&self) -> Option<&Sheet> {
        self.sheets.last()
    }

    /// Sheets of visits that are over, or that stand elsewhere now, go.
    pub(super) fn drop_outdated_sheets(&mut self) {
        let open = self.sheets.len();
        let still = self
            .sheets
            .iter()
            .position(|sheet| !self.makes_sense(sheet));
        self.sheets.truncate(still.unwrap_or(open));
        if self.sheets.len() < open {
            self.cursor = None;
        }
    }

    fn makes_sense(&self, sheet: &Sheet) -> bool {
        let running = self.running().map(|ticket| ticket.id);
        match sheet {
            Sheet::Close(ticket) | Sheet::Note { ticket, .. } => running == Some(*ticket),
            other => other.ticket().is_none_or(|id| self.number_of(id).is_some()),
        }
    }

    fn ending(&mut self) -> Option<&mut Ending> {
        match self.sheets.last_mut() {
            Some(Sheet::Finish(ending)) => Some(ending),
            _ => None,
        }
    }
}
