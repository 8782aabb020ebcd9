//! What stands around the rows: legend, hours, the lines of now and of closing, a word below.
//!
//! Pure: no clock.

use jiff::Timestamp;

use super::svg::{escaped, shortened};
use super::{Drawing, TOP};

/// What a colour means, and where its swatch stands. The last one is no stay.
const ENTRIES: [(&str, &str, u32); 4] = [
    ("stay running", "at the counter now", 12),
    ("stay walk-in", "walk-in", 192),
    ("stay appointment", "appointment", 292),
    ("staffed", "staffed and free (blank: not staffed)", 422),
];
/// The legend needs so much room.
pub(super) const LEGEND: f64 = 730.0;
/// The width of a character over and below the rows.
const WORD_CHAR: f64 = 7.4;
/// Between the middles of the words over two lines there is at least so much.
const WORDS: f64 = 110.0;
/// An hour is not named over the rows where the line of now or of closing is nearer than this.
const HOUR: f64 = 22.0;

pub(super) fn legend() -> String {
    let entries = ENTRIES.map(|(class, word, x)| {
        let text = x + 30;
        format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"54\" width=\"24\" height=\"14\" rx=\"2\"/>\
             <text x=\"{text}\" y=\"65\">{word}</text>\n"
        )
    });
    format!("<g aria-hidden=\"true\">\n{}</g>\n", entries.concat())
}

/// Lines of hours and half hours; the hours are named above and below.
pub(super) fn ticks(drawing: &Drawing<'_>) -> String {
    let halves = drawing.scale.half_hours(&drawing.sheet.zone);
    let ticks = halves.into_iter().map(|at| tick(drawing, at));
    let ticks: String = ticks.collect();
    format!("<g aria-hidden=\"true\">\n{ticks}</g>\n")
}

fn tick(drawing: &Drawing<'_>, at: Timestamp) -> String {
    let (x, clock) = (drawing.x(at), drawing.sheet.clock(at));
    let bottom = drawing.bottom();
    let line = |class: &str| {
        format!(
            "<line class=\"{class}\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>\n"
        )
    };
    if !clock.ends_with(":00") {
        return line("half");
    }
    let word = |y: f64| {
        format!(
            "<text class=\"hour\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{y}\">{clock}</text>\n"
        )
    };
    let sheet = drawing.sheet;
    let marked = [Some(sheet.at), sheet.closes].into_iter().flatten();
    let mut marked = marked.map(|at| (drawing.x(at) - x).abs());
    let above = if marked.any(|away| away < HOUR) {
        String::new()
    } else {
        word(TOP - 6.0)
    };
    line("hour-line") + &above + &word(bottom + 16.0)
}

/// The lines of now and of closing, with their words over the hours.
pub(super) fn marks(drawing: &Drawing<'_>) -> String {
    let sheet = drawing.sheet;
    let now = drawing.x(sheet.at);
    let closes = sheet.closes.filter(|at| drawing.scale.shows(*at));
    let closes = closes.map(|at| {
        let word = if at <= sheet.at { "closed" } else { "closes" };
        (drawing.x(at), format!("{word} {}", sheet.clock(at)))
    });
    let is_near = |(x, _): &(f64, String)| (x - now).abs() < WORDS;
    // Two words side by side keep clear of each other.
    let (left, right) = match &closes {
        Some(closes) if is_near(closes) && closes.0 < now => ("start", "end"),
        Some(closes) if is_near(closes) => ("end", "start"),
        _ => ("middle", "middle"),
    };
    let now_word = format!("now {}", sheet.clock(sheet.at));
    let now = mark(drawing, ("now", left), now, &now_word);
    let closes = closes.map(|(x, word)| mark(drawing, ("closes", right), x, &word));
    let marks = now + &closes.unwrap_or_default();
    format!("<g aria-hidden=\"true\">\n{marks}</g>\n")
}

fn mark(drawing: &Drawing<'_>, (class, anchor): (&str, &str), x: f64, word: &str) -> String {
    let (word_y, top, bottom) = (TOP - 22.0, TOP - 18.0, drawing.bottom());
    format!(
        "<line class=\"{class}\" x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>\
         <text class=\"{class}-word\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{word_y}\">{word}</text>\n"
    )
}

/// Who waits and is in no row.
pub(super) fn footer(drawing: &Drawing<'_>) -> String {
    let waiting = &drawing.sheet.unplanned;
    if waiting.is_empty() {
        return String::new();
    }
    let numbers: Vec<&str> = waiting.iter().map(|one| one.number.as_str()).collect();
    let told = format!(
        "They wait, and no counter is planned that could call them: {}",
        numbers.join(", ")
    );
    let (shown, y) = (
        shortened(&told, drawing.width() - 24.0, WORD_CHAR),
        drawing.bottom() + 40.0,
    );
    let (told, shown) = (escaped(&told), escaped(&shown));
    format!(
        "<g role=\"note\" aria-label=\"{told}\"><text x=\"12\" y=\"{y}\" aria-hidden=\"true\">{shown}</text></g>\n"
    )
}
