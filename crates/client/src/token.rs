//! The secret by which the server knows a device. Never logged, never displayed.

use std::fmt;

use reqwest::header::HeaderValue;
use serde::{Deserialize, Deserializer};

/// A device's bearer token. Its `Debug` form hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text is no token. The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("the token is empty")]
    Empty,
    #[error("the token has characters that cannot be sent (only printable ASCII, no spaces)")]
    Unsendable,
}

impl Token {
    /// Takes a token as written in a file: white space around it does not belong to it.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Unsendable);
        }
        Ok(Self(text.to_owned()))
    }

    /// For the device's own file and for its hash.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }

    /// The value of the `Authorization` header.
    pub(crate) fn into_bearer(self) -> HeaderValue {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", self.0))
            .expect("a token is printable ASCII, checked when it was made");
        bearer.set_sensitive(true);
        bearer
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_show_itself() {
        let token = Token::parse(" s3cret\n").expect("a good token");
        assert_eq!(format!("{token:?}"), "Token(hidden)");
        assert_eq!(token.into_bearer(), "Bearer s3cret");
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_refused() {
        assert_eq!(Token::parse("  "), Err(TokenError::Empty));
        assert_eq!(Token::parse("a b"), Err(TokenError::Unsendable));
        assert_eq!(Token::parse("schlüssel"), Err(TokenError::Unsendable));
    }
}
