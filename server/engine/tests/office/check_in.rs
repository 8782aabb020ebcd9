//! The person with an appointment who comes: early, in time, late, too early, twice, or never.

use aufruf_engine::{CheckIn, CheckInRule, Command, Refusal, TicketId};

use crate::common::{TestOffice, at, call, check_in, check_in_by, ids_with, names, next, time};

/// An office at eight with an appointment at nine, `T001`, `code-1`.
fn with_appointment() -> (TestOffice, TicketId) {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.books(at("09:00"), &["id-card"]);
    (office, ticket)
}

/// Grace 5, loss 30 at most, doors open 60 minutes before: the rules of an office without a wish.
#[test]
fn where_somebody_stands_follows_from_when_they_come() {
    for (comes, stands_from) in [
        ("08:00", "09:00"),
        ("08:59", "09:00"),
        ("09:00", "09:00"),
        ("09:05", "09:00"),
        ("09:06", "09:06"),
        ("09:30", "09:30"),
        ("09:31", "09:30"),
        ("16:00", "09:30"),
    ] {
        let (mut office, ticket) = with_appointment();
        office.it_is(comes);
        assert_eq!(names(&office.does(check_in_by("T001"))), "checked_in");
        let held = office.ticket(ticket);
        assert_eq!(held.place.at, at(stands_from), "comes at {comes}");
        assert_eq!(held.arrived_at, Some(at(comes)));
    }
}

#[test]
fn who_comes_too_early_is_told_when_to_come_and_staff_may_let_them_in_all_the_same() {
    let mut office = TestOffice::opens();
    let ticket = office.books(at("09:01"), &["id-card"]);
    let from = at("08:01");
    assert_eq!(
        office.refuses(check_in_by("T001")),
        Refusal::TooEarly { from }
    );
    assert_eq!(names(&office.does(check_in(ticket))), "checked_in");
}

#[test]
fn number_and_code_are_read_as_people_type_them() {
    for typed in ["T001", "t001", " t-001 ", "code-1", "CODE1", "Code 1"] {
        let (mut office, _) = with_appointment();
        assert_eq!(
            names(&office.does(check_in_by(typed))),
            "checked_in",
            "{typed:?}"
        );
    }
}

#[test]
fn every_other_check_in_is_told_why_not() {
    let (mut office, ticket) = with_appointment();
    let walk_in = office.takes(&["id-card"]);
    office.books(time("2026-11-25T09:00[Europe/Berlin]"), &["id-card"]);
    let date = jiff::civil::date(2026, 11, 25);
    let other_day = office.refuses(check_in_by("T003"));
    assert!(matches!(other_day, Refusal::OtherDay { date: told, .. } if told == date));
    assert_eq!(office.refuses(check_in_by("T999")), Refusal::CodeUnknown);
    assert_eq!(office.refuses_with(check_in_by("")), "code_invalid");
    assert_eq!(
        office.refuses_with(check_in_by(&"1".repeat(10_000))),
        "code_invalid"
    );
    assert_eq!(office.refuses_with(check_in(walk_in)), "wrong_state");
    assert_eq!(
        office.refuses_with(check_in(crate::common::id(99))),
        "ticket_unknown"
    );
    office.does(check_in(ticket));
    let number = "T001".to_owned();
    let here = Refusal::AlreadyHere { number, ticket };
    assert_eq!(office.refuses(check_in_by("T001")), here);
    office.does(Command::Cancel { ticket });
    assert_eq!(office.refuses_with(check_in_by("T001")), "wrong_state");
}

#[test]
fn a_number_of_a_walk_in_is_no_code_of_an_appointment() {
    let mut office = TestOffice::opens();
    office.takes(&["id-card"]);
    let typed = Command::CheckIn(CheckIn::Code("A001".to_owned()));
    assert_eq!(office.refuses(typed), Refusal::CodeUnknown);
}

#[test]
fn where_people_report_nobody_is_called_who_has_not() {
    let (mut office, ticket) = with_appointment();
    office.it_is("09:30");
    assert_eq!(office.refuses_with(next("counter-1")), "nobody");
    office.does(call(ticket, "counter-1"));
    assert_eq!(
        office.ticket(ticket).arrived_at,
        None,
        "called, but is anybody here?"
    );
    office.does(Command::Start { ticket });
    assert_eq!(office.ticket(ticket).arrived_at, Some(at("09:30")));
}

#[test]
fn where_nobody_reports_an_appointment_is_called_from_its_time_on() {
    let rules = ids_with(|rules| rules.check_in = CheckInRule::None);
    let mut office = TestOffice::opens_as(rules);
    office.does(crate::common::open("counter-1"));
    let ticket = office.books(at("09:00"), &["id-card"]);
    office.it_is("08:59");
    let Refusal::Nobody(nobody) = office.refuses(next("counter-1")) else {
        panic!("nobody is due");
    };
    assert_eq!(nobody.next, Some((ticket, at("09:00"))));
    office.it_is("09:00");
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn who_checks_in_is_told_how_many_stand_before() {
    let mut office = TestOffice::opens();
    let first = office.books(at("09:00"), &["id-card"]);
    let second = office.books(at("09:10"), &["id-card"]);
    office.takes(&["id-card"]);
    office.does(check_in(second));
    assert_eq!(office.ticket(second).ahead, 0, "a walk-in is not before it");
    office.does(check_in(first));
    assert_eq!(office.ticket(first).ahead, 0);
    let third = office.books_and_comes(at("09:20"), &["id-card"]);
    assert_eq!(office.ticket(third).ahead, 2);
}

/// Five with appointments from nine o'clock on are here; at ten to ten the first does not come.
#[test]
fn who_was_missed_and_reports_again_stands_behind_no_more_people_than_the_rule_says() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.requeue_loss_places = 2));
    office.does(crate::common::open("counter-1"));
    let [first, ..] = ["09:00", "09:10", "09:20", "09:30", "09:40"]
        .map(|agreed| office.books_and_comes(at(agreed), &["id-card"]));
    office.it_is("09:50");
    office.misses(first, "counter-1");
    assert_eq!(
        names(&office.does(check_in_by("code-1"))),
        "ticket_requeued"
    );
    assert_eq!(office.line("ids"), ["T002", "T003", "T001", "T004", "T005"]);
    assert_eq!(office.ticket(first).arrived_at, Some(at("08:00")));
    assert_eq!(office.refuses_with(check_in_by("T001")), "already_here");
}

#[test]
fn who_reports_while_being_called_is_told_where_to_go() {
    let (mut office, ticket) = with_appointment();
    office.does(call(ticket, "counter-1"));
    let called = Refusal::CalledNow {
        number: "T001".to_owned(),
        counter: aufruf_engine::CounterKey::new("counter-1"),
    };
    assert_eq!(office.refuses(check_in_by("T001")), called);
    assert_eq!(office.refuses(check_in(ticket)), called, "and so are staff");
}

#[test]
fn who_is_here_already_is_told_so_wherever_the_visit_stands() {
    for stands in ["waits", "is served", "is parked", "fetches something"] {
        let (mut office, ticket) = with_appointment();
        office.does(check_in(ticket));
        match stands {
            "waits" => {}
            "is served" => office.serves(ticket, "counter-1"),
            "is parked" => office.parks(ticket, "counter-1"),
            _ => {
                office.serves(ticket, "counter-1");
                office.does(Command::PromisePickUp { ticket });
            }
        }
        let number = "T001".to_owned();
        let here = Refusal::AlreadyHere { number, ticket };
        assert_eq!(office.refuses(check_in_by("T001")), here, "{stands}");
    }
}

#[test]
fn staff_who_pick_an_appointment_of_another_day_are_told_the_day() {
    let mut office = TestOffice::opens();
    let agreed = time("2026-11-25T09:00[Europe/Berlin]");
    let later = office.books(agreed, &["id-card"]);
    let other_day = Refusal::OtherDay {
        date: jiff::civil::date(2026, 11, 25),
        at: agreed,
    };
    assert_eq!(office.refuses(check_in(later)), other_day);
    office.does(Command::Cancel { ticket: later });
    assert_eq!(office.refuses_with(check_in(later)), "ticket_unknown");
}
