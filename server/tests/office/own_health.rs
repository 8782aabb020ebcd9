//! The server's own faults, as panels hear of them; and backups that are made by themselves.

use std::path::Path;
use std::sync::Arc;

use aufruf_protocol::latest as wire;
use aufruf_server::backup_task::Backups;
use aufruf_server::clock::Clock;
use aufruf_server::config::BackupConfig;
use aufruf_server::health::{Health, Part};
use aufruf_store::backups_in;
use jiff::{SignedDuration, Timestamp};

use crate::common::{Screen, TestClock, TestOffice};

/// A clock of which the machine's has run away.
#[derive(Debug)]
struct RunAway(TestClock);

impl Clock for RunAway {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn jump(&self) -> Option<SignedDuration> {
        Some(SignedDuration::from_hours(-1))
    }
}

/// The faults of the server that a panel shows.
fn own_faults(view: &wire::PanelView) -> Vec<String> {
    let mut faults = view.faults.iter();
    let own = faults.find(|row| row.device == "server");
    own.map_or_else(Vec::new, |row| row.faults.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_server_is_shown_at_every_panel_until_it_is_over() {
    let office = TestOffice::open().await;
    let app = office.app();
    let (mut panel, health) = (Screen::of(app, "panel-4").await, Health::default());
    let clock: Arc<dyn Clock> = office.clock.clone();
    let watching = tokio::spawn(health.clone().watch(
        clock,
        app.views.clone(),
        app.stopping.clone(),
    ));
    health.says(Part::Backup, Some("the disk is full".to_owned()));
    panel
        .panel(|view| own_faults(view) == ["the disk is full"])
        .await;
    let mut later = Screen::of(app, "panel-5").await;
    later.panel(|view| !own_faults(view).is_empty()).await;
    health.says(Part::Backup, None);
    panel.panel(|view| own_faults(view).is_empty()).await;
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumped_is_told_with_what_to_do() {
    let office = TestOffice::open().await;
    let app = office.app();
    let mut panel = Screen::of(app, "panel-4").await;
    let clock: Arc<dyn Clock> = Arc::new(RunAway(TestClock::opening()));
    let health = Health::default();
    let watching = tokio::spawn(health.watch(clock, app.views.clone(), app.stopping.clone()));
    panel
        .panel(|view| {
            own_faults(view)
                .iter()
                .any(|fault| fault.contains("back by 60 min") && fault.contains("set the clock"))
        })
        .await;
    watching.abort();
}

fn made(folder: &Path) -> usize {
    backups_in(folder).expect("readable").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_every_hour_beside_the_open_office_and_the_oldest_go() {
    let office = TestOffice::open().await;
    let folder = tempfile::tempdir().expect("a folder");
    let config = BackupConfig {
        folder: folder.path().to_owned(),
        every_min: 60,
        keep: 3,
    };
    let clock: Arc<dyn Clock> = office.clock.clone();
    let backups = Backups::new(office.folder(), config, clock, Health::default());
    let make = || backups.make_if_due().expect("made").is_some();
    assert!(make(), "there is none yet");
    assert!(!make(), "the last one is new");
    office.clock.goes_on(59);
    assert!(!make());
    for expected in [2, 3, 3, 3] {
        office.clock.goes_on(60);
        assert!(make());
        assert_eq!(made(folder.path()), expected);
    }
    office.clock.goes_on(-30);
    assert!(!make(), "one was made half an hour before");
    office.clock.goes_on(-3 * 60);
    assert!(make(), "all are of a time that has not come");
    assert!(!make());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_watchdog_is_fed_as_long_as_the_engine_answers_and_not_a_moment_longer() {
    let office = TestOffice::open().await;
    let app = office.app();
    let (fed, mut meals) = tokio::sync::mpsc::unbounded_channel();
    let waits = std::time::Duration::from_millis(40);
    let feeding = aufruf_server::watchdog::feed(
        app.bus.clone(),
        waits,
        tokio_util::sync::CancellationToken::new(),
        move || {
            let _nobody_counts = fed.send(());
        },
    );
    let feeding = tokio::spawn(feeding);
    for _ in 0..3 {
        meals.recv().await.expect("the engine answers");
    }
    let before = office
        .app()
        .store
        .records_of(jiff::civil::date(2026, 11, 23));
    let before = before.expect("readable").len();
    meals.recv().await.expect("the engine answers");
    let after = office
        .app()
        .store
        .records_of(jiff::civil::date(2026, 11, 23));
    assert_eq!(
        after.expect("readable").len(),
        before,
        "a heartbeat leaves no record"
    );
    office.stops_engine().await;
    while meals.try_recv().is_ok() {}
    let hungry = tokio::time::timeout(10 * waits, meals.recv()).await;
    assert!(hungry.is_err(), "nobody answers, and the watchdog is fed");
    feeding.abort();
}
