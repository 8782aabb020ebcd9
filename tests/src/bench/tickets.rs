//! Tickets a second: many clients take tickets over connections that they keep. Every ticket is on disk when it is
//! answered; a number given twice is an error.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::ensure;
use aufruf_protocol::latest::{IssuedTicket, TicketId};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Sample;
use super::house::{House, Taker, settles};

/// What was done before is on disk and planned.
const SETTLING: Duration = Duration::from_secs(2);

/// What many clients got at once.
#[derive(Debug)]
pub struct Issued {
    pub clients: usize,
    /// In the database before.
    pub before: usize,
    pub took: Duration,
    pub each: Sample,
}

impl Issued {
    pub fn per_second(&self) -> f64 {
        let tickets = u32::try_from(self.each.count()).unwrap_or(u32::MAX);
        f64::from(tickets) / self.took.as_secs_f64()
    }
}

/// Lets `clients` take `tickets` together, in a fresh office.
pub async fn issue_tickets(clients: usize, tickets: usize) -> anyhow::Result<Issued> {
    let house = House::opens().await?;
    let (issued, _taken) = take_together(&house, clients, tickets, 0).await?;
    house.closes().await?;
    Ok(issued)
}

/// Lets `clients` take `tickets` together in one office, each time when it has as many in its books as `volumes`
/// says. Those are of today and over: in the database, the journal and the state. The tickets of earlier days are in
/// the first alone, and so cost less.
pub async fn issue_at_volumes(
    clients: usize,
    tickets: usize,
    volumes: &[usize],
) -> anyhow::Result<Vec<Issued>> {
    let house = House::opens().await?;
    let (mut in_books, mut all) = (0, Vec::new());
    for volume in volumes {
        house.has_had(volume.saturating_sub(in_books)).await?;
        in_books = in_books.max(*volume);
        settles(SETTLING).await;
        let (issued, taken) = take_together(&house, clients, tickets, in_books).await?;
        house.sends_away(taken).await?;
        all.push(issued);
        in_books += tickets;
    }
    house.closes().await?;
    Ok(all)
}

async fn take_together(
    house: &House,
    clients: usize,
    tickets: usize,
    before: usize,
) -> anyhow::Result<(Issued, Vec<TicketId>)> {
    let mut takers = Vec::with_capacity(clients);
    for _ in 0..clients {
        takers.push(house.taker().await?);
    }
    let begin = Instant::now();
    let mut load: JoinSet<_> = takers
        .into_iter()
        .map(|taker| takes_many(taker, tickets / clients))
        .collect();
    let (mut numbers, mut ids) = (BTreeSet::new(), Vec::with_capacity(tickets));
    let mut durations = Vec::with_capacity(tickets);
    while let Some(taken) = load.join_next().await {
        for (ticket, duration) in taken?? {
            durations.push(duration);
            ids.push(ticket.id);
            let number = ticket.number;
            ensure!(numbers.insert(number.clone()), "{number} was given twice");
        }
    }
    let took = begin.elapsed();
    let issued = Issued {
        clients,
        before,
        took,
        each: Sample::of(durations),
    };
    Ok((issued, ids))
}

async fn takes_many(
    mut taker: Taker,
    count: usize,
) -> anyhow::Result<Vec<(IssuedTicket, Duration)>> {
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        let begin = Instant::now();
        let ticket = taker.takes().await?;
        all.push((ticket, begin.elapsed()));
    }
    Ok(all)
}
