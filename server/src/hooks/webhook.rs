//! A webhook: one signed POST a message.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, StatusCode, Url, redirect};

use super::config::AlertsConfig;
use super::message::Message;
use super::worker::Failed;
use super::{SendFault, secret, signature, tls};
use crate::clock::{Clock, SystemClock};

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
        Ok(self.attempt(message).await?)
    }

    /// Sends it once, and says whether another try may do.
    ///
    /// # Errors
    /// What is missing here, or what the other side did.
    pub(super) async fn attempt(&self, message: &Message) -> Result<(), Failed> {
        let secret = secret::read(&self.secret_file).await?;
        let body = message.json();
        // Of this try: a receiver that refuses old times would never take a later one. By the machine's own clock,
        // because it is compared with that of another.
        let seconds = SystemClock.now().as_second();
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
        let fault = SendFault::new(format!("it answered {status}"));
        Err(if is_final(status) {
            Failed::ForEver(fault)
        } else {
            Failed::ForNow(fault)
        })
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

/// Whether the same request would be answered so again (RFC 9110): it is the request that is at fault, not the moment.
fn is_final(status: StatusCode) -> bool {
    let of_the_moment = [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    status.is_client_error() && !of_the_moment.contains(&status)
}

/// An error with its causes on one line.
fn told(fault: &dyn std::error::Error) -> SendFault {
    let causes = std::iter::successors(fault.source(), |&cause| cause.source());
    SendFault::new(causes.fold(fault.to_string(), |text, cause| format!("{text}: {cause}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_about_the_request_itself_are_final() {
        let is_final = |code| is_final(StatusCode::from_u16(code).expect("a status"));
        for code in [400, 401, 403, 404, 410, 413, 422] {
            assert!(is_final(code), "{code}");
        }
        for code in [302, 408, 425, 429, 500, 502, 503] {
            assert!(!is_final(code), "{code}");
        }
    }
}
