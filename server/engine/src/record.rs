//! An event in the journal: numbered, timed, signed by who caused it, and readable for ever.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Actor, Booking, Event, EventSeq, Language};

/// The version in which events are written now. An event written in an older one is brought up by
/// [`Record::decode`]; a golden record of every version is kept in the tests.
pub const RECORD_VERSION: u16 = 3;

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
        let malformed = |source| Unreadable::Malformed { version, source };
        if version == RECORD_VERSION {
            return serde_json::from_str(payload).map_err(malformed);
        }
        let mut event = serde_json::from_str(payload).map_err(malformed)?;
        // One step a version; each knows only the version before it.
        if version < 2 {
            upcast::from_1(&mut event);
        }
        serde_json::from_value(event).map_err(malformed)
    }

    /// The event without what could lead to a person: language, needs, what was told at the kiosk, the
    /// code of an appointment, who served. What is left still replays and counts; which device did
    /// what stays, and so do the numbers and times that everybody in the waiting room has seen.
    #[must_use]
    pub fn anonymised(mut self) -> Self {
        match &mut self {
            Self::TicketIssued {
                language,
                needs,
                promise,
                corrected,
                ..
            } => {
                *language = Language::new(UNDETERMINED);
                needs.clear();
                (*promise, *corrected) = (None, None);
            }
            Self::AppointmentBooked { booking } => booking.anonymise(),
            Self::DayOpened { bookings, .. } => {
                for booking in bookings {
                    booking.anonymise();
                }
            }
            Self::TicketChanged { needs, .. } => needs.clear(),
            Self::CounterOpened { clerk, .. } => *clerk = None,
            Self::TicketTransferred { bound, .. } => *bound = None,
            _ => {}
        }
        self
    }
}

/// BCP 47's word for a language that nobody names.
const UNDETERMINED: &str = "und";

impl Booking {
    fn anonymise(&mut self) {
        self.language = Language::new(UNDETERMINED);
        self.needs.clear();
        self.code = None;
    }
}

/// From older versions of an event to the next one, on its JSON.
mod upcast {
    use serde_json::{Value, json};

    /// Version 1 knew walk-ins of a kiosk only, one service desk at a time, and no sums.
    pub(super) fn from_1(event: &mut Value) {
        let name = event["event"].as_str().unwrap_or_default().to_owned();
        let Some(fields) = event.as_object_mut() else {
            return;
        };
        match name.as_str() {
            "day_opened" => {
                fields.insert("bookings".to_owned(), json!([]));
            }
            "day_closed" => {
                fields.insert("sums".to_owned(), json!({ "queues": {} }));
            }
            "counter_opened" => {
                fields.insert("clerk".to_owned(), Value::Null);
            }
            "ticket_issued" => {
                let number = fields.remove("number").unwrap_or_default();
                let given_by =
                    json!({ "series": { "series": number["series"], "n": number["n"] } });
                let number = json!({ "label": number["label"], "given_by": given_by });
                fields.insert("number".to_owned(), number);
                fields.insert("persons".to_owned(), json!(1));
                fields.insert("priority".to_owned(), json!(3));
                fields.insert("source".to_owned(), json!("kiosk"));
            }
            "visit_finished" => {
                fields.insert("done".to_owned(), json!([]));
                fields.insert("persons".to_owned(), json!(1));
                fields.insert("result".to_owned(), json!("served"));
            }
            _ => {}
        }
    }
}
