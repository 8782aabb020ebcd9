//! What stands on paper, before any printer's language: blocks of text, rules, codes, a cut.

use serde::{Deserialize, Serialize};

use super::Language;

/// One ticket (or test page) as the printer gets it: the words are already in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintDocument {
    pub language: Language,
    pub blocks: Vec<Block>,
}

/// One piece of paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// One paragraph, broken into lines at the paper's width.
    Text {
        text: String,
        size: TextSize,
        weight: Weight,
        align: Align,
    },
    /// A line across the paper.
    Rule,
    /// Empty lines of normal height.
    Feed { lines: u8 },
    /// A QR code, centred.
    Qr { content: String },
    /// End of the ticket.
    Cut,
    /// A block of a later version: leave it out.
    #[serde(other)]
    Unknown,
}

wire_enum! {
    /// How large a text is set.
    TextSize {
        Normal = "normal",
        /// Twice the height and width.
        Large = "large",
        /// As large as the paper lets it: the ticket's number.
        Number = "number",
    }
    unknown:
    /// Set it in normal size.
}

wire_enum! {
    Weight {
        Regular = "regular",
        Bold = "bold",
    }
    unknown:
    /// Set it regular.
}

wire_enum! {
    Align {
        Start = "start",
        Centre = "centre",
    }
    unknown:
    /// Set it at the start of the line.
}
