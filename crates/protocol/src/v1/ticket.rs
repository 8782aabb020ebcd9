//! A ticket as devices ask for it and see it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallId, CounterKey, JobId, Language, QueueKey, ServiceKey, TicketId};

wire_enum! {
    /// Where a visit stands.
    TicketState {
        /// Has an appointment and is not here yet.
        Booked = "booked",
        Waiting = "waiting",
        Called = "called",
        Serving = "serving",
        /// Served so far, and goes on later.
        Parked = "parked",
        /// Called in vain often enough; may be put back into the line.
        Missed = "missed",
        /// Served; comes back to fetch what is being made.
        PickUp = "pick_up",
        Finished = "finished",
        Cancelled = "cancelled",
        /// Still open when the day ended.
        Expired = "expired",
    }
    unknown:
    /// A later state: show the ticket as it was, offer no command on it.
}

wire_enum! {
    /// What a visitor needs from a counter. A code, never a diagnosis.
    Need {
        LoweredCounter = "lowered_counter",
        InductionLoop = "induction_loop",
        GuideStrip = "guide_strip",
        SignLanguage = "sign_language",
    }
    unknown:
    /// A need of a later version: show nothing, keep it.
}

/// The window told to a visitor: the call comes between `low` and `high`, most likely at `mid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promise {
    #[schema(value_type = String, format = DateTime)]
    pub low: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub mid: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub high: Timestamp,
}

wire_enum! {
    /// Where a visit came from.
    Source {
        Kiosk = "kiosk",
        /// A clerk took the ticket for somebody.
        Counter = "counter",
        /// The visitor's own phone.
        Phone = "phone",
        /// The central system.
        Centre = "centre",
        /// A kiosk that could not reach the server.
        Offline = "offline",
    }
    unknown:
    /// A later source: show nothing.
}

wire_enum! {
    /// Why somebody in the line is not to be called for now.
    PauseCause {
        /// The visitor said: back in some minutes.
        Visitor = "visitor",
        /// Was called and did not come.
        CallInVain = "call_in_vain",
    }
    unknown:
    /// A later cause: say that the person is away.
}

wire_enum! {
    /// How a visit ended.
    VisitResult {
        Served = "served",
        /// Served, but not to be counted in the statistics.
        WithoutRecord = "without_record",
        /// What the person came for could not be done.
        NotPossible = "not_possible",
    }
    unknown:
    /// A later result: the server does not take it.
}

wire_enum! {
    /// The rule by which somebody was called.
    Rule {
        /// Of all whom the counter can take, this one waits longest.
        FirstInLine = "first_in_line",
        /// Waits longer than the queue's maximum.
        Overdue = "overdue",
        /// By priority, before somebody who waits longer.
        Priority = "priority",
        /// The agreed time has come.
        Appointment = "appointment",
        /// The turn of one who waits long, after others were put before.
        TurnOfOthers = "turn_of_others",
        /// A walk-in whose visit fits before an appointment that is soon due.
        FitsBefore = "fits_before",
        /// A visit that is over soon, before people who wait longer and lose little by it.
        ShorterFirst = "shorter_first",
        /// One of the counter's own services, before what it only helps out with.
        OwnService = "own_service",
        /// Before the agreed time, because nobody else could be called.
        EarlyAppointment = "early_appointment",
        /// A clerk chose this one.
        Chosen = "chosen",
    }
    unknown:
    /// A later rule: show no reason.
}

/// Why somebody was called: the rule, and the facts it used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Why {
    pub rule: Rule,
    /// For `overdue`: how long the person had waited, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited_min: Option<u32>,
    /// For `overdue`: the queue's maximum, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_wait_min: Option<u32>,
    /// For `priority`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// For the rules about appointments, and for `fits_before`: the agreed time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// For `turn_of_others`: how many were put before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    /// For `shorter_first`: how many who wait longer were put behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtaken: Option<u32>,
}

/// A place in the order of calls among equals: smaller is earlier, and equal never happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// When it was earned: the arrival, or the agreed time.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub seq: u64,
    /// Behind whom it was put; 0 for who was not.
    #[serde(default)]
    pub then: u64,
}

/// Away from the line for a while, with the place kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    pub cause: PauseCause,
}

/// Where a visit is sent, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    Queue {
        queue: QueueKey,
    },
    Counter {
        counter: CounterKey,
    },
    /// Wherever this person serves.
    Clerk {
        clerk: String,
    },
    /// A target of a later version: show that it was sent on.
    #[serde(other)]
    Unknown,
}

/// A walk-in asks for a ticket: `POST /api/v1/tickets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueTicket {
    /// In the order in which they are to be served. At least one.
    pub services: Vec<ServiceKey>,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// How many people it is for; 1 where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
    /// 1 to 3; only panels may say it. A walk-in has 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The window that the visitor saw before pressing, so that the same is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Promise>,
}

/// The answer to a walk-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssuedTicket {
    pub id: TicketId,
    /// For people: `A012`.
    pub number: String,
    pub queue: QueueKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    pub people_ahead: u32,
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// The job that prints this ticket; none where the kiosk has no printer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print_job: Option<JobId>,
    /// The visitor's own page; none where the office has no public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_link: Option<String>,
}

/// One ticket as the counter panel sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketRow {
    pub id: TicketId,
    pub number: String,
    pub state: TicketState,
    pub queue: QueueKey,
    /// What is still to be done, in order.
    pub services: Vec<ServiceKey>,
    /// What was done so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub served: Vec<ServiceKey>,
    pub persons: u32,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// 1 before 2 before 3.
    pub priority: u8,
    pub source: Source,
    /// The agreed time; none for a walk-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub appointment_at: Option<Timestamp>,
    /// None as long as nobody knows that the person is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub arrived_at: Option<Timestamp>,
    pub place: Place,
    /// Away from the line until then, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// Only this counter or person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Target>,
    /// What the person was told at the start; stands on the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// What the person can be told by now, while waiting. None where nobody can say, and in the answer to a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Promise>,
    /// How often the end of that window had to be moved to a later time.
    #[serde(default)]
    pub raised: u32,
    /// The counter that called or serves it, or where it was parked or fetches something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterKey>,
    /// The latest call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallId>,
    /// By which rule it was called last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// When the present state began.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// How often it was called so far.
    pub calls: u32,
    /// How often in vain.
    #[serde(default)]
    pub calls_in_vain: u32,
    /// Time at counters that is over, in seconds; while it is served, the time since `since` comes on top.
    #[serde(default)]
    pub served_secs: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> serde_json::Value {
        serde_json::json!({
            "id": "00000000-0000-0000-0000-00000000000c", "number": "A012", "state": "waiting",
            "queue": "ids", "services": ["id-card"], "persons": 1, "language": "de", "priority": 3,
            "source": "kiosk", "place": {"at": "2026-11-23T08:00:00Z", "seq": 7},
            "since": "2026-11-23T08:00:00Z", "calls": 0
        })
    }

    #[test]
    fn a_row_of_a_server_that_revises_no_windows_is_read_as_one_that_was_never_raised() {
        let row: TicketRow = serde_json::from_value(row()).expect("a row");
        assert_eq!((row.promise, row.expected, row.raised), (None, None, 0));
    }

    #[test]
    fn what_was_told_at_the_start_and_what_is_expected_now_go_over_the_line_side_by_side() {
        let window = |from: &str, to: &str| Promise {
            low: from.parse().expect("an instant"),
            mid: from.parse().expect("an instant"),
            high: to.parse().expect("an instant"),
        };
        let told: TicketRow = serde_json::from_value(row()).expect("a row");
        let told = TicketRow {
            promise: Some(window("2026-11-23T08:10:00Z", "2026-11-23T08:20:00Z")),
            expected: Some(window("2026-11-23T08:25:00Z", "2026-11-23T08:35:00Z")),
            raised: 2,
            ..told
        };
        let text = serde_json::to_string(&told).expect("JSON");
        assert_eq!(
            serde_json::from_str::<TicketRow>(&text).expect("a row"),
            told
        );
    }

    #[test]
    fn every_rule_of_a_call_is_read_as_it_was_written_with_its_facts() {
        for rule in Rule::KNOWN {
            let why = Why {
                rule: *rule,
                waited_min: None,
                max_wait_min: None,
                priority: None,
                at: Some("2026-11-23T08:15:00Z".parse().expect("an instant")),
                after: None,
                overtaken: Some(2),
            };
            let text = serde_json::to_string(&why).expect("JSON");
            assert_eq!(serde_json::from_str::<Why>(&text).expect("a reason"), why);
        }
        let later = r#"{"rule":"of_a_later_version","overtaken":3}"#;
        let later: Why = serde_json::from_str(later).expect("a reason");
        assert_eq!(later.rule, Rule::Unknown);
    }
}
