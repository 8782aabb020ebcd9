//! What can be chosen in a sheet: each item with what it does, made in one place.

use aufruf_protocol::latest::{ServiceKey, VisitResult};

use super::{Detail, Item, Mark, Sheet, Word};
use crate::clock::Moment;
use crate::controller::{Controller, Order};

/// An item, and what choosing it does. None: not now.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) item: Item,
    pub(super) does: Option<Does>,
}

#[derive(Debug, Clone)]
pub(super) enum Does {
    Send(Box<Order>),
    Open(Sheet),
    Check(ServiceKey),
    End(VisitResult),
    TakeBack,
    AskForHelp,
}

impl Choice {
    pub(super) fn new(word: Word, does: Option<Does>) -> Self {
        let item = Item {
            word,
            detail: Detail::None,
            mark: Mark::None,
            possible: does.is_some(),
        };
        Self { item, does }
    }

    pub(super) fn opens(word: Word, sheet: Sheet) -> Self {
        Self::new(word, Some(Does::Open(sheet)))
    }

    pub(super) fn sends(word: Word, order: Order) -> Self {
        Self::new(word, Some(Does::Send(Box::new(order))))
    }

    pub(super) fn detailed(mut self, detail: Detail) -> Self {
        self.item.detail = detail;
        self
    }

    pub(super) fn marked(mut self, mark: Mark) -> Self {
        self.item.mark = mark;
        self
    }

    pub(super) fn possible_if(mut self, possible: Possible) -> Self {
        if possible == Possible::No {
            self.does = None;
            self.item.possible = false;
        }
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Possible {
    Yes,
    No,
}

impl From<bool> for Possible {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Controller {
    pub(super) fn choices(&self, now: Moment) -> Vec<Choice> {
        match self.sheet() {
            Some(Sheet::More) => self.more(now.steady),
            Some(Sheet::Row(ticket)) => self.row_menu(*ticket),
            Some(Sheet::Finish(ending)) => self.endings(ending),
            Some(Sheet::SendOn(ticket)) => self.targets(*ticket),
            Some(Sheet::Minutes(ticket)) => self.minutes(*ticket, self.office_clock.now(now)),
            Some(Sheet::Priority(ticket)) => self.priorities(*ticket),
            Some(Sheet::Counters) => self.free_counters(),
            Some(Sheet::Locks) => self.lockable(),
            Some(
                Sheet::Letter { .. }
                | Sheet::Cancel(_)
                | Sheet::Close(_)
                | Sheet::Notice { .. }
                | Sheet::Note { .. },
            )
            | None => Vec::new(),
        }
    }
}
