//! The view task: follows the committed records with a copy of the state, and tells every screen.
//! The call goes first, before all else that a batch changed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aufruf_engine::promise::Picture as PromisePicture;
use aufruf_engine::{Event, Record, State, TicketId, apply};
use aufruf_protocol::latest as wire;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::jobs::{OpenJob, OpenJobs};
use super::planning::{Planning, Sitting};
use super::seen::{SeenCalls, Shown};
use super::streams::{Stream, StreamKey, Subscription};
use super::views::{Picture, Windows, is_on_display, news, ticket_change};
use crate::app::OfficeInUse;
use crate::auth::{Device, Devices};
use crate::clock::Clock;
use crate::config::DeviceRole;
use crate::ids::IdSource;
use crate::print::ticket_job;
use crate::wire::{call, ticket_row};

/// LIMIT: batches that wait for the view task; a batch is told in well under a millisecond.
const WAITING_BATCHES: usize = 1_024;
/// LIMIT: wishes and reports of devices that wait for the view task; past it their connections wait.
const WAITING_REQUESTS: usize = 1_024;
/// How often print jobs are looked through for those that are too old.
const SWEEP: Duration = Duration::from_secs(5);

/// What the engine task publishes.
#[derive(Debug)]
pub enum Committed {
    /// On disk, in their order.
    Records(Vec<Record>),
    /// The state was rebuilt from disk: forget what was derived before.
    Rebuilt(Box<State>),
}

/// What devices and handlers want of the view task.
#[derive(Debug)]
pub enum Request {
    Connect {
        device: Device,
        reply: oneshot::Sender<Subscription>,
    },
    Disconnect {
        device: Device,
    },
    Listen {
        device: Device,
        reply: oneshot::Sender<Subscription>,
    },
    Report {
        device: Device,
        message: wire::DeviceMessage,
    },
    Ticket {
        id: TicketId,
        reply: oneshot::Sender<Option<wire::TicketRow>>,
    },
    Planned(Windows),
}

/// Asks the view task.
#[derive(Debug, Clone)]
pub struct ViewHandle {
    requests: mpsc::Sender<Request>,
}

impl ViewHandle {
    /// A device has come: what it shows, and what follows. None when the server stops.
    pub async fn connect(&self, device: &Device) -> Option<Subscription> {
        self.ask(|reply| Request::Connect {
            device: device.clone(),
            reply,
        })
        .await
    }

    /// The same again, for a device that lost the thread.
    pub async fn listen(&self, device: &Device) -> Option<Subscription> {
        self.ask(|reply| Request::Listen {
            device: device.clone(),
            reply,
        })
        .await
    }

    pub async fn disconnect(&self, device: Device) {
        let _stopped = self.requests.send(Request::Disconnect { device }).await;
    }

    pub async fn report(&self, device: &Device, message: wire::DeviceMessage) {
        let _stopped = self
            .requests
            .send(Request::Report {
                device: device.clone(),
                message,
            })
            .await;
    }

    /// A ticket of today.
    pub async fn ticket(&self, id: TicketId) -> Option<wire::TicketRow> {
        self.ask(|reply| Request::Ticket { id, reply })
            .await
            .flatten()
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.requests.send(request(reply)).await.ok()?;
        answer.await.ok()
    }
}

/// Owns every stream of one office.
#[derive(Debug)]
pub struct ViewTask {
    state: State,
    office: watch::Receiver<OfficeInUse>,
    devices: Devices,
    clock: Arc<dyn Clock>,
    ids: IdSource,
    epoch: String,
    streams: BTreeMap<StreamKey, Stream>,
    seen: SeenCalls,
    jobs: OpenJobs,
    windows: Windows,
    sittings: watch::Sender<Option<Sitting>>,
    committed: mpsc::Receiver<Committed>,
    requests: mpsc::Receiver<Request>,
}

impl ViewTask {
    /// The task, not yet running; the way to it; where the engine task publishes; and the worker that
    /// makes its windows.
    pub fn new(
        state: State,
        office: watch::Receiver<OfficeInUse>,
        devices: Devices,
        clock: Arc<dyn Clock>,
    ) -> (Self, ViewHandle, mpsc::Sender<Committed>, Planning) {
        let (publish, committed) = mpsc::channel(WAITING_BATCHES);
        let (ask, requests) = mpsc::channel(WAITING_REQUESTS);
        let (sittings, pictures) = watch::channel(None);
        let planning = Planning {
            sittings: pictures,
            windows: ask.clone(),
            clock: Arc::clone(&clock),
        };
        let ids = IdSource::new(Arc::clone(&clock));
        let mut task = Self {
            state,
            office,
            devices,
            clock,
            epoch: ids.epoch(),
            ids,
            streams: BTreeMap::new(),
            seen: SeenCalls::default(),
            jobs: OpenJobs::default(),
            windows: Windows::new(),
            sittings,
            committed,
            requests,
        };
        task.begin_epoch();
        (task, ViewHandle { requests: ask }, publish, planning)
    }

    /// Runs until `stopping`.
    pub async fn run(mut self, stopping: CancellationToken) {
        let mut sweep = tokio::time::interval(SWEEP);
        sweep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                committed = self.committed.recv() => match committed {
                    Some(Committed::Records(records)) => self.follow(&records),
                    Some(Committed::Rebuilt(state)) => {
                        self.state = *state;
                        self.begin_epoch();
                    }
                    None => return,
                },
                request = self.requests.recv() => match request {
                    Some(request) => self.serve(request),
                    None => return,
                },
                _ = sweep.tick() => self.expire_jobs(),
                () = stopping.cancelled() => return,
            }
        }
    }

    /// Everybody starts anew: listeners see their stream end and ask again.
    fn begin_epoch(&mut self) {
        self.epoch = self.ids.epoch();
        self.streams.clear();
        self.jobs = self.jobs_of_today();
        let running = self.picture().running_calls();
        self.seen.keep_only(&running);
        self.sit();
    }

    fn picture(&self) -> Picture<'_> {
        let Self {
            state,
            seen,
            jobs,
            windows,
            ..
        } = self;
        Picture {
            state,
            seen,
            jobs,
            windows,
        }
    }

    /// Takes in what is on disk now, and tells it: calls, print jobs, then the rest.
    fn follow(&mut self, records: &[Record]) {
        let mut changes = Vec::new();
        let mut new_office = false;
        for record in records {
            let before = record
                .event
                .ticket()
                .and_then(|id| self.state.ticket(id))
                .cloned();
            apply(&mut self.state, record);
            new_office |= matches!(
                record.event,
                Event::OfficeChanged { .. } | Event::DayOpened { .. }
            );
            self.tell_call(record);
            self.tell_print_job(record);
            if let Some(ticket) = record.event.ticket().and_then(|id| self.state.ticket(id)) {
                changes.push(ticket_change(ticket));
                let gone = before.filter(|before| is_on_display(before) && !is_on_display(ticket));
                if let Some(gone) = gone.and_then(|ticket| ticket.state.call()) {
                    self.withdraw(wire::CallId(gone.0.0));
                }
            }
        }
        if new_office {
            self.begin_epoch();
            return;
        }
        let running = self.picture().running_calls();
        self.seen.keep_only(&running);
        self.tell_panels(changes);
        self.tell_queues();
        self.sit();
    }

    fn tell_call(&mut self, record: &Record) {
        let Some(call) = call(&self.state, record) else {
            return;
        };
        info!(call = call.id.0, ticket.id = %call.ticket, counter.id = %call.counter, nth = call.nth, "called {}", call.number);
        let area = self.picture().area_of(&call.counter);
        if let Some(stream) = area.and_then(|area| self.streams.get_mut(&StreamKey::Displays(area)))
        {
            stream.push_call(&call);
        }
    }

    /// The visit is over or back in the line: its call leaves the displays.
    fn withdraw(&mut self, call: wire::CallId) {
        for stream in self.streams.values_mut() {
            let lists_it = |view: &wire::DisplayView| view.calls.iter().any(|held| held.id == call);
            if matches!(stream.view(), wire::View::Display(view) if lists_it(view)) {
                stream.push_changes(vec![wire::Change::CallGone { call }]);
            }
        }
    }

    fn tell_print_job(&mut self, record: &Record) {
        let Event::TicketIssued { ticket, .. } = &record.event else {
            return;
        };
        let Some(job) = self.job_of(*ticket) else {
            return;
        };
        if let Some(stream) = self
            .streams
            .get_mut(&StreamKey::Printer(job.printer.clone()))
        {
            stream.push_job(&job.job);
        }
        self.tell_kiosk(&job, wire::PrintOutcome::Pending);
        self.jobs.add(job);
    }

    fn tell_kiosk(&mut self, job: &OpenJob, outcome: wire::PrintOutcome) {
        if let Some(stream) = self.streams.get_mut(&StreamKey::Kiosk(job.kiosk.clone())) {
            stream.push_changes(vec![wire::Change::Print {
                row: job.row(outcome),
            }]);
        }
    }

    /// The job that prints a ticket, where its kiosk has a printer.
    fn job_of(&self, ticket: TicketId) -> Option<OpenJob> {
        let ticket = self.state.ticket(ticket)?;
        let kiosk = ticket.issued_by.as_str();
        let printer = self.devices.printer_of(kiosk)?.to_owned();
        let job = ticket_job(&self.office.borrow().document, ticket);
        Some(OpenJob {
            job,
            kiosk: kiosk.to_owned(),
            printer,
        })
    }

    /// After a start: jobs that may not have been printed. The agent answers those that were.
    fn jobs_of_today(&self) -> OpenJobs {
        let now = self.clock.now();
        let mut jobs = OpenJobs::default();
        let open = self
            .state
            .tickets()
            .filter(|ticket| !ticket.state.is_final());
        for job in open.filter_map(|ticket| self.job_of(ticket.id)) {
            if job.job.expires_at > now {
                jobs.add(job);
            }
        }
        jobs
    }

    fn expire_jobs(&mut self) {
        for job in self.jobs.expire(self.clock.now()) {
            warn!(job = %job.job.id, printer = job.printer, "nobody printed {} in time", job.job.number);
            self.settle_job(&job, wire::PrintOutcome::Expired);
        }
    }

    fn settle_job(&mut self, job: &OpenJob, outcome: wire::PrintOutcome) {
        if let Some(stream) = self
            .streams
            .get_mut(&StreamKey::Printer(job.printer.clone()))
        {
            stream.push_changes(vec![wire::Change::JobGone {
                job: job.job.id.clone(),
            }]);
        }
        self.tell_kiosk(job, outcome);
    }

    /// Tickets that changed, and what else panels see that is new.
    fn tell_panels(&mut self, mut changes: Vec<wire::Change>) {
        let Some(wire::View::Panel(before)) =
            self.streams.get(&StreamKey::Panels).map(Stream::view)
        else {
            return;
        };
        let picture = self.picture();
        let counters = news(picture.counters(), &before.counters);
        changes.extend(
            counters
                .into_iter()
                .map(|row| wire::Change::Counter { row }),
        );
        let queues = news(picture.queues(|_| true), &before.queues);
        changes.extend(queues.into_iter().map(|row| wire::Change::Queue { row }));
        let finished = self.state.finished();
        if finished != before.finished {
            changes.push(wire::Change::Finished { finished });
        }
        if let Some(stream) = self.streams.get_mut(&StreamKey::Panels) {
            stream.push_changes(changes);
        }
    }

    /// How many wait, and the windows, where displays and kiosks show something else.
    fn tell_queues(&mut self) {
        let mut news_by_stream = Vec::new();
        for (key, stream) in &self.streams {
            let changes: Vec<wire::Change> = match (key, stream.view()) {
                (StreamKey::Displays(area), wire::View::Display(before)) => {
                    let queues = news(self.picture().area_queues(area), &before.queues);
                    queues
                        .into_iter()
                        .map(|row| wire::Change::Queue { row })
                        .collect()
                }
                (StreamKey::Kiosk(_), wire::View::Kiosk(before)) => {
                    let offers = news(self.picture().offers(), &before.offers);
                    offers
                        .into_iter()
                        .map(|row| wire::Change::Offer { row })
                        .collect()
                }
                _ => continue,
            };
            news_by_stream.push((key.clone(), changes));
        }
        for (key, changes) in news_by_stream {
            if let Some(stream) = self.streams.get_mut(&key) {
                stream.push_changes(changes);
            }
        }
    }

    /// A new picture for the planning worker.
    fn sit(&self) {
        let Some(office) = self.state.office() else {
            return;
        };
        let services = office
            .services
            .iter()
            .map(|service| service.key.clone())
            .collect();
        let picture = PromisePicture::of(&self.state);
        self.sittings
            .send_replace(Some(Sitting { picture, services }));
    }

    fn serve(&mut self, request: Request) {
        match request {
            Request::Connect { device, reply } => {
                self.come(&device);
                let _gone = reply.send(self.subscribe(&device));
            }
            Request::Listen { device, reply } => {
                let _gone = reply.send(self.subscribe(&device));
            }
            Request::Disconnect { device } => self.leave(&device),
            Request::Report { device, message } => self.report(&device, message),
            Request::Ticket { id, reply } => {
                let _gone = reply.send(self.state.ticket(id).map(ticket_row));
            }
            Request::Planned(windows) => {
                self.windows = windows;
                self.tell_panels(Vec::new());
                self.tell_queues();
            }
        }
    }

    fn subscribe(&mut self, device: &Device) -> Subscription {
        let key = StreamKey::of(device);
        if !self.streams.contains_key(&key) {
            let stream = Stream::new(self.picture().view(&key));
            self.streams.insert(key.clone(), stream);
        }
        let office = self.office.borrow().clone();
        let epoch = self.epoch.clone();
        let stream = self
            .streams
            .entry(key)
            .or_insert_with(|| Stream::new(wire::View::Unknown));
        Subscription {
            epoch,
            office: office.document.to_wire(office.version),
            seq: stream.seq(),
            snapshot: stream.snapshot(),
            messages: stream.listen(),
        }
    }

    fn come(&mut self, device: &Device) {
        info!(device.id = device.id, "connected");
        if let DeviceRole::Display { area } = &device.role {
            self.seen.connected(&wire::AreaKey::new(area), &device.id);
            self.tell_panels(Vec::new());
        }
    }

    fn leave(&mut self, device: &Device) {
        info!(device.id = device.id, "disconnected");
        if let DeviceRole::Display { area } = &device.role {
            self.seen
                .disconnected(&wire::AreaKey::new(area), &device.id);
            self.tell_panels(Vec::new());
        }
    }

    /// A device's word. What its role has no say in is not heard.
    fn report(&mut self, device: &Device, message: wire::DeviceMessage) {
        match (&device.role, message) {
            (DeviceRole::Display { .. }, wire::DeviceMessage::Painted { call }) => {
                self.shown(device, call, Shown::Painted);
            }
            (DeviceRole::Display { .. }, wire::DeviceMessage::Announced { call }) => {
                self.shown(device, call, Shown::Announced);
            }
            (DeviceRole::Printer, wire::DeviceMessage::Printed(report)) => {
                self.printed(device, &report);
            }
            (_, wire::DeviceMessage::Status(status)) => {
                for fault in &status.faults {
                    warn!(device.id = device.id, "the device reports: {fault}");
                }
            }
            (_, message) => warn!(
                device.id = device.id,
                "a report that is not its to make: {message:?}"
            ),
        }
    }

    fn shown(&mut self, device: &Device, call: wire::CallId, shown: Shown) {
        info!(device.id = device.id, call = call.0, "{shown:?}");
        self.seen.report(call, &device.id, shown);
        self.tell_panels(Vec::new());
    }

    fn printed(&mut self, device: &Device, report: &wire::PrintReport) {
        let reason = report.reason.as_deref().unwrap_or("");
        info!(device.id = device.id, job = %report.job, outcome = %report.outcome, reason, "printer's word");
        if let Some(job) = self.jobs.settle(&device.id, &report.job, report.outcome) {
            self.settle_job(&job, report.outcome);
        }
    }
}
