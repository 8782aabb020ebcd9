//! The office on the network: listens, tells the service manager, stops without cutting anybody off.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use aufruf_store::{Access, Store, StoreError};
use axum::serve::ListenerExt;
use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::backup_task::Backups;
use crate::clock::{Clock, SteadyClock};
use crate::config::ServerConfig;
use crate::health::Health;
use crate::privacy_task::NightlyScan;
use crate::router::router;
use crate::running::Running;
use crate::watchdog;

/// How long connections may take to say good-bye.
const GOODBYE: Duration = Duration::from_secs(5);

/// When the office's description is to be read again.
pub trait Reload {
    fn next(&mut self) -> impl Future<Output = ()> + Send;
}

/// Serves the office of `config` until `stop`.
///
/// # Errors
/// What is wrong with the data, the office or the address, and what to do.
pub async fn serve(
    config: ServerConfig,
    mut reload: impl Reload,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let clock: Arc<dyn Clock> = Arc::new(SteadyClock::default());
    let health = Health::default();
    let data_dir = config.data_dir.clone();
    let open = move || -> Result<_, StoreError> {
        let opened = Store::open(&data_dir)?;
        Ok((opened, Access::of(&data_dir)?))
    };
    let opened = tokio::task::spawn_blocking(open).await;
    let (opened, access) = opened.context("opening the store")??;
    let backups = config.backup.as_ref();
    let folder = backups.map(|backup| backup.folder.as_path());
    let nightly = NightlyScan::new(&config.data_dir, folder, Arc::clone(&clock), health.clone());
    let backups = config
        .backup
        .map(|backup| Backups::new(&config.data_dir, backup, Arc::clone(&clock), health.clone()));
    let mut running = Running::start(opened, access, Arc::clone(&clock), config.retention).await?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; does another server run there?",
            config.listen
        )
    })?;
    let address = listener
        .local_addr()
        .context("asking for the listening address")?;
    let stopping = running.app.stopping.clone();
    running.spawn(nightly.run(running.app.office.clone(), stopping.clone()));
    running.spawn(health.watch(clock, running.app.views.clone(), stopping.clone()));
    if let Some(backups) = backups {
        running.spawn(backups.run(stopping.clone()));
    }
    let serving = tokio::spawn({
        let (app, stopping) = (running.app.clone(), stopping.clone());
        async move {
            axum::serve(
                listener.tap_io(at_once),
                router(app).into_make_service_with_connect_info::<std::net::SocketAddr>(),
            )
            .with_graceful_shutdown(stopping.cancelled_owned())
            .await
        }
    });
    if let Some(waits) = sd_notify::watchdog_enabled() {
        let bus = running.app.bus.clone();
        running.spawn(watchdog::feed(bus, waits, stopping.clone(), watchdog::tell));
    }
    info!(%address, "ready");
    notify(&[NotifyState::Ready]);

    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            () = reload.next() => running.reload().await,
            // The service manager starts us anew.
            fault = running.broken() => return Err(fault),
        }
    }
    info!("stopping");
    notify(&[NotifyState::Stopping]);
    stopping.cancel();
    if tokio::time::timeout(GOODBYE, serving).await.is_err() {
        warn!("some connections did not say good-bye in time");
    }
    running.stop().await
}

/// A call must not wait for more bytes to come.
fn at_once(stream: &mut tokio::net::TcpStream) {
    if let Err(fault) = stream.set_nodelay(true) {
        warn!("a connection stays slow: {fault}");
    }
}

/// Tells the service manager. Without one there is nobody to tell.
fn notify(state: &[NotifyState<'_>]) {
    if let Err(fault) = sd_notify::notify(state) {
        warn!("the service manager could not be told: {fault}");
    }
}
