//! Why a visitor gets no number, in the few kinds that the screen has sentences for.

use aufruf_protocol::latest::{OfferState, Problem};

/// The status under which the office itself says no. What comes under others is for those who run the server.
const NO_OF_THE_OFFICE: u16 = 409;

/// What the screen tells instead of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Closed,
    SoldOut,
    Locked,
    NumbersExhausted,
    QueueFull,
    ServiceUnknown,
    NoCounterForAll,
    /// No answer came in time: whether a ticket exists is not known, so trying again repeats the same request.
    NotPossible,
    /// Another reason: in the office's own words where it is the office that said no, else without any.
    Other {
        sentence: String,
    },
}

impl Refusal {
    /// Reads the server's problem by its stable code.
    pub fn of(problem: &Problem) -> Self {
        match problem.code.as_str() {
            "closed" => Self::Closed,
            "sold_out" => Self::SoldOut,
            "locked" => Self::Locked,
            "numbers_exhausted" => Self::NumbersExhausted,
            "queue_full" => Self::QueueFull,
            "service_unknown" => Self::ServiceUnknown,
            "no_counter_for_all" => Self::NoCounterForAll,
            _ if problem.status == NO_OF_THE_OFFICE => Self::Other {
                sentence: problem.detail.clone(),
            },
            _ => Self::Other {
                sentence: String::new(),
            },
        }
    }

    /// What the offer says before anybody asks; an open or later state is left for the server to decide.
    pub fn before_asking(state: OfferState) -> Option<Self> {
        match state {
            OfferState::Closed => Some(Self::Closed),
            OfferState::SoldOut => Some(Self::SoldOut),
            OfferState::Locked => Some(Self::Locked),
            OfferState::Open | OfferState::Unknown => None,
        }
    }
}
