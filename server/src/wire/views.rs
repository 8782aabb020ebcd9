//! What each screen shows, derived from the state.
//!
//! Pure: no clock, no I/O; everything that is not in the state is an argument.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::{Office, Promise, QueueKey, ServiceKey, State, Ticket};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use super::{counter_row, promise_to_wire, running_call, ticket_row};
use crate::runtime::{OpenJobs, SeenCalls, StreamKey, Troubles};

/// The windows that the planning worker found last.
pub(crate) type Windows = BTreeMap<ServiceKey, Option<Promise>>;

/// Everything that views are made from.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    pub(crate) state: &'a State,
    pub(crate) seen: &'a SeenCalls,
    pub(crate) jobs: &'a OpenJobs,
    pub(crate) troubles: &'a Troubles,
    pub(crate) windows: &'a Windows,
}

impl Picture<'_> {
    /// The whole view of a stream.
    pub(crate) fn view(&self, of: &StreamKey) -> wire::View {
        match of {
            StreamKey::Panels => wire::View::Panel(self.panel()),
            StreamKey::Displays(area) => wire::View::Display(self.display(area)),
            StreamKey::Kiosk(kiosk) => wire::View::Kiosk(wire::KioskView {
                offers: self.offers(),
                prints: self.jobs.of_kiosk(kiosk),
            }),
            StreamKey::Printer(printer) => wire::View::Printer(wire::PrinterView {
                jobs: self.jobs.of_printer(printer),
            }),
        }
    }

    fn panel(&self) -> wire::PanelView {
        let open = self
            .state
            .tickets()
            .filter(|ticket| !ticket.state.is_final());
        wire::PanelView {
            tickets: open.map(ticket_row).collect(),
            counters: self.counters(),
            queues: self.queues(|_| true),
            finished: self.state.finished(),
            faults: self.troubles.faults(),
            unprinted: self.troubles.unprinted(),
        }
    }

    fn display(&self, area: &wire::AreaKey) -> wire::DisplayView {
        let mut view = wire::DisplayView {
            calls: Vec::new(),
            queues: self.area_queues(area),
        };
        for (ticket, called_at) in self.running() {
            if let Some(call) = running_call(ticket, called_at)
                && self.area_of(&call.counter).as_ref() == Some(area)
            {
                view.take_call(&call);
            }
        }
        view
    }

    /// The visits that are at a counter now, and when they were called last.
    fn running(&self) -> impl Iterator<Item = (&Ticket, Timestamp)> {
        let counters = self
            .state
            .office()
            .into_iter()
            .flat_map(|office| &office.counters);
        counters.filter_map(|counter| {
            let today = self.state.counter(&counter.key)?;
            Some((self.state.ticket(today.running?)?, today.called_at?))
        })
    }

    /// The area whose displays call to a counter.
    pub(crate) fn area_of(&self, counter: &wire::CounterKey) -> Option<wire::AreaKey> {
        let counters = &self.state.office()?.counters;
        let counter = counters
            .iter()
            .find(|known| known.key.as_str() == counter.as_str())?;
        Some(wire::AreaKey::new(counter.area.as_str()))
    }

    /// The calls that run now.
    pub(crate) fn running_calls(&self) -> BTreeSet<wire::CallId> {
        let calls = self.running().filter_map(|(ticket, _)| ticket.state.call());
        calls.map(|call| wire::CallId(call.0.0)).collect()
    }

    pub(crate) fn counters(&self) -> Vec<wire::CounterRow> {
        let Some(office) = self.state.office() else {
            return Vec::new();
        };
        office
            .counters
            .iter()
            .map(|counter| self.counter(counter))
            .collect()
    }

    fn counter(&self, counter: &aufruf_engine::Counter) -> wire::CounterRow {
        let running = self
            .state
            .counter(&counter.key)
            .and_then(|today| today.running);
        let call = running.and_then(|ticket| self.state.ticket(ticket)?.state.call());
        let area = wire::AreaKey::new(counter.area.as_str());
        let seen = call.map(|call| self.seen.of(wire::CallId(call.0.0), &area));
        counter_row(self.state, &counter.key, seen)
    }

    pub(crate) fn queues(&self, shown: impl Fn(&QueueKey) -> bool) -> Vec<wire::QueueRow> {
        let Some(office) = self.state.office() else {
            return Vec::new();
        };
        let keys = office
            .queues
            .iter()
            .map(|queue| &queue.key)
            .filter(|key| shown(key));
        keys.map(|key| self.queue(office, key)).collect()
    }

    /// The queues whose people are called to an area.
    pub(crate) fn area_queues(&self, area: &wire::AreaKey) -> Vec<wire::QueueRow> {
        let Some(office) = self.state.office() else {
            return Vec::new();
        };
        let here = office
            .counters
            .iter()
            .filter(|c| c.area.as_str() == area.as_str());
        let skills = here.flat_map(|counter| &counter.skills);
        let queues: BTreeSet<&QueueKey> = skills
            .filter_map(|skill| Some(&office.service(skill)?.queue))
            .collect();
        self.queues(|key| queues.contains(key))
    }

    fn queue(&self, office: &Office, key: &QueueKey) -> wire::QueueRow {
        let services = office
            .services
            .iter()
            .filter(|service| &service.queue == key);
        let mut windows = services.filter_map(|service| *self.windows.get(&service.key)?);
        wire::QueueRow {
            queue: wire::QueueKey::new(key.as_str()),
            waiting: count(self.state.line(key).len()),
            // The first in line: whoever was put back to the end waits anew.
            longest_since: self.state.line(key).next().map(|ticket| ticket.arrived_at),
            promise: windows.next().map(promise_to_wire),
        }
    }

    /// What a kiosk offers now.
    pub(crate) fn offers(&self) -> Vec<wire::Offer> {
        let Some(office) = self.state.office() else {
            return Vec::new();
        };
        let offer = |service: &aufruf_engine::Service| wire::Offer {
            service: wire::ServiceKey::new(service.key.as_str()),
            state: wire::OfferState::Open,
            waiting: count(self.state.line(&service.queue).len()),
            promise: self
                .windows
                .get(&service.key)
                .copied()
                .flatten()
                .map(promise_to_wire),
        };
        office.services.iter().map(offer).collect()
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
