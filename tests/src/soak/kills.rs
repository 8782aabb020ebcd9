//! `kill -9` under load, again and again: every acknowledged command has been done, once.
//!
//! Issuers take tickets and a clerk serves while the server dies and comes back. A command that the
//! kill left without an answer is repeated under its key until there is one; so when the load has
//! stopped, the line must hold exactly the tickets that were issued and not served.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use aufruf_client::{ApiError, CommandKey};
use aufruf_protocol::latest::{IssuedTicket, TicketId};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::chance::Chance;
use crate::office::{Clerk, OfficeDocument, PATIENCE, TestOffice, Visitor};

/// A line of some thousand people is enough; then a new office is opened.
const ROUNDS_PER_OFFICE: u32 = 50;
/// A kill comes after this many acknowledged commands at most.
const COMMANDS_BEFORE_KILL: u32 = 120;

/// How many rounds, and what makes a run like another.
#[derive(Debug, Clone, Copy)]
pub struct KillRounds {
    pub rounds: u32,
    /// Decides after how many acknowledged commands each kill comes.
    pub seed: u64,
    pub issuers: usize,
}

/// What was put to the test and held.
#[derive(Debug, Clone, Copy, Default)]
pub struct Survived {
    pub rounds: u32,
    pub issued: usize,
    pub served: usize,
}

/// The line as it must be, by what was acknowledged.
#[derive(Debug, Default)]
struct Acknowledged {
    /// Numbers by ticket, of everybody who still waits.
    waiting: BTreeMap<TicketId, String>,
    issued: usize,
    served: usize,
}

/// Plays the rounds, in one office after the other.
///
/// # Errors
/// The round, its seed, and what was not as it was acknowledged.
pub async fn kill_rounds(plan: KillRounds) -> anyhow::Result<Survived> {
    let mut chance = Chance::from(plan.seed);
    let mut survived = Survived::default();
    while survived.rounds < plan.rounds {
        let left = (plan.rounds - survived.rounds).min(ROUNDS_PER_OFFICE);
        let done = one_office(&mut chance, left, plan.issuers)
            .await
            .with_context(|| {
                format!("seed {}, round {} or later", plan.seed, survived.rounds + 1)
            })?;
        survived.rounds += left;
        survived.issued += done.issued;
        survived.served += done.served;
    }
    Ok(survived)
}

async fn one_office(
    chance: &mut Chance,
    rounds: u32,
    issuers: usize,
) -> anyhow::Result<Acknowledged> {
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .quiet()
        .start()
        .await?;
    office.clerk("counter-1")?.opens().await?;
    let mut acknowledged = Acknowledged::default();
    for _ in 0..rounds {
        let kill_after = 1 + chance.below(COMMANDS_BEFORE_KILL);
        one_round(&mut office, kill_after, issuers, &mut acknowledged).await?;
        acknowledged.is_what(&office).await?;
    }
    office.closes().await?;
    Ok(acknowledged)
}

/// Load, a kill in the midst of it, the server back, and the load stopped.
async fn one_round(
    office: &mut TestOffice,
    kill_after: u32,
    issuers: usize,
    acknowledged: &mut Acknowledged,
) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let (count, mut counted) = watch::channel(0);
    let mut load = JoinSet::new();
    for _ in 0..issuers {
        load.spawn(takes_tickets(
            office.visitor()?,
            stopped.clone(),
            count.clone(),
        ));
    }
    load.spawn(serves(office.clerk("counter-1")?, stopped, count));
    let enough = timeout(PATIENCE, counted.wait_for(|done| *done >= kill_after)).await;
    enough
        .context("too few commands were acknowledged")?
        .context("the load has ended")?;
    office.server().is_killed().await?;
    office.server().starts_again().await?;
    stop.send_replace(true);
    let mut served = Vec::new();
    while let Some(done) = load.join_next().await {
        let done = done??;
        acknowledged.take_issued(done.issued)?;
        served.extend(done.served);
    }
    acknowledged.take_served(&served)
}

#[derive(Debug, Default)]
struct Done {
    issued: Vec<IssuedTicket>,
    served: Vec<TicketId>,
}

async fn takes_tickets(
    visitor: Visitor,
    stopped: watch::Receiver<bool>,
    count: watch::Sender<u32>,
) -> anyhow::Result<Done> {
    let mut done = Done::default();
    while !*stopped.borrow() {
        let key = CommandKey::fresh();
        done.issued
            .push(surely(|| visitor.takes_under(&key, "anything")).await?);
        count.send_modify(|count| *count += 1);
    }
    Ok(done)
}

async fn serves(
    clerk: Clerk,
    stopped: watch::Receiver<bool>,
    count: watch::Sender<u32>,
) -> anyhow::Result<Done> {
    let mut done = Done::default();
    while !*stopped.borrow() {
        let next = CommandKey::fresh();
        let reply = surely(|| clerk.presses_next_under(&next)).await?;
        let Some(visit) = reply.called else { continue };
        let finish = CommandKey::fresh();
        surely(|| clerk.finishes_under(&finish, visit.ticket.id)).await?;
        done.served.push(visit.ticket.id);
        count.send_modify(|count| *count += 1);
    }
    Ok(done)
}

/// Repeats a command under its key while the server is away.
async fn surely<T, C>(mut command: impl FnMut() -> C) -> Result<T, ApiError>
where
    C: Future<Output = Result<T, ApiError>>,
{
    let begin = Instant::now();
    loop {
        match command().await {
            Err(ApiError::Unreachable { .. }) if begin.elapsed() < PATIENCE => {}
            answer => return answer,
        }
    }
}

impl Acknowledged {
    fn take_issued(&mut self, issued: Vec<IssuedTicket>) -> anyhow::Result<()> {
        self.issued += issued.len();
        for ticket in issued {
            let is_taken = self.waiting.values().any(|number| *number == ticket.number);
            ensure!(
                !is_taken,
                "number {} was given to two people",
                ticket.number
            );
            let earlier = self.waiting.insert(ticket.id, ticket.number.clone());
            ensure!(
                earlier.is_none(),
                "{} was issued by two commands",
                ticket.number
            );
        }
        Ok(())
    }

    fn take_served(&mut self, served: &[TicketId]) -> anyhow::Result<()> {
        self.served += served.len();
        for ticket in served {
            let was_there = self.waiting.remove(ticket);
            ensure!(
                was_there.is_some(),
                "{ticket} was called twice, or never issued"
            );
        }
        Ok(())
    }

    /// Compares with what the server tells panels now.
    async fn is_what(&self, office: &TestOffice) -> anyhow::Result<()> {
        let told: BTreeMap<TicketId, String> = office
            .new_observer()?
            .sees("as many visits finished as were acknowledged", |view| {
                let finished = usize::try_from(view.finished).ok()?;
                let rows = view.tickets.iter().map(|row| (row.id, row.number.clone()));
                (finished >= self.served).then(|| rows.collect())
            })
            .await?;
        let lost: Vec<_> = self
            .waiting
            .iter()
            .filter(|(id, _)| !told.contains_key(id))
            .collect();
        ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let extra: Vec<_> = told
            .iter()
            .filter(|(id, _)| !self.waiting.contains_key(id))
            .collect();
        ensure!(
            extra.is_empty(),
            "there though nobody asked, or served and still there: {extra:?}"
        );
        ensure!(
            told == self.waiting,
            "a ticket has another number than was acknowledged"
        );
        Ok(())
    }
}
