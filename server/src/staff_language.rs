//! The languages in which the server itself speaks to staff: German and English. What visitors read is in the
//! office's own languages, and not here.
//!
//! Pure: words in, a language out.

use serde::Deserialize;

/// A language of staff.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum StaffLanguage {
    #[serde(rename = "de")]
    German,
    #[default]
    #[serde(rename = "en")]
    English,
}

impl StaffLanguage {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// The tag that HTML and HTTP have.
    pub fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
        }
    }

    /// By its tag, with or without a region.
    pub fn tagged(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or(tag).trim();
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The first of these that is spoken here; English where none is.
    pub fn first_of<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = tags.into_iter().filter_map(Self::tagged);
        known.next().unwrap_or_default()
    }

    /// What the header `Accept-Language` likes best of those that are spoken here; none where it likes none.
    pub fn accepted(header: &str) -> Option<Self> {
        let wishes = header.split(',').filter_map(|wish| {
            let mut parts = wish.split(';');
            let language = Self::tagged(parts.next()?)?;
            let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
            let weight = weight.map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
            (weight > 0.0).then_some((language, weight))
        });
        // The first one of equals.
        let best = wishes.reduce(|best, wish| if wish.1 > best.1 { wish } else { best });
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_a_reader_likes_best_is_spoken() {
        let accepted = StaffLanguage::accepted;
        let (german, english) = (Some(StaffLanguage::German), Some(StaffLanguage::English));
        assert_eq!(accepted("de-DE,de;q=0.9,en;q=0.8"), german);
        assert_eq!(accepted("en-GB, de;q=0.5"), english);
        assert_eq!(accepted("tr, de;q=0.3, en;q=0.7"), english);
        assert_eq!(accepted("en;q=0, de;q=0.1"), german, "0 is never");
        assert_eq!(accepted("de;q=x, en;q=0.2"), english);
        assert_eq!(accepted("tr,*"), None);
        assert_eq!(accepted(""), None);
    }

    #[test]
    fn an_office_in_another_language_is_told_in_english() {
        assert_eq!(StaffLanguage::first_of(["de", "en"]), StaffLanguage::German);
        assert_eq!(StaffLanguage::first_of(["fr"]), StaffLanguage::English);
    }
}
