//! The calm line under the visit: why a press did nothing. Never a dialogue, never in the way.

use aufruf_protocol::latest::{Nobody, NobodyReason, Problem};

/// The HTTP status of a server, or of what stands before it, that is as good as away.
const AWAY: u16 = 503;

/// Why nothing came of a press. The screen has a sentence for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    NobodyWaiting {
        until: Option<String>,
    },
    /// People wait, but for services that this counter does not offer.
    OtherSkills {
        until: Option<String>,
    },
    /// Some reason of a later version.
    NobodyNow {
        until: Option<String>,
    },
    /// This visit has to be ended first. Empty where its number is not known here.
    VisitRunning {
        number: String,
    },
    NobodyCalled,
    /// The visit was started: the one step left is to finish it.
    BeingServed {
        number: String,
    },
    CounterClosed,
    CounterUnknown,
    TicketUnknown,
    /// Somebody else was quicker, or the visit has gone on.
    WrongState,
    SkillMissing,
    DayNotOpen,
    /// Not done: the server can keep nothing just now.
    StoreUnavailable,
    /// Not done: more commands wait than the server takes.
    Busy,
    NotAllowed,
    /// A refusal this version has no sentence for, in the server's words.
    Told(String),
    /// No answer came. It may have arrived; it is not sent again.
    NotConfirmed,
    Unreadable,
}

impl Notice {
    pub(super) fn of_problem(problem: &Problem, running: Option<&str>) -> Self {
        match problem.code.as_str() {
            "counter_closed" => Self::CounterClosed,
            "counter_unknown" => Self::CounterUnknown,
            "ticket_unknown" => Self::TicketUnknown,
            "wrong_state" | "not_serving" => Self::WrongState,
            "not_called" => Self::NobodyCalled,
            "skill_missing" => Self::SkillMissing,
            "day_not_open" => Self::DayNotOpen,
            "store_unavailable" => Self::StoreUnavailable,
            "busy" => Self::Busy,
            "unauthorized" | "forbidden" => Self::NotAllowed,
            "visit_running" => Self::VisitRunning {
                number: running.unwrap_or_default().to_owned(),
            },
            _ if problem.status == AWAY => Self::NotConfirmed,
            _ if problem.detail.is_empty() => Self::Told(problem.title.clone()),
            _ => Self::Told(problem.detail.clone()),
        }
    }

    pub(super) fn of_nobody(nobody: &Nobody, until: Option<String>, running: Option<&str>) -> Self {
        match nobody.reason {
            NobodyReason::NobodyWaiting => Self::NobodyWaiting { until },
            NobodyReason::OtherSkills => Self::OtherSkills { until },
            NobodyReason::CounterClosed => Self::CounterClosed,
            NobodyReason::VisitRunning => Self::VisitRunning {
                number: running.unwrap_or_default().to_owned(),
            },
            NobodyReason::Unknown => Self::NobodyNow { until },
        }
    }

    /// Whether it tells what became of a press that had been sent, and so outlasts an outage.
    pub(super) fn is_about_the_answer(&self) -> bool {
        matches!(self, Self::NotConfirmed | Self::Unreadable)
    }

    /// Whether the line of people decides how long this stays true.
    pub(super) fn is_about_the_line(&self) -> bool {
        matches!(
            self,
            Self::NobodyWaiting { .. } | Self::OtherSkills { .. } | Self::NobodyNow { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_without_a_sentence_of_its_own_is_told_in_the_servers_words() {
        let problem = Problem::new(409, "line_is_painted", "Refused", "wait until it is dry");
        assert_eq!(
            Notice::of_problem(&problem, None),
            Notice::Told("wait until it is dry".to_owned())
        );
    }

    #[test]
    fn known_refusals_have_sentences_of_their_own() {
        for (status, code, notice) in [
            (409, "counter_closed", Notice::CounterClosed),
            (409, "wrong_state", Notice::WrongState),
            (404, "ticket_unknown", Notice::TicketUnknown),
            (404, "counter_unknown", Notice::CounterUnknown),
            (409, "not_called", Notice::NobodyCalled),
            (403, "forbidden", Notice::NotAllowed),
            (503, "day_not_open", Notice::DayNotOpen),
            (503, "store_unavailable", Notice::StoreUnavailable),
            (503, "busy", Notice::Busy),
        ] {
            let problem = Problem::new(status, code, "Refused", "in English");
            assert_eq!(Notice::of_problem(&problem, None), notice, "{code}");
        }
    }

    #[test]
    fn a_server_that_is_as_good_as_away_has_confirmed_nothing() {
        let problem = Problem::new(503, "rebuilding", "Not now", "in English");
        assert_eq!(Notice::of_problem(&problem, None), Notice::NotConfirmed);
    }
}
