//! The loop of the agent: hears of jobs, prints one after the other, tells what became of each.
//!
//! ```text
//!            job waits                    begun, on disk
//!   idle ──────────────▶ opening ────────────────────────▶ sending ──▶ printed | doubtful
//!    ▲ ▲                    │ cannot be reached                            │
//!    │ └──── pausing ◀──────┘                                              │
//!    └────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! Owns the spool and alone writes to it. Files of some hundred bytes are written in place: the task
//! has nothing else to do until a step is safe. The printer, which may hang, is spoken to aside.

mod press;
mod stage;

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use aufruf_client::clock::Clock;
use aufruf_client::logging::chain;
use aufruf_client::{Backoff, Link, Update};
use aufruf_protocol::latest::{
    Change, DeviceMessage, DeviceStatus, JobId, PairingCode, PrintJob, PrintOutcome, PrintReport,
    ServerMessage, View,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tracing::{error, info, warn};

pub use press::Press;
use stage::{Ended, Stage};

use crate::spool::{Offered, Spool};
use crate::transport::Line;

/// LIMIT: outcomes kept to be told again; beyond that the server asks by offering the job again.
const UNCONFIRMED_KEPT: usize = 256;
/// No more than one slip with a code in this time.
const SLIP_EVERY: Duration = Duration::from_mins(1);
/// With nothing to wait for, the agent looks up once in a while.
const IDLE: Duration = Duration::from_hours(1);
/// How long a job that is being sent may take to end when the agent is told to stop.
const LAST_JOB: Duration = Duration::from_secs(5);

/// Prints for one printer. `S` says a message to the server.
#[derive(Debug)]
pub struct Agent<S> {
    spool: Spool,
    press: Press,
    clock: Arc<dyn Clock>,
    say: S,
    /// The server's clock against ours: jobs expire by the server's.
    server_ahead: SignedDuration,
    /// Outcomes of which the server has not said that it has them.
    unconfirmed: VecDeque<PrintReport>,
    /// What is wrong with the printer now.
    fault: Option<String>,
    retry: Backoff,
    stage: Stage,
    /// The code that somebody has to approve now, and the one that was printed last.
    wanted: Option<PairingCode>,
    shown: Option<PairingCode>,
    shown_at: Option<Instant>,
}

impl<S: Fn(DeviceMessage)> Agent<S> {
    pub fn new(spool: Spool, press: Press, clock: Arc<dyn Clock>, say: S) -> Self {
        Self {
            spool,
            press,
            clock,
            say,
            server_ahead: SignedDuration::ZERO,
            unconfirmed: VecDeque::new(),
            fault: None,
            retry: Backoff::default(),
            stage: Stage::Idle,
            wanted: None,
            shown: None,
            shown_at: None,
        }
    }

    /// Runs until `stop` ends or there are no more updates. A job that is being sent may end first.
    pub async fn run(
        mut self,
        mut updates: mpsc::Receiver<Update>,
        stop: impl Future<Output = ()>,
    ) {
        let mut stop = pin!(stop);
        loop {
            self.advance();
            self.show_code();
            let until_expiry = self.until_expiry();
            tokio::select! {
                update = updates.recv() => match update {
                    Some(update) => self.hear(&update),
                    None => break,
                },
                ended = self.stage.end() => self.step(ended),
                () = sleep(until_expiry) => {}
                () = &mut stop => break,
            }
        }
        if matches!(self.stage, Stage::Sending { .. })
            && let Ok(ended) = timeout(LAST_JOB, self.stage.end()).await
        {
            self.step(ended);
        }
    }

    fn hear(&mut self, update: &Update) {
        match update {
            Update::ServerAhead(ahead) => self.server_ahead = *ahead,
            Update::Link(Link::Unpaired { code }) => self.wanted = Some(*code),
            Update::Link(Link::Connecting | Link::Live | Link::Stale { .. }) => self.wanted = None,
            Update::Message(message) => self.hear_message(message),
        }
    }

    /// Prints the code that somebody has to approve, once the printer has nothing else to do: each one once, and no
    /// more than one slip a minute, whatever the network says.
    fn show_code(&mut self) {
        let Some(code) = self.wanted.filter(|_| matches!(self.stage, Stage::Idle)) else {
            return;
        };
        let is_soon = self.shown_at.is_some_and(|at| at.elapsed() < SLIP_EVERY);
        if self.shown != Some(code) && !is_soon {
            self.shown = Some(code);
            self.shown_at = Some(Instant::now());
            self.press.shows(code);
        }
    }

    fn hear_message(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome(_) => self.tell_all_again(),
            ServerMessage::Snapshot {
                view: View::Printer(view),
                ..
            } => {
                self.unconfirmed
                    .retain(|report| view.jobs.iter().any(|job| job.id == report.job));
                view.jobs.iter().for_each(|job| self.take(job));
            }
            ServerMessage::PrintJob { job, .. } => self.take(job),
            ServerMessage::Delta { changes, .. } => {
                for change in changes {
                    if let Change::JobGone { job } = change {
                        self.unconfirmed.retain(|report| &report.job != job);
                    }
                }
            }
            ServerMessage::Snapshot { .. }
            | ServerMessage::Call { .. }
            | ServerMessage::Ping { .. }
            | ServerMessage::Unknown => {}
        }
    }

    /// What was said on the line before may not have arrived.
    fn tell_all_again(&self) {
        self.tell_status();
        for report in &self.unconfirmed {
            (self.say)(DeviceMessage::Printed(report.clone()));
        }
    }

    fn take(&mut self, job: &PrintJob) {
        let number = &job.number;
        match self.spool.offer(job, self.clock.now()) {
            Ok(Offered::Taken) => info!(job.id = %job.id, "got {number} to print"),
            Ok(Offered::InHand) => {}
            Ok(Offered::Done(report)) => self.tell(report),
            Err(failure) => {
                let reason = chain(&failure);
                error!(job.id = %job.id, "cannot take {number} in: {reason}");
                self.tell(report_of(&job.id, PrintOutcome::Failed, Some(reason)));
            }
        }
    }

    /// Starts what can be started. With a fault the printer is tried even without a job, so that it
    /// is known when all is well again.
    fn advance(&mut self) {
        self.end_expired();
        let wanted = self.fault.is_some() || self.spool.waiting().next().is_some();
        if wanted && matches!(self.stage, Stage::Idle) {
            self.stage = Stage::opening(Arc::clone(&self.press.transport));
        }
    }

    fn step(&mut self, ended: Ended) {
        self.stage = Stage::Idle;
        match ended {
            Ended::Pause => {}
            Ended::Opening(Ok(line)) => self.print_next(line),
            Ended::Opening(Err(failure)) => {
                let place = self.press.transport.place();
                self.set_fault(Some(format!(
                    "cannot reach the printer at {place}: {failure}"
                )));
                self.stage = Stage::pausing(self.retry.next_wait(0));
            }
            Ended::Sending { job, number, sent } => {
                self.retry.reset();
                match sent {
                    Ok(()) => {
                        self.set_fault(None);
                        self.finish(&job, &number, PrintOutcome::Printed, None);
                    }
                    Err(failure) => {
                        let reason = format!("the printer broke off: {failure}");
                        self.set_fault(Some(reason.clone()));
                        self.finish(&job, &number, PrintOutcome::Doubtful, Some(reason));
                        self.stage = Stage::pausing(self.retry.next_wait(0));
                    }
                }
            }
        }
    }

    /// The printer is there: begins the oldest job, on disk first.
    fn print_next(&mut self, line: Box<dyn Line>) {
        self.end_expired();
        let Some(job) = self.spool.waiting().next().cloned() else {
            self.retry.reset();
            self.set_fault(None);
            return;
        };
        let begun = self.press.bytes_of(&job).map_err(|error| chain(&error));
        let begun = begun.and_then(|bytes| {
            let noted = self.spool.begin(&job.id, self.clock.now());
            noted.map(|()| bytes).map_err(|error| chain(&error))
        });
        match begun {
            Ok(bytes) => self.stage = Stage::sending(job.id, job.number, line, bytes),
            Err(reason) => {
                error!(job.id = %job.id, "cannot begin {}: {reason}", job.number);
                self.finish(&job.id, &job.number, PrintOutcome::Failed, Some(reason));
            }
        }
    }

    /// A refilled or mended printer must not bring out tickets of people who have gone.
    fn end_expired(&mut self) {
        let now = self.server_now();
        let waiting = self.spool.waiting();
        let expired: Vec<(JobId, String)> = waiting
            .filter(|job| now >= job.expires_at)
            .map(|job| (job.id.clone(), job.number.clone()))
            .collect();
        for (job, number) in expired {
            let (outcome, reason) = match &self.fault {
                Some(fault) => (PrintOutcome::Failed, Some(fault.clone())),
                None => (PrintOutcome::Expired, None),
            };
            self.finish(&job, &number, outcome, reason);
        }
    }

    fn finish(&mut self, job: &JobId, number: &str, outcome: PrintOutcome, reason: Option<String>) {
        match &reason {
            None => info!(job.id = %job, "{number} is {outcome}"),
            Some(reason) => warn!(job.id = %job, "{number} is {outcome}: {reason}"),
        }
        let report = report_of(job, outcome, reason);
        if let Err(failure) = self.spool.finish(report.clone(), self.clock.now()) {
            error!(job.id = %job, "cannot keep the outcome of {number}: {}", chain(&failure));
        }
        self.tell(report);
    }

    /// Tells an outcome, and again after every break of the line until the server has it.
    fn tell(&mut self, report: PrintReport) {
        self.unconfirmed.retain(|held| held.job != report.job);
        if self.unconfirmed.len() >= UNCONFIRMED_KEPT {
            self.unconfirmed.pop_front();
        }
        self.unconfirmed.push_back(report.clone());
        (self.say)(DeviceMessage::Printed(report));
    }

    fn set_fault(&mut self, fault: Option<String>) {
        if self.fault == fault {
            return;
        }
        if let Some(fault) = &fault {
            warn!("{fault}");
        } else {
            info!("the printer is well again");
        }
        self.fault = fault;
        self.tell_status();
    }

    fn tell_status(&self) {
        let faults = self.fault.iter().cloned().collect();
        (self.say)(DeviceMessage::Status(DeviceStatus {
            faults,
            ..DeviceStatus::default()
        }));
    }

    fn server_now(&self) -> Timestamp {
        let now = self.clock.now();
        now.checked_add(self.server_ahead).unwrap_or(now)
    }

    fn until_expiry(&self) -> Duration {
        let now = self.server_now();
        let first = self.spool.waiting().map(|job| job.expires_at).min();
        let left = first.and_then(|expiry| Duration::try_from(expiry.duration_since(now)).ok());
        let idle = match self.wanted {
            Some(_) => SLIP_EVERY,
            None => IDLE,
        };
        left.map_or(idle, |left| left.clamp(Duration::from_millis(1), idle))
    }
}

fn report_of(job: &JobId, outcome: PrintOutcome, reason: Option<String>) -> PrintReport {
    PrintReport {
        job: job.clone(),
        outcome,
        reason,
    }
}

#[cfg(test)]
mod tests;
