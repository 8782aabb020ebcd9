//! Breaks a document into the lines of one paper. Pure: knows columns and letters, no printer's
//! language.

use aufruf_protocol::latest::{Align, Block, PrintDocument, TextSize, Weight};

use crate::alphabet::CodePage;
use crate::spelling::spell;

/// The largest factor that `GS !` knows.
const LARGEST: usize = 8;
/// LIMIT: with the modules that the encoder chooses, more than this is wider than 58 mm of paper.
const QR_BYTES: usize = 500;

/// How many letters of normal size stand in one line, and which letters there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub columns: usize,
    pub pages: Vec<CodePage>,
}

/// A document as it will stand on paper, and what was lost on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub pieces: Vec<Piece>,
    /// Letters that became `?`.
    pub lost_letters: u32,
    /// Lines of which nothing could be read and that were left out.
    pub lost_lines: u32,
    /// QR codes that were left out: too long, or not plain ASCII.
    pub lost_codes: u32,
}

/// One thing after the other, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Line(Line),
    Feed(u8),
    Qr(String),
    Cut,
}

/// One line, short enough for the paper and with letters of its page only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub page: CodePage,
    pub size: Size,
    pub weight: Weight,
    pub align: Align,
}

/// Factors of width and height, 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u8,
    pub height: u8,
}

impl Size {
    pub const NORMAL: Self = Self {
        width: 1,
        height: 1,
    };
}

/// Lays the document out.
pub fn lay_out(document: &PrintDocument, paper: &Paper) -> Sheet {
    let mut sheet = Sheet::default();
    for block in &document.blocks {
        sheet.add(block, paper);
    }
    sheet
}

impl Sheet {
    fn add(&mut self, block: &Block, paper: &Paper) {
        match block {
            Block::Text { text, .. } => {
                for line in text.lines() {
                    self.add_text(line, block, paper);
                }
            }
            Block::Rule => self.add_rule(paper),
            Block::Feed { lines } => self.pieces.push(Piece::Feed(*lines)),
            Block::Qr { content } => self.add_code(content),
            Block::Cut => self.pieces.push(Piece::Cut),
            Block::Unknown => {}
        }
    }

    fn add_text(&mut self, text: &str, block: &Block, paper: &Paper) {
        let Block::Text {
            size,
            weight,
            align,
            ..
        } = block
        else {
            return;
        };
        let spelled = spell(text, &paper.pages);
        if spelled.text.trim().is_empty() {
            return;
        }
        if spelled.lost > 0 && spelled.readable == 0 {
            self.lost_lines += 1;
            return;
        }
        self.lost_letters += spelled.lost;
        let size = factors(*size, &spelled.text, paper.columns);
        for text in wrap(&spelled.text, paper.columns / usize::from(size.width)) {
            self.pieces.push(Piece::Line(Line {
                text,
                page: spelled.page,
                size,
                weight: *weight,
                align: *align,
            }));
        }
    }

    fn add_rule(&mut self, paper: &Paper) {
        let spelled = spell(&"─".repeat(paper.columns), &paper.pages);
        self.pieces.push(Piece::Line(Line {
            text: spelled.text,
            page: spelled.page,
            size: Size::NORMAL,
            weight: Weight::Regular,
            align: Align::Start,
        }));
    }

    fn add_code(&mut self, content: &str) {
        let printable = !content.is_empty() && content.bytes().all(|byte| byte.is_ascii_graphic());
        if printable && content.len() <= QR_BYTES {
            self.pieces.push(Piece::Qr(content.to_owned()));
        } else {
            self.lost_codes += 1;
        }
    }
}

/// The factors for a text: a number fills the paper, a long word is made higher instead of wider.
fn factors(size: TextSize, text: &str, columns: usize) -> Size {
    match size {
        TextSize::Normal | TextSize::Unknown => Size::NORMAL,
        TextSize::Large => {
            let fits = longest_word(text) * 2 <= columns;
            Size {
                width: if fits { 2 } else { 1 },
                height: 2,
            }
        }
        TextSize::Number => {
            let letters = text.trim().chars().count().max(1);
            let factor = (columns / letters).clamp(1, LARGEST);
            let factor = u8::try_from(factor).expect("not above the largest factor");
            Size {
                width: factor,
                height: factor,
            }
        }
    }
}

fn longest_word(text: &str) -> usize {
    let words = text.split(' ').map(|word| word.chars().count());
    words.max().unwrap_or(0)
}

/// Fills lines of at most `columns` letters with whole words; only a word longer than a line is broken.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let letters: Vec<char> = word.chars().collect();
        for (nth, part) in letters.chunks(columns).enumerate() {
            let gap = usize::from(used > 0 && nth == 0);
            if used > 0 && (nth > 0 || used + gap + part.len() > columns) {
                lines.push(String::new());
                used = 0;
            }
            let line = lines.last_mut().expect("there is always a line");
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.extend(part);
            used += part.len();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet::USUAL_PAGES;

    fn paper(columns: usize) -> Paper {
        Paper {
            columns,
            pages: USUAL_PAGES.to_vec(),
        }
    }

    fn text(text: &str, size: TextSize) -> Block {
        Block::Text {
            text: text.to_owned(),
            size,
            weight: Weight::Regular,
            align: Align::Start,
        }
    }

    fn sheet(blocks: Vec<Block>, columns: usize) -> Sheet {
        let language = "de".to_owned();
        lay_out(&PrintDocument { language, blocks }, &paper(columns))
    }

    fn lines(sheet: &Sheet) -> Vec<(&str, u8, u8)> {
        let lines = sheet.pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some((&*line.text, line.size.width, line.size.height)),
            _ => None,
        });
        lines.collect()
    }

    #[test]
    fn the_number_is_as_large_as_the_paper_lets_it() {
        for (number, columns, factor) in [
            ("A012", 48, 8),
            ("A012", 32, 8),
            ("AB1234", 48, 8),
            ("AB1234", 32, 5),
            ("A very long number", 32, 1),
        ] {
            let sheet = sheet(vec![text(number, TextSize::Number)], columns);
            assert_eq!(lines(&sheet), [(number, factor, factor)]);
        }
    }

    #[test]
    fn text_is_broken_between_words_and_a_word_longer_than_the_paper_within() {
        let block = text("Bitte warten, bis Ihre Nummer erscheint.", TextSize::Normal);
        let expected = [
            ("Bitte warten, bis", 1, 1),
            ("Ihre Nummer", 1, 1),
            ("erscheint.", 1, 1),
        ];
        assert_eq!(lines(&sheet(vec![block], 18)), expected);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("abc def", 3), ["abc", "def"]);
    }

    #[test]
    fn a_large_word_too_wide_for_the_paper_is_only_made_higher() {
        let long = text("Personalausweisangelegenheiten", TextSize::Large);
        let expected = [("Personalausweisangelegenheiten", 1, 2)];
        assert_eq!(lines(&sheet(vec![long], 48)), expected);
        let short = text("Platz 4", TextSize::Large);
        assert_eq!(lines(&sheet(vec![short], 48)), [("Platz 4", 2, 2)]);
    }

    #[test]
    fn a_line_in_a_script_without_a_page_is_left_out_and_a_mixed_one_is_marked() {
        let blocks = vec![
            text("يرجى الانتظار", TextSize::Normal),
            text("Platz هنا", TextSize::Normal),
        ];
        let sheet = sheet(blocks, 48);
        assert_eq!(lines(&sheet), [("Platz ???", 1, 1)]);
        assert_eq!((sheet.lost_lines, sheet.lost_letters), (1, 3));
    }

    #[test]
    fn a_code_that_cannot_be_printed_is_left_out() {
        let code = |content: &str| Block::Qr {
            content: content.to_owned(),
        };
        let sheet = sheet(
            vec![
                code("https://o.test/t/1"),
                code("é"),
                code(""),
                code(&"x".repeat(501)),
            ],
            48,
        );
        assert_eq!(sheet.pieces, [Piece::Qr("https://o.test/t/1".to_owned())]);
        assert_eq!(sheet.lost_codes, 3);
    }

    #[test]
    fn a_rule_fills_the_paper_and_blank_text_takes_no_line() {
        let blocks = vec![
            Block::Rule,
            text(" \n\n\u{1b}", TextSize::Normal),
            Block::Unknown,
        ];
        let sheet = sheet(blocks, 32);
        assert_eq!(lines(&sheet), [(&*"─".repeat(32), 1, 1)]);
    }
}
