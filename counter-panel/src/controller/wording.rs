//! The office's own words in the panel's language: services, languages, the counter's name.

use aufruf_protocol::latest::{Language, OfficeInfo, Texts, TicketRow};

use super::Controller;

impl Controller {
    /// `Platz 4`; empty before the server has told.
    pub(super) fn counter_name(&self) -> String {
        match (self.office(), self.counter_info()) {
            (Some(office), Some(counter)) => {
                let word = self.text(office, &office.counter_word);
                format!("{word} {}", counter.name).trim().to_owned()
            }
            _ => String::new(),
        }
    }

    pub(super) fn way(&self) -> String {
        match (self.office(), self.counter_info()) {
            (Some(office), Some(counter)) => self.text(office, &counter.way.text).to_owned(),
            _ => String::new(),
        }
    }

    /// What the person came for, in the order in which it is to be served.
    pub(super) fn services_of(&self, ticket: &TicketRow) -> String {
        let Some(office) = self.office() else {
            return String::new();
        };
        let names = ticket.services.iter().map(|key| {
            office
                .service(key)
                .map_or(key.as_str(), |service| self.text(office, &service.name))
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// The name of the person's language in that language, where it is not the office's own.
    pub(super) fn foreign_language_of(&self, ticket: &TicketRow) -> Option<String> {
        let own = self.office().and_then(|office| office.languages.first());
        (own != Some(&ticket.language)).then(|| own_name_of(&ticket.language))
    }

    /// This counter does not offer all that the person came for.
    pub(super) fn is_elsewhere(&self, ticket: &TicketRow) -> bool {
        self.counter_info().is_some_and(|counter| {
            let offers = |service| counter.skills.contains(service);
            !ticket.services.iter().all(offers)
        })
    }

    fn text<'a>(&self, office: &'a OfficeInfo, texts: &'a Texts) -> &'a str {
        texts.in_language(&self.language, &office.languages)
    }
}

/// How speakers of the language call it, in the scripts that the embedded fonts have; its tag where
/// this list does not know it.
fn own_name_of(language: &Language) -> String {
    let name = match language.as_str() {
        "ar" => "العربية",
        "de" => "Deutsch",
        "de-x-easy" => "Leichte Sprache",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "it" => "Italiano",
        "pl" => "Polski",
        "ro" => "Română",
        "tr" => "Türkçe",
        tag => tag,
    };
    name.to_owned()
}
