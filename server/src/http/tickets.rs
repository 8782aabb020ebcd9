//! `/api/v1/tickets`: a walk-in takes one, a clerk looks at one and brings one to a counter.

use aufruf_engine::{Command, CounterKey, TicketId};
use aufruf_protocol::latest as wire;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use tracing::error;
use uuid::Uuid;

use super::command::run;
use super::{ApiError, ApiJson, ApiPath, CommandId};
use crate::app::AppState;
use crate::auth::{CounterAuth, DeviceAuth, TicketAuth};
use crate::wire::{commands, note};

/// Takes a ticket for a walk-in. Only a panel's priority is heard.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", request_body = wire::IssueTicket,
    params(("Idempotency-Key" = String, Header, description = "fresh for each new command")),
    responses((status = 201, body = wire::IssuedTicket), ApiError),
    security(("device" = [])))]
pub async fn create_ticket(
    State(app): State<AppState>,
    taker: TicketAuth,
    id: CommandId,
    ApiJson(wish): ApiJson<wire::IssueTicket>,
) -> Result<Response, ApiError> {
    let command = commands::issue(app.ids.ticket(), &wish, taker.source)?;
    run(&app, &taker.device, id, command).await
}

/// Shows one ticket as it is kept.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets", params(("id" = Uuid, Path)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn show_ticket(
    State(app): State<AppState>,
    DeviceAuth(_): DeviceAuth,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<wire::TicketRow>, ApiError> {
    let found = app.views.ticket(wire::TicketId(id)).await;
    let ticket = found.ok_or_else(ApiError::unavailable)?;
    let ticket = ticket.ok_or_else(|| {
        let detail = format!("There is no ticket {id} today; search for its number.");
        ApiError::not_found("ticket_unknown", &detail)
    })?;
    Ok(Json(ticket))
}

/// Shows the note that came with a visit. Personal: for panels alone, and gone with the visit.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/note", tag = "tickets", params(("id" = Uuid, Path)),
    responses((status = 200, body = wire::TicketNote), ApiError),
    security(("device" = [])))]
pub async fn show_note(
    State(app): State<AppState>,
    _panel: CounterAuth,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<wire::TicketNote>, ApiError> {
    let store = app.store.clone();
    let read = tokio::task::spawn_blocking(move || store.note(TicketId(id))).await;
    let found = match read {
        Ok(Ok(found)) => found,
        Ok(Err(fault)) => {
            error!("a note could not be read: {fault}");
            return Err(ApiError::unavailable());
        }
        Err(_stopping) => return Err(ApiError::unavailable()),
    };
    let kept = found.ok_or_else(|| {
        ApiError::not_found(
            "note_unknown",
            "No note came with this visit, or the visit is over.",
        )
    })?;
    Ok(Json(note(kept.text, kept.written_at)))
}

/// Calls this one, whoever is next.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/call", tag = "tickets", request_body = wire::ToCounter,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn call_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    ApiJson(to): ApiJson<wire::ToCounter>,
) -> Result<Response, ApiError> {
    panel.at(to.counter.as_str())?;
    let command = Command::CallTicket {
        ticket: TicketId(ticket),
        counter: CounterKey::new(to.counter.as_str()),
    };
    run(&app, &panel.0, id, command).await
}

/// Goes on with a parked visit, or with one that comes to fetch something, without a call.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/resume", tag = "tickets", request_body = wire::ToCounter,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn resume_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    ApiJson(to): ApiJson<wire::ToCounter>,
) -> Result<Response, ApiError> {
    panel.at(to.counter.as_str())?;
    let command = Command::Resume {
        ticket: TicketId(ticket),
        counter: CounterKey::new(to.counter.as_str()),
    };
    run(&app, &panel.0, id, command).await
}
