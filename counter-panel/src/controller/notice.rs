//! The calm line under the visit: why a press did nothing, or what became of it that nobody would
//! expect. Never a dialogue, never in the way.

mod refusal;

use aufruf_protocol::latest::{Nobody, NobodyReason, Problem};
pub use refusal::Refusal;

/// The HTTP status of a server, or of what stands before it, that is as good as away.
const AWAY: u16 = 503;

/// What there is to say about a press. The screen has a sentence for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    NobodyWaiting {
        until: Option<String>,
    },
    /// People wait, but for services that this counter does not offer.
    OtherSkills {
        until: Option<String>,
    },
    /// People wait, but need what another counter has, or were sent to somebody else.
    OtherCounter {
        until: Option<String>,
    },
    /// All whom this counter could call are away; with the number of who is back first.
    AllPaused {
        until: Option<String>,
    },
    /// Kept free for this number, which has an appointment and is expected any moment. Empty where the
    /// number is not known here.
    Held {
        number: String,
        until: String,
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
    CounterPaused,
    CounterClosed,
    /// Did not come, and is called again later.
    CalledLater {
        number: String,
        until: String,
    },
    /// Did not come, and stands in the list of those who did not.
    Missed {
        number: String,
    },
    /// Finished here, and waits for the rest elsewhere.
    GoesOn {
        number: String,
        services: String,
    },
    TakenBack {
        number: String,
    },
    /// The clerk has gone over to another counter, with the visit that ran.
    WentOver {
        number: Option<String>,
        counter: String,
    },
    /// Nobody could be told that the clerk needs help.
    HelpNotAsked,
    Refused(Refusal),
    /// A refusal this version has no sentence for, in the server's words.
    Told(String),
    /// Too early for that; from then on it can be done.
    TooEarly {
        from: String,
    },
    /// No answer came. It may have arrived; it is not sent again.
    NotConfirmed,
    Unreadable,
    SkillMissing,
}

impl Notice {
    pub(super) fn of_problem(problem: &Problem, running: Option<&str>, at: Option<String>) -> Self {
        if let Some(refusal) = Refusal::of_code(&problem.code) {
            return Self::Refused(refusal);
        }
        match (problem.code.as_str(), at) {
            ("counter_closed", _) => Self::CounterClosed,
            ("counter_paused", _) => Self::CounterPaused,
            ("not_called", _) => Self::NobodyCalled,
            ("skill_missing", _) => Self::SkillMissing,
            ("too_early", Some(from)) => Self::TooEarly { from },
            ("visit_running", _) => Self::VisitRunning {
                number: running.unwrap_or_default().to_owned(),
            },
            _ if problem.status == AWAY => Self::NotConfirmed,
            _ if problem.detail.is_empty() => Self::Told(problem.title.to_string()),
            _ => Self::Told(problem.detail.to_string()),
        }
    }

    pub(super) fn of_nobody(nobody: &Nobody, until: Option<String>, number: Option<&str>) -> Self {
        match nobody.reason {
            NobodyReason::NobodyWaiting => Self::NobodyWaiting { until },
            NobodyReason::OtherSkills => Self::OtherSkills { until },
            NobodyReason::OtherCounter => Self::OtherCounter { until },
            NobodyReason::AllPaused => Self::AllPaused { until },
            NobodyReason::Held => match until {
                Some(until) => Self::Held {
                    number: number.unwrap_or_default().to_owned(),
                    until,
                },
                None => Self::NobodyNow { until },
            },
            NobodyReason::CounterPaused => Self::CounterPaused,
            NobodyReason::CounterClosed => Self::CounterClosed,
            NobodyReason::VisitRunning => Self::VisitRunning {
                number: number.unwrap_or_default().to_owned(),
            },
            NobodyReason::Unknown => Self::NobodyNow { until },
        }
    }

    /// Whether it tells what became of a press that had been sent, and so outlasts an outage.
    pub(super) fn is_about_the_answer(&self) -> bool {
        matches!(
            self,
            Self::NotConfirmed | Self::Unreadable | Self::HelpNotAsked
        )
    }

    /// Whether it tells what was done, and so stays although the visit has gone on.
    pub(super) fn is_about_what_was_done(&self) -> bool {
        matches!(
            self,
            Self::CalledLater { .. }
                | Self::Missed { .. }
                | Self::GoesOn { .. }
                | Self::TakenBack { .. }
                | Self::WentOver { .. }
                | Self::HelpNotAsked
        )
    }

    /// Whether nothing was done, or nobody knows.
    pub(super) fn is_a_refusal(&self) -> bool {
        !self.is_about_what_was_done()
    }

    /// Whether the line of people decides how long this stays true.
    pub(super) fn is_about_the_line(&self) -> bool {
        matches!(
            self,
            Self::NobodyWaiting { .. }
                | Self::OtherSkills { .. }
                | Self::OtherCounter { .. }
                | Self::AllPaused { .. }
                | Self::Held { .. }
                | Self::NobodyNow { .. }
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
            Notice::of_problem(&problem, None, None),
            Notice::Told("wait until it is dry".to_owned())
        );
    }

    #[test]
    fn known_refusals_have_sentences_of_their_own() {
        let refused = Notice::Refused;
        for (status, code, notice) in [
            (409, "counter_closed", Notice::CounterClosed),
            (409, "counter_paused", Notice::CounterPaused),
            (409, "wrong_state", refused(Refusal::WrongState)),
            (404, "ticket_unknown", refused(Refusal::TicketUnknown)),
            (404, "counter_unknown", refused(Refusal::CounterUnknown)),
            (409, "not_called", Notice::NobodyCalled),
            (403, "forbidden", refused(Refusal::NotAllowed)),
            (503, "day_not_open", refused(Refusal::DayNotOpen)),
            (503, "store_unavailable", refused(Refusal::StoreUnavailable)),
            (503, "busy", refused(Refusal::Busy)),
            (409, "undo_too_late", refused(Refusal::UndoTooLate)),
            (409, "clerk_absent", refused(Refusal::ClerkAbsent)),
            (409, "clerk_elsewhere", refused(Refusal::ClerkElsewhere)),
            (409, "nobody_serves", refused(Refusal::NobodyServes)),
            (409, "called_now", refused(Refusal::CalledNow)),
            (403, "not_your_visit", refused(Refusal::NotYourVisit)),
        ] {
            let problem = Problem::new(status, code, "Refused", "in English");
            assert_eq!(Notice::of_problem(&problem, None, None), notice, "{code}");
        }
    }

    #[test]
    fn too_early_says_from_when_on() {
        let problem = Problem::new(409, "too_early", "Refused", "in English");
        let from = "10:45".to_owned();
        let notice = Notice::of_problem(&problem, None, Some(from.clone()));
        assert_eq!(notice, Notice::TooEarly { from });
    }

    #[test]
    fn a_server_that_is_as_good_as_away_has_confirmed_nothing() {
        let problem = Problem::new(503, "rebuilding", "Not now", "in English");
        assert_eq!(
            Notice::of_problem(&problem, None, None),
            Notice::NotConfirmed
        );
    }
}
