//! The service manager's watchdog, fed by the engine task's own heartbeat: only when that task has answered a
//! command is the server said to be alive. One that hangs is started anew.

use std::time::Duration;

use aufruf_engine::{Actor, Command};
use sd_notify::NotifyState;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::runtime::{CommandBus, Envelope};

/// Who signs a heartbeat, if it ever leads to something.
const OWN_NAME: &str = "timer";

/// Tells `alive` whenever the engine task has answered, several times in the time that the service manager
/// waits: a moment in which the bus is full costs nothing.
pub async fn feed(
    bus: CommandBus,
    waits: Duration,
    stopping: CancellationToken,
    mut alive: impl FnMut() + Send,
) {
    let every = waits / 6;
    let mut due = interval(every);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = due.tick() => {}
        }
        if answers(&bus, every).await {
            alive();
        } else {
            warn!("the engine task has not answered for {} s", every.as_secs());
        }
    }
}

/// Asks for nothing but an answer; a full bus is none.
async fn answers(bus: &CommandBus, within: Duration) -> bool {
    let (envelope, outcome) = Envelope::own(Command::TimePassed, Actor::new(OWN_NAME));
    if bus.send(envelope).is_err() {
        return false;
    }
    matches!(timeout(within, outcome).await, Ok(Ok(_)))
}

/// Tells the service manager that the server is alive.
pub fn tell() {
    if let Err(fault) = sd_notify::notify(&[NotifyState::Watchdog]) {
        warn!("the service manager could not be told: {fault}");
    }
}
