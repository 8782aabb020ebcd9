//! The push channel at the server's end: one session a device.

mod session;

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::Response;

use crate::app::AppState;
use crate::auth::DeviceAuth;
use crate::doors::Place;
use crate::http::ApiError;

/// LIMIT: bytes of a device's message. A status with many faults has 4 KiB.
const MESSAGE_LIMIT: usize = 64 * 1024;
/// Bytes kept for reading, a connection: a thousand screens shall cost megabytes, not hundreds. Devices say little;
/// what is longer is read in parts.
const READ_BUFFER: usize = 1024;
/// Bytes written at once at most before a message is whole.
const WRITE_BUFFER: usize = 4 * 1024;

/// Opens the push channel for a known device.
pub async fn connect(
    State(app): State<AppState>,
    DeviceAuth(device): DeviceAuth,
    place: Option<Extension<Arc<Place>>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade =
        upgrade.map_err(|why| ApiError::no_upgrade(why.status().as_u16(), &why.body_text()))?;
    // It is held as long as the channel is open.
    let place = place.map(|Extension(place)| place);
    let answer = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(MESSAGE_LIMIT)
        .on_upgrade(move |socket| session::run(socket, app, device, place));
    Ok(answer)
}
