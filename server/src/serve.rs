//! The office on the network: listens, tells the service manager, stops without cutting anybody off.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use aufruf_store::{Access, Store, StoreError};
use jiff::Timestamp;
use sd_notify::NotifyState;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use crate::alerts::Watch;
use crate::announce::announce;
use crate::backup_task::Backups;
use crate::clock::{Clock, SteadyClock};
use crate::config::ServerConfig;
use crate::doors::{Crowd, Door};
use crate::health::{Health, Part};
use crate::hooks::{Beside, Hooks};
use crate::privacy_task::NightlyScan;
use crate::router::router;
use crate::running::Running;
use crate::tls::Certificates;
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
    let steady = Arc::new(SteadyClock::default());
    let clock: Arc<dyn Clock> = Arc::clone(&steady) as _;
    let health = Health::default();
    let data_dir = config.data_dir.clone();
    let open = move || -> Result<_, StoreError> {
        let opened = Store::open(&data_dir)?;
        Ok((opened, Access::of(&data_dir)?))
    };
    let opened = tokio::task::spawn_blocking(open).await;
    let (opened, access) = opened.context("opening the store")??;
    steady.compare_with(opened.state.last_at());
    let backups = config.backup.as_ref();
    let folder = backups.map(|backup| backup.folder.as_path());
    let nightly = NightlyScan::new(&config.data_dir, folder, Arc::clone(&clock), health.clone());
    let certificates = certificates(&config, clock.now(), &health);
    let backups = config
        .backup
        .map(|backup| Backups::new(&config.data_dir, backup, Arc::clone(&clock), health.clone()));
    let mut running = Running::start(opened, access, Arc::clone(&clock), config.retention).await?;
    running.app.authority = certificates.as_ref().map(Certificates::authority_sha256);
    let stopping = running.app.stopping.clone();
    running.spawn(nightly.run(running.app.office.clone(), stopping.clone()));
    running.spawn(health.clone().watch(
        Arc::clone(&clock),
        running.app.views.clone(),
        stopping.clone(),
    ));
    let hooks = Hooks::start(config.alerts.as_ref(), &Beside::of(&running.app, &health));
    running.spawn(Watch::new(running.app.clone(), hooks).run());
    if let Some(backups) = backups {
        running.spawn(backups.run(stopping.clone()));
    }
    let visitors = open_doors(&running, config.listen, certificates.as_ref()).await?;
    if let Some(certificates) = certificates {
        running.spawn(certificates.keep(clock, health, stopping.clone()));
    }
    if let Some(waits) = sd_notify::watchdog_enabled() {
        let bus = running.app.bus.clone();
        running.spawn(watchdog::feed(bus, waits, stopping.clone(), watchdog::tell));
    }
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
    if tokio::time::timeout(GOODBYE, visitors.wait())
        .await
        .is_err()
    {
        warn!("some connections did not say good-bye in time");
    }
    running.stop().await
}

/// What the encrypted door shows; none where there is no such door, or none that can be opened: the programs on this
/// box go on then, and IT reads on `/admin` what to mend.
fn certificates(config: &ServerConfig, now: Timestamp, health: &Health) -> Option<Certificates> {
    let opened = Certificates::open(config.tls.as_ref()?, &config.data_dir, now);
    let told = |fault| {
        let fault = format!("{:#}", anyhow::Error::new(fault));
        let told = format!(
            "no device on another box can come in until this is mended and the server started anew: {fault}"
        );
        health.says(Part::Certificate, Some(told));
    };
    opened.map_err(told).ok()
}

/// Opens the door for this box and the one for all others, and tells the network of that one.
async fn open_doors(
    running: &Running,
    listen: SocketAddr,
    certificates: Option<&Certificates>,
) -> anyhow::Result<TaskTracker> {
    let (crowd, visitors) = (Crowd::as_the_system_allows(), TaskTracker::new());
    let mut doors = vec![open_door(listen, None).await?];
    if let Some(certificates) = certificates {
        let tls = certificates.acceptor();
        let door = open_door(certificates.config().listen, Some(tls)).await?;
        let is_announced = certificates.config().announce;
        if is_announced && !certificates.is_known_anywhere() {
            info!(
                "the network is not told where the server is: give devices its name as their address, as the certificate has it"
            );
        } else if is_announced {
            let office = running.app.office.borrow().document.clone();
            running.spawn(announce(
                door.address()?,
                office.name.in_language("", &office.languages).to_owned(),
                certificates.authority_sha256(),
                running.app.stopping.clone(),
            ));
        }
        doors.push(door);
    }
    for door in doors {
        info!(address = %door.address()?, "ready");
        let router = router(running.app.clone());
        visitors.spawn(door.serve(router, crowd.clone(), running.app.stopping.clone()));
    }
    visitors.close();
    Ok(visitors)
}

async fn open_door(address: SocketAddr, tls: Option<TlsAcceptor>) -> anyhow::Result<Door> {
    let door = Door::open(address, tls).await;
    door.with_context(|| format!("cannot listen on {address}; does another server run there?"))
}

/// Tells the service manager. Without one there is nobody to tell.
fn notify(state: &[NotifyState<'_>]) {
    if let Err(fault) = sd_notify::notify(state) {
        warn!("the service manager could not be told: {fault}");
    }
}
