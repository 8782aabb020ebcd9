//! Reads from the server's view where this counter stands, and what its head bar shows.

use aufruf_client::Link;
use aufruf_protocol::latest::{Need, TicketRow, TicketState};
use jiff::{SignedDuration, Timestamp};

use super::times::{minutes, stopwatch};
use super::{Controller, Header, LinkModel, Sight, Stage, Visit};

/// A display that is well paints within milliseconds; after this long the clerk must know.
const PAINTED_WITHIN: SignedDuration = SignedDuration::from_secs(3);

impl Controller {
    pub(super) fn stage(&self, now: Timestamp) -> Stage {
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
                visit: self.visit(ticket, now),
            },
            Some(ticket) => Stage::Called {
                visit: self.visit(ticket, now),
                sight: self.sight(now),
            },
            None if self.is_open() => Stage::Free,
            None => Stage::Closed,
        }
    }

    pub(super) fn link(&self) -> LinkModel {
        match self.mirror.link {
            Link::Live => LinkModel::Live,
            Link::Connecting => LinkModel::Connecting,
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

    fn visit(&self, ticket: &TicketRow, now: Timestamp) -> Visit {
        let office_now = self.mirror.server_now(now);
        Visit {
            id: ticket.id,
            number: ticket.number.clone(),
            lasts: stopwatch(ticket.since, office_now),
            calls: ticket.calls,
            services: self.services_of(ticket),
            language: self.foreign_language_of(ticket),
            needs: known_needs(ticket),
            arrived: self.times.clock(ticket.arrived_at),
            waited_minutes: minutes(ticket.arrived_at, ticket.since),
            promised: ticket.promise.map(|promise| self.times.window(&promise)),
        }
    }

    fn sight(&self, now: Timestamp) -> Sight {
        let row = self
            .counter()
            .and_then(|key| self.mirror.panel()?.counter(key));
        let Some(seen) = row.and_then(|row| row.seen) else {
            return Sight::Pending;
        };
        if seen.painted > 0 {
            return Sight::Seen {
                painted: seen.painted,
                displays: seen.displays.max(seen.painted),
            };
        }
        let late = self
            .call_noticed
            .is_some_and(|noticed| now.duration_since(noticed.at) >= PAINTED_WITHIN);
        match (seen.displays, late) {
            (_, false) => Sight::Pending,
            (0, true) => Sight::NoDisplay,
            (_, true) => Sight::Nowhere,
        }
    }
}

/// The needs this version has words for.
pub(super) fn known_needs(ticket: &TicketRow) -> Vec<Need> {
    let known = ticket.needs.iter().filter(|need| **need != Need::Unknown);
    known.copied().collect()
}
