//! `/t/{ticket}`: a visitor's own page. Whoever holds the link sees where that visit stands, and nothing about
//! anybody: the ticket's id cannot be guessed and is all that asks. Without a script; it renews itself.
//!
//! A thousand phones ask beside the work: what a page shows comes from the view task after everything else that
//! waits there, and is drawn here.

mod limit;
mod page;
mod words;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;

use crate::app::AppState;
use crate::pages::{Manners, rendered};
pub use limit::Phones;
use page::Page;

/// The page and its style.
pub(crate) fn routes() -> Router<AppState> {
    let header = |name, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    let robots = HeaderName::from_static("x-robots-tag");
    let pages = Router::new()
        .route("/t/{ticket}", get(show_visit))
        .layer(header(CACHE_CONTROL, "no-store"))
        .route("/t/style.css", get(style))
        .layer(header(robots, "noindex"));
    Manners::READ.of(pages)
}

async fn show_visit(
    State(app): State<AppState>,
    ticket: Result<Path<Uuid>, PathRejection>,
) -> Response {
    let (office, now) = (app.office.borrow().document.clone(), app.clock.now());
    let Ok(Path(ticket)) = ticket else {
        return rendered(&Page::unknown(&office), StatusCode::NOT_FOUND);
    };
    match app.views.visit(ticket).await {
        None => rendered(&Page::busy(&office), StatusCode::SERVICE_UNAVAILABLE),
        Some(None) => rendered(&Page::unknown(&office), StatusCode::NOT_FOUND),
        Some(Some(_)) if !app.phones.admit(ticket) => {
            rendered(&Page::busy(&office), StatusCode::TOO_MANY_REQUESTS)
        }
        Some(Some(visit)) => rendered(&Page::of(&visit, &office, now), StatusCode::OK),
    }
}

/// The same for everybody and for a day: phones ask for it once.
async fn style() -> impl IntoResponse {
    let css = include_str!("../templates/visitor.css");
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, css)
}
