//! What is sold out: told once, and taken back only after capacity was added that no plan could know of.

use std::collections::BTreeMap;

use aufruf_engine::{CounterKey, CounterMode, Event, EventSeq, Office, ServiceKey, State};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::books::Books;

#[derive(Debug, Default)]
pub(super) struct SoldOut {
    since: BTreeMap<ServiceKey, EventSeq>,
    /// The records that added capacity.
    added: BTreeMap<EventSeq, Gain>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Gain {
    /// As long as this counter stays.
    Counter(CounterKey),
    Time,
}

impl Books {
    /// Before the other books have seen the event.
    pub(super) fn see_capacity(&mut self, event: &Event, seq: EventSeq) -> TestCaseResult {
        let gain = self.adds_capacity(event);
        let closes = match event {
            Event::CounterClosed { counter } | Event::CounterMoved { from: counter, .. } => {
                Some(Gain::Counter(counter.clone()))
            }
            _ => None,
        };
        let added = &mut self.sold_out.added;
        added.retain(|_, gain| Some(&*gain) != closes.as_ref());
        added.extend(gain.map(|gain| (seq, gain)));
        let SoldOut { since, added } = &mut self.sold_out;
        match event {
            Event::DayOpened { .. } => self.sold_out = SoldOut::default(),
            Event::OfficeChanged { office } => {
                since.retain(|service, _| office.service(service).is_some());
            }
            Event::StepUndone { step, .. } => {
                added.remove(step);
            }
            Event::SoldOut { services } => {
                prop_assert!(!services.is_empty());
                for service in services {
                    let before = since.insert(service.clone(), seq);
                    prop_assert_eq!(before, None, "{} is sold out twice", service);
                }
            }
            Event::RoomAgain { services } => {
                prop_assert!(!services.is_empty());
                for service in services {
                    let gone = since.remove(service);
                    prop_assert!(gone.is_some(), "{} was not sold out", service);
                    let latest = added.keys().next_back().copied();
                    prop_assert!(latest > gone, "{} again, but nothing was added", service);
                }
            }
            Event::TicketIssued {
                services, source, ..
            } if source.is_self_service() => {
                let gone = services.iter().find(|service| since.contains_key(*service));
                prop_assert_eq!(gone, None, "is sold out");
            }
            _ => {}
        }
        Ok(())
    }

    fn adds_capacity(&self, event: &Event) -> Option<Gain> {
        let mode = |counter: &CounterKey| self.desks.at(counter).mode;
        match event {
            Event::CounterOpened { counter, .. } | Event::CounterMoved { to: counter, .. } => {
                (mode(counter) == CounterMode::Closed).then(|| Gain::Counter(counter.clone()))
            }
            Event::TicketCancelled { ticket } => {
                let visit = self.visits.get(ticket)?;
                visit.agreed_at.is_some().then_some(Gain::Time)
            }
            Event::AppointmentBooked { booking } => self
                .visits
                .contains_key(&booking.ticket)
                .then_some(Gain::Time),
            Event::OfficeChanged { .. } => Some(Gain::Time),
            _ => None,
        }
    }

    pub(super) fn agree_on_what_is_sold_out(
        &self,
        state: &State,
        office: &Office,
    ) -> TestCaseResult {
        for service in &office.services {
            let is_gone = self.sold_out.since.contains_key(&service.key);
            prop_assert_eq!(state.is_sold_out(&service.key), is_gone, "{}", service.key);
        }
        Ok(())
    }
}
