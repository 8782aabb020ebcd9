//! How a visit ends, said in more words than the plain key: what was done, for how many, with what
//! result.

use std::collections::BTreeSet;

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{FinishTicket, ServiceKey, TicketId, TicketRow, VisitResult};

use super::choices::{Choice, Does};
use super::{Mark, Word};
use crate::controller::{Controller, Order};

/// LIMIT: as many people as the server takes for one ticket; a slip of the finger is no crowd.
const MOST_PEOPLE: u32 = 99;

/// What the clerk has said so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::controller) struct Ending {
    pub(super) ticket: TicketId,
    done: BTreeSet<ServiceKey>,
    pub(super) persons: u32,
    result: VisitResult,
}

impl Ending {
    pub(super) fn of(visit: &TicketRow, done: BTreeSet<ServiceKey>) -> Self {
        Self {
            ticket: visit.id,
            done,
            persons: visit.persons.max(1),
            result: VisitResult::Served,
        }
    }

    pub(super) fn check(&mut self, service: &ServiceKey) {
        if !self.done.remove(service) {
            self.done.insert(service.clone());
        }
    }

    /// What could not be done was not done; anything else brings the usual marks back.
    pub(super) fn end(&mut self, result: VisitResult, usual: BTreeSet<ServiceKey>) {
        if result == VisitResult::NotPossible {
            self.done.clear();
        } else if self.result == VisitResult::NotPossible {
            self.done = usual;
        }
        self.result = result;
    }

    pub(super) fn count(&mut self, by: i32) {
        let counted = self.persons.saturating_add_signed(by);
        self.persons = counted.clamp(1, MOST_PEOPLE);
    }

    /// In the order of the visit's services.
    pub(super) fn order(&self, visit: &TicketRow) -> Order {
        let done = visit.services.iter().filter(|key| self.done.contains(key));
        let finish = FinishTicket {
            done: Some(done.cloned().collect()),
            persons: Some(self.persons),
            result: Some(self.result),
        };
        Order::Act(self.ticket, TicketAction::FinishWith(finish))
    }
}

impl Controller {
    /// What is taken as done where nothing is said: what this counter offers of what is left; all of
    /// it where it offers nothing, because then somebody sent the visit here for it.
    pub(super) fn usually_done(&self, ticket: TicketId) -> BTreeSet<ServiceKey> {
        let left = self.left_to_do(ticket);
        let offers = |key: &&ServiceKey| {
            let counter = self.counter_info();
            counter.is_some_and(|counter| counter.skills.contains(key))
        };
        let here: BTreeSet<ServiceKey> = left.iter().filter(offers).cloned().collect();
        if here.is_empty() {
            left.into_iter().collect()
        } else {
            here
        }
    }

    pub(super) fn endings(&self, ending: &Ending) -> Vec<Choice> {
        let services = self.left_to_do(ending.ticket).into_iter().map(|key| {
            let mark = Mark::any_of(ending.done.contains(&key).into());
            let name = Word::Own(self.service_name(&key));
            Choice::new(name, Some(Does::Check(key))).marked(mark)
        });
        let results = [
            (VisitResult::Served, Word::Served),
            (VisitResult::WithoutRecord, Word::WithoutRecord),
            (VisitResult::NotPossible, Word::NotPossible),
        ]
        .map(|(result, word)| {
            let mark = Mark::one_of((ending.result == result).into());
            Choice::new(word, Some(Does::End(result))).marked(mark)
        });
        services.chain(results).collect()
    }

    fn left_to_do(&self, ticket: TicketId) -> Vec<ServiceKey> {
        let ticket = self.mirror.panel().and_then(|panel| panel.ticket(ticket));
        let left = ticket.into_iter().flat_map(|ticket| {
            let done = |key: &&ServiceKey| !ticket.served.contains(key);
            ticket.services.iter().filter(done)
        });
        left.cloned().collect()
    }
}
