//! Follows who may come in: what the command line or a page changed is in use a second later, and a device
//! that was revoked is cut off.

use std::sync::Arc;
use std::time::Duration;

use aufruf_store::{Access, By, Store, StoreError};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::auth::{DeviceFeed, Devices, Known, Renewed};
use crate::clock::Clock;

/// How often it is looked whether another process changed something.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Tells the server's own handlers' changes at once. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AccessNudge(mpsc::Sender<()>);

impl AccessNudge {
    /// Something was changed.
    pub fn changed(&self) {
        // Full: a nudge is on its way already.
        let _ = self.0.try_send(());
    }
}

/// Keeps [`Devices`] as the database has them.
#[derive(Debug)]
pub struct AccessTask {
    store: Store,
    access: Access,
    feed: DeviceFeed,
    clock: Arc<dyn Clock>,
    nudges: mpsc::Receiver<()>,
    version: u64,
}

impl AccessTask {
    /// Reads who may come in. Blocks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn start(
        store: Store,
        access: Access,
        clock: Arc<dyn Clock>,
    ) -> Result<(Self, Devices, AccessNudge), StoreError> {
        let version = store.access_version()?;
        let (devices, feed) = Devices::new(Known::of(&access.devices()?));
        // LIMIT: one nudge is as good as many.
        let (nudge, nudges) = mpsc::channel(1);
        let task = Self {
            store,
            access,
            feed,
            clock,
            nudges,
            version,
        };
        Ok((task, devices, AccessNudge(nudge)))
    }

    /// Until the server stops.
    pub async fn run(mut self, stopping: CancellationToken) {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let renewed = tokio::select! {
                () = stopping.cancelled() => return,
                _ = look.tick() => None,
                Some(()) = self.nudges.recv() => None,
                Some(device) = self.feed.renewed.recv() => Some(device),
            };
            if let Err(fault) = self.follow(renewed).await {
                let cause = std::error::Error::source(&fault).map(ToString::to_string);
                error!(
                    cause,
                    "who may come in cannot be read, and stays as it was: {fault}"
                );
            }
        }
    }

    async fn follow(&mut self, renewed: Option<Renewed>) -> Result<(), StoreError> {
        let (store, access) = (self.store.clone(), self.access.clone());
        let (known, at) = (self.version, self.clock.now());
        let work = move || {
            if let Some(Renewed {
                device,
                next_sha256,
            }) = renewed
            {
                let by = By {
                    name: device.clone(),
                    address: String::new(),
                    at,
                };
                access.rolled_over(&device, &next_sha256, &by)?;
            }
            let version = store.access_version()?;
            let rows = (version != known).then(|| access.devices()).transpose()?;
            Ok((version, rows))
        };
        let read = tokio::task::spawn_blocking(work).await;
        let (version, rows) = read.unwrap_or(Ok((known, None)))?;
        if let Some(rows) = rows {
            self.version = version;
            self.feed.known.send_replace(Arc::new(Known::of(&rows)));
            info!(version, "took over who may come in: {} devices", rows.len());
        }
        Ok(())
    }
}
