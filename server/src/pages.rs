//! What every page of the server has in common: nothing from elsewhere, no script, in no frame, and a clear word where
//! it cannot be drawn.

use askama::Template;
use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::AppState;
use crate::http::ApiError;

/// What a page may do with forms, and what it tells other sites of itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manners {
    pub(crate) policy: &'static str,
    pub(crate) referrer: &'static str,
}

impl Manners {
    /// Pages with forms, which go to this site alone.
    pub(crate) const FORMS: Self = Self {
        policy: "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        referrer: "same-origin",
    };
    /// Pages that are only read; their address is nobody else's business.
    pub(crate) const READ: Self = Self {
        policy: "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        referrer: "no-referrer",
    };

    /// These pages with the headers that hold browsers to it.
    pub(crate) fn of(self, pages: Router<AppState>) -> Router<AppState> {
        let header = |name, value: &'static str| {
            SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
        };
        pages
            .layer(header(CONTENT_SECURITY_POLICY, self.policy))
            .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(header(REFERRER_POLICY, self.referrer))
    }
}

/// A page, or what is wrong with it.
pub(crate) fn rendered(page: &impl Template, status: StatusCode) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(fault) => {
            tracing::error!("a page cannot be drawn: {fault}");
            ApiError::unavailable().into_response()
        }
    }
}
