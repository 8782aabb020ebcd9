//! Streams: the same messages, in the same order, for everybody of one role and place. A message is
//! written once and shared by all who listen.

use std::sync::Arc;

use aufruf_protocol::latest::{AreaKey, Call, Change, OfficeInfo, PrintJob, ServerMessage, View};
use axum::extract::ws::Utf8Bytes;
use tokio::sync::broadcast;

use crate::auth::Device;
use crate::devices::DeviceRole;

/// LIMIT: messages that a slow listener may be behind; one that is further behind takes a snapshot.
const BEHIND: usize = 256;

/// Who hears the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum StreamKey {
    Panels,
    Displays(AreaKey),
    Kiosk(String),
    Printer(String),
}

impl StreamKey {
    pub fn of(device: &Device) -> Self {
        match &device.role {
            DeviceRole::Panel { .. } => Self::Panels,
            DeviceRole::Display { area } => Self::Displays(AreaKey::new(area)),
            DeviceRole::Kiosk { .. } => Self::Kiosk(device.id.clone()),
            DeviceRole::Printer => Self::Printer(device.id.clone()),
        }
    }
}

/// One stream: its view, where it stands, and its listeners.
#[derive(Debug)]
pub(super) struct Stream {
    seq: u64,
    view: View,
    /// The snapshot as it is sent, until the view changes.
    snapshot: Option<Utf8Bytes>,
    messages: broadcast::Sender<Utf8Bytes>,
}

/// A listener's start: where the stream stands, and what comes after.
#[derive(Debug)]
pub struct Subscription {
    pub epoch: String,
    /// One for all who listen.
    pub office: Arc<OfficeInfo>,
    pub seq: u64,
    pub snapshot: Utf8Bytes,
    pub messages: broadcast::Receiver<Utf8Bytes>,
}

impl Stream {
    pub(super) fn new(view: View) -> Self {
        let (messages, _) = broadcast::channel(BEHIND);
        Self {
            seq: 0,
            view,
            snapshot: None,
            messages,
        }
    }

    pub(super) fn view(&self) -> &View {
        &self.view
    }

    pub(super) fn push_call(&mut self, call: &Call) {
        self.view.take_call(call);
        let call = call.clone();
        self.push(|seq| ServerMessage::Call { seq, call });
    }

    pub(super) fn push_job(&mut self, job: &PrintJob) {
        self.view.take_job(job);
        let job = job.clone();
        self.push(|seq| ServerMessage::PrintJob { seq, job });
    }

    /// Sends the changes, where there are any.
    pub(super) fn push_changes(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        for change in &changes {
            self.view.apply(change);
        }
        self.push(|seq| ServerMessage::Delta { seq, changes });
    }

    /// The next number is used up whether or not anybody listens; nobody who listens later misses it.
    fn push(&mut self, message: impl FnOnce(u64) -> ServerMessage) {
        self.seq += 1;
        self.snapshot = None;
        if self.messages.receiver_count() > 0 {
            let _nobody_left = self.messages.send(text(&message(self.seq)));
        }
    }

    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Utf8Bytes> {
        self.messages.subscribe()
    }

    pub(super) fn snapshot(&mut self) -> Utf8Bytes {
        let (seq, view) = (self.seq, &self.view);
        let write = || {
            text(&ServerMessage::Snapshot {
                seq,
                view: view.clone(),
            })
        };
        self.snapshot.get_or_insert_with(write).clone()
    }
}

/// A message as it goes over the line.
pub(crate) fn text(message: &ServerMessage) -> Utf8Bytes {
    serde_json::to_string(message)
        .expect("wire types always have a JSON form")
        .into()
}
