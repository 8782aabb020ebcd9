//! What a device asks to be done with a visit, a counter, a queue or the house. Each is the body of
//! one command over HTTP.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    CounterKey, Language, Need, OfferState, QueueKey, ServiceKey, Target, TicketId, VisitResult,
};

/// An appointment is made or changed: `POST /api/v1/appointments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookAppointment {
    /// The appointment that changes; none: a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TicketId>,
    /// The number that the visitor was given; it is kept.
    pub number: String,
    /// What the visitor can say or show instead of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub services: Vec<ServiceKey>,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
    /// 1 to 3; an appointment has 2 where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
}

/// The office knows the appointment: the answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookedAppointment {
    pub id: TicketId,
    pub number: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// The person with an appointment is here: `POST /api/v1/check-ins`. Exactly one of code and ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckIn {
    /// The number or the code, as typed or scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Picked from a list by staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// In which the paper is printed; none: the one of the booking, which everything else keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// How a visit ends. An empty body means: all done, as many people as the ticket says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FinishTicket {
    /// What was really done; none: all that this counter offers of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Vec<ServiceKey>>,
    /// How many people were served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
    /// None: served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VisitResult>,
}

/// Which counter a visit is brought to: for `call` and `resume`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToCounter {
    pub counter: CounterKey,
}

/// Sends a visit on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferTicket {
    pub target: Target,
    /// For the colleague. Personal: kept apart, shown on request, gone when the visit ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The note that came with a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketNote {
    pub note: String,
    #[schema(value_type = String, format = DateTime)]
    pub written_at: Timestamp,
}

/// The visitor leaves and keeps the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PauseTicket {
    pub minutes: u32,
}

/// What is to be different; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeTicket {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<ServiceKey>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Vec<Need>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
}

/// Opens a counter. An empty body says nothing of who serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenCounter {
    /// Who serves there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk: Option<String>,
}

/// The clerk goes over to another counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoveCounter {
    pub to: CounterKey,
}

/// `POST /api/v1/locks`: visitors take no ticket of these queues for now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LockQueues {
    /// Empty: all of them.
    #[serde(default)]
    pub queues: BTreeSet<QueueKey>,
    /// What the kiosk says to it. Public.
    pub notice: String,
}

/// `POST /api/v1/locks/end`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnlockQueues {
    /// Empty: all of them.
    #[serde(default)]
    pub queues: BTreeSet<QueueKey>,
}

/// `POST /api/v1/emergencies`: a clerk needs help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RaiseEmergency {
    pub counter: CounterKey,
}

/// A clerk who needs help, as every panel shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EmergencyRow {
    pub counter: CounterKey,
    #[schema(value_type = String, format = DateTime)]
    pub raised_at: Timestamp,
    /// The device of who is on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<String>,
}

/// A queue of which visitors take no ticket for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LockRow {
    pub queue: QueueKey,
    pub notice: String,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
}

/// `GET /api/v1/queues/{id}`: how a queue stands today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueDay {
    pub queue: QueueKey,
    pub waiting: u32,
    /// Appointments whose people are not here yet.
    pub booked: u32,
    pub walk_ins: OfferState,
    /// When it opens for walk-ins, where it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opens_at: Option<Timestamp>,
    /// Today's hours for walk-ins; empty where the queue has none.
    pub open: Vec<OpenSpan>,
    /// Today's beginnings of appointments.
    pub slots: Vec<Slot>,
}

/// From when to when a queue is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenSpan {
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
}

/// A beginning of appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slot {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// How many can begin then.
    pub counters: u16,
}
