//! People who sign in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /api/v1/sessions`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    pub user: String,
    /// Password or PIN.
    pub secret: String,
}

/// A secret is never written to a log.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// A session that has begun.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Proves it from now on; told this once.
    pub token: String,
    pub user: String,
    pub name: String,
    /// `clerk`, `team_lead` or `admin`.
    pub role: String,
    /// At the latest; sooner when it is not used.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// A token is never written to a log.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("user", &self.user)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    pub user: String,
    pub name: String,
    /// `clerk`, `team_lead` or `admin`.
    pub role: String,
}
