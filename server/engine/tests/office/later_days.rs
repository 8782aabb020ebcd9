//! Appointments of later days: their numbers and codes, found and told apart day by day.

use aufruf_engine::{Booking, Command, Event, Refusal, apply};
use jiff::Timestamp;

use crate::common::{TestOffice, check_in_by, names, time};

fn book(booking: Booking) -> Command {
    Command::BookAppointment(booking)
}

/// A time of the 24th, the 25th …; every test begins on the 23rd.
fn on(day: u8, clock: &str) -> Timestamp {
    time(&format!("2026-11-{day}T{clock}[Europe/Berlin]"))
}

fn other_day(day: i8, at: Timestamp) -> Refusal {
    let date = jiff::civil::date(2026, 11, day);
    Refusal::OtherDay { date, at }
}

/// An office that opened this morning with as many appointments of tomorrow as it can keep.
fn with_ten_thousand_tomorrow() -> TestOffice {
    let mut office = TestOffice::opens();
    let mut opening = office.records[0].clone();
    let Event::DayOpened { bookings, .. } = &mut opening.event else {
        panic!("a day's records begin with its opening");
    };
    let tomorrow = on(24, "09:00");
    bookings.extend((0..10_000).map(|_| office.booking(tomorrow, &["id-card"])));
    apply(&mut office.state, &opening);
    office
}

#[test]
fn among_ten_thousand_a_code_that_nobody_has_is_unknown_and_one_of_another_day_is_told_its_day() {
    let mut office = with_ten_thousand_tomorrow();
    for unknown in ["T0", "T10001", "code-10001", "code", "1"] {
        assert_eq!(
            office.refuses(check_in_by(unknown)),
            Refusal::CodeUnknown,
            "{unknown}"
        );
    }
    for known in ["T001", "t-10000", "code-1", "CODE 10000"] {
        assert_eq!(
            office.refuses(check_in_by(known)),
            other_day(24, on(24, "09:00")),
            "{known}"
        );
    }
}

#[test]
fn the_same_number_or_code_is_taken_on_the_same_later_day_and_free_on_every_other() {
    let mut office = TestOffice::opens();
    let first = office.booking(on(24, "09:00"), &["id-card"]);
    office.does(book(first.clone()));
    let (number, code) = (first.number, first.code);
    for same in ["number", "code", "the other's number as a code"] {
        let mut second = office.booking(on(24, "15:00"), &["move"]);
        match same {
            "number" => second.number.clone_from(&number),
            "code" => second.code.clone_from(&code),
            _ => second.code = Some(number.to_lowercase()),
        }
        assert_eq!(office.refuses_with(book(second.clone())), "number_taken");
        for day in [25, 26] {
            let another_day = Booking {
                ticket: crate::common::id(u128::from(day) * 1_000 + office.wishes()),
                at: on(day, "09:00"),
                ..second.clone()
            };
            office.does(book(another_day.clone()));
            office.does(Command::Cancel {
                ticket: another_day.ticket,
            });
        }
    }
}

/// Of two days, the visitor is told the nearer one.
#[test]
fn a_code_that_is_used_on_several_days_is_told_the_next_of_them() {
    let mut office = TestOffice::opens();
    let farther = office.booking(on(26, "09:00"), &["id-card"]);
    let nearer = Booking {
        ticket: crate::common::id(50),
        at: on(25, "10:00"),
        ..farther.clone()
    };
    for booking in [&farther, &nearer] {
        office.does(book(booking.clone()));
    }
    let typed = || check_in_by("T001");
    assert_eq!(office.refuses(typed()), other_day(25, nearer.at));
    office.does(Command::Cancel {
        ticket: nearer.ticket,
    });
    assert_eq!(office.refuses(typed()), other_day(26, farther.at));
    office.does(Command::Cancel {
        ticket: farther.ticket,
    });
    assert_eq!(office.refuses(typed()), Refusal::CodeUnknown);
}

#[test]
fn an_appointment_put_off_frees_its_number_on_the_day_it_leaves() {
    let mut office = TestOffice::opens();
    let booking = office.booking(on(24, "09:00"), &["id-card"]);
    office.does(book(booking.clone()));
    office.does(book(Booking {
        at: on(25, "09:00"),
        ..booking.clone()
    }));
    let refusal = office.refuses(check_in_by("T001"));
    assert_eq!(refusal, other_day(25, on(25, "09:00")));
    let second = office.booking(on(24, "09:00"), &["id-card"]);
    office.does(book(Booking {
        number: booking.number,
        code: booking.code,
        ..second
    }));
}

#[test]
fn what_an_appointment_of_a_later_day_could_be_called_by_changes_with_it() {
    let mut office = TestOffice::opens();
    let booking = office.booking(on(24, "09:00"), &["id-card"]);
    office.does(book(booking.clone()));
    office.does(book(Booking {
        code: Some("other".to_owned()),
        ..booking
    }));
    assert_eq!(office.refuses(check_in_by("code-1")), Refusal::CodeUnknown);
    assert_eq!(office.refuses_with(check_in_by("other")), "other_day");
}

#[test]
fn codes_of_later_days_are_found_after_the_day_has_changed_and_lead_to_the_visit_on_their_own() {
    let mut office = TestOffice::opens();
    for day in [24, 25] {
        office.books(on(day, "09:00"), &["id-card"]);
    }
    office.clock_says("2026-11-24T08:30[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(names(&office.does(check_in_by("code-1"))), "checked_in");
    assert_eq!(
        office.refuses(check_in_by("code-2")),
        other_day(25, on(25, "09:00"))
    );
}
