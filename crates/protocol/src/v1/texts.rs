//! A text that the office wrote in one or more languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language by its BCP 47 tag (`de`, `en`, `tr`, `ar`, `uk`, `de-x-easy`).
pub type Language = String;

/// The same text by language. The office's first language is the one to fall back on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Language, String>);

impl Texts {
    /// The text in `language`, else in the first of `fallbacks` that has one, else any.
    pub fn in_language<'a>(&'a self, language: &str, fallbacks: &[Language]) -> &'a str {
        self.0
            .get(language)
            .or_else(|| fallbacks.iter().find_map(|fallback| self.0.get(fallback)))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Texts {
    fn from(texts: [(&str, &str); N]) -> Self {
        Self(
            texts
                .into_iter()
                .map(|(language, text)| (language.to_owned(), text.to_owned()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_offices_first_one() {
        let texts = Texts::from([("de", "Ausweis"), ("ar", "هوية")]);
        let office = ["de".to_owned(), "en".to_owned()];
        assert_eq!(texts.in_language("tr", &office), "Ausweis");
        assert_eq!(texts.in_language("ar", &office), "هوية");
        assert_eq!(Texts::default().in_language("tr", &office), "");
    }
}
