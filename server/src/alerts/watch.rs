//! The task that looks once a second, and tells what is news.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tracing::{info, warn};

use super::{Alert, AlertCode, Book, Condition, for_panel};
use crate::app::AppState;
use crate::devices::SERVER_NAME;
use crate::hooks::Hooks;
use crate::staff_language::StaffLanguage;

/// Staff hears of what is wrong within five seconds: this, and the patience of a code.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Looks at one office.
#[derive(Debug)]
pub struct Watch {
    app: AppState,
    hooks: Hooks,
    book: Book,
}

impl Watch {
    pub fn new(app: AppState, hooks: Hooks) -> Self {
        let book = Book::default();
        Self { app, hooks, book }
    }

    /// Looks once a second until the server stops.
    pub async fn run(mut self) {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopping = self.app.stopping.clone();
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = look.tick() => self.look().await,
            }
        }
    }

    /// Looks now, and tells what is news.
    pub async fn look(&mut self) {
        let app = &self.app;
        // The server stops.
        let Some(mut conditions) = app.views.conditions().await else {
            return;
        };
        if !app.bus.is_open() || app.metrics.commits().is_failing() {
            conditions.push(Condition::at(AlertCode::StoreUnavailable, SERVER_NAME));
        }
        let now = app.clock.now();
        let alerts = self.book.look(conditions, now);
        let before = app.alerts.now();
        if app.alerts.are(&alerts) {
            log(&before, &alerts);
            app.views.alerts_say(lines(app, &alerts)).await;
        }
        let document = app.office.borrow().document.clone();
        self.hooks.look(&alerts, &document, now);
    }
}

fn log(before: &[Alert], now: &[Alert]) {
    let is_in = |alert: &Alert, list: &[Alert]| {
        let (one, since) = (&alert.condition, alert.since);
        list.iter().any(|other| {
            let same = other.condition.code == one.code && other.condition.at == one.at;
            same && other.since == since
        })
    };
    for alert in now.iter().filter(|alert| !is_in(alert, before)) {
        let told = alert.told(StaffLanguage::English);
        warn!(code = told.code, at = told.at, "alert: {}", told.what);
    }
    for alert in before.iter().filter(|alert| !is_in(alert, now)) {
        let told = alert.told(StaffLanguage::English);
        info!(code = told.code, at = told.at, "alert over: {}", told.what);
    }
}

/// What panels show, by device or place, in the office's first language.
fn lines(app: &AppState, alerts: &[Alert]) -> BTreeMap<String, Vec<String>> {
    let document = app.office.borrow().document.clone();
    let language = StaffLanguage::first_of(document.languages.iter().map(String::as_str));
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for alert in alerts {
        if let Some(line) = for_panel(&alert.condition, language) {
            lines
                .entry(alert.condition.at.clone())
                .or_default()
                .push(line);
        }
    }
    lines
}
