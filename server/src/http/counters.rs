//! `/api/v1/counters`: open, pause, close, go over to another, and *next*.

use aufruf_engine::{Command, CounterKey};
use aufruf_protocol::latest as wire;
use axum::extract::State;
use axum::response::Response;

use super::command::run;
use super::{ApiError, ApiJson, ApiPath, CommandId, OptionalJson};
use crate::app::AppState;
use crate::auth::CounterAuth;
use crate::wire::commands;

/// A step of a counter that needs nothing but the counter.
macro_rules! counter_step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident, $answer:ty) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "counters",
            params(("id" = String, Path, description = "the counter's key"), ("Idempotency-Key" = String, Header)),
            responses((status = 200, body = $answer), ApiError),
            security(("device" = [])))]
        pub async fn $name(
            State(app): State<AppState>,
            panel: CounterAuth,
            id: CommandId,
            ApiPath(counter): ApiPath<String>,
        ) -> Result<Response, ApiError> {
            panel.at(&counter)?;
            run(&app, &panel.0, id, Command::$command { counter: CounterKey::new(&counter) }).await
        }
    };
}

counter_step!(
    /// Calls nobody to the counter for a while; a visit that runs goes on.
    pause_counter, "/api/v1/counters/{id}/pause", PauseCounter, wire::CounterRow
);
counter_step!(
    /// Closes the counter. A called person gets the old place back, a served one is parked.
    close_counter, "/api/v1/counters/{id}/close", CloseCounter, wire::CounterRow
);
counter_step!(
    /// Calls whoever is next, or says why nobody can be called now.
    next, "/api/v1/counters/{id}/next", CallNext, wire::NextReply
);

/// Opens the counter, or ends its pause: people can be called to it. Who serves there may be said.
#[utoipa::path(post, path = "/api/v1/counters/{id}/open", tag = "counters", request_body = Option<wire::OpenCounter>,
    params(("id" = String, Path, description = "the counter's key"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::CounterRow), ApiError),
    security(("device" = [])))]
pub async fn open_counter(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(counter): ApiPath<String>,
    OptionalJson(wish): OptionalJson<wire::OpenCounter>,
) -> Result<Response, ApiError> {
    panel.at(&counter)?;
    let command = commands::open_counter(&counter, &wish)?;
    run(&app, &panel.0, id, command).await
}

/// The clerk goes over to another counter and takes the visit along. Answers with that counter.
#[utoipa::path(post, path = "/api/v1/counters/{id}/move", tag = "counters", request_body = wire::MoveCounter,
    params(("id" = String, Path, description = "the key of the counter that is left"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::CounterRow), ApiError),
    security(("device" = [])))]
pub async fn move_counter(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(counter): ApiPath<String>,
    ApiJson(wish): ApiJson<wire::MoveCounter>,
) -> Result<Response, ApiError> {
    panel.at(&counter)?;
    let command = Command::MoveCounter {
        from: CounterKey::new(&counter),
        to: CounterKey::new(wish.to.as_str()),
    };
    run(&app, &panel.0, id, command).await
}
