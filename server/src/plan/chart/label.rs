//! The number on a stay: as large as there is room for it.
//!
//! Pure: figures in, text out.

use super::svg::{escaped, width};

/// How a number can be written, best first: its class, the width of a character, and what has to be free
/// beside it.
const ACROSS: [(&str, f64, f64); 2] = [("number", 6.8, 4.0), ("number small", 5.9, 2.0)];
/// Written upwards, a small number is this wide.
const UPWARDS: f64 = 9.0;
/// From the middle of a character to its foot, as a part of its width.
const FOOT: f64 = 0.53;

/// Where a stay lies: from left to right, and from top to bottom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// The number of a stay; nothing where it would not fit on it.
pub(super) fn label(number: &str, place: Place) -> String {
    let (room, height) = (place.right - place.left, place.bottom - place.top);
    let (x, y) = (
        f64::midpoint(place.left, place.right),
        f64::midpoint(place.top, place.bottom),
    );
    let fits = |(_, of_char, beside): &&(&str, f64, f64)| width(number, *of_char) + beside <= room;
    let number_word = escaped(number);
    if let Some((class, of_char, _)) = ACROSS.iter().find(fits) {
        let y = y + of_char * FOOT;
        return text(class, &format!("x=\"{x:.1}\" y=\"{y:.1}\""), &number_word);
    }
    let (class, of_char, _) = ACROSS[1];
    if room < UPWARDS || width(number, of_char) > height {
        return String::new();
    }
    let x = x + of_char * FOOT;
    let turned = format!("transform=\"translate({x:.1} {y:.1}) rotate(-90)\"");
    text(class, &turned, &number_word)
}

fn text(class: &str, place: &str, number: &str) -> String {
    format!("<text class=\"{class}\" {place} aria-hidden=\"true\">{number}</text>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(width: f64) -> String {
        let (left, right, top, bottom) = (100.0, 100.0 + width, 50.0, 74.0);
        label(
            "A012",
            Place {
                left,
                right,
                top,
                bottom,
            },
        )
    }

    #[test]
    fn a_number_gets_smaller_and_stands_up_before_it_is_left_out() {
        assert!(on(40.0).contains("class=\"number\""));
        assert!(on(28.0).contains("class=\"number small\""));
        assert!(on(12.0).contains("rotate(-90)"));
        assert_eq!(on(6.0), "");
    }
}
