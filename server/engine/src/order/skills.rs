//! What a counter can take, and what it would rather take.

use std::collections::BTreeSet;

use crate::{Counter, CounterMode, CounterState, Office, Queue, ServiceKey, State, Ticket};

/// Whether `counter` can serve what the ticket is for now; needs, pauses and bonds left aside.
///
/// Several services are for a counter that offers them all, as long as one is open; else for one
/// that offers the first. Who was sent to a queue is for any counter of that queue.
pub fn can_serve(state: &State, counter: &Counter, ticket: &Ticket) -> bool {
    let Some(office) = state.office() else {
        return false;
    };
    offers_next(office, counter, ticket)
        && offers_all_or_nobody_does(state, counter, ticket, Wait::Bearable)
}

/// Whether `counter` offers what the ticket is for next.
fn offers_next(office: &Office, counter: &Counter, ticket: &Ticket) -> bool {
    let head = ticket.head();
    if is_sent_on(office, ticket) {
        head.is_some() && office.serves_queue(counter, &ticket.queue)
    } else {
        head.is_some_and(|head| counter.skills.contains(head))
    }
}

/// Whether the ticket stands in another line than that of its next service.
fn is_sent_on(office: &Office, ticket: &Ticket) -> bool {
    let next = ticket.head().and_then(|head| office.service(head));
    next.is_none_or(|service| service.queue != ticket.queue)
}

/// One that offers all but lacks what the person needs does not count: else each of two counters
/// would leave the person to the other.
pub(super) fn offers_all_or_nobody_does(
    state: &State,
    counter: &Counter,
    ticket: &Ticket,
    wait: Wait,
) -> bool {
    let Some(office) = state.office() else {
        return true;
    };
    if ticket.services.len() < 2
        || counter.offers_all(&ticket.services)
        || is_sent_on(office, ticket)
    {
        return true;
    }
    let is_open = |other: &Counter| state.counter(&other.key).is_some_and(CounterState::is_open);
    let mut others = office.counters.iter();
    !others.any(|other| {
        other.offers_all(&ticket.services) && is_open(other) && suits(state, other, ticket, wait)
    })
}

/// Whether the needs of this visit let it go to `counter`. They bind to the counters of the house
/// that have what is needed and offer the service. Where none has, staff help as they can; and who
/// has waited too long for one that nobody opens is called all the same: no need keeps anybody out.
pub(super) fn suits(state: &State, counter: &Counter, ticket: &Ticket, wait: Wait) -> bool {
    let needs = &ticket.needs;
    if needs.is_empty() || counter.suits(needs) {
        return true;
    }
    let Some(office) = state.office() else {
        return true;
    };
    let fit = |other: &&Counter| other.suits(needs) && offers_next(office, other, ticket);
    let mut fit = office.counters.iter().filter(fit);
    let is_closed = |other: &Counter| {
        let today = state.counter(&other.key);
        today.is_none_or(|today| today.mode == CounterMode::Closed)
    };
    match wait {
        Wait::Bearable => fit.next().is_none(),
        Wait::TooLong => fit.all(is_closed),
    }
}

/// How a wait compares with the queue's maximum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    Bearable,
    TooLong,
}

/// What a counter would rather do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Choice {
    Own,
    HelpsOut,
}

/// The services of one queue, as far as a counter offers them.
pub(super) struct Skills<'a> {
    of_queue: BTreeSet<&'a ServiceKey>,
    pub(super) own: BTreeSet<&'a ServiceKey>,
    helps_out: BTreeSet<&'a ServiceKey>,
}

impl<'a> Skills<'a> {
    pub(super) fn of(office: &'a Office, counter: &Counter, queue: &Queue) -> Self {
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

    pub(super) fn are_none(&self) -> bool {
        self.own.is_empty() && self.helps_out.is_empty()
    }

    /// How the counter would take what the ticket is for next. Who was sent to this queue with a
    /// service of another one is for every counter of this queue.
    pub(super) fn choice(&self, ticket: &Ticket) -> Option<Choice> {
        let head = ticket.head()?;
        if self.own.contains(head) {
            Some(Choice::Own)
        } else if self.helps_out.contains(head) {
            Some(Choice::HelpsOut)
        } else if self.of_queue.contains(head) || self.are_none() {
            None
        } else if self.own.is_empty() {
            Some(Choice::HelpsOut)
        } else {
            Some(Choice::Own)
        }
    }
}
