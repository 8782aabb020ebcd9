//! From request to command and back: the idempotency key, and the wait for the engine.

use aufruf_engine::{Command, Language};
use aufruf_protocol::latest::IDEMPOTENCY_KEY;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::ApiError;
use super::command_log::CommandLog;
use crate::app::AppState;
use crate::auth::Device;
use crate::ids::hex;
use crate::runtime::{Envelope, NoteText, Outcome, Sender};
use crate::wire::{self, Reply};

/// LIMIT: characters of an idempotency key; a UUID has 36.
const KEY_LIMIT: usize = 64;
/// Bytes of a path's hash that tell the paths apart to which somebody may send the same key.
const PATH_BYTES: usize = 8;

/// The key of one command: the same key of the same device to the same path gives the same answer for a day. To
/// another path it is another command, which is not answered with what the first one did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for CommandId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let key = parts
            .headers
            .get(IDEMPOTENCY_KEY)
            .and_then(|value| value.to_str().ok());
        match key {
            Some(key) if (1..=KEY_LIMIT).contains(&key.len()) => {
                let path = Sha256::digest(parts.uri.path());
                Ok(Self(format!("{key} {}", hex(&path[..PATH_BYTES]))))
            }
            Some(_) => Err(ApiError::bad_request(
                "idempotency_key_invalid",
                "The header Idempotency-Key has to have 1 to 64 characters.",
            )),
            None => Err(ApiError::bad_request(
                "idempotency_key_missing",
                "A command needs the header Idempotency-Key: a fresh random text for each new command, the same for a repeated one.",
            )),
        }
    }
}

/// A command, and what goes beside it and is in no event.
#[derive(Debug)]
pub(super) struct Asked {
    command: Command,
    note: Option<NoteText>,
    paper: Option<Language>,
}

impl From<Command> for Asked {
    fn from(command: Command) -> Self {
        let (note, paper) = (None, None);
        Self {
            command,
            note,
            paper,
        }
    }
}

impl Asked {
    /// With a note that is kept if the command is done.
    pub(super) fn noting(self, note: Option<NoteText>) -> Self {
        Self { note, ..self }
    }

    /// With paper in this language.
    pub(super) fn printing_in(self, paper: Option<Language>) -> Self {
        Self { paper, ..self }
    }
}

/// Sends the command and waits until its outcome is on disk.
pub(super) async fn run(
    app: &AppState,
    device: &Device,
    id: CommandId,
    asked: impl Into<Asked>,
) -> Result<Response, ApiError> {
    let Asked {
        command,
        note,
        paper,
    } = asked.into();
    let sender = Sender {
        by: device.actor(),
        counter: device.counter(),
        prints: app.devices.printer_of(&device.id).is_some(),
    };
    let log = CommandLog::begin(device, &command, &id.0);
    let (envelope, outcome) = Envelope::of_device(command, sender, id.0);
    let envelope = envelope.noting(note).printing_in(paper);
    if app.bus.send(envelope).is_err() {
        log.busy();
        return Err(ApiError::busy());
    }
    let outcome = outcome.await.ok();
    log.end(outcome.as_ref());
    match outcome {
        Some(Outcome::Done(reply)) => Ok(respond(reply)),
        Some(Outcome::Refused(refusal)) => Ok(respond(wire::refused(&refusal)?)),
        Some(Outcome::Unavailable) | None => Err(ApiError::unavailable()),
    }
}

fn respond(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    if reply.body.is_empty() {
        return status.into_response();
    }
    (status, [(CONTENT_TYPE, "application/json")], reply.body).into_response()
}
