//! The push connection of a device: connects, checks the sequence, notices silence, and comes back
//! by itself for ever.
//!
//! ```text
//!             ┌───────────── wait 200 ms … 5 s ◀────────────┐
//!             ▼                                             │
//!   dial ─▶ hello ─▶ welcome ─▶ snapshot or resumed ─▶ live ─┤ lost, silent for 4 s, or a gap
//!   Link: Connecting (at first), Unpaired{code}   Live       Stale{since}
//! ```
//!
//! Owns the socket and the order of messages. Never interprets a view: that is the mirror's work.
//! What is sent while the line is broken waits in a bounded outbox; what was sent but lost on the
//! way is not repeated here: whoever must be sure says it again after the next `welcome`.

mod dial;
mod outbox;
mod position;
mod session;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use aufruf_protocol::latest::{DeviceMessage, ServerMessage};
use jiff::SignedDuration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use crate::clock::Clock;
use crate::{Link, Way};
use dial::{Dial, WayDial};
use outbox::Outbox;
use session::Keeper;

/// LIMIT: as many updates wait for a slow screen; then the socket waits, and the server, seeing a
/// slow device, sends it a snapshot instead.
const UPDATES_WAITING: usize = 256;

/// What the connection tells the device, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// The state of the line has changed.
    Link(Link),
    /// How far the server's clock is ahead of the device's; told when it has changed noticeably.
    ServerAhead(SignedDuration),
    /// A message that follows on the one before: gaps never get here.
    Message(ServerMessage),
}

/// A connection that keeps itself up until it is dropped.
#[derive(Debug)]
pub struct Connection {
    outbox: Arc<Outbox>,
    keeper: JoinHandle<()>,
}

impl Connection {
    /// Starts connecting by `way`, inside a tokio runtime. `software` is the program's name and version, for
    /// staff.
    pub fn open(
        way: &Way,
        software: &str,
        clock: Arc<dyn Clock>,
    ) -> (Self, mpsc::Receiver<Update>) {
        let dial = WayDial {
            way: way.clone(),
            software: software.to_owned(),
            tls: TlsConnector::from(Arc::new(way.tls())),
        };
        Self::keep(dial, software, clock)
    }

    /// Queues a message. It goes out when there is a line; when very many wait, the oldest are dropped.
    pub fn send(&self, message: DeviceMessage) {
        self.outbox.put(message);
    }

    fn keep<D: Dial + 'static>(
        dial: D,
        software: &str,
        clock: Arc<dyn Clock>,
    ) -> (Self, mpsc::Receiver<Update>) {
        let (updates, received) = mpsc::channel(UPDATES_WAITING);
        let outbox = Arc::new(Outbox::default());
        let keeper = Keeper::new(software, clock, Arc::clone(&outbox), updates);
        let keeper = tokio::spawn(keeper.run(dial));
        (Self { outbox, keeper }, received)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}
