//! Print jobs, as the view task sends them and hears of them.

use std::collections::BTreeMap;

use aufruf_engine::{Actor, Event, Language, Record, Ticket, TicketId};
use aufruf_protocol::latest as wire;
use tracing::warn;

use super::jobs::{OpenJob, OpenJobs};
use super::streams::StreamKey;
use super::view_task::ViewTask;
use crate::wire::{changes, ticket_id, ticket_job};

/// The visit of somebody who has just come and gets paper.
fn came(record: &Record) -> Option<TicketId> {
    match &record.event {
        Event::TicketIssued { ticket, .. } | Event::CheckedIn { ticket, .. } => Some(*ticket),
        _ => None,
    }
}

impl ViewTask {
    /// `papers` says in which languages papers were asked for; all others speak the visit's.
    pub(super) fn tell_print_job(
        &mut self,
        record: &Record,
        papers: &BTreeMap<TicketId, Language>,
    ) {
        let ticket = came(record).and_then(|ticket| self.state.ticket(ticket));
        let job = ticket.and_then(|ticket| {
            let language = papers.get(&ticket.id).unwrap_or(&ticket.language);
            self.job_of(ticket, language, &record.by)
        });
        let Some(job) = job else {
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

    /// The job that prints the ticket of somebody who came at `kiosk`, where it has a printer.
    fn job_of(&self, ticket: &Ticket, language: &Language, kiosk: &Actor) -> Option<OpenJob> {
        let kiosk = kiosk.as_str();
        let printer = self.devices.printer_of(kiosk)?;
        let job = ticket_job(&self.office.document, ticket, language);
        Some(OpenJob {
            job,
            kiosk: kiosk.to_owned(),
            printer,
        })
    }

    /// After a start: jobs that may not have been printed. The agent answers those that were.
    pub(super) fn jobs_of_today(&self) -> OpenJobs {
        let now = self.clock.now();
        let document = &self.office.document;
        let may_be_unprinted = |ticket: &&Ticket| {
            let has_come = !ticket.state.is_final() && ticket.arrived_at.is_some();
            has_come && ticket_job(document, ticket, &ticket.language).expires_at > now
        };
        let fresh: Vec<&Ticket> = self.state.tickets().filter(may_be_unprinted).collect();
        let kiosks = if fresh.iter().any(|ticket| ticket.appointment.is_some()) {
            self.check_ins()
        } else {
            BTreeMap::new()
        };
        let mut jobs = OpenJobs::default();
        for ticket in fresh {
            let kiosk = match ticket.appointment {
                Some(_) => kiosks.get(&ticket.id),
                None => Some(&ticket.issued_by),
            };
            let job = kiosk.and_then(|kiosk| self.job_of(ticket, &ticket.language, kiosk));
            if let Some(job) = job {
                jobs.add(job);
            }
        }
        jobs
    }

    /// Where people with an appointment checked in today. Only the journal knows it.
    fn check_ins(&self) -> BTreeMap<TicketId, Actor> {
        let Some(day) = self.state.day() else {
            return BTreeMap::new();
        };
        let records = self.store.records_of(day.date).unwrap_or_else(|fault| {
            warn!("nobody knows which check-ins are printed: {fault}");
            Vec::new()
        });
        let check_in = |record: Record| match record.event {
            Event::CheckedIn { ticket, .. } => Some((ticket, record.by)),
            _ => None,
        };
        records.into_iter().filter_map(check_in).collect()
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
