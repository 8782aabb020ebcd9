//! What is said to have been done at a counter: nothing that it does not do, and nothing is lost.

use std::collections::BTreeSet;

use aufruf_engine::{Event, Finish, ServiceKey, State, TicketState, VisitResult};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;

/// The end that a clerk told, against what was left to do.
pub(super) fn as_wished(wish: &Finish, events: &[Event], before: &State) -> TestCaseResult {
    let ticket = before
        .ticket(wish.ticket)
        .expect("a visit that is finished");
    let office = before.office().expect("in use");
    let (TicketState::Called { counter, .. }
    | TicketState::Serving { counter, .. }
    | TicketState::PickUp { counter }) = &ticket.state
    else {
        panic!("{ticket:?} is at no counter, and finished");
    };
    let left = ticket
        .services
        .iter()
        .filter(|key| !ticket.served.contains(key));
    let left: BTreeSet<&ServiceKey> = left.collect();
    let (done, rest) = match events {
        [Event::PartServed { done, rest, .. }] => (done, rest.as_slice()),
        [Event::VisitFinished { done, .. }] => (done, [].as_slice()),
        other => panic!("{other:?} is no end"),
    };
    prop_assert!(
        rest.iter()
            .all(|key| left.contains(key) && !done.contains(key))
    );
    if let Some(told) = &wish.done {
        prop_assert_eq!(done, told);
    } else if wish.result == VisitResult::NotPossible {
        prop_assert!(done.is_empty());
    } else {
        let all: BTreeSet<&ServiceKey> = done.iter().chain(rest).collect();
        prop_assert_eq!(all, left, "is left or done");
    }
    // Who was sent here for what nobody here does was sent to have it done all the same.
    let Some(counter) = office.counter(counter) else {
        return Ok(());
    };
    let offers = |key: &ServiceKey| counter.skills.contains(key);
    let home = office
        .service(&ticket.services[0])
        .map(|service| &service.queue);
    let is_here_for_it = home == Some(&ticket.queue) && ticket.services.iter().any(offers);
    if is_here_for_it && wish.done.is_none() {
        prop_assert!(done.iter().all(offers), "{:?} at {:?}", done, counter);
    }
    Ok(())
}
