//! One office, running: its tasks started in order and stopped in order, without a socket.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use aufruf_protocol::latest::{AreaKey, CounterKey};
use aufruf_store::{Access, Opened};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};

use crate::access_task::AccessTask;
use crate::alerts::Alerts;
use crate::app::{AppState, OfficeInUse};
use crate::auth::Devices;
use crate::clock::Clock;
use crate::config::RetentionConfig;
use crate::devices::DeviceRole;
use crate::ids::IdSource;
use crate::limits::OpenDoors;
use crate::metrics::Metrics;
use crate::pseudonyms::forget_names;
use crate::runtime::{EngineTask, Following, OfficeFault, OfficeWatch, ViewTask};
use crate::users::Users;
use crate::visitor_page::Phones;
use crate::wire::office_info;

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
    views: JoinHandle<()>,
}

impl Running {
    /// Starts everything on what the store holds, and opens the day. Inside a tokio runtime.
    ///
    /// # Errors
    /// [`OfficeFault`] when no usable office was applied.
    pub async fn start(
        Opened { store, state }: Opened,
        access: Access,
        clock: Arc<dyn Clock>,
        retention: RetentionConfig,
    ) -> Result<Self, OfficeFault> {
        let in_use = OfficeWatch::at_start(&store, &state, clock.now())?;
        let following = AccessTask::start(store.clone(), access.clone(), Arc::clone(&clock));
        let (door, devices, access_changed) = following.map_err(OfficeFault::Access)?;
        warn_of_strangers(&devices, &in_use);
        let metrics = Metrics::new(clock.now());
        let following = Following {
            store: store.clone(),
            devices: devices.clone(),
            clock: Arc::clone(&clock),
            metrics: metrics.clone(),
        };
        let (views, handle, committed, planning) =
            ViewTask::new(state.clone(), in_use.clone(), following);
        let (watch, office) = OfficeWatch::new(store.clone(), in_use);
        let (engine, bus) = EngineTask::new(
            state,
            store.clone(),
            Arc::clone(&clock),
            committed,
            &metrics,
        );
        let (tracker, stopping) = (TaskTracker::new(), CancellationToken::new());
        let engine = tracker.spawn(engine.run(stopping.clone()));
        let views = tracker.spawn(views.run(stopping.clone()));
        tracker.spawn(planning.run(bus.clone(), stopping.clone()));
        tracker.spawn(door.run(stopping.clone()));
        let ids = IdSource::new(Arc::clone(&clock));
        let app = AppState {
            bus,
            views: handle,
            store,
            users: Users::new(access.clone()),
            doors: OpenDoors::default(),
            pairing: Arc::new(Semaphore::new(1)),
            phones: Phones::default(),
            access,
            access_changed,
            devices,
            authority: None,
            ids,
            clock,
            office,
            metrics,
            alerts: Alerts::default(),
            stopping,
        };
        watch.open(&app.bus).await?;
        tracker.spawn(keep_house(app.clone(), watch.clone(), retention.days));
        Ok(Self {
            app,
            office: watch,
            tracker,
            engine,
            views,
        })
    }

    /// Something that goes on beside the office and ends with it.
    pub fn spawn(&self, beside: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(beside);
    }

    /// Takes the office that was applied last into use.
    pub async fn reload(&self) {
        self.office.reload(&self.app.bus).await;
    }

    /// Waits for the end of a task that must not end: the office has stopped without being asked to. What
    /// was answered is on disk.
    pub async fn broken(&mut self) -> anyhow::Error {
        let (task, ended) = tokio::select! {
            ended = &mut self.engine => ("engine", ended),
            ended = &mut self.views => ("view", ended),
        };
        match ended {
            Ok(()) => anyhow::anyhow!("the {task} task has ended; see the log above"),
            Err(fault) => anyhow::Error::new(fault).context(format!("the {task} task has failed")),
        }
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

/// Tells of devices that stand at a place which the office does not have: nobody would ever call there.
fn warn_of_strangers(devices: &Devices, office: &OfficeInUse) {
    let info = office_info(&office.document, office.version);
    for device in &devices.all() {
        let place = match &device.role {
            DeviceRole::Display { area } if info.area(&AreaKey::new(area)).is_none() => area,
            DeviceRole::Panel { counter } if info.counter(&CounterKey::new(counter)).is_none() => {
                counter
            }
            _ => continue,
        };
        warn!(
            device.id = device.id,
            "{} stands at {place:?}, which the office does not have", device.id
        );
    }
}

/// Counted back from the last day that was closed, not from the clock: one that runs ahead costs no day.
async fn forget_old_days(app: &AppState, keep_days: u32) {
    let store = app.store.clone();
    let last = tokio::task::spawn_blocking(move || store.last_closed_day()).await;
    let before = match last {
        Ok(Ok(Some(last))) => last.saturating_sub(jiff::Span::new().days(i64::from(keep_days))),
        Ok(Ok(None)) | Err(_) => return,
        Ok(Err(fault)) => return warn!("old days could not be looked for: {fault}"),
    };
    if let Ok(Err(fault)) = app.store.forget_days_before(before).await {
        warn!("old days could not be dropped: {fault}");
    }
}

/// Drops what is too old, makes snapshots and looks for a newer office, off the way of any command.
async fn keep_house(app: AppState, office: OfficeWatch, keep_days: u32) {
    let mut due = tokio::time::interval(HOUSEKEEPING);
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = due.tick() => {}
        }
        office.follow(&app.bus).await;
        let kept_since = app.clock.now() - jiff::SignedDuration::from_hours(ANSWERS_KEPT_HOURS);
        if let Ok(Err(fault)) = app.store.forget_answers_before(kept_since).await {
            warn!("old answers could not be dropped: {fault}");
        }
        forget_old_days(&app, keep_days).await;
        forget_names(&app.access, app.clock.now(), keep_days).await;
        let snapshot = app.store.clone();
        match tokio::task::spawn_blocking(move || snapshot.snapshot()).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => warn!("no snapshot could be made: {fault}"),
            Err(fault) => error!("making a snapshot failed: {fault}"),
        }
    }
}
