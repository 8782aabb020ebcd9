//! `/api/v1/emergencies`, `/api/v1/locks` and `/api/v1/queues`: what concerns the whole house.

use aufruf_engine::{Command, CounterKey};
use aufruf_protocol::latest as wire;
use axum::Json;
use axum::extract::State;
use axum::response::Response;

use super::command::run;
use super::{ApiError, ApiJson, ApiPath, CommandId, OptionalJson};
use crate::app::AppState;
use crate::auth::{CounterAuth, DeviceAuth};
use crate::wire::commands;

/// A clerk needs help at the panel's counter. Answers with all emergencies that last.
#[utoipa::path(post, path = "/api/v1/emergencies", tag = "house", request_body = wire::RaiseEmergency,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Vec<wire::EmergencyRow>), ApiError),
    security(("device" = [])))]
pub async fn raise_emergency(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiJson(wish): ApiJson<wire::RaiseEmergency>,
) -> Result<Response, ApiError> {
    panel.at(wish.counter.as_str())?;
    let counter = CounterKey::new(wish.counter.as_str());
    run(&app, &panel.0, id, Command::RaiseEmergency { counter }).await
}

/// Somebody is on the way to this counter. Answers with all emergencies that last.
#[utoipa::path(post, path = "/api/v1/emergencies/{counter}/accept", tag = "house",
    params(("counter" = String, Path, description = "the counter's key"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Vec<wire::EmergencyRow>), ApiError),
    security(("device" = [])))]
pub async fn accept_emergency(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(counter): ApiPath<String>,
) -> Result<Response, ApiError> {
    let counter = CounterKey::new(&counter);
    run(&app, &panel.0, id, Command::AcceptEmergency { counter }).await
}

/// The emergency at this counter is over. Answers with all emergencies that last.
#[utoipa::path(post, path = "/api/v1/emergencies/{counter}/end", tag = "house",
    params(("counter" = String, Path, description = "the counter's key"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Vec<wire::EmergencyRow>), ApiError),
    security(("device" = [])))]
pub async fn end_emergency(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(counter): ApiPath<String>,
) -> Result<Response, ApiError> {
    let counter = CounterKey::new(&counter);
    run(&app, &panel.0, id, Command::EndEmergency { counter }).await
}

/// Visitors take no ticket of these queues for now. Answers with all locks.
#[utoipa::path(post, path = "/api/v1/locks", tag = "house", request_body = wire::LockQueues,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Vec<wire::LockRow>), ApiError),
    security(("device" = [])))]
pub async fn lock_queues(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiJson(wish): ApiJson<wire::LockQueues>,
) -> Result<Response, ApiError> {
    run(&app, &panel.0, id, commands::lock(&wish)).await
}

/// Visitors take tickets again. Answers with the locks that are left.
#[utoipa::path(post, path = "/api/v1/locks/end", tag = "house", request_body = Option<wire::UnlockQueues>,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Vec<wire::LockRow>), ApiError),
    security(("device" = [])))]
pub async fn unlock_queues(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    OptionalJson(wish): OptionalJson<wire::UnlockQueues>,
) -> Result<Response, ApiError> {
    run(&app, &panel.0, id, commands::unlock(&wish)).await
}

/// How a queue stands today: its people, its hours and the beginnings of its appointments.
#[utoipa::path(get, path = "/api/v1/queues/{id}", tag = "house",
    params(("id" = String, Path, description = "the queue's key")),
    responses((status = 200, body = wire::QueueDay), ApiError),
    security(("device" = [])))]
pub async fn show_queue(
    State(app): State<AppState>,
    DeviceAuth(_): DeviceAuth,
    ApiPath(queue): ApiPath<String>,
) -> Result<Json<wire::QueueDay>, ApiError> {
    let found = app.views.queue(wire::QueueKey::new(queue.as_str())).await;
    let day = found.ok_or_else(ApiError::unavailable)?;
    let day = day.ok_or_else(|| {
        let detail = format!("The office has no queue {queue}; load the list of queues again.");
        ApiError::not_found("queue_unknown", &detail)
    })?;
    Ok(Json(day))
}
