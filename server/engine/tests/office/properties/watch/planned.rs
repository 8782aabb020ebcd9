//! The plan for the rest of the day, held to the rules that calls are held to, and the windows.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::planning::{Plan, Stay, StayOf};
use aufruf_engine::{
    CheckInRule, Counter, CounterKey, CounterMode, Need, Office, Priority, QueueKey, ServiceKey,
    TicketId,
};
use jiff::Timestamp;
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::Watch;
use super::takeable::{Asks, Standing};
use super::visit::{Stand, Visit};

impl Watch {
    /// What must hold of the plan whatever the day was like.
    pub(in crate::properties) fn the_plan_is_sound(&self) -> TestCaseResult {
        let (plan, now) = (self.office.plan(), self.office.engines_now());
        let office = self.office.state.office().expect("in use");
        let planned = Planned {
            watch: self,
            office,
            plan: &plan,
            now,
        };
        planned.nobody_is_in_it_twice()?;
        planned.no_counter_has_two_at_a_time()?;
        planned.who_is_at_a_counter_stays()?;
        for stay in plan.stays.iter().filter(|stay| stay.of != StayOf::Running) {
            planned.is_called_while_the_counter_calls(stay)?;
            planned.is_called_where_and_when_it_can_be(stay)?;
        }
        planned.counters_call_when_panels_and_shifts_say()?;
        planned.nobody_is_left_out()?;
        planned.people_of_a_class_go_by_their_places()?;
        planned.only_what_ends_is_full()
    }

    /// What must hold of what people are told.
    pub(in crate::properties) fn the_windows_are_sound(&self) -> TestCaseResult {
        let (told, now) = (self.office.outlook(), self.office.engines_now());
        prop_assert_eq!(&told, &self.office.outlook(), "equal seeds");
        prop_assert_eq!(&told.full, &self.office.plan().full);
        for window in told.services.values().chain(told.tickets.values()) {
            prop_assert!(now <= window.low, "{:?} at {}", window, now);
            prop_assert!(window.low <= window.mid && window.mid <= window.high);
        }
        let gone = told
            .full
            .iter()
            .find(|key| told.services.contains_key(*key));
        prop_assert_eq!(gone, None, "is sold out");
        for ticket in told.tickets.keys() {
            let visit = &self.books.visits[ticket];
            prop_assert!(visit.waits(), "{:?} does not wait", visit);
        }
        Ok(())
    }
}

struct Planned<'a> {
    watch: &'a Watch,
    office: &'a Office,
    plan: &'a Plan,
    now: Timestamp,
}

impl<'a> Planned<'a> {
    fn visits(&self) -> &'a BTreeMap<TicketId, Visit> {
        &self.watch.books.visits
    }

    fn asks(&self, counter: &'a Counter) -> Asks<'a> {
        Asks {
            books: &self.watch.books,
            office: self.office,
            counter,
            now: self.now,
        }
    }

    fn nobody_is_in_it_twice(&self) -> TestCaseResult {
        let tickets: BTreeSet<TicketId> = self.plan.stays.iter().map(|stay| stay.ticket).collect();
        prop_assert_eq!(tickets.len(), self.plan.stays.len());
        Ok(())
    }

    fn no_counter_has_two_at_a_time(&self) -> TestCaseResult {
        let mut busy_until: BTreeMap<&CounterKey, Timestamp> = BTreeMap::new();
        for stay in &self.plan.stays {
            prop_assert!(stay.from < stay.to, "{:?}", stay);
            let before = busy_until.insert(&stay.counter, stay.to);
            prop_assert!(before.is_none_or(|until| until <= stay.from), "{:?}", stay);
        }
        Ok(())
    }

    /// Exactly those who are called or served now, where they are.
    fn who_is_at_a_counter_stays(&self) -> TestCaseResult {
        let running = self.plan.stays.iter();
        let running = running.filter(|stay| stay.of == StayOf::Running);
        let running: BTreeMap<TicketId, &CounterKey> =
            running.map(|stay| (stay.ticket, &stay.counter)).collect();
        let there = self.visits().iter();
        let there = there.filter_map(|(ticket, visit)| Some((*ticket, visit.stand.counter()?)));
        prop_assert_eq!(running, there.collect());
        Ok(())
    }

    fn is_called_while_the_counter_calls(&self, stay: &Stay) -> TestCaseResult {
        prop_assert!(stay.from >= self.now, "{:?} is over", stay);
        let mut staffed = self.plan.staffed.iter();
        let spans = staffed.find(|(counter, _)| *counter == stay.counter);
        let (_, spans) = spans.expect("every counter is listed");
        let mut spans = spans.iter();
        prop_assert!(
            spans.any(|(from, to)| *from <= stay.from && stay.from < *to),
            "nobody is there for {:?}",
            stay
        );
        Ok(())
    }

    fn is_called_where_and_when_it_can_be(&self, stay: &Stay) -> TestCaseResult {
        let visit = &self.visits()[&stay.ticket];
        match self.office.counter(&stay.counter) {
            Some(counter) => {
                prop_assert!(
                    self.asks(counter).takes_at_once(visit),
                    "{:?} is not for {:?}",
                    stay,
                    visit
                );
                prop_assert!(self.ghosts(visit).is_none(), "the panels do not count");
            }
            None => prop_assert!(self.ghosts(visit).is_some(), "{:?} is nowhere", stay),
        }
        let of = if visit.keeps_its_time() {
            StayOf::Appointment { at: visit.place.at }
        } else {
            StayOf::WalkIn
        };
        prop_assert_eq!(stay.of, of, "{:?}", visit);
        if visit.stand == Stand::Booked {
            prop_assert!(stay.from >= visit.place.at, "{:?} is not here yet", stay);
        }
        if let Stand::Waiting(Some(until)) = visit.stand {
            prop_assert!(stay.from >= until, "{:?} is away", stay);
        }
        Ok(())
    }

    /// How many serve the visit's line without signing in, where the office says so.
    fn ghosts(&self, visit: &Visit) -> Option<u32> {
        self.office.queue(&visit.queue)?.rules.ghost_counters
    }

    fn counters_call_when_panels_and_shifts_say(&self) -> TestCaseResult {
        for (key, spans) in &self.plan.staffed {
            let Some(counter) = self.office.counter(key) else {
                continue;
            };
            for (from, to) in spans {
                prop_assert!(self.now <= *from && from < to, "{}: {:?}", key, spans);
            }
            let calls_now = spans.first().is_some_and(|(from, _)| *from == self.now);
            match self.watch.books.desks.at(key).mode {
                CounterMode::Open => prop_assert!(calls_now, "{} is open", key),
                // Who pauses in the last minutes of a shift may not come back in it.
                CounterMode::Paused | CounterMode::Closed if counter.shifts.is_some() => {}
                CounterMode::Paused => prop_assert!(!spans.is_empty(), "{} comes back", key),
                CounterMode::Closed => prop_assert!(spans.is_empty(), "nobody plans {}", key),
            }
        }
        Ok(())
    }

    /// Whom a counter takes that is open and stays so is called some time.
    fn nobody_is_left_out(&self) -> TestCaseResult {
        for (ticket, visit) in self.visits() {
            let is_expected = visit.stand == Stand::Booked
                && visit.place.at > self.now
                && self.office.queue(&visit.queue).is_some_and(reports_nobody);
            if !(visit.waits() || is_expected) {
                continue;
            }
            let mut counters = self.office.counters.iter().filter(|counter| {
                let is_open = self.watch.books.desks.at(&counter.key).mode == CounterMode::Open;
                is_open && counter.shifts.is_none() && self.asks(counter).takes_at_once(visit)
            });
            let is_reached = match self.ghosts(visit) {
                Some(ghosts) => ghosts > 0 && visit.bound.is_none(),
                None => counters.next().is_some(),
            };
            let is_planned = self.plan.stays.iter().any(|stay| stay.ticket == *ticket);
            prop_assert!(is_planned || !is_reached, "{:?} is left out", visit);
        }
        Ok(())
    }

    /// Of those who are here and of one class nobody is planned before one who came before.
    fn people_of_a_class_go_by_their_places(&self) -> TestCaseResult {
        type Class<'a> = (
            &'a QueueKey,
            Priority,
            &'a [ServiceKey],
            &'a BTreeSet<Need>,
            bool,
        );
        type Planning = (Standing, Timestamp);
        let mut classes: BTreeMap<Class<'_>, Vec<Planning>> = BTreeMap::new();
        for stay in &self.plan.stays {
            let visit = &self.visits()[&stay.ticket];
            if visit.stand != Stand::Waiting(None) || visit.bound.is_some() {
                continue;
            }
            let class = (
                &visit.queue,
                visit.priority,
                visit.services.as_slice(),
                &visit.needs,
                visit.keeps_its_time(),
            );
            let standing = ((visit.place, stay.ticket), stay.from);
            classes.entry(class).or_default().push(standing);
        }
        for (class, mut people) in classes {
            people.sort_unstable();
            let is_in_order = people.is_sorted_by_key(|(_, from)| *from);
            prop_assert!(is_in_order, "{:?}: {:?}", class, people);
        }
        Ok(())
    }

    fn only_what_ends_is_full(&self) -> TestCaseResult {
        for service in &self.plan.full {
            let service = self.office.service(service).expect("of the office");
            let queue = self.office.queue(&service.queue).expect("of the office");
            prop_assert!(queue.rules.overtime_min.is_some(), "{:?} never ends", queue);
            let has_hours = queue.walk_in_hours.is_some() || queue.appointment_hours.is_some();
            prop_assert!(has_hours, "{:?} never closes", queue);
        }
        Ok(())
    }
}

fn reports_nobody(queue: &aufruf_engine::Queue) -> bool {
    queue.rules.check_in == CheckInRule::None
}
