//! Every route of the server, by who calls it.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Json, Router};
use tower_http::timeout::RequestBodyTimeoutLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::admin;
use crate::app::AppState;
use crate::http::{
    self, appointments, counters, devices, health, house, office, ops, sessions, ticket_steps,
    tickets,
};
use crate::visitor_page;
use crate::ws;

/// LIMIT: bytes of a request's body. The largest command, a ticket with 20 services, has 2 KiB.
const BODY_LIMIT: usize = 64 * 1024;

/// LIMIT: whoever sends nothing more of a body for so long is refused.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// The server's routes, ready to serve.
pub fn router(app: AppState) -> Router {
    let (routes, description) = described().split_for_parts();
    routes
        .merge(admin::routes())
        .merge(visitor_page::routes())
        .route("/openapi.json", get(|| async { Json(description) }))
        .route(aufruf_protocol::latest::WS_PATH, get(ws::connect))
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(BODY_WITHIN))
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
        .routes(routes!(tickets::create_ticket))
        .routes(routes!(appointments::check_in))
        .merge(panel())
        // people who sign in
        .routes(routes!(sessions::sign_in, sessions::sign_out_everywhere))
        .routes(routes!(sessions::show_session, sessions::sign_out))
        // a device about itself
        .routes(routes!(devices::pair_device))
        .routes(routes!(devices::show_own_device))
        .routes(routes!(devices::renew_token))
        // team leads and admins
        .routes(routes!(health::show_devices))
        .routes(routes!(health::show_alerts))
        // every device
        .routes(routes!(tickets::show_ticket))
        .routes(routes!(house::show_queue))
        .routes(routes!(office::show_office))
        // operations
        .routes(routes!(ops::healthz))
        .routes(routes!(ops::readyz))
        .routes(routes!(ops::metrics))
}

fn panel() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        // its counter
        .routes(routes!(counters::open_counter))
        .routes(routes!(counters::pause_counter))
        .routes(routes!(counters::close_counter))
        .routes(routes!(counters::move_counter))
        .routes(routes!(counters::next))
        // a visit
        .routes(routes!(tickets::call_ticket))
        .routes(routes!(ticket_steps::recall_ticket))
        .routes(routes!(ticket_steps::start_ticket))
        .routes(routes!(ticket_steps::finish_ticket))
        .routes(routes!(ticket_steps::promise_pick_up))
        .routes(routes!(ticket_steps::miss_ticket))
        .routes(routes!(ticket_steps::requeue_ticket))
        .routes(routes!(ticket_steps::park_ticket))
        .routes(routes!(tickets::resume_ticket))
        .routes(routes!(ticket_steps::transfer_ticket))
        .routes(routes!(tickets::show_note))
        .routes(routes!(ticket_steps::pause_ticket))
        .routes(routes!(ticket_steps::return_ticket))
        .routes(routes!(ticket_steps::change_ticket))
        .routes(routes!(ticket_steps::cancel_ticket))
        .routes(routes!(ticket_steps::undo_ticket))
        // appointments and the house
        .routes(routes!(appointments::book_appointment))
        .routes(routes!(house::lock_queues))
        .routes(routes!(house::unlock_queues))
        .routes(routes!(house::raise_emergency))
        .routes(routes!(house::accept_emergency))
        .routes(routes!(house::end_emergency))
}

async fn other_method() -> http::ApiError {
    http::ApiError::method_not_allowed()
}

async fn nothing_here() -> http::ApiError {
    http::ApiError::not_found("path_unknown", "No such path; see /openapi.json.")
}
