//! Visits for several services: what each counter did is recorded, and what is left goes on.

use aufruf_engine::{Command, Event, Finish, QueueKey, TicketId, TicketState, VisitResult};

use crate::common::{TestOffice, finish, finished, service_keys, to_queue};

/// What the finish said was done, and whether the visit has ended by it.
#[track_caller]
fn done(office: &mut TestOffice, ticket: TicketId) -> (Vec<String>, bool) {
    let events = office.does(finish(ticket));
    let (done, ended) = match &events[..] {
        [Event::PartServed { done, .. }] => (done, false),
        [Event::VisitFinished { done, .. }] => (done, true),
        other => panic!("{other:?} ends no visit"),
    };
    (done.iter().map(ToString::to_string).collect(), ended)
}

fn only(service: &str) -> Vec<String> {
    vec![service.to_owned()]
}

/// The counter that they were sent to does one of the two; the other one is still to be done.
#[test]
fn who_is_sent_on_with_two_services_gets_there_what_is_offered_there_and_goes_on() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card", "marriage"]);
    office.does(to_queue(ticket, "certificates"));
    assert_eq!(office.next("counter-4"), ticket);
    assert_eq!(done(&mut office, ticket), (only("marriage"), false));
    assert_eq!(office.line("ids"), ["A001"]);
    assert_eq!(office.next("counter-1"), ticket);
    assert_eq!(done(&mut office, ticket), (only("id-card"), true));
}

/// Whoever sent them there knew why.
#[test]
fn who_is_sent_on_to_a_counter_that_offers_none_of_it_has_everything_done_there() {
    let mut office = TestOffice::with_counters(&["counter-4"]);
    let ticket = office.takes(&["id-card", "passport"]);
    office.does(to_queue(ticket, "certificates"));
    assert_eq!(office.next("counter-4"), ticket);
    let both = vec!["id-card".to_owned(), "passport".to_owned()];
    assert_eq!(done(&mut office, ticket), (both, true));
}

#[test]
fn a_service_that_is_added_again_after_it_was_done_is_done_again() {
    for added in ["at the next counter", "while waiting for it"] {
        let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
        let ticket = office.takes(&["id-card", "birth"]);
        assert_eq!(office.next("counter-1"), ticket);
        assert_eq!(done(&mut office, ticket), (only("id-card"), false));
        if added == "at the next counter" {
            office.serves(ticket, "counter-4");
        }
        office.changes(ticket, |wish| {
            wish.services = Some(service_keys(&["birth", "id-card"]));
        });
        if added == "while waiting for it" {
            office.serves(ticket, "counter-4");
        }
        assert_eq!(done(&mut office, ticket), (only("birth"), false), "{added}");
        assert_eq!(office.next("counter-1"), ticket, "{added}");
        assert_eq!(
            done(&mut office, ticket),
            (only("id-card"), true),
            "{added}"
        );
        assert_eq!(
            office.ticket(ticket).served,
            service_keys(&["birth", "id-card"])
        );
        assert_eq!(office.replayed(), office.state);
    }
}

#[test]
fn a_service_that_is_taken_away_and_added_again_before_it_was_done_is_done_once() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card", "passport"]);
    for services in [&["passport"][..], &["passport", "id-card"]] {
        office.changes(ticket, |wish| wish.services = Some(service_keys(services)));
    }
    office.serves(ticket, "counter-1");
    let both = vec!["passport".to_owned(), "id-card".to_owned()];
    assert_eq!(done(&mut office, ticket), (both, true));
}

#[test]
fn each_part_says_how_many_people_it_was_for_and_how_it_ended() {
    for result in [
        VisitResult::Served,
        VisitResult::WithoutRecord,
        VisitResult::NotPossible,
    ] {
        let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
        let ticket = office.takes(&["id-card", "birth"]);
        office.serves(ticket, "counter-1");
        let part = office.does(Command::Finish(Finish {
            persons: Some(3),
            result,
            ..finished(ticket)
        }));
        let done = match result {
            VisitResult::NotPossible => Vec::new(),
            VisitResult::Served | VisitResult::WithoutRecord => service_keys(&["id-card"]),
        };
        let expected = Event::PartServed {
            ticket,
            done,
            rest: service_keys(&["birth"]),
            queue: QueueKey::new("certificates"),
            persons: 3,
            result,
        };
        assert_eq!(part, [expected]);
        assert_eq!(office.ticket(ticket).persons, 3, "so many go on");
        assert_eq!(office.is(ticket), TicketState::WAITING);
    }
}

#[test]
fn what_one_part_said_of_the_people_holds_for_the_next_unless_that_says_otherwise() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card", "birth"]);
    office.serves(ticket, "counter-1");
    office.does(Command::Finish(Finish {
        persons: Some(2),
        ..finished(ticket)
    }));
    office.serves(ticket, "counter-4");
    let ended = office.does(finish(ticket));
    assert!(
        matches!(ended[..], [Event::VisitFinished { persons: 2, .. }]),
        "{ended:?}"
    );
}
