//! Errors over HTTP: `application/problem+json` (RFC 9457) with a stable `code`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What happened, where, and what to do.
// Its texts are boxed: it is the error of many results, which must stay small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the `code` says which error it is.
    #[serde(rename = "type", default = "about_blank")]
    #[schema(value_type = String)]
    pub kind: Box<str>,
    /// The HTTP status.
    pub status: u16,
    /// Short, the same for every occurrence.
    #[schema(value_type = String)]
    pub title: Box<str>,
    /// This occurrence, and what to do now.
    #[schema(value_type = String)]
    pub detail: Box<str>,
    /// Stable, for programs: screens show a translated line for it.
    pub code: String,
    /// From when on it can be done, where that is known: opening, check-in, the day's appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// The number of the visit that it is about, where a visitor asked without knowing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub number: Option<Box<str>>,
}

impl Problem {
    pub fn new(
        status: u16,
        code: &str,
        title: impl Into<Box<str>>,
        detail: impl Into<Box<str>>,
    ) -> Self {
        Self {
            kind: about_blank(),
            status,
            title: title.into(),
            detail: detail.into(),
            code: code.to_owned(),
            at: None,
            number: None,
        }
    }

    /// The same, with the instant from which on it can be done.
    #[must_use]
    pub fn from(self, at: Option<Timestamp>) -> Self {
        Self { at, ..self }
    }

    /// The same, with the number of the visit that it is about.
    #[must_use]
    pub fn about(self, number: Option<&str>) -> Self {
        let number = number.map(Into::into);
        Self { number, ..self }
    }
}

fn about_blank() -> Box<str> {
    "about:blank".into()
}
