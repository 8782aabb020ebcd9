//! Who is called, and whether the reason that is told is the truth.

use aufruf_engine::{
    CounterKey, Event, Nobody, NobodyReason, Priority, State, TicketId, Why, next_ticket,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::takeable::{Asks, Standing, Takeable, offers};
use super::visit::Stand;

impl Asks<'_> {
    /// The call by this counter, before the books have seen it.
    pub(super) fn calls(&self, call: &Call<'_>) -> TestCaseResult {
        let (ticket, why) = (call.ticket, call.why);
        let visits = &self.books.visits;
        let at_counter = visits
            .values()
            .find(|visit| visit.stand.counter() == Some(&self.counter.key));
        prop_assert!(at_counter.is_none(), "there is {:?} already", at_counter);
        self.overtakes_those_who_are_told(call)?;
        if why == Why::Chosen {
            return self.chooses(ticket);
        }
        let takeable = self.takeable();
        let called = takeable.iter().find(|one| one.ticket == ticket);
        prop_assert!(called.is_some(), "cannot take {:#?}", visits[&ticket]);
        let called = called.expect("seen above");
        overtakes_nobody_of_the_class(called, &takeable)?;
        let (due, early): (Vec<_>, Vec<_>) = takeable
            .iter()
            .cloned()
            .partition(|one| one.place.at <= self.now);
        self.is_fair(called, &due)?;
        if due.is_empty() {
            let soon = early.iter().filter(|one| self.is_in_question(one));
            let soon = soon.map(Takeable::stands).min();
            let first = soon.or(early.iter().map(Takeable::stands).min());
            prop_assert_eq!(Some(called.stands()), first);
            prop_assert_eq!(
                why,
                Why::EarlyAppointment {
                    at: called.place.at
                }
            );
            return Ok(());
        }
        self.is_next(called, &due, call)
    }

    fn chooses(&self, ticket: TicketId) -> TestCaseResult {
        let visit = &self.books.visits[&ticket];
        let offers_head = self.counter.skills.contains(&visit.services[0]);
        let may = offers_head || visit.bound.is_some() || offers(self.office, self.counter, visit);
        prop_assert!(may, "{} does not offer {:?}", self.counter.key, visit);
        Ok(())
    }

    /// The rules in their order, over everybody; and the reason that was told.
    fn is_next(
        &self,
        called: &Takeable<'_>,
        due: &[Takeable<'_>],
        call: &Call<'_>,
    ) -> TestCaseResult {
        let why = call.why;
        if let Some(longest) = first_overdue(due) {
            let (_, (_, overdue)) = longest;
            if let Some(instead) = self.first_overtaken_enough(overdue) {
                prop_assert_eq!((called.ticket, why), (instead, Why::FirstInLine));
                return Ok(());
            }
            prop_assert_eq!((called.waits_since, called.stands()), longest, "{:?}", why);
            let waited_min = u32::try_from(called.waited_min).expect("not before its time");
            let max_wait_min = called.max_wait_min;
            let told = Why::Overdue {
                waited_min,
                max_wait_min,
            };
            prop_assert_eq!(why, told);
            return Ok(());
        }
        if let Some((other, favoured)) = self.turn_of_others(due) {
            prop_assert_eq!(
                called.stands(),
                other,
                "the turn of others, not {:?}",
                called
            );
            prop_assert_eq!(why, Why::TurnOfOthers { after: favoured });
            return Ok(());
        }
        if due.iter().any(|one| one.visit.has_given_priority()) {
            let best = due
                .iter()
                .min_by_key(|one| rank(one))
                .expect("somebody is due");
            prop_assert_eq!(rank(called), rank(best), "{:?}", why);
            prop_assert_eq!(why, told_of(called, due));
            return Ok(());
        }
        self.is_slotted_in(called, due, call)
    }

    /// Who waits longest behind the best class, when it is their turn, and after how many calls.
    fn turn_of_others(&self, due: &[Takeable<'_>]) -> Option<(Standing, u32)> {
        let favoured = self.books.desks.at(&self.counter.key).favoured;
        let best = due.iter().min_by_key(|one| rank(one))?;
        let behind = due.iter().filter(|one| one.class.0 > best.class.0);
        let longest = behind.map(Takeable::stands).min()?;
        let is_turn = favoured >= self.office.rules.favoured_in_a_row;
        (is_turn && longest < best.stands()).then_some((longest, favoured))
    }

    /// *Next* called nobody: so there is nobody, or one that is named can be called at that time.
    pub(super) fn calls_nobody(&self, nobody: &Nobody, state: &State) -> TestCaseResult {
        match nobody.reason {
            NobodyReason::CounterClosed
            | NobodyReason::CounterPaused
            | NobodyReason::VisitRunning(_) => return Ok(()),
            NobodyReason::Held => return self.is_held(nobody),
            _ => {}
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
        let is_held = matches!(&then, Err(nobody) if nobody.reason == NobodyReason::Held);
        prop_assert!(
            then.is_ok() || is_held,
            "{} cannot be called at {}",
            ticket,
            from
        );
        Ok(())
    }

    /// The counter is kept free for one who is named, has an appointment soon and is not here yet;
    /// nobody but people without one waits for it.
    fn is_held(&self, nobody: &Nobody) -> TestCaseResult {
        let (ticket, from) = nobody.next.expect("somebody is named");
        let visit = &self.books.visits[&ticket];
        prop_assert_eq!(&visit.stand, &Stand::Booked);
        prop_assert!(visit.keeps_its_time() && self.takes_at_once(visit));
        prop_assert_eq!(from, visit.place.at);
        let queue = self.office.queue(&visit.queue).expect("of the office");
        let most = SignedDuration::from_mins(i64::from(queue.rules.max_hold_min));
        let wait = from.duration_since(self.now);
        prop_assert!(
            wait > SignedDuration::ZERO && wait <= most,
            "held for {}",
            wait
        );
        let takeable = self.takeable();
        let due: Vec<_> = takeable
            .into_iter()
            .filter(|one| one.place.at <= self.now)
            .collect();
        prop_assert!(due.iter().any(|one| !one.visit.keeps_its_time()), "idle");
        prop_assert_eq!(first_overdue(&due), None);
        prop_assert_eq!(self.turn_of_others(&due), None);
        prop_assert!(!due.iter().any(|one| one.visit.has_given_priority()));
        Ok(())
    }

    /// Nobody is called who came too late to be before one that this counter could take.
    fn is_fair(&self, called: &Takeable<'_>, due: &[Takeable<'_>]) -> TestCaseResult {
        let came = called.place.at.min(self.now);
        let mut due = due.iter();
        let starved = due.find(|one| {
            let between = came.duration_since(one.waits_since).as_secs();
            between >= 60 * i64::from(one.max_wait_min)
        });
        prop_assert!(starved.is_none(), "{:?} before {:?}", called, starved);
        Ok(())
    }
}

fn rank(one: &Takeable<'_>) -> ((Priority, bool), Standing) {
    (one.class, one.stands())
}

fn first_overdue(due: &[Takeable<'_>]) -> Option<(Timestamp, Standing)> {
    let overdue = due.iter().filter(|one| one.is_overdue());
    overdue.map(|one| (one.waits_since, one.stands())).min()
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
    let overtaken = same.find(|one| one.stands() < called.stands() && !called.is_overdue());
    prop_assert!(
        overtaken.is_none(),
        "{:?} overtakes {:?}",
        called,
        overtaken
    );
    Ok(())
}

/// Why the best one goes before those who wait longer.
fn told_of(called: &Takeable<'_>, due: &[Takeable<'_>]) -> Why {
    let longer = due.iter().filter(|one| one.stands() < called.stands());
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

/// A call, as an event tells it.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) ticket: TicketId,
    pub(super) counter: &'a CounterKey,
    pub(super) why: Why,
    pub(super) overtook: &'a [TicketId],
}

impl<'a> Call<'a> {
    /// None where the event is no call.
    pub(super) fn of(event: &'a Event) -> Option<Self> {
        match event {
            Event::TicketCalled {
                ticket,
                counter,
                why,
                overtook,
            } => Some(Self {
                ticket: *ticket,
                counter,
                why: *why,
                overtook,
            }),
            _ => None,
        }
    }
}
