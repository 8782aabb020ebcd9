//! One ESC/POS command, cut out of a stream of bytes. Knows lengths and meanings, keeps no state.

use std::fmt;

use super::QrLevel;

const LF: u8 = 0x0a;
const CR: u8 = 0x0d;
const DLE: u8 = 0x10;
const EOT: u8 = 0x04;
const ESC: u8 = 0x1b;
const FS: u8 = 0x1c;
const GS: u8 = 0x1d;
/// The first byte that is printed.
const BLANK: u8 = 0x20;

/// What the next bytes ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command<'a> {
    Initialise,
    /// Bytes in the current code page.
    Text(&'a [u8]),
    LineFeed,
    FeedLines(u8),
    FeedDots(u8),
    /// None: back to the printer's own.
    LineSpacing(Option<u8>),
    CodePage(u8),
    Bold(bool),
    Underline(bool),
    Reverse(bool),
    Font(u8),
    /// Bits: 0 font B, 3 bold, 4 double height, 5 double width, 7 underlined.
    PrintMode(u8),
    /// Width less one in the upper four bits, height less one in the lower.
    Size(u8),
    Align(u8),
    Raster {
        /// Bit 0 doubles the width, bit 1 the height.
        mode: u8,
        width_bytes: u32,
        height: u32,
        bits: &'a [u8],
    },
    Qr(QrCommand<'a>),
    /// Feeds to the knife first where it is asked to; cuts in either case.
    Cut {
        feed_dots: u8,
    },
    /// `DLE EOT n` and `GS r n`: the printer is asked how it is.
    Status(u8),
    /// Something that moves no paper and leaves no mark.
    Setting,
}

/// The parts of a QR code, which come one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrCommand<'a> {
    Model,
    ModuleDots(u8),
    Level(QrLevel),
    Content(&'a [u8]),
    Print,
}

/// What the beginning of some bytes is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed<'a> {
    /// A command and its length in bytes.
    Whole(Command<'a>, usize),
    /// The beginning of a command: more has to come.
    CutOff,
    /// No command of this printer.
    Unknown(String),
}

/// Bytes that a printer would not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Offset of the command in the ticket.
    pub at: usize,
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} of the ticket: {}", self.at, self.reason)
    }
}

impl std::error::Error for Unreadable {}

impl<'a> Command<'a> {
    /// Reads the first command of `bytes`. Text is taken up to the next control character.
    pub fn parse(bytes: &'a [u8]) -> Parsed<'a> {
        match *bytes {
            [] | [ESC | GS | FS | DLE] => Parsed::CutOff,
            [LF, ..] => Parsed::Whole(Self::LineFeed, 1),
            [CR, ..] => Parsed::Whole(Self::Setting, 1),
            [DLE, EOT, ref rest @ ..] => one(rest, 2, Self::Status),
            [ESC, ref rest @ ..] => escape(rest),
            [GS, ref rest @ ..] => group(rest),
            // FS . and FS &: Kanji off and on.
            [FS, b'.' | b'&', ..] => Parsed::Whole(Self::Setting, 2),
            [first, ..] if first >= BLANK => {
                let end = bytes
                    .iter()
                    .position(|byte| *byte < BLANK)
                    .unwrap_or(bytes.len());
                Parsed::Whole(Self::Text(&bytes[..end]), end)
            }
            [first, ..] => Parsed::Unknown(format!("control character {first:#04x}")),
        }
    }
}

/// Commands after `ESC`.
fn escape(rest: &[u8]) -> Parsed<'_> {
    let Some((&letter, arguments)) = rest.split_first() else {
        return Parsed::CutOff;
    };
    match letter {
        b'@' => Parsed::Whole(Command::Initialise, 2),
        b'2' => Parsed::Whole(Command::LineSpacing(None), 2),
        b'3' => one(arguments, 2, |dots| Command::LineSpacing(Some(dots))),
        b'!' => one(arguments, 2, Command::PrintMode),
        b'-' => one(arguments, 2, |n| Command::Underline(n & 0x0f != 0)),
        b'E' | b'G' => one(arguments, 2, |n| Command::Bold(n & 1 == 1)),
        b'J' => one(arguments, 2, Command::FeedDots),
        b'M' => one(arguments, 2, |n| Command::Font(n & 0x0f)),
        b'a' => one(arguments, 2, |n| Command::Align(n & 0x0f)),
        b'd' => one(arguments, 2, Command::FeedLines),
        b't' => one(arguments, 2, Command::CodePage),
        // National letters, upside-down and turned print switched off, sheet and panel keys.
        b'R' | b'{' | b'V' | b'S' => settings(arguments, 1),
        b'c' => settings(arguments, 2),
        b'p' => settings(arguments, 3),
        _ => Parsed::Unknown(format!("ESC {}", name(letter))),
    }
}

/// Commands after `GS`.
fn group(rest: &[u8]) -> Parsed<'_> {
    let Some((&letter, arguments)) = rest.split_first() else {
        return Parsed::CutOff;
    };
    match letter {
        b'!' => one(arguments, 2, Command::Size),
        b'B' => one(arguments, 2, |n| Command::Reverse(n & 1 == 1)),
        b'r' => one(arguments, 2, Command::Status),
        // Smoothing and automatic status.
        b'b' | b'a' => settings(arguments, 1),
        // Margin, print width, motion units.
        b'L' | b'W' | b'P' => settings(arguments, 2),
        b'V' => cut(arguments),
        b'v' => raster(arguments),
        b'(' => function(arguments),
        _ => Parsed::Unknown(format!("GS {}", name(letter))),
    }
}

/// `GS V m [n]`.
fn cut(arguments: &[u8]) -> Parsed<'_> {
    match *arguments {
        [] | [b'A' | b'B'] => Parsed::CutOff,
        [0 | 1 | b'0' | b'1', ..] => Parsed::Whole(Command::Cut { feed_dots: 0 }, 3),
        [b'A' | b'B', feed_dots, ..] => Parsed::Whole(Command::Cut { feed_dots }, 4),
        [m, ..] => Parsed::Unknown(format!("GS V {m}")),
    }
}

/// `GS v 0 m xL xH yL yH` and its bits.
fn raster(arguments: &[u8]) -> Parsed<'_> {
    let [b'0', mode, x_low, x_high, y_low, y_high, ref bits @ ..] = *arguments else {
        return match *arguments {
            [kind, ..] if kind != b'0' => Parsed::Unknown(format!("GS v {}", name(kind))),
            _ => Parsed::CutOff,
        };
    };
    let width_bytes = u32::from(u16::from_le_bytes([x_low, x_high]));
    let height = u32::from(u16::from_le_bytes([y_low, y_high]));
    let length = width_bytes as usize * height as usize;
    match bits.get(..length) {
        Some(bits) => {
            let command = Command::Raster {
                mode: mode & 3,
                width_bytes,
                height,
                bits,
            };
            Parsed::Whole(command, 8 + length)
        }
        None => Parsed::CutOff,
    }
}

/// `GS ( letter pL pH …`: the only family that tells its own length.
fn function(arguments: &[u8]) -> Parsed<'_> {
    let [letter, low, high, ref rest @ ..] = *arguments else {
        return Parsed::CutOff;
    };
    let length = usize::from(u16::from_le_bytes([low, high]));
    let Some(body) = rest.get(..length) else {
        return Parsed::CutOff;
    };
    match (letter, body) {
        (b'k', [b'1', body @ ..]) => match qr(body) {
            Some(command) => Parsed::Whole(Command::Qr(command), 5 + length),
            None => Parsed::Unknown(format!("GS ( k for QR codes with {body:?}")),
        },
        _ => Parsed::Unknown(format!("GS ( {}", name(letter))),
    }
}

fn qr(body: &[u8]) -> Option<QrCommand<'_>> {
    Some(match body {
        [65, b'1' | b'2', 0] => QrCommand::Model,
        [67, dots @ 1..=16] => QrCommand::ModuleDots(*dots),
        [69, b'0'] => QrCommand::Level(QrLevel::L),
        [69, b'1'] => QrCommand::Level(QrLevel::M),
        [69, b'2'] => QrCommand::Level(QrLevel::Q),
        [69, b'3'] => QrCommand::Level(QrLevel::H),
        [80, b'0', content @ ..] => QrCommand::Content(content),
        [81, b'0'] => QrCommand::Print,
        _ => return None,
    })
}

/// A command with one argument after `before` bytes.
fn one<'a>(arguments: &[u8], before: usize, make: impl FnOnce(u8) -> Command<'a>) -> Parsed<'a> {
    match arguments {
        [] => Parsed::CutOff,
        [argument, ..] => Parsed::Whole(make(*argument), before + 1),
    }
}

/// A two-letter command with `count` arguments that leaves no mark.
fn settings(arguments: &[u8], count: usize) -> Parsed<'static> {
    if arguments.len() < count {
        Parsed::CutOff
    } else {
        Parsed::Whole(Command::Setting, 2 + count)
    }
}

fn name(letter: u8) -> String {
    if letter.is_ascii_graphic() {
        char::from(letter).to_string()
    } else {
        format!("{letter:#04x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_has_not_come_whole_waits_for_the_rest() {
        let raster = [0x1d, b'v', b'0', 0, 2, 0, 2, 0, 1, 2, 3, 4];
        for length in 1..raster.len() {
            assert_eq!(
                Command::parse(&raster[..length]),
                Parsed::CutOff,
                "{length} bytes"
            );
        }
        assert!(matches!(
            Command::parse(&raster),
            Parsed::Whole(Command::Raster { .. }, 12)
        ));
    }

    #[test]
    fn text_that_came_raw_as_utf8_beyond_a_control_character_is_not_taken_for_a_command() {
        assert_eq!(
            Command::parse(b"A012\n"),
            Parsed::Whole(Command::Text(b"A012"), 4),
        );
        assert!(matches!(Command::parse(&[0x07]), Parsed::Unknown(_)));
    }
}
