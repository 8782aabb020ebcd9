//! What the visitor sees, complete: the adapter only maps it.

use aufruf_protocol::latest::{Language, ServiceKey};

use super::{Expected, LanguageChoice, Printing, Refusal};

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
    Closed,
    SoldOut,
    Locked,
}

/// The visitor's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberBody {
    pub number: String,
    pub service: String,
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
    pub service: String,
    pub refusal: Refusal,
}
