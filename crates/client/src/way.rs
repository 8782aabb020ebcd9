//! How a device gets to its office: where the server is, whom it believes to be the server, and who it is itself.
//!
//! ```text
//! no token of its own ──makes one, shows its code──▶ waits ──somebody approves──▶ known
//!   known: the authority that was seen is pinned; nobody else is believed, wherever the server goes
//!   known ──revoked──▶ waits again, with another code
//! ```
//!
//! A device whose file has a token is known from the start and never shows a code. Cheap to clone: the push channel
//! and the commands go one way.

mod finding;
mod identity;
mod knock;
mod trust;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aufruf_protocol::latest::PairingCode;
use jiff::Timestamp;
use reqwest::header::HeaderValue;
use tracing::{info, warn};

use crate::config::ConfigError;
use crate::durable::{self, DurableError};
use crate::{Address, AddressError, Token};
use identity::Identity;
use knock::Knocking;
use trust::Trust;

/// So many tries in a row without an answer, and the device looks whether the server is elsewhere.
const TRIES: u32 = 3;
/// A server that knows the token and refuses it so often has it for another device. One that was told of it by
/// another program needs a second.
const REFUSALS: u32 = 8;
const REMEMBERED: &str = "server";

/// What a device's file says of the way, in every program the same.
#[derive(Debug, Clone, Default)]
pub struct WayConfig {
    /// `https://host:port`, or `http://` on the server's own box. Left out: the network tells.
    pub server: Option<String>,
    pub token: Option<Token>,
    pub token_file: Option<PathBuf>,
    /// The authority to believe, in PEM; else the one that is seen when the device is let in.
    pub authority: Option<PathBuf>,
    /// Where the device keeps its own token and what it has learned. Left out: the folder that the service manager
    /// made for it.
    pub state_dir: Option<PathBuf>,
}

/// Why there is no way.
#[derive(Debug, thiserror::Error)]
pub enum WayError {
    #[error("the config's `server` is wrong")]
    Address(#[from] AddressError),
    #[error("{0}")]
    Config(#[from] ConfigError),
    #[error(
        "`{server}` would send everything unencrypted to another box; write `https://`, as the server's [tls] listen says"
    )]
    Unencrypted { server: String },
    #[error(
        "a token from a file may only be shown to a server that is proven: write `authority`, the file with the office's authority, or leave the token out and let the device be paired"
    )]
    Unproven,
    #[error(
        "the config has no `server`; write its address, or leave the token out and let the device find it and be paired"
    )]
    Nowhere,
    #[error(
        "the config has neither a token nor `state_dir`, a folder where the device keeps its own"
    )]
    NoFolder,
    #[error("the device's own folder cannot be used")]
    Folder(#[from] DurableError),
    #[error("{} is no certificate in PEM", path.display())]
    Authority { path: PathBuf },
}

/// The way of one device to its office.
#[derive(Debug, Clone)]
pub struct Way(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    role: &'static str,
    folder: Option<PathBuf>,
    /// As the device's file has it.
    fixed: Option<Address>,
    heading: Mutex<Heading>,
    trust: Trust,
    identity: Identity,
    knocking: Knocking,
}

/// Where the device goes now.
#[derive(Debug, Default)]
struct Heading {
    to: Option<Address>,
    failed: u32,
    /// The server said that it does not know the device.
    is_stranger: bool,
    /// Refusals since the server said that it knows the token.
    refused: u32,
}

/// What is to be done before the next try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Approach {
    Go,
    /// Somebody has to approve this code.
    Waits(PairingCode),
    /// Why there is nowhere to go, or nothing to show.
    Nowhere(String),
}

impl Way {
    /// The way of a device with a token to a server at a known address: `http` on this box, for tools and tests.
    ///
    /// # Errors
    /// When `server` is no address.
    pub fn to(server: &str, token: Token) -> Result<Self, AddressError> {
        let address = Address::parse(server)?;
        let identity = Identity::given(token);
        Ok(Self::new(
            "",
            Some(address),
            identity,
            Trust::pinned(None),
            None,
        ))
    }

    /// As a device's file says. `role` is what the program is: `kiosk`, `display`, `printer` or `panel`.
    ///
    /// # Errors
    /// What is missing or contradicts itself, and what to write.
    pub fn of(config: &WayConfig, role: &'static str) -> Result<Self, WayError> {
        let fixed = config.server.as_deref().map(Address::parse).transpose()?;
        if let Some(address) = &fixed
            && !address.is_encrypted()
            && !address.is_this_box()
        {
            let server = config.server.clone().unwrap_or_default();
            return Err(WayError::Unencrypted { server });
        }
        let brought = config
            .authority
            .as_deref()
            .map(trust::read_pem)
            .transpose()?;
        if config.token.is_some() || config.token_file.is_some() {
            let token =
                crate::config::resolve_token(config.token.clone(), config.token_file.as_deref())?;
            let address = fixed.ok_or(WayError::Nowhere)?;
            if address.is_encrypted() && brought.is_none() {
                return Err(WayError::Unproven);
            }
            let trust = Trust::pinned(brought);
            return Ok(Self::new(
                role,
                Some(address),
                Identity::given(token),
                trust,
                None,
            ));
        }
        let folder = config.state_dir.clone().or_else(service_folder);
        let folder = folder.ok_or(WayError::NoFolder)?;
        durable::create_folder(&folder)?;
        let trust = Trust::kept_in(&folder, brought)?;
        let identity = Identity::kept_in(&folder)?;
        Ok(Self::new(role, fixed, identity, trust, Some(folder)))
    }

    fn new(
        role: &'static str,
        fixed: Option<Address>,
        identity: Identity,
        trust: Trust,
        folder: Option<PathBuf>,
    ) -> Self {
        // A place is worth nothing without the authority that was met there.
        let remembered = || remembered(folder.as_ref().filter(|_| trust.is_pinned())?);
        let to = fixed.clone().or_else(remembered);
        let heading = Heading {
            to,
            ..Heading::default()
        };
        Self(Arc::new(Inner {
            role,
            folder,
            fixed,
            heading: Mutex::new(heading),
            trust,
            identity,
            knocking: Knocking::default(),
        }))
    }

    /// Where the server is, as far as the device knows: for staff who look for it.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let to = self.heading().to.as_ref()?.to_string();
        Some(to)
    }

    pub(crate) fn address(&self) -> Option<Address> {
        self.heading().to.clone()
    }

    /// Proves who asks, in a command.
    pub(crate) fn bearer(&self) -> HeaderValue {
        self.0.identity.token().into_bearer()
    }

    /// Proves who connects: a new token is shown here first.
    pub(crate) fn newest_bearer(&self) -> HeaderValue {
        self.0.identity.newest().into_bearer()
    }

    /// How the server proves who it is.
    pub(crate) fn tls(&self) -> rustls::ClientConfig {
        self.0.trust.client_config()
    }

    fn heading(&self) -> MutexGuard<'_, Heading> {
        let heading = self.0.heading.lock();
        heading.unwrap_or_else(PoisonError::into_inner)
    }

    /// Before each try: finds the server where nobody said where it is, and asks to be let in where the device is
    /// not known.
    pub(crate) async fn approach(&self, software: &str) -> Approach {
        let Some(address) = self.look_for_server().await else {
            return Approach::Nowhere(
                "no office server tells the network where it is; write its address as `server`"
                    .to_owned(),
            );
        };
        let is_unproven = address.is_encrypted() && !self.0.trust.is_pinned();
        let is_stranger = is_unproven || self.heading().is_stranger;
        if !is_stranger || !self.0.identity.is_own() {
            return Approach::Go;
        }
        let asked = knock::knock(&self.0, &address, software).await;
        match asked {
            Ok(knock::Answer::Waits(code)) => {
                self.heading().refused = 0;
                Approach::Waits(code)
            }
            Ok(knock::Answer::Known) => {
                self.heading().is_stranger = false;
                Approach::Go
            }
            Err(reason) => {
                self.failed();
                Approach::Nowhere(reason)
            }
        }
    }

    /// Where to go: as known, or, after some tries in vain, where the network says.
    async fn look_for_server(&self) -> Option<Address> {
        let (to, failed) = {
            let heading = self.heading();
            (heading.to.clone(), heading.failed)
        };
        let is_lost = failed > 0 && failed.is_multiple_of(TRIES);
        if to.is_some() && !is_lost {
            return to;
        }
        // A device that does not leave its box has nobody to look for.
        if self
            .0
            .fixed
            .as_ref()
            .is_some_and(|fixed| !fixed.is_encrypted())
        {
            return to;
        }
        let authority = self.0.trust.pinned_sha256();
        // Who is told where the server is and believes nobody yet goes there alone.
        if authority.is_none() && self.0.fixed.is_some() {
            return to;
        }
        let found = finding::find(authority.as_deref()).await;
        let next = match found {
            Some(found) if Some(&found) != to.as_ref() => {
                info!("the network says that the office server is at {found}");
                Some(found)
            }
            // Nothing new: try what the file says once more.
            _ => self.0.fixed.clone().or(to),
        };
        let mut heading = self.heading();
        heading.to.clone_from(&next);
        // Counted once, so that the next tries go there.
        heading.failed += u32::from(is_lost);
        next
    }

    /// There was no answer.
    pub(crate) fn failed(&self) {
        let mut heading = self.heading();
        heading.failed = heading.failed.saturating_add(1);
    }

    /// The server does not know the token that was shown.
    pub(crate) fn refused(&self) {
        if self.0.identity.falls_back() {
            return;
        }
        if self.0.identity.is_refused() {
            let mut heading = self.heading();
            heading.is_stranger = true;
            heading.refused = 0;
            return;
        }
        let is_taken = {
            let mut heading = self.heading();
            heading.is_stranger = true;
            heading.refused += 1;
            let is_taken = heading.refused >= REFUSALS;
            if is_taken {
                heading.refused = 0;
            }
            is_taken
        };
        if is_taken {
            self.0.identity.begins_anew();
        }
    }

    /// The server let the device in.
    pub(crate) fn arrived(&self) {
        let arrived_at = {
            let mut heading = self.heading();
            heading.failed = 0;
            heading.refused = 0;
            heading.is_stranger = false;
            heading.to.clone()
        };
        self.0.identity.accepted();
        let Some((folder, address)) = self.0.folder.as_ref().zip(arrived_at) else {
            return;
        };
        if self.0.fixed.as_ref() == Some(&address) || remembered(folder).as_ref() == Some(&address)
        {
            return;
        }
        let kept = durable::write(&folder.join(REMEMBERED), address.to_string().as_bytes());
        if let Err(fault) = kept {
            warn!("where the server is cannot be remembered: {fault}");
        }
    }

    /// Makes a new token once the present one is old; the next line shows it.
    pub(crate) fn tend(&self, now: Timestamp) {
        if let Some(address) = self.address()
            && self.0.identity.begins_renewal(now)
        {
            let way = self.clone();
            tokio::spawn(async move { knock::renew(&way.0, &address).await });
        }
    }
}

/// Where the device found the server last.
fn remembered(folder: &std::path::Path) -> Option<Address> {
    let kept = durable::read(&folder.join(REMEMBERED)).ok().flatten()?;
    Address::parse(std::str::from_utf8(&kept).ok()?.trim()).ok()
}

/// The folder that the service manager made for this program (`StateDirectory=`).
fn service_folder() -> Option<PathBuf> {
    let folders = std::env::var_os("STATE_DIRECTORY")?;
    let first = std::env::split_paths(&folders).next()?;
    (!first.as_os_str().is_empty()).then_some(first)
}

#[cfg(test)]
mod tests;
