//! An event in the journal: numbered, timed, signed by who caused it, and readable for ever.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Actor, Event, EventSeq};

/// The version in which events are written now. An event written in an older one is brought up by
/// [`Record::decode`]; a golden record of every version is kept in the tests.
pub const RECORD_VERSION: u16 = 1;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub seq: EventSeq,
    pub at: Timestamp,
    pub by: Actor,
    pub event: Event,
}

/// Why a record cannot be read.
#[derive(Debug, Error)]
pub enum Unreadable {
    #[error(
        "record version {version} is newer than {RECORD_VERSION}, the newest this program reads"
    )]
    Newer { version: u16 },
    #[error("record of version {version} is not what that version writes")]
    Malformed {
        version: u16,
        #[source]
        source: serde_json::Error,
    },
}

impl Event {
    /// The event as the journal keeps it, in [`RECORD_VERSION`].
    pub fn encode(&self) -> String {
        serde_json::to_string(self)
            .expect("an event is plain words and figures: it always has a JSON form")
    }

    /// Reads an event written in any version up to this one.
    ///
    /// # Errors
    /// [`Unreadable`] when it was written by a newer program, or is damaged.
    pub fn decode(version: u16, payload: &str) -> Result<Self, Unreadable> {
        if version > RECORD_VERSION {
            return Err(Unreadable::Newer { version });
        }
        // The upcasters of older versions stand here, one step a version; 1 is the first.
        serde_json::from_str(payload).map_err(|source| Unreadable::Malformed { version, source })
    }
}
