//! `/api/v1/tickets/{id}/…`: a clerk moves a visit on.

use aufruf_engine::{Command, TicketId};
use aufruf_protocol::latest as wire;
use axum::extract::State;
use axum::response::Response;
use uuid::Uuid;

use super::command::{Asked, run};
use super::{ApiError, ApiJson, ApiPath, CommandId, OptionalJson};
use crate::app::AppState;
use crate::auth::CounterAuth;
use crate::runtime::NoteText;
use crate::wire::commands;

/// LIMIT: characters of a note; what is longer is better told the colleague.
const NOTE_LIMIT: usize = 500;

/// A step of a visit that needs nothing but the ticket.
macro_rules! ticket_step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "tickets",
            params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
            responses((status = 200, body = wire::TicketRow), ApiError),
            security(("device" = [])))]
        pub async fn $name(
            State(app): State<AppState>,
            panel: CounterAuth,
            id: CommandId,
            ApiPath(ticket): ApiPath<Uuid>,
        ) -> Result<Response, ApiError> {
            run(&app, &panel.0, id, Command::$command { ticket: TicketId(ticket) }).await
        }
    };
}

ticket_step!(
    /// Calls the person again.
    recall_ticket, "/api/v1/tickets/{id}/recall", Recall
);
ticket_step!(
    /// The person is here: the service begins.
    start_ticket, "/api/v1/tickets/{id}/start", Start
);
ticket_step!(
    /// Served so far; the person comes back for what is being made.
    promise_pick_up, "/api/v1/tickets/{id}/pick-up", PromisePickUp
);
ticket_step!(
    /// The called person did not come.
    miss_ticket, "/api/v1/tickets/{id}/miss", Miss
);
ticket_step!(
    /// Puts a person back into the line.
    requeue_ticket, "/api/v1/tickets/{id}/requeue", Requeue
);
ticket_step!(
    /// The service goes on later, at this counter or at another one.
    park_ticket, "/api/v1/tickets/{id}/park", Park
);
ticket_step!(
    /// The visitor is back before the pause is over.
    return_ticket, "/api/v1/tickets/{id}/return", ResumePlace
);
ticket_step!(
    /// The visit will not be: today's ticket, or an appointment. Of an appointment of a later day
    /// nothing is left to tell (204).
    cancel_ticket, "/api/v1/tickets/{id}/cancel", Cancel
);
ticket_step!(
    /// Takes back the last step of this visit: by the device that took it, within the office's time.
    undo_ticket, "/api/v1/tickets/{id}/undo", Undo
);

/// The visit is over at this counter. Without a body: all that this counter offers of it is done.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/finish", tag = "tickets", request_body = Option<wire::FinishTicket>,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn finish_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    OptionalJson(wish): OptionalJson<wire::FinishTicket>,
) -> Result<Response, ApiError> {
    let command = commands::finish(TicketId(ticket), &wish)?;
    run(&app, &panel.0, id, command).await
}

/// Sends the visit on to a queue, a counter or a person, with its place; and a note for the colleague.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/transfer", tag = "tickets", request_body = wire::TransferTicket,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn transfer_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    ApiJson(wish): ApiJson<wire::TransferTicket>,
) -> Result<Response, ApiError> {
    let command = commands::transfer(TicketId(ticket), &wish.target)?;
    let note = wish.note.as_deref().map(note_text).transpose()?;
    let asked = Asked::from(command).noting(note.flatten());
    run(&app, &panel.0, id, asked).await
}

/// The visitor leaves for some minutes and keeps the place.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/pause", tag = "tickets", request_body = wire::PauseTicket,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn pause_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    ApiJson(wish): ApiJson<wire::PauseTicket>,
) -> Result<Response, ApiError> {
    let command = Command::PausePlace {
        ticket: TicketId(ticket),
        minutes: wish.minutes,
    };
    run(&app, &panel.0, id, command).await
}

/// Changes what is known of a visit; what is not named stays.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/change", tag = "tickets", request_body = wire::ChangeTicket,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = wire::TicketRow), ApiError),
    security(("device" = [])))]
pub async fn change_ticket(
    State(app): State<AppState>,
    panel: CounterAuth,
    id: CommandId,
    ApiPath(ticket): ApiPath<Uuid>,
    OptionalJson(wish): OptionalJson<wire::ChangeTicket>,
) -> Result<Response, ApiError> {
    let command = commands::change(TicketId(ticket), &wish)?;
    run(&app, &panel.0, id, command).await
}

/// The note as it is kept; none where nothing is written.
fn note_text(text: &str) -> Result<Option<NoteText>, ApiError> {
    let text = text.trim();
    if text.chars().count() > NOTE_LIMIT {
        let detail = format!("A note has at most {NOTE_LIMIT} characters; write it shorter.");
        return Err(ApiError::malformed("note_too_long", &detail));
    }
    let is_written = !text.is_empty();
    Ok(is_written.then(|| NoteText(text.to_owned())))
}
