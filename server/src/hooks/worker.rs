//! One hook's worker: a message after the other, each tried again until it goes out, is refused for good or is too old.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use super::message::Message;
use super::{Hook, Patience, SendFault};
use crate::health::{Health, Part};
use crate::metrics::HookCounts;

/// Why a try did not do.
#[derive(Debug)]
pub(super) enum Failed {
    /// Another try may do.
    ForNow(SendFault),
    /// This message is never taken, however often it is sent.
    ForEver(SendFault),
}

impl From<SendFault> for Failed {
    fn from(fault: SendFault) -> Self {
        Self::ForNow(fault)
    }
}

impl From<Failed> for SendFault {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::ForNow(fault) | Failed::ForEver(fault) => fault,
        }
    }
}

/// Sends what stands in one queue.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) hook: Hook,
    pub(super) health: WorkerHealth,
    pub(super) counts: HookCounts,
    pub(super) patience: Patience,
}

/// Which hooks do not work: one fault of the server. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub(super) struct WorkerHealth {
    health: Health,
    faults: Arc<Mutex<BTreeMap<&'static str, String>>>,
}

impl WorkerHealth {
    pub(super) fn new(health: Health) -> Self {
        let faults = Arc::default();
        Self { health, faults }
    }

    fn says(&self, hook: &'static str, fault: Option<String>) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(fault) => faults.insert(hook, fault),
            None => faults.remove(hook),
        };
        let all: Vec<String> = faults.values().cloned().collect();
        let fault = (!all.is_empty()).then(|| all.join("; "));
        self.health.says(Part::Hooks, fault);
    }
}

impl Worker {
    /// Until the server stops. What waits then is told again after the next start, if it still is so.
    pub(super) async fn run(
        self,
        mut messages: mpsc::Receiver<Message>,
        stopping: CancellationToken,
    ) {
        let sending = async {
            while let Some(message) = messages.recv().await {
                self.deliver(&message).await;
            }
        };
        tokio::select! {
            () = stopping.cancelled() => {}
            () = sending => {}
        }
    }

    async fn deliver(&self, message: &Message) {
        let (hook, begun) = (self.hook.name(), Instant::now());
        let mut wait = self.patience.first;
        loop {
            let outcome = self.attempt(message).await;
            self.counts.tried(hook, outcome.is_ok());
            let Err(failed) = outcome else {
                info!(hook, message = message.id, "told IT by {hook}");
                return self.health.says(hook, None);
            };
            let too_late = begun.elapsed() + wait > self.patience.in_all;
            if too_late || matches!(failed, Failed::ForEver(_)) {
                return self.give_up(message, &failed.into());
            }
            let words = self.words(&failed.into(), "it is tried again");
            self.health.says(hook, Some(words));
            sleep(wait).await;
            wait = (wait * 2).min(self.patience.longest);
        }
    }

    async fn attempt(&self, message: &Message) -> Result<(), Failed> {
        match &self.hook {
            Hook::Webhook(webhook) => webhook.attempt(message).await,
            Hook::Mail(mail) => mail.attempt(message).await,
        }
    }

    fn give_up(&self, message: &Message, fault: &SendFault) {
        let hook = self.hook.name();
        error!(hook, message = message.id, "given up: {fault}");
        let words = self.words(fault, "a message was given up");
        self.health.says(hook, Some(words));
    }

    fn words(&self, fault: &SendFault, then: &str) -> String {
        let (hook, goes_to) = (self.hook.name(), self.hook.goes_to());
        format!("alerts do not reach IT by {hook} to {goes_to}, and {then}: {fault}")
    }
}
