//! The nightly proof that nothing personal is left on disk. Where something is, staff hears of it like of any
//! fault of the server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aufruf_store::{PrivacyScan, StoreError, scan_privacy};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::app::OfficeInUse;
use crate::clock::Clock;
use crate::health::{Health, Part};
use crate::own_thread::on_own_thread;

/// How often it is looked whether a scan is due; the first one comes this long after the start, so that
/// the morning has the disk to itself.
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// The hours of the night, in the office's time.
const NIGHT: std::ops::Range<i8> = 1..5;
/// One scan a night.
const A_NIGHT: SignedDuration = SignedDuration::from_hours(20);
/// On a box that is off at night, one a day.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Scans one data folder and its backups.
#[derive(Debug)]
pub struct NightlyScan {
    data_dir: PathBuf,
    backups: Option<PathBuf>,
    clock: Arc<dyn Clock>,
    health: Health,
}

impl NightlyScan {
    pub fn new(
        data_dir: &Path,
        backups: Option<&Path>,
        clock: Arc<dyn Clock>,
        health: Health,
    ) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            backups: backups.map(Path::to_owned),
            clock,
            health,
        }
    }

    /// Scans once a night. What is found is told until a later scan finds nothing.
    pub async fn run(self, office: watch::Receiver<OfficeInUse>, stopping: CancellationToken) {
        let mut look = interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last = None;
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = look.tick() => {}
            }
            let now = self.clock.now();
            let zone = TimeZone::get(&office.borrow().document.time_zone);
            let hour = now.to_zoned(zone.unwrap_or(TimeZone::UTC)).hour();
            if is_due(last, now, hour) {
                last = Some(now);
                tokio::select! {
                    () = stopping.cancelled() => return,
                    () = self.scan() => {}
                }
            }
        }
    }

    async fn scan(&self) {
        let (data_dir, backups) = (self.data_dir.clone(), self.backups.clone());
        let scan = on_own_thread("privacy scan", move || {
            scan_privacy(&data_dir, backups.as_deref())
        });
        let fault = match scan {
            Ok(scan) => match scan.await {
                Ok(scan) => fault_of(scan),
                Err(_) => Some("the nightly scan for personal data ended badly".to_owned()),
            },
            Err(fault) => Some(format!("the nightly scan could not begin: {fault}")),
        };
        self.health.says(Part::Privacy, fault);
    }
}

fn is_due(last: Option<Timestamp>, now: Timestamp, hour: i8) -> bool {
    let Some(last) = last else { return true };
    let since = now.duration_since(last);
    since >= A_DAY || NIGHT.contains(&hour) && since >= A_NIGHT
}

fn fault_of(scan: Result<PrivacyScan, StoreError>) -> Option<String> {
    match scan {
        Ok(scan) if scan.found.is_empty() => {
            info!(
                files = scan.files,
                bytes = scan.bytes,
                "nothing personal is left on disk"
            );
            None
        }
        Ok(scan) => Some(format!(
            "{} things about people are left on disk that should be gone; see `aufruf-server verify --privacy`",
            scan.found.len()
        )),
        Err(fault) => Some(format!(
            "the nightly scan for personal data failed: {:#}",
            anyhow::Error::new(fault)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        format!("2026-11-{time}:00Z").parse().expect("a time")
    }

    #[test]
    fn a_box_that_runs_through_scans_once_a_night_and_one_that_does_not_once_a_day() {
        let first = at("23T08:30");
        assert!(is_due(None, first, 8), "an hour after the start");
        assert!(!is_due(Some(first), at("23T12:30"), 12));
        assert!(
            !is_due(Some(first), at("24T03:30"), 3),
            "less than a night ago"
        );
        assert!(is_due(Some(first), at("24T08:30"), 8));
        let night = at("24T02:10");
        assert!(!is_due(Some(night), at("24T03:10"), 3), "once a night");
        assert!(is_due(Some(night), at("25T01:10"), 1));
    }
}
