//! A counter, and what *next* answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Call, CounterKey, Seen, TicketId, TicketRow};

/// A counter as panels see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CounterRow {
    pub counter: CounterKey,
    pub mode: CounterMode,
    /// Who serves there, where panels say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clerk: Option<String>,
    /// The visit that is called to or served at this counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<TicketId>,
    /// Who has shown the running visit's latest call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

impl CounterRow {
    pub fn is_open(&self) -> bool {
        self.mode == CounterMode::Open
    }
}

wire_enum! {
    /// Whether people are called to a counter.
    CounterMode {
        Open = "open",
        /// For a while.
        Paused = "paused",
        Closed = "closed",
    }
    unknown:
    /// A later mode: show it as closed.
}

/// `POST /api/v1/counters/{id}/next` always answers one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NextReply {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<CalledVisit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nobody: Option<Nobody>,
}

/// The person that was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalledVisit {
    pub call: Call,
    pub ticket: TicketRow,
}

/// Why nobody was called, and until when that stays so, where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Nobody {
    pub reason: NobodyReason,
    /// The visit that has to be ended first, for `visit_running`; for whom the counter is kept free
    /// `until`, for `held`; else who can be called then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

wire_enum! {
    /// Why *next* called nobody.
    NobodyReason {
        NobodyWaiting = "nobody_waiting",
        /// People wait, but for services that this counter does not offer.
        OtherSkills = "other_skills",
        /// People wait, but they need what another counter has, or were sent to somebody else.
        OtherCounter = "other_counter",
        /// All whom this counter could call are away for a while.
        AllPaused = "all_paused",
        /// People wait, but the counter is kept free for the one who is named, who has an appointment and
        /// is expected any moment. A call by hand calls anybody else all the same.
        Held = "held",
        /// The counter pauses: end that first.
        CounterPaused = "counter_paused",
        /// The counter is closed: open it first.
        CounterClosed = "counter_closed",
        /// The counter still has a visit: end it first.
        VisitRunning = "visit_running",
    }
    unknown:
    /// Some later reason: say that nobody can be called now.
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nobody_was_called_is_read_as_it_was_written() {
        for reason in NobodyReason::KNOWN {
            let reply = NextReply {
                called: None,
                nobody: Some(Nobody {
                    reason: *reason,
                    ticket: Some(TicketId(uuid::Uuid::from_u128(12))),
                    until: Some("2026-11-23T09:05:00Z".parse().expect("an instant")),
                }),
            };
            let text = serde_json::to_string(&reply).expect("JSON");
            assert_eq!(
                serde_json::from_str::<NextReply>(&text).expect("a reply"),
                reply
            );
        }
        let held = serde_json::to_string(&NobodyReason::Held).expect("JSON");
        assert_eq!(held, "\"held\"");
    }
}
