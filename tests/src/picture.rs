//! A picture of a screen: compared, searched for fields of one colour, written as PNG.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context as _;

/// Red, green, blue.
pub type Colour = [u8; 3];

/// Pixels, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pixels: Vec<Colour>,
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i16,
    pub y: i16,
    pub width: u16,
    pub height: u16,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

impl Picture {
    /// Takes an X server's pixels: four bytes each, blue first.
    pub(crate) fn from_bgrx(width: u32, height: u32, bytes: &[u8]) -> Self {
        let pixels = bytes
            .chunks_exact(4)
            .map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect();
        Self {
            width,
            height,
            pixels,
        }
    }

    /// How many of 1,000 pixels are not the same in `other`; 1,000 if the sizes differ.
    pub fn differs_by_permille(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) || self.pixels.is_empty() {
            return 1_000;
        }
        let different = self
            .pixels
            .iter()
            .zip(&other.pixels)
            .filter(|(a, b)| a != b)
            .count();
        different * 1_000 / self.pixels.len()
    }

    /// Whether anything is drawn at all: some pixel differs from the first.
    pub fn shows_something(&self) -> bool {
        self.pixels
            .first()
            .is_some_and(|first| self.pixels.iter().any(|pixel| pixel != first))
    }

    /// The colour in the upper left corner, where only the background is.
    pub fn background(&self) -> Option<Colour> {
        self.pixels.first().copied()
    }

    /// The middle of the topmost field of `colour` that is `width` wide and `height` high at least.
    pub fn field_of(&self, colour: Colour, width: u32, height: u32) -> Option<(u32, u32)> {
        let mut tall: Option<(u32, (u32, u32))> = None;
        for y in 0..self.height {
            let run = self.run_in_row(y, colour, width);
            tall = match (tall, run) {
                (Some((top, held)), Some(run)) if run == held => Some((top, held)),
                (_, Some(run)) => Some((y, run)),
                (_, None) => None,
            };
            if let Some((top, (left, length))) = tall
                && y + 1 - top >= height
            {
                return Some((left + length / 2, top + height / 2));
            }
        }
        None
    }

    /// The first run of `colour` in a row that is `width` long at least: its start and length.
    fn run_in_row(&self, y: u32, colour: Colour, width: u32) -> Option<(u32, u32)> {
        let start = y as usize * self.width as usize;
        let row = &self.pixels[start..start + self.width as usize];
        let mut length = 0;
        for (x, pixel) in (0_u32..).zip(row) {
            if *pixel == colour {
                length += 1;
            } else if length >= width {
                return Some((x - length, length));
            } else {
                length = 0;
            }
        }
        (length >= width).then_some((self.width - length, length))
    }

    /// Writes it as PNG.
    pub fn write_png(&self, path: &Path) -> anyhow::Result<()> {
        let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
        let mut encoder = png::Encoder::new(BufWriter::new(file), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.pixels.as_flattened())?;
        writer
            .finish()
            .with_context(|| format!("writing {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: [&str; 4]) -> Picture {
        let pixels = rows
            .iter()
            .flat_map(|row| row.bytes())
            .map(|byte| if byte == b'#' { [255; 3] } else { [0; 3] })
            .collect();
        Picture {
            width: 6,
            height: 4,
            pixels,
        }
    }

    #[test]
    fn the_topmost_field_that_is_large_enough_is_found() {
        let picture = drawn(["###...", "......", "..####", "..####"]);
        assert_eq!(picture.field_of([255; 3], 4, 2), Some((4, 3)));
        assert_eq!(picture.field_of([255; 3], 5, 1), None);
    }

    #[test]
    fn two_pictures_differ_by_the_pixels_that_changed() {
        let before = drawn(["......", "......", "......", "......"]);
        let after = drawn(["######", "......", "......", "......"]);
        assert_eq!(before.differs_by_permille(&after), 250);
        assert!(!before.shows_something());
        assert!(after.shows_something());
    }
}
