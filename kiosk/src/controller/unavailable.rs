//! What is told where no number is to be had: offers that are not open, the whole kiosk closed, refusals.

use aufruf_protocol::latest::{Offer, OfferState, Texts};
use jiff::Timestamp;

use super::attempt::Wish;
use super::window::Expected;
use super::{Body, CardState, ClosedBody, Controller, Refusal, RefusedBody, Subject, When};

impl Controller {
    pub(super) fn card_state(&self, offer: &Offer, now: Timestamp) -> CardState {
        match offer.state {
            OfferState::Closed => CardState::Closed {
                notice: self.notice(Some(offer)),
                opens: self.to_come(offer.opens_at, now),
            },
            OfferState::LastTicketGone => CardState::LastTicketGone,
            OfferState::ContingentUsed => CardState::ContingentUsed,
            OfferState::SoldOut => CardState::SoldOut,
            OfferState::Locked => CardState::Locked {
                notice: self.notice(Some(offer)),
            },
            OfferState::Open => CardState::Open {
                expected: Expected::tell(
                    offer.promise.as_ref(),
                    offer.waiting,
                    self.mirror.server_now(now),
                    self.zone.as_ref(),
                ),
                waiting: offer.waiting,
            },
            OfferState::Unknown => CardState::Open {
                expected: Expected::Untold,
                waiting: offer.waiting,
            },
        }
    }

    /// Everything that this kiosk offers is outside its hours.
    pub(super) fn is_all_closed(&self) -> bool {
        let mut offered = self.offered().map(|(_, offer)| offer.state).peekable();
        offered.peek().is_some() && offered.all(|state| state == OfferState::Closed)
    }

    pub(super) fn closed_body(&self, now: Timestamp) -> ClosedBody {
        let here = self.mirror.server_now(now);
        let openings = self.offered().filter_map(|(_, offer)| offer.opens_at);
        let first = openings.filter(|opens_at| *opens_at > here).min();
        let mut notices = self.offered().map(|(_, offer)| offer);
        let one = notices.next();
        let is_the_same = |offer: &Offer| Some(&offer.notice) == one.map(|one| &one.notice);
        ClosedBody {
            notice: self.notice(one.filter(|_| notices.all(is_the_same))),
            opens: self.to_come(first, now),
            has_check_in: self.has_check_in(),
        }
    }

    pub(super) fn refused_body(&self, wish: &Wish, refusal: &Refusal, now: Timestamp) -> Body {
        let offer = match wish {
            Wish::Service(service) => self.offer(service),
            Wish::CheckIn(_) => None,
        };
        let opens_at = offer.and_then(|offer| offer.opens_at);
        let (at, why) = match refusal {
            Refusal::Closed { opens_at: told } => (told.or(opens_at), offer),
            Refusal::Locked => (None, offer),
            other => (other.at(), None),
        };
        Body::Refused(RefusedBody {
            subject: self.subject(wish),
            refusal: refusal.clone(),
            when: self.to_come(at, now),
            notice: self.notice(why),
            number: refusal.number().unwrap_or_default().to_owned(),
            may_retype: refusal.is_of_the_typed() && matches!(wish, Wish::CheckIn(_)),
        })
    }

    pub(super) fn subject(&self, wish: &Wish) -> Subject {
        match wish {
            Wish::Service(service) => Subject::Service(self.service_name(service)),
            Wish::CheckIn(code) => Subject::Appointment {
                typed: code.clone(),
            },
        }
    }

    /// What an offer says of itself, in the visitor's language where it has one; may be empty.
    fn notice(&self, offer: Option<&Offer>) -> String {
        let told: Option<&Texts> = offer.and_then(|offer| offer.notice.as_ref());
        told.map_or_else(String::new, |texts| self.text(texts))
    }

    /// An instant as it is told; one that has come already is told no more.
    fn to_come(&self, at: Option<Timestamp>, now: Timestamp) -> Option<When> {
        let now = self.mirror.server_now(now);
        let at = at.filter(|at| *at > now)?;
        When::tell(at, now, self.zone.as_ref())
    }
}
