//! How much fits on the screen: one column of cards on a tall screen, two on a wide one, and as many
//! rows as the chosen text size leaves room for.

use super::TextSize;

/// The screen in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenSize {
    pub width: f32,
    pub height: f32,
}

/// What stands on the first page beside the cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    WalkIns,
    /// And the way in for people with an appointment.
    WithCheckIn,
}

/// What fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// All lengths and type sizes of the tall design are multiplied by this.
    pub fit: f32,
    pub is_wide: bool,
    pub columns: usize,
    /// Rows when everything is on one page.
    rows_alone: usize,
    /// Rows when the keys for more pages stand below.
    rows_paged: usize,
}

/// The screen that the tall design is drawn for.
const TALL: ScreenSize = ScreenSize {
    width: 1080.0,
    height: 1920.0,
};
/// The screen that the wide arrangement is drawn for.
const WIDE: ScreenSize = ScreenSize {
    width: 1280.0,
    height: 800.0,
};
/// On the wide screen the same things stand nearer: type of this share of the tall design's is as easy to read.
const WIDE_FIT: f32 = 0.62;
/// LIMIT: more cards than this on a page are not taken in at a glance.
const MAX_CARDS: u8 = 8;

/// Heights of the tall design, in pixels before `fit`.
struct Heights {
    /// Everything but the cards and the page keys.
    around: f32,
    /// A card with two lines of name, its hint and its window, and the gap below.
    card: f32,
    page_keys: f32,
}

impl Room {
    pub fn of(screen: ScreenSize, text_size: TextSize, entrance: Entrance) -> Self {
        let is_wide = screen.width > screen.height;
        let fit = if is_wide {
            WIDE_FIT * (screen.width / WIDE.width).min(screen.height / WIDE.height)
        } else {
            (screen.width / TALL.width).min(screen.height / TALL.height)
        };
        // The largest type needs the whole width for one name and its window.
        let columns: u8 = match text_size {
            TextSize::Normal | TextSize::Large if is_wide => 2,
            _ => 1,
        };
        let heights = match entrance {
            Entrance::WalkIns => heights(is_wide, text_size),
            Entrance::WithCheckIn => heights_with_check_in(is_wide, text_size),
        };
        let left = screen.height / fit - heights.around;
        let most = MAX_CARDS / columns;
        Self {
            fit,
            is_wide,
            columns: columns.into(),
            rows_alone: rows_in(left, heights.card, most),
            rows_paged: rows_in(left - heights.page_keys, heights.card, most),
        }
    }

    /// Cards on one page, when there are so many in all.
    pub(crate) fn cards_per_page(&self, cards: usize) -> usize {
        let alone = self.columns * self.rows_alone;
        if cards <= alone {
            alone
        } else {
            self.columns * self.rows_paged
        }
    }
}

/// How many rows of this height fit; one always has to.
fn rows_in(height: f32, row: f32, most: u8) -> usize {
    (1..=most)
        .rev()
        .find(|rows| f32::from(*rows) * row <= height)
        .unwrap_or(1)
        .into()
}

fn heights(is_wide: bool, text_size: TextSize) -> Heights {
    match (is_wide, text_size) {
        (false, TextSize::Normal) => Heights {
            around: 484.0,
            card: 176.0,
            page_keys: 128.0,
        },
        (false, TextSize::Large) => Heights {
            around: 670.0,
            card: 350.0,
            page_keys: 160.0,
        },
        (false, TextSize::Largest) => Heights {
            around: 765.0,
            card: 460.0,
            page_keys: 190.0,
        },
        (true, TextSize::Normal) => Heights {
            around: 400.0,
            card: 176.0,
            page_keys: 128.0,
        },
        (true, TextSize::Large) => Heights {
            around: 490.0,
            card: 220.0,
            page_keys: 160.0,
        },
        (true, TextSize::Largest) => Heights {
            around: 530.0,
            card: 262.0,
            page_keys: 190.0,
        },
    }
}

/// The way in for appointments takes its room from the cards, and in large type from the explanation above.
fn heights_with_check_in(is_wide: bool, text_size: TextSize) -> Heights {
    let alone = heights(is_wide, text_size);
    match (is_wide, text_size) {
        (false, TextSize::Normal) => Heights {
            around: alone.around + 140.0,
            card: 162.0,
            ..alone
        },
        (false, _) => Heights {
            around: alone.around + 20.0,
            card: alone.card - 10.0,
            ..alone
        },
        (true, TextSize::Normal) => Heights {
            around: alone.around + 140.0,
            ..alone
        },
        (true, _) => Heights {
            around: alone.around + 46.0,
            card: alone.card - 6.0,
            ..alone
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards_on(width: f32, height: f32, text_size: TextSize, cards: usize) -> usize {
        Room::of(ScreenSize { width, height }, text_size, Entrance::WalkIns).cards_per_page(cards)
    }

    #[test]
    fn eight_services_stand_on_one_page_of_a_tall_and_of_a_wide_screen() {
        assert_eq!(cards_on(1080.0, 1920.0, TextSize::Normal, 8), 8);
        assert_eq!(cards_on(1280.0, 800.0, TextSize::Normal, 8), 8);
        assert_eq!(cards_on(2160.0, 3840.0, TextSize::Normal, 8), 8);
    }

    #[test]
    fn the_way_in_for_appointments_costs_no_page() {
        for (width, height) in [(1080.0, 1920.0), (1280.0, 800.0)] {
            for text_size in [TextSize::Normal, TextSize::Large, TextSize::Largest] {
                let screen = ScreenSize { width, height };
                let with = Room::of(screen, text_size, Entrance::WithCheckIn).cards_per_page(8);
                let without = cards_on(width, height, text_size, 8);
                assert_eq!(with, without, "{width} x {height}, {text_size:?}");
            }
        }
    }

    #[test]
    fn the_keys_for_more_pages_take_their_room_from_the_cards() {
        let paged = cards_on(1080.0, 1920.0, TextSize::Normal, 40);
        assert!(paged < 8, "{paged} cards beside page keys");
        assert!(paged >= 6, "{paged} cards only");
    }

    #[test]
    fn the_largest_type_leaves_fewer_cards_on_every_screen() {
        assert_eq!(cards_on(1080.0, 1920.0, TextSize::Large, 8), 3);
        assert_eq!(cards_on(1080.0, 1920.0, TextSize::Largest, 8), 2);
        assert_eq!(cards_on(1280.0, 800.0, TextSize::Large, 8), 4);
        assert_eq!(cards_on(1280.0, 800.0, TextSize::Largest, 8), 2);
    }
}
