//! People who sign in, and what they may look at: devices, alerts. And what a device may ask about itself and a queue.

use aufruf_protocol::latest::{
    Alert, DeviceHealth, OwnDevice, QueueDay, QueueKey, Session, SignIn, SignedIn,
};
use reqwest::Method;
use serde::de::IgnoredAny;

use super::{Api, ApiError, ask, ask_once};
use crate::Token;

impl Api {
    /// Signs in with a password or PIN. Sent once: a wrong one counts.
    pub async fn sign_in(&self, wish: &SignIn) -> Result<Session, ApiError> {
        let request = self.request(Method::POST, &["sessions"])?;
        ask_once(request.json(wish)).await
    }

    /// The same way, as the person whose session this is.
    #[must_use]
    pub fn signed_in(&self, session: Token) -> Self {
        Self {
            session: Some(session),
            ..self.clone()
        }
    }

    /// Whose session this is.
    pub async fn session(&self) -> Result<SignedIn, ApiError> {
        self.question(&["sessions", "self"]).await
    }

    pub async fn sign_out(&self) -> Result<(), ApiError> {
        self.end(&["sessions", "self"]).await
    }

    /// Ends all sessions of the person.
    pub async fn sign_out_everywhere(&self) -> Result<(), ApiError> {
        self.end(&["sessions"]).await
    }

    /// Every device, and how it is: for team leads and admins.
    pub async fn devices(&self) -> Result<Vec<DeviceHealth>, ApiError> {
        self.question(&["devices"]).await
    }

    /// What is wrong now: for team leads and admins.
    pub async fn alerts(&self) -> Result<Vec<Alert>, ApiError> {
        self.question(&["alerts"]).await
    }

    /// What the server takes this device for.
    pub async fn own_device(&self) -> Result<OwnDevice, ApiError> {
        self.question(&["devices", "self"]).await
    }

    /// How a queue stands today.
    pub async fn queue(&self, queue: &QueueKey) -> Result<QueueDay, ApiError> {
        self.question(&["queues", queue.as_str()]).await
    }

    async fn end(&self, path: &[&str]) -> Result<(), ApiError> {
        let ended: Result<IgnoredAny, _> = ask(self.request(Method::DELETE, path)?).await;
        ended.map(drop)
    }
}
