//! The way of a command to the engine task, and of its outcome back.

use std::fmt;

use aufruf_engine::{Actor, Command, CounterKey, EventSeq, Language, Refusal};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use crate::metrics::{CommandCounts, CommandEnd, Commands};
use crate::wire::Reply;

/// LIMIT: commands that wait for the engine task. At 5,000 a second this is a fifth of a second; past
/// it a sender is told to come again, rather than that everybody waits longer and longer.
const WAITING_COMMANDS: usize = 1_024;

/// One command on its way, with whom to answer.
#[derive(Debug)]
pub struct Envelope {
    pub(super) command: Command,
    pub(super) sender: Sender,
    /// The idempotency key; none for the shell's own commands.
    pub(super) key: Option<String>,
    /// What is kept about the visit if the command is done.
    pub(super) note: Option<NoteText>,
    /// In which the paper of the command is printed; none: in the visit's own.
    pub(super) paper: Option<Language>,
    /// The last record that the sender knew of, where the command rests on that.
    pub(super) as_of: Option<EventSeq>,
    pub(super) asker: Asker,
}

/// Whom to tell the outcome of a command, and since when it is awaited.
#[derive(Debug)]
pub(super) struct Asker {
    command: &'static str,
    arrived: Instant,
    reply: oneshot::Sender<Outcome>,
}

impl Asker {
    /// Answers. Who has gone is not missed.
    pub(super) fn tell(self, outcome: Outcome, counts: &mut CommandCounts) {
        let end = match &outcome {
            Outcome::Done(_) => CommandEnd::Done,
            Outcome::Refused(_) => CommandEnd::Refused,
            Outcome::Unavailable => CommandEnd::Unavailable,
        };
        self.end(outcome, end, counts);
    }

    /// Answers what was sent before: there or then, the command was counted already.
    pub(super) fn tell_again(self, outcome: Outcome, counts: &mut CommandCounts) {
        self.end(outcome, CommandEnd::Repeated, counts);
    }

    fn end(self, outcome: Outcome, end: CommandEnd, counts: &mut CommandCounts) {
        let _gone = self.reply.send(outcome);
        counts.answered(self.command, end, self.arrived.elapsed());
    }
}

/// Who sends a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub by: Actor,
    /// The counter that a panel works for: it moves on no visit that stands at another one.
    pub counter: Option<CounterKey>,
    /// Whether a ticket taken at this device is printed.
    pub prints: bool,
}

/// A few words about a visit. Personal: in no event and no log.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteText(pub String);

impl fmt::Debug for NoteText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NoteText")
    }
}

impl Envelope {
    /// A command of the shell's own.
    pub fn own(command: Command, by: Actor) -> (Self, oneshot::Receiver<Outcome>) {
        let sender = Sender {
            by,
            counter: None,
            prints: false,
        };
        Self::with(command, sender, None)
    }

    /// A device's command under its idempotency key.
    pub fn of_device(
        command: Command,
        sender: Sender,
        key: String,
    ) -> (Self, oneshot::Receiver<Outcome>) {
        Self::with(command, sender, Some(key))
    }

    /// The same, with a note about the visit.
    #[must_use]
    pub fn noting(self, note: Option<NoteText>) -> Self {
        Self { note, ..self }
    }

    /// The same, with paper in this language.
    #[must_use]
    pub fn printing_in(self, paper: Option<Language>) -> Self {
        Self { paper, ..self }
    }

    /// The same, resting on the state after record `as_of`.
    #[must_use]
    pub fn seen_at(self, as_of: EventSeq) -> Self {
        let as_of = Some(as_of);
        Self { as_of, ..self }
    }

    fn with(
        command: Command,
        sender: Sender,
        key: Option<String>,
    ) -> (Self, oneshot::Receiver<Outcome>) {
        let (reply, outcome) = oneshot::channel();
        let asker = Asker {
            command: command.name(),
            arrived: Instant::now(),
            reply,
        };
        let envelope = Self {
            command,
            sender,
            key,
            note: None,
            paper: None,
            as_of: None,
            asker,
        };
        (envelope, outcome)
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
    counted: Commands,
}

impl CommandBus {
    /// The bus, and the ends that the engine task holds.
    pub(super) fn new(counted: Commands) -> (Self, mpsc::Receiver<Envelope>, watch::Sender<bool>) {
        let (commands, waiting) = mpsc::channel(WAITING_COMMANDS);
        let (opened, open) = watch::channel(false);
        let bus = Self {
            commands,
            open,
            counted,
        };
        (bus, waiting, opened)
    }

    /// Hands a command over. Its outcome comes by the envelope's own channel.
    ///
    /// # Errors
    /// [`Full`] when too many wait, or when the server stops.
    pub fn send(&self, envelope: Envelope) -> Result<(), Full> {
        let command = envelope.command.name();
        self.commands.try_send(envelope).map_err(|_full_or_closed| {
            self.counted.turned_away(command);
            Full
        })
    }

    /// Whether commands are taken: the state is there and the store keeps what it is given.
    pub fn is_open(&self) -> bool {
        *self.open.borrow() && !self.commands.is_closed()
    }
}
