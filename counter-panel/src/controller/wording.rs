//! The office's own words in the panel's language: services, languages, the counter's name.

use aufruf_protocol::latest::{
    CounterKey, Language, OfficeInfo, QueueInfo, QueueKey, ServiceKey, Target, Texts, TicketRow,
};

use super::Controller;

impl Controller {
    /// `Platz 4`; empty before the server has told.
    pub(super) fn counter_name(&self) -> String {
        self.counter()
            .map_or_else(String::new, |counter| self.name_of_counter(counter))
    }

    pub(super) fn way(&self) -> String {
        self.counter()
            .map_or_else(String::new, |counter| self.way_to(counter))
    }

    /// `Platz 7`; empty where the office does not know it.
    pub(super) fn name_of_counter(&self, key: &CounterKey) -> String {
        let office = self.office();
        match office.and_then(|office| Some((office, office.counter(key)?))) {
            Some((office, counter)) => {
                let word = self.text(office, &office.counter_word);
                format!("{word} {}", counter.name).trim().to_owned()
            }
            None => String::new(),
        }
    }

    pub(super) fn way_to(&self, key: &CounterKey) -> String {
        let office = self.office();
        match office.and_then(|office| Some((office, office.counter(key)?))) {
            Some((office, counter)) => self.text(office, &counter.way.text).to_owned(),
            None => String::new(),
        }
    }

    /// `A · Ausweise`.
    pub(super) fn name_of_queue(&self, queue: &QueueInfo) -> String {
        let name = self.office().map(|office| self.text(office, &queue.name));
        format!("{} · {}", queue.prefix, name.unwrap_or_default())
    }

    /// A queue, a counter or a person.
    pub(super) fn name_of_target(&self, target: &Target) -> String {
        match target {
            Target::Queue { queue } => {
                let queue = self.office().and_then(|office| office.queue(queue));
                queue.map_or_else(String::new, |queue| self.name_of_queue(queue))
            }
            Target::Counter { counter } => self.name_of_counter(counter),
            Target::Clerk { clerk } => clerk.clone(),
            Target::Unknown => String::new(),
        }
    }

    pub(super) fn waiting_in(&self, queue: &QueueKey) -> u32 {
        let rows = self.mirror.panel().map(|panel| panel.queues.iter());
        let mut rows = rows.into_iter().flatten();
        rows.find(|row| &row.queue == queue)
            .map_or(0, |row| row.waiting)
    }

    /// The name of a service; its key where the office does not know it.
    pub(super) fn service_name(&self, key: &ServiceKey) -> String {
        let office = self.office();
        let service = office.and_then(|office| Some((office, office.service(key)?)));
        match service {
            Some((office, service)) => self.text(office, &service.name).to_owned(),
            None => key.to_string(),
        }
    }

    /// What the person came for, in the order in which it is to be served.
    pub(super) fn services_of(&self, ticket: &TicketRow) -> String {
        let names = ticket.services.iter().map(|key| self.service_name(key));
        names.collect::<Vec<_>>().join(", ")
    }

    /// The name of the person's language in that language, where it is not the office's own.
    pub(super) fn foreign_language_of(&self, ticket: &TicketRow) -> Option<String> {
        let own = self.office().and_then(|office| office.languages.first());
        (own != Some(&ticket.language)).then(|| own_name_of(&ticket.language))
    }

    /// This counter does not offer what comes first, and nobody sent the person to one counter.
    pub(super) fn is_elsewhere(&self, ticket: &TicketRow) -> bool {
        let first = ticket.services.first();
        ticket.bound.is_none()
            && self.counter_info().is_some_and(|counter| {
                first.is_some_and(|service| !counter.skills.contains(service))
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
