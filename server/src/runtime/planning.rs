//! The planning worker: makes the windows that visitors are told, off the engine task, at most once
//! a second, from a picture of the state.

use std::sync::Arc;
use std::time::Duration;

use aufruf_engine::{ServiceKey, promise::Picture};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::view_requests::Request;
use crate::clock::Clock;
use crate::wire::views::Windows;

/// Windows are made at most this often.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// And at least this often: they move with the time when nothing happens.
const AT_LEAST_EVERY: Duration = Duration::from_secs(10);

/// A picture of the state, and the services to make windows for.
#[derive(Debug, Clone)]
pub(super) struct Sitting {
    pub(super) picture: Picture,
    pub(super) services: Vec<ServiceKey>,
}

/// Makes windows from the latest picture.
#[derive(Debug)]
pub struct Planning {
    pub(super) sittings: watch::Receiver<Option<Sitting>>,
    pub(super) windows: mpsc::Sender<Request>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Planning {
    /// Runs until `stopping`, or until nobody wants windows any more.
    pub async fn run(mut self, stopping: CancellationToken) {
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                changed = self.sittings.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(AT_LEAST_EVERY) => {}
            }
            let Some(sitting) = self.sittings.borrow_and_update().clone() else {
                continue;
            };
            let windows = self.plan(sitting).await;
            if self.windows.send(Request::Planned(windows)).await.is_err() {
                return;
            }
            tokio::time::sleep(AT_MOST_EVERY).await;
        }
    }

    async fn plan(&self, sitting: Sitting) -> Windows {
        let now = self.clock.now();
        let plan = move || {
            let window = |service: &ServiceKey| {
                sitting
                    .picture
                    .promise(service, now)
                    .map(aufruf_engine::Promise::for_people)
            };
            sitting
                .services
                .iter()
                .map(|service| (service.clone(), window(service)))
                .collect()
        };
        tokio::task::spawn_blocking(plan).await.unwrap_or_default()
    }
}
