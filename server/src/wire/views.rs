//! What each screen shows, derived from the state.
//!
//! Pure: no clock, no I/O; everything that is not in the state is an argument.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::planning::Outlook;
use aufruf_engine::{Office, Queue, QueueKey, Service, State, Ticket};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use super::calls::shown_call_id;
use super::counters::counter_row;
use super::house::{self, WalkIns};
use super::{shown_call, told_row, words};
use crate::office::OfficeDocument;
use crate::runtime::{OpenJobs, SeenCalls, StreamKey, ToldWindows, Troubles};

/// Everything that views are made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) state: &'a State,
    /// The texts of the office in the state.
    pub(crate) document: &'a OfficeDocument,
    pub(crate) seen: &'a SeenCalls,
    pub(crate) jobs: &'a OpenJobs,
    pub(crate) troubles: &'a Troubles,
    /// What the planning worker found last.
    pub(crate) outlook: &'a Outlook,
    /// What people were told of it.
    pub(crate) told: &'a ToldWindows,
    /// Offers open and close, and agreed times come, when nothing happens.
    pub(crate) now: Timestamp,
}

/// How everything stands at one moment. What several streams show is worked out once.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    facts: Facts<'a>,
    queues: OnceCell<Vec<wire::QueueRow>>,
    offers: OnceCell<Vec<wire::Offer>>,
}

impl<'a> Picture<'a> {
    pub(crate) fn of(facts: Facts<'a>) -> Self {
        Self {
            facts,
            queues: OnceCell::new(),
            offers: OnceCell::new(),
        }
    }

    /// The whole view of a stream.
    pub(crate) fn view(&self, of: &StreamKey) -> wire::View {
        match of {
            StreamKey::Panels => wire::View::Panel(self.panel()),
            StreamKey::Displays(area) => wire::View::Display(self.display(area)),
            StreamKey::Kiosk(kiosk) => wire::View::Kiosk(wire::KioskView {
                offers: self.offers().to_vec(),
                prints: self.facts.jobs.of_kiosk(kiosk),
            }),
            StreamKey::Printer(printer) => wire::View::Printer(wire::PrinterView {
                jobs: self.facts.jobs.of_printer(printer),
            }),
        }
    }

    fn panel(&self) -> wire::PanelView {
        let tickets = self.facts.state.tickets();
        let open = tickets.filter(|ticket| !ticket.state.is_final());
        wire::PanelView {
            tickets: open
                .map(|ticket| told_row(ticket, self.facts.told))
                .collect(),
            counters: self.counters(),
            queues: self.queues().to_vec(),
            finished: self.finished(),
            faults: self.facts.troubles.faults(),
            unprinted: self.facts.troubles.unprinted(),
            emergencies: self.emergencies(),
            locks: self.locks(),
        }
    }

    fn display(&self, area: &wire::AreaKey) -> wire::DisplayView {
        let mut view = wire::DisplayView {
            calls: Vec::new(),
            queues: self.area_queues(area),
        };
        let calls = self.running();
        for call in calls.filter_map(|ticket| shown_call(self.facts.state, ticket)) {
            if self.area_of(&call.counter).as_ref() == Some(area) {
                view.take_call(&call);
            }
        }
        view
    }

    /// The visits that are at a counter now.
    fn running(&self) -> impl Iterator<Item = &Ticket> {
        let state = self.facts.state;
        let counters = state.office().into_iter();
        let counters = counters.flat_map(|office| &office.counters);
        counters.filter_map(|counter| state.ticket(state.counter(&counter.key)?.running?))
    }

    /// The area whose displays call to a counter.
    pub(crate) fn area_of(&self, counter: &wire::CounterKey) -> Option<wire::AreaKey> {
        let mut counters = self.facts.state.office()?.counters.iter();
        let counter = counters.find(|known| known.key.as_str() == counter.as_str())?;
        Some(wire::AreaKey::new(counter.area.as_str()))
    }

    /// The ids of the calls that displays list now.
    pub(crate) fn running_calls(&self) -> BTreeSet<wire::CallId> {
        let ids = self.running();
        ids.filter_map(|ticket| shown_call_id(self.facts.state, ticket))
            .collect()
    }

    pub(crate) fn counters(&self) -> Vec<wire::CounterRow> {
        let office = self.facts.state.office().into_iter();
        let counters = office.flat_map(|office| &office.counters);
        counters.map(|counter| self.counter(counter)).collect()
    }

    fn counter(&self, counter: &aufruf_engine::Counter) -> wire::CounterRow {
        let state = self.facts.state;
        let running = state.counter(&counter.key).and_then(|today| today.running);
        let call = running.and_then(|ticket| shown_call_id(state, state.ticket(ticket)?));
        let area = wire::AreaKey::new(counter.area.as_str());
        let seen = call.map(|call| self.facts.seen.of(call, &area));
        counter_row(state, &counter.key, seen)
    }

    /// Every line of people in figures.
    pub(crate) fn queues(&self) -> &[wire::QueueRow] {
        self.queues.get_or_init(|| {
            let office = self.facts.state.office().into_iter();
            let rows = office.flat_map(|office| {
                let queues = office.queues.iter();
                queues.map(|queue| self.queue(office, queue))
            });
            rows.collect()
        })
    }

    /// The queues whose people are called to an area.
    pub(crate) fn area_queues(&self, area: &wire::AreaKey) -> Vec<wire::QueueRow> {
        let Some(office) = self.facts.state.office() else {
            return Vec::new();
        };
        let counters = office.counters.iter();
        let here = counters.filter(|counter| counter.area.as_str() == area.as_str());
        let skills = here.flat_map(|counter| &counter.skills);
        let queues: BTreeSet<wire::QueueKey> = skills
            .filter_map(|skill| Some(words::queue(&office.service(skill)?.queue)))
            .collect();
        let rows = self.queues().iter();
        rows.filter(|row| queues.contains(&row.queue))
            .cloned()
            .collect()
    }

    fn queue(&self, office: &Office, queue: &Queue) -> wire::QueueRow {
        let services = office.services.iter();
        let services = services.filter(|service| service.queue == queue.key);
        let mut windows = services.filter_map(|service| self.window(service));
        wire::QueueRow {
            queue: words::queue(&queue.key),
            waiting: self.facts.state.waiting(&queue.key),
            longest_since: self.longest_since(&queue.key),
            promise: windows.next(),
        }
    }

    /// What somebody is told who comes now for this service.
    fn window(&self, service: &Service) -> Option<wire::Promise> {
        let Facts { state, outlook, .. } = self.facts;
        let window = outlook.services.get(&service.key);
        let window = window.filter(|_| !state.is_sold_out(&service.key));
        window.map(|window| words::promise(window.for_people()))
    }

    fn longest_since(&self, queue: &QueueKey) -> Option<Timestamp> {
        let line = self.facts.state.lines().get(queue)?;
        line.longest_since(self.facts.now)
    }

    /// What a kiosk offers now.
    pub(crate) fn offers(&self) -> &[wire::Offer] {
        self.offers.get_or_init(|| {
            let Facts {
                state,
                document,
                now,
                ..
            } = self.facts;
            let Some(office) = state.office() else {
                return Vec::new();
            };
            let queues = office.queues.iter().map(|queue| &queue.key);
            let walk_ins: BTreeMap<&QueueKey, WalkIns> = queues
                .map(|key| (key, WalkIns::of(state, document, key, now)))
                .collect();
            let services = office.services.iter();
            let offers = services
                .filter_map(|service| Some(self.offer(service, walk_ins.get(&service.queue)?)));
            offers.collect()
        })
    }

    fn offer(&self, service: &Service, walk_ins: &WalkIns) -> wire::Offer {
        let state = self.facts.state;
        let walk_ins = walk_ins.clone().of_service(state, &service.key);
        wire::Offer {
            service: words::service(&service.key),
            state: walk_ins.state,
            opens_at: walk_ins.opens_at,
            notice: walk_ins.notice,
            waiting: state.waiting(&service.queue),
            promise: self.window(service),
        }
    }

    pub(crate) fn emergencies(&self) -> Vec<wire::EmergencyRow> {
        house::emergencies(self.facts.state)
    }

    pub(crate) fn locks(&self) -> Vec<wire::LockRow> {
        house::locks(self.facts.state)
    }

    /// Visits finished today.
    pub(crate) fn finished(&self) -> u32 {
        self.facts.state.finished()
    }
}
