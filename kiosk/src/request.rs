//! Brings one request for a ticket to the server and reads what came of it.

use aufruf_client::{Api, ApiError};
use aufruf_protocol::latest::IssuedTicket;
use tracing::{info, warn};

use crate::controller::{Attempt, Failure, Refusal};

/// Asks for the ticket; the client repeats the request under its key for a few seconds.
pub async fn carry_out(api: &Api, attempt: &Attempt) -> Result<IssuedTicket, Failure> {
    match api.issue_ticket(&attempt.key, &attempt.ask).await {
        Ok(ticket) => {
            info!(ticket.id = %ticket.id, "got ticket {}", ticket.number);
            Ok(ticket)
        }
        Err(error) => Err(read(error)),
    }
}

fn read(error: ApiError) -> Failure {
    match error {
        ApiError::Refused(problem) => {
            info!(code = %problem.code, "no ticket: {}", problem.detail);
            Failure::Refused(Refusal::of(&problem))
        }
        ApiError::Unreachable { .. }
        | ApiError::Unreadable { .. }
        | ApiError::Address(_)
        | ApiError::Client { .. } => {
            warn!(%error, "no answer to the request for a ticket");
            Failure::NoAnswer
        }
    }
}
