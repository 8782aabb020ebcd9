//! Whether the server lives, and whether it is ready for people.

use axum::extract::State;

use super::ApiError;
use crate::app::AppState;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = String)))]
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// The state is rebuilt, the day is open, and commands are taken.
#[utoipa::path(get, path = "/readyz", tag = "operations",
    responses((status = 200, body = String), (status = 503, body = aufruf_protocol::latest::Problem)))]
pub async fn readyz(State(app): State<AppState>) -> Result<&'static str, ApiError> {
    if app.bus.is_open() {
        Ok("ready\n")
    } else {
        Err(ApiError::unavailable())
    }
}
