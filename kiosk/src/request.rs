//! Brings one request for a ticket or of an appointment to the server and reads what came of it.

use aufruf_client::{Api, ApiError};
use aufruf_protocol::latest::IssuedTicket;
use tracing::{info, warn};

use crate::controller::{Ask, Attempt, Failure, Refusal};

/// From here on a status says that the server failed, and not that the office said no.
const SERVER_FAILED: u16 = 500;

/// Asks; the client repeats the request under its key for a few seconds.
pub async fn carry_out(api: &Api, attempt: &Attempt) -> Result<IssuedTicket, Failure> {
    let answer = match &attempt.ask {
        Ask::Ticket(wish) => api.issue_ticket(&attempt.key, wish).await,
        Ask::CheckIn(wish) => api.check_in(&attempt.key, wish).await,
    };
    match answer {
        Ok(ticket) => {
            info!(ticket.id = %ticket.id, "got ticket {}", ticket.number);
            Ok(ticket)
        }
        Err(error) => Err(read(error)),
    }
}

fn read(error: ApiError) -> Failure {
    match error {
        // Within its four seconds the client met nothing better: whether a ticket exists is not known.
        ApiError::Refused(problem) if problem.status >= SERVER_FAILED => {
            warn!(code = %problem.code, status = problem.status, "no ticket for now: {}", problem.detail);
            Failure::NoAnswer
        }
        ApiError::Refused(problem) => {
            let refusal = Refusal::of(&problem);
            let (code, status) = (&problem.code, problem.status);
            if refusal == Refusal::Other {
                warn!(%code, status, "no ticket, and no words for why: {}", problem.detail);
            } else {
                info!(%code, status, "no ticket: {}", problem.detail);
            }
            Failure::Refused(refusal)
        }
        ApiError::Unreachable { .. } | ApiError::Unreadable { .. } | ApiError::Client { .. } => {
            warn!(%error, "no answer to the request for a ticket");
            Failure::NoAnswer
        }
    }
}

#[cfg(test)]
mod tests {
    use aufruf_protocol::latest::Problem;

    use super::*;

    fn refused(status: u16, code: &str) -> Failure {
        read(ApiError::Refused(Problem::new(
            status,
            code,
            "No",
            "Nothing was done.",
        )))
    }

    #[test]
    fn an_office_that_cannot_answer_just_now_has_not_said_no() {
        assert_eq!(refused(503, "store_unavailable"), Failure::NoAnswer);
        assert_eq!(refused(503, "busy"), Failure::NoAnswer);
        assert_eq!(refused(500, "internal"), Failure::NoAnswer);
    }

    #[test]
    fn a_no_of_the_office_is_told_with_its_reason() {
        assert_eq!(
            refused(409, "queue_full"),
            Failure::Refused(Refusal::QueueFull)
        );
        assert_eq!(
            refused(409, "moon_in_the_way"),
            Failure::Refused(Refusal::Other)
        );
    }
}
