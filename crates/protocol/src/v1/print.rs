//! Print jobs, and what a printer says of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{JobId, PrintDocument, TicketId};

/// One piece of paper to be printed once. The agent knows a job by its id and never prints an id twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintJob {
    pub id: JobId,
    pub ticket: TicketId,
    /// For people, in logs and on screens.
    pub number: String,
    /// After this instant the job is not begun any more: a refilled printer brings out no stale tickets.
    pub expires_at: Timestamp,
    pub document: PrintDocument,
}

wire_enum! {
    /// What became of a job.
    PrintOutcome {
        /// With the printer agent, not yet on paper.
        Pending = "pending",
        Printed = "printed",
        /// Certainly not on paper.
        Failed = "failed",
        /// Begun, and nobody can say whether it came out: never repeated silently.
        Doubtful = "doubtful",
        /// Too old when the printer was ready.
        Expired = "expired",
    }
    unknown:
    /// A later outcome: treat it as doubtful.
}

/// `printed{job}`: the agent's word on a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrintReport {
    pub job: JobId,
    pub outcome: PrintOutcome,
    /// What went wrong and where, for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
