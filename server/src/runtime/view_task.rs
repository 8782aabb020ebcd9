//! The view task: follows the committed records with a copy of the state, and tells every screen.
//! The call goes first, before all else that a batch changed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aufruf_engine::planning::Outlook;
use aufruf_engine::{Event, Language, Record, State, TicketId, apply};
use aufruf_protocol::latest as wire;
use aufruf_store::Store;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use super::jobs::OpenJobs;
use super::office_watch::OfficeWatch;
use super::planning::{Planning, Sitting};
use super::presence::Presence;
use super::seen::SeenCalls;
use super::streams::{Stream, StreamKey};
use super::told::ToldWindows;
use super::troubles::Troubles;
use super::view_outlook::Quiet;
use super::view_requests::{Request, ViewHandle};
use super::view_visitors::{Look, WAITING_PAGES};
use crate::app::OfficeInUse;
use crate::auth::Devices;
use crate::clock::Clock;
use crate::health::Part;
use crate::ids::IdSource;
use crate::metrics::Metrics;
use crate::wire::views::{Facts, Picture};
use crate::wire::{changes, office_info, shown_call};

/// LIMIT: batches that wait for the view task; a batch is told in well under a millisecond.
const WAITING_BATCHES: usize = 1_024;
/// LIMIT: wishes and reports of devices that wait for the view task; past it their connections wait.
const WAITING_REQUESTS: usize = 1_024;
/// How often print jobs are looked through for those that are too old.
const SWEEP: Duration = Duration::from_secs(5);
/// So long those who only watch wait for figures, which nobody acts on within a blink.
const SOON: Duration = Duration::from_millis(100);
/// A picture for the planning worker is taken this often at most: it looks at everybody who waits.
pub(super) const SIT_EVERY: Duration = Duration::from_secs(1);

/// What the engine task publishes.
#[derive(Debug)]
pub enum Committed {
    Records {
        /// On disk, in their order.
        records: Vec<Record>,
        /// The languages of papers, where somebody asked for one.
        papers: BTreeMap<TicketId, Language>,
    },
    /// The state was rebuilt from disk: forget what was derived before.
    Rebuilt(Box<State>),
}

/// What the view task works with.
#[derive(Debug)]
pub struct Following {
    pub store: Store,
    pub devices: Devices,
    pub clock: Arc<dyn Clock>,
    pub metrics: Metrics,
}

/// A visit that a record is about to change.
struct Before {
    ticket: TicketId,
    /// It is a ticket of today.
    is_known: bool,
    /// The call that displays list.
    call: Option<wire::Call>,
}

/// Owns every stream of one office.
#[derive(Debug)]
pub struct ViewTask {
    pub(super) state: State,
    pub(super) office: OfficeInUse,
    /// The same, as devices get it.
    pub(super) office_info: Arc<wire::OfficeInfo>,
    pub(super) store: Store,
    pub(super) devices: Devices,
    pub(super) clock: Arc<dyn Clock>,
    ids: IdSource,
    pub(super) epoch: String,
    pub(super) streams: BTreeMap<StreamKey, Stream>,
    pub(super) presence: Presence,
    pub(super) seen: SeenCalls,
    pub(super) jobs: OpenJobs,
    pub(super) troubles: Troubles,
    /// The parts of the server itself that are not well, in words.
    pub(super) own_faults: BTreeMap<Part, String>,
    /// What the planning worker found last, to the second.
    pub(super) outlook: Outlook,
    /// What people were told of it.
    pub(super) told: ToldWindows,
    pub(super) sittings: watch::Sender<Option<Sitting>>,
    pub(super) quiet: Quiet,
    metrics: Metrics,
    /// When those who watch hear what else has changed.
    walls_at: Option<Instant>,
    committed: mpsc::Receiver<Committed>,
    requests: mpsc::Receiver<Request>,
    looks: mpsc::Receiver<Look>,
}

/// Waits until then; for ever where there is no such moment.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

impl ViewTask {
    /// The task, not yet running; the way to it; where the engine task publishes; and the worker that
    /// makes its windows.
    pub fn new(
        state: State,
        office: OfficeInUse,
        Following {
            store,
            devices,
            clock,
            metrics,
        }: Following,
    ) -> (Self, ViewHandle, mpsc::Sender<Committed>, Planning) {
        let (publish, committed) = mpsc::channel(WAITING_BATCHES);
        let (ask, requests) = mpsc::channel(WAITING_REQUESTS);
        let (look, looks) = mpsc::channel(WAITING_PAGES);
        let (sittings, pictures) = watch::channel(None);
        let planning = Planning {
            sittings: pictures,
            planned: ask.clone(),
            clock: Arc::clone(&clock),
        };
        let ids = IdSource::new(Arc::clone(&clock));
        let mut task = Self {
            state,
            office_info: Arc::new(office_info(&office.document, office.version)),
            office,
            store,
            devices,
            clock,
            epoch: ids.epoch(),
            ids,
            streams: BTreeMap::new(),
            presence: Presence::default(),
            seen: SeenCalls::default(),
            jobs: OpenJobs::default(),
            troubles: Troubles::default(),
            own_faults: BTreeMap::new(),
            outlook: Outlook::default(),
            told: ToldWindows::default(),
            sittings,
            quiet: Quiet::Never,
            metrics,
            walls_at: None,
            committed,
            requests,
            looks,
        };
        task.jobs = task.jobs_of_today();
        task.begin_epoch();
        let handle = ViewHandle {
            requests: ask,
            looks: look,
        };
        (task, handle, publish, planning)
    }

    /// Runs until `stopping`.
    pub async fn run(mut self, stopping: CancellationToken) {
        let mut sweep = tokio::time::interval(SWEEP);
        let mut sitting = tokio::time::interval(SIT_EVERY);
        sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
        sitting.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                committed = self.committed.recv() => match committed {
                    Some(Committed::Records { records, papers }) => self.follow(&records, &papers),
                    Some(Committed::Rebuilt(state)) => {
                        // It follows exactly what is on disk: mostly there is nothing new in it.
                        if state.last_seq() != self.state.last_seq() {
                            self.state = *state;
                            self.begin_epoch();
                        }
                    }
                    None => return,
                },
                request = self.requests.recv() => match request {
                    Some(request) => self.serve(request),
                    None => return,
                },
                () = at(self.walls_at) => self.tell_walls(),
                _ = sitting.tick() => self.sit(),
                _ = sweep.tick() => {
                    self.expire_jobs();
                    self.presence.retain(&self.devices.all());
                }
                () = stopping.cancelled() => return,
                look = self.looks.recv() => match look {
                    Some(look) => self.show(look),
                    None => return,
                },
            }
        }
    }

    /// Everybody starts anew: listeners see their stream end and ask again.
    fn begin_epoch(&mut self) {
        self.read_texts();
        self.epoch = self.ids.epoch();
        self.streams.clear();
        let Self { jobs, state, .. } = self;
        jobs.retain(|ticket| state.ticket(crate::wire::ticket_id(ticket)).is_some());
        self.forget_paper();
        let running = self.picture().running_calls();
        self.seen.follow(&running);
        // Of another day, or of another office.
        self.outlook = Outlook::default();
        self.quiet = Quiet::Never;
    }

    /// The texts that belong to the office in the state. Seldom, and a few milliseconds.
    fn read_texts(&mut self) {
        let version = self.state.office().map(|office| office.version);
        let Some(version) = version.filter(|version| *version != self.office.version) else {
            return;
        };
        match OfficeWatch::of_version(&self.store, version) {
            Ok(office) => {
                self.office_info = Arc::new(office_info(&office.document, office.version));
                self.office = office;
            }
            Err(fault) => error!(
                "screens keep the texts of version {}: {fault}",
                self.office.version
            ),
        }
    }

    pub(super) fn picture(&self) -> Picture<'_> {
        let Self {
            state,
            office,
            seen,
            jobs,
            troubles,
            outlook,
            told,
            ..
        } = self;
        Picture::of(Facts {
            state,
            document: &office.document,
            seen,
            jobs,
            troubles,
            outlook,
            told,
            now: self.clock.now(),
        })
    }

    /// Takes in what is on disk now, and tells it: calls and print jobs, then the rest.
    fn follow(&mut self, records: &[Record], papers: &BTreeMap<TicketId, Language>) {
        let mut tickets = Vec::new();
        let mut new_office = false;
        for record in records {
            let before = self.before(record);
            apply(&mut self.state, record);
            new_office |= matches!(
                record.event,
                Event::OfficeChanged { .. } | Event::DayOpened { .. }
            );
            for before in &before {
                self.tell_shown(record, before);
            }
            self.tell_print_job(record, papers);
            Self::log_sold_out(record);
            self.count_call(record);
            let rows = before.iter().filter_map(|before| {
                let now = self.state.ticket(before.ticket);
                changes::of_ticket(before.ticket, now, before.is_known, &self.told)
            });
            tickets.extend(rows);
        }
        if new_office {
            self.begin_epoch();
            return;
        }
        let running = self.picture().running_calls();
        self.seen.follow(&running);
        if let Some(stream) = self.streams.get_mut(&StreamKey::Panels) {
            stream.push_changes(tickets);
        }
        self.forget_paper();
        self.tell_news();
        self.quiet = Quiet::Never;
    }

    fn count_call(&self, record: &Record) {
        if let Event::TicketCalled { ticket, .. } = record.event
            && let Some(ticket) = self.state.ticket(ticket)
        {
            self.metrics.promises().called(ticket);
        }
    }

    /// The visits that a record is about to change.
    fn before(&self, record: &Record) -> Vec<Before> {
        let touched = changes::touched(&self.state, &record.event).into_iter();
        let before = touched.map(|ticket| {
            let held = self.state.ticket(ticket);
            Before {
                ticket,
                is_known: held.is_some(),
                call: held.and_then(|held| shown_call(&self.state, held)),
            }
        });
        before.collect()
    }

    /// What a record did to the call of a visit: displays show the new one first, then the old one goes.
    fn tell_shown(&mut self, record: &Record, before: &Before) {
        let held = self.state.ticket(before.ticket);
        let after = held.and_then(|held| shown_call(&self.state, held));
        let id = |call: &Option<wire::Call>| call.as_ref().map(|call| call.id);
        if id(&before.call) == id(&after) {
            return;
        }
        if let Some(call) = &after {
            self.tell_call(record, call);
        }
        if let Some(call) = &before.call {
            self.tell_withdrawn(call.id);
        }
    }

    /// A call that came back with a step that was taken back has its old id: displays that knew it
    /// list it again without a sound.
    fn tell_call(&mut self, record: &Record, call: &wire::Call) {
        let is_new = call.id.0 == record.seq.0;
        let what = if is_new { "called" } else { "calls again" };
        info!(call = call.id.0, ticket.id = %call.ticket, counter.id = %call.counter, nth = call.nth, "{what} {}", call.number);
        let area = self.picture().area_of(&call.counter);
        if let Some(stream) = area.and_then(|area| self.streams.get_mut(&StreamKey::Displays(area)))
        {
            stream.push_call(call);
        }
    }

    /// The call leaves the displays that list it.
    fn tell_withdrawn(&mut self, call: wire::CallId) {
        for stream in self.streams.values_mut() {
            stream.push_changes(changes::call_gone(stream.view(), call));
        }
    }

    /// Whatever else a screen shows that is not so any more: at once for staff, who act on it, and in a moment for
    /// all others, so that one message tells them what many batches changed.
    pub(super) fn tell_news(&mut self) {
        self.tell_news_of(|key| *key == StreamKey::Panels);
        self.walls_at.get_or_insert_with(|| Instant::now() + SOON);
    }

    fn tell_walls(&mut self) {
        self.walls_at = None;
        self.tell_news_of(|key| *key != StreamKey::Panels);
    }

    fn tell_news_of(&mut self, is_told: impl Fn(&StreamKey) -> bool) {
        let mut streams = std::mem::take(&mut self.streams);
        let picture = self.picture();
        let told = streams.iter_mut().filter(|(key, _)| is_told(key));
        for (key, stream) in told {
            let area = if let StreamKey::Displays(area) = key {
                Some(area)
            } else {
                None
            };
            stream.push_changes(changes::news(stream.view(), &picture, area));
        }
        self.streams = streams;
    }
}
