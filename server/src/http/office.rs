//! `/api/v1/office`: what screens need to know of the office.

use aufruf_protocol::latest as wire;
use axum::Json;
use axum::extract::State;

use super::ApiError;
use crate::app::AppState;
use crate::auth::DeviceAuth;
use crate::wire::office_info;

/// Names, texts and ways of the office in use.
#[utoipa::path(get, path = "/api/v1/office", tag = "office",
    responses((status = 200, body = wire::OfficeInfo), ApiError),
    security(("device" = [])))]
pub async fn show_office(
    State(app): State<AppState>,
    DeviceAuth(_): DeviceAuth,
) -> Result<Json<wire::OfficeInfo>, ApiError> {
    let office = app.office.borrow().clone();
    Ok(Json(office_info(&office.document, office.version)))
}
