//! Who is called, and whether the reason that is told is the truth.

use aufruf_engine::{Event, Nobody, NobodyReason, Priority, State, TicketId, Why, next_ticket};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::takeable::{Asks, Takeable, offers};
use super::visit::Stand;

impl Asks<'_> {
    /// The call of `ticket` by this counter, before the books have seen it.
    pub(super) fn calls(&self, ticket: TicketId, why: Why) -> TestCaseResult {
        let visits = &self.books.visits;
        let at_counter = visits
            .values()
            .find(|visit| visit.stand.counter() == Some(&self.counter.key));
        prop_assert!(at_counter.is_none(), "there is {:?} already", at_counter);
        if why == Why::Chosen {
            return self.chooses(ticket);
        }
        let takeable = self.takeable();
        let called = takeable.iter().find(|one| one.ticket == ticket);
        prop_assert!(called.is_some(), "cannot take {:#?}", visits[&ticket]);
        let called = called.expect("seen above");
        let (due, early): (Vec<_>, Vec<_>) = takeable
            .iter()
            .cloned()
            .partition(|one| one.place.at <= self.now);
        overtakes_nobody_of_the_class(called, &takeable)?;
        is_fair(called, &due)?;
        if let Why::EarlyAppointment { at } = why {
            prop_assert!(due.is_empty(), "{:?} could be taken, not {:?}", due, called);
            let first = early.iter().map(|one| one.place).min();
            prop_assert_eq!((Some(called.place), at), (first, called.place.at));
            return Ok(());
        }
        prop_assert!(called.place.at <= self.now, "{:?} is too early", called);
        self.is_next(called, &due, why)
    }

    fn chooses(&self, ticket: TicketId) -> TestCaseResult {
        let visit = &self.books.visits[&ticket];
        let offers_head = self.counter.skills.contains(&visit.services[0]);
        let may = offers_head || visit.bound.is_some() || offers(self.office, self.counter, visit);
        prop_assert!(may, "{} does not offer {:?}", self.counter.key, visit);
        Ok(())
    }

    /// The rules in their order, over everybody; and the reason that was told.
    fn is_next(&self, called: &Takeable<'_>, due: &[Takeable<'_>], why: Why) -> TestCaseResult {
        let overdue = due.iter().filter(|one| one.is_overdue());
        if let Some(longest) = overdue.map(|one| (one.waits_since, one.place)).min() {
            prop_assert_eq!((called.waits_since, called.place), longest, "{:?}", why);
            let waited_min = u32::try_from(called.waited_min).expect("not before its time");
            let max_wait_min = called.max_wait_min;
            let told = Why::Overdue {
                waited_min,
                max_wait_min,
            };
            prop_assert_eq!(why, told);
            return Ok(());
        }
        let rank = |one: &&Takeable<'_>| (one.class, one.place);
        let best = due.iter().min_by_key(rank).expect("somebody was called");
        let favoured = self.books.desks.at(&self.counter.key).favoured;
        let behind = due.iter().filter(|one| one.class.0 > best.class.0);
        let longest = behind
            .map(|one| one.place)
            .min()
            .filter(|place| *place < best.place);
        if let Some(longest) = longest.filter(|_| favoured >= self.office.rules.favoured_in_a_row) {
            prop_assert_eq!(
                called.place,
                longest,
                "the turn of others, not {:?}",
                called
            );
            prop_assert_eq!(why, Why::TurnOfOthers { after: favoured });
            return Ok(());
        }
        prop_assert_eq!(rank(&called), rank(&best), "{:?}", why);
        prop_assert_eq!(why, told_of(called, due));
        Ok(())
    }

    /// *Next* called nobody: so there is nobody, or one that is named can be called at that time.
    pub(super) fn calls_nobody(&self, nobody: &Nobody, state: &State) -> TestCaseResult {
        let is_ready = !matches!(
            nobody.reason,
            NobodyReason::CounterClosed
                | NobodyReason::CounterPaused
                | NobodyReason::VisitRunning(_)
        );
        if !is_ready {
            return Ok(());
        }
        let takeable = self.takeable();
        prop_assert!(takeable.is_empty(), "nobody, but {:#?}", takeable);
        let mut waiting = self.books.visits.values().filter(|visit| visit.waits());
        let someone_waits = waiting.clone().next().is_some();
        prop_assert_eq!(nobody.reason == NobodyReason::NobodyWaiting, !someone_waits);
        let is_away = waiting.any(|visit| self.takes_when_there(visit));
        prop_assert_eq!(nobody.reason == NobodyReason::AllPaused, is_away);
        let Some((ticket, from)) = nobody.next else {
            return Ok(());
        };
        prop_assert!(from > self.now, "{} could be called now", ticket);
        let stand = &self.books.visits[&ticket].stand;
        prop_assert!(matches!(stand, Stand::Waiting(Some(_)) | Stand::Booked));
        let then = next_ticket(state, self.counter, from);
        prop_assert!(then.is_ok(), "{} cannot be called at {}", ticket, from);
        Ok(())
    }
}

fn overtakes_nobody_of_the_class(
    called: &Takeable<'_>,
    takeable: &[Takeable<'_>],
) -> TestCaseResult {
    let class = |one: &Takeable<'_>| {
        let visit = one.visit;
        let what = (visit.needs.clone(), visit.services.clone());
        (
            visit.queue.clone(),
            visit.priority,
            what,
            visit.bound.is_none(),
        )
    };
    let mut same = takeable.iter().filter(|one| class(one) == class(called));
    let overtaken = same.find(|one| one.place < called.place && !called.is_overdue());
    prop_assert!(
        overtaken.is_none(),
        "{:?} overtakes {:?}",
        called,
        overtaken
    );
    Ok(())
}

/// Nobody is called who came too late to be before one that this counter could take.
fn is_fair(called: &Takeable<'_>, due: &[Takeable<'_>]) -> TestCaseResult {
    let mut due = due.iter();
    let starved = due.find(|one| {
        let between = called.place.at.duration_since(one.waits_since).as_secs();
        between >= 60 * i64::from(one.max_wait_min)
    });
    prop_assert!(starved.is_none(), "{:?} before {:?}", called, starved);
    Ok(())
}

/// Why the best one goes before those who wait longer.
fn told_of(called: &Takeable<'_>, due: &[Takeable<'_>]) -> Why {
    let longer = due.iter().filter(|one| one.place < called.place);
    let longer: Vec<&Takeable<'_>> = longer.collect();
    let priority = called.visit.priority;
    if longer.is_empty() {
        Why::FirstInLine
    } else if !longer.iter().any(|one| one.visit.priority > priority) {
        Why::OwnService
    } else {
        match called.visit.agreed_at {
            Some(at) if priority == Priority::APPOINTMENT => Why::Appointment { at },
            _ => Why::Priority { priority },
        }
    }
}

/// The call among these events, if there is one.
pub(super) fn call_of(event: &Event) -> Option<(TicketId, &aufruf_engine::CounterKey, Why)> {
    match event {
        Event::TicketCalled {
            ticket,
            counter,
            why,
        } => Some((*ticket, counter, *why)),
        _ => None,
    }
}
