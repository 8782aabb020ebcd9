//! Who is asking. Settled at the door, in the type of the extractor: a handler that takes a
//! [`CounterAuth`] cannot be reached by a display.

use std::sync::Arc;

use aufruf_engine::{Actor, CounterKey};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::{DeviceConfig, DeviceRole};
use crate::http::ApiError;
use crate::ids::hex;
use crate::wire::Source;

/// A device that proved who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: String,
    pub role: DeviceRole,
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

/// Every device that may connect, with the hash of its token.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    known: Arc<[(Vec<u8>, Device)]>,
}

impl Devices {
    pub fn new(configured: &[DeviceConfig]) -> Self {
        let known = configured.iter().map(|device| {
            let found = Device {
                id: device.id.clone(),
                role: device.role.clone(),
            };
            (device.token_sha256.to_ascii_lowercase().into_bytes(), found)
        });
        Self {
            known: known.collect(),
        }
    }

    /// The device with this token. Looks at every one in constant time: how long it takes says
    /// nothing about how close a guess was.
    fn with_token(&self, token: &str) -> Option<&Device> {
        let hash = token_sha256(token);
        let mut found = None;
        for (known, device) in self.known.iter() {
            if bool::from(known.as_slice().ct_eq(hash.as_bytes())) {
                found = Some(device);
            }
        }
        found
    }

    /// The printer of a kiosk's tickets.
    pub fn printer_of(&self, kiosk: &str) -> Option<&str> {
        self.known
            .iter()
            .find(|(_, device)| device.id == kiosk)
            .and_then(|(_, device)| match &device.role {
                DeviceRole::Kiosk { printer } => printer.as_deref(),
                DeviceRole::Display { .. } | DeviceRole::Printer | DeviceRole::Panel { .. } => None,
            })
    }

    pub fn all(&self) -> impl Iterator<Item = &Device> {
        self.known.iter().map(|(_, device)| device)
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

fn known_device<S>(parts: &Parts, state: &S) -> Result<Device, ApiError>
where
    Devices: FromRef<S>,
{
    let header = parts
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer "));
    let devices = Devices::from_ref(state);
    token
        .and_then(|token| devices.with_token(token))
        .cloned()
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
