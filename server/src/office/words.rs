//! The words on a ticket, by language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What stands on a ticket beside the office's own texts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketWords {
    /// Before the window.
    pub call_at: String,
    /// Between its two times, and after them.
    pub to: String,
    pub clock: String,
    /// Instead of it all, when the window has begun and nobody waits.
    pub soon: String,
    pub next: String,
    pub one_ahead: String,
    /// With `{n}` for the number of people.
    pub many_ahead: String,
    pub watch: String,
}

static WORDS: LazyLock<BTreeMap<String, TicketWords>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/texts/ticket.toml"))
        .expect("the words are part of the program and read by a test")
});

impl TicketWords {
    /// The words in `language`. None for a language that no printer's code page can write.
    pub fn in_language(language: &str) -> Option<&'static Self> {
        WORDS.get(language)
    }

    /// How many people are before the visitor, in words.
    pub fn ahead(&self, people: u32) -> String {
        match people {
            0 => self.next.clone(),
            1 => self.one_ahead.clone(),
            n => self.many_ahead.replace("{n}", &n.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_ahead_are_told_in_words_that_fit_the_number() {
        let german = TicketWords::in_language("de").expect("German words");
        assert_eq!(german.ahead(0), "Sie sind als Nächstes dran.");
        assert_eq!(german.ahead(1), "1 Person vor Ihnen");
        assert_eq!(german.ahead(14), "14 Personen vor Ihnen");
    }
}
