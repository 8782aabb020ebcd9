//! Text in SVG.
//!
//! Pure: text in, text out.

/// Text as it may stand between tags and in attributes. What XML has no place for is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => escaped.push(' '),
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// About how wide a text is, in pixels: nobody here knows the font.
pub(super) fn width(text: &str, of_char: f64) -> f64 {
    let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    f64::from(chars) * of_char
}

/// As much of a text as fits, with a mark where something is left out.
pub(super) fn shortened(text: &str, most: f64, of_char: f64) -> String {
    let mut shown = text.to_owned();
    if width(&shown, of_char) <= most {
        return shown;
    }
    while !shown.is_empty() && width(&shown, of_char) + of_char > most {
        shown.pop();
    }
    shown + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_signs_of_markup_stays_a_name() {
        let name = "<b>\"Pässe\" & 'Ausweise'</b>\u{1b}\u{ffff}";
        let written = "&lt;b&gt;&quot;Pässe&quot; &amp; &#39;Ausweise&#39;&lt;/b&gt; ";
        assert_eq!(escaped(name), written);
    }

    #[test]
    fn a_name_that_is_too_long_ends_with_a_mark() {
        assert_eq!(shortened("Platz 1", 70.0, 10.0), "Platz 1");
        assert_eq!(shortened("Platz 12", 70.0, 10.0), "Platz …");
    }
}
