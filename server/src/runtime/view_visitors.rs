//! What a visitor's own page shows, as the view task knows it. Asked on a way of its own that is served after
//! everything else: however many phones look, calls and devices go first.

use aufruf_engine::{CheckInRule, CounterKey, Promise, Ticket, TicketId, TicketState};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::view_requests::ViewHandle;
use super::view_task::ViewTask;

/// LIMIT: pages that wait for the view task; past it phones wait, and nobody else does.
pub(super) const WAITING_PAGES: usize = 256;

/// Somebody looks at the page of a ticket.
#[derive(Debug)]
pub(super) struct Look {
    ticket: TicketId,
    reply: oneshot::Sender<Option<Visit>>,
}

/// The way on which pages are asked for.
pub(super) type Looks = mpsc::Sender<Look>;

/// What the person with the link may know of a visit: nothing about who it is or what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub number: String,
    pub language: String,
    pub standing: Standing,
}

/// Where a visit stands, as a visitor hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Booked {
        at: Timestamp,
        rule: CheckInRule,
    },
    Waiting {
        ahead: usize,
        window: Option<Promise>,
    },
    Paused {
        until: Timestamp,
    },
    Called {
        counter: CounterKey,
    },
    Serving {
        counter: CounterKey,
    },
    Parked,
    PickUp {
        counter: CounterKey,
    },
    Missed,
    Finished,
    /// Cancelled, or too old.
    Void,
}

impl ViewHandle {
    /// The visit with this ticket, where it is one of today's. None when the server stops.
    pub async fn visit(&self, ticket: Uuid) -> Option<Option<Visit>> {
        let (reply, answer) = oneshot::channel();
        let ticket = TicketId(ticket);
        self.looks.send(Look { ticket, reply }).await.ok()?;
        answer.await.ok()
    }
}

impl ViewTask {
    pub(super) fn show(&self, Look { ticket, reply }: Look) {
        let _gone = reply.send(self.state.ticket(ticket).map(|ticket| self.visit(ticket)));
    }

    fn visit(&self, ticket: &Ticket) -> Visit {
        Visit {
            number: ticket.number.label.clone(),
            language: ticket.language.as_str().to_owned(),
            standing: self.standing(ticket),
        }
    }

    fn standing(&self, ticket: &Ticket) -> Standing {
        match &ticket.state {
            TicketState::Booked => self.booked(ticket),
            TicketState::Waiting { pause } => match pause {
                Some(pause) if pause.until > self.clock.now() => {
                    Standing::Paused { until: pause.until }
                }
                Some(_) | None => Standing::Waiting {
                    ahead: self.ahead_of(ticket),
                    window: self.told.of(ticket).window(),
                },
            },
            TicketState::Called { counter, .. } => Standing::Called {
                counter: counter.clone(),
            },
            TicketState::Serving { counter, .. } => Standing::Serving {
                counter: counter.clone(),
            },
            TicketState::Parked { .. } => Standing::Parked,
            TicketState::PickUp { counter } => Standing::PickUp {
                counter: counter.clone(),
            },
            TicketState::Missed => Standing::Missed,
            TicketState::Finished { .. } => Standing::Finished,
            TicketState::Cancelled | TicketState::Expired { .. } => Standing::Void,
        }
    }

    fn booked(&self, ticket: &Ticket) -> Standing {
        let mut queues = self.office.document.queues.iter();
        let queue = queues.find(|queue| queue.key == ticket.queue.as_str());
        Standing::Booked {
            at: ticket
                .appointment
                .as_ref()
                .map_or(ticket.since, |agreed| agreed.at),
            rule: queue.map_or(CheckInRule::None, |queue| queue.rules.check_in),
        }
    }

    /// Who stands before this one and may be called now; an agreed time that comes later than both is not before.
    fn ahead_of(&self, ticket: &Ticket) -> usize {
        let now = self.clock.now();
        let latest = now.max(ticket.place.at);
        let own = (ticket.priority, ticket.place);
        let line = self.state.line(&ticket.queue);
        let may_come = |other: &&Ticket| {
            let pauses = other.state.pause().is_some_and(|pause| pause.until > now);
            !pauses && other.place.at <= latest
        };
        line.filter(may_come)
            .filter(|other| (other.priority, other.place) < own)
            .count()
    }
}
