//! What a counter can take, and what it would rather take.

use std::collections::BTreeSet;

use crate::line::Class;
use crate::{Counter, Office, Queue, QueueKey, ServiceKey, State, Ticket};

/// Whether `counter` can serve what the ticket is for now; needs, pauses and bonds left aside.
///
/// Several services are for a counter that offers them all, as long as one is open; else for one
/// that offers the first. Who was sent to a queue is for any counter of that queue.
pub fn can_serve(state: &State, counter: &Counter, ticket: &Ticket) -> bool {
    let Some(office) = state.office() else {
        return false;
    };
    let asked = Asked {
        state,
        office,
        queue: &ticket.queue,
        class: &Class::of(ticket),
    };
    asked.offers_next(counter) && asked.is_kept_for_nobody_else(counter, Wait::Bearable)
}

/// How a wait compares with the queue's maximum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    Bearable,
    TooLong,
}

/// People of one class in one line, and the question who may call them.
pub(crate) struct Asked<'a> {
    pub(crate) state: &'a State,
    pub(crate) office: &'a Office,
    pub(crate) queue: &'a QueueKey,
    pub(crate) class: &'a Class,
}

impl Asked<'_> {
    /// Whether `counter` offers what they are for next.
    fn offers_next(&self, counter: &Counter) -> bool {
        let head = self.class.head();
        if self.are_sent_on() {
            head.is_some() && self.office.serves_queue(counter, self.queue)
        } else {
            head.is_some_and(|head| counter.skills.contains(head))
        }
    }

    /// Whether they stand in another line than that of their next service.
    fn are_sent_on(&self) -> bool {
        let next = self.class.head().and_then(|head| self.office.service(head));
        next.is_none_or(|service| service.queue != *self.queue)
    }

    /// Whether `counter` offers what they are for next, or they were sent to its queue.
    pub(crate) fn takes(&self, counter: &Counter) -> bool {
        self.offers_next(counter)
    }

    /// Whether `counter` may call them as far as needs and several services go.
    pub(crate) fn fits(&self, counter: &Counter, wait: Wait) -> bool {
        self.suits(counter, wait) && self.is_kept_for_nobody_else(counter, wait)
    }

    /// One counter for all services is preferred, while one is open and the wait for it is bearable.
    /// One that offers all but lacks what the person needs does not count: else each of two counters
    /// would leave the person to the other.
    fn is_kept_for_nobody_else(&self, counter: &Counter, wait: Wait) -> bool {
        let services = &self.class.services;
        if services.len() < 2
            || wait == Wait::TooLong
            || counter.offers_all(services)
            || self.are_sent_on()
        {
            return true;
        }
        let mut others = self.office.counters.iter();
        !others.any(|other| {
            other.offers_all(services) && self.is_open(other) && self.suits(other, wait)
        })
    }

    /// Needs bind to the counters of the house that have what is needed and offer the service. Where
    /// none has, staff help as they can; and who has waited too long for one that nobody opens is
    /// called all the same: no need keeps anybody out.
    fn suits(&self, counter: &Counter, wait: Wait) -> bool {
        let needs = &self.class.needs;
        if needs.is_empty() || counter.suits(needs) {
            return true;
        }
        let fit = |other: &&Counter| other.suits(needs) && self.offers_next(other);
        let mut fit = self.office.counters.iter().filter(fit);
        match wait {
            Wait::Bearable => fit.next().is_none(),
            Wait::TooLong => !fit.any(|other| self.is_open(other)),
        }
    }

    fn is_open(&self, counter: &Counter) -> bool {
        let today = self.state.counter(&counter.key);
        today.is_some_and(crate::CounterState::is_open)
    }
}

/// What a counter would rather do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Choice {
    Own,
    HelpsOut,
}

/// The services of one queue, as far as a counter offers them.
pub(crate) struct Skills<'a> {
    of_queue: BTreeSet<&'a ServiceKey>,
    own: BTreeSet<&'a ServiceKey>,
    helps_out: BTreeSet<&'a ServiceKey>,
}

impl<'a> Skills<'a> {
    pub(crate) fn of(office: &'a Office, counter: &Counter, queue: &Queue) -> Self {
        let services = office.services.iter();
        let of_queue = services.filter(|service| service.queue == queue.key);
        let of_queue: BTreeSet<&ServiceKey> = of_queue.map(|service| &service.key).collect();
        let offered = of_queue.iter().copied();
        let offered = offered.filter(|service| counter.skills.contains(*service));
        let (helps_out, own) = offered.partition(|service| counter.helps_out.contains(*service));
        Self {
            of_queue,
            own,
            helps_out,
        }
    }

    /// How the counter would take what people of this class are for next. Who was sent to this queue
    /// with a service of another one is for every counter of this queue.
    pub(crate) fn choice(&self, class: &Class) -> Option<Choice> {
        let head = class.head()?;
        if self.own.contains(head) {
            Some(Choice::Own)
        } else if self.helps_out.contains(head) {
            Some(Choice::HelpsOut)
        } else if self.of_queue.contains(head) {
            None
        } else if self.own.is_empty() {
            self.helps_out.first().map(|_| Choice::HelpsOut)
        } else {
            Some(Choice::Own)
        }
    }
}
