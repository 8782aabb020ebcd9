//! Steps that are taken back: everything is as it was, and nobody takes back what went on.

use std::collections::BTreeMap;

use aufruf_engine::{
    Actor, Command, CounterKey, Event, EventSeq, Record, Refusal, State, TicketId, apply, decide,
    step,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

use super::counters::Desks;
use super::visit::Visit;
use crate::properties::difference;

/// The last step of each visit, as long as nothing else touched it.
#[derive(Debug, Default)]
pub(super) struct Steps(BTreeMap<TicketId, Step>);

#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) seq: EventSeq,
    pub(super) at: Timestamp,
    pub(super) by: Actor,
    pub(super) before: Visit,
    pub(super) after: Visit,
    pub(super) favoured: Option<(CounterKey, u32)>,
    /// Those whom the call went before.
    pub(super) overtook: Vec<TicketId>,
}

impl Steps {
    pub(super) fn keep(&mut self, ticket: TicketId, step: Step) {
        self.0.insert(ticket, step);
    }

    pub(super) fn forget(&mut self, ticket: TicketId) -> Option<Step> {
        self.0.remove(&ticket)
    }

    pub(super) fn forget_all(&mut self) {
        self.0.clear();
    }
}

/// What counts as a step of a visit.
pub(super) fn is_step(event: &Event) -> bool {
    matches!(
        event,
        Event::CheckedIn { .. }
            | Event::TicketCalled { .. }
            | Event::ServiceStarted { .. }
            | Event::PartServed { .. }
            | Event::VisitFinished { .. }
            | Event::PickUpPromised { .. }
            | Event::CalledInVain { .. }
            | Event::TicketMissed { .. }
            | Event::TicketRequeued { .. }
            | Event::VisitParked { .. }
            | Event::VisitResumed { .. }
            | Event::TicketTransferred { .. }
            | Event::PlacePaused { .. }
            | Event::PlaceResumed { .. }
            | Event::TicketChanged { .. }
            | Event::TicketCancelled { .. }
    )
}

/// What a call makes of the counter is taken back with it.
pub(super) fn favoured_before(event: &Event, desks: &Desks) -> Option<(CounterKey, u32)> {
    match event {
        Event::TicketCalled { counter, .. } => Some((counter.clone(), desks.at(counter).favoured)),
        _ => None,
    }
}

impl Step {
    /// Whether `by` may take it back at `now`, from the visit as it is.
    pub(super) fn may_be_taken_back(
        &self,
        visit: &Visit,
        (by, now, within_secs): (&Actor, Timestamp, u32),
    ) -> TestCaseResult {
        prop_assert_eq!(by, &self.by);
        let within = i64::from(within_secs);
        prop_assert!(now.duration_since(self.at).as_secs() <= within);
        // Whoever was sent to a counter that closed is let go, and others may have gone before since:
        // that hinders nobody.
        let own = |visit: &Visit| Visit {
            bound: None,
            overtaken: 0,
            ..visit.clone()
        };
        prop_assert_eq!(own(visit), own(&self.after), "was touched");
        Ok(())
    }
}

/// The one step that has just been taken, on a copy: by this one it can be taken back, and then
/// nothing is left of it; by others, or too late, it cannot.
pub(super) fn leaves_nothing(
    before: &State,
    after: &State,
    ticket: TicketId,
    (by, now): (&Actor, Timestamp),
) -> TestCaseResult {
    let undo = Command::Undo { ticket };
    let mut back = after.clone();
    let done = step(&mut back, &undo, by, now);
    prop_assert!(done.is_ok(), "cannot be taken back: {:?}", done);
    let left = difference::between(&forgetful(before, after), &forgetful(&back, after));
    prop_assert_eq!(left, None, "is left of the step");

    let at = after.last_at();
    let other = decide(after, &undo, &Actor::new("somebody else"), at);
    prop_assert!(
        matches!(other, Err(Refusal::UndoOfOther { .. })),
        "{:?}",
        other
    );
    let within = after
        .office()
        .map_or(0, |office| office.rules.undo_within_secs);
    let late = at + SignedDuration::from_secs(i64::from(within) + 1);
    let late = decide(after, &undo, by, late);
    prop_assert!(
        matches!(late, Err(Refusal::UndoTooLate { .. })),
        "{:?}",
        late
    );
    let again = decide(&back, &undo, by, at);
    prop_assert!(
        matches!(again, Err(Refusal::NothingToUndo { .. })),
        "{:?}",
        again
    );
    Ok(())
}

/// The state when so much time has passed that no step is remembered, with one number and one time
/// of the last record.
fn forgetful(state: &State, latest: &State) -> State {
    let hours = SignedDuration::from_hours(1);
    let nothing = Event::EmergencyEnded {
        counter: CounterKey::new("nobody's"),
    };
    let record = Record {
        seq: latest.last_seq(),
        at: latest.last_at() + hours,
        by: Actor::new("nobody"),
        event: nothing,
    };
    let mut state = state.clone();
    apply(&mut state, &record);
    state
}
