//! Who goes shortly before an appointment: the walk-in who fits, or the one with the appointment.

use super::*;

/// A walk-in waits since twenty past, and one with an appointment at half past is here.
fn both_are_here(service: &str, now: &str) -> (TestOffice, TicketId, TicketId) {
    let mut office = opens(&["counter-1"]);
    let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:20");
    let walk_in = office.takes(&[service]);
    office.it_is(now);
    (office, walk_in, appointment)
}

#[test]
fn a_walk_in_who_fits_before_the_appointment_goes_and_one_who_does_not_waits() {
    let at = at("08:30");
    let walk_in = |why| (true, why);
    let appointment = |why| (false, why);
    for (service, now, expected) in [
        ("pick-up", "08:26", walk_in(Why::FitsBefore { at })),
        ("pick-up", "08:28", walk_in(Why::FitsBefore { at })),
        (
            "passport",
            "08:26",
            appointment(Why::EarlyAppointment { at }),
        ),
        ("passport", "08:30", appointment(Why::Appointment { at })),
        ("passport", "08:33", appointment(Why::Appointment { at })),
    ] {
        let (mut office, came, booked) = both_are_here(service, now);
        let (called, why) = office.next_and_why("counter-1");
        let who = if expected.0 { came } else { booked };
        assert_eq!((called, why), (who, expected.1), "{service} at {now}");
    }
}

#[test]
fn nobody_is_called_before_the_agreed_time_while_others_wait_but_shortly_before_it() {
    for (early_call_min, now) in [(5, "08:24"), (0, "08:29"), (15, "08:14")] {
        let mut office = opens_with(
            |office| office.queues[0].rules.early_call_min = early_call_min,
            &["counter-1"],
        );
        office.books_and_comes(at("08:30"), &["id-card"]);
        let walk_in = office.takes(&["passport"]);
        office.it_is(now);
        let called = office.next_and_why("counter-1");
        assert_eq!(called, (walk_in, Why::FirstInLine), "{early_call_min}");
    }
}

/// A minute more or less for a long visit; for the short one it would be a long wait.
#[test]
fn a_moment_for_a_walk_in_goes_before_a_long_visit_that_is_due() {
    let mut office = opens(&["counter-1"]);
    let appointment = office.books_and_comes(at("08:10"), &["passport"]);
    let walk_in = office.takes(&["pick-up"]);
    office.it_is("08:10");
    let fits = Why::FitsBefore { at: at("08:10") };
    assert_eq!(office.next_and_why("counter-1"), (walk_in, fits));
    assert_eq!(office.next_and_why("counter-1").0, appointment);
}

/// Another counter takes id cards: it is free in time, or it is not, or it is not for them.
#[test]
fn a_long_walk_in_goes_where_another_counter_will_be_free_in_time() {
    type Prepare = fn(&mut TestOffice);
    let is_busy_with = |office: &mut TestOffice, counter: &str, service: &str| {
        let visit = office.takes(&[service]);
        office.serves(visit, counter);
    };
    let nothing: Prepare = |_| ();
    let is_free: Prepare = |office| {
        office.does(open("counter-2"));
    };
    let pauses: Prepare = |office| {
        office.does(open("counter-2"));
        office.does(pause("counter-2"));
    };
    let others: Prepare = |office| {
        office.does(open("counter-3"));
    };
    for (goes, prepare) in [
        (false, nothing),
        (true, is_free),
        (false, pauses),
        (false, others),
    ] {
        let (mut office, walk_in, appointment) = both_are_here("passport", "08:26");
        prepare(&mut office);
        let called = office.next("counter-1");
        assert_eq!(called, if goes { walk_in } else { appointment });
    }
    for (goes, extract_min) in [(true, 2), (false, 60)] {
        let mut office = opens_with(
            |office| office.services[4].duration_min = extract_min,
            &["counter-1", "counter-2"],
        );
        let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
        office.it_is("08:26");
        let walk_in = office.takes(&["passport"]);
        is_busy_with(&mut office, "counter-2", "extract");
        let called = office.next("counter-1");
        assert_eq!(called, if goes { walk_in } else { appointment });
    }
}

#[test]
fn who_came_late_is_called_for_the_time_that_was_agreed() {
    let mut office = opens(&["counter-1"]);
    let late = office.books(at("08:10"), &["id-card"]);
    office.it_is("08:18");
    office.takes(&["passport"]);
    office.it_is("08:20");
    office.does(check_in(late));
    let agreed = Why::Appointment { at: at("08:10") };
    assert_eq!(office.next_and_why("counter-1"), (late, agreed));
}

#[test]
fn who_goes_before_somebody_late_goes_before_the_time_that_was_agreed() {
    let mut office = opens(&["counter-1"]);
    let late = office.books(at("08:10"), &["passport"]);
    office.it_is("08:18");
    let walk_in = office.takes(&["pick-up"]);
    office.it_is("08:20");
    office.does(check_in(late));
    let fits = Why::FitsBefore { at: at("08:10") };
    assert_eq!(office.next_and_why("counter-1"), (walk_in, fits));
}

/// Forty minutes against five, and there is always another one for five: the longer somebody with an
/// appointment waits after the agreed time, the more it counts.
#[test]
fn an_appointment_is_not_put_off_by_one_short_visit_after_the_other() {
    let mut office = opens_with(|office| office.services[2].duration_min = 5, &["counter-1"]);
    let appointment = office.books_and_comes(at("08:30"), &["passport"]);
    office.it_is("08:20");
    for _ in 0..6 {
        office.takes(&["pick-up"]);
    }
    office.it_is("08:30");
    loop {
        let called = office.next("counter-1");
        if called == appointment {
            break;
        }
        office.does(Command::Start { ticket: called });
        office.minutes_pass(5);
        office.takes(&["pick-up"]);
        office.does(finish(called));
    }
    assert!(office.now() <= at("08:40"), "{}", office.now());
}

#[test]
fn of_two_appointments_that_are_due_the_earlier_goes_first_however_long_it_takes() {
    let mut office = opens_with(|office| office.services[2].duration_min = 5, &["counter-1"]);
    let long = office.books_and_comes(at("08:10"), &["passport"]);
    let short = office.books_and_comes(at("08:15"), &["pick-up"]);
    office.it_is("08:15");
    office.takes(&["pick-up"]);
    let called = [(); 2].map(|()| office.next_and_why("counter-1").0);
    assert_eq!(called, [long, short]);
}
