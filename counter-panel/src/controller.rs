//! What the panel does, without a screen and without a clock.
//!
//! ```text
//!  updates ─┐                      ┌─▶ PanelModel   what to show
//!  answers ─┼─▶ Controller (now) ──┤
//!  keys ────┘                      └─▶ Order        one per press, sent once
//!
//!  Closed ──open──▶ Free ──next──▶ Called ──start──▶ Serving ──finish──▶ Free
//!     ◀──close──────┘  ◀──did not come, back──┘ └──────finish──────────────▶ Free
//! ```
//!
//! The stage is never remembered here: it is read from the server's view each time, so that a panel
//! or a server that starts again shows the running visit again. While an answer is awaited, every
//! key is inert; while the server is away, no key is offered and nothing is sent later by itself.

mod key;
mod line;
mod model;
mod notice;
mod office_clock;
mod stage;
mod times;
mod troubles;
mod wording;

use std::rc::Rc;
use std::time::Duration;

use aufruf_client::{Link, Mirror, TicketAction, Update};
use aufruf_protocol::latest::{
    CallId, CounterInfo, CounterKey, Nobody, OfficeInfo, Problem, Role, ServerMessage, TicketId,
    TicketRow, TicketState,
};
pub use key::{Key, Order};
pub use model::{
    Faults, Header, LineModel, LinkModel, List, PanelModel, Paper, Row, Sight, Stage, Visit,
};
pub use notice::Notice;

use crate::clock::Moment;
use office_clock::OfficeClock;
use times::Times;

/// An answer that takes longer than this is worth a word on the screen.
const ANSWER_EXPECTED_WITHIN: Duration = Duration::from_millis(500);

/// What came back for the order that was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Done; the push channel tells what changed.
    Done,
    /// *Next* called nobody, and this is why.
    Nobody(Nobody),
    Refused(Problem),
    /// No answer in time, after repeating under the same key.
    Unreachable,
    /// An answer that this version cannot read.
    Unreadable,
}

/// The panel of one counter.
#[derive(Debug)]
pub struct Controller {
    language: String,
    mirror: Mirror,
    times: Times,
    office_clock: OfficeClock,
    list: List,
    marked: Option<TicketId>,
    awaited: Option<Awaited>,
    notice: Option<Notice>,
    call_noticed: Option<CallNoticed>,
    rows: Rc<[Row]>,
}

#[derive(Debug, Clone, Copy)]
struct Awaited {
    key: Key,
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
            mirror: Mirror::default(),
            times: Times::in_zone("UTC"),
            office_clock: OfficeClock::default(),
            list: List::default(),
            marked: None,
            awaited: None,
            notice: None,
            call_noticed: None,
            rows: Rc::new([]),
        }
    }

    /// Takes in what the server or the line to it told.
    pub fn take(&mut self, update: &Update, now: Moment) {
        let before = self.ground();
        self.mirror.take(update);
        self.set_clock(update, now);
        let after = self.ground();
        self.drop_outdated_notice(&before, &after);
        self.note_call(now);
        if !self.listed().iter().any(|row| Some(row.id) == self.marked) {
            // Whoever has left the list must not be replaced under the clerk's finger.
            self.marked = None;
        }
    }

    /// One press of a key, the first of a held one. What it returns is to be sent once.
    pub fn press(&mut self, key: Key, now: Moment) -> Option<Order> {
        if self.mirror.link != Link::Live || self.awaited.is_some() {
            return None;
        }
        self.notice = None;
        match self.order_for(key) {
            Ok(order) => {
                self.awaited = Some(Awaited {
                    key,
                    since: now.steady,
                });
                Some(order)
            }
            Err(notice) => {
                self.notice = notice;
                None
            }
        }
    }

    /// The answer to the order that was sent last.
    pub fn answered(&mut self, answer: Answer) {
        self.awaited = None;
        self.notice = match answer {
            Answer::Done => None,
            Answer::Nobody(nobody) => {
                let until = nobody.until.map(|at| self.times.clock(at));
                let running = nobody.ticket.and_then(|id| self.number_of(id));
                Some(Notice::of_nobody(&nobody, until, running.as_deref()))
            }
            Answer::Refused(problem) => {
                let running = self.running().map(|ticket| ticket.number.clone());
                Some(Notice::of_problem(&problem, running.as_deref()))
            }
            Answer::Unreachable => Some(Notice::NotConfirmed),
            Answer::Unreadable => Some(Notice::Unreadable),
        };
    }

    /// Shows the waiting or the missed people.
    pub fn show(&mut self, list: List) {
        if self.list != list {
            self.list = list;
            self.marked = None;
        }
    }

    /// Marks the person in this row of the list.
    pub fn mark(&mut self, row: usize) {
        self.marked = self.listed().get(row).map(|ticket| ticket.id);
    }

    /// Moves the mark by so many rows down, or up where negative; the first step marks the first row.
    pub fn move_mark(&mut self, by: isize) {
        let listed = self.listed();
        let at = |id| listed.iter().position(|ticket| ticket.id == id);
        let last = listed.len().saturating_sub(1);
        let row = match self.marked.and_then(at) {
            Some(row) => row.saturating_add_signed(by).min(last),
            None => 0,
        };
        self.marked = listed.get(row).map(|ticket| ticket.id);
    }

    /// What the screen shows at this moment.
    pub fn model(&mut self, now: Moment) -> PanelModel {
        let office_now = self.office_clock.now(now);
        let stage = self.stage(office_now, now.steady);
        PanelModel {
            header: self.header(office_now),
            link: self.link(),
            offered: self.offered(),
            awaiting: self
                .awaited
                .filter(|awaited| {
                    now.steady.saturating_sub(awaited.since) >= ANSWER_EXPECTED_WITHIN
                })
                .map(|awaited| awaited.key),
            notice: self.notice.clone(),
            faults: self.faults(),
            line: self.line(office_now),
            stage,
        }
    }

    /// The counter this panel belongs to, by the server's word.
    pub fn counter(&self) -> Option<&CounterKey> {
        match &self.mirror.welcome.as_ref()?.role {
            Role::Panel { counter } => Some(counter),
            _ => None,
        }
    }

    /// What a key does at this stage, or why it does nothing. `Err(None)`: nothing to say.
    fn order_for(&self, key: Key) -> Result<Order, Option<Notice>> {
        let known = self.mirror.panel().and_then(|_| self.counter());
        let counter = known.ok_or(None)?;
        if !self.is_open() {
            return match key {
                Key::Door => Ok(Order::OpenCounter(counter.clone())),
                _ => Err(Some(Notice::CounterClosed)),
            };
        }
        match (key, self.running()) {
            (Key::LineUpMarked, _) => self.line_up_marked().ok_or(None),
            (_, Some(visit)) => order_with(visit, key).ok_or_else(|| Some(why_not(visit))),
            (Key::Door, None) => Ok(Order::CloseCounter(counter.clone())),
            (Key::Next, None) => Ok(Order::CallNext(counter.clone())),
            (Key::CallMarked, None) => self.call_marked(counter),
            (_, None) => Err(Some(Notice::NobodyCalled)),
        }
    }

    fn call_marked(&self, counter: &CounterKey) -> Result<Order, Option<Notice>> {
        let ticket = self.marked_ticket().ok_or(None)?;
        if self.is_elsewhere(ticket) {
            return Err(Some(Notice::SkillMissing));
        }
        Ok(Order::Act(ticket.id, TicketAction::Call(counter.clone())))
    }

    /// A missed person may be lined up whatever this counter is doing.
    fn line_up_marked(&self) -> Option<Order> {
        let missed = |ticket: &&TicketRow| ticket.state == TicketState::Missed;
        let ticket = self.marked_ticket().filter(missed)?;
        Some(Order::Act(ticket.id, TicketAction::Requeue))
    }

    fn offered(&self) -> Vec<Key> {
        if self.mirror.link != Link::Live {
            return Vec::new();
        }
        let offered = |key: &Key| self.order_for(*key).is_ok();
        Key::ALL.into_iter().filter(offered).collect()
    }

    fn is_open(&self) -> bool {
        self.counter()
            .and_then(|counter| self.mirror.panel()?.counter(counter))
            .is_some_and(|row| row.open)
    }

    /// The visit that is called to or served at this counter.
    fn running(&self) -> Option<&TicketRow> {
        let panel = self.mirror.panel()?;
        panel.ticket(panel.counter(self.counter()?)?.running?)
    }

    fn marked_ticket(&self) -> Option<&TicketRow> {
        self.mirror.panel()?.ticket(self.marked?)
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

    fn set_clock(&mut self, update: &Update, now: Moment) {
        match update {
            Update::Message(ServerMessage::Welcome(welcome)) => {
                self.times = Times::in_zone(&welcome.office.time_zone);
                self.office_clock.told(welcome.now, now);
            }
            Update::Message(ServerMessage::Ping { now: office }) => {
                self.office_clock.told(*office, now);
            }
            _ => {}
        }
    }

    fn note_call(&mut self, now: Moment) {
        let call = self.running().and_then(|ticket| ticket.call);
        if call != self.call_noticed.map(|noticed| noticed.call) {
            self.call_noticed = call.map(|call| CallNoticed {
                call,
                at: now.steady,
            });
        }
    }

    /// What a notice may rest on.
    fn ground(&self) -> Ground {
        let people = |state| self.in_state(state).count();
        Ground {
            link_live: self.mirror.link == Link::Live,
            open: self.is_open(),
            visit: self.running().map(|ticket| (ticket.id, ticket.state)),
            waiting: people(TicketState::Waiting),
        }
    }

    fn drop_outdated_notice(&mut self, before: &Ground, after: &Ground) {
        let moved = before.open != after.open || before.visit != after.visit;
        let line_moved = before.waiting != after.waiting;
        let lost = before.link_live && !after.link_live;
        if let Some(notice) = &self.notice
            && (moved
                || line_moved && notice.is_about_the_line()
                || lost && !notice.is_about_the_answer())
        {
            self.notice = None;
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Ground {
    link_live: bool,
    open: bool,
    visit: Option<(TicketId, TicketState)>,
    waiting: usize,
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

#[cfg(test)]
mod tests;
