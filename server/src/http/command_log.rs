//! A span for each command, and one line in the log when it is answered: at `info`, so that 5,000 commands are 5,000
//! lines a day; at `warn` where nothing could be done. Nothing secret or personal: the key as the beginning of
//! its hash, people by their ticket's id.

use aufruf_engine::{Command, TicketId};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use tracing::{Span, field, info, info_span, warn};

use crate::auth::Device;
use crate::ids::hex;
use crate::runtime::Outcome;

/// Bytes of a key's hash that tell commands of a day apart.
const KEY_BYTES: usize = 4;

/// One command on its way.
#[derive(Debug)]
pub(super) struct CommandLog {
    span: Span,
    name: &'static str,
    ticket: Option<TicketId>,
    begun: Instant,
}

/// What of an answer says whom it is about.
#[derive(Deserialize)]
struct About {
    id: Option<uuid::Uuid>,
    called: Option<Called>,
}

#[derive(Deserialize)]
struct Called {
    ticket: Id,
}

#[derive(Deserialize)]
struct Id {
    id: uuid::Uuid,
}

impl CommandLog {
    pub(super) fn begin(device: &Device, command: &Command, key: &str) -> Self {
        let name = command.name();
        let key = hex(&Sha256::digest(key)[..KEY_BYTES]);
        let span = info_span!(
            "command",
            device.id = device.id,
            command = name,
            key,
            ticket.id = field::Empty,
            outcome = field::Empty,
            code = field::Empty,
            ms = field::Empty
        );
        Self {
            span,
            name,
            ticket: ticket_of(command),
            begun: Instant::now(),
        }
    }

    /// It has its answer; none where the engine has gone.
    pub(super) fn end(self, outcome: Option<&Outcome>) {
        if self.span.is_disabled() {
            return;
        }
        // Inside the span: the journal knows the fields of the span that is entered, and not of a parent.
        let (name, span) = (self.name, &self.span);
        let ms = self.begun.elapsed().as_secs_f64() * 1_000.0;
        span.record("ms", (ms * 10.0).round() / 10.0);
        let of_answer = || match outcome {
            Some(Outcome::Done(reply)) => about(&reply.body),
            Some(Outcome::Refused(_) | Outcome::Unavailable) | None => None,
        };
        if let Some(ticket) = self.ticket.map(|ticket| ticket.0).or_else(of_answer) {
            span.record("ticket.id", field::display(ticket));
        }
        match outcome {
            Some(Outcome::Done(_)) => {
                span.record("outcome", "done");
                span.in_scope(|| info!("{name}: done"));
            }
            Some(Outcome::Refused(refusal)) => {
                span.record("outcome", "refused");
                span.record("code", refusal.code());
                span.in_scope(|| info!("{name}: refused, {}", refusal.code()));
            }
            Some(Outcome::Unavailable) | None => {
                span.record("outcome", "unavailable");
                span.in_scope(|| warn!("{name}: nothing could be kept"));
            }
        }
    }

    /// There was no room for it.
    pub(super) fn busy(self) {
        self.span.record("outcome", "busy");
        self.span
            .in_scope(|| warn!("{}: too many at once", self.name));
    }
}

fn about(body: &str) -> Option<uuid::Uuid> {
    let about: About = serde_json::from_str(body).ok()?;
    about.id.or(about.called.map(|called| called.ticket.id))
}

/// Whose visit a command is about, where it says so itself.
fn ticket_of(command: &Command) -> Option<TicketId> {
    match command {
        Command::IssueTicket(wish) => Some(wish.ticket),
        Command::BookAppointment(booking) => Some(booking.ticket),
        Command::Finish(wish) => Some(wish.ticket),
        Command::ChangeTicket(wish) => Some(wish.ticket),
        Command::CallTicket { ticket, .. }
        | Command::Recall { ticket }
        | Command::Start { ticket }
        | Command::PromisePickUp { ticket }
        | Command::Miss { ticket }
        | Command::Requeue { ticket }
        | Command::Park { ticket }
        | Command::Resume { ticket, .. }
        | Command::Transfer { ticket, .. }
        | Command::PausePlace { ticket, .. }
        | Command::ResumePlace { ticket }
        | Command::Cancel { ticket }
        | Command::Undo { ticket } => Some(*ticket),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_called_is_found_in_the_answer() {
        let id = uuid::Uuid::from_u64_pair(9, 9);
        let next = format!(r#"{{"called":{{"call":{{"id":7}},"ticket":{{"id":"{id}"}}}}}}"#);
        assert_eq!(about(&next), Some(id));
        assert_eq!(
            about(&format!(r#"{{"id":"{id}","number":"A001"}}"#)),
            Some(id)
        );
        assert_eq!(about(r#"{"nobody":{"reason":"empty"}}"#), None);
        assert_eq!(about("[]"), None);
    }
}
