//! `/api/v1/devices`: a device asks to be let in, looks whether it was, and renews its token.

use aufruf_protocol::latest as wire;
use aufruf_store::{Asked, By, PairingRow, StoreError};
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use jiff::{SignedDuration, Timestamp};
use tracing::info;

use super::{Address, ApiError, ApiJson, stored};
use crate::app::AppState;
use crate::auth::DeviceAuth;
use crate::devices::{RoleName, is_sha256};
use crate::doors::Via;
use crate::ids::{hex, random};

/// A code is worth something for this long.
pub const PAIRING_LASTS: SignedDuration = SignedDuration::from_mins(15);
/// LIMIT: characters of what a program says of itself.
const SOFTWARE_CHARS: usize = 100;

/// Asks to be let in. The same token gets the same code as long as it waits.
#[utoipa::path(post, path = "/api/v1/devices/pair", tag = "devices", request_body = wire::PairDevice,
    responses((status = 201, body = wire::Pairing), ApiError))]
pub async fn pair_device(
    State(app): State<AppState>,
    address: Address,
    via: Option<Extension<Via>>,
    ApiJson(wish): ApiJson<wire::PairDevice>,
) -> Result<(StatusCode, Json<wire::Pairing>), ApiError> {
    let is_encrypted = via.is_some_and(|Extension(via)| via == Via::Tls);
    sees_our_authority(&wish, app.authority.as_deref().filter(|_| is_encrypted))?;
    let authority = wish.authority_sha256.clone();
    let row = pairing(wish, address.network(), app.clock.now())?;
    let since = row.at - PAIRING_LASTS;
    let (access, token, from) = (
        app.access.clone(),
        row.token_sha256.clone(),
        row.address.clone(),
    );
    let known = stored(move || access.has_asked(&token, &from, since)).await?;
    // Who waits asks every few seconds: only whoever is new is counted, and only a new code costs.
    let asked = if let Some(known) = known {
        known
    } else {
        app.doors.admit(&address)?;
        let _turn = app.pairing.acquire().await;
        let access = app.access.clone();
        stored(move || access.ask_to_pair(&with_code(row, authority.as_deref()), since)).await?
    };
    match asked {
        Asked::Waits(row) => {
            let answer = wire::Pairing {
                expires_at: row.at + PAIRING_LASTS,
                code: row.code,
                salt: row.salt,
            };
            Ok((StatusCode::CREATED, Json(answer)))
        }
        Asked::Taken => Err(ApiError::conflict(
            "already_paired",
            "A device has this token already: connect with it, or make another one.",
        )),
        Asked::Full => Err(ApiError::too_many(
            "too_many_pairings",
            "Too many devices wait to be approved. Approve or decline some, or ask again in a quarter of an hour.",
        )),
    }
}

/// The device that asks: known as soon as its code was approved.
#[utoipa::path(get, path = "/api/v1/devices/self", tag = "devices",
    responses((status = 200, body = wire::OwnDevice), ApiError),
    security(("device" = [])))]
pub async fn show_own_device(DeviceAuth(device): DeviceAuth) -> Json<wire::OwnDevice> {
    Json(wire::OwnDevice {
        role: device.role.name().to_owned(),
        place: device.role.place().map(str::to_owned),
        id: device.id,
    })
}

/// The device goes over to another token as soon as it uses that one; until then the old one holds.
#[utoipa::path(post, path = "/api/v1/devices/self/token", tag = "devices", request_body = wire::RenewToken,
    responses((status = 204), ApiError),
    security(("device" = [])))]
pub async fn renew_token(
    State(app): State<AppState>,
    DeviceAuth(device): DeviceAuth,
    Address(address): Address,
    ApiJson(wish): ApiJson<wire::RenewToken>,
) -> Result<StatusCode, ApiError> {
    let next = sound_hash(&wish.token_sha256)?;
    let by = By {
        name: device.id.clone(),
        address,
        at: app.clock.now(),
    };
    let access = app.access.clone();
    let kept = stored(move || match access.roll_over(&device.id, &next, &by) {
        Err(StoreError::TokenTaken { .. }) => Ok(false),
        done => done.map(|()| true),
    });
    if !kept.await? {
        return Err(ApiError::conflict(
            "token_taken",
            "A device has this token already: make another one.",
        ));
    }
    app.access_changed.changed();
    Ok(StatusCode::NO_CONTENT)
}

/// The row with the code that the device makes too.
fn with_code(row: PairingRow, authority: Option<&str>) -> PairingRow {
    let salt = hex(&random::<16>());
    let code = wire::PairingCode::of(&row.token_sha256, authority, &salt).to_string();
    let role = &row.role;
    info!(
        role,
        "a {role} shows the code {code} and waits to be approved"
    );
    PairingRow { code, salt, ..row }
}

/// Whoever stands between a device and the server shows the device another authority. The code would be another
/// one too, and nobody would approve it; so it is told at once.
fn sees_our_authority(wish: &wire::PairDevice, ours: Option<&str>) -> Result<(), ApiError> {
    let seen = wish
        .authority_sha256
        .as_deref()
        .map(str::to_ascii_lowercase);
    if seen.as_deref() == ours {
        return Ok(());
    }
    Err(ApiError::malformed(
        "other_authority",
        "The device saw another authority than this server has: something stands between them, or the device takes the wrong door.",
    ))
}

fn pairing(wish: wire::PairDevice, address: String, at: Timestamp) -> Result<PairingRow, ApiError> {
    if RoleName::named(&wish.role).is_none() {
        let detail = "The role is kiosk, display, printer or panel.";
        return Err(ApiError::malformed("role_unknown", detail));
    }
    let is_plain = wish.software.chars().all(|c| !c.is_control());
    if !is_plain || !(1..=SOFTWARE_CHARS).contains(&wish.software.chars().count()) {
        let detail = "The software has a name of 1 to 100 characters on one line.";
        return Err(ApiError::malformed("software_invalid", detail));
    }
    Ok(PairingRow {
        code: String::new(),
        salt: String::new(),
        token_sha256: sound_hash(&wish.token_sha256)?,
        role: wish.role,
        software: wish.software,
        address,
        at,
    })
}

fn sound_hash(hash: &str) -> Result<String, ApiError> {
    if is_sha256(hash) {
        return Ok(hash.to_ascii_lowercase());
    }
    let detail = "token_sha256 is the SHA-256 of the token as 64 hex digits.";
    Err(ApiError::malformed("token_sha256_invalid", detail))
}
