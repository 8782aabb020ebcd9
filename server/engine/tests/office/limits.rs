//! Past every limit stands a clear refusal, and no input, however odd, is more than refused.

use std::collections::BTreeSet;

use aufruf_engine::{
    Booking, ChangeTicket, Command, Event, IssueTicket, Language, Promise, QueueKey, Refusal,
    ServiceKey, apply,
};
use jiff::Timestamp;

use crate::common::{TestOffice, house, house_with, id, open, service, service_keys, time};

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
    let many: Vec<String> = (0..20).map(|n| format!("paper-{n}")).collect();
    let mut office = TestOffice::opens_as(house_with(|office| {
        for paper in &many {
            office.services.push(service(paper, "ids"));
            office.counters[0].skills.insert(ServiceKey::new(paper));
        }
    }));
    let papers: Vec<&str> = many.iter().map(String::as_str).collect();
    let ticket = office.takes(&papers);
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
fn a_service_is_named_once() {
    let refusal = refusal_for(&["id-card", "passport", "id-card"]);
    assert_eq!(refusal, Refusal::ServiceTwice(ServiceKey::new("id-card")));
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
    let words = refusal_for(&["id-card"; 21]).to_string();
    assert!(words.contains("take a second ticket"), "{words}");
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
fn a_ticket_is_for_one_to_ninety_nine_people() {
    let mut office = TestOffice::opens();
    for persons in [0, 100, u32::MAX] {
        let wish = office.wish(&["id-card"]);
        let wish = Command::IssueTicket(IssueTicket { persons, ..wish });
        assert_eq!(office.refuses(wish), Refusal::PersonsInvalid { limit: 99 });
    }
    let wish = office.wish(&["id-card"]);
    office.takes_as(IssueTicket {
        persons: 99,
        ..wish
    });
}

#[test]
fn fifty_services_are_too_many_for_a_ticket_a_change_and_an_appointment() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    let fifty = service_keys(&["id-card"; 50]);
    let mut booking = office.booking(office.now(), &["id-card"]);
    booking.services.clone_from(&fifty);
    let mut wish = office.wish(&["id-card"]);
    wish.services.clone_from(&fifty);
    let change = ChangeTicket {
        ticket,
        services: Some(fifty),
        needs: None,
        priority: None,
        persons: None,
    };
    for command in [
        Command::IssueTicket(wish),
        Command::BookAppointment(booking),
        Command::ChangeTicket(change),
    ] {
        assert_eq!(
            office.refuses(command),
            Refusal::TooManyServices { limit: 20 }
        );
    }
}

#[test]
fn a_change_that_cannot_be_is_refused() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    let none = ChangeTicket {
        ticket,
        services: None,
        needs: None,
        priority: None,
        persons: None,
    };
    let services = |services: &[&str]| ChangeTicket {
        services: Some(service_keys(services)),
        ..none.clone()
    };
    for (wish, code) in [
        (services(&[]), "no_service"),
        (services(&["?"]), "service_unknown"),
        (services(&["move", "move"]), "service_twice"),
        (
            ChangeTicket {
                persons: Some(0),
                ..none.clone()
            },
            "persons_invalid",
        ),
        (
            ChangeTicket {
                ticket: id(99),
                ..none.clone()
            },
            "ticket_unknown",
        ),
    ] {
        assert_eq!(office.refuses_with(Command::ChangeTicket(wish)), code);
    }
}

/// They all stand in the record that opens a day.
#[test]
fn the_office_keeps_no_more_appointments_of_later_days_than_a_day_can_open_with() {
    let mut office = TestOffice::opens();
    let mut opening = office.records[0].clone();
    let Event::DayOpened { bookings, .. } = &mut opening.event else {
        panic!("a day's records begin with its opening");
    };
    let tomorrow = time("2026-11-24T09:00[Europe/Berlin]");
    bookings.extend((0..10_000).map(|_| office.booking(tomorrow, &["id-card"])));
    let known = bookings[0].clone();
    apply(&mut office.state, &opening);
    let one_more = office.booking(tomorrow, &["id-card"]);
    let refusal = office.refuses(Command::BookAppointment(one_more));
    assert_eq!(refusal, Refusal::TooManyBookings { limit: 10_000 });
    office.does(Command::BookAppointment(Booking {
        persons: 2,
        ..known
    }));
}
