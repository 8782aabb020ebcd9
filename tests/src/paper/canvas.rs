//! Dots on paper: one byte a dot, 0 black, 255 white, growing downwards.

use super::WIDTH_DOTS;

/// White paper to draw on.
#[derive(Debug)]
pub(super) struct Canvas {
    height: u32,
    dots: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(height: u32) -> Self {
        Self {
            height,
            dots: vec![255; WIDTH_DOTS as usize * height as usize],
        }
    }

    pub(super) fn height(&self) -> u32 {
        self.height
    }

    pub(super) fn dots(&self) -> &[u8] {
        &self.dots
    }

    /// Darkens one dot by `ink` (0 to 1); outside the paper nothing happens.
    pub(super) fn ink(&mut self, x: u32, y: u32, ink: f32) {
        if let Some(dot) = self.dot(x, y) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to 0..=255"
            )]
            let darkened = (f32::from(*dot) * (1.0 - ink)).clamp(0.0, 255.0) as u8;
            *dot = darkened;
        }
    }

    /// Blackens a rectangle.
    pub(super) fn fill(&mut self, x: u32, y: u32, width: u32, height: u32) {
        for row in y..y + height {
            for column in x..x + width {
                self.ink(column, row, 1.0);
            }
        }
    }

    /// Turns black to white and white to black in a rectangle.
    pub(super) fn reverse(&mut self, x: u32, y: u32, width: u32, height: u32) {
        for row in y..y + height {
            for column in x..x + width {
                if let Some(dot) = self.dot(column, row) {
                    *dot = 255 - *dot;
                }
            }
        }
    }

    fn dot(&mut self, x: u32, y: u32) -> Option<&mut u8> {
        if x >= WIDTH_DOTS || y >= self.height {
            return None;
        }
        self.dots
            .get_mut(y as usize * WIDTH_DOTS as usize + x as usize)
    }
}
