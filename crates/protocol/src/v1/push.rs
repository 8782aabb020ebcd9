//! The push channel: what server and device say over the WebSocket.
//!
//! ```text
//! device                                server
//!   │ hello{protocol, resume}             │
//!   │────────────────────────────────────▶│
//!   │             welcome{epoch, office}  │
//!   │◀────────────────────────────────────│
//!   │             snapshot{seq, view}     │  left out when `resume` is exactly where the stream stands
//!   │◀────────────────────────────────────│
//!   │   call / delta / print_job {seq+1}  │
//!   │◀────────────────────────────────────│
//!   │ painted, announced, printed, status │
//!   │────────────────────────────────────▶│
//! ```
//!
//! `seq` counts per stream within an epoch. A gap or a new epoch means: connect again and take a snapshot.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AreaKey, Call, CallId, Change, CounterKey, OfficeInfo, Paper, PrintJob, PrintReport, Sound,
    View,
};

/// The version of this protocol.
pub const PROTOCOL: u32 = 1;

/// What a device may do, and what it is told. Settled by its token, never by its word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Role {
    Kiosk,
    Display {
        area: AreaKey,
    },
    Printer,
    Panel {
        counter: CounterKey,
    },
    /// A role of a later version.
    #[serde(other)]
    Unknown,
}

/// The first message of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    pub protocol: u32,
    /// Name and version of the program, for staff.
    pub software: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
}

/// Where the device's view stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    pub epoch: String,
    pub seq: u64,
}

/// The server's first message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub protocol: u32,
    pub software: String,
    /// New with every start of the server and every change of the office.
    pub epoch: String,
    pub device: String,
    pub role: Role,
    pub now: Timestamp,
    pub office: OfficeInfo,
}

/// Server → device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    Welcome(Box<Welcome>),
    Snapshot {
        seq: u64,
        view: View,
    },
    Delta {
        seq: u64,
        changes: Vec<Change>,
    },
    Call {
        seq: u64,
        call: Call,
    },
    PrintJob {
        seq: u64,
        job: PrintJob,
    },
    /// Every two seconds: the line is alive, and this is the office's time.
    Ping {
        now: Timestamp,
    },
    /// A message of a later version: if it had a `seq`, the gap brings a snapshot.
    #[serde(other)]
    Unknown,
}

/// Device → server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeviceMessage {
    Hello(Hello),
    /// The redraw that shows the call is done.
    Painted {
        call: CallId,
    },
    /// The end of the call's sound.
    Announced {
        call: CallId,
    },
    Printed(PrintReport),
    Status(DeviceStatus),
    /// A message of a later version: ignore it.
    #[serde(other)]
    Unknown,
}

/// How a device is, in its own words. Kept in memory only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceStatus {
    /// What is wrong now, a line each; empty when all is well.
    #[serde(default)]
    pub faults: Vec<String>,
    /// Of a printer that can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    /// Of a device that is to be heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<Sound>,
    /// How far the device's clock is ahead of the server's, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
}
