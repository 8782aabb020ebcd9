//! Every route of the server, by who calls it.

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Json, Router};
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::http;
use crate::ws;

/// LIMIT: bytes of a request's body. The largest command, a ticket with 20 services, has 2 KiB.
const BODY_LIMIT: usize = 64 * 1024;

/// The server's routes, ready to serve.
pub fn router(app: AppState) -> Router {
    let (routes, description) = described().split_for_parts();
    routes
        .route("/openapi.json", get(|| async { Json(description) }))
        .route(aufruf_protocol::latest::WS_PATH, get(ws::connect))
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// The API's description alone, as it is committed.
pub fn description() -> utoipa::openapi::OpenApi {
    described().split_for_parts().1
}

fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(http::openapi::Description::openapi())
        // kiosk and panel
        .routes(routes!(http::create_ticket))
        // panel
        .routes(routes!(http::open_counter))
        .routes(routes!(http::close_counter))
        .routes(routes!(http::next))
        .routes(routes!(http::call_ticket))
        .routes(routes!(http::recall_ticket))
        .routes(routes!(http::start_ticket))
        .routes(routes!(http::finish_ticket))
        .routes(routes!(http::miss_ticket))
        .routes(routes!(http::requeue_ticket))
        // every device
        .routes(routes!(http::show_ticket))
        .routes(routes!(http::show_office))
        // operations
        .routes(routes!(http::healthz))
        .routes(routes!(http::readyz))
}

async fn other_method() -> http::ApiError {
    http::ApiError::method_not_allowed()
}

async fn nothing_here() -> http::ApiError {
    http::ApiError::not_found("path_unknown", "No such path; see /openapi.json.")
}
