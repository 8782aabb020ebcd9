//! Asks a server to be let in, and tells it of a new token.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aufruf_protocol::latest::{PairDevice, Pairing, PairingCode, Problem, RenewToken};
use reqwest::header::AUTHORIZATION;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use tracing::{info, warn};

use super::Inner;
use super::trust::{Meeting, sha256};
use crate::Address;
use crate::logging::chain;

/// In the place of an authority, on a line that does not leave the box.
const THIS_BOX: &str = "this box";
const PATIENCE: Duration = Duration::from_secs(4);

/// What a server says to a device that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Waits(PairingCode),
    /// Somebody has approved the code.
    Known,
}

/// The code that is shown now: it takes a while to make, and stays as long as token and authority do.
#[derive(Debug, Default)]
pub(super) struct Knocking(Mutex<Option<Shown>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    token_sha256: String,
    authority_sha256: Option<String>,
    salt: String,
    code: PairingCode,
}

/// Asks once.
///
/// # Errors
/// Why there is no code to show, for the log.
pub(super) async fn knock(
    way: &Inner,
    address: &Address,
    software: &str,
) -> Result<Answer, String> {
    // Who is pinned stays pinned: a device that was put out asks the same server.
    let meeting = (!way.trust.is_pinned()).then(Meeting::begin);
    let config = meeting
        .as_ref()
        .map_or_else(|| way.trust.client_config(), Meeting::client_config);
    let client = client(config)?;
    if meeting.is_some() && address.is_encrypted() {
        // The first line shows the authority; only then there is something to say.
        let met = client.get(address.path(&["healthz"])).send().await;
        met.map_err(|fault| chain(&fault))?;
    }
    let authority = || meeting.as_ref().map_or_else(|| None, Meeting::authority);
    let authority_sha256 = match (address.is_encrypted(), authority()) {
        (false, _) => None,
        (true, Some(seen)) => Some(sha256(&seen)),
        (true, None) => way.trust.pinned_sha256(),
    };
    way.identity
        .is_told_to(authority_sha256.as_deref().unwrap_or(THIS_BOX));
    let wish = PairDevice {
        role: way.role.to_owned(),
        software: software.to_owned(),
        token_sha256: way.identity.token_sha256(),
        authority_sha256: authority_sha256.clone(),
    };
    let url = address.path(&["api", "v1", "devices", "pair"]);
    let asked = client.post(url).json(&wish).send().await;
    let answer = answer_of(asked.map_err(|fault| chain(&fault))?).await;
    let seen = authority();
    if seen.as_ref().map(sha256) != authority_sha256 && meeting.is_some() && address.is_encrypted()
    {
        return Err("the server showed one authority first and another one then".to_owned());
    }
    match answer? {
        Said::Known => {
            if let Some(seen) = seen {
                way.trust.pin(seen).map_err(|fault| chain(&fault))?;
                info!("the office's authority is pinned");
            }
            Ok(Answer::Known)
        }
        Said::Waits { salt } => Ok(Answer::Waits(way.knocking.code(wish, salt).await)),
        Said::AskLess => {
            let shown = way.knocking.shown_for(&wish);
            shown
                .map(Answer::Waits)
                .ok_or_else(|| "the server is asked too often".to_owned())
        }
    }
}

/// What the server answers.
enum Said {
    Waits {
        salt: String,
    },
    Known,
    /// The code that is shown holds on.
    AskLess,
}

async fn answer_of(answer: Response) -> Result<Said, String> {
    if answer.status() == StatusCode::CREATED {
        let pairing: Pairing = answer.json().await.map_err(|fault| chain(&fault))?;
        return Ok(Said::Waits { salt: pairing.salt });
    }
    let problem: Problem = answer.json().await.map_err(|fault| chain(&fault))?;
    match problem.code.as_str() {
        "already_paired" => Ok(Said::Known),
        "too_many_requests" => Ok(Said::AskLess),
        _ => Err(format!("{} ({})", problem.detail, problem.code)),
    }
}

impl Knocking {
    /// The code that is shown already, for this token and this authority.
    fn shown_for(&self, wish: &PairDevice) -> Option<PairingCode> {
        let shown = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()?;
        let is_it = shown.token_sha256 == wish.token_sha256
            && shown.authority_sha256 == wish.authority_sha256;
        is_it.then_some(shown.code)
    }

    async fn code(&self, wish: PairDevice, salt: String) -> PairingCode {
        let shown = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(shown) = shown
            && shown.token_sha256 == wish.token_sha256
            && shown.authority_sha256 == wish.authority_sha256
            && shown.salt == salt
        {
            return shown.code;
        }
        let (token_sha256, authority_sha256) = (wish.token_sha256, wish.authority_sha256);
        let made = tokio::task::spawn_blocking(move || {
            let code = PairingCode::of(&token_sha256, authority_sha256.as_deref(), &salt);
            Shown {
                token_sha256,
                authority_sha256,
                salt,
                code,
            }
        });
        let shown = made.await.expect("making a code does not panic");
        let code = shown.code;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        code
    }
}

/// Tells the server of the next token. What fails is tried again a day later.
pub(super) async fn renew(way: &Inner, address: &Address) {
    let Some(token_sha256) = way.identity.next_sha256() else {
        return;
    };
    let told = async {
        let url = address.path(&["api", "v1", "devices", "self", "token"]);
        let request = client(way.trust.client_config())?
            .post(url)
            .header(AUTHORIZATION, way.identity.token().into_bearer())
            .json(&RenewToken { token_sha256 });
        let answer = request.send().await.map_err(|fault| chain(&fault))?;
        match answer.status() {
            StatusCode::NO_CONTENT => Ok(()),
            other => Err(format!("status {other}")),
        }
    };
    match told.await {
        Ok(()) => way.identity.renewal_agreed(),
        Err(reason) => {
            warn!("the server took no new token: {reason}");
            way.identity.falls_back();
        }
    }
}

fn client(config: rustls::ClientConfig) -> Result<Client, String> {
    let client = Client::builder()
        .tls_backend_preconfigured(config)
        .timeout(PATIENCE)
        // Whom a line is with is settled by its certificate, not by a word on the way.
        .redirect(Policy::none())
        .no_proxy()
        .build();
    client.map_err(|fault| chain(&fault))
}
