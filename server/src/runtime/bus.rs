//! The way of a command to the engine task, and of its outcome back.

use aufruf_engine::{Actor, Command, Refusal};
use tokio::sync::{mpsc, oneshot, watch};

use crate::wire::Reply;

/// LIMIT: commands that wait for the engine task. At 5,000 a second this is a fifth of a second; past
/// it a sender is told to come again, rather than that everybody waits longer and longer.
const WAITING_COMMANDS: usize = 1_024;

/// One command on its way, with whom to answer.
#[derive(Debug)]
pub struct Envelope {
    pub(super) command: Command,
    pub(super) by: Actor,
    /// The idempotency key; none for the shell's own commands.
    pub(super) key: Option<String>,
    /// Whether a ticket taken by this device is printed.
    pub(super) prints: bool,
    pub(super) reply: oneshot::Sender<Outcome>,
}

impl Envelope {
    pub fn new(
        command: Command,
        by: Actor,
        key: Option<String>,
        prints: bool,
    ) -> (Self, oneshot::Receiver<Outcome>) {
        let (reply, outcome) = oneshot::channel();
        (
            Self {
                command,
                by,
                key,
                prints,
                reply,
            },
            outcome,
        )
    }
}

/// What became of a command. Told only when it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done(Reply),
    Refused(Refusal),
    /// Nothing was done: the store cannot keep anything just now.
    Unavailable,
}

/// More commands wait than the engine task takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Sends commands to the engine task.
#[derive(Debug, Clone)]
pub struct CommandBus {
    commands: mpsc::Sender<Envelope>,
    open: watch::Receiver<bool>,
}

impl CommandBus {
    /// The bus, and the ends that the engine task holds.
    pub(super) fn new() -> (Self, mpsc::Receiver<Envelope>, watch::Sender<bool>) {
        let (commands, waiting) = mpsc::channel(WAITING_COMMANDS);
        let (opened, open) = watch::channel(false);
        (Self { commands, open }, waiting, opened)
    }

    /// Hands a command over. Its outcome comes by the envelope's own channel.
    ///
    /// # Errors
    /// [`Full`] when too many wait, or when the server stops.
    pub fn send(&self, envelope: Envelope) -> Result<(), Full> {
        self.commands
            .try_send(envelope)
            .map_err(|_full_or_closed| Full)
    }

    /// Whether commands are taken: the state is there and the store keeps what it is given.
    pub fn is_open(&self) -> bool {
        *self.open.borrow() && !self.commands.is_closed()
    }
}
