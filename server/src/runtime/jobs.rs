//! Print jobs without a last word. The journal says which tickets were taken; the printer agent
//! remembers what it printed; so after a restart the open jobs are offered again, and the agent
//! answers those that it has done.

use std::collections::BTreeMap;

use aufruf_protocol::latest::{JobId, PrintJob, PrintOutcome, PrintRow};
use jiff::Timestamp;

/// LIMIT: jobs kept for printers that do not answer; the oldest give way.
const OPEN_JOBS: usize = 1_000;

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

    /// The printer's last word on one of its own jobs. None for a word that settles nothing.
    pub(super) fn settle(
        &mut self,
        printer: &str,
        id: &JobId,
        outcome: PrintOutcome,
    ) -> Option<OpenJob> {
        let is_last = !matches!(outcome, PrintOutcome::Pending | PrintOutcome::Unknown);
        let is_its_own = self.0.get(id).is_some_and(|job| job.printer == printer);
        if is_last && is_its_own {
            self.0.remove(id)
        } else {
            None
        }
    }

    /// Takes out the jobs that are too old to be printed: nobody has said a word on them.
    pub(super) fn expire(&mut self, now: Timestamp) -> Vec<OpenJob> {
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
