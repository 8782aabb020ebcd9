//! Appointments: made, changed, put off, and with numbers and codes that lead to one person.

use aufruf_engine::{Booking, Command, Event, GivenBy, Priority, Refusal, TicketState};
use jiff::SignedDuration;

use crate::common::{TestOffice, at, check_in, check_in_by, finish, names, service_keys, time};

fn book(booking: Booking) -> Command {
    Command::BookAppointment(booking)
}

#[test]
fn an_appointment_is_known_by_the_number_that_the_centre_gave() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.books(at("09:00"), &["id-card"]);
    assert_eq!(office.is(ticket), TicketState::Booked);
    assert_eq!(office.ticket(ticket).number.given_by, GivenBy::Centre);
    office.does(check_in(ticket));
    office.finishes(ticket, "counter-1");
    assert_eq!(office.number(ticket), "T001");
}

#[test]
fn the_same_booking_again_changes_nothing() {
    let mut office = TestOffice::opens();
    for day in ["2026-11-23T09:00", "2026-11-25T09:00"] {
        let booking = office.booking(time(&format!("{day}[Europe/Berlin]")), &["id-card"]);
        assert_eq!(
            names(&office.does(book(booking.clone()))),
            "appointment_booked"
        );
        assert_eq!(names(&office.does(book(booking))), "nothing");
    }
}

#[test]
fn an_appointment_can_be_changed_until_the_person_is_here() {
    let mut office = TestOffice::opens();
    let booking = office.booking(at("09:00"), &["id-card"]);
    let ticket = booking.ticket;
    office.does(book(booking.clone()));
    let changed = Booking {
        at: at("10:00"),
        code: Some("other".to_owned()),
        services: service_keys(&["move"]),
        persons: 3,
        ..booking
    };
    office.does(book(changed.clone()));
    let queues = ["ids", "registration"].map(aufruf_engine::QueueKey::new);
    let booked = queues.map(|queue| office.state.booked(&queue).count());
    assert_eq!(booked, [0, 1]);
    assert_eq!(office.ticket(ticket).persons, 3);
    assert_eq!(office.refuses(check_in_by("code-1")), Refusal::CodeUnknown);
    office.does(check_in(ticket));
    assert_eq!(office.ticket(ticket).place.at, at("10:00"));
    assert_eq!(
        office.refuses_with(book(booking_again(changed))),
        "wrong_state"
    );
}

fn booking_again(booking: Booking) -> Booking {
    Booking {
        at: at("11:00"),
        ..booking
    }
}

#[test]
fn an_appointment_put_off_to_another_day_is_no_longer_one_of_today() {
    let mut office = TestOffice::opens();
    let booking = office.booking(at("09:00"), &["id-card"]);
    let ticket = booking.ticket;
    office.does(book(booking.clone()));
    let tomorrow = time("2026-11-24T09:00[Europe/Berlin]");
    office.does(book(Booking {
        at: tomorrow,
        ..booking
    }));
    assert!(office.state.ticket(ticket).is_none());
    assert_eq!(office.refuses_with(check_in_by("code-1")), "other_day");
    assert_eq!(office.state.bookings().count(), 1);
    assert_eq!(office.replayed(), office.state);
}

#[test]
fn an_appointment_of_another_day_brought_forward_is_one_of_today() {
    let mut office = TestOffice::opens();
    let tomorrow = time("2026-11-24T09:00[Europe/Berlin]");
    let booking = office.booking(tomorrow, &["id-card"]);
    office.does(book(booking.clone()));
    let today = Booking {
        at: at("09:00"),
        ..booking
    };
    office.does(book(today));
    assert_eq!(office.state.bookings().count(), 0);
    assert_eq!(names(&office.does(check_in_by("t001"))), "checked_in");
}

#[test]
fn a_booking_that_cannot_be_is_refused() {
    let mut office = TestOffice::opens();
    let good = office.booking(at("09:00"), &["id-card"]);
    let yesterday = at("09:00") - SignedDuration::from_hours(24);
    let with = |change: fn(&mut Booking)| {
        let mut booking = good.clone();
        change(&mut booking);
        booking
    };
    let mut past = good.clone();
    past.at = yesterday;
    let refusals = [
        (past, "appointment_past"),
        (with(|booking| booking.services.clear()), "no_service"),
        (
            with(|booking| booking.services = service_keys(&["?"])),
            "service_unknown",
        ),
        (
            with(|booking| booking.services = service_keys(&["move"; 2])),
            "service_twice",
        ),
        (with(|booking| booking.persons = 0), "persons_invalid"),
        (with(|booking| booking.persons = 100), "persons_invalid"),
        (
            with(|booking| booking.number = String::new()),
            "code_invalid",
        ),
        (
            with(|booking| booking.number = "- -".to_owned()),
            "code_invalid",
        ),
        (
            with(|booking| booking.number = "9".repeat(65)),
            "code_invalid",
        ),
        (
            with(|booking| booking.code = Some("a\nb".to_owned())),
            "code_invalid",
        ),
    ];
    for (booking, code) in refusals {
        assert_eq!(office.refuses_with(book(booking)), code);
    }
    office.does(book(good));
}

#[test]
fn two_appointments_of_a_day_never_share_a_number_or_a_code_however_it_is_typed() {
    let mut office = TestOffice::opens();
    for day in ["2026-11-23", "2026-11-25"] {
        let [nine, ten] = ["09:00", "10:00"].map(|t| time(&format!("{day}T{t}[Europe/Berlin]")));
        let first = office.booking(nine, &["id-card"]);
        office.does(book(first.clone()));
        let second = office.booking(ten, &["move"]);
        for clash in [
            Booking {
                number: first.number.clone(),
                ..second.clone()
            },
            Booking {
                number: first.number.to_lowercase(),
                ..second.clone()
            },
            Booking {
                code: first.code.clone(),
                ..second.clone()
            },
            Booking {
                code: Some(first.number.replace('T', "t-")),
                ..second.clone()
            },
        ] {
            assert_eq!(office.refuses_with(book(clash)), "number_taken");
        }
        office.does(book(second));
    }
}

#[test]
fn a_walk_in_and_an_appointment_never_have_the_same_number() {
    let mut office = TestOffice::opens();
    let mut booking = office.booking(at("09:00"), &["id-card"]);
    booking.number = "A001".to_owned();
    office.does(book(booking));
    let walk_in = office.takes(&["id-card"]);
    assert_eq!(office.number(walk_in), "A002");
    let mut late = office.booking(at("09:10"), &["id-card"]);
    late.number = "A002".to_owned();
    assert_eq!(office.refuses_with(book(late)), "number_taken");
}

#[test]
fn an_appointment_keeps_the_priority_that_it_was_booked_with() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let usual = office.books_and_comes(at("08:00"), &["id-card"]);
    let mut booking = office.booking(at("08:00"), &["id-card"]);
    booking.priority = Priority::FIRST;
    let urgent = booking.ticket;
    office.does(book(booking));
    office.does(check_in(urgent));
    assert_eq!(office.next("counter-1"), urgent);
    office.does(finish(urgent));
    assert_eq!(office.next("counter-1"), usual);
}

#[test]
fn a_number_of_the_centre_that_nobody_came_for_does_not_rest() {
    let mut office = TestOffice::opens();
    office.books(at("09:00"), &["id-card"]);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    let Event::DayOpened { resting, .. } = &office.records[0].event else {
        panic!("a day's records begin with its opening");
    };
    assert_eq!(resting, &[]);
}

#[test]
fn the_number_of_a_cancelled_appointment_can_be_given_to_another_one() {
    let mut office = TestOffice::opens();
    let mut booking = office.booking(at("09:00"), &["id-card"]);
    office.does(book(booking.clone()));
    office.does(Command::Cancel {
        ticket: booking.ticket,
    });
    booking.ticket = crate::common::id(50);
    office.does(book(booking));
    office.does(check_in_by("T001"));
    assert_eq!(office.line("ids"), ["T001"]);
}

#[test]
fn what_an_appointment_is_for_can_be_changed_before_the_person_comes() {
    let mut office = TestOffice::opens();
    let ticket = office.books(at("09:00"), &["id-card"]);
    office.changes(ticket, |wish| {
        wish.services = Some(service_keys(&["birth"]));
    });
    office.does(check_in_by("T001"));
    assert_eq!(office.line("certificates"), ["T001"]);
}

/// The centre sends all it has, again and again; what a clerk has found out since is newer.
#[test]
fn what_staff_changed_stays_until_the_centre_says_something_new() {
    let mut office = TestOffice::opens();
    let booking = office.booking(at("09:00"), &["id-card"]);
    let ticket = booking.ticket;
    office.does(book(booking.clone()));
    office.changes(ticket, |wish| {
        wish.services = Some(service_keys(&["birth"]));
        wish.persons = Some(4);
        wish.priority = Some(Priority::FIRST);
    });
    let changed = office.ticket(ticket).clone();
    assert_eq!(names(&office.does(book(booking.clone()))), "nothing");
    assert_eq!(office.ticket(ticket), &changed);
    let new = Booking {
        at: at("10:00"),
        ..booking.clone()
    };
    let rebooked = office.does(book(new.clone()));
    assert_eq!(names(&rebooked), "appointment_booked");
    let held = office.ticket(ticket);
    assert_eq!(held.services, booking.services);
    assert_eq!((held.persons, held.priority), (1, Priority::APPOINTMENT));
    assert_eq!(names(&office.does(book(new))), "nothing");
    assert_eq!(
        names(&office.does(book(booking))),
        "appointment_booked",
        "and back again"
    );
}
