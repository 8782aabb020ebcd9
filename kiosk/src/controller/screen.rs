//! What the visitor sees, complete: the adapter only maps it.

use aufruf_protocol::latest::{Language, ServiceKey};

use super::{Expected, LanguageChoice, Printing, Refusal, When};

/// One picture of the kiosk.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    pub look: Look,
    pub office: String,
    /// The office's time of day; empty while it is not known.
    pub clock: String,
    pub body: Body,
    /// Seconds until the kiosk goes back to the start by itself; none while that is not near.
    pub leaves_in_secs: Option<u32>,
}

/// How this visitor wants to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub language: Language,
    pub text_size: TextSize,
    pub contrast: Contrast,
    /// All lengths and type sizes of the tall design are multiplied by this.
    pub fit: f32,
    /// The screen is wider than tall.
    pub is_wide: bool,
    /// The other languages' own names; empty where there is no choice.
    pub other_languages: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Largest,
}

impl TextSize {
    pub fn percent(self) -> u16 {
        match self {
            Self::Normal => 100,
            Self::Large => 150,
            Self::Largest => 200,
        }
    }

    /// The next larger one; after the largest the normal one again.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Largest,
            Self::Largest => Self::Normal,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contrast {
    #[default]
    Normal,
    High,
}

impl Contrast {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Normal => Self::High,
            Self::High => Self::Normal,
        }
    }
}

/// The part that changes from screen to screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The server cannot be reached: told in every language at once, for nobody may have chosen one.
    Away,
    Services(ServicesBody),
    /// Nothing is open, and nothing can be chosen.
    Closed(ClosedBody),
    /// The keypad for the number or code of an appointment.
    CheckIn(CheckInBody),
    Languages(Vec<LanguageChoice>),
    Number(NumberBody),
    Refused(RefusedBody),
}

/// What can be chosen, one page of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServicesBody {
    pub cards: Vec<Card>,
    /// Counted from 1.
    pub page: usize,
    pub pages: usize,
    pub columns: usize,
    /// Rows that the page is laid out for; the last page may have fewer cards.
    pub rows: usize,
    /// An answer is awaited: nothing can be pressed.
    pub is_asking: bool,
    /// People with an appointment report here.
    pub has_check_in: bool,
}

/// The office is outside its hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedBody {
    /// Why the whole day is closed; empty where it is not, or not everything for the same reason.
    pub notice: String,
    /// When the first service opens; none where that is not known.
    pub opens: Option<When>,
    pub has_check_in: bool,
}

/// What is typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckInBody {
    pub code: String,
    /// Sent; the answer is awaited.
    pub is_asking: bool,
}

impl CheckInBody {
    pub(crate) fn typed(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            is_asking: false,
        }
    }

    pub(crate) fn sent(code: &str) -> Self {
        Self {
            is_asking: true,
            ..Self::typed(code)
        }
    }
}

/// One service before it is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub service: ServiceKey,
    pub name: String,
    pub hint: String,
    pub state: CardState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardState {
    Open {
        expected: Expected,
        waiting: u32,
    },
    /// Pressed; the answer is awaited.
    Asking,
    Closed {
        /// Why the whole day is closed; empty outside the hours of any other day.
        notice: String,
        opens: Option<When>,
    },
    LastTicketGone,
    ContingentUsed,
    SoldOut,
    Locked {
        /// What the team lead wants to be said; may be empty.
        notice: String,
    },
}

/// What a number or a refusal is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The name of the service.
    Service(String),
    Appointment {
        /// As the visitor typed it.
        typed: String,
    },
}

/// The visitor's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberBody {
    pub number: String,
    pub subject: Subject,
    pub expected: Expected,
    pub people_ahead: u32,
    /// Where to wait; empty where several areas or none are known.
    pub area: String,
    pub printing: Printing,
    /// The server is away: the number still holds, but nothing new is heard.
    pub is_stale: bool,
}

/// No number, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedBody {
    pub subject: Subject,
    pub refusal: Refusal,
    /// When it can be done, or when the appointment is; none where that is not known.
    pub when: Option<When>,
    /// What the team lead wants to be said, or why the whole day is closed; may be empty.
    pub notice: String,
    /// The visitor's number, where they have one; may be empty.
    pub number: String,
    /// It may lie in what was typed, and can be put right.
    pub may_retype: bool,
}
