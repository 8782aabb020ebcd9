//! The handles that every request works with.

use std::sync::Arc;

use aufruf_store::{Access, Store};
use axum::extract::FromRef;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use crate::access_task::AccessNudge;
use crate::alerts::Alerts;
use crate::auth::Devices;
use crate::clock::Clock;
use crate::ids::IdSource;
use crate::limits::OpenDoors;
use crate::metrics::Metrics;
use crate::office::OfficeDocument;
use crate::runtime::{CommandBus, ViewHandle};
use crate::users::Users;
use crate::visitor_page::Phones;

/// The office document that is in use, with its version.
#[derive(Debug, Clone)]
pub struct OfficeInUse {
    pub version: u64,
    pub document: Arc<OfficeDocument>,
}

/// Everything a handler may reach. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    pub bus: CommandBus,
    pub views: ViewHandle,
    pub store: Store,
    /// Who may come in, where it is written.
    pub access: Access,
    pub access_changed: AccessNudge,
    pub users: Users,
    /// Who asks how often where everybody may.
    pub doors: OpenDoors,
    /// One code is made at a time: each takes 19 MiB for a moment.
    pub pairing: Arc<Semaphore>,
    /// Who looks how often at a visitor's page.
    pub phones: Phones,
    pub devices: Devices,
    /// SHA-256 of the authority that devices pin, as hex; none where nobody comes in encrypted.
    pub authority: Option<String>,
    pub ids: IdSource,
    pub clock: Arc<dyn Clock>,
    pub office: watch::Receiver<OfficeInUse>,
    pub metrics: Metrics,
    /// What is wrong now.
    pub alerts: Alerts,
    /// Cancelled when the server stops: push channels say good-bye.
    pub stopping: CancellationToken,
}

impl FromRef<AppState> for Devices {
    fn from_ref(app: &AppState) -> Self {
        app.devices.clone()
    }
}
