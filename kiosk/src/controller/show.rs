//! Draws the present picture from the mirror and the visit.

use aufruf_client::Link;
use aufruf_protocol::latest::{
    AreaKey, Language, Offer, OfficeInfo, ServiceInfo, ServiceKey, Texts,
};
use jiff::Timestamp;

use super::attempt::Wish;
use super::number::Number;
use super::visit::Stage;
use super::window::{Expected, time_of_day};
use super::{
    Body, Card, CardState, CheckInBody, Controller, Entrance, LanguageChoice, Look, Moment,
    NumberBody, Refusal, Room, Screen, ServicesBody, language,
};

impl Controller {
    /// The picture at this moment.
    pub fn screen(&self, now: Moment) -> Screen {
        let body = self.body(now.wall);
        let leaves_in_secs = match body {
            Body::Away => None,
            _ => self.visit.leaves_in_secs(now.since_start),
        };
        Screen {
            look: self.look(),
            office: self
                .office()
                .map_or_else(String::new, |office| self.text(&office.name)),
            clock: self.clock(now.wall),
            body,
            leaves_in_secs,
        }
    }

    /// The visitor's language, else the office's first.
    pub(super) fn language(&self) -> Language {
        let offered: &[Language] = self.office().map_or(&[], |office| &office.languages);
        self.visit
            .language
            .as_ref()
            .filter(|language| offered.contains(language))
            .or_else(|| offered.first())
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn offer(&self, service: &ServiceKey) -> Option<&Offer> {
        let view = self.mirror.kiosk()?;
        view.offers.iter().find(|offer| &offer.service == service)
    }

    /// The page shown now, counted from 0: services may have gone since the visitor turned to it.
    pub(super) fn page(&self) -> usize {
        self.visit.page.min(self.pages() - 1)
    }

    /// At least one.
    pub(super) fn pages(&self) -> usize {
        let services = self.offered().count();
        services
            .div_ceil(self.room().cards_per_page(services))
            .max(1)
    }

    fn body(&self, now: Timestamp) -> Body {
        let is_live = self.mirror.link == Link::Live && self.mirror.kiosk().is_some();
        match self.visit.stage() {
            // The number still holds when the server is away.
            Stage::Number(number) => Body::Number(self.number_body(number, now)),
            // The answer is awaited for a few seconds at most, and is then told.
            Stage::Asking(attempt) => match &attempt.wish {
                Wish::Service(_) => Body::Services(self.services_body(now)),
                Wish::CheckIn(code) => Body::CheckIn(CheckInBody::sent(code)),
            },
            _ if !is_live => Body::Away,
            Stage::Choosing if self.is_all_closed() => Body::Closed(self.closed_body(now)),
            Stage::Choosing => Body::Services(self.services_body(now)),
            Stage::Languages => Body::Languages(self.language_choices()),
            Stage::Typing(code) => Body::CheckIn(CheckInBody::typed(code)),
            Stage::Unanswered(attempt) => {
                self.refused_body(&attempt.wish, &Refusal::NotPossible, now)
            }
            Stage::Refused { wish, refusal } => self.refused_body(wish, refusal, now),
        }
    }

    fn look(&self) -> Look {
        let choices = self.language_choices();
        let others = choices.into_iter().filter(|choice| !choice.chosen);
        Look {
            language: self.language(),
            text_size: self.visit.text_size,
            contrast: self.visit.contrast,
            fit: self.room().fit,
            is_wide: self.room().is_wide,
            other_languages: others.map(|choice| choice.own_name).collect(),
        }
    }

    fn clock(&self, now: Timestamp) -> String {
        self.zone.as_ref().map_or_else(String::new, |zone| {
            time_of_day(self.mirror.server_now(now), zone)
        })
    }

    fn services_body(&self, now: Timestamp) -> ServicesBody {
        let (page, pages) = (self.page(), self.pages());
        let services = self.offered().count();
        let room = self.room();
        let per_page = room.cards_per_page(services);
        let cards: Vec<Card> = self
            .offered()
            .skip(page * per_page)
            .take(per_page)
            .map(|(service, offer)| self.card(service, offer, now))
            .collect();
        // A single page is laid out for what it has; a last page keeps the rows of the others.
        let rows_for = if pages == 1 { services } else { per_page };
        ServicesBody {
            cards,
            page: page + 1,
            pages,
            columns: room.columns,
            rows: rows_for.div_ceil(room.columns).max(1),
            is_asking: matches!(self.visit.stage(), Stage::Asking(_)),
            has_check_in: self.has_check_in(),
        }
    }

    /// What the office offers at this kiosk, in the office's order.
    pub(super) fn offered(&self) -> impl Iterator<Item = (&ServiceInfo, &Offer)> {
        let services: &[ServiceInfo] = self.office().map_or(&[], |office| &office.services);
        services
            .iter()
            .filter_map(|service| Some((service, self.offer(&service.key)?)))
    }

    fn card(&self, service: &ServiceInfo, offer: &Offer, now: Timestamp) -> Card {
        let state = match self.visit.stage() {
            Stage::Asking(attempt) if attempt.wish == Wish::Service(service.key.clone()) => {
                CardState::Asking
            }
            _ => self.card_state(offer, now),
        };
        Card {
            service: service.key.clone(),
            name: self.text(&service.name),
            hint: self.text(&service.hint),
            state,
        }
    }

    fn language_choices(&self) -> Vec<LanguageChoice> {
        let chosen = self.language();
        self.languages()
            .iter()
            .map(|tag| LanguageChoice {
                tag: tag.clone(),
                own_name: language::own_name(tag),
                chosen: *tag == chosen,
            })
            .collect()
    }

    fn number_body(&self, number: &Number, now: Timestamp) -> NumberBody {
        let ticket = &number.ticket;
        NumberBody {
            number: ticket.number.clone(),
            subject: self.subject(&number.wish),
            expected: Expected::tell(
                ticket.promise.as_ref(),
                ticket.people_ahead,
                self.mirror.server_now(now),
                self.zone.as_ref(),
            ),
            people_ahead: ticket.people_ahead,
            area: self.waiting_area(number),
            printing: number.printing(),
            is_stale: self.mirror.link != Link::Live,
        }
    }

    /// The name of the one area where this visit is called.
    fn waiting_area(&self, number: &Number) -> String {
        self.office()
            .and_then(|office| Some((office, only_area(office, number)?)))
            .and_then(|(office, area)| office.area(area))
            .map_or_else(String::new, |area| self.text(&area.name))
    }

    pub(super) fn service_name(&self, service: &ServiceKey) -> String {
        self.office()
            .and_then(|office| office.service(service))
            .map_or_else(String::new, |service| self.text(&service.name))
    }

    pub(super) fn text(&self, texts: &Texts) -> String {
        texts
            .in_language(&self.language(), self.languages())
            .to_owned()
    }

    fn languages(&self) -> &[Language] {
        self.office().map_or(&[], |office| &office.languages)
    }

    fn room(&self) -> Room {
        let entrance = if self.has_check_in() {
            Entrance::WithCheckIn
        } else {
            Entrance::WalkIns
        };
        Room::of(self.screen_size, self.visit.text_size, entrance)
    }
}

/// Where every counter stands that can call this visit. Of an appointment only the line is known.
fn only_area<'a>(office: &'a OfficeInfo, number: &Number) -> Option<&'a AreaKey> {
    let is_served_by = |skill: &ServiceKey| match &number.wish {
        Wish::Service(service) => skill == service,
        Wish::CheckIn(_) => office
            .service(skill)
            .is_some_and(|service| service.queue == number.ticket.queue),
    };
    let mut areas = office
        .counters
        .iter()
        .filter(|counter| counter.skills.iter().any(is_served_by))
        .map(|counter| &counter.area);
    let first = areas.next()?;
    areas.all(|area| area == first).then_some(first)
}
