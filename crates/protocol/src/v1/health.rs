//! How devices are and what is wrong now, as staff sees it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

wire_enum! {
    /// How much paper a printer has.
    Paper {
        Ok = "ok",
        /// It will be used up soon.
        Low = "low",
        Out = "out",
    }
    unknown: /// The printer does not say, or a word of a later version.
}

wire_enum! {
    /// Whether a device can be heard.
    Sound {
        Ok = "ok",
        /// It has none, or it does not work.
        None = "none",
    }
    unknown: /// The device does not say, or a word of a later version.
}

wire_enum! {
    /// Whether a device is here.
    Presence {
        Connected = "connected",
        /// It may connect, and is not here.
        Away = "away",
        /// It may not connect any more; pair it anew.
        PutOut = "put_out",
    }
    unknown: /// A word of a later version.
}

/// `GET /api/v1/devices`: a device, and how it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceHealth {
    pub id: String,
    /// `kiosk`, `display`, `printer` or `panel`.
    pub role: String,
    /// The area of a display, the counter of a panel, the printer of a kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    pub presence: Presence,
    /// Name and version of its program, since the server's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    /// What is wrong, in its own words; empty when all is well.
    pub faults: Vec<String>,
    pub paper: Paper,
    pub sound: Sound,
    /// How far its clock is ahead of the server's, in milliseconds; none where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// Its last sign of life since the server's start.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
}

/// `GET /api/v1/alerts`: something that is wrong now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// Stays the same in all languages and versions, such as `device_away`.
    pub code: String,
    /// A device, a counter, or `server` or `office`.
    pub at: String,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// In plain words, in the reader's language.
    pub what: String,
    /// What to do about it.
    pub todo: String,
}
