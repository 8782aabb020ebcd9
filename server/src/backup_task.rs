//! Backups on a schedule, beside the running office: made on a thread of their own, checked, and the
//! oldest ones of this office deleted. A folder that does not answer holds nobody up, and is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aufruf_store::{BackedUp, StoreError, back_up, backups_in, backups_of, office_id, rotate};
use jiff::SignedDuration;
use tokio::sync::oneshot;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::clock::Clock;
use crate::config::BackupConfig;
use crate::health::{Health, Part};
use crate::own_thread::on_own_thread;

/// How often it is looked whether a backup is due. The clock may jump, and a folder may come back.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// LIMIT: how long the folder may take to answer. No second backup is begun beside one that hangs.
const HANGS_AFTER: Duration = Duration::from_mins(10);

/// Makes backups of one data folder.
#[derive(Debug, Clone)]
pub struct Backups {
    data_dir: PathBuf,
    config: BackupConfig,
    clock: Arc<dyn Clock>,
    health: Health,
}

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    pub backup: BackedUp,
    /// Why the oldest ones could not be deleted.
    pub rotation: Option<StoreError>,
}

/// What came of a look; none where no backup was due.
type Looked = Result<Option<Made>, StoreError>;
type Look = dyn Fn() -> Looked + Send + Sync;

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

    /// Makes a backup whenever one is due. What fails or hangs is told to staff, and what failed is tried again.
    pub async fn run(self, stopping: CancellationToken) {
        let health = self.health.clone();
        let hangs = format!(
            "the folder of the backups, {}, has not answered for more than {} minutes: look whether its mount is there. No other backup is begun until it answers",
            self.config.folder.display(),
            HANGS_AFTER.as_secs() / 60
        );
        let look: Arc<Look> = Arc::new(move || self.make_if_due());
        tokio::select! {
            () = stopping.cancelled() => {}
            () = watch(look, &health, &hangs) => {}
        }
    }

    /// Makes one where the newest of this office is too old, and deletes those that are too many.
    ///
    /// # Errors
    /// As [`back_up`]. That old ones cannot be deleted is told in [`Made`].
    pub fn make_if_due(&self) -> Result<Option<Made>, StoreError> {
        let (now, folder) = (self.clock.now(), &self.config.folder);
        let every = SignedDuration::from_mins(i64::from(self.config.every_min));
        let own = match office_id(&self.data_dir)? {
            Some(office) => backups_of(folder, office)?,
            None => backups_in(folder)?,
        };
        // One of the future was made before the clock was set back: it says nothing.
        let newest = own
            .into_iter()
            .map(|backup| backup.made_at)
            .rfind(|at| *at <= now);
        if newest.is_some_and(|newest| now.duration_since(newest) < every) {
            return Ok(None);
        }
        let backup = back_up(&self.data_dir, folder, now)?;
        let rotation = rotate(folder, self.config.keep, &backup.file).err();
        Ok(Some(Made { backup, rotation }))
    }
}

/// Looks every minute, one look after the other.
async fn watch(look: Arc<Look>, health: &Health, hangs: &str) {
    let mut due = interval(LOOK_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = Told::default();
    loop {
        due.tick().await;
        let began = Instant::now();
        let look = Arc::clone(&look);
        let mut looking = match on_own_thread("backup", move || look()) {
            Ok(looking) => looking,
            Err(fault) => {
                health.says(
                    Part::Backup,
                    Some(format!("no backup can be begun: {fault}")),
                );
                continue;
            }
        };
        let done = loop {
            tokio::select! {
                done = &mut looking => break done,
                _ = due.tick() => if began.elapsed() > HANGS_AFTER {
                    health.says(Part::Backup, Some(hangs.to_owned()));
                }
            }
        };
        told.tell(done, health);
    }
}

/// What is still to be told while no backup is due.
#[derive(Debug, Default)]
struct Told {
    /// The last rotation failed.
    keeps_too_many: bool,
}

impl Told {
    fn tell(&mut self, done: Result<Looked, oneshot::error::RecvError>, health: &Health) {
        let fault = match done {
            Ok(Ok(None)) if self.keeps_too_many => return,
            Ok(Ok(None)) => None,
            Ok(Ok(Some(made))) => {
                info!(
                    file = %made.backup.file.display(),
                    bytes = made.backup.bytes,
                    records = made.backup.held.records,
                    "backed up"
                );
                self.keeps_too_many = made.rotation.is_some();
                made.rotation.map(|fault| {
                    format!(
                        "the backup was made, but old ones cannot be deleted, and the folder fills: {}",
                        chain(fault)
                    )
                })
            }
            Ok(Err(fault)) => Some(cannot(&chain(fault))),
            Err(_) => Some(cannot("making it ended badly; see the log")),
        };
        health.says(Part::Backup, fault);
    }
}

fn cannot(why: &str) -> String {
    format!("no backup can be made, and it is tried every minute: {why}")
}

fn chain(fault: StoreError) -> String {
    format!("{:#}", anyhow::Error::new(fault))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Mutex, mpsc};

    use super::*;

    /// The clock of the test goes on by itself whenever everybody waits.
    async fn until(mut is_so: impl FnMut() -> bool) {
        while !is_so() {
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
    }

    fn fails() -> StoreError {
        let file = PathBuf::from("/backups");
        StoreError::BackupBusy { file }
    }

    /// The other end of the mount is gone: reading and writing in it never ends.
    #[tokio::test(start_paused = true)]
    async fn a_folder_that_hangs_is_told_and_no_second_backup_is_begun_beside_it() {
        let (answers, waits) = mpsc::channel::<()>();
        let (waits, looks) = (Mutex::new(waits), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&looks);
        let look: Arc<Look> = Arc::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            let waits = waits.lock().expect("one look at a time");
            let _gone = waits.recv();
            Ok(None)
        });
        let health = Health::default();
        let watched = health.clone();
        let watching = tokio::spawn(async move { watch(look, &watched, "it hangs").await });
        let began = Instant::now();
        until(|| looks.load(Ordering::SeqCst) > 0).await;
        until(|| health.faults() == ["it hangs"]).await;
        assert!(began.elapsed() > HANGS_AFTER);
        assert_eq!(looks.load(Ordering::SeqCst), 1);
        answers.send(()).expect("it waits");
        until(|| health.faults().is_empty()).await;
        watching.abort();
    }

    #[test]
    fn an_old_backup_that_cannot_be_deleted_costs_no_new_one() {
        let (dir, folder) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        drop(aufruf_store::Store::open(dir.path()).expect("made"));
        let office = office_id(dir.path()).expect("readable").expect("an office");
        let old = format!("aufruf-{office}-2020-01-01T000000Z.db");
        // No file: deleting it fails, whoever tries.
        std::fs::create_dir(folder.path().join(old)).expect("a folder");
        let config = BackupConfig {
            folder: folder.path().to_owned(),
            every_min: 60,
            keep: 1,
        };
        let clock = Arc::new(crate::clock::SystemClock);
        let backups = Backups::new(dir.path(), config, clock, Health::default());
        let made = backups.make_if_due().expect("made").expect("one was due");
        assert!(made.backup.file.exists() && made.rotation.is_some());
        assert!(backups.make_if_due().expect("looked").is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_backup_that_was_made_is_not_told_as_one_that_failed() {
        let health = Health::default();
        let mut state = Told::default();
        let made = |rotation| {
            let dir = tempfile::tempdir().expect("a folder");
            drop(aufruf_store::Store::open(dir.path()).expect("made"));
            let backups = tempfile::tempdir().expect("a folder");
            let at = jiff::Timestamp::UNIX_EPOCH;
            let backup = back_up(dir.path(), backups.path(), at).expect("made");
            Ok(Ok(Some(Made { backup, rotation })))
        };
        state.tell(Ok(Err(fails())), &health);
        assert!(health.faults()[0].starts_with("no backup can be made"));
        state.tell(made(Some(fails())), &health);
        assert!(health.faults()[0].starts_with("the backup was made, but old ones"));
        state.tell(Ok(Ok(None)), &health);
        assert_eq!(health.faults().len(), 1, "they are still too many");
        state.tell(made(None), &health);
        assert_eq!(health.faults(), Vec::<String>::new());
    }
}
