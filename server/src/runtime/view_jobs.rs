//! Print jobs, as the view task sends them and hears of them.

use aufruf_engine::{Event, Record, TicketId};
use aufruf_protocol::latest as wire;
use tracing::warn;

use super::jobs::{OpenJob, OpenJobs};
use super::streams::StreamKey;
use super::view_task::ViewTask;
use crate::wire::{changes, ticket_id, ticket_job};

impl ViewTask {
    pub(super) fn tell_print_job(&mut self, record: &Record) {
        let Event::TicketIssued { ticket, .. } = &record.event else {
            return;
        };
        let Some(job) = self.job_of(*ticket) else {
            return;
        };
        if let Some(stream) = self
            .streams
            .get_mut(&StreamKey::Printer(job.printer.clone()))
        {
            stream.push_job(&job.job);
        }
        self.tell_kiosk(&job, wire::PrintOutcome::Pending);
        self.jobs.add(job);
    }

    fn tell_kiosk(&mut self, job: &OpenJob, outcome: wire::PrintOutcome) {
        if let Some(stream) = self.streams.get_mut(&StreamKey::Kiosk(job.kiosk.clone())) {
            stream.push_changes(changes::print(job.row(outcome)));
        }
    }

    /// The job that prints a ticket, where its kiosk has a printer.
    fn job_of(&self, ticket: TicketId) -> Option<OpenJob> {
        let ticket = self.state.ticket(ticket)?;
        let kiosk = ticket.issued_by.as_str();
        let printer = self.devices.printer_of(kiosk)?.to_owned();
        let job = ticket_job(&self.office.document, ticket);
        Some(OpenJob {
            job,
            kiosk: kiosk.to_owned(),
            printer,
        })
    }

    /// After a start: jobs that may not have been printed. The agent answers those that were.
    pub(super) fn jobs_of_today(&self) -> OpenJobs {
        let now = self.clock.now();
        let mut jobs = OpenJobs::default();
        let open = self
            .state
            .tickets()
            .filter(|ticket| !ticket.state.is_final());
        for job in open.filter_map(|ticket| self.job_of(ticket.id)) {
            if job.job.expires_at > now {
                jobs.add(job);
            }
        }
        jobs
    }

    pub(super) fn expire_jobs(&mut self) {
        for job in self.jobs.expire(self.clock.now()) {
            warn!(job = %job.job.id, printer = job.printer, "nobody printed {} in time", job.job.number);
            // The printer may have it, and only its line is gone: nobody here can know.
            self.settle_job(&job, wire::PrintOutcome::Doubtful);
        }
    }

    pub(super) fn settle_job(&mut self, job: &OpenJob, outcome: wire::PrintOutcome) {
        self.job_gone(&job.printer, &job.job.id);
        self.tell_kiosk(job, outcome);
        let row = job.row(outcome);
        self.troubles.print_ended(&row);
        if let Some(panels) = self.streams.get_mut(&StreamKey::Panels) {
            panels.push_changes(changes::print(row));
        }
    }

    /// Nobody needs to know any more that a visit that is over had no paper.
    pub(super) fn forget_paper(&mut self) {
        let Self {
            troubles, state, ..
        } = self;
        let is_open = |id| {
            state
                .ticket(ticket_id(id))
                .is_some_and(|t| !t.state.is_final())
        };
        troubles.retain(is_open);
    }

    /// The printer need not speak of the job again.
    pub(super) fn job_gone(&mut self, printer: &str, job: &wire::JobId) {
        if let Some(stream) = self
            .streams
            .get_mut(&StreamKey::Printer(printer.to_owned()))
        {
            stream.push_changes(changes::job_gone(job));
        }
    }
}
