//! What the panel does, without a screen and without a clock.
//!
//! ```text
//!  updates ─┐                      ┌─▶ PanelModel   what to show
//!  answers ─┼─▶ Controller (now) ──┤
//!  keys ────┘                      └─▶ Order        one per press, sent once
//!
//!  Closed ──open──▶ Free ──next──▶ Called ──start──▶ Serving ──finish──▶ Free
//!     ◀──close──────┘│ ◀──did not come, back──┘ └──────finish──────────────▶ Free
//!                    └──break──▶ Paused ──go on──▶ Free        (all else: sheets)
//! ```
//!
//! The stage is never remembered here: it is read from the server's view each time, so that a panel
//! or a server that starts again shows the running visit again. While an answer is awaited, every
//! key is inert but those for help; while the server is away, no key is offered and nothing is sent
//! later by itself.

mod answers;
mod help;
mod key;
mod line;
mod marking;
mod model;
mod notice;
mod offers;
mod office_clock;
mod sheet;
mod stage;
mod times;
mod troubles;
mod undo;
mod updates;
mod wording;

use std::rc::Rc;
use std::time::Duration;

pub use answers::Answer;
use aufruf_client::{Link, Mirror};
use aufruf_protocol::latest::{
    CallId, CounterInfo, CounterKey, OfficeInfo, Role, TicketId, TicketRow,
};
pub use help::{Alarm, Helper};
pub use key::{Key, Order};
pub use model::{
    Faults, Header, LineModel, LinkModel, List, PanelModel, Paper, Reason, Row, Sight, Stage,
    Visit, Whereabouts, Window,
};
pub use notice::{Notice, Refusal};
pub use offers::Step;
pub use sheet::{Ask, Detail, Hint, Item, Mark, Sentence, SheetModel, Title, Word};
pub use undo::{Done, LastStep};

use crate::clock::Moment;
use office_clock::OfficeClock;
use sheet::Sheet;
use times::Times;

/// An answer that takes longer than this is worth a word on the screen.
const ANSWER_EXPECTED_WITHIN: Duration = Duration::from_millis(500);

/// The panel of one counter.
#[derive(Debug)]
pub struct Controller {
    language: String,
    /// Who serves at this panel, where its file says so.
    clerk: Option<String>,
    mirror: Mirror,
    times: Times,
    office_clock: OfficeClock,
    list: List,
    marked: Option<TicketId>,
    sheets: Vec<Sheet>,
    cursor: Option<usize>,
    awaited: Option<Awaited>,
    last_step: Option<LastStep>,
    notice: Option<Notice>,
    call_noticed: Option<CallNoticed>,
    rows: Rc<[Row]>,
}

/// The order whose answer is not there yet.
#[derive(Debug, Clone)]
struct Awaited {
    key: Key,
    order: Order,
    /// The number of the order's visit: it may be gone when the answer comes.
    number: Option<String>,
    since: Duration,
}

/// When this panel first knew of the running visit's latest call.
#[derive(Debug, Clone, Copy)]
struct CallNoticed {
    call: CallId,
    at: Duration,
}

impl Controller {
    /// A panel that speaks `language`; texts that the office has not written in it come in the
    /// office's own.
    pub fn new(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            clerk: None,
            mirror: Mirror::default(),
            times: Times::in_zone("UTC"),
            office_clock: OfficeClock::default(),
            list: List::default(),
            marked: None,
            sheets: Vec::new(),
            cursor: None,
            awaited: None,
            last_step: None,
            notice: None,
            call_noticed: None,
            rows: Rc::new([]),
        }
    }

    /// The same, with the name of who serves at this panel.
    #[must_use]
    pub fn served_by(self, clerk: Option<String>) -> Self {
        Self { clerk, ..self }
    }

    /// One press of a key, the first of a held one. What it returns is to be sent once.
    pub fn press(&mut self, key: Key, now: Moment) -> Option<Order> {
        if key == Key::Help {
            return self.ask_for_help();
        }
        if !self.takes_orders() {
            return None;
        }
        if self.is_confirmed_by(key) {
            return self.confirm(now);
        }
        self.notice = None;
        let closed = std::mem::take(&mut self.sheets);
        self.cursor = None;
        match (key, self.running()) {
            (Key::More, _) => self.turn_to(Sheet::More, &closed),
            (Key::MoreOfMarked, _) => {
                let row = Sheet::Row(self.marked?);
                self.turn_to(row, &closed)
            }
            // Closing hands the visit back, so it is asked for once more.
            (Key::Door, Some(visit)) => self.turn_to(Sheet::Close(visit.id), &[]),
            (Key::TakeBack, _) => {
                let order = self.take_back(now.steady)?;
                Some(self.send(order, key, now))
            }
            _ => match self.order_for(key) {
                Ok(order) => Some(self.send(order, key, now)),
                Err(notice) => {
                    self.notice = notice;
                    None
                }
            },
        }
    }

    /// What the screen shows at this moment.
    pub fn model(&mut self, now: Moment) -> PanelModel {
        let office_now = self.office_clock.now(now);
        PanelModel {
            header: self.header(office_now),
            link: self.link(),
            stage: self.stage(office_now, now.steady),
            offered: self.offered(),
            awaiting: self.awaiting(now.steady),
            notice: self.notice.clone(),
            alarms: self.alarms(),
            faults: self.faults(),
            locked: self.locked(),
            last_step: self.last_step(now.steady).cloned(),
            sheet: self.sheet_model(now),
            line: self.line(office_now),
        }
    }

    /// The counter this panel belongs to, by the server's word.
    pub fn counter(&self) -> Option<&CounterKey> {
        match &self.mirror.welcome.as_ref()?.role {
            Role::Panel { counter } => Some(counter),
            _ => None,
        }
    }

    /// The language of the clerk.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The same key closes the sheet that it opened.
    fn turn_to(&mut self, sheet: Sheet, closed: &[Sheet]) -> Option<Order> {
        if closed != [sheet.clone()] {
            self.open(sheet);
        }
        None
    }

    fn send(&mut self, order: Order, key: Key, now: Moment) -> Order {
        let ticket = match &order {
            Order::MoveCounter { .. } => self.running().map(|visit| visit.id),
            order => undo::step_of(order).map(|(ticket, _)| ticket),
        };
        self.awaited = Some(Awaited {
            key,
            order: order.clone(),
            number: ticket.and_then(|ticket| self.number_of(ticket)),
            since: now.steady,
        });
        order
    }

    fn awaiting(&self, steady: Duration) -> Option<Key> {
        let awaited = self.awaited.as_ref()?;
        let lasts = steady.saturating_sub(awaited.since);
        (lasts >= ANSWER_EXPECTED_WITHIN).then_some(awaited.key)
    }

    fn takes_orders(&self) -> bool {
        self.is_live() && self.awaited.is_none()
    }

    fn is_live(&self) -> bool {
        self.mirror.link == Link::Live
    }

    /// The visit that is called to or served at this counter.
    fn running(&self) -> Option<&TicketRow> {
        let panel = self.mirror.panel()?;
        panel.ticket(panel.counter(self.counter()?)?.running?)
    }

    fn office(&self) -> Option<&OfficeInfo> {
        self.mirror.office()
    }

    fn counter_info(&self) -> Option<&CounterInfo> {
        self.office()?.counter(self.counter()?)
    }

    fn number_of(&self, id: TicketId) -> Option<String> {
        let ticket = self.mirror.panel()?.ticket(id)?;
        Some(ticket.number.clone())
    }
}

#[cfg(test)]
mod tests;
