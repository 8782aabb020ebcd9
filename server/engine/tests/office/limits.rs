//! Past every limit stands a clear refusal, and no input, however odd, is more than refused.

use std::collections::BTreeSet;

use aufruf_engine::{Command, Language, Promise, QueueKey, Refusal, ServiceKey};
use jiff::Timestamp;

use crate::common::{TestOffice, call, house, id, next, open};

fn refusal_for(services: &[&str]) -> Refusal {
    let mut office = TestOffice::opens();
    let wish = office.wish(services);
    office.refuses(Command::IssueTicket(wish))
}

#[test]
fn a_ticket_needs_a_service() {
    assert_eq!(refusal_for(&[]), Refusal::NoService);
}

#[test]
fn a_ticket_has_twenty_services_at_most() {
    assert_eq!(
        refusal_for(&["id-card"; 21]),
        Refusal::TooManyServices { limit: 20 }
    );
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"; 20]);
    assert_eq!(office.ticket(ticket).services.len(), 20);
}

#[test]
fn ten_thousand_unknown_services_are_refused_like_any_too_many() {
    assert_eq!(
        refusal_for(&vec!["no such service"; 10_000]),
        Refusal::TooManyServices { limit: 20 }
    );
}

#[test]
fn a_service_that_the_office_does_not_have_is_refused() {
    for key in ["", "no such service", "Id-Card", "id-card ", "\0", "💥"] {
        let refusal = refusal_for(&["passport", key]);
        assert_eq!(refusal, Refusal::ServiceUnknown(ServiceKey::new(key)));
    }
}

#[test]
fn services_of_two_queues_need_two_tickets() {
    assert_eq!(refusal_for(&["id-card", "move"]), Refusal::SeveralQueues);
}

/// Nobody could ever call that ticket: it would wait until the day closes.
#[test]
fn services_that_no_counter_offers_together_need_two_tickets() {
    assert_eq!(refusal_for(&["move", "block"]), Refusal::NoCounterForAll);
}

#[test]
fn the_line_is_full_at_its_limit_and_open_again_after_the_next_call() {
    let mut small = house();
    small.queues[0].max_waiting = 2;
    let mut office = TestOffice::opens_as(small);
    office.does(open("counter-1"));
    office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    let wish = office.wish(&["id-card"]);
    let full = Refusal::QueueFull {
        queue: QueueKey::new("ids"),
        limit: 2,
    };
    assert_eq!(office.refuses(Command::IssueTicket(wish.clone())), full);
    office.takes(&["move"]);
    office.next("counter-1");
    office.does(Command::IssueTicket(wish));
}

#[test]
fn who_is_put_back_into_a_full_line_is_not_turned_away() {
    let mut small = house();
    small.queues[0].max_waiting = 1;
    let mut office = TestOffice::opens_as(small);
    office.does(open("counter-1"));
    let called = office.takes(&["id-card"]);
    office.next("counter-1");
    office.takes(&["id-card"]);
    office.does(Command::Requeue { ticket: called });
    assert_eq!(office.line("ids"), ["A001", "A002"]);
}

#[test]
fn a_refusal_says_what_happened_and_what_to_do() {
    let words = refusal_for(&["id-card", "move"]).to_string();
    assert!(words.contains("take one ticket for each"), "{words}");
}

#[test]
fn odd_words_in_a_wish_are_kept_and_harm_nothing() {
    let mut office = TestOffice::opens();
    let mut wish = office.wish(&["id-card"]);
    wish.language = Language::new("\u{202e}\0\"'; --💥");
    wish.needs = BTreeSet::new();
    wish.shown = Some(Promise {
        low: Timestamp::MAX,
        mid: Timestamp::UNIX_EPOCH,
        high: Timestamp::MIN,
    });
    office.does(Command::IssueTicket(wish.clone()));
    let ticket = office.ticket(wish.ticket);
    assert_eq!(
        (&ticket.language, ticket.promise),
        (&wish.language, wish.shown)
    );
}

#[test]
fn at_the_ends_of_time_the_office_still_answers() {
    for now in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        let by = aufruf_engine::Actor::new("test");
        let mut state = aufruf_engine::State::default();
        let mut wish = TestOffice::not_set_up().wish(&["id-card"]);
        wish.ticket = id(1);
        for command in [
            crate::common::use_office(house()),
            open("counter-1"),
            Command::IssueTicket(wish),
            next("counter-1"),
            Command::Finish { ticket: id(1) },
            Command::TimePassed,
            call(id(1), "counter-1"),
        ] {
            // Whatever is answered: it is an answer.
            drop(aufruf_engine::step(&mut state, &command, &by, now));
            assert_eq!(aufruf_engine::invariants::check(&state), Ok(()));
        }
        assert!(state.day().is_some());
    }
}
