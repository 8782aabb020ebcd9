//! Where on the screen the window is: the `[window]` table of a screen's config file.

use serde::Deserialize;
use slint::{PhysicalPosition, PhysicalSize};

/// In pixels from the upper left corner of all monitors together.
///
/// A window that fills its screen takes the monitor at `x`, `y`: a box with several monitors must say
/// which. Its `width` and `height` are then those of the monitor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WindowSection {
    pub fullscreen: bool,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub x: Option<i32>,
    pub y: Option<i32>,
}

impl Default for WindowSection {
    /// A screen on the wall is filled.
    fn default() -> Self {
        Self {
            fullscreen: true,
            width: None,
            height: None,
            x: None,
            y: None,
        }
    }
}

impl WindowSection {
    /// Gives the window its place and size. What is not set stays as the program likes it.
    pub fn apply(&self, window: &slint::Window) {
        let liked = window.size();
        let size = PhysicalSize::new(
            self.width.unwrap_or(liked.width),
            self.height.unwrap_or(liked.height),
        );
        if self.width.is_some() || self.height.is_some() {
            window.set_size(size);
        }
        if self.x.is_some() || self.y.is_some() {
            let place = PhysicalPosition::new(self.x.unwrap_or(0), self.y.unwrap_or(0));
            window.set_position(place);
        }
        window.set_fullscreen(self.fullscreen);
    }
}
