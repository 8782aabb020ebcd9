//! A thousand phones that look at their visitors' pages, beside an office that presses *next*.

use std::time::Duration;

use anyhow::Context as _;
use aufruf_protocol::latest::TicketId;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::Sample;
use super::house::House;
use super::http::Keepalive;
use super::next::at_pace_in;

/// A page asks this often while its visit is called, which is three times as often as while it waits.
const ASKS_EVERY: Duration = Duration::from_secs(5);

/// *Next* with the phones, and the pages themselves.
#[derive(Debug)]
pub struct BesidePages {
    pub next: Sample,
    pub page: Sample,
}

/// Presses *next* 30 times a second for `seconds` while `phones` look, each over a connection of its own.
pub async fn next_beside_pages(phones: usize, seconds: u32) -> anyhow::Result<BesidePages> {
    let house = House::opens().await?;
    let tickets = house.lets_come(phones).await?;
    let (over, until_over) = watch::channel(());
    let (begin, mut looks) = (Instant::now() + ASKS_EVERY, JoinSet::new());
    for (nth, ticket) in (0u32..).zip(tickets) {
        let all = u32::try_from(phones).context("so many phones")?;
        let first = begin + ASKS_EVERY * nth / all;
        let line = Keepalive::connect(house.address()?, "").await?;
        looks.spawn(looks_again(line, ticket, first, until_over.clone()));
    }
    let next = at_pace_in(&house, seconds).await?;
    drop(over);
    let mut durations = Vec::new();
    while let Some(looked) = looks.join_next().await {
        durations.extend(looked??);
    }
    house.closes().await?;
    let page = Sample::of(durations);
    Ok(BesidePages { next, page })
}

/// Counted from the moment at which the page was due.
async fn looks_again(
    mut line: Keepalive,
    ticket: TicketId,
    first: Instant,
    mut until_over: watch::Receiver<()>,
) -> anyhow::Result<Vec<Duration>> {
    let (path, mut due, mut durations) = (format!("/t/{ticket}"), first, Vec::new());
    loop {
        tokio::select! {
            _over = until_over.changed() => return Ok(durations),
            () = sleep_until(due) => {}
        }
        line.get(&path).await?;
        durations.push(due.elapsed());
        due += ASKS_EVERY;
    }
}
