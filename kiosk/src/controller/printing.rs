//! Where the paper ticket is, told no better than it is known.

use aufruf_protocol::latest::{IssuedTicket, KioskView, PrintOutcome};

/// What the number screen says of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printing {
    /// This kiosk prints no tickets.
    NoPrinter,
    Running,
    Printed,
    /// Certainly not on paper.
    Failed,
    /// Nobody can say whether it came out.
    Doubtful,
}

impl Printing {
    /// The state of this ticket's job. While the view is not up to date, a job that was running is doubtful.
    pub(crate) fn of(ticket: &IssuedTicket, view: Option<&KioskView>, is_live: bool) -> Self {
        let Some(job) = &ticket.print_job else {
            return Self::NoPrinter;
        };
        let row = view.and_then(|view| view.prints.iter().find(|row| &row.job == job));
        match row.map_or(PrintOutcome::Pending, |row| row.outcome) {
            PrintOutcome::Pending if is_live => Self::Running,
            PrintOutcome::Printed => Self::Printed,
            PrintOutcome::Failed | PrintOutcome::Expired => Self::Failed,
            PrintOutcome::Pending | PrintOutcome::Doubtful | PrintOutcome::Unknown => {
                Self::Doubtful
            }
        }
    }

    /// The visitor has to remember the number or fetch staff, and needs time for that.
    pub(crate) fn needs_care(self) -> bool {
        matches!(self, Self::Failed | Self::Doubtful)
    }
}
