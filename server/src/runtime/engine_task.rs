//! The engine task: alone owns the state, and moves it on.
//!
//! The order is law: decide and apply a batch in memory, commit it once, reply, then publish. One
//! further batch may be decided while one is being committed. If a commit fails, the state in memory
//! is of something that never happened: it is dropped and rebuilt from disk, and until then every
//! command is told that the office cannot keep anything just now.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use aufruf_engine::{Actor, Command, Record, Refusal, State, step};
use aufruf_store::{Answer, Batch as StoreBatch, CommitError, Note, Store};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info};

use super::batch::{Batch, CommandKey, PaperLanguages};
use super::bus::{Asker, CommandBus, Envelope, NoteText, Outcome};
use super::capacity::Capacity;
use super::own_visit;
use super::view_task::Committed;
use crate::clock::Clock;
use crate::metrics::{CommandCounts, Commits, Metrics};
use crate::wire::{self, Reply};

/// LIMIT: commands of one batch. More gain nothing: the disk's own sync is shared by all of them.
const BATCH: usize = 256;
/// LIMIT: batches that are not on disk yet. One is being written, one is decided meanwhile.
const IN_FLIGHT: usize = 2;
/// How long to wait before the store is asked again whether it works.
const RETRY: Duration = Duration::from_secs(1);
/// The shortest sleep before a deadline: should one that is due bring no event, the task must not spin.
const SHORTEST_SLEEP: Duration = Duration::from_millis(100);
/// The longest sleep before the deadline is looked at again: the office's clock may have been set.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Owns the state of one office.
#[derive(Debug)]
pub struct EngineTask {
    state: State,
    store: Store,
    clock: Arc<dyn Clock>,
    commands: mpsc::Receiver<Envelope>,
    opened: watch::Sender<bool>,
    committed: mpsc::Sender<Committed>,
    in_flight: VecDeque<InFlight>,
    timer: Actor,
    capacity: Capacity,
    counts: CommandCounts,
    commits: Commits,
}

#[derive(Debug)]
struct InFlight {
    batch: Batch,
    handed_over: Instant,
    commit: oneshot::Receiver<Result<(), CommitError>>,
}

impl EngineTask {
    /// The task, not yet running, and the bus that leads to it.
    pub fn new(
        state: State,
        store: Store,
        clock: Arc<dyn Clock>,
        committed: mpsc::Sender<Committed>,
        metrics: &Metrics,
    ) -> (Self, CommandBus) {
        let (bus, commands, opened) = CommandBus::new(metrics.commands().clone());
        let (in_flight, timer) = (VecDeque::with_capacity(IN_FLIGHT), Actor::new("timer"));
        let capacity = Capacity::of(&state);
        (
            Self {
                state,
                store,
                clock,
                commands,
                opened,
                committed,
                in_flight,
                timer,
                capacity,
                counts: metrics.command_counts(),
                commits: metrics.commits().clone(),
            },
            bus,
        )
    }

    /// Runs until `stopping`; then finishes what was sent before and returns. Returns early only when the
    /// store is gone for good: the program has to start anew then.
    pub async fn run(mut self, stopping: CancellationToken) {
        self.opened.send_replace(true);
        let mut waiting = Vec::with_capacity(BATCH);
        loop {
            let may_decide = self.in_flight.len() < IN_FLIGHT;
            let (until_deadline, one_is_out) = (self.until_deadline(), !self.in_flight.is_empty());
            tokio::select! {
                biased;
                done = oldest_commit(&mut self.in_flight), if one_is_out => {
                    if self.settle(done, &stopping).await.is_break() {
                        return;
                    }
                }
                taken = self.commands.recv_many(&mut waiting, BATCH), if may_decide => {
                    if taken == 0 {
                        break;
                    }
                    let batch = self.decide(&mut waiting);
                    self.hand_over(batch);
                }
                () = tokio::time::sleep(until_deadline), if may_decide => {
                    let batch = self.decide(&mut Vec::new());
                    self.hand_over(batch);
                }
                // Nobody new is taken; what waits in the channel is still done.
                () = stopping.cancelled(), if !self.commands.is_closed() => self.commands.close(),
            }
        }
        while !self.in_flight.is_empty() {
            let done = oldest_commit(&mut self.in_flight).await;
            if self.settle(done, &stopping).await.is_break() {
                return;
            }
        }
        info!("the engine task has stopped");
    }

    fn until_deadline(&self) -> Duration {
        let Some(deadline) = self.state.next_deadline() else {
            return LONGEST_SLEEP;
        };
        let left = deadline.duration_since(self.clock.now());
        Duration::try_from(left)
            .unwrap_or(Duration::ZERO)
            .clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
    }

    /// Decides what waits, in its order. What is due by the clock goes first.
    fn decide(&mut self, waiting: &mut Vec<Envelope>) -> Batch {
        let now = self.clock.now();
        let mut batch = Batch::default();
        if self
            .state
            .next_deadline()
            .is_some_and(|deadline| deadline <= now)
        {
            match step(&mut self.state, &Command::TimePassed, &self.timer, now) {
                Ok(records) => {
                    self.capacity.follow(&records);
                    batch.records.extend(records);
                }
                Err(refusal) => error!(code = refusal.code(), "time could not pass: {refusal}"),
            }
        }
        for envelope in waiting.drain(..) {
            self.decide_one(envelope, now, &mut batch);
        }
        batch
    }

    fn decide_one(&mut self, envelope: Envelope, now: Timestamp, batch: &mut Batch) {
        let Envelope {
            command,
            sender,
            key,
            note,
            paper,
            as_of,
            asker,
        } = envelope;
        let by = sender.by;
        let key: Option<CommandKey> = key.map(|key| (by.clone(), key));
        let Some(asker) = self.answer_twin(key.as_ref(), asker, batch) else {
            return;
        };
        let allowed = own_visit::check(&self.state, &command, sender.counter.as_ref());
        let is_current = as_of.is_none_or(|as_of| self.capacity.is_known_to(as_of));
        let done = allowed.and_then(|()| {
            if is_current {
                step(&mut self.state, &command, &by, now)
            } else {
                Ok(Vec::new())
            }
        });
        match done {
            Ok(records) => {
                self.capacity.follow(&records);
                let answer = wire::reply(&self.state, &command, &records, sender.prints);
                log_done(&command, &by, &records);
                batch
                    .answers
                    .extend(key.as_ref().map(|key| kept(key, &answer, now)));
                batch
                    .notes
                    .extend(note.and_then(|note| noted(note, &records)));
                let ticket = records.first().and_then(|record| record.event.ticket());
                batch.papers.extend(ticket.zip(paper));
                batch.records.extend(records);
                batch.await_commit(key, Outcome::Done(answer), asker);
            }
            Err(refusal) => {
                log_refused(&command, &by, &refusal);
                // Decided on a state that may not be on disk yet, so it waits like any other answer.
                batch.await_commit(None, Outcome::Refused(refusal), asker);
            }
        }
    }

    /// A repeated command: the twin in flight is waited for, the kept answer is given again. Gives the
    /// asker back when the command is new.
    fn answer_twin(
        &mut self,
        key: Option<&CommandKey>,
        asker: Asker,
        batch: &mut Batch,
    ) -> Option<Asker> {
        let Some(key) = key else { return Some(asker) };
        let mut asker = match batch.join_twin(key, asker) {
            Ok(()) => return None,
            Err(asker) => asker,
        };
        for InFlight { batch, .. } in &mut self.in_flight {
            asker = match batch.join_twin(key, asker) {
                Ok(()) => return None,
                Err(asker) => asker,
            };
        }
        match self.store.answer(key.0.as_str(), &key.1) {
            Ok(None) => Some(asker),
            Ok(Some(Answer { status, body, .. })) => {
                let outcome = Outcome::Done(Reply { status, body });
                asker.tell_again(outcome, &mut self.counts);
                None
            }
            Err(fault) => {
                error!("cannot look up whether a command was answered before: {fault}");
                asker.tell(Outcome::Unavailable, &mut self.counts);
                None
            }
        }
    }

    fn hand_over(&mut self, batch: Batch) {
        if batch.is_empty() {
            return;
        }
        let handed_over = Instant::now();
        let commit = self.store.commit(StoreBatch {
            records: batch.records.clone(),
            answers: batch.answers.clone(),
            notes: batch.notes.clone(),
        });
        self.in_flight.push_back(InFlight {
            batch,
            handed_over,
            commit,
        });
    }

    /// The oldest batch has come to its end. Breaks when nothing can ever be kept again.
    async fn settle(
        &mut self,
        done: Result<(), CommitError>,
        stopping: &CancellationToken,
    ) -> ControlFlow<()> {
        let Some(InFlight {
            batch, handed_over, ..
        }) = self.in_flight.pop_front()
        else {
            return ControlFlow::Continue(());
        };
        let Err(fault) = done else {
            let (commands, took) = (batch.commands(), handed_over.elapsed());
            let (records, papers) = batch.tell(&mut self.counts);
            self.commits.kept(commands, took);
            self.publish(records, papers).await;
            return ControlFlow::Continue(());
        };
        self.commits.failed();
        batch.tell_unavailable(&mut self.counts);
        for InFlight { batch, .. } in self.in_flight.drain(..) {
            self.commits.failed();
            batch.tell_unavailable(&mut self.counts);
        }
        self.opened.send_replace(false);
        if matches!(fault, CommitError::Closed) {
            error!("the store's writer has ended; the server has to start anew");
            return ControlFlow::Break(());
        }
        error!("a batch could not be kept; rebuilding from disk: {fault}");
        self.rebuild(stopping).await;
        ControlFlow::Continue(())
    }

    async fn publish(&self, records: Vec<Record>, papers: PaperLanguages) {
        if !records.is_empty() {
            // LIMIT: bounded; a view task that is that far behind slows the office rather than lose a call.
            let news = Committed::Records { records, papers };
            let _stopped = self.committed.send(news).await;
        }
    }

    /// Back to what is on disk. Meanwhile every command is told that nothing was done; a disk that stays
    /// full is asked once in [`RETRY`], not at every press.
    async fn rebuild(&mut self, stopping: &CancellationToken) {
        loop {
            tokio::select! {
                () = self.refuse_for(RETRY) => {}
                () = stopping.cancelled() => return,
            }
            match self.try_rebuild().await {
                Ok(()) => break,
                Err(fault) => error!("the store still cannot be used: {fault}"),
            }
        }
        info!(
            seq = self.state.last_seq().0,
            "the state is rebuilt from disk"
        );
        let _stopped = self
            .committed
            .send(Committed::Rebuilt(Box::new(self.state.clone())))
            .await;
        self.opened.send_replace(true);
    }

    async fn try_rebuild(&mut self) -> anyhow::Result<()> {
        let store = self.store.clone();
        self.state = tokio::task::spawn_blocking(move || store.rebuild()).await??;
        self.capacity = Capacity::of(&self.state);
        Ok(())
    }

    async fn refuse_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Ok(Some(envelope)) = tokio::time::timeout_at(until, self.commands.recv()).await {
            envelope.asker.tell(Outcome::Unavailable, &mut self.counts);
        }
    }
}

/// When the oldest batch in flight is on disk, or is known not to be.
async fn oldest_commit(in_flight: &mut VecDeque<InFlight>) -> Result<(), CommitError> {
    match in_flight.front_mut() {
        Some(oldest) => (&mut oldest.commit)
            .await
            .unwrap_or(Err(CommitError::Closed)),
        None => std::future::pending().await,
    }
}

fn kept((by, key): &CommandKey, answer: &Reply, at: Timestamp) -> Answer {
    let (device, key) = (by.as_str().to_owned(), key.clone());
    Answer {
        device,
        key,
        at,
        status: answer.status,
        body: answer.body.clone(),
    }
}

/// The note is about the visit that the command moved on, and was written when it did.
fn noted(NoteText(text): NoteText, records: &[Record]) -> Option<Note> {
    let record = records.first()?;
    Some(Note {
        ticket: record.event.ticket()?,
        text,
        written_at: record.at,
        by: record.by.clone(),
    })
}

fn log_done(command: &Command, by: &Actor, records: &[Record]) {
    for record in records {
        let ticket = record
            .event
            .ticket()
            .map(|ticket| ticket.to_string())
            .unwrap_or_default();
        debug!(command = command.name(), by = %by, seq = record.seq.0, ticket, "decided");
    }
}

fn log_refused(command: &Command, by: &Actor, refusal: &Refusal) {
    info!(command = command.name(), by = %by, code = refusal.code(), "refused: {refusal}");
}
