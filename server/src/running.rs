//! One office, running: its tasks started in order and stopped in order, without a socket.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use aufruf_store::{Opened, Store};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use crate::app::AppState;
use crate::auth::Devices;
use crate::clock::Clock;
use crate::ids::IdSource;
use crate::runtime::{EngineTask, OfficeFault, OfficeWatch, ViewTask};

/// Answers of commands are kept for a day.
const ANSWERS_KEPT_HOURS: i64 = 24;
/// How often old answers are dropped and a snapshot is made.
const HOUSEKEEPING: Duration = Duration::from_mins(10);
/// How long tasks may take to end.
const GOODBYE: Duration = Duration::from_secs(5);

/// The tasks of one office.
#[derive(Debug)]
pub struct Running {
    pub app: AppState,
    office: OfficeWatch,
    tracker: TaskTracker,
    engine: JoinHandle<()>,
}

impl Running {
    /// Starts everything on what the store holds, and opens the day. Inside a tokio runtime.
    ///
    /// # Errors
    /// [`OfficeFault`] when no usable office was applied.
    pub async fn start(
        Opened { store, state }: Opened,
        devices: Devices,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OfficeFault> {
        let (watch, office) = OfficeWatch::new(store.clone(), OfficeWatch::read(&store)?);
        let (views, handle, committed, planning) = ViewTask::new(
            state.clone(),
            office.clone(),
            devices.clone(),
            Arc::clone(&clock),
        );
        let (engine, bus) = EngineTask::new(state, store.clone(), Arc::clone(&clock), committed);
        let (tracker, stopping) = (TaskTracker::new(), CancellationToken::new());
        let engine = tracker.spawn(engine.run(stopping.clone()));
        tracker.spawn(views.run(stopping.clone()));
        tracker.spawn(planning.run(stopping.clone()));
        tracker.spawn(keep_house(
            store.clone(),
            Arc::clone(&clock),
            stopping.clone(),
        ));
        let ids = IdSource::new(Arc::clone(&clock));
        let app = AppState {
            bus,
            views: handle,
            store,
            devices,
            ids,
            clock,
            office,
            stopping,
        };
        watch.open(&app.bus).await?;
        Ok(Self {
            app,
            office: watch,
            tracker,
            engine,
        })
    }

    /// Takes the office that was applied last into use.
    pub async fn reload(&self) {
        self.office.reload(&self.app.bus).await;
    }

    /// Finishes what was asked for, and closes the store.
    ///
    /// # Errors
    /// When a task ended badly; what was answered is on disk all the same.
    pub async fn stop(self) -> anyhow::Result<()> {
        let Self {
            app,
            tracker,
            engine,
            ..
        } = self;
        app.stopping.cancel();
        engine.await.context("stopping the engine task")?;
        tracker.close();
        if tokio::time::timeout(GOODBYE, tracker.wait()).await.is_err() {
            warn!("some tasks did not end in time");
        }
        let store = app.store;
        tokio::task::spawn_blocking(move || store.close())
            .await
            .context("closing the store")?;
        info!("stopped");
        Ok(())
    }
}

/// Drops what is too old and makes snapshots, off the way of any command.
async fn keep_house(store: Store, clock: Arc<dyn Clock>, stopping: CancellationToken) {
    let mut due = tokio::time::interval(HOUSEKEEPING);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = due.tick() => {}
        }
        let kept_since = clock.now() - jiff::SignedDuration::from_hours(ANSWERS_KEPT_HOURS);
        if let Ok(Err(fault)) = store.forget_answers_before(kept_since).await {
            warn!("old answers could not be dropped: {fault}");
        }
        let snapshot = store.clone();
        match tokio::task::spawn_blocking(move || snapshot.snapshot()).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => warn!("no snapshot could be made: {fault}"),
            Err(_) => return,
        }
    }
}
