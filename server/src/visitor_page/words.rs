//! The words on a visitor's page, by language.
//!
//! Pure: a language in, words out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::office::OfficeDocument;

/// What stands on the page beside the office's own texts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    /// `ltr` or `rtl`.
    pub(super) direction: String,
    /// Before the number, for who hears the page.
    pub(super) number: String,
    pub(super) waiting: String,
    pub(super) ahead: String,
    pub(super) next: String,
    pub(super) call_at: String,
    /// With `{from}` and `{to}`.
    pub(super) window: String,
    pub(super) watch: String,
    pub(super) paused: String,
    pub(super) paused_until: String,
    pub(super) booked: String,
    pub(super) booked_at: String,
    pub(super) check_in: String,
    pub(super) called: String,
    pub(super) serving: String,
    pub(super) parked: String,
    pub(super) parked_note: String,
    pub(super) pick_up: String,
    pub(super) pick_up_at: String,
    pub(super) missed: String,
    pub(super) missed_note: String,
    pub(super) finished: String,
    pub(super) void: String,
    pub(super) void_note: String,
    pub(super) unknown: String,
    pub(super) unknown_note: String,
    pub(super) busy: String,
    pub(super) busy_note: String,
    /// With `{at}`.
    pub(super) as_of: String,
}

static WORDS: LazyLock<BTreeMap<String, PageWords>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/texts/visitor.toml"))
        .expect("the words are part of the program and read by a test")
});

/// Spoken where nobody knows better.
const USUAL: [&str; 2] = ["de", "en"];

/// A language and its words.
pub(super) type Spoken = (&'static str, &'static PageWords);

/// The languages of a page for somebody who speaks `language`: that one; a plain form of it (`de-x-easy` is
/// German); else the office's first two that are known here.
pub(super) fn spoken(language: &str, office: &OfficeDocument) -> Vec<Spoken> {
    let plain = language.split('-').next().unwrap_or(language);
    match known(language).or_else(|| known(plain)) {
        Some(one) => vec![one],
        None => of_everybody(office),
    }
}

/// Two languages, for somebody of whom nothing is known: the office's own first.
pub(super) fn of_everybody(office: &OfficeDocument) -> Vec<Spoken> {
    let own = office.languages.iter().map(String::as_str);
    let mut two: Vec<Spoken> = Vec::with_capacity(2);
    for spoken in own.chain(USUAL).filter_map(known) {
        if two.len() < 2 && two.iter().all(|(language, _)| *language != spoken.0) {
            two.push(spoken);
        }
    }
    two
}

fn known(language: &str) -> Option<Spoken> {
    let (language, words) = WORDS.get_key_value(language)?;
    Some((language.as_str(), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(languages: &[&str]) -> OfficeDocument {
        let demo = include_str!("../../../assets/office/demo.toml");
        let mut office = OfficeDocument::parse(demo).expect("a sound office");
        office.languages = languages.iter().map(|one| (*one).to_owned()).collect();
        office
    }

    fn languages(spoken: &[Spoken]) -> Vec<&str> {
        spoken.iter().map(|(language, _)| *language).collect()
    }

    #[test]
    fn a_visitor_is_spoken_to_in_their_language_or_its_plain_form() {
        let office = office(&["de", "en"]);
        assert_eq!(languages(&spoken("uk", &office)), ["uk"]);
        assert_eq!(languages(&spoken("de-x-easy", &office)), ["de"]);
    }

    #[test]
    fn a_language_without_words_gets_two_of_the_offices() {
        assert_eq!(
            languages(&spoken("vi", &office(&["de", "en"]))),
            ["de", "en"]
        );
        assert_eq!(languages(&spoken("vi", &office(&["en"]))), ["en", "de"]);
        assert_eq!(
            languages(&spoken("vi", &office(&["vi", "tr"]))),
            ["tr", "de"]
        );
    }

    #[test]
    fn times_have_their_places_in_every_language() {
        for (language, words) in WORDS.iter() {
            for (text, time) in [
                (&words.window, "{from}"),
                (&words.window, "{to}"),
                (&words.as_of, "{at}"),
            ] {
                assert!(text.contains(time), "{language}: {text}");
            }
            assert!(["ltr", "rtl"].contains(&words.direction.as_str()));
        }
    }
}
