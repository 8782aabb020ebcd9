//! `/api/v1/appointments` and `/api/v1/check-ins`: appointments are made, and their people come.

use aufruf_protocol::latest as wire;
use axum::extract::State;
use axum::response::Response;

use super::command::{Asked, run};
use super::{ApiError, ApiJson, CommandId};
use crate::app::AppState;
use crate::auth::{CounterAuth, TicketAuth};
use crate::wire::{Source, commands};

/// Makes an appointment known, or changes one whose person is not here yet.
#[utoipa::path(post, path = "/api/v1/appointments", tag = "appointments", request_body = wire::BookAppointment,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = wire::BookedAppointment), ApiError),
    security(("device" = [])))]
pub async fn book_appointment(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiJson(wish): ApiJson<wire::BookAppointment>,
) -> Result<Response, ApiError> {
    let command = commands::book(app.ids.ticket(), &wish)?;
    run(&app, &panel.0, id, command).await
}

/// The person with an appointment is here. A kiosk knows only what the visitor types or shows.
#[utoipa::path(post, path = "/api/v1/check-ins", tag = "appointments", request_body = wire::CheckIn,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::IssuedTicket), ApiError),
    security(("device" = [])))]
pub async fn check_in(
    State(app): State<AppState>,
    taker: TicketAuth,
    id: CommandId,
    ApiJson(wish): ApiJson<wire::CheckIn>,
) -> Result<Response, ApiError> {
    if taker.source == Source::Kiosk && wish.ticket.is_some() {
        let why = "a kiosk checks people in by their number or code";
        return Err(ApiError::forbidden(why));
    }
    let paper = commands::paper_language(&wish)?;
    let asked = Asked::from(commands::check_in(&wish)?).printing_in(paper);
    run(&app, &taker.device, id, asked).await
}
