//! The planning worker: plays the rest of the day and makes the windows that people are told, off the
//! engine task, at most once a second, from a picture of the state. Where its plan has no room for one
//! more, it says so to the engine, which decides what is news.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aufruf_engine::planning::{Outlook, Picture};
use aufruf_engine::{Actor, Command, EventSeq, ServiceKey, TicketId};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error};

use super::bus::{CommandBus, Envelope};
use super::view_requests::Request;
use crate::clock::Clock;
use crate::own_thread::on_own_thread;

/// The rest of the day is played at most this often.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// Who signs that a service is sold out.
const OWN_NAME: &str = "planning";

/// A picture of the state, and what of the state the outlook is compared with.
#[derive(Debug, Clone)]
pub(super) struct Sitting {
    pub(super) picture: Picture,
    /// The last record in it. Also what chance is drawn from: equal states are told alike.
    pub(super) as_of: EventSeq,
    /// Who waits in it.
    pub(super) waiting: Vec<TicketId>,
    /// What is sold out in it.
    pub(super) sold_out: BTreeSet<ServiceKey>,
}

/// What came of a sitting.
#[derive(Debug)]
pub struct Planned {
    pub(super) outlook: Outlook,
    /// Who waited then; whoever came since is in no outlook yet.
    pub(super) waiting: Vec<TicketId>,
}

/// Makes an outlook from the latest picture.
#[derive(Debug)]
pub struct Planning {
    pub(super) sittings: watch::Receiver<Option<Sitting>>,
    pub(super) planned: mpsc::Sender<Request>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Planning {
    /// Runs until `stopping`, or until nobody wants an outlook any more.
    pub async fn run(mut self, bus: CommandBus, stopping: CancellationToken) {
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                changed = self.sittings.changed() => if changed.is_err() { return },
            }
            let sitting = self.sittings.borrow_and_update().clone();
            let planned = async {
                if let Some(sitting) = sitting {
                    self.sit(sitting, &bus).await;
                }
                tokio::time::sleep(AT_MOST_EVERY).await;
            };
            tokio::select! {
                () = stopping.cancelled() => return,
                () = planned => {}
            }
        }
    }

    async fn sit(&self, sitting: Sitting, bus: &CommandBus) {
        let Sitting {
            picture,
            as_of,
            waiting,
            sold_out,
        } = sitting;
        let now = self.clock.now();
        let play = match on_own_thread("planning", move || picture.outlook(now, as_of.0)) {
            Ok(play) => play,
            Err(fault) => return error!("nobody knows how the day goes on: {fault}"),
        };
        let Ok(outlook) = play.await else {
            return error!(
                "nobody knows how the day goes on: the planning has failed; see the log above"
            );
        };
        let full = (outlook.full != sold_out).then(|| outlook.full.clone());
        let planned = Planned { outlook, waiting };
        // The view task ends only when the program does.
        let _stopped = self.planned.send(Request::Planned(planned)).await;
        if let Some(full) = full {
            sell_out(bus, full, as_of).await;
        }
    }
}

/// Says what the plan has no room for. The next sitting says it again where this one is not heard.
async fn sell_out(bus: &CommandBus, services: BTreeSet<ServiceKey>, as_of: EventSeq) {
    let command = Command::SellOut { services };
    let (envelope, outcome) = Envelope::own(command, Actor::new(OWN_NAME));
    match bus.send(envelope.seen_at(as_of)) {
        Ok(()) => drop(outcome.await),
        Err(full) => debug!("what is sold out was not heard: {full:?}"),
    }
}
