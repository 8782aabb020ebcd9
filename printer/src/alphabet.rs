//! The code pages of receipt printers: which byte prints which letter. Pure.
//!
//! The tables are our own: those of the `escpos` crate give ASCII letters such as `-` and `.` high
//! bytes in some pages and swap others, and it sends what it does not find as UTF-8.

mod tables;

use encoding_rs::{
    Encoding, IBM866, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1257,
};
use serde::Deserialize;

/// One table of 128 letters beside ASCII. The names are the printer makers'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum CodePage {
    /// On every printer. Western European, a little Greek.
    Pc437,
    /// Western European.
    Pc850,
    /// Central European.
    Pc852,
    /// Turkish.
    Pc857,
    /// Western European with the euro.
    Pc858,
    /// Cyrillic.
    Pc866,
    /// Central European, Windows.
    Wpc1250,
    /// Cyrillic with Ukrainian, Windows.
    Wpc1251,
    /// Western European with typographic quotes, Windows.
    Wpc1252,
    /// Greek, Windows.
    Wpc1253,
    /// Turkish, Windows.
    Wpc1254,
    /// Baltic, Windows.
    Wpc1257,
}

/// What most printers know, the most common first.
pub const USUAL_PAGES: [CodePage; 8] = [
    CodePage::Pc437,
    CodePage::Pc858,
    CodePage::Pc857,
    CodePage::Pc852,
    CodePage::Wpc1252,
    CodePage::Pc866,
    CodePage::Wpc1251,
    CodePage::Wpc1253,
];

impl CodePage {
    /// The byte that prints `letter`; none where the page does not have it. Never a control byte.
    pub fn byte_of(self, letter: char) -> Option<u8> {
        if letter.is_ascii() {
            return u8::try_from(letter)
                .ok()
                .filter(|byte| (0x20..0x7f).contains(byte));
        }
        if letter.is_control() || letter == tables::NONE {
            return None;
        }
        match self.table() {
            Table::Own(letters) => letters
                .chars()
                .zip(0x80..=0xff)
                .find_map(|(held, byte)| (held == letter).then_some(byte)),
            Table::Windows(encoding) => windows_byte(encoding, letter),
        }
    }

    pub fn has(self, letter: char) -> bool {
        self.byte_of(letter).is_some()
    }

    fn table(self) -> Table {
        match self {
            Self::Pc437 => Table::Own(tables::PC437),
            Self::Pc850 => Table::Own(tables::PC850),
            Self::Pc852 => Table::Own(tables::PC852),
            Self::Pc857 => Table::Own(tables::PC857),
            Self::Pc858 => Table::Own(tables::PC858),
            Self::Pc866 => Table::Windows(IBM866),
            Self::Wpc1250 => Table::Windows(WINDOWS_1250),
            Self::Wpc1251 => Table::Windows(WINDOWS_1251),
            Self::Wpc1252 => Table::Windows(WINDOWS_1252),
            Self::Wpc1253 => Table::Windows(WINDOWS_1253),
            Self::Wpc1254 => Table::Windows(WINDOWS_1254),
            Self::Wpc1257 => Table::Windows(WINDOWS_1257),
        }
    }
}

enum Table {
    Own(&'static str),
    Windows(&'static Encoding),
}

fn windows_byte(encoding: &'static Encoding, letter: char) -> Option<u8> {
    let mut utf8 = [0; 4];
    let (bytes, _, lost) = encoding.encode(letter.encode_utf8(&mut utf8));
    match *bytes {
        [byte] if !lost => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_bytes_that_printers_document() {
        let documented = [
            (CodePage::Pc437, 'ß', 0xe1),
            (CodePage::Pc850, 'Ã', 0xc7),
            (CodePage::Pc852, 'ł', 0x88),
            (CodePage::Pc857, 'ğ', 0xa7),
            (CodePage::Pc857, 'ı', 0x8d),
            (CodePage::Pc858, '€', 0xd5),
            (CodePage::Pc858, 'Ô', 0xe2),
            (CodePage::Pc866, 'я', 0xef),
            (CodePage::Wpc1250, 'ş', 0xba),
            (CodePage::Wpc1251, 'ї', 0xbf),
            (CodePage::Wpc1252, '„', 0x84),
            (CodePage::Wpc1253, 'ω', 0xf9),
            (CodePage::Wpc1254, 'İ', 0xdd),
            (CodePage::Wpc1257, 'ž', 0xfe),
        ];
        for (page, letter, byte) in documented {
            assert_eq!(page.byte_of(letter), Some(byte), "{letter} in {page:?}");
        }
    }

    #[test]
    fn ascii_is_itself_in_every_page_and_control_characters_are_in_none() {
        for page in USUAL_PAGES {
            for byte in 0x20..0x7f_u8 {
                assert_eq!(page.byte_of(char::from(byte)), Some(byte), "{page:?}");
            }
            for control in ('\0'..' ').chain('\u{7f}'..'\u{a0}') {
                assert_eq!(page.byte_of(control), None, "{control:?} in {page:?}");
            }
        }
    }

    #[test]
    fn a_page_has_128_places_and_no_letter_that_it_does_not_have() {
        for page in [
            tables::PC437,
            tables::PC850,
            tables::PC852,
            tables::PC857,
            tables::PC858,
        ] {
            assert_eq!(page.chars().count(), 128);
        }
        assert!(!CodePage::Pc437.has('ş'));
        assert!(!CodePage::Wpc1252.has('ж'));
        assert!(!CodePage::Pc857.has('\u{fffd}'));
    }
}
