//! What devices and handlers want of the view task: to listen, to report, to look a ticket up.

use std::collections::BTreeMap;
use std::sync::Arc;

use aufruf_protocol::latest as wire;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tracing::{info, warn};

use super::jobs::Settled;
use super::planning::Planned;
use super::presence::Line;
use super::seen::Shown;
use super::streams::{Stream, StreamKey, Subscription};
use super::view_task::ViewTask;
use super::view_visitors::Looks;
use crate::alerts::Condition;
use crate::auth::Device;
use crate::devices::{DeviceRole, SERVER_NAME};
use crate::health::Part;
use crate::metrics::Figures;
use crate::wire::{changes, queue_day, queue_key, ticket_id, told_row};

/// What devices and handlers want of the view task.
#[derive(Debug)]
pub enum Request {
    Connect {
        device: Device,
        line: Line,
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
        id: wire::TicketId,
        reply: oneshot::Sender<Option<wire::TicketRow>>,
    },
    Queue {
        key: wire::QueueKey,
        reply: oneshot::Sender<Option<wire::QueueDay>>,
    },
    /// How the office stands now.
    Health {
        reply: oneshot::Sender<BTreeMap<String, DeviceHealth>>,
    },
    Figures {
        reply: oneshot::Sender<Figures>,
    },
    /// What is wrong now.
    Conditions {
        reply: oneshot::Sender<Vec<Condition>>,
    },
    /// What the alerts say of devices and places, for panels.
    Alerts(BTreeMap<String, Vec<String>>),
    Planned(Planned),
    /// What is wrong with the server itself.
    ServerFaults(BTreeMap<Part, String>),
}

/// How a device is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceHealth {
    /// Open push channels.
    pub connections: u32,
    /// In its own words.
    pub faults: Vec<String>,
    pub software: Option<String>,
    pub paper: Option<wire::Paper>,
    pub sound: Option<wire::Sound>,
    /// How far its clock is ahead of the server's.
    pub clock_offset_ms: Option<i64>,
    pub last_seen: Option<Timestamp>,
}

/// Asks the view task.
#[derive(Debug, Clone)]
pub struct ViewHandle {
    pub(super) requests: mpsc::Sender<Request>,
    pub(super) looks: Looks,
}

impl ViewHandle {
    /// A device has come on this line: what it shows, and what follows. None when the server stops.
    pub async fn connect(&self, device: &Device, line: Line) -> Option<Subscription> {
        self.ask(|reply| Request::Connect {
            device: device.clone(),
            line,
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

    /// The server's own faults now.
    pub async fn server_says(&self, faults: BTreeMap<Part, String>) {
        let _stopped = self.requests.send(Request::ServerFaults(faults)).await;
    }

    /// A ticket of today, where there is one. None when the server stops.
    pub async fn ticket(&self, id: wire::TicketId) -> Option<Option<wire::TicketRow>> {
        self.ask(|reply| Request::Ticket { id, reply }).await
    }

    /// How a queue stands today, where there is one. None when the server stops.
    pub async fn queue(&self, key: wire::QueueKey) -> Option<Option<wire::QueueDay>> {
        self.ask(|reply| Request::Queue { key, reply }).await
    }

    /// How every device is, and under its own name the server. None when the server stops.
    pub async fn health(&self) -> Option<BTreeMap<String, DeviceHealth>> {
        self.ask(|reply| Request::Health { reply }).await
    }

    /// How the office stands now. None when the server stops.
    pub async fn figures(&self) -> Option<Figures> {
        self.ask(|reply| Request::Figures { reply }).await
    }

    /// What is wrong now. None when the server stops.
    pub async fn conditions(&self) -> Option<Vec<Condition>> {
        self.ask(|reply| Request::Conditions { reply }).await
    }

    /// What panels say of devices and places beside the devices' own words.
    pub async fn alerts_say(&self, lines: BTreeMap<String, Vec<String>>) {
        let _stopped = self.requests.send(Request::Alerts(lines)).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.requests.send(request(reply)).await.ok()?;
        answer.await.ok()
    }
}

impl ViewTask {
    pub(super) fn serve(&mut self, request: Request) {
        match request {
            Request::Connect {
                device,
                line,
                reply,
            } => {
                self.come(&device, line);
                let _gone = reply.send(self.subscribe(&device));
            }
            Request::Listen { device, reply } => {
                let _gone = reply.send(self.subscribe(&device));
            }
            Request::Disconnect { device } => self.leave(&device),
            Request::Report { device, message } => self.report(&device, message),
            Request::Ticket { id, reply } => {
                let ticket = self.state.ticket(ticket_id(id));
                let row = ticket.map(|ticket| told_row(ticket, &self.told));
                let _gone = reply.send(row);
            }
            Request::Queue { key, reply } => {
                let (document, now) = (&self.office.document, self.clock.now());
                let day = queue_day(&self.state, document, &queue_key(&key), now);
                let _gone = reply.send(day);
            }
            Request::Health { reply } => {
                let _gone = reply.send(self.health());
            }
            Request::Figures { reply } => {
                let _gone = reply.send(self.figures());
            }
            Request::Planned(planned) => self.take_outlook(planned),
            Request::ServerFaults(faults) => {
                let words: Vec<String> = faults.values().cloned().collect();
                self.status(SERVER_NAME, &words);
                self.own_faults = faults;
            }
            Request::Conditions { reply } => {
                let _gone = reply.send(self.conditions());
            }
            Request::Alerts(lines) => self.take_alerts(lines),
        }
    }

    /// Every known device, and the server itself under its own name.
    fn health(&self) -> BTreeMap<String, DeviceHealth> {
        let devices = self.devices.all().into_iter();
        let known = devices.map(|device| {
            let row = self.presence.of(&device.id);
            let health = DeviceHealth {
                connections: row.open,
                faults: self.troubles.own_faults_of(&device.id).to_vec(),
                software: row.software(),
                paper: row.status.paper,
                sound: row.status.sound,
                clock_offset_ms: row.status.clock_offset_ms,
                last_seen: row.last_seen(),
            };
            (device.id, health)
        });
        let own = DeviceHealth {
            faults: self.troubles.own_faults_of(SERVER_NAME).to_vec(),
            ..DeviceHealth::default()
        };
        known.chain([(SERVER_NAME.to_owned(), own)]).collect()
    }

    fn subscribe(&mut self, device: &Device) -> Subscription {
        let key = StreamKey::of(device);
        if !self.streams.contains_key(&key) {
            let stream = Stream::new(self.picture().view(&key));
            self.streams.insert(key.clone(), stream);
        }
        let epoch = self.epoch.clone();
        let stream = self
            .streams
            .entry(key)
            .or_insert_with(|| Stream::new(wire::View::Unknown));
        Subscription {
            epoch,
            office: Arc::clone(&self.office_info),
            seq: stream.seq(),
            snapshot: stream.snapshot(),
            messages: stream.listen(),
        }
    }

    fn come(&mut self, device: &Device, line: Line) {
        info!(device.id = device.id, "connected");
        self.presence.came(&device.id, line);
        if let DeviceRole::Display { area } = &device.role {
            self.seen.connected(&wire::AreaKey::new(area), &device.id);
            self.tell_news();
        }
    }

    fn leave(&mut self, device: &Device) {
        info!(device.id = device.id, "disconnected");
        self.presence.left(&device.id);
        self.status(&device.id, &[]);
        if let DeviceRole::Display { area } = &device.role {
            self.seen
                .disconnected(&wire::AreaKey::new(area), &device.id);
            self.tell_news();
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
                self.status(&device.id, &status.faults);
                self.presence.says(&device.id, &status);
            }
            // A message of a later version.
            (_, wire::DeviceMessage::Unknown) => {}
            (_, message) => warn!(
                device.id = device.id,
                "a report that is not its to make: {message:?}"
            ),
        }
    }

    fn status(&mut self, device: &str, faults: &[String]) {
        if !self.troubles.device_says(device, faults) {
            return;
        }
        if faults.is_empty() {
            info!(device.id = device, "{device} is well again");
        }
        for fault in faults {
            warn!(device.id = device, "{device} reports: {fault}");
        }
        if let Some(panels) = self.streams.get_mut(&StreamKey::Panels) {
            let faults = self.troubles.faults_of(device);
            panels.push_changes(changes::faults(device, &faults));
        }
    }

    fn shown(&mut self, device: &Device, call: wire::CallId, shown: Shown) {
        // Said again after each reconnect, and known then.
        if !self.seen.report(call, &device.id, shown) {
            return;
        }
        let what = match shown {
            Shown::Painted => "has painted",
            Shown::Announced => "has announced",
        };
        info!(
            device.id = device.id,
            call = call.0,
            "{} {what} call {}",
            device.id,
            call.0
        );
        self.tell_news();
    }

    fn printed(&mut self, device: &Device, report: &wire::PrintReport) {
        let reason = report.reason.as_deref().unwrap_or("");
        info!(device.id = device.id, job = %report.job, outcome = %report.outcome, reason, "{} says of {}: {}", device.id, report.job, report.outcome);
        match self.jobs.settle(&device.id, &report.job, report.outcome) {
            Settled::Now(job, outcome) => self.settle_job(&job, outcome),
            Settled::Before => self.job_gone(&device.id, &report.job),
            Settled::NotYet => {}
        }
    }
}
