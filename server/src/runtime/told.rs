//! What everybody who waits was told last of when they will be called, and when that has to change. In
//! memory only: after a start, what stands on the paper counts.
//!
//! ```text
//!   paper, or nothing ──a window that is not inside it, or clearly sooner──▶ that window
//!                     ──nobody can say──▶ nothing, until somebody can
//! ```
//!
//! Pure: state and windows in, what is told out.

use std::collections::BTreeMap;

use aufruf_engine::planning::Outlook;
use aufruf_engine::{Promise, State, Ticket, TicketId, TicketState};
use jiff::SignedDuration;

/// A window is clearly sooner when it ends so much earlier, and before the other one's middle.
const CLEARLY: SignedDuration = SignedDuration::from_mins(10);

/// What the people of the day were told.
#[derive(Debug, Default)]
pub(crate) struct ToldWindows {
    tickets: BTreeMap<TicketId, Told>,
    /// How often a window's end was moved to a later time, since the start of the program.
    raised: u64,
}

/// What one person was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// Rounded as people hear it.
    last: Option<Promise>,
    can_say: CanSay,
    /// How often its end was moved to a later time.
    pub(crate) raised: u32,
    /// Calls so far: after another one the person waits for something else.
    calls: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CanSay {
    Yes,
    /// Nobody will serve it, as far as anybody can see.
    No,
}

impl Told {
    /// What holds now.
    pub(crate) fn window(&self) -> Option<Promise> {
        self.last.filter(|_| self.can_say == CanSay::Yes)
    }

    /// Before anything was revised: what stands on the paper is about the first call.
    fn at_start(ticket: &Ticket) -> Self {
        Self {
            last: ticket.promise.filter(|_| ticket.calls == 0),
            can_say: CanSay::Yes,
            raised: 0,
            calls: ticket.calls,
        }
    }

    /// The same, with what is known now. A window that still holds is left alone: nobody is told
    /// something else every minute.
    fn revised(self, known: Option<Promise>) -> Self {
        let Some(window) = known.map(Promise::for_people) else {
            let can_say = CanSay::No;
            return Self { can_say, ..self };
        };
        let holds = self.last.is_some_and(|told| still_holds(told, window));
        let is_later = self.last.is_some_and(|told| window.high > told.high);
        let last = if holds { self.last } else { Some(window) };
        Self {
            last,
            can_say: CanSay::Yes,
            raised: self.raised + u32::from(is_later),
            calls: self.calls,
        }
    }
}

fn waits(ticket: &Ticket) -> bool {
    matches!(ticket.state, TicketState::Waiting { .. })
}

fn still_holds(told: Promise, window: Promise) -> bool {
    let is_inside = window.low >= told.low && window.high <= told.high;
    let is_sooner = window.high <= told.mid && told.high.duration_since(window.high) >= CLEARLY;
    is_inside && !is_sooner
}

impl ToldWindows {
    /// What the person with `ticket` was told. Who does not wait is told nothing.
    pub(crate) fn of(&self, ticket: &Ticket) -> Told {
        let told = self.begun(ticket);
        if waits(ticket) {
            return told;
        }
        Told { last: None, ..told }
    }

    /// Takes in what can be told by now of those who were `asked` about, and says whose window that
    /// changed. Whoever is away for a while keeps theirs.
    pub(crate) fn revise(
        &mut self,
        state: &State,
        asked: &[TicketId],
        outlook: &Outlook,
    ) -> Vec<TicketId> {
        let is_open = |id: &TicketId| state.ticket(*id).is_some_and(|t| !t.state.is_final());
        self.tickets.retain(|id, _| is_open(id));
        let tickets = asked.iter().filter_map(|id| state.ticket(*id));
        let mut changed = Vec::new();
        for ticket in tickets {
            let known = outlook.tickets.get(&ticket.id).copied();
            let is_away = known.is_none() && ticket.state.pause().is_some();
            if is_away || !waits(ticket) {
                continue;
            }
            let before = self.begun(ticket);
            let now = before.revised(known);
            self.raised += u64::from(now.raised - before.raised);
            self.tickets.insert(ticket.id, now);
            if now.window() != before.window() {
                changed.push(ticket.id);
            }
        }
        changed
    }

    /// How often a window's end was moved to a later time.
    pub(crate) fn raised(&self) -> u64 {
        self.raised
    }

    fn begun(&self, ticket: &Ticket) -> Told {
        let start = Told::at_start(ticket);
        match self.tickets.get(&ticket.id) {
            Some(told) if told.calls == ticket.calls => *told,
            Some(told) => Told {
                raised: told.raised,
                ..start
            },
            None => start,
        }
    }
}

#[cfg(test)]
mod tests;
