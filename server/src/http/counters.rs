//! `/api/v1/counters`: open, close, and *next*.

use aufruf_engine::{Command, CounterKey};
use aufruf_protocol::latest as wire;
use axum::extract::State;
use axum::response::Response;

use super::command::run;
use super::{ApiError, ApiPath, CommandId};
use crate::app::AppState;
use crate::auth::CounterAuth;

/// A step of a counter that needs nothing but the counter.
macro_rules! counter_step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident, $answer:ty) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "counters",
            params(("id" = String, Path, description = "the counter's key"), ("Idempotency-Key" = String, Header)),
            responses((status = 200, body = $answer), (status = "4XX", body = wire::Problem), (status = 503, body = wire::Problem)),
            security(("device" = [])))]
        pub async fn $name(
            State(app): State<AppState>,
            panel: CounterAuth,
            id: CommandId,
            ApiPath(counter): ApiPath<String>,
        ) -> Result<Response, ApiError> {
            panel.at(&counter)?;
            run(&app, &panel.0, id, Command::$command { counter: CounterKey::new(&counter) }).await
        }
    };
}

counter_step!(
    /// Opens the counter: people can be called to it.
    open_counter, "/api/v1/counters/{id}/open", OpenCounter, wire::CounterRow
);
counter_step!(
    /// Closes the counter.
    close_counter, "/api/v1/counters/{id}/close", CloseCounter, wire::CounterRow
);
counter_step!(
    /// Calls whoever is next, or says why nobody can be called now.
    next, "/api/v1/counters/{id}/next", CallNext, wire::NextReply
);
