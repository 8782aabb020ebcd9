//! A receipt printer's paper, read back from the bytes that would have moved its head.
//!
//! ```text
//! bytes ──command──▶ Command ──head──▶ Paper ──draw──▶ PNG
//! ```
//!
//! Written against the ESC/POS command reference alone and sharing no code with the print agent, so
//! that a mistake there cannot hide behind the same mistake here. What it does not know is an error:
//! a real printer would print it as letters.

mod canvas;
mod code_page;
mod command;
mod draw;
mod head;

use std::fmt::Write as _;

pub use self::code_page::CodePage;
pub use self::command::{Command, Parsed, QrCommand, Unreadable};
pub use self::draw::{DrawError, Typeface};
pub use self::head::Head;

/// Dots across 80 mm paper at 203 dpi.
pub const WIDTH_DOTS: u32 = 576;

/// One piece of paper, from its first dot to its cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// From top to bottom.
    pub strips: Vec<Strip>,
    /// Whether it was cut off: until then it hangs in the printer.
    pub cut: bool,
}

/// One thing that moved the paper forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strip {
    Line(Line),
    Feed { dots: u32 },
    Raster(Raster),
    Qr(Qr),
}

/// Text on one line, in one or more styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub align: Align,
    pub spans: Vec<Span>,
    /// How far the paper moves from this line to the next.
    pub spacing_dots: u32,
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub style: Style,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Times the normal width, 1 to 8.
    pub width: u8,
    /// Times the normal height, 1 to 8.
    pub height: u8,
    pub bold: bool,
    pub underlined: bool,
    /// White on black.
    pub reversed: bool,
    pub font: Font,
}

/// The printer's built-in typefaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// 12 x 24 dots.
    A,
    /// 9 x 17 dots.
    B,
}

/// Where a line stands between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// A picture, one bit a dot, rows of whole bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    pub align: Align,
    pub width_bytes: u32,
    pub height: u32,
    pub bits: Vec<u8>,
}

/// A QR code, which the printer draws itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    pub align: Align,
    pub content: String,
    /// Side of one module in dots.
    pub module_dots: u8,
    pub level: QrLevel,
}

/// How much of a QR code may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrLevel {
    L,
    M,
    Q,
    H,
}

impl Paper {
    /// Reads one ticket's bytes.
    ///
    /// # Errors
    /// An unknown or cut-off command, with the offset where it begins.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut head = Head::default();
        let mut at = 0;
        while at < bytes.len() {
            match Command::parse(&bytes[at..]) {
                Parsed::Whole(command, length) => {
                    head.obey(&command)
                        .map_err(|reason| Unreadable { at, reason })?;
                    at += length;
                }
                Parsed::CutOff => {
                    return Err(Unreadable {
                        at,
                        reason: "the command is cut off".to_owned(),
                    });
                }
                Parsed::Unknown(reason) => return Err(Unreadable { at, reason }),
            }
        }
        Ok(head.into_paper())
    }

    /// The text, a line each, without the blanks at its ends.
    pub fn lines(&self) -> Vec<String> {
        self.strips
            .iter()
            .filter_map(|strip| match strip {
                Strip::Line(line) => Some(line.text().trim().to_owned()),
                Strip::Feed { .. } | Strip::Raster(_) | Strip::Qr(_) => None,
            })
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// Whether a line reads or holds `text`.
    pub fn says(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// The line set largest: on a ticket, its number.
    pub fn largest_line(&self) -> Option<String> {
        self.strips
            .iter()
            .filter_map(|strip| match strip {
                Strip::Line(line) if !line.text().trim().is_empty() => Some(line),
                _ => None,
            })
            .max_by_key(|line| line.spans.iter().map(|span| span.style.height).max())
            .map(|line| line.text().trim().to_owned())
    }

    /// What its QR codes lead to.
    pub fn qr_contents(&self) -> Vec<&str> {
        self.strips
            .iter()
            .filter_map(|strip| match strip {
                Strip::Qr(qr) => Some(qr.content.as_str()),
                Strip::Line(_) | Strip::Feed { .. } | Strip::Raster(_) => None,
            })
            .collect()
    }

    /// The paper as a person would describe it, for failure messages.
    pub fn told(&self) -> String {
        let mut told = String::new();
        for strip in &self.strips {
            let line = match strip {
                Strip::Line(line) => format!("| {}", line.text().trim_end()),
                Strip::Feed { dots } => format!("· {dots} dots of nothing"),
                Strip::Raster(raster) => {
                    format!(
                        "# picture of {}x{} dots",
                        raster.width_bytes * 8,
                        raster.height
                    )
                }
                Strip::Qr(qr) => format!("# QR code: {}", qr.content),
            };
            writeln!(told, "{line}").expect("a string takes every line");
        }
        told.push_str(if self.cut {
            "- cut -\n"
        } else {
            "(still in the printer)\n"
        });
        told
    }
}

impl Line {
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// How wide the text is, in dots.
    pub(crate) fn width_dots(&self) -> u32 {
        self.spans
            .iter()
            .map(|span| {
                let letters = u32::try_from(span.text.chars().count()).unwrap_or(u32::MAX);
                letters.saturating_mul(span.style.cell_width())
            })
            .sum()
    }

    /// How tall its tallest letter is, in dots.
    pub(crate) fn height_dots(&self) -> u32 {
        self.spans
            .iter()
            .map(|span| span.style.cell_height())
            .max()
            .unwrap_or(0)
    }
}

impl Style {
    /// The style after `ESC @`.
    pub const PLAIN: Self = Self {
        width: 1,
        height: 1,
        bold: false,
        underlined: false,
        reversed: false,
        font: Font::A,
    };

    /// Dots from one letter to the next.
    pub(crate) fn cell_width(self) -> u32 {
        let narrow = match self.font {
            Font::A => 12,
            Font::B => 9,
        };
        narrow * u32::from(self.width)
    }

    /// Dots from the top to the foot of a letter.
    pub(crate) fn cell_height(self) -> u32 {
        let low = match self.font {
            Font::A => 24,
            Font::B => 17,
        };
        low * u32::from(self.height)
    }
}

impl Align {
    /// Where something `width` dots wide begins.
    pub(crate) fn offset(self, width: u32) -> u32 {
        let free = WIDTH_DOTS.saturating_sub(width);
        match self {
            Self::Left => 0,
            Self::Centre => free / 2,
            Self::Right => free,
        }
    }
}
