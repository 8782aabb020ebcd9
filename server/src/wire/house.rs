//! The house: emergencies, locks, and how a queue stands today.

use aufruf_engine::{Office, Queue, QueueKey, Refusal, ServiceKey, State};
use aufruf_protocol::latest as wire;
use jiff::Timestamp;

use super::words;
use crate::office::OfficeDocument;

/// Clerks who need help now, by counter.
pub(super) fn emergencies(state: &State) -> Vec<wire::EmergencyRow> {
    let rows = state.emergencies().iter();
    let row = |(counter, emergency): (_, &aufruf_engine::Emergency)| wire::EmergencyRow {
        counter: words::counter(counter),
        raised_at: emergency.raised_at,
        accepted_by: emergency
            .accepted
            .as_ref()
            .map(|(actor, _)| actor.as_str().to_owned()),
    };
    rows.map(row).collect()
}

/// Queues of which visitors take no ticket now.
pub(super) fn locks(state: &State) -> Vec<wire::LockRow> {
    let row = |(queue, lock): (_, &aufruf_engine::Lock)| wire::LockRow {
        queue: words::queue(queue),
        notice: lock.notice.clone(),
        since: lock.since,
    };
    state.locks().iter().map(row).collect()
}

/// Whether visitors can take a ticket, and what the kiosk says where they cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WalkIns {
    pub(super) state: wire::OfferState,
    pub(super) opens_at: Option<Timestamp>,
    pub(super) notice: Option<wire::Texts>,
}

impl WalkIns {
    pub(super) fn of(
        state: &State,
        document: &OfficeDocument,
        queue: &QueueKey,
        now: Timestamp,
    ) -> Self {
        let open = Self {
            state: wire::OfferState::Open,
            opens_at: None,
            notice: None,
        };
        let Err(refusal) = state.takes_walk_ins(queue, now) else {
            return open;
        };
        // The code of a refusal is the offer's word; of one without a word the server decides.
        let mut closed = Self {
            state: wire::OfferState::from_word(refusal.code()),
            ..open
        };
        if let Refusal::Closed { opens_at, .. } = refusal {
            closed.opens_at = opens_at;
            closed.notice = why_closed(state, document, queue, now);
        } else if let Refusal::Locked { notice, .. } = refusal {
            closed.notice = Some(in_first_language(document, notice));
        }
        closed
    }
}

impl WalkIns {
    /// The same for one service of the queue, for which there may be no time left.
    pub(super) fn of_service(self, state: &State, service: &ServiceKey) -> Self {
        if !state.is_sold_out(service) || self.is_over_for_today(state) {
            return self;
        }
        Self {
            state: wire::OfferState::SoldOut,
            opens_at: None,
            notice: None,
        }
    }

    /// Nobody gets a ticket before tomorrow for another reason. What opens again today would draw
    /// people in vain.
    fn is_over_for_today(&self, state: &State) -> bool {
        match self.state {
            wire::OfferState::LastTicketGone | wire::OfferState::ContingentUsed => true,
            wire::OfferState::Closed => {
                let day = state.day();
                let opens = self.opens_at.zip(day);
                opens.is_none_or(|(opens_at, day)| opens_at >= day.ends_at)
            }
            wire::OfferState::Open
            | wire::OfferState::Locked
            | wire::OfferState::SoldOut
            | wire::OfferState::Unknown => false,
        }
    }

    /// The same for the whole queue: sold out where there is no time for any of its services.
    fn of_all_services(self, state: &State, office: &Office, queue: &QueueKey) -> Self {
        let services = office.services.iter();
        let mut services = services.filter(|service| service.queue == *queue);
        let left = services
            .clone()
            .any(|service| !state.is_sold_out(&service.key));
        match services.next() {
            Some(service) if !left => self.of_service(state, &service.key),
            Some(_) | None => self,
        }
    }
}

/// Why the whole day is closed; none for a queue that is outside its hours.
fn why_closed(
    state: &State,
    document: &OfficeDocument,
    queue: &QueueKey,
    now: Timestamp,
) -> Option<wire::Texts> {
    let today = now.to_zoned(state.office()?.zone()).date();
    document.closing_words(queue.as_str(), today).cloned()
}

fn in_first_language(document: &OfficeDocument, text: String) -> wire::Texts {
    let first = document.languages.first().cloned();
    wire::Texts([(first.unwrap_or_default(), text)].into())
}

/// How `key` stands at `now`. None where the office has no such queue.
pub(crate) fn queue_day(
    state: &State,
    document: &OfficeDocument,
    key: &QueueKey,
    now: Timestamp,
) -> Option<wire::QueueDay> {
    let office = state.office()?;
    let queue = office.queue(key)?;
    let walk_ins = WalkIns::of(state, document, key, now);
    let walk_ins = walk_ins.of_all_services(state, office, key);
    Some(wire::QueueDay {
        queue: words::queue(key),
        waiting: state.waiting(key),
        booked: u32::try_from(state.booked(key).count()).unwrap_or(u32::MAX),
        walk_ins: walk_ins.state,
        opens_at: walk_ins.opens_at,
        open: open_spans(office, queue, now),
        slots: slots(office, queue, now),
    })
}

fn open_spans(office: &Office, queue: &Queue, now: Timestamp) -> Vec<wire::OpenSpan> {
    let Some(hours) = &queue.walk_in_hours else {
        return Vec::new();
    };
    let zone = office.zone();
    let today = now.to_zoned(zone.clone()).date();
    let spans = hours.open_spans(today, &zone, |date| office.is_closed_on(&queue.key, date));
    let span = |span: aufruf_engine::hours::OpenSpan| wire::OpenSpan {
        from: span.from,
        to: span.to,
    };
    spans.into_iter().map(span).collect()
}

fn slots(office: &Office, queue: &Queue, now: Timestamp) -> Vec<wire::Slot> {
    let Some(hours) = &queue.appointment_hours else {
        return Vec::new();
    };
    let zone = office.zone();
    let today = now.to_zoned(zone.clone()).date();
    let slots = hours.slots_on(today, &zone, |date| office.is_closed_on(&queue.key, date));
    let slot = |slot: aufruf_engine::hours::Slot| wire::Slot {
        at: slot.at,
        counters: slot.counters,
    };
    slots.into_iter().map(slot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_keeps_visitors_from_a_ticket_has_its_word_in_an_offer() {
        let queue = QueueKey::new("ids");
        let refusals = [
            Refusal::Closed {
                queue: queue.clone(),
                opens_at: None,
            },
            Refusal::LastTicketGone {
                queue: queue.clone(),
            },
            Refusal::ContingentUsed {
                queue: queue.clone(),
                limit: 1,
            },
            Refusal::Locked {
                queue,
                notice: String::new(),
            },
            Refusal::SoldOut {
                service: ServiceKey::new("id-card"),
            },
        ];
        for refusal in refusals {
            let word = refusal.code();
            let state = wire::OfferState::from_word(word);
            assert_ne!(state, wire::OfferState::Unknown, "{word}");
        }
    }
}
