//! `/api/v1/sessions`: people sign in and out.

use aufruf_protocol::latest as wire;
use aufruf_store::By;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::{Address, ApiError, ApiJson, stored};
use crate::app::AppState;
use crate::auth::{UserAuth, token_sha256};
use crate::limits::Admitted;
use crate::users::SignInFault;

/// Signs in with a password or PIN. After three wrong ones in a row each further one takes longer.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "sessions", request_body = wire::SignIn,
    responses((status = 201, body = wire::Session), ApiError))]
pub async fn sign_in(
    State(app): State<AppState>,
    _admitted: Admitted,
    Address(address): Address,
    ApiJson(wish): ApiJson<wire::SignIn>,
) -> Result<(StatusCode, Json<wire::Session>), ApiError> {
    let now = app.clock.now();
    let begun = app
        .users
        .sign_in(&wish.user, &wish.secret, address, now)
        .await;
    let begun = begun.map_err(|fault| refused(&fault))?;
    let session = wire::Session {
        token: begun.token,
        user: begun.user.id,
        name: begun.user.name,
        role: begun.user.role.name().to_owned(),
        ends_at: begun.ends_at,
    };
    Ok((StatusCode::CREATED, Json(session)))
}

/// Who is signed in with this session.
#[utoipa::path(get, path = "/api/v1/sessions/self", tag = "sessions",
    responses((status = 200, body = wire::SignedIn), ApiError),
    security(("user" = [])))]
pub async fn show_session(UserAuth { user, .. }: UserAuth) -> Json<wire::SignedIn> {
    Json(wire::SignedIn {
        user: user.id,
        name: user.name,
        role: user.role.name().to_owned(),
    })
}

/// Signs out here.
#[utoipa::path(delete, path = "/api/v1/sessions/self", tag = "sessions",
    responses((status = 204), ApiError),
    security(("user" = [])))]
pub async fn sign_out(
    State(app): State<AppState>,
    UserAuth { user, token }: UserAuth,
    Address(address): Address,
) -> Result<StatusCode, ApiError> {
    let by = by(&user.id, address, &app);
    let access = app.access.clone();
    stored(move || access.sign_out(&token_sha256(&token), &by)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs out everywhere.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "sessions",
    responses((status = 204), ApiError),
    security(("user" = [])))]
pub async fn sign_out_everywhere(
    State(app): State<AppState>,
    UserAuth { user, .. }: UserAuth,
    Address(address): Address,
) -> Result<StatusCode, ApiError> {
    let by = by(&user.id, address, &app);
    let access = app.access.clone();
    stored(move || access.sign_out_everywhere(&user.id, &by)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn by(user: &str, address: String, app: &AppState) -> By {
    By {
        name: user.to_owned(),
        address,
        at: app.clock.now(),
    }
}

fn refused(fault: &SignInFault) -> ApiError {
    match fault {
        SignInFault::Wrong => ApiError::not_signed_in(
            "sign_in_wrong",
            "User or password is wrong. Try again, or ask an admin to set it anew.",
        ),
        SignInFault::Locked { until } => ApiError::locked_out(*until),
        SignInFault::Store(fault) => {
            let cause = std::error::Error::source(fault).map(ToString::to_string);
            tracing::error!(cause, "nobody can sign in: {fault}");
            ApiError::unavailable()
        }
    }
}
