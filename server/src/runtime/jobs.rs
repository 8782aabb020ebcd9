//! Print jobs without a last word. The journal says which tickets were taken; the printer agent
//! remembers what it printed; so after a restart the open jobs are offered again, and the agent
//! answers those that it has done.

use std::collections::BTreeMap;

use aufruf_protocol::latest::{JobId, PrintJob, PrintOutcome, PrintRow, TicketId};
use jiff::{SignedDuration, Timestamp};

/// LIMIT: jobs kept for printers that do not answer; the oldest give way.
const OPEN_JOBS: usize = 1_000;

/// A printer that was busy with a job when it became too old may still say what came of it.
const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// A job and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenJob {
    pub(super) job: PrintJob,
    pub(super) kiosk: String,
    pub(super) printer: String,
}

impl OpenJob {
    /// What the kiosk is told of it.
    pub(super) fn row(&self, outcome: PrintOutcome) -> PrintRow {
        PrintRow {
            job: self.job.id.clone(),
            ticket: self.job.ticket,
            outcome,
        }
    }
}

/// What a printer's word did to a job.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// It was the last word.
    Now(Box<OpenJob>, PrintOutcome),
    /// The last word was said before: the printer did not hear that it was heard.
    Before,
    /// It settles nothing.
    NotYet,
}

/// Every open job, by its id: ids sort by time.
#[derive(Debug, Default)]
pub(crate) struct OpenJobs(BTreeMap<JobId, OpenJob>);

impl OpenJobs {
    pub(super) fn add(&mut self, job: OpenJob) {
        self.0.insert(job.job.id.clone(), job);
        while self.0.len() > OPEN_JOBS {
            self.0.pop_first();
        }
    }

    /// The printer's word on a job. A later outcome than this version knows is as good as doubtful.
    pub(super) fn settle(&mut self, printer: &str, id: &JobId, outcome: PrintOutcome) -> Settled {
        let outcome = match outcome {
            PrintOutcome::Pending => return Settled::NotYet,
            PrintOutcome::Unknown => PrintOutcome::Doubtful,
            last => last,
        };
        match self.0.get(id) {
            None => Settled::Before,
            Some(job) if job.printer != printer => Settled::NotYet,
            Some(_) => self
                .0
                .remove(id)
                .map_or(Settled::Before, |job| Settled::Now(Box::new(job), outcome)),
        }
    }

    /// Forgets the jobs of tickets that are not `wanted`.
    pub(super) fn retain(&mut self, wanted: impl Fn(TicketId) -> bool) {
        self.0.retain(|_, job| wanted(job.job.ticket));
    }

    /// Takes out the jobs that were too old to be begun [`GRACE`] ago: nobody has said a word on them.
    pub(super) fn expire(&mut self, now: Timestamp) -> Vec<OpenJob> {
        let now = now - GRACE;
        let (expired, open) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(_, job)| job.job.expires_at <= now);
        self.0 = open;
        BTreeMap::into_values(expired).collect()
    }

    /// What a printer has to print, the oldest first.
    pub(crate) fn of_printer(&self, printer: &str) -> Vec<PrintJob> {
        let jobs = self.0.values().filter(|job| job.printer == printer);
        jobs.map(|job| job.job.clone()).collect()
    }

    /// What a kiosk waits for.
    pub(crate) fn of_kiosk(&self, kiosk: &str) -> Vec<PrintRow> {
        let jobs = self.0.values().filter(|job| job.kiosk == kiosk);
        jobs.map(|job| job.row(PrintOutcome::Pending)).collect()
    }
}
