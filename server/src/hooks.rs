//! Tells office IT elsewhere what is wrong: by a webhook and by mail. Owns the queues and when something is told;
//! never holds the office up, never says anything about a person, and keeps no secret in memory.
//!
//! ```text
//!   alerts ──▶ due: lasts? flaps? ──message──▶ queue ──▶ webhook  (signed, tried again)
//!                                       └────▶ queue ──▶ mail
//! ```

mod config;
mod due;
mod mail;
mod message;
mod secret;
mod signature;
mod tls;
mod webhook;
mod worker;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::alerts::Alert;
use crate::app::AppState;
use crate::health::Health;
use crate::metrics::Metrics;
use crate::office::OfficeDocument;
use crate::staff_language::StaffLanguage;

pub use config::{AlertsConfig, MailConfig, MailTls};
use due::{Due, Rules};
use mail::Mail;
use message::Message;
pub use signature::signature;
use webhook::Webhook;
use worker::{Worker, WorkerHealth};

/// LIMIT: messages that wait for one hook. Each holds everything that was news at one look; past it the new ones are
/// dropped, and the list of alerts still stands in the API.
const WAITING: usize = 64;

/// Why a message did not go out. Says nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct SendFault(String);

impl SendFault {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// A way out of the house.
#[derive(Debug, Clone)]
pub(crate) enum Hook {
    Webhook(Webhook),
    Mail(Box<Mail>),
}

impl Hook {
    /// Those of a configuration.
    fn of(config: &AlertsConfig) -> Vec<Self> {
        let webhook = Webhook::of(config).map(Self::Webhook);
        let mail = Mail::of(config).map(|mail| Self::Mail(Box::new(mail)));
        webhook.into_iter().chain(mail).collect()
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Mail(_) => "mail",
        }
    }

    /// Where it leads, without anything secret.
    fn goes_to(&self) -> String {
        match self {
            Self::Webhook(webhook) => webhook.goes_to(),
            Self::Mail(mail) => mail.goes_to(),
        }
    }

    async fn send(&self, message: &Message) -> Result<(), SendFault> {
        match self {
            Self::Webhook(webhook) => webhook.send(message).await,
            Self::Mail(mail) => mail.send(message).await,
        }
    }
}

/// How often a message that does not go out is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The first wait; each further one is twice as long.
    pub first: Duration,
    pub longest: Duration,
    /// Then the message is given up.
    pub in_all: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(5),
            longest: Duration::from_mins(5),
            in_all: Duration::from_hours(1),
        }
    }
}

/// What hooks work with.
#[derive(Debug, Clone)]
pub struct Beside {
    pub health: Health,
    pub metrics: Metrics,
    pub stopping: CancellationToken,
    pub patience: Patience,
}

impl Beside {
    /// An office that runs, and the health of its server.
    pub fn of(app: &AppState, health: &Health) -> Self {
        Self {
            health: health.clone(),
            metrics: app.metrics.clone(),
            stopping: app.stopping.clone(),
            patience: Patience::default(),
        }
    }
}

/// The hooks of one office, running.
#[derive(Debug)]
pub struct Hooks {
    due: Due,
    language: Option<StaffLanguage>,
    queues: Vec<(&'static str, mpsc::Sender<Message>)>,
}

impl Hooks {
    /// Starts those that are configured. Inside a tokio runtime.
    pub fn start(config: Option<&AlertsConfig>, beside: &Beside) -> Self {
        let hooks = config.map(Hook::of).unwrap_or_default();
        let health = WorkerHealth::new(beside.health.clone());
        let mut queues = Vec::new();
        for hook in hooks {
            let (queue, messages) = mpsc::channel(WAITING);
            queues.push((hook.name(), queue));
            let worker = Worker {
                hook,
                health: health.clone(),
                counts: beside.metrics.hooks().clone(),
                patience: beside.patience,
            };
            tokio::spawn(worker.run(messages, beside.stopping.clone()));
        }
        Self {
            due: Due::new(config.map(rules).unwrap_or_default()),
            language: config.and_then(|config| config.language),
            queues,
        }
    }

    /// Takes in the present alerts, and hands over what is due. Never waits.
    pub(crate) fn look(&mut self, alerts: &[Alert], office: &OfficeDocument, now: Timestamp) {
        if self.queues.is_empty() {
            return;
        }
        let news = self.due.look(alerts, now);
        if news.is_empty() {
            return;
        }
        let tags = office.languages.iter().map(String::as_str);
        let language = self
            .language
            .unwrap_or_else(|| StaffLanguage::first_of(tags));
        let name = office.name.in_language(language.tag(), &office.languages);
        let message = Message::of(&news, name, language, now);
        for (hook, queue) in &self.queues {
            if queue.try_send(message.clone()).is_err() {
                warn!(
                    hook,
                    "{WAITING} messages wait for the {hook}: one was dropped"
                );
            }
        }
    }
}

fn rules(config: &AlertsConfig) -> Rules {
    Rules {
        after: SignedDuration::from_secs(i64::from(config.after_secs)),
        again_after: SignedDuration::from_mins(i64::from(config.again_after_min)),
    }
}

/// What became of a test.
#[derive(Debug)]
pub struct Tested {
    /// `webhook` or `mail`.
    pub hook: &'static str,
    /// Where it leads, without anything secret.
    pub goes_to: String,
    pub outcome: Result<(), SendFault>,
}

/// Sends a test message through every hook of a configuration, once.
pub async fn test(config: &AlertsConfig, now: Timestamp) -> Vec<Tested> {
    let message = Message::test(config.language.unwrap_or_default(), now);
    let mut tested = Vec::new();
    for hook in Hook::of(config) {
        tested.push(Tested {
            hook: hook.name(),
            goes_to: hook.goes_to(),
            outcome: hook.send(&message).await,
        });
    }
    tested
}
