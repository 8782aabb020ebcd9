//! The printing head: obeys one command after the other and leaves a [`Paper`].
//!
//! Keeps what a printer keeps between commands (style, alignment, code page, the line that is not yet
//! fed) and breaks a line where the paper ends, as the hardware does.

use super::{
    Align, CodePage, Command, Font, Line, Paper, Qr, QrCommand, QrLevel, Raster, Span, Strip,
    Style, WIDTH_DOTS,
};

/// The line spacing after `ESC @`, in dots.
const NORMAL_SPACING: u32 = 30;

/// A printer's state between two commands.
#[derive(Debug)]
pub struct Head {
    paper: Paper,
    line: Vec<Span>,
    style: Style,
    align: Align,
    page: CodePage,
    spacing: u32,
    qr: QrDraft,
}

#[derive(Debug)]
struct QrDraft {
    content: String,
    module_dots: u8,
    level: QrLevel,
}

impl Default for QrDraft {
    fn default() -> Self {
        Self {
            content: String::new(),
            module_dots: 3,
            level: QrLevel::L,
        }
    }
}

impl Default for Head {
    fn default() -> Self {
        Self {
            paper: Paper::default(),
            line: Vec::new(),
            style: Style::PLAIN,
            align: Align::Left,
            page: CodePage::Pc437,
            spacing: NORMAL_SPACING,
            qr: QrDraft::default(),
        }
    }
}

impl Head {
    /// Does what the command says.
    ///
    /// # Errors
    /// Says what is wrong with it: a letter that the code page lacks, an argument out of range.
    pub fn obey(&mut self, command: &Command<'_>) -> Result<(), String> {
        match *command {
            Command::Initialise => self.initialise(),
            Command::Text(bytes) => self.print(bytes)?,
            Command::LineFeed => self.feed_line(),
            Command::FeedLines(lines) => self.feed_lines(lines),
            Command::FeedDots(dots) => self.feed_dots(u32::from(dots)),
            Command::LineSpacing(dots) => self.spacing = dots.map_or(NORMAL_SPACING, u32::from),
            Command::CodePage(number) => {
                self.page = CodePage::numbered(number)
                    .ok_or_else(|| format!("code page {number} is not in this printer"))?;
            }
            Command::Bold(bold) => self.style.bold = bold,
            Command::Underline(underlined) => self.style.underlined = underlined,
            Command::Reverse(reversed) => self.style.reversed = reversed,
            Command::Font(number) => self.style.font = font(number),
            Command::PrintMode(bits) => self.take_mode(bits),
            Command::Size(size) => self.take_size(size)?,
            Command::Align(number) => self.align = align(number)?,
            Command::Raster {
                mode,
                width_bytes,
                height,
                bits,
            } => {
                self.raster(mode, width_bytes, height, bits)?;
            }
            Command::Qr(part) => self.take_qr(part)?,
            Command::Cut { feed_dots } => {
                self.feed_dots(u32::from(feed_dots));
                self.paper.cut = true;
            }
            Command::Status(_) | Command::Setting => {}
        }
        Ok(())
    }

    /// The paper as it is now; what was not fed stays out of it.
    pub fn into_paper(self) -> Paper {
        self.paper
    }

    /// A new line's worth of state; what is on the paper stays.
    fn initialise(&mut self) {
        let paper = std::mem::take(&mut self.paper);
        *self = Self {
            paper,
            ..Self::default()
        };
    }

    fn print(&mut self, bytes: &[u8]) -> Result<(), String> {
        for &byte in bytes {
            let letter = self
                .page
                .letter(byte)
                .ok_or_else(|| format!("{:?} has no letter for byte {byte:#04x}", self.page))?;
            if self.line_dots() + self.style.cell_width() > WIDTH_DOTS {
                self.feed_line();
            }
            match self.line.last_mut() {
                Some(span) if span.style == self.style => span.text.push(letter),
                _ => self.line.push(Span {
                    text: letter.to_string(),
                    style: self.style,
                }),
            }
        }
        Ok(())
    }

    fn line_dots(&self) -> u32 {
        self.line
            .iter()
            .map(|span| {
                let letters = u32::try_from(span.text.chars().count()).unwrap_or(u32::MAX);
                letters.saturating_mul(span.style.cell_width())
            })
            .sum()
    }

    fn feed_line(&mut self) {
        let line = Line {
            align: self.align,
            spans: std::mem::take(&mut self.line),
            spacing_dots: self.spacing,
        };
        self.paper.strips.push(Strip::Line(line));
    }

    fn feed_lines(&mut self, lines: u8) {
        if !self.line.is_empty() {
            self.feed_line();
            return self.feed_dots(u32::from(lines.saturating_sub(1)) * self.spacing);
        }
        self.feed_dots(u32::from(lines) * self.spacing);
    }

    fn feed_dots(&mut self, dots: u32) {
        if !self.line.is_empty() {
            self.feed_line();
        }
        if dots > 0 {
            self.paper.strips.push(Strip::Feed { dots });
        }
    }

    fn take_mode(&mut self, bits: u8) {
        self.style.font = font(bits & 1);
        self.style.bold = bits & 0x08 != 0;
        self.style.height = if bits & 0x10 != 0 { 2 } else { 1 };
        self.style.width = if bits & 0x20 != 0 { 2 } else { 1 };
        self.style.underlined = bits & 0x80 != 0;
    }

    fn take_size(&mut self, size: u8) -> Result<(), String> {
        let (width, height) = ((size >> 4) + 1, (size & 0x0f) + 1);
        if width > 8 || height > 8 {
            return Err(format!(
                "letters of {width} x {height} are larger than 8 x 8"
            ));
        }
        self.style.width = width;
        self.style.height = height;
        Ok(())
    }

    fn raster(
        &mut self,
        mode: u8,
        width_bytes: u32,
        height: u32,
        bits: &[u8],
    ) -> Result<(), String> {
        if mode != 0 {
            return Err(format!(
                "pictures in mode {mode} are not drawn by this printer"
            ));
        }
        if width_bytes * 8 > WIDTH_DOTS {
            return Err(format!(
                "a picture of {} dots is wider than the paper",
                width_bytes * 8
            ));
        }
        self.feed_dots(0);
        let raster = Raster {
            align: self.align,
            width_bytes,
            height,
            bits: bits.to_vec(),
        };
        self.paper.strips.push(Strip::Raster(raster));
        Ok(())
    }

    fn take_qr(&mut self, part: QrCommand<'_>) -> Result<(), String> {
        match part {
            QrCommand::Model => {}
            QrCommand::ModuleDots(dots) => self.qr.module_dots = dots,
            QrCommand::Level(level) => self.qr.level = level,
            QrCommand::Content(bytes) => {
                self.qr.content = String::from_utf8(bytes.to_vec())
                    .map_err(|_| "the QR code's content is not UTF-8".to_owned())?;
            }
            QrCommand::Print => self.print_qr()?,
        }
        Ok(())
    }

    fn print_qr(&mut self) -> Result<(), String> {
        if self.qr.content.is_empty() {
            return Err("a QR code is printed before it has a content".to_owned());
        }
        self.feed_dots(0);
        self.paper.strips.push(Strip::Qr(Qr {
            align: self.align,
            content: self.qr.content.clone(),
            module_dots: self.qr.module_dots,
            level: self.qr.level,
        }));
        Ok(())
    }
}

fn font(number: u8) -> Font {
    if number & 1 == 1 { Font::B } else { Font::A }
}

fn align(number: u8) -> Result<Align, String> {
    match number {
        0 => Ok(Align::Left),
        1 => Ok(Align::Centre),
        2 => Ok(Align::Right),
        _ => Err(format!("there is no alignment {number}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_read_back_with_its_number_largest_and_its_umlauts_by_code_page() {
        let mut bytes = b"\x1b@\x1bt\x10\x1ba\x01".to_vec();
        bytes.extend_from_slice(
            b"B\xfcrgeramt\n\x1d!\x77A012\n\x1d!\x00\x1bE\x01Ausweis\n\x1dVA\x00",
        );
        let paper = Paper::read(&bytes).expect("a plain ticket");
        assert_eq!(paper.lines(), ["Bürgeramt", "A012", "Ausweis"]);
        assert_eq!(paper.largest_line().as_deref(), Some("A012"));
        assert!(paper.cut);
    }

    #[test]
    fn a_line_breaks_where_the_paper_ends() {
        let paper = Paper::read(&[b"x".repeat(49), b"\n".to_vec()].concat()).expect("text");
        assert_eq!(paper.lines(), ["x".repeat(48), "x".to_owned()]);
    }

    #[test]
    fn letters_sent_as_utf8_are_not_read_as_the_letters_they_were_meant_to_be() {
        let paper = Paper::read("\u{1b}t\u{10}Bürger\n".as_bytes()).expect("still letters");
        assert!(!paper.says("Bürger"), "{}", paper.told());
    }

    #[test]
    fn a_qr_code_keeps_its_content() {
        let mut bytes = vec![0x1d, b'(', b'k', 9, 0, 49, 80, 48];
        bytes.extend_from_slice(b"a/t/xy");
        bytes.extend_from_slice(&[0x1d, b'(', b'k', 3, 0, 49, 81, 48]);
        let paper = Paper::read(&bytes).expect("a QR code");
        assert_eq!(paper.qr_contents(), ["a/t/xy"]);
    }
}
