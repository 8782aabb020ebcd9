//! The plan as a picture: a row for each counter, time from left to right. SVG, for a browser or paper.
//!
//! Kinds of stays differ in lightness and pattern, so that they can be told apart in grey and by
//! everybody; whatever is drawn is named in words too, for who listens to it.
//!
//! Pure: a sheet in, text out.

mod frame;
mod label;
mod scale;
mod svg;

use aufruf_engine::hours::OpenSpan;
use aufruf_engine::planning::StayOf;
use jiff::Timestamp;

use super::{Row, Sheet, Stay, table};
use frame::{LEGEND, footer, legend, marks, ticks};
use label::{Place, label};
use scale::Scale;
use svg::{escaped, shortened};

/// Where the rows begin, and how high one is with its gap.
const TOP: f64 = 116.0;
const ROW: f64 = 32.0;
/// The height of a bar, and how far it is from the upper edge of its row.
const BAR: f64 = 24.0;
const ABOVE_BAR: f64 = 4.0;
/// Under the rows: hours, and a line of text where there is one.
const HOURS: f64 = 28.0;
const FOOTER: f64 = 24.0;
const RIGHT: f64 = 48.0;
/// The width of a character of the title, and of a counter's name.
const TITLE_CHAR: f64 = 11.0;
const NAME_CHAR: f64 = 7.4;
/// Names get this much room, at least and at most.
const NAMES: (f64, f64) = (72.0, 260.0);

/// Ratios of text to what is behind it, as WCAG counts them: at least 4.5 everywhere.
const STYLE: &str = "\
text{font-family:'DejaVu Sans','Liberation Sans',Arial,Helvetica,sans-serif;font-size:12px;fill:#1b2733}\
.title{font-size:16px;font-weight:bold}\
.hour,.note{font-size:11px;fill:#44525f}\
.number{font-size:10px;text-anchor:middle;fill:#111}.small{font-size:9px}\
.staffed{fill:#e8edf2;stroke:#a9b6c2}\
.stay{stroke:#1b2733;stroke-width:.8}\
.running{fill:#1d4468}.running+.number{fill:#fff}\
.walk-in{fill:#cde6f7}\
.appointment{fill:url(#stripes)}\
.hour-line{stroke:#ccd4db}.half{stroke:#e6eaee}\
.now{stroke:#b3261e;stroke-width:2}.now-word{fill:#b3261e;font-weight:bold}\
.closes{stroke:#1b2733;stroke-width:1.5;stroke-dasharray:5 3}\
@page{size:landscape;margin:10mm}\
@media print{svg{width:100%;height:auto;-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/// Darker stripes on the ground of appointments.
const STRIPES: &str = "<pattern id=\"stripes\" width=\"6\" height=\"6\" \
    patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <rect width=\"6\" height=\"6\" fill=\"#e9a53c\"/><rect width=\"2\" height=\"6\" fill=\"#d08d26\"/>\
    </pattern>";

/// The plan as a whole SVG file.
pub fn chart(sheet: &Sheet) -> String {
    let drawing = Drawing::of(sheet);
    let rows = (0_u32..).zip(&sheet.rows);
    let rows = rows.map(|(place, row)| drawing.row(place, row));
    [
        drawing.head(),
        legend(),
        drawing.staffed(),
        ticks(&drawing),
        marks(&drawing),
        rows.collect(),
        footer(&drawing),
        "</svg>\n".to_owned(),
    ]
    .concat()
}

/// A sheet on its way onto paper.
struct Drawing<'a> {
    sheet: &'a Sheet,
    scale: Scale,
    /// Where time begins.
    left: f64,
}

impl<'a> Drawing<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let longest = sheet
            .rows
            .iter()
            .map(|row| svg::width(&row.name, NAME_CHAR));
        let names = longest.fold(NAMES.0, f64::max);
        Self {
            sheet,
            scale: Scale::of(sheet),
            left: names.min(NAMES.1) + 20.0,
        }
    }

    /// How the file begins: its size, its words for who listens, its colours, white ground.
    fn head(&self) -> String {
        let (width, height) = (self.width(), self.height());
        let (title, about) = (table::title(self.sheet), table::about(self.sheet));
        let (title, about) = (escaped(&title), escaped(&about));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" role=\"document\" aria-labelledby=\"title\">\n\
             <title id=\"title\">{title}: {about}</title>\n\
             <style>{STYLE}</style>\n<defs>{STRIPES}</defs>\n\
             <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#fff\"/>\n\
             <g aria-hidden=\"true\"><text class=\"title\" x=\"12\" y=\"24\">{title}</text>\
             <text class=\"note\" x=\"12\" y=\"42\">{about}</text></g>\n"
        )
    }

    /// All of it; words over a short rest of a day may need more than its bars.
    fn width(&self) -> f64 {
        let title = svg::width(&table::title(self.sheet), TITLE_CHAR) + RIGHT;
        let bars = self.left + self.scale.width() + RIGHT;
        bars.max(title).max(LEGEND)
    }

    fn bottom(&self) -> f64 {
        let rows = u32::try_from(self.sheet.rows.len()).unwrap_or(u32::MAX);
        TOP + f64::from(rows) * ROW
    }

    fn height(&self) -> f64 {
        let footer = if self.sheet.unplanned.is_empty() {
            0.0
        } else {
            FOOTER
        };
        self.bottom() + HOURS + footer
    }

    fn x(&self, at: Timestamp) -> f64 {
        self.left + self.scale.x(at)
    }

    /// From where to where a span lies.
    fn across(&self, span: OpenSpan) -> (f64, f64) {
        (self.x(span.from), self.x(span.to))
    }

    /// The pale bars, all of them: the lines of the hours go over them, and the stays over those.
    fn staffed(&self) -> String {
        let rows = (0_u32..).zip(&self.sheet.rows);
        let bars = rows.flat_map(|(place, row)| {
            let spans = row.staffed.iter();
            spans.map(move |span| self.bar(place, "staffed", *span) + "\n")
        });
        bars.collect()
    }

    /// A bar as long as `span` in a row.
    fn bar(&self, place: u32, class: &str, span: OpenSpan) -> String {
        let (from, to) = self.across(span);
        let (y, width) = (y_of(place) + ABOVE_BAR, (to - from).max(0.1));
        format!(
            "<rect class=\"{class}\" x=\"{from:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{BAR}\" rx=\"2\"/>"
        )
    }

    /// A counter's name and its stays.
    fn row(&self, place: u32, row: &Row) -> String {
        let told = escaped(&format!("{}: {}", row.title(), self.sheet.staffed(row)));
        let name = escaped(&shortened(&row.name, NAMES.1, NAME_CHAR));
        let y = y_of(place) + ABOVE_BAR + BAR * 0.72;
        let stays = row.stays.iter().map(|stay| self.stay(place, stay));
        let stays: String = stays.collect();
        let nobody = if row.staffed.is_empty() && row.stays.is_empty() {
            let x = self.left + 6.0;
            format!(
                "<text class=\"note\" x=\"{x:.1}\" y=\"{y:.1}\" aria-hidden=\"true\">not staffed</text>\n"
            )
        } else {
            String::new()
        };
        format!(
            "<g role=\"list\" aria-label=\"{told}\">\n\
             <text x=\"12\" y=\"{y:.1}\" aria-hidden=\"true\">{name}</text>\n{nobody}{stays}</g>\n"
        )
    }

    /// A stay with its words; its number is written on it where there is room.
    fn stay(&self, place: u32, stay: &Stay) -> String {
        let (number, kind, purpose) = (&stay.number, self.sheet.kind(stay.of), stay.purpose());
        let span = self.sheet.span(stay.span);
        let told = escaped(&format!("{number}, {kind}, {span}, {purpose}"));
        let bar = self.bar(place, &format!("stay {}", class(stay.of)), stay.span);
        let ((left, right), top) = (self.across(stay.span), y_of(place) + ABOVE_BAR);
        let label = label(
            number,
            Place {
                left,
                right,
                top,
                bottom: top + BAR,
            },
        );
        format!("<g role=\"listitem\"><title>{told}</title>{bar}{label}</g>\n")
    }
}

/// The upper edge of a row.
fn y_of(place: u32) -> f64 {
    TOP + f64::from(place) * ROW
}

fn class(of: StayOf) -> &'static str {
    match of {
        StayOf::Running => "running",
        StayOf::WalkIn => "walk-in",
        StayOf::Appointment { .. } => "appointment",
    }
}
