//! Backups on a schedule, beside the running office: made on a thread of their own, checked, and the
//! oldest ones deleted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aufruf_store::{BackedUp, StoreError, back_up, backups_in, rotate};
use jiff::SignedDuration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::clock::Clock;
use crate::config::BackupConfig;
use crate::health::{Health, Part};

/// How often it is looked whether a backup is due. The clock may jump, and a folder may come back.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Makes backups of one data folder.
#[derive(Debug, Clone)]
pub struct Backups {
    data_dir: PathBuf,
    config: BackupConfig,
    clock: Arc<dyn Clock>,
    health: Health,
}

impl Backups {
    pub fn new(
        data_dir: &Path,
        config: BackupConfig,
        clock: Arc<dyn Clock>,
        health: Health,
    ) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            config,
            clock,
            health,
        }
    }

    /// Makes a backup whenever one is due. What fails is told to staff and tried again.
    pub async fn run(self, stopping: CancellationToken) {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = look.tick() => {}
            }
            let made = {
                let backups = self.clone();
                tokio::task::spawn_blocking(move || backups.make_if_due())
            };
            let fault = match made.await {
                Ok(Ok(None)) => continue,
                Ok(Ok(Some(made))) => {
                    info!(
                        file = %made.file.display(),
                        bytes = made.bytes,
                        records = made.held.records,
                        "backed up"
                    );
                    None
                }
                Ok(Err(fault)) => Some(format!("{:#}", anyhow::Error::new(fault))),
                Err(fault) => Some(fault.to_string()),
            };
            let fault = fault.map(|fault| {
                format!("no backup can be made, and it is tried every minute: {fault}")
            });
            self.health.says(Part::Backup, fault);
        }
    }

    /// Makes one where the newest is too old, and deletes those that are too many.
    ///
    /// # Errors
    /// As [`back_up`] and [`rotate`].
    pub fn make_if_due(&self) -> Result<Option<BackedUp>, StoreError> {
        let now = self.clock.now();
        let every = SignedDuration::from_mins(i64::from(self.config.every_min));
        // One of the future was made before the clock was set back: it says nothing.
        let made = backups_in(&self.config.folder)?.into_iter();
        let newest = made.map(|backup| backup.made_at).rfind(|at| *at <= now);
        if newest.is_some_and(|newest| now.duration_since(newest) < every) {
            return Ok(None);
        }
        let made = back_up(&self.data_dir, &self.config.folder, now)?;
        rotate(&self.config.folder, self.config.keep, &made.file)?;
        Ok(Some(made))
    }
}
