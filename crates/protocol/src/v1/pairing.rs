//! How a device is let in: it makes a token for itself, shows a code, and somebody approves the code. The
//! token itself never goes over the line before that, only its hash.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /api/v1/devices/pair`: a device asks to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PairDevice {
    /// What it is: `kiosk`, `display`, `printer` or `panel`.
    pub role: String,
    /// Name and version of the program, for people.
    pub software: String,
    /// SHA-256 of the token that it made, as 64 hex digits.
    pub token_sha256: String,
    /// SHA-256 of the last certificate that the server showed, as 64 hex digits; none on a line that does not leave
    /// the box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_sha256: Option<String>,
}

/// The code that the device shows until somebody approves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pairing {
    /// Such as `7KQM-2XRT`: no letter is taken for another. The device shows the one that it made itself.
    pub code: String,
    /// What the server put into the code beside token and authority, new for each pairing.
    #[serde(default)]
    pub salt: String,
    /// Then the device has to ask anew.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// `GET /api/v1/devices/self`: the device that asks, as soon as it was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnDevice {
    pub id: String,
    /// `kiosk`, `display`, `printer` or `panel`.
    pub role: String,
    /// The area of a display, the counter of a panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// `POST /api/v1/devices/self/token`: the device goes over to a new token with its first use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RenewToken {
    /// SHA-256 of the new token, as 64 hex digits.
    pub token_sha256: String,
}
