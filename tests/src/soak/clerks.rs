//! Two clerks press *next* at the same moment, again and again: never the same person, never an error.

use std::collections::BTreeSet;

use anyhow::ensure;
use aufruf_protocol::latest::CalledVisit;

use crate::office::{Clerk, OfficeDocument, TestOffice};

/// Plays the rounds in one office; two people wait in each.
///
/// # Errors
/// The round in which a clerk got an error, nobody, or somebody who was called before.
pub async fn two_clerks(rounds: usize) -> anyhow::Result<()> {
    let office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .quiet()
        .start()
        .await?;
    let visitor = office.visitor()?;
    let (first, second) = (office.clerk("counter-1")?, office.clerk("counter-2")?);
    first.opens().await?;
    second.opens().await?;
    let mut called = BTreeSet::new();
    for round in 1..=rounds {
        visitor.takes("anything").await?;
        visitor.takes("anything").await?;
        let (left, right) = tokio::try_join!(first.calls_next(), second.calls_next())?;
        for visit in [&left, &right] {
            let is_new = called.insert(visit.ticket.id);
            ensure!(
                is_new,
                "round {round}: {} was called twice",
                visit.ticket.number
            );
        }
        tokio::try_join!(serve(&first, &left), serve(&second, &right))?;
    }
    office.closes().await
}

async fn serve(clerk: &Clerk, visit: &CalledVisit) -> anyhow::Result<()> {
    clerk.starts(visit.ticket.id).await?;
    clerk.finishes(visit.ticket.id).await?;
    Ok(())
}
