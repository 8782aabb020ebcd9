//! The books: visits, counters, numbers and locks, from the events alone.

mod day;

use std::collections::{BTreeMap, BTreeSet};

use aufruf_engine::{
    Actor, Booking, Bound, CounterMode, Event, EventSeq, Office, QueueKey, Requeued, TicketId,
};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::calls::Call;
use super::counters::Desks;
use super::numbers::Numbers;
use super::queue_for;
use super::sold_out::SoldOut;
use super::staffed::Staffed;
use super::takeable::Asks;
use super::undo::{Step, Steps, favoured_before, is_step};
use super::visit::{Stand, Visit};

#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) visits: BTreeMap<TicketId, Visit>,
    pub(super) desks: Desks,
    numbers: Numbers,
    steps: Steps,
    later: BTreeMap<TicketId, Booking>,
    locked: BTreeSet<QueueKey>,
    taken: BTreeMap<QueueKey, u32>,
    pub(super) sold_out: SoldOut,
    staffed: Staffed,
    today: Option<(Date, Timestamp)>,
}

/// Number, time and author of a record.
type Signed<'a> = (EventSeq, Timestamp, &'a Actor);

impl Books {
    pub(super) fn see(
        &mut self,
        event: &Event,
        signed: Signed<'_>,
        office: &Office,
    ) -> TestCaseResult {
        let (seq, at, _) = signed;
        if let Some(call) = Call::of(event) {
            let counter = office.counter(call.counter);
            let asks = Asks {
                books: self,
                office,
                counter: counter.expect("a counter of the office"),
                now: at,
            };
            asks.calls(&call)?;
            self.passes_over(&call);
        }
        self.see_capacity(event, seq)?;
        let favoured = favoured_before(event, &self.desks);
        let ended = self.today.map_or(at, |(_, ends_at)| at.min(ends_at));
        self.staffed.goes_on(self.desks.open(), ended);
        self.desks.see(event);
        if matches!(event, Event::EmergencyRaised { .. }) {
            self.staffed.alarms += 1;
        }
        match event {
            Event::TicketIssued { .. } => self.comes(event, (seq, at), office)?,
            Event::AppointmentBooked { booking } => self.is_booked(booking, seq, office)?,
            Event::DayOpened { .. } => self.day_opens(event, (seq, at), office)?,
            Event::DayClosed { expired, sums } => self.day_closes(expired, sums, at, office)?,
            Event::QueueEnded { expired, .. } => self.expire(expired, at, office),
            Event::OfficeChanged { office } => {
                self.locked.retain(|queue| office.queue(queue).is_some());
                self.steps.forget_all();
            }
            Event::QueueLocked { queue, .. } => {
                self.locked.insert(queue.clone());
            }
            Event::QueueUnlocked { queue } => {
                self.locked.remove(queue);
            }
            Event::CounterMoved {
                ticket: Some(ticket),
                to,
                ..
            } => {
                self.steps.forget(*ticket);
                let visit = self.visits.get_mut(ticket).expect("a visit moves along");
                match &mut visit.stand {
                    Stand::Called(counter) | Stand::Serving(counter, _) => *counter = to.clone(),
                    other => panic!("{other:?} moves along"),
                }
            }
            Event::TicketRecalled { ticket } => {
                self.steps.forget(*ticket);
            }
            Event::StepUndone { ticket, step } => self.is_undone(*ticket, *step, signed, office)?,
            step if is_step(step) => self.goes_on(step, signed, favoured, office)?,
            _ => {}
        }
        self.let_go_whom_nobody_can_call();
        Ok(())
    }

    fn comes(
        &mut self,
        event: &Event,
        (seq, at): (EventSeq, Timestamp),
        office: &Office,
    ) -> TestCaseResult {
        let visit = Visit::begun(event, seq, at).expect("a ticket that was issued");
        let (ticket, source) = match event {
            Event::TicketIssued { ticket, source, .. } => (*ticket, *source),
            other => panic!("{other:?} is no ticket"),
        };
        self.numbers.is_given(&visit.number.label, ticket, at)?;
        let queue = office.queue(&visit.queue).expect("a queue of the office");
        let line = self
            .visits
            .values()
            .filter(|other| other.waits() && other.queue == visit.queue);
        prop_assert!(line.count() < usize::try_from(queue.max_waiting).expect("few"));
        if source.is_self_service() {
            let services = visit.services.iter().filter_map(|key| office.service(key));
            let queues: BTreeSet<&QueueKey> = services.map(|service| &service.queue).collect();
            for queue in queues {
                let taken = self.taken.entry(queue.clone()).or_default();
                *taken += 1;
                let contingent = office.queue(queue).and_then(|queue| queue.rules.contingent);
                prop_assert!(contingent.is_none_or(|limit| *taken <= limit));
            }
            prop_assert!(!self.locked.contains(&visit.queue));
        }
        prop_assert!(!self.later.contains_key(&ticket));
        prop_assert!(self.visits.insert(ticket, visit).is_none());
        Ok(())
    }

    fn is_booked(&mut self, booking: &Booking, seq: EventSeq, office: &Office) -> TestCaseResult {
        let (_, ends_at) = self.today.expect("a day is open");
        let ticket = booking.ticket;
        self.later.remove(&ticket);
        self.steps.forget(ticket);
        if let Some(before) = self.visits.remove(&ticket) {
            prop_assert_eq!(before.stand, Stand::Booked, "is changed");
            self.numbers.is_given_up(&before.number.label);
        }
        if booking.at >= ends_at {
            self.later.insert(ticket, booking.clone());
            return Ok(());
        }
        self.numbers.is_brought(&booking.number, ticket)?;
        let queue = queue_for(office, &booking.services);
        self.visits
            .insert(ticket, Visit::booked(booking, queue, seq));
        Ok(())
    }

    fn goes_on(
        &mut self,
        event: &Event,
        (seq, at, by): Signed<'_>,
        favoured: Option<(aufruf_engine::CounterKey, u32)>,
        office: &Office,
    ) -> TestCaseResult {
        let ticket = event.ticket().expect("a step is about a ticket");
        if self.later.remove(&ticket).is_some() {
            return Ok(());
        }
        let before = self.visits[&ticket].clone();
        let overtook = Call::of(event).map_or(Vec::new(), |call| call.overtook.to_vec());
        let mut after = before.clone();
        after.goes_on(event, seq, at);
        let is_gone = |bound: &Bound| !self.is_reachable(bound);
        if after.bound.as_ref().is_some_and(is_gone) {
            after.bound = None;
        }
        self.loses_few_places(event, (&before, &after), at, office)?;
        if before.is_open() && !after.is_open() {
            self.numbers.ends(&after.number, at, office);
        }
        let step = Step {
            seq,
            at,
            by: by.clone(),
            before,
            after: after.clone(),
            favoured,
            overtook,
        };
        self.steps.keep(ticket, step);
        self.visits.insert(ticket, after);
        Ok(())
    }

    /// Who was missed and comes back stands behind few of those who stand behind the old place.
    fn loses_few_places(
        &self,
        event: &Event,
        (before, after): (&Visit, &Visit),
        at: Timestamp,
        office: &Office,
    ) -> TestCaseResult {
        let Event::TicketRequeued { to, .. } = event else {
            return Ok(());
        };
        if before.stand != Stand::Missed {
            prop_assert_eq!(*to, Requeued::OldPlace);
            return Ok(());
        }
        let others = self.visits.values().filter(|other| {
            let is_peer = other.waits() && other.bound.is_none() && other.place.at <= at;
            is_peer && (&other.queue, other.priority) == (&after.queue, after.priority)
        });
        let between =
            others.filter(|other| before.place < other.place && other.place < after.place);
        let rules = &office
            .queue(&after.queue)
            .expect("a queue of the office")
            .rules;
        let most = usize::try_from(rules.requeue_loss_places).expect("few");
        prop_assert!(
            between.count() <= most,
            "{:?} is put to {:?}",
            before,
            after.place
        );
        Ok(())
    }

    fn is_undone(
        &mut self,
        ticket: TicketId,
        undone: EventSeq,
        (_, at, by): Signed<'_>,
        office: &Office,
    ) -> TestCaseResult {
        let step = self.steps.forget(ticket);
        prop_assert!(step.is_some(), "{} was touched since {}", ticket, undone.0);
        let step = step.expect("seen above");
        prop_assert_eq!(step.seq, undone);
        let is = &self.visits[&ticket];
        step.may_be_taken_back(is, (by, at, office.rules.undo_within_secs))?;
        if !is.is_open() {
            self.numbers.is_reopened(&is.number.label, ticket)?;
        }
        if let Some((counter, favoured)) = step.favoured {
            self.desks.forget_call(&counter, favoured);
        }
        if let Some(counter) = step.before.stand.counter() {
            let mut visits = self.visits.iter();
            let other = visits.find(|(id, v)| **id != ticket && v.stand.counter() == Some(counter));
            prop_assert!(other.is_none(), "{} is taken by {:?}", counter, other);
        }
        // Who was passed over since then still was.
        let overtaken = is.overtaken;
        let before = Visit {
            overtaken,
            ..step.before
        };
        self.visits.insert(ticket, before);
        for passed in step.overtook {
            self.visits.get_mut(&passed).expect("known").overtaken -= 1;
        }
        Ok(())
    }

    fn passes_over(&mut self, call: &Call<'_>) {
        for passed in call.overtook {
            self.visits.get_mut(passed).expect("known").overtaken += 1;
        }
    }

    fn is_reachable(&self, bound: &Bound) -> bool {
        self.desks.mode_of(bound) != CounterMode::Closed
    }

    fn let_go_whom_nobody_can_call(&mut self) {
        let waiting = self.visits.iter().filter(|(_, visit)| visit.waits());
        let stranded = waiting.filter(|(_, visit)| {
            let bound = visit.bound.as_ref();
            bound.is_some_and(|bound| !self.is_reachable(bound))
        });
        let stranded: Vec<TicketId> = stranded.map(|(ticket, _)| *ticket).collect();
        for ticket in stranded {
            self.visits.get_mut(&ticket).expect("known").bound = None;
        }
    }
}
