//! Why a visitor gets no number, in the few kinds that the screen has sentences for.

use aufruf_protocol::latest::{OfferState, Problem};
use jiff::Timestamp;

/// What the screen tells instead of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Closed {
        opens_at: Option<Timestamp>,
    },
    LastTicketGone,
    ContingentUsed,
    SoldOut,
    Locked,
    NumbersExhausted,
    QueueFull,
    ServiceUnknown,
    NoCounterForAll,
    /// No appointment of today has this number or code.
    CodeUnknown,
    /// What was typed cannot be a number or code.
    CodeInvalid,
    AlreadyHere {
        number: Option<String>,
    },
    /// Has checked in, and is called to a counter at this moment.
    CalledNow {
        number: Option<String>,
    },
    OtherDay {
        /// When the appointment is.
        at: Option<Timestamp>,
    },
    TooEarly {
        from: Option<Timestamp>,
    },
    /// The appointment was cancelled, or is served already.
    AppointmentOver,
    /// No answer came in time: whether a ticket exists is not known, so trying again repeats the same request.
    NotPossible,
    /// Another reason, of which this kiosk has no words.
    Other,
}

impl Refusal {
    /// Reads the server's problem by its stable code.
    pub fn of(problem: &Problem) -> Self {
        let number = || problem.number.as_deref().map(str::to_owned);
        match problem.code.as_str() {
            "closed" => Self::Closed {
                opens_at: problem.at,
            },
            "last_ticket_gone" => Self::LastTicketGone,
            "contingent_used" => Self::ContingentUsed,
            "sold_out" => Self::SoldOut,
            "locked" => Self::Locked,
            "numbers_exhausted" => Self::NumbersExhausted,
            "queue_full" => Self::QueueFull,
            "service_unknown" => Self::ServiceUnknown,
            "no_counter_for_all" => Self::NoCounterForAll,
            "code_unknown" => Self::CodeUnknown,
            "code_invalid" => Self::CodeInvalid,
            "already_here" => Self::AlreadyHere { number: number() },
            "called_now" => Self::CalledNow { number: number() },
            "other_day" => Self::OtherDay { at: problem.at },
            "too_early" => Self::TooEarly { from: problem.at },
            "wrong_state" => Self::AppointmentOver,
            _ => Self::Other,
        }
    }

    /// What the offer says before anybody asks; an open or later state is left for the server to decide.
    pub(crate) fn before_asking(state: OfferState, opens_at: Option<Timestamp>) -> Option<Self> {
        match state {
            OfferState::Closed => Some(Self::Closed { opens_at }),
            OfferState::LastTicketGone => Some(Self::LastTicketGone),
            OfferState::ContingentUsed => Some(Self::ContingentUsed),
            OfferState::SoldOut => Some(Self::SoldOut),
            OfferState::Locked => Some(Self::Locked),
            OfferState::Open | OfferState::Unknown => None,
        }
    }

    /// The instant that the visitor is told with it.
    pub(crate) fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Closed { opens_at: at } | Self::OtherDay { at } | Self::TooEarly { from: at } => {
                *at
            }
            _ => None,
        }
    }

    /// The number by which the visitor is called; none where it is not known or has no part in it.
    pub(crate) fn number(&self) -> Option<&str> {
        match self {
            Self::AlreadyHere { number } | Self::CalledNow { number } => number.as_deref(),
            _ => None,
        }
    }

    /// It may lie in what was typed: the visitor looks at it again.
    pub(crate) fn is_of_the_typed(&self) -> bool {
        matches!(self, Self::CodeUnknown | Self::CodeInvalid)
    }
}
