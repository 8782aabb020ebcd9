//! *Next* at the server, durable: by clerks who press as fast as they can, and by an office that presses 30 times a
//! second whether or not the server keeps up.

use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Sample;
use super::house::{COUNTERS, Desk, House, settles};

/// Presses a second in a large office at its busiest.
const PRESSES_A_SECOND: u32 = 30;
/// Who is left in the line at the end.
const STILL_WAITING: usize = 200;
/// The line was filled a moment ago: checkpoints and windows of that are not what is measured.
const SETTLING: Duration = Duration::from_secs(2);

/// What clerks who press as fast as they can got.
#[derive(Debug)]
pub struct Pressed {
    pub clients: usize,
    /// From the press to the answer.
    pub each: Sample,
    /// The visit is finished before the next press, and that is measured here too.
    pub took: Duration,
}

impl Pressed {
    /// *Next* and *finish* together, a second.
    pub fn visits_per_second(&self) -> f64 {
        let visits = u32::try_from(self.each.count()).unwrap_or(u32::MAX);
        f64::from(visits) / self.took.as_secs_f64()
    }
}

/// `clients` clerks call and finish `visits` together, each one visit after the other.
pub async fn press_next(clients: usize, visits: usize) -> anyhow::Result<Pressed> {
    let house = House::opens().await?;
    house.lets_come(visits + STILL_WAITING).await?;
    let desks = house.desks(clients).await?;
    settles(SETTLING).await;
    let begin = Instant::now();
    let mut load: JoinSet<_> = desks
        .into_iter()
        .map(|desk| serves_many(desk, visits / clients))
        .collect();
    let mut durations = Vec::with_capacity(visits);
    while let Some(served) = load.join_next().await {
        durations.extend(served??);
    }
    let took = begin.elapsed();
    house.closes().await?;
    Ok(Pressed {
        clients,
        each: Sample::of(durations),
        took,
    })
}

async fn serves_many(mut desk: Desk, visits: usize) -> anyhow::Result<Vec<Duration>> {
    let mut durations = Vec::with_capacity(visits);
    for _ in 0..visits {
        let begin = Instant::now();
        let visit = desk.next().await?;
        durations.push(begin.elapsed());
        desk.finishes(visit.ticket.id).await?;
    }
    Ok(durations)
}

/// Presses *next* 30 times a second for `seconds` at 32 counters. Each press counts from the moment at which it was
/// due: a server that falls behind makes all that wait behind it late.
pub async fn presses_at_pace(seconds: u32) -> anyhow::Result<Sample> {
    let house = House::opens().await?;
    let sample = at_pace_in(&house, seconds).await?;
    house.closes().await?;
    Ok(sample)
}

/// The same in an office where other things happen as well.
pub(super) async fn at_pace_in(house: &House, seconds: u32) -> anyhow::Result<Sample> {
    let presses = PRESSES_A_SECOND * seconds;
    let people = usize::try_from(presses).unwrap_or(usize::MAX);
    house.lets_come(people + STILL_WAITING).await?;
    let (mut work, mut bells) = (JoinSet::new(), Vec::new());
    for desk in house.desks(COUNTERS).await? {
        let (due, dues) = mpsc::unbounded_channel();
        bells.push(due);
        work.spawn(serves_when_due(desk, dues));
    }
    settles(SETTLING).await;
    let pace = std::thread::spawn(move || keeps_pace(&bells, presses));
    let mut durations = Vec::with_capacity(people);
    while let Some(served) = work.join_next().await {
        durations.extend(served??);
    }
    pace.join().ok().context("the pace was not kept")?;
    Ok(Sample::of(durations))
}

/// A thread of its own, because the runtime's timers are exact to a millisecond only.
#[expect(
    clippy::disallowed_methods,
    reason = "a pace is a matter of time, and waits for nothing"
)]
fn keeps_pace(desks: &[mpsc::UnboundedSender<Instant>], presses: u32) {
    let begin = Instant::now() + Duration::from_millis(100);
    for nth in 0..presses {
        let due = begin + Duration::from_secs(nth.into()) / PRESSES_A_SECOND;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let desk = usize::try_from(nth).unwrap_or(0) % desks.len();
        // A desk that has failed says so itself.
        let _gone = desks[desk].send(due);
    }
}

async fn serves_when_due(
    mut desk: Desk,
    mut dues: mpsc::UnboundedReceiver<Instant>,
) -> anyhow::Result<Vec<Duration>> {
    let mut durations = Vec::new();
    while let Some(due) = dues.recv().await {
        let visit = desk.next().await?;
        durations.push(due.elapsed());
        desk.finishes(visit.ticket.id).await?;
    }
    Ok(durations)
}
