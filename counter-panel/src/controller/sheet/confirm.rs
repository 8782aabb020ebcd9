//! Enter in a sheet: the sheet's own order, or else the item under the cursor.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{LockQueues, TransferTicket};

use super::{Ask, Sheet};
use crate::clock::Moment;
use crate::controller::{Controller, Key, Order};

impl Controller {
    /// What it returns is to be sent once.
    pub fn confirm(&mut self, now: Moment) -> Option<Order> {
        if let Some(Sheet::Note { .. }) = self.sheet() {
            self.sheets.clear();
            return None;
        }
        if !self.takes_orders() {
            return None;
        }
        if self.ask().is_none() {
            return self.cursor.and_then(|row| self.choose(row, now));
        }
        let order = self.asked_for()?;
        self.notice = None;
        Some(self.send(order, Key::More, now))
    }

    /// What Enter does here; none: it takes the item under the cursor.
    pub(super) fn ask(&self) -> Option<Ask> {
        match self.sheet()? {
            Sheet::Finish(_) => Some(Ask::Finish),
            Sheet::Letter { .. } => Some(Ask::SendOn),
            Sheet::Cancel(ticket) => Some(Ask::Cancel(self.number_of(*ticket)?)),
            Sheet::Close(_) => Some(Ask::Close),
            Sheet::Notice { .. } => Some(Ask::Lock),
            Sheet::Note { .. } => Some(Ask::Read),
            Sheet::More
            | Sheet::Row(_)
            | Sheet::SendOn(_)
            | Sheet::Minutes(_)
            | Sheet::Priority(_)
            | Sheet::Counters
            | Sheet::Locks => None,
        }
    }

    /// The order that the sheet is for; none while something is missing.
    pub(super) fn asked_for(&self) -> Option<Order> {
        match self.sheet()? {
            Sheet::Finish(ending) => {
                let visit = self.mirror.panel()?.ticket(ending.ticket)?;
                Some(ending.order(visit))
            }
            Sheet::Letter { ticket, to, note } => {
                let transfer = TransferTicket {
                    target: to.clone(),
                    note: written(note),
                };
                Some(Order::Act(*ticket, TicketAction::Transfer(transfer)))
            }
            Sheet::Cancel(ticket) => Some(Order::Act(*ticket, TicketAction::Cancel)),
            Sheet::Close(_) => Some(Order::CloseCounter(self.counter()?.clone())),
            Sheet::Notice { queues, notice } => Some(Order::Lock(LockQueues {
                queues: queues.clone(),
                notice: written(notice)?,
            })),
            _ => None,
        }
    }

    /// Whether a key of the keyboard means the same as Enter in this sheet.
    pub(in crate::controller) fn is_confirmed_by(&self, key: Key) -> bool {
        matches!(
            (self.sheet(), key),
            (Some(Sheet::Finish(_)), Key::Finish) | (Some(Sheet::Close(_)), Key::Door)
        )
    }
}

/// None where nothing but blanks was typed.
fn written(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
