//! What is wrong in the office and a clerk should know: devices with faults, tickets without paper.

use aufruf_client::Link;
use aufruf_protocol::latest::{PrintOutcome, TicketId};

use super::{Controller, Faults, Paper};

impl Controller {
    /// None where all is well, and where nobody knows: while the server is away.
    pub(super) fn faults(&self) -> Option<Faults> {
        if self.mirror.link != Link::Live {
            return None;
        }
        let faulty = &self.mirror.panel()?.faults;
        let first = faulty.iter().min_by_key(|row| &row.device)?;
        Some(Faults {
            devices: faulty.len(),
            first: format!("{}: {}", first.device, first.faults.join(", ")),
        })
    }

    /// None where the paper came out, or none was asked for.
    pub(super) fn paper_of(&self, ticket: TicketId) -> Option<Paper> {
        let unprinted = &self.mirror.panel()?.unprinted;
        let row = unprinted.iter().find(|row| row.ticket == ticket)?;
        match row.outcome {
            PrintOutcome::Failed | PrintOutcome::Expired => Some(Paper::NotPrinted),
            PrintOutcome::Doubtful | PrintOutcome::Unknown => Some(Paper::Doubtful),
            PrintOutcome::Pending | PrintOutcome::Printed => None,
        }
    }
}
