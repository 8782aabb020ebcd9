//! What the kiosk knows of a language before anything is translated: its own name.

use aufruf_protocol::latest::Language;

/// One language to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageChoice {
    pub tag: Language,
    /// The language's name in itself, so that its readers find it.
    pub own_name: String,
    /// It is the one shown now.
    pub chosen: bool,
}

/// Names as their readers write them, in the scripts that the embedded fonts have: a name in another
/// script would be drawn as nothing. A tag that is not here is shown as it is.
const OWN_NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bs", "Bosanski"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("de-x-easy", "Leichte Sprache"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ku", "Kurdî"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("sq", "Shqip"),
    ("tr", "Türkçe"),
];

pub(crate) fn own_name(tag: &str) -> String {
    let base = tag.split('-').next().unwrap_or(tag);
    let named = |wanted: &str| OWN_NAMES.iter().find(|(known, _)| *known == wanted);
    named(tag)
        .or_else(|| named(base))
        .map_or_else(|| tag.to_owned(), |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_in_itself_and_an_unknown_one_by_its_tag() {
        assert_eq!(own_name("tr"), "Türkçe");
        assert_eq!(own_name("de-AT"), "Deutsch");
        assert_eq!(own_name("de-x-easy"), "Leichte Sprache");
        assert_eq!(own_name("tlh"), "tlh");
    }
}
