//! Commands and questions to the office server over HTTP.
//!
//! A command is repeated under the same key while the server cannot be reached, so that a short
//! break of the line costs the person at the screen nothing, and nothing is done twice.

use std::error::Error as _;
use std::time::Duration;

use aufruf_protocol::latest::{
    ChangeTicket, CounterKey, CounterRow, FinishTicket, IDEMPOTENCY_KEY, IssueTicket, IssuedTicket,
    NextReply, OfficeInfo, OpenCounter, PauseTicket, Problem, TicketId, TicketRow, ToCounter,
    TransferTicket,
};
use reqwest::header::AUTHORIZATION;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep, timeout};

use crate::{CommandKey, Token, Way};

mod house;
mod staff;

/// A person waits for the answer: after this long they are told that the server is away.
const PATIENCE: Duration = Duration::from_secs(4);
const CONNECT_PATIENCE: Duration = Duration::from_secs(1);
const LINE_KEPT: Duration = Duration::from_secs(10);
/// Between two tries of the same command.
const PAUSE: Duration = Duration::from_millis(150);

/// The office server, asked by one device.
#[derive(Debug, Clone)]
pub struct Api {
    way: Way,
    client: Client,
    /// The person who asks, where it is not the device itself.
    session: Option<Token>,
}

/// What a clerk does with one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketAction {
    /// Call the same person to the same counter once more.
    Recall,
    Start,
    /// All done, as many people as the ticket says.
    Finish,
    /// Finish, and say what was done.
    FinishWith(FinishTicket),
    /// Served so far; goes on later.
    Park,
    /// Served; comes back to fetch something.
    PickUp,
    /// Go on with a parked visit, or one that fetches something, at this counter and without a call.
    Resume(CounterKey),
    Transfer(TransferTicket),
    /// The visitor leaves and keeps the place, for so many minutes.
    Pause(u32),
    /// The visitor is back before the pause is over.
    Return,
    Change(ChangeTicket),
    Cancel,
    /// Take back the last step that this device took with the visit.
    Undo,
    /// The person did not come.
    Miss,
    /// Put it back into the line.
    Requeue,
    /// Call this one, out of turn, to this counter.
    Call(CounterKey),
}

/// Why there is no good answer.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("cannot set up the HTTP client")]
    Client {
        #[source]
        source: reqwest::Error,
    },
    /// Whether the command was carried out is unknown; sending it again under the same key is safe.
    #[error("the office server cannot be reached: {reason}")]
    Unreachable { reason: String },
    /// The server's own words, with a code that screens translate.
    #[error("refused: {} ({})", .0.detail, .0.code)]
    Refused(Problem),
    #[error("the answer of the server (status {status}) makes no sense: {reason}")]
    Unreadable { status: u16, reason: String },
}

impl TicketAction {
    /// The last part of the path, and the body.
    fn wire(self) -> (&'static str, Option<serde_json::Value>) {
        match self {
            Self::Recall => ("recall", None),
            Self::Start => ("start", None),
            Self::Finish => ("finish", None),
            Self::FinishWith(finish) => ("finish", Some(body(&finish))),
            Self::Park => ("park", None),
            Self::PickUp => ("pick-up", None),
            Self::Resume(counter) => ("resume", Some(body(&ToCounter { counter }))),
            Self::Transfer(transfer) => ("transfer", Some(body(&transfer))),
            Self::Pause(minutes) => ("pause", Some(body(&PauseTicket { minutes }))),
            Self::Return => ("return", None),
            Self::Change(change) => ("change", Some(body(&change))),
            Self::Cancel => ("cancel", None),
            Self::Undo => ("undo", None),
            Self::Miss => ("miss", None),
            Self::Requeue => ("requeue", None),
            Self::Call(counter) => ("call", Some(body(&ToCounter { counter }))),
        }
    }
}

fn body(wish: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(wish).expect("a wish is JSON")
}

impl Api {
    /// Prepares to ask by `way`. Nothing is sent yet.
    pub fn by(way: &Way) -> Result<Self, ApiError> {
        let client = Client::builder()
            .tls_backend_preconfigured(way.tls())
            .connect_timeout(CONNECT_PATIENCE)
            // Before the server hangs up on a line that says nothing.
            .pool_idle_timeout(LINE_KEPT)
            .redirect(Policy::none())
            // The office server is on the office's own network, whatever proxy is set for the rest.
            .no_proxy()
            .build()
            .map_err(|source| ApiError::Client { source })?;
        let way = way.clone();
        Ok(Self {
            way,
            client,
            session: None,
        })
    }

    pub async fn issue_ticket(
        &self,
        key: &CommandKey,
        wish: &IssueTicket,
    ) -> Result<IssuedTicket, ApiError> {
        self.command(key, &["tickets"], Some(wish)).await
    }

    /// Calls the next person to the counter, or says why there is none.
    pub async fn next(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<NextReply, ApiError> {
        self.counter_command(key, counter, "next").await
    }

    pub async fn open_counter(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
        wish: &OpenCounter,
    ) -> Result<CounterRow, ApiError> {
        self.command(key, &["counters", counter.as_str(), "open"], Some(wish))
            .await
    }

    pub async fn close_counter(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
    ) -> Result<CounterRow, ApiError> {
        self.counter_command(key, counter, "close").await
    }

    pub async fn act(
        &self,
        key: &CommandKey,
        ticket: TicketId,
        action: TicketAction,
    ) -> Result<TicketRow, ApiError> {
        let (verb, body) = action.wire();
        let ticket = ticket.to_string();
        self.command(key, &["tickets", &ticket, verb], body.as_ref())
            .await
    }

    pub async fn ticket(&self, ticket: TicketId) -> Result<TicketRow, ApiError> {
        self.question(&["tickets", &ticket.to_string()]).await
    }

    pub async fn office(&self) -> Result<OfficeInfo, ApiError> {
        self.question(&["office"]).await
    }

    /// Whether the server takes commands now.
    pub async fn is_ready(&self) -> bool {
        let Some(address) = self.way.address() else {
            return false;
        };
        let asked = self
            .client
            .get(address.path(&["readyz"]))
            .timeout(CONNECT_PATIENCE)
            .send();
        asked
            .await
            .is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    async fn counter_command<A: DeserializeOwned>(
        &self,
        key: &CommandKey,
        counter: &CounterKey,
        verb: &str,
    ) -> Result<A, ApiError> {
        self.command(key, &["counters", counter.as_str(), verb], None::<&()>)
            .await
    }

    async fn command<B: Serialize, A: DeserializeOwned>(
        &self,
        key: &CommandKey,
        path: &[&str],
        body: Option<&B>,
    ) -> Result<A, ApiError> {
        let request = self
            .request(Method::POST, path)?
            .header(IDEMPOTENCY_KEY, key.as_str());
        ask(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    async fn question<A: DeserializeOwned>(&self, path: &[&str]) -> Result<A, ApiError> {
        ask(self.request(Method::GET, path)?).await
    }

    fn request(&self, method: Method, path: &[&str]) -> Result<RequestBuilder, ApiError> {
        let path: Vec<&str> = ["api", "v1"].iter().chain(path).copied().collect();
        let address = self.way.address().ok_or_else(|| ApiError::Unreachable {
            reason: "nobody knows where it is yet".to_owned(),
        })?;
        let request = self.client.request(method, address.path(&path));
        let session = self.session.clone().map(Token::into_bearer);
        let bearer = session.unwrap_or_else(|| self.way.bearer());
        Ok(request.header(AUTHORIZATION, bearer))
    }
}

/// Sends the same request again and again, until there is an answer or the person has waited enough.
async fn ask<A: DeserializeOwned>(request: RequestBuilder) -> Result<A, ApiError> {
    let until = Instant::now() + PATIENCE;
    loop {
        let request = request
            .try_clone()
            .expect("a body of JSON can be sent again");
        let left = until.saturating_duration_since(Instant::now());
        let failure = match timeout(left, ask_once(request)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(failure)) => failure,
            Err(_) => ApiError::Unreachable {
                reason: format!("no answer within {} s", PATIENCE.as_secs()),
            },
        };
        if !is_passing(&failure) || Instant::now() + PAUSE >= until {
            return Err(failure);
        }
        sleep(PAUSE).await;
    }
}

async fn ask_once<A: DeserializeOwned>(request: RequestBuilder) -> Result<A, ApiError> {
    let answer = request.send().await.map_err(|error| unreachable(&error))?;
    let status = answer.status();
    let body = answer.bytes().await.map_err(|error| unreachable(&error))?;
    let unreadable = |error: serde_json::Error| ApiError::Unreadable {
        status: status.as_u16(),
        reason: error.to_string(),
    };
    if status.is_success() {
        // A command that has nothing to tell may answer with nothing.
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        return serde_json::from_slice(body).map_err(unreadable);
    }
    let problem = serde_json::from_slice(&body).map_err(unreadable)?;
    Err(ApiError::Refused(problem))
}

/// A server that rebuilds its state answers 503 for a moment: as good as away.
fn is_passing(failure: &ApiError) -> bool {
    const AWAY: u16 = StatusCode::SERVICE_UNAVAILABLE.as_u16();
    match failure {
        ApiError::Unreachable { .. } => true,
        ApiError::Refused(Problem { status, .. }) | ApiError::Unreadable { status, .. } => {
            *status == AWAY
        }
        ApiError::Client { .. } => false,
    }
}

fn unreachable(error: &reqwest::Error) -> ApiError {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let reason = causes
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string);
    ApiError::Unreachable { reason }
}

#[cfg(test)]
mod described;
#[cfg(test)]
mod tests;
