//! Whether the server lives, whether it is ready for people, and how the office does.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::ApiError;
use crate::app::AppState;
use crate::metrics::OPEN_METRICS;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = String)))]
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// The state is rebuilt, the day is open, and commands are taken.
#[utoipa::path(get, path = "/readyz", tag = "operations",
    responses((status = 200, body = String), (status = 503, body = aufruf_protocol::latest::Problem, content_type = "application/problem+json")))]
pub async fn readyz(State(app): State<AppState>) -> Result<&'static str, ApiError> {
    if app.bus.is_open() {
        Ok("ready\n")
    } else {
        Err(ApiError::unavailable())
    }
}

/// The office in figures, for Prometheus. Nothing in it is about a person or a ticket.
#[utoipa::path(get, path = "/metrics", tag = "operations",
    responses(
        (status = 200, body = String, content_type = "application/openmetrics-text"),
        (status = 503, body = aufruf_protocol::latest::Problem, content_type = "application/problem+json")))]
pub async fn metrics(State(app): State<AppState>) -> Result<impl IntoResponse, ApiError> {
    let _turn = app.metrics.turn().await;
    let figures = app.views.figures().await;
    let figures = figures.ok_or_else(ApiError::unavailable)?;
    let text = app.metrics.text(&figures, &app.bus, &app.alerts);
    Ok(([(CONTENT_TYPE, OPEN_METRICS)], text))
}
