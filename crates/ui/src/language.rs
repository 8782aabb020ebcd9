//! Which language a screen speaks.

use tracing::warn;

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 5] = ["ar", "fa", "he", "ur", "ckb"];

/// Whether a language (by its BCP 47 tag) is written from right to left.
pub fn is_right_to_left(language: &str) -> bool {
    RIGHT_TO_LEFT.contains(&primary(language))
}

/// Makes `@tr` speak `language`, or English where the program has no such translation. Call it when
/// the first component is there: before, no translations are known.
pub fn select_language(language: &str) {
    if slint::select_bundled_translation(language).is_ok()
        || slint::select_bundled_translation(primary(language)).is_ok()
    {
        return;
    }
    warn!(
        language,
        "no translation into {language}: the screen's own words are English"
    );
    if slint::select_bundled_translation("en").is_err() {
        warn!("this program has no translations at all");
    }
}

/// The language without region and variant: `de` of `de-x-easy`.
fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_is_written_from_right_to_left_in_every_region_and_german_is_not() {
        assert!(is_right_to_left("ar"));
        assert!(is_right_to_left("ar-EG"));
        assert!(!is_right_to_left("de-x-easy"));
        assert!(!is_right_to_left("arn"));
    }
}
