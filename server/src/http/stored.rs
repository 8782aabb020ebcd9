//! What a handler asks of the database itself, without the engine.

use aufruf_store::StoreError;
use tracing::error;

use super::ApiError;

/// Asks the database, off the way of any other request.
pub(crate) async fn stored<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(ask).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(fault)) => {
            let cause = std::error::Error::source(&fault).map(ToString::to_string);
            error!(
                cause,
                "what is kept beside the journal cannot be read or written: {fault}"
            );
            Err(ApiError::unavailable())
        }
        Err(_stopping) => Err(ApiError::unavailable()),
    }
}
