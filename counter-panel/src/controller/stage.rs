//! Reads from the server's view where this counter stands, and what its head bar shows.

use std::time::Duration;

use aufruf_client::Link;
use aufruf_protocol::latest::{CounterMode, Need, Rule, TicketRow, TicketState, Why};
use jiff::{SignedDuration, Timestamp};

use super::times::{minutes, stopwatch};
use super::{Controller, Header, LinkModel, Reason, Sight, Stage, Visit};

/// A display that is well paints within milliseconds; after this long the clerk must know.
const PAINTED_WITHIN: Duration = Duration::from_secs(3);
/// Longer than the calls before it keep the chime, in all but a burst.
const HEARD_WITHIN: Duration = Duration::from_secs(20);

impl Controller {
    pub(super) fn stage(&self, office_now: Timestamp, steady: Duration) -> Stage {
        if self.mirror.welcome.is_none() {
            return Stage::Unknown;
        }
        if self.counter().is_none() {
            return Stage::NotAPanel;
        }
        if self.mirror.panel().is_none() {
            return Stage::Unknown;
        }
        match self.running() {
            Some(ticket) if ticket.state == TicketState::Serving => Stage::Serving {
                visit: self.visit(ticket, office_now),
            },
            Some(ticket) => Stage::Called {
                visit: self.visit(ticket, office_now),
                sight: self.sight(steady),
            },
            None => match self.mode() {
                CounterMode::Open => Stage::Free,
                CounterMode::Paused => Stage::Paused,
                CounterMode::Closed | CounterMode::Unknown => Stage::Closed,
            },
        }
    }

    pub(super) fn link(&self) -> LinkModel {
        match self.mirror.link {
            Link::Live => LinkModel::Live,
            Link::Connecting | Link::Unpaired { .. } => LinkModel::Connecting,
            Link::Stale { since } => LinkModel::Away {
                since: self.times.clock(self.mirror.server_now(since)),
            },
        }
    }

    pub(super) fn header(&self, office_now: Timestamp) -> Header {
        if self.office().is_none() {
            return Header::default();
        }
        let longest = self.mirror.panel().and_then(|panel| {
            let since = panel.queues.iter().filter_map(|queue| queue.longest_since);
            since.min()
        });
        Header {
            counter: self.counter_name(),
            clerk: self.clerk_here().or(self.clerk.as_ref()).cloned(),
            way: self.way(),
            waiting: self.waiting_by_prefix(),
            longest_wait_minutes: longest.map(|since| minutes(since, office_now)),
            clock: self.times.clock(office_now),
        }
    }

    /// `A 14 · B 6 · C 2`, in the office's order of queues.
    fn waiting_by_prefix(&self) -> String {
        let (Some(office), Some(panel)) = (self.office(), self.mirror.panel()) else {
            return String::new();
        };
        let figures = office.queues.iter().filter_map(|queue| {
            let row = panel.queues.iter().find(|row| row.queue == queue.key)?;
            Some(format!("{} {}", queue.prefix, row.waiting))
        });
        figures.collect::<Vec<_>>().join(" · ")
    }

    fn visit(&self, ticket: &TicketRow, office_now: Timestamp) -> Visit {
        Visit {
            id: ticket.id,
            number: ticket.number.clone(),
            lasts: stopwatch(began(ticket), office_now),
            calls: ticket.calls,
            services: self.services_of(ticket),
            language: self.foreign_language_of(ticket),
            needs: known_needs(ticket),
            persons: ticket.persons,
            arrived: ticket.arrived_at.map(|at| self.times.clock(at)),
            waited_minutes: ticket.arrived_at.map_or(0, |at| minutes(at, ticket.since)),
            appointment: ticket.appointment_at.map(|at| self.times.clock(at)),
            reason: ticket.why.and_then(|why| self.reason(&why)),
            break_follows: self.mode() == CounterMode::Paused,
            promised: ticket.promise.map(|promise| self.times.window(&promise)),
            paper: self.paper_of(ticket.id),
        }
    }

    fn reason(&self, why: &Why) -> Option<Reason> {
        let at = || Some(self.times.clock(why.at?));
        Some(match why.rule {
            Rule::FirstInLine => Reason::FirstInLine,
            Rule::Overdue => Reason::Overdue(why.max_wait_min?),
            Rule::Priority => Reason::Priority(why.priority?),
            Rule::Appointment => Reason::Appointment(at()?),
            Rule::EarlyAppointment => Reason::EarlyAppointment(at()?),
            Rule::TurnOfOthers => Reason::TurnOfOthers(why.after?),
            Rule::FitsBefore => Reason::FitsBefore(at()?),
            Rule::ShorterFirst => Reason::ShorterFirst(why.overtaken?),
            Rule::OwnService => Reason::OwnService,
            Rule::Chosen => Reason::Chosen,
            Rule::Unknown => return None,
        })
    }

    fn sight(&self, steady: Duration) -> Sight {
        let row = self
            .counter()
            .and_then(|key| self.mirror.panel()?.counter(key));
        let Some(seen) = row.and_then(|row| row.seen) else {
            return Sight::Pending;
        };
        let for_longer_than = |span| {
            let noticed = self.call_noticed;
            noticed.is_some_and(|noticed| steady.saturating_sub(noticed.at) >= span)
        };
        if seen.painted > 0 {
            let (painted, displays) = (seen.painted, seen.displays.max(seen.painted));
            return if seen.announced == 0 && seen.displays > 0 && for_longer_than(HEARD_WITHIN) {
                Sight::Unheard { painted, displays }
            } else {
                Sight::Seen { painted, displays }
            };
        }
        match (seen.displays, for_longer_than(PAINTED_WITHIN)) {
            (_, false) => Sight::Pending,
            (0, true) => Sight::NoDisplay,
            (_, true) => Sight::Nowhere,
        }
    }
}

/// When the stopwatch of the visit would have begun, had it not been parked in between.
fn began(ticket: &TicketRow) -> Timestamp {
    if ticket.state != TicketState::Serving {
        return ticket.since;
    }
    let before = i64::try_from(ticket.served_secs).unwrap_or(i64::MAX);
    let began = ticket.since.checked_sub(SignedDuration::from_secs(before));
    began.unwrap_or(ticket.since)
}

/// The needs this version has words for.
pub(super) fn known_needs(ticket: &TicketRow) -> Vec<Need> {
    let known = ticket.needs.iter().filter(|need| **need != Need::Unknown);
    known.copied().collect()
}
