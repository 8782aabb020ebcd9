//! Whom a counter could take, by the plain rules and by looking at everybody.

use aufruf_engine::{
    Bound, CheckInRule, Counter, CounterMode, Office, Place, Priority, Queue, TicketId,
};
use jiff::Timestamp;

use super::Books;
use super::visit::{Stand, Visit};

/// One counter that asks at one time.
pub(super) struct Asks<'a> {
    pub(super) books: &'a Books,
    pub(super) office: &'a Office,
    pub(super) counter: &'a Counter,
    pub(super) now: Timestamp,
}

/// Somebody this counter could take, but perhaps not yet.
#[derive(Debug, Clone)]
pub(super) struct Takeable<'a> {
    pub(super) ticket: TicketId,
    pub(super) visit: &'a Visit,
    /// In the order in which they are called: priority, then what the counter only helps out with.
    pub(super) class: (Priority, bool),
    pub(super) place: Place,
    pub(super) waits_since: Timestamp,
    /// Whole minutes.
    pub(super) waited_min: i64,
    pub(super) max_wait_min: u32,
}

/// Who comes before whom: of equal places the smaller id.
pub(super) type Standing = (Place, TicketId);

impl Takeable<'_> {
    pub(super) fn stands(&self) -> Standing {
        (self.place, self.ticket)
    }

    pub(super) fn is_overdue(&self) -> bool {
        self.waited_min >= i64::from(self.max_wait_min)
    }

    pub(super) fn helps_out(&self) -> bool {
        self.class.1
    }
}

/// Whether the wait is one that nobody shall bear: then some of what keeps people apart falls.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wait {
    Bearable,
    TooLong,
}

impl<'a> Asks<'a> {
    /// Everybody who could be called now, were it not too early for some.
    pub(super) fn takeable(&self) -> Vec<Takeable<'a>> {
        let visits = self.books.visits.iter();
        visits
            .filter(|(_, visit)| self.takes(visit))
            .filter_map(|(ticket, visit)| self.about(*ticket, visit))
            .collect()
    }

    pub(super) fn about(&self, ticket: TicketId, visit: &'a Visit) -> Option<Takeable<'a>> {
        let queue = self.office.queue(&visit.queue)?;
        let waits_since = visit.waits_since();
        let waited = self.now.duration_since(waits_since).as_secs().max(0);
        Some(Takeable {
            ticket,
            visit,
            class: (visit.priority, self.helps_out(visit)),
            place: visit.place,
            waits_since,
            waited_min: waited / 60,
            max_wait_min: queue.rules.max_wait_min,
        })
    }

    /// A walk-in who is here and whom this counter takes as its own.
    pub(super) fn can_be_overtaken(&self, visit: &Visit) -> bool {
        let is_here = visit.waits() && self.is_there(visit) && visit.place.at <= self.now;
        visit.agreed_at.is_none() && is_here && self.takes_as_own(visit)
    }

    fn takes(&self, visit: &Visit) -> bool {
        self.is_there(visit) && self.takes_when_there(visit)
    }

    /// Whether this one is here, or as good as here, and not away for a while.
    fn is_there(&self, visit: &Visit) -> bool {
        match visit.stand {
            Stand::Waiting(pause) => pause.is_none_or(|until| until <= self.now),
            Stand::Booked => self.is_expected(visit),
            _ => false,
        }
    }

    fn is_expected(&self, visit: &Visit) -> bool {
        let nobody_reports =
            |queue: &Queue| queue.rules.check_in == CheckInRule::None && visit.place.at <= self.now;
        self.office.queue(&visit.queue).is_some_and(nobody_reports)
    }

    pub(super) fn takes_when_there(&self, visit: &Visit) -> bool {
        self.takes_after(visit, self.wait_of(visit))
    }

    /// Whether this counter takes people like this one, however short they wait, and as its own.
    pub(super) fn takes_as_own(&self, visit: &Visit) -> bool {
        self.takes_at_once(visit) && !self.helps_out(visit)
    }

    pub(super) fn takes_at_once(&self, visit: &Visit) -> bool {
        self.takes_after(visit, Wait::Bearable)
    }

    fn takes_after(&self, visit: &Visit, wait: Wait) -> bool {
        self.is_meant_for(visit)
            || (self.is_let_go(visit, wait)
                && offers(self.office, self.counter, visit)
                && self.suits(self.counter, visit, wait)
                && self.offers_all_or_nobody_does(visit, wait))
    }

    /// Who was sent to somebody who pauses is for all after too long a wait.
    fn is_let_go(&self, visit: &Visit, wait: Wait) -> bool {
        visit.bound.as_ref().is_none_or(|bound| {
            wait == Wait::TooLong && self.books.desks.mode_of(bound) != CounterMode::Open
        })
    }

    fn is_meant_for(&self, visit: &Visit) -> bool {
        let desk = self.books.desks.at(&self.counter.key);
        match &visit.bound {
            Some(Bound::Counter(counter)) => *counter == self.counter.key,
            Some(Bound::Clerk(clerk)) => desk.clerk.as_ref() == Some(clerk),
            None => false,
        }
    }

    /// Needs bind to the counters that meet them, were they only open: until the wait is too long.
    fn suits(&self, counter: &Counter, visit: &Visit, wait: Wait) -> bool {
        let meets = |counter: &Counter| visit.needs.is_subset(&counter.attributes);
        let counters = self.office.counters.iter();
        let mut fit = counters.filter(|other| meets(other) && offers(self.office, other, visit));
        meets(counter) || fit.all(|other| wait == Wait::TooLong && !self.is_open(other))
    }

    /// Who came for several things waits for an open counter that has them all: until the wait is
    /// too long.
    fn offers_all_or_nobody_does(&self, visit: &Visit, wait: Wait) -> bool {
        let all = |counter: &Counter| counter.offers_all(&visit.services);
        let is_whole = visit.services.len() < 2 || !is_at_home(self.office, visit);
        if is_whole || all(self.counter) || wait == Wait::TooLong {
            return true;
        }
        let mut others = self.office.counters.iter();
        !others.any(|other| all(other) && self.is_open(other) && self.suits(other, visit, wait))
    }

    fn wait_of(&self, visit: &Visit) -> Wait {
        let queue = self.office.queue(&visit.queue);
        let max = queue.map_or(i64::MAX, |queue| 60 * i64::from(queue.rules.max_wait_min));
        if self.now.duration_since(visit.waits_since()).as_secs() >= max {
            Wait::TooLong
        } else {
            Wait::Bearable
        }
    }

    fn is_open(&self, counter: &Counter) -> bool {
        self.books.desks.at(&counter.key).mode == CounterMode::Open
    }

    fn helps_out(&self, visit: &Visit) -> bool {
        let (counter, office) = (self.counter, self.office);
        let own = |key| counter.skills.contains(key) && !counter.helps_out.contains(key);
        if self.is_meant_for(visit) {
            return false;
        }
        if is_at_home(office, visit) {
            return !own(&visit.services[0]);
        }
        let mut of_queue = office.services.iter();
        !of_queue.any(|service| service.queue == visit.queue && own(&service.key))
    }
}

/// Whether the visit waits in the queue of what it is for; else somebody sent it there.
fn is_at_home(office: &Office, visit: &Visit) -> bool {
    let head = office.service(&visit.services[0]);
    head.is_some_and(|service| service.queue == visit.queue)
}

/// What the visit is for, or for who was sent to this queue: anything of it.
pub(super) fn offers(office: &Office, counter: &Counter, visit: &Visit) -> bool {
    if is_at_home(office, visit) {
        return counter.skills.contains(&visit.services[0]);
    }
    let mut skills = counter
        .skills
        .iter()
        .filter_map(|skill| office.service(skill));
    skills.any(|service| service.queue == visit.queue)
}
