//! A webhook: one signed POST a message.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Url, redirect};

use super::config::AlertsConfig;
use super::message::Message;
use super::{SendFault, secret, signature, tls};

/// The header with the signature.
const SIGNATURE: &str = "Aufruf-Signature";
/// The message's id: the same when it is sent again.
const ID: &str = "Aufruf-Message";
/// An answer takes no longer.
const WITHIN: Duration = Duration::from_secs(10);

/// Where to POST, and how to prove who sends. Its debug form says neither path nor secret.
#[derive(Clone)]
pub(crate) struct Webhook {
    url: Url,
    secret_file: PathBuf,
    ca_file: Option<PathBuf>,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Webhook({})", self.goes_to())
    }
}

impl Webhook {
    /// None where there is none.
    pub(super) fn of(config: &AlertsConfig) -> Option<Self> {
        Some(Self {
            url: Url::parse(config.webhook.as_deref()?).ok()?,
            secret_file: config.webhook_secret_file.clone()?,
            ca_file: config.ca_file.clone(),
        })
    }

    pub(super) fn goes_to(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port().map(|port| format!(":{port}"));
        format!("{}://{host}{}", self.url.scheme(), port.unwrap_or_default())
    }

    /// Sends it once.
    ///
    /// # Errors
    /// What is missing here, or what the other side did.
    pub(super) async fn send(&self, message: &Message) -> Result<(), SendFault> {
        let secret = secret::read(&self.secret_file).await?;
        let body = message.json();
        let seconds = message.sent_at.as_second();
        let signed = signature(secret.as_bytes(), seconds, &body);
        let client = self.client().await?;
        let request = client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(SIGNATURE, signed)
            .header(ID, &message.id)
            .body(body);
        let answer = request
            .send()
            .await
            .map_err(|fault| told(&fault.without_url()))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        Err(SendFault::new(format!("it answered {status}")))
    }

    /// Messages are rare: a client is made for each, with the authorities as they are by now.
    async fn client(&self) -> Result<Client, SendFault> {
        let builder = Client::builder()
            .user_agent(concat!("aufruf-server/", env!("CARGO_PKG_VERSION")))
            // Elsewhere nobody said that it may have this.
            .redirect(redirect::Policy::none())
            .timeout(WITHIN);
        let builder = if self.url.scheme() == "https" {
            let pem = tls::pem(tls::authorities(self.ca_file.as_deref())).await?;
            builder.tls_backend_preconfigured(tls::client(&pem)?)
        } else {
            // In the house, and past no proxy.
            builder.no_proxy().tls_backend_preconfigured(tls::nobody()?)
        };
        builder.build().map_err(|fault| told(&fault))
    }
}

/// An error with its causes on one line.
fn told(fault: &dyn std::error::Error) -> SendFault {
    let causes = std::iter::successors(fault.source(), |&cause| cause.source());
    SendFault::new(causes.fold(fault.to_string(), |text, cause| format!("{text}: {cause}")))
}
