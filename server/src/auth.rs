//! Who is asking. Settled at the door, in the type of the extractor: a handler that takes a
//! [`CounterAuth`] cannot be reached by a display.

use std::collections::HashMap;
use std::sync::Arc;

use aufruf_engine::{Actor, CounterKey};
use aufruf_store::DeviceRow;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::{mpsc, watch};

use crate::app::AppState;
use crate::devices::DeviceRole;
use crate::http::ApiError;
use crate::ids::hex;
use crate::users::User;
use crate::wire::Source;

/// LIMIT: devices that went over to their new token and are not written down yet.
const RENEWED: usize = 64;

/// A device that proved who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: String,
    pub role: DeviceRole,
    /// When it was let in: another one under the same id is another device.
    pub since: Timestamp,
}

impl Device {
    /// Its signature under a command.
    pub fn actor(&self) -> Actor {
        Actor::new(&self.id)
    }

    /// The counter that a panel works for.
    pub fn counter(&self) -> Option<CounterKey> {
        match &self.role {
            DeviceRole::Panel { counter } => Some(CounterKey::new(counter)),
            DeviceRole::Kiosk { .. } | DeviceRole::Display { .. } | DeviceRole::Printer => None,
        }
    }
}

/// Every device that may connect, as the database has it now. Cheap to clone; all clones follow.
#[derive(Debug, Clone)]
pub struct Devices {
    known: watch::Receiver<Arc<Known>>,
    /// Who used a new token for the first time.
    renewed: mpsc::Sender<Renewed>,
}

/// A device that used its new token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    pub device: String,
    /// Its hash.
    pub next_sha256: String,
}

/// The devices with the hashes of their tokens, at one moment.
#[derive(Debug, Default)]
pub struct Known {
    devices: Vec<Entry>,
    /// By the hash of a token: which device, and whether it is its new one.
    by_token: HashMap<String, (usize, bool)>,
}

#[derive(Debug)]
struct Entry {
    device: Device,
    has_token: bool,
}

/// The other end of [`Devices`]: tells what changed, and hears who went over to a new token.
#[derive(Debug)]
pub struct DeviceFeed {
    pub known: watch::Sender<Arc<Known>>,
    pub renewed: mpsc::Receiver<Renewed>,
}

impl Known {
    /// Those of `rows` whose role this program knows.
    pub fn of(rows: &[DeviceRow]) -> Self {
        let mut known = Self::default();
        for row in rows {
            let Some(role) = DeviceRole::of_row(row) else {
                continue;
            };
            let nth = known.devices.len();
            for (hash, is_next) in [(&row.token_sha256, false), (&row.next_sha256, true)] {
                let hash = hash.as_ref().map(|hash| hash.to_ascii_lowercase());
                known
                    .by_token
                    .extend(hash.map(|hash| (hash, (nth, is_next))));
            }
            known.devices.push(Entry {
                device: Device {
                    id: row.id.clone(),
                    role,
                    since: row.since,
                },
                has_token: row.token_sha256.is_some(),
            });
        }
        known
    }

    /// The device with this token, and whether it is its new one. It is looked up by its hash, which nobody can
    /// choose: how long that takes says nothing about how close a guess was. What is found is compared in constant
    /// time all the same.
    fn with_token(&self, token: &str) -> Option<(&Device, bool)> {
        let hash = token_sha256(token);
        let (known, (nth, is_next)) = self.by_token.get_key_value(&hash)?;
        let is_it = bool::from(known.as_bytes().ct_eq(hash.as_bytes()));
        is_it.then_some((&self.devices.get(*nth)?.device, *is_next))
    }
}

impl Devices {
    /// Follows what the feed is told.
    pub fn new(known: Known) -> (Self, DeviceFeed) {
        let (tell, known) = watch::channel(Arc::new(known));
        let (renewed, heard) = mpsc::channel(RENEWED);
        let feed = DeviceFeed {
            known: tell,
            renewed: heard,
        };
        (Self { known, renewed }, feed)
    }

    fn with_token(&self, token: &str) -> Option<Device> {
        let known = Arc::clone(&self.known.borrow());
        let (device, is_renewed) = known.with_token(token)?;
        if is_renewed {
            // Full: it uses the token again.
            let _ = self.renewed.try_send(Renewed {
                device: device.id.clone(),
                next_sha256: token_sha256(token),
            });
        }
        Some(device.clone())
    }

    /// The printer of a kiosk's tickets.
    pub fn printer_of(&self, kiosk: &str) -> Option<String> {
        let known = self.known.borrow();
        let mut devices = known.devices.iter().map(|entry| &entry.device);
        let found = devices.find(|device| device.id == kiosk)?;
        match &found.role {
            DeviceRole::Kiosk { printer } => printer.clone(),
            DeviceRole::Display { .. } | DeviceRole::Printer | DeviceRole::Panel { .. } => None,
        }
    }

    pub fn all(&self) -> Vec<Device> {
        let known = self.known.borrow();
        known
            .devices
            .iter()
            .map(|entry| entry.device.clone())
            .collect()
    }

    /// Those that have a token: who was put out is not waited for.
    pub fn admitted(&self) -> Vec<Device> {
        let known = self.known.borrow();
        let admitted = known.devices.iter().filter(|entry| entry.has_token);
        admitted.map(|entry| entry.device.clone()).collect()
    }

    /// Waits until this device may not be here any more as it is: it was revoked, or stands elsewhere.
    pub async fn gone(&self, device: &Device) {
        let mut known = self.known.clone();
        let is_gone = |known: &Arc<Known>| {
            let mut devices = known.devices.iter();
            !devices.any(|entry| entry.device == *device && entry.has_token)
        };
        // Nobody tells any more: the server stops, and says good-bye itself.
        if known.wait_for(is_gone).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// The hash under which a token is kept, as hex.
pub fn token_sha256(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Any known device.
#[derive(Debug, Clone)]
pub struct DeviceAuth(pub Device);

/// A device that takes tickets for people: a kiosk, or a panel on somebody's behalf.
#[derive(Debug, Clone)]
pub struct TicketAuth {
    pub device: Device,
    /// Staff may say more than a visitor alone.
    pub source: Source,
}

/// A device that a clerk works with.
#[derive(Debug, Clone)]
pub struct CounterAuth(pub Device);

impl CounterAuth {
    /// A panel works for its own counter only.
    pub fn at(&self, counter: &str) -> Result<(), ApiError> {
        match &self.0.role {
            DeviceRole::Panel { counter: own } if own == counter => Ok(()),
            _ => Err(ApiError::forbidden(&format!(
                "this panel does not work for counter {counter}"
            ))),
        }
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let header = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ")
}

fn known_device<S>(parts: &Parts, state: &S) -> Result<Device, ApiError>
where
    Devices: FromRef<S>,
{
    let devices = Devices::from_ref(state);
    bearer(parts)
        .and_then(|token| devices.with_token(token))
        .ok_or_else(ApiError::unauthorized)
}

impl<S> FromRequestParts<S> for DeviceAuth
where
    Devices: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        known_device(parts, state).map(Self)
    }
}

impl<S> FromRequestParts<S> for TicketAuth
where
    Devices: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let device = known_device(parts, state)?;
        let source = match device.role {
            DeviceRole::Kiosk { .. } => Source::Kiosk,
            DeviceRole::Panel { .. } => Source::Panel,
            DeviceRole::Display { .. } | DeviceRole::Printer => {
                let why = "only kiosks and panels take tickets";
                return Err(ApiError::forbidden(why));
            }
        };
        Ok(Self { device, source })
    }
}

impl<S> FromRequestParts<S> for CounterAuth
where
    Devices: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let device = known_device(parts, state)?;
        match device.role {
            DeviceRole::Panel { .. } => Ok(Self(device)),
            DeviceRole::Kiosk { .. } | DeviceRole::Display { .. } | DeviceRole::Printer => {
                Err(ApiError::forbidden("only counter panels may do this"))
            }
        }
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct UserAuth {
    pub user: User,
    /// What proves it.
    pub token: String,
}

/// A token is never written to a log.
impl std::fmt::Debug for UserAuth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserAuth")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl FromRequestParts<AppState> for UserAuth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        let token = bearer(parts).map(str::to_owned);
        let token = token.ok_or_else(not_signed_in)?;
        signed_in(app, token).await?.ok_or_else(not_signed_in)
    }
}

/// Whose session this is, as long as it lasts.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn signed_in(app: &AppState, token: String) -> Result<Option<UserAuth>, ApiError> {
    let user = app.users.with_session(&token, app.clock.now()).await;
    let user = user.map_err(|fault| {
        let cause = std::error::Error::source(&fault).map(ToString::to_string);
        tracing::error!(cause, "nobody can be known: {fault}");
        ApiError::unavailable()
    })?;
    Ok(user.map(|user| UserAuth { user, token }))
}

fn not_signed_in() -> ApiError {
    ApiError::not_signed_in(
        "not_signed_in",
        "Sign in with `POST /api/v1/sessions` and send `Authorization: Bearer <token>` with its token.",
    )
}
