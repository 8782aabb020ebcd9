//! Version 1 of the wire: JSON, `snake_case`, instants as RFC 3339 in UTC.

#[macro_use]
mod wire_enum;

mod call;
mod counter;
mod document;
mod health;
mod ids;
mod meeting;
mod office;
mod pairing;
mod print;
mod problem;
mod push;
mod session;
mod step;
mod texts;
mod ticket;
mod view;

pub use call::{Arrow, Call, Seen, Way};
pub use counter::{CalledVisit, CounterMode, CounterRow, NextReply, Nobody, NobodyReason};
pub use document::{Align, Block, PrintDocument, TextSize, Weight};
pub use health::{Alert, DeviceHealth, Paper, Presence, Sound};
pub use ids::{AreaKey, CallId, CounterKey, JobId, QueueKey, ServiceKey, TicketId};
pub use meeting::{AUTHORITY_KEY, OFFICE_KEY, PairingCode, SERVER_NAME, SERVICE_TYPE};
pub use office::{AreaInfo, CounterInfo, OfficeInfo, QueueInfo, ServiceInfo};
pub use pairing::{OwnDevice, PairDevice, Pairing, RenewToken};
pub use print::{PrintJob, PrintOutcome, PrintReport};
pub use problem::{PROBLEM_JSON, Problem};
pub use push::{
    DeviceMessage, DeviceStatus, Hello, PROTOCOL, Resume, Role, ServerMessage, Welcome,
};
pub use session::{Session, SignIn, SignedIn};
pub use step::{
    BookAppointment, BookedAppointment, ChangeTicket, CheckIn, EmergencyRow, FinishTicket,
    LockQueues, LockRow, MoveCounter, OpenCounter, OpenSpan, PauseTicket, QueueDay, RaiseEmergency,
    Slot, TicketNote, ToCounter, TransferTicket, UnlockQueues,
};
pub use texts::{Language, Texts};
pub use ticket::{
    IssueTicket, IssuedTicket, Need, Pause, PauseCause, Place, Promise, Rule, Source, Target,
    TicketRow, TicketState, VisitResult, Why,
};
pub use view::{
    CALLS_KEPT, Change, DeviceFaults, DisplayView, KioskView, Offer, OfferState, PanelView,
    PrintRow, PrinterView, QueueRow, View,
};

/// The path of the push channel.
pub const WS_PATH: &str = "/api/v1/ws";
/// The header every command carries: same key, same device, same answer for a day.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
