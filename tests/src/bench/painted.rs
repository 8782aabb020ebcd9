//! From *next* pressed to the server's knowing that a real display has painted the call.

use std::sync::Arc;
use std::time::Duration;

use aufruf_client::clock::SystemClock;
use aufruf_client::{Connection, Way};
use tokio::task::JoinSet;

use super::Sample;
use crate::moment::Moment;
use crate::office::{Clerk, OfficeDocument, TestOffice, WIRE_DISPLAYS};

/// Who listens beside the real display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    RealDisplayAlone,
    /// [`WIRE_DISPLAYS`] protocol clients get every call too.
    WithWireDisplays,
}

/// Calls `calls` people one after the other and measures each until it is painted.
pub async fn next_to_painted(calls: usize, audience: Audience) -> anyhow::Result<Sample> {
    let office = TestOffice::opens()
        .with_document(OfficeDocument::load())
        .with_display()
        .with_sound()
        .quiet()
        .start()
        .await?;
    let listeners = match audience {
        Audience::RealDisplayAlone => JoinSet::new(),
        Audience::WithWireDisplays => wire_displays(&office)?,
    };
    let clerk = office.clerk("counter-1")?;
    clerk.opens().await?;
    office.display().picture_at_rest().await?;
    let mut durations = Vec::with_capacity(calls);
    for _ in 0..calls {
        durations.push(one_call(&office, &clerk).await?);
    }
    drop(listeners);
    office.closes().await?;
    Ok(Sample::of(durations))
}

async fn one_call(office: &TestOffice, clerk: &Clerk) -> anyhow::Result<Duration> {
    office.visitor()?.takes("anything").await?;
    let pressed = Moment::now();
    let visit = clerk.calls_next().await?;
    let painted = office
        .observer()
        .sees("the display has painted the call", |view| {
            let counter = view.counter(clerk.counter())?;
            let is_it = view.ticket(counter.running?)?.call == Some(visit.call.id);
            (is_it && counter.seen?.painted > 0).then(Moment::now)
        })
        .await?;
    clerk.finishes(visit.ticket.id).await?;
    Ok(painted.after(pressed))
}

/// Displays that take in everything and paint nothing.
fn wire_displays(office: &TestOffice) -> anyhow::Result<JoinSet<()>> {
    let mut listeners = JoinSet::new();
    for number in 1..=WIRE_DISPLAYS {
        let (server, token) = office.wire_display(number)?;
        listeners.spawn(listens(Way::to(&server, token)?));
    }
    Ok(listeners)
}

async fn listens(way: Way) {
    let (_connection, mut updates) = Connection::open(&way, "aufruf-tests", Arc::new(SystemClock));
    while updates.recv().await.is_some() {}
}
