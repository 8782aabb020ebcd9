//! Bodies whose faults are told like every other error.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::ApiError;

/// `axum`'s `Json`, with our errors.
#[derive(Debug, Clone, Copy)]
pub struct ApiJson<T>(pub T);

/// The same where every field may be left out: no body at all says nothing of any.
#[derive(Debug, Clone, Copy)]
pub struct OptionalJson<T>(pub T);

impl<S, T> FromRequest<S> for ApiJson<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(unreadable(&rejection)),
        }
    }
}

impl<S, T> FromRequest<S> for OptionalJson<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Default,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|fault| {
            ApiError::unreadable_body(fault.status().as_u16(), &fault.body_text())
        })?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        match Json::from_bytes(&bytes) {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(unreadable(&rejection)),
        }
    }
}

fn unreadable(rejection: &JsonRejection) -> ApiError {
    ApiError::unreadable_body(rejection.status().as_u16(), &rejection.body_text())
}
