//! Somebody who watches what the server tells a kiosk of its papers: which came out, which did not.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use aufruf_client::clock::SystemClock;
use aufruf_client::{Connection, Token, Update, Way};
use aufruf_protocol::latest::{Change, PrintOutcome, ServerMessage, TicketId};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::PATIENCE;

/// The last word on every ticket's paper.
pub type Outcomes = BTreeMap<TicketId, PrintOutcome>;

/// A kiosk's connection without a kiosk. Keeps more than a kiosk does, who looks at its last papers.
#[derive(Debug)]
pub struct Papers {
    _connection: Connection,
    outcomes: watch::Receiver<Outcomes>,
    listener: JoinHandle<()>,
}

impl Papers {
    /// Connects; returns when nothing that is told from now on is missed.
    pub(super) async fn watches(server: &str, token: Token) -> anyhow::Result<Self> {
        let (connection, mut updates) = Connection::open(
            &Way::to(server, token)?,
            "aufruf-tests",
            Arc::new(SystemClock),
        );
        let (sender, outcomes) = watch::channel(Outcomes::new());
        let begun = async {
            loop {
                let update = updates.recv().await.context("the connection has ended")?;
                if let Update::Message(ServerMessage::Snapshot { .. }) = update {
                    return anyhow::Ok(());
                }
            }
        };
        timeout(PATIENCE, begun)
            .await
            .context("the kiosk's connection got no view")??;
        let listener = tokio::spawn(async move {
            while let Some(update) = updates.recv().await {
                sender.send_modify(|outcomes| note(outcomes, &update));
            }
        });
        Ok(Self {
            _connection: connection,
            outcomes,
            listener,
        })
    }

    /// Waits until there is a last word on the paper of every one of these tickets.
    pub async fn are_settled(&self, tickets: &[TicketId]) -> anyhow::Result<Outcomes> {
        let mut outcomes = self.outcomes.clone();
        let settled = outcomes.wait_for(|outcomes| {
            let is_settled = |ticket| {
                let outcome = outcomes.get(ticket);
                outcome.is_some_and(|outcome| *outcome != PrintOutcome::Pending)
            };
            tickets.iter().all(is_settled)
        });
        match timeout(PATIENCE, settled).await {
            Ok(settled) => Ok(settled.context("the watcher has stopped")?.clone()),
            Err(_) => bail!(
                "waited {} s in vain: a word on each of {tickets:?}, heard of {:?}",
                PATIENCE.as_secs(),
                self.outcomes.borrow()
            ),
        }
    }
}

fn note(outcomes: &mut Outcomes, update: &Update) {
    let Update::Message(ServerMessage::Delta { changes, .. }) = update else {
        return;
    };
    for change in changes {
        if let Change::Print { row } = change {
            outcomes.insert(row.ticket, row.outcome);
        }
    }
}

impl Drop for Papers {
    fn drop(&mut self) {
        self.listener.abort();
    }
}
