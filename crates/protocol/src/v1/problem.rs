//! Errors over HTTP: `application/problem+json` (RFC 9457) with a stable `code`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What happened, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the `code` says which error it is.
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// Short, the same for every occurrence.
    pub title: String,
    /// This occurrence, and what to do now.
    pub detail: String,
    /// Stable, for programs: screens show a translated line for it.
    pub code: String,
}

impl Problem {
    pub fn new(
        status: u16,
        code: &str,
        title: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            kind: about_blank(),
            status,
            title: title.into(),
            detail: detail.into(),
            code: code.to_owned(),
        }
    }
}

fn about_blank() -> String {
    "about:blank".to_owned()
}
