//! Every error over HTTP: `application/problem+json` with a stable code and what to do.

use aufruf_protocol::latest::{PROBLEM_JSON, Problem};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response};
use utoipa::{IntoResponses, ToSchema};

/// An answer that is no success.
#[derive(Debug, Clone)]
pub struct ApiError(pub Problem);

impl ApiError {
    pub fn unauthorized() -> Self {
        Self::new(
            401,
            "unauthorized",
            "This device is not known",
            "Send `Authorization: Bearer <token>` with the token of a device that was let in; see `aufruf-server devices --help`.",
        )
    }

    pub fn forbidden(why: &str) -> Self {
        let title = "This device may not do that";
        Self::new(
            403,
            "forbidden",
            title,
            &format!("Use a device with the right role: {why}."),
        )
    }

    /// Signed in, and it is not for this user.
    pub fn not_theirs(why: &str) -> Self {
        let title = "This user may not do that";
        let detail = format!("Ask somebody who may: {why}.");
        Self::new(403, "forbidden", title, &detail)
    }

    pub fn bad_request(code: &str, detail: &str) -> Self {
        Self::new(400, code, "The request cannot be read", detail)
    }

    /// It can be read, but what it says cannot be.
    pub fn malformed(code: &str, detail: &str) -> Self {
        Self::new(422, code, "The request says what cannot be", detail)
    }

    /// The body is too large (413), of another media type (415), or not what is asked for.
    pub fn unreadable_body(status: u16, why: &str) -> Self {
        let title = "The request's body cannot be read";
        Self::new(status, "body_unreadable", title, &format!("{why}."))
    }

    /// Asked for the push channel with something else than the beginning of a WebSocket.
    pub fn no_upgrade(status: u16, why: &str) -> Self {
        let title = "Here is a WebSocket";
        Self::new(status, "upgrade_needed", title, &format!("{why}."))
    }

    pub fn method_not_allowed() -> Self {
        let detail = "This path does not take that method; see /openapi.json.";
        Self::new(
            405,
            "method_not_allowed",
            "Another method is needed",
            detail,
        )
    }

    pub fn not_found(code: &str, detail: &str) -> Self {
        Self::new(404, code, "There is nothing here", detail)
    }

    /// What is asked for is as it is already.
    pub fn conflict(code: &str, detail: &str) -> Self {
        Self::new(409, code, "That cannot be done now", detail)
    }

    /// Nobody is signed in, or not so.
    pub fn not_signed_in(code: &str, detail: &str) -> Self {
        Self::new(401, code, "Nobody is signed in", detail)
    }

    /// Too many wrong passwords.
    pub fn locked_out(until: Timestamp) -> Self {
        let detail = "Too many wrong passwords in a row. Wait, or ask an admin to set it anew.";
        Self(Problem::new(429, "locked_out", "Wait a moment", detail).from(Some(until)))
    }

    /// More than the server takes for now.
    pub fn too_many(code: &str, detail: &str) -> Self {
        Self::new(429, code, "Too many at once", detail)
    }

    /// The office cannot keep anything just now; nothing was done.
    pub fn unavailable() -> Self {
        Self::new(
            503,
            "store_unavailable",
            "The office cannot keep anything just now",
            "Nothing was done. The disk of the server may be full or broken: send the command again in a moment, and look at the server's log.",
        )
    }

    /// More commands wait than the server takes.
    pub fn busy() -> Self {
        let detail = "Nothing was done. Send the command again in a second.";
        Self::new(503, "busy", "Too many commands at once", detail)
    }

    fn new(status: u16, code: &str, title: &str, detail: &str) -> Self {
        Self(Problem::new(status, code, title, detail))
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self.0).expect("a problem is plain text");
        (status, [(CONTENT_TYPE, PROBLEM_JSON)], body).into_response()
    }
}

/// How every refusal is described, beside what a route answers else.
impl IntoResponses for ApiError {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        let problem = |why: &str| {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name(Problem::name())))
                .build();
            let described = ResponseBuilder::new().description(why);
            described.content(PROBLEM_JSON, content).build().into()
        };
        BTreeMap::from([
            ("4XX".to_owned(), problem("refused; the code says why")),
            (
                "503".to_owned(),
                problem("nothing was done; ask again in a moment"),
            ),
        ])
    }
}
