//! Somebody who watches everything the server tells panels: tickets, counters, who has painted a call.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use aufruf_client::clock::SystemClock;
use aufruf_client::{Connection, Link, Mirror, Way};
use aufruf_protocol::latest::{PanelView, TicketRow};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::PATIENCE;

/// A panel's connection without a panel. Comes back by itself when the server does.
#[derive(Debug)]
pub struct Observer {
    _connection: Connection,
    mirror: Arc<Mutex<Mirror>>,
    changes: watch::Receiver<()>,
    listener: JoinHandle<()>,
}

impl Observer {
    /// Connects and begins to watch.
    pub fn watches(way: &Way) -> Self {
        let (connection, mut updates) =
            Connection::open(way, "aufruf-tests", Arc::new(SystemClock));
        let mirror = Arc::new(Mutex::new(Mirror::default()));
        let (bell, changes) = watch::channel(());
        let kept = Arc::clone(&mirror);
        let listener = tokio::spawn(async move {
            while let Some(update) = updates.recv().await {
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take(&update);
                bell.send_replace(());
            }
        });
        Self {
            _connection: connection,
            mirror,
            changes,
            listener,
        }
    }

    /// Waits until the view shows what `look` looks for; only a live view counts.
    pub async fn sees<T>(
        &self,
        what: &str,
        look: impl FnMut(&PanelView) -> Option<T>,
    ) -> anyhow::Result<T> {
        self.sees_within(PATIENCE, what, look).await
    }

    /// [`Observer::sees`] with a deadline of its own.
    pub async fn sees_within<T>(
        &self,
        deadline: Duration,
        what: &str,
        mut look: impl FnMut(&PanelView) -> Option<T>,
    ) -> anyhow::Result<T> {
        let mut changes = self.changes.clone();
        let waited = timeout(deadline, async {
            loop {
                // Marked as seen before the look, so that a change during it is not lost.
                changes.mark_unchanged();
                if let Some(found) = self.look(&mut look) {
                    return Ok(found);
                }
                changes
                    .changed()
                    .await
                    .context("the observer has stopped")?;
            }
        });
        match waited.await {
            Ok(found) => found,
            Err(_) => bail!("waited {} s in vain: {what}", deadline.as_secs()),
        }
    }

    /// The row of a ticket by its number.
    pub async fn sees_ticket(
        &self,
        number: &str,
        what: &str,
        is_so: impl Fn(&TicketRow) -> bool,
    ) -> anyhow::Result<TicketRow> {
        self.sees(&format!("ticket {number} {what}"), |view| {
            view.tickets
                .iter()
                .find(|row| row.number == number && is_so(row))
                .cloned()
        })
        .await
    }

    fn look<T>(&self, look: impl FnOnce(&PanelView) -> Option<T>) -> Option<T> {
        let mirror = self.mirror.lock().unwrap_or_else(PoisonError::into_inner);
        if mirror.link != Link::Live {
            return None;
        }
        mirror.panel().and_then(look)
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}
