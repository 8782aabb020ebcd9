//! Draws a paper as it would come out: letters in the printer's cells, pictures and codes dot by dot.

use std::io::{self, Write};
use std::path::Path;

use ab_glyph::{Font as _, FontVec, PxScale, ScaleFont as _, point};
use qrcode::{Color, EcLevel, QrCode};

use super::canvas::Canvas;
use super::{Line, Paper, Qr, QrLevel, Raster, Span, Strip, WIDTH_DOTS};

/// White paper above and below what is printed, in dots.
const MARGIN: u32 = 24;

/// The letters that stand in for the printer's built-in ones.
#[derive(Debug)]
pub struct Typeface {
    regular: FontVec,
    bold: FontVec,
}

/// Why a paper could not be drawn.
#[derive(Debug)]
pub enum DrawError {
    Font(String),
    Qr(String),
    Png(png::EncodingError),
}

impl std::fmt::Display for DrawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Font(what) => write!(f, "the typeface cannot be read: {what}"),
            Self::Qr(what) => write!(f, "the QR code cannot be drawn: {what}"),
            Self::Png(_) => f.write_str("the picture cannot be written"),
        }
    }
}

impl std::error::Error for DrawError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Png(source) => Some(source),
            Self::Font(_) | Self::Qr(_) => None,
        }
    }
}

impl Typeface {
    /// Reads the two weights that a receipt printer has.
    pub fn load(regular: &Path, bold: &Path) -> Result<Self, DrawError> {
        Ok(Self {
            regular: read_font(regular)?,
            bold: read_font(bold)?,
        })
    }
}

fn read_font(path: &Path) -> Result<FontVec, DrawError> {
    let unreadable = |what: String| DrawError::Font(format!("{}: {what}", path.display()));
    let bytes = std::fs::read(path).map_err(|err: io::Error| unreadable(err.to_string()))?;
    FontVec::try_from_vec(bytes).map_err(|err| unreadable(err.to_string()))
}

impl Paper {
    /// Writes the paper as a PNG, one pixel a dot.
    pub fn write_png(&self, typeface: &Typeface, out: impl Write) -> Result<(), DrawError> {
        let canvas = self.draw(typeface)?;
        let mut encoder = png::Encoder::new(out, WIDTH_DOTS, canvas.height());
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(DrawError::Png)?;
        writer
            .write_image_data(canvas.dots())
            .map_err(DrawError::Png)?;
        writer.finish().map_err(DrawError::Png)
    }

    fn draw(&self, typeface: &Typeface) -> Result<Canvas, DrawError> {
        let codes = self.codes()?;
        let mut codes_left = codes.iter();
        let mut canvas = Canvas::new(self.height(&codes) + 2 * MARGIN);
        let mut y = MARGIN;
        for strip in &self.strips {
            y += match strip {
                Strip::Line(line) => draw_line(&mut canvas, typeface, line, y),
                Strip::Feed { dots } => *dots,
                Strip::Raster(raster) => draw_raster(&mut canvas, raster, y),
                Strip::Qr(qr) => {
                    let code = codes_left
                        .next()
                        .expect("a code was made for each QR strip");
                    draw_qr(&mut canvas, qr, code, y)
                }
            };
        }
        Ok(canvas)
    }

    fn codes(&self) -> Result<Vec<QrCode>, DrawError> {
        self.strips
            .iter()
            .filter_map(|strip| match strip {
                Strip::Qr(qr) => Some(qr),
                Strip::Line(_) | Strip::Feed { .. } | Strip::Raster(_) => None,
            })
            .map(|qr| {
                QrCode::with_error_correction_level(&qr.content, level(qr.level))
                    .map_err(|err| DrawError::Qr(err.to_string()))
            })
            .collect()
    }

    fn height(&self, codes: &[QrCode]) -> u32 {
        let mut codes = codes.iter();
        self.strips
            .iter()
            .map(|strip| match strip {
                Strip::Line(line) => line.advance(),
                Strip::Feed { dots } => *dots,
                Strip::Raster(raster) => raster.height,
                Strip::Qr(qr) => codes.next().map_or(0, |code| side(qr, code)),
            })
            .sum()
    }
}

impl Line {
    fn advance(&self) -> u32 {
        self.spacing_dots.max(self.height_dots())
    }
}

fn level(level: QrLevel) -> EcLevel {
    match level {
        QrLevel::L => EcLevel::L,
        QrLevel::M => EcLevel::M,
        QrLevel::Q => EcLevel::Q,
        QrLevel::H => EcLevel::H,
    }
}

fn draw_line(canvas: &mut Canvas, typeface: &Typeface, line: &Line, y: u32) -> u32 {
    let foot = y + line.height_dots();
    let mut x = line.align.offset(line.width_dots());
    for span in &line.spans {
        x = draw_span(canvas, typeface, span, x, foot);
    }
    line.advance()
}

fn draw_span(canvas: &mut Canvas, typeface: &Typeface, span: &Span, left: u32, foot: u32) -> u32 {
    let (width, height) = (span.style.cell_width(), span.style.cell_height());
    let letters = if span.style.bold {
        &typeface.bold
    } else {
        &typeface.regular
    };
    let top = foot - height;
    let mut x = left;
    for letter in span.text.chars() {
        draw_letter(
            canvas,
            letters,
            letter,
            Cell {
                x,
                top,
                width,
                height,
            },
        );
        x += width;
    }
    if span.style.underlined {
        canvas.fill(left, foot.saturating_sub(2), x - left, 2);
    }
    if span.style.reversed {
        canvas.reverse(left, top, x - left, height);
    }
    x
}

/// Where one letter goes.
#[derive(Debug, Clone, Copy)]
struct Cell {
    x: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// The horizontal lines of the code pages, which a printer joins from cell to cell.
const THIN_RULE: char = '─';
const DOUBLE_RULE: char = '═';

/// Draws a rule where the letter is a piece of one; says whether it was.
fn draw_rule(canvas: &mut Canvas, letter: char, cell: Cell) -> bool {
    let thickness = (cell.height / 12).max(1);
    let middle = cell.top + cell.height / 2;
    match letter {
        THIN_RULE => canvas.fill(cell.x, middle - thickness / 2, cell.width, thickness),
        DOUBLE_RULE => {
            canvas.fill(cell.x, middle - 2 * thickness, cell.width, thickness);
            canvas.fill(cell.x, middle + thickness, cell.width, thickness);
        }
        _ => return false,
    }
    true
}

/// Draws a letter in the middle of its cell, narrowed where the typeface's letter is wider.
fn draw_letter(canvas: &mut Canvas, font: &FontVec, letter: char, cell: Cell) {
    if draw_rule(canvas, letter, cell) {
        return;
    }
    let (width, height) = (dots(cell.width), dots(cell.height));
    let natural = font.as_scaled(PxScale::from(height));
    let glyph = natural.glyph_id(letter);
    // A double-wide letter is the normal one stretched, as a printer's head does it.
    let stretch = width / (height / 2.0);
    let advance = natural.h_advance(glyph) * stretch;
    let squeeze = if advance > width {
        width / advance
    } else {
        1.0
    };
    let scale = PxScale {
        x: height * stretch * squeeze,
        y: height,
    };
    let left = dots(cell.x) + (width - advance * squeeze) / 2.0;
    let baseline = dots(cell.top) + natural.ascent();
    let placed = glyph.with_scale_and_position(scale, point(left, baseline));
    if let Some(outline) = font.outline_glyph(placed) {
        let bounds = outline.px_bounds();
        outline.draw(|x, y, ink| {
            canvas.ink(whole(bounds.min.x) + x, whole(bounds.min.y) + y, ink);
        });
    }
}

fn draw_raster(canvas: &mut Canvas, raster: &Raster, y: u32) -> u32 {
    let left = raster.align.offset(raster.width_bytes * 8);
    for (index, byte) in (0..).zip(&raster.bits) {
        let (row, column) = (index / raster.width_bytes, index % raster.width_bytes * 8);
        for bit in 0..8 {
            if byte & (0x80 >> bit) != 0 {
                canvas.ink(left + column + bit, y + row, 1.0);
            }
        }
    }
    raster.height
}

fn draw_qr(canvas: &mut Canvas, qr: &Qr, code: &QrCode, y: u32) -> u32 {
    let module = u32::from(qr.module_dots);
    let modules = u32::try_from(code.width()).expect("a QR code has 177 modules at most");
    let left = qr.align.offset(side(qr, code));
    for (index, colour) in (0..).zip(code.to_colors()) {
        if colour == Color::Dark {
            let (row, column) = (index / modules, index % modules);
            canvas.fill(left + column * module, y + row * module, module, module);
        }
    }
    side(qr, code)
}

fn side(qr: &Qr, code: &QrCode) -> u32 {
    let modules = u32::try_from(code.width()).expect("a QR code has 177 modules at most");
    u32::from(qr.module_dots) * modules
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a paper has far fewer than 2^24 dots a side"
)]
fn dots(count: u32) -> f32 {
    count as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates: what begins left of the paper begins at its edge"
)]
fn whole(position: f32) -> u32 {
    position as u32
}
