//! Tickets a second: many clients take tickets over connections that they keep.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use aufruf_client::CommandKey;
use aufruf_protocol::latest::IssuedTicket;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Sample;
use super::http::Keepalive;
use crate::office::{OfficeDocument, TestOffice};

const WISH: &str = r#"{"services":["anything"],"language":"de"}"#;

/// What many clients got at once.
#[derive(Debug)]
pub struct Issued {
    pub clients: usize,
    pub tickets: usize,
    pub took: Duration,
    pub each: Sample,
}

impl Issued {
    pub fn per_second(&self) -> f64 {
        let tickets = u32::try_from(self.tickets).unwrap_or(u32::MAX);
        f64::from(tickets) / self.took.as_secs_f64()
    }
}

/// Lets `clients` take `tickets` together, in a fresh office. Every ticket is on disk when it is
/// answered; a number given twice is an error.
pub async fn issue_tickets(clients: usize, tickets: usize) -> anyhow::Result<Issued> {
    let office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .quiet()
        .start()
        .await?;
    let each = tickets / clients;
    let mut connections = Vec::with_capacity(clients);
    for _ in 0..clients {
        let (address, token) = office.bare_kiosk()?;
        connections.push(Keepalive::connect(address, &token).await?);
    }
    let begin = Instant::now();
    let mut load: JoinSet<_> = connections
        .into_iter()
        .map(|connection| takes_many(connection, each))
        .collect();
    let (mut numbers, mut durations) = (BTreeSet::new(), Vec::with_capacity(tickets));
    while let Some(taken) = load.join_next().await {
        for (number, duration) in taken?? {
            ensure!(numbers.insert(number.clone()), "{number} was given twice");
            durations.push(duration);
        }
    }
    let took = begin.elapsed();
    office.closes().await?;
    Ok(Issued {
        clients,
        tickets: numbers.len(),
        took,
        each: Sample::of(durations),
    })
}

async fn takes_many(
    mut connection: Keepalive,
    count: usize,
) -> anyhow::Result<Vec<(String, Duration)>> {
    let mut taken = Vec::with_capacity(count);
    for _ in 0..count {
        let key = CommandKey::fresh();
        let begin = Instant::now();
        let answer = connection
            .post("/api/v1/tickets", key.as_str(), WISH)
            .await?;
        let duration = begin.elapsed();
        let ticket: IssuedTicket = serde_json::from_str(&answer).context("reading a ticket")?;
        taken.push((ticket.number, duration));
    }
    Ok(taken)
}
