//! What is sold out: told once, and taken back only after capacity was added that no plan could know of.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::{CounterKey, CounterMode, Event, EventSeq, Office, ServiceKey, State};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::books::Books;

#[derive(Debug, Default)]
pub(super) struct SoldOut {
    since: BTreeMap<ServiceKey, EventSeq>,
    /// The records that added capacity.
    added: BTreeSet<EventSeq>,
}

impl Books {
    /// Before the other books have seen the event.
    pub(super) fn see_capacity(&mut self, event: &Event, seq: EventSeq) -> TestCaseResult {
        if self.adds_capacity(event) {
            self.sold_out.added.insert(seq);
        }
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
                    let latest = added.last().copied();
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

    fn adds_capacity(&self, event: &Event) -> bool {
        let mode = |counter: &CounterKey| self.desks.at(counter).mode;
        match event {
            Event::CounterOpened { counter, .. } => mode(counter) == CounterMode::Closed,
            Event::TicketCancelled { ticket } => {
                let visit = self.visits.get(ticket);
                visit.is_some_and(|visit| visit.agreed_at.is_some())
            }
            Event::AppointmentBooked { booking } => self.visits.contains_key(&booking.ticket),
            Event::OfficeChanged { .. } => true,
            _ => false,
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
