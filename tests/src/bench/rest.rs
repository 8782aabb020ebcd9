//! The server at rest: its memory, and how long it takes from its start until it takes commands.

use std::time::Duration;

use anyhow::Context as _;
use tokio::time::Instant;

use super::memory::resident_kib;
use crate::office::{OfficeDocument, PATIENCE, TestOffice};

/// A server that has nothing to do.
#[derive(Debug, Clone, Copy)]
pub struct AtRest {
    /// Tickets of the day that it has in its books.
    pub tickets: usize,
    pub ready_after: Duration,
    /// Resident memory in KiB.
    pub resident_kib: u64,
}

/// Stops a server with `tickets` in its books, starts it again, and looks at it.
pub async fn at_rest(tickets: usize) -> anyhow::Result<AtRest> {
    let mut office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .quiet()
        .start()
        .await?;
    let visitor = office.visitor()?;
    for _ in 0..tickets {
        visitor.takes("anything").await?;
    }
    office.server().program().stops(PATIENCE).await?;
    let begin = Instant::now();
    office.server().starts_again().await?;
    let ready_after = begin.elapsed();
    office
        .observer()
        .sees("the server has settled", |_| Some(()))
        .await?;
    let pid = office.server().program().pid().context("the server runs")?;
    let resident_kib = resident_kib(pid)?;
    office.closes().await?;
    Ok(AtRest {
        tickets,
        ready_after,
        resident_kib,
    })
}
