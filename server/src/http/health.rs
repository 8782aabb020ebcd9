//! How devices are and what is wrong, for team leads, admins and what works for them.

use std::collections::BTreeMap;

use aufruf_protocol::latest as wire;
use aufruf_store::DeviceRow;
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use super::{ApiError, stored};
use crate::app::AppState;
use crate::auth::UserAuth;
use crate::runtime;
use crate::staff_language::StaffLanguage;
use crate::users::{User, UserRole};

/// A team lead or an admin who is signed in.
#[derive(Debug, Clone)]
pub struct LeadAuth(pub User);

impl FromRequestParts<AppState> for LeadAuth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        let UserAuth { user, .. } = UserAuth::from_request_parts(parts, app).await?;
        if user.role < UserRole::TeamLead {
            return Err(ApiError::not_theirs("this is for team leads and admins"));
        }
        Ok(Self(user))
    }
}

/// The language that a reader likes best of those that the server speaks to staff; English where it says nothing.
#[derive(Debug, Clone, Copy)]
pub struct ReadsIn(pub StaffLanguage);

impl<S: Send + Sync> FromRequestParts<S> for ReadsIn {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let header = parts.headers.get(ACCEPT_LANGUAGE);
        let header = header.and_then(|value| value.to_str().ok());
        let language = header.and_then(StaffLanguage::accepted);
        Ok(Self(language.unwrap_or_default()))
    }
}

/// Every device that was ever let in, and how it is now.
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices",
    responses((status = 200, body = Vec<wire::DeviceHealth>), ApiError),
    security(("user" = [])))]
pub async fn show_devices(
    State(app): State<AppState>,
    LeadAuth(_): LeadAuth,
) -> Result<Json<Vec<wire::DeviceHealth>>, ApiError> {
    let access = app.access.clone();
    let rows = stored(move || access.devices()).await?;
    let health = app.views.health().await.ok_or_else(ApiError::unavailable)?;
    let rows = rows.into_iter().map(|row| device(row, &health));
    Ok(Json(rows.collect()))
}

/// What is wrong now, the oldest first. The words are in the language that `Accept-Language` likes best of German
/// and English; the codes stay the same.
#[utoipa::path(get, path = "/api/v1/alerts", tag = "operations",
    params(("Accept-Language" = Option<String>, Header)),
    responses((status = 200, body = Vec<wire::Alert>), ApiError),
    security(("user" = [])))]
pub async fn show_alerts(
    State(app): State<AppState>,
    LeadAuth(_): LeadAuth,
    ReadsIn(language): ReadsIn,
) -> Json<Vec<wire::Alert>> {
    let alerts = app.alerts.now();
    Json(alerts.iter().map(|alert| alert.told(language)).collect())
}

/// A device of the database, with what is known of it now.
pub(crate) fn device(
    row: DeviceRow,
    health: &BTreeMap<String, runtime::DeviceHealth>,
) -> wire::DeviceHealth {
    let now = health.get(&row.id).cloned().unwrap_or_default();
    let presence = match (&row.token_sha256, now.connections) {
        (None, _) => wire::Presence::PutOut,
        (Some(_), 0) => wire::Presence::Away,
        (Some(_), _) => wire::Presence::Connected,
    };
    wire::DeviceHealth {
        id: row.id,
        role: row.role,
        place: row.place.or(row.printer),
        presence,
        software: now.software,
        faults: now.faults,
        paper: now.paper.unwrap_or(wire::Paper::Unknown),
        sound: now.sound.unwrap_or(wire::Sound::Unknown),
        clock_offset_ms: now.clock_offset_ms,
        last_seen: now.last_seen,
    }
}
