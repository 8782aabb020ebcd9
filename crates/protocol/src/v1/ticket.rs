//! A ticket as devices ask for it and see it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallId, CounterKey, JobId, Language, QueueKey, ServiceKey, TicketId};

wire_enum! {
    /// Where a visit stands.
    TicketState {
        Waiting = "waiting",
        Called = "called",
        Serving = "serving",
        /// Called in vain often enough; may be put back into the line.
        Missed = "missed",
        Finished = "finished",
        Cancelled = "cancelled",
        /// Still open when the day ended.
        Expired = "expired",
    }
    unknown:
    /// A later state: show the ticket as it was, offer no command on it.
}

wire_enum! {
    /// What a visitor needs from a counter. A code, never a diagnosis.
    Need {
        LoweredCounter = "lowered_counter",
        InductionLoop = "induction_loop",
        GuideStrip = "guide_strip",
        SignLanguage = "sign_language",
    }
    unknown:
    /// A need of a later version: show nothing, keep it.
}

/// The window told to a visitor: the call comes between `low` and `high`, most likely at `mid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promise {
    #[schema(value_type = String, format = DateTime)]
    pub low: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub mid: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub high: Timestamp,
}

/// A walk-in asks for a ticket: `POST /api/v1/tickets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueTicket {
    /// In the order in which they are to be served. At least one.
    pub services: Vec<ServiceKey>,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// The window that the visitor saw before pressing, so that the same is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Promise>,
}

/// The answer to a walk-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssuedTicket {
    pub id: TicketId,
    /// For people: `A012`.
    pub number: String,
    pub queue: QueueKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    pub people_ahead: u32,
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// The job that prints this ticket; none where the kiosk has no printer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print_job: Option<JobId>,
    /// The visitor's own page; none where the office has no public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_link: Option<String>,
}

/// One ticket as the counter panel sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketRow {
    pub id: TicketId,
    pub number: String,
    pub state: TicketState,
    pub queue: QueueKey,
    pub services: Vec<ServiceKey>,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    #[schema(value_type = String, format = DateTime)]
    pub arrived_at: Timestamp,
    /// Its place in the line: smaller is earlier, and equal never happens.
    pub place: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// The counter that called or serves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterKey>,
    /// The latest call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallId>,
    /// When the present state began.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// How often it was called so far.
    pub calls: u32,
}
