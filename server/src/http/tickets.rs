//! `/api/v1/tickets`: a walk-in takes one, a clerk moves it on.

use aufruf_engine::{Command, CounterKey, TicketId};
use aufruf_protocol::latest as wire;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::command::run;
use super::{ApiError, ApiPath, CommandId};
use crate::app::AppState;
use crate::auth::{CounterAuth, DeviceAuth, TicketAuth};
use crate::wire::issue_command;

/// LIMIT: characters of a language's tag (BCP 47 asks for 35 to be supported).
const LANGUAGE_LIMIT: usize = 35;

/// Takes a ticket for a walk-in.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", request_body = wire::IssueTicket,
    params(("Idempotency-Key" = String, Header, description = "fresh for each new command")),
    responses((status = 201, body = wire::IssuedTicket), (status = "4XX", body = wire::Problem), (status = 503, body = wire::Problem)),
    security(("device" = [])))]
pub async fn create_ticket(
    State(app): State<AppState>,
    TicketAuth(device): TicketAuth,
    id: CommandId,
    wish: Result<Json<wire::IssueTicket>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(wish) = wish.map_err(|rejection| unreadable(&rejection))?;
    if !is_language(&wish.language) {
        return Err(ApiError::bad_request(
            "language_invalid",
            "language has to be a BCP 47 tag such as \"de\" or \"de-x-easy\".",
        ));
    }
    let command = issue_command(app.ids.ticket(), &wish);
    run(&app, &device, id, command).await
}

/// Shows one ticket as it is kept.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets", params(("id" = Uuid, Path)),
    responses((status = 200, body = wire::TicketRow), (status = "4XX", body = wire::Problem), (status = 503, body = wire::Problem)),
    security(("device" = [])))]
pub async fn show_ticket(
    State(app): State<AppState>,
    DeviceAuth(_): DeviceAuth,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<wire::TicketRow>, ApiError> {
    let found = app
        .views
        .ticket(wire::TicketId(id))
        .await
        .ok_or_else(ApiError::unavailable)?;
    let ticket = found.ok_or_else(|| {
        let detail = format!("There is no ticket {id} today; search for its number.");
        ApiError::not_found("ticket_unknown", &detail)
    })?;
    Ok(Json(ticket))
}

/// Which counter a person is called to.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CallTo {
    /// The counter's key.
    counter: String,
}

/// Calls this one, whoever is next.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/call", tag = "tickets", request_body = CallTo,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), (status = "4XX", body = wire::Problem), (status = 503, body = wire::Problem)),
    security(("device" = [])))]
pub async fn call_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    to: Result<Json<CallTo>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(CallTo { counter }) = to.map_err(|rejection| unreadable(&rejection))?;
    panel.at(&counter)?;
    let command = Command::CallTicket {
        ticket: TicketId(ticket),
        counter: CounterKey::new(&counter),
    };
    run(&app, &panel.0, id, command).await
}

/// A step of a visit that needs nothing but the ticket.
macro_rules! ticket_step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "tickets",
            params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
            responses((status = 200, body = wire::TicketRow), (status = "4XX", body = wire::Problem), (status = 503, body = wire::Problem)),
            security(("device" = [])))]
        pub async fn $name(
            State(app): State<AppState>,
            panel: CounterAuth,
            id: CommandId,
            ApiPath(ticket): ApiPath<Uuid>,
        ) -> Result<Response, ApiError> {
            run(&app, &panel.0, id, Command::$command { ticket: TicketId(ticket) }).await
        }
    };
}

ticket_step!(
    /// Calls the person again.
    recall_ticket, "/api/v1/tickets/{id}/recall", Recall
);
ticket_step!(
    /// The person is here: the service begins.
    start_ticket, "/api/v1/tickets/{id}/start", Start
);
ticket_step!(
    /// The visit is over.
    finish_ticket, "/api/v1/tickets/{id}/finish", Finish
);
ticket_step!(
    /// The called person did not come.
    miss_ticket, "/api/v1/tickets/{id}/miss", Miss
);
ticket_step!(
    /// Puts a called or missed person back into the line.
    requeue_ticket, "/api/v1/tickets/{id}/requeue", Requeue
);

/// Whether it looks like a BCP 47 tag; which languages there are, nobody needs to know here.
fn is_language(tag: &str) -> bool {
    (2..=LANGUAGE_LIMIT).contains(&tag.len())
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn unreadable(rejection: &JsonRejection) -> ApiError {
    ApiError::unreadable_body(rejection.status().as_u16(), &rejection.body_text())
}
