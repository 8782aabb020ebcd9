//! The rest of a day with names and times, ready to be shown.
//!
//! Pure: the state and the time are arguments.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::hours::OpenSpan;
use aufruf_engine::planning::{Outlook, Picture, Plan, StayOf};
use aufruf_engine::{CounterKey, Day, Promise, Refusal, ServiceKey, State, TicketId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Names;
use super::hours::{closing, ended};

/// A shorter gap is no time for anything else.
const WORTH_TELLING: SignedDuration = SignedDuration::from_mins(5);

/// The plan gives overdue people the time that they take, times the chance that they still come. What is
/// shorter than this says: they will not.
const HARDLY: SignedDuration = SignedDuration::from_mins(1);

/// The rest of a day as expected at one moment.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// None where nobody knows the office's name.
    pub office: Option<String>,
    pub zone: TimeZone,
    pub at: Timestamp,
    /// When the last queue of the office closes today; none where no queue has hours today.
    pub closes: Option<Timestamp>,
    /// In the office's order.
    pub rows: Vec<Row>,
    /// Who waits and would be called by no counter, as far as anybody can see.
    pub unplanned: Vec<Waiting>,
    /// In the office's order.
    pub services: Vec<Service>,
}

/// One counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub key: String,
    /// When it calls people: in order, none touches the next.
    pub staffed: Vec<OpenSpan>,
    /// In order; none overlaps the next.
    pub stays: Vec<Stay>,
}

/// One visit at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// What is on the ticket.
    pub number: String,
    pub of: StayOf,
    /// The name of what the visit is for.
    pub service: String,
    pub span: OpenSpan,
}

/// One who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub number: String,
    pub service: String,
}

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub name: String,
    pub key: String,
    pub newcomers: Newcomers,
}

/// What somebody is told who comes for a service now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newcomers {
    /// Will be called in this window, rounded as people are told it.
    Called(Promise),
    /// One more could not be over in time.
    SoldOut,
    /// No counter will serve it, as far as anybody can see.
    NobodyServes,
    /// The kiosk gives no ticket.
    NoTicket(Refusal),
}

impl Sheet {
    /// The rest of the day at `now`; none while no day is open.
    pub fn of(state: &State, names: &Names, now: Timestamp) -> Option<Self> {
        let day = state.day()?;
        let picture = Picture::of(state, now);
        let plan = picture.plan(now);
        // What chance is drawn from is the record that the picture is of, as it is for the kiosk.
        let outlook = picture.outlook(now, state.last_seq().0);
        let taking = Taking { state, day, names };
        Some(Self {
            office: names.office.clone(),
            zone: day.office.zone(),
            at: now,
            closes: closing(&day.office, day.date),
            rows: taking.rows(&plan),
            unplanned: taking.unplanned(&plan),
            services: taking.services(&outlook, now),
        })
    }

    /// When the last thing that is known of is over.
    pub(super) fn ends(&self) -> Timestamp {
        let staffed = self.rows.iter().flat_map(|row| &row.staffed);
        let stays = self.rows.iter().flat_map(|row| &row.stays);
        let spans = staffed.chain(stays.map(|stay| &stay.span));
        let ends = spans.map(|span| span.to).chain(self.closes);
        ends.max().map_or(self.at, |last| last.max(self.at))
    }
}

impl Stay {
    /// Whether the plan keeps only a trace of time, for somebody who has most likely given up.
    pub(super) fn is_hardly_expected(&self) -> bool {
        self.of != StayOf::Running && self.span.to.duration_since(self.span.from) < HARDLY
    }
}

impl Row {
    /// The gaps between staffed time and stays that are worth telling, in order.
    pub fn free(&self) -> Vec<OpenSpan> {
        let mut free = Vec::new();
        for staffed in &self.staffed {
            let mut from = staffed.from;
            for stay in self.stays.iter().map(|stay| stay.span) {
                let to = stay.from.min(staffed.to);
                free.push(OpenSpan { from, to });
                from = from.max(stay.to);
            }
            let to = staffed.to;
            free.push(OpenSpan { from, to });
        }
        free.retain(|gap| gap.to.duration_since(gap.from) >= WORTH_TELLING);
        free
    }
}

struct Taking<'a> {
    state: &'a State,
    day: &'a Day,
    names: &'a Names,
}

impl Taking<'_> {
    fn rows(&self, plan: &Plan) -> Vec<Row> {
        let mut stays: BTreeMap<&CounterKey, Vec<Stay>> = BTreeMap::new();
        for stay in &plan.stays {
            stays
                .entry(&stay.counter)
                .or_default()
                .push(self.stay(stay));
        }
        let rows = plan.staffed.iter().map(|(counter, spans)| {
            let stays = stays.remove(counter).unwrap_or_default();
            let last = stays.last().map(|stay| stay.span.to);
            Row {
                name: self.names.counter(counter),
                key: counter.as_str().to_owned(),
                staffed: ended(self.day, counter, spans, last),
                stays,
            }
        });
        rows.collect()
    }

    fn stay(&self, stay: &aufruf_engine::planning::Stay) -> Stay {
        let Waiting { number, service } = self.waiting(stay.ticket);
        Stay {
            number,
            of: stay.of,
            service,
            span: OpenSpan {
                from: stay.from,
                to: stay.to,
            },
        }
    }

    /// A ticket that is planned is one of the state.
    fn waiting(&self, ticket: TicketId) -> Waiting {
        let ticket = self.state.ticket(ticket);
        Waiting {
            number: ticket.map_or_else(String::new, |ticket| ticket.number.label.clone()),
            service: ticket
                .map_or_else(String::new, |ticket| self.names.services(&ticket.services)),
        }
    }

    fn unplanned(&self, plan: &Plan) -> Vec<Waiting> {
        let planned: BTreeSet<TicketId> = plan.stays.iter().map(|stay| stay.ticket).collect();
        let queues = self.day.office.queues.iter();
        let lines = queues.flat_map(|queue| self.state.line(&queue.key));
        let left = lines.filter(|ticket| !planned.contains(&ticket.id));
        left.map(|ticket| self.waiting(ticket.id)).collect()
    }

    fn services(&self, outlook: &Outlook, now: Timestamp) -> Vec<Service> {
        let services = self.day.office.services.iter().map(|service| Service {
            name: self.names.service(&service.key),
            key: service.key.as_str().to_owned(),
            newcomers: match self.state.takes_walk_ins(&service.queue, now) {
                Ok(()) => self.newcomers(&service.key, outlook),
                Err(refusal) => Newcomers::NoTicket(refusal),
            },
        });
        services.collect()
    }

    fn newcomers(&self, service: &ServiceKey, outlook: &Outlook) -> Newcomers {
        if outlook.full.contains(service) || self.state.is_sold_out(service) {
            return Newcomers::SoldOut;
        }
        let window = outlook.services.get(service);
        window.map_or(Newcomers::NobodyServes, |window| {
            Newcomers::Called(window.for_people())
        })
    }
}
