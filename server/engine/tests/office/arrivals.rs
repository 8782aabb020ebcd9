//! Who is here, since when, and what follows from it.

use aufruf_engine::{CheckInRule, Command, Event, Language, QueueKey, Source};

use crate::common::{
    TestOffice, at, call, check_in_by, finish, house_with, ids_with, open, open_for, time, to_queue,
};

#[test]
fn people_whose_time_comes_later_are_not_ahead_of_a_walk_in() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    for _ in 0..3 {
        office.books_and_comes(at("09:00"), &["id-card"]);
    }
    let walk_in = office.takes(&["id-card"]);
    assert_eq!(office.ticket(walk_in).ahead, 0);
    assert_eq!(office.next("counter-1"), walk_in);
    office.it_is("09:00");
    let late = office.takes(&["id-card"]);
    assert_eq!(office.ticket(late).ahead, 3);
}

#[test]
fn who_was_called_in_vain_and_never_came_is_counted_as_no_show() {
    let mut office = TestOffice::opens_as(ids_with(|rules| {
        (rules.check_in, rules.calls_in_vain) = (CheckInRule::None, 3);
    }));
    office.does(open("counter-1"));
    let absent = office.books(at("08:00"), &["id-card"]);
    office.misses(absent, "counter-1");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let closed = office.does(Command::TimePassed);
    let Event::DayClosed { sums, .. } = &closed[0] else {
        panic!("{closed:?}");
    };
    let ids = &sums.queues[&QueueKey::new("ids")];
    assert_eq!((ids.no_shows, ids.expired, ids.missed), (1, 0, 0));
}

#[test]
fn who_is_put_back_or_sent_on_by_staff_is_here() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let [back, on] = [0, 0].map(|_| office.books(at("09:00"), &["id-card"]));
    office.does(call(back, "counter-1"));
    office.does(Command::Miss { ticket: back });
    office.does(Command::Requeue { ticket: back });
    office.does(call(on, "counter-1"));
    office.does(to_queue(on, "registration"));
    for ticket in [back, on] {
        assert_eq!(office.ticket(ticket).arrived_at, Some(at("08:00")));
        assert_eq!(office.is(ticket).name(), "waiting");
    }
}

#[test]
fn every_queue_that_a_visit_goes_through_counts_it_against_its_contingent() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.contingent = Some(1)));
    office.takes(&["move", "id-card"]);
    let second = Command::IssueTicket(office.wish(&["move", "id-card"]));
    assert_eq!(office.refuses_with(second), "contingent_used");
    office.takes(&["move"]);
}

#[test]
fn who_reports_again_while_away_is_back_in_the_line() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.calls_in_vain = 3));
    office.does(open("counter-1"));
    let ticket = office.books_and_comes(at("08:00"), &["id-card"]);
    office.misses(ticket, "counter-1");
    let number = office.number(ticket);
    office.does(check_in_by(&number));
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn a_booking_that_is_sent_again_after_the_visit_has_gone_on_changes_nothing() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let booking = office.booking(at("08:00"), &["id-card"]);
    office.does(Command::BookAppointment(booking.clone()));
    office.does(call(booking.ticket, "counter-1"));
    assert_eq!(office.does(Command::BookAppointment(booking.clone())), []);
    office.does(finish(booking.ticket));
    assert_eq!(office.does(Command::BookAppointment(booking)), []);
}

#[test]
fn an_appointment_of_today_has_what_was_booked() {
    let mut office = TestOffice::opens();
    let mut booking = office.booking(at("10:00"), &["id-card"]);
    (booking.language, booking.source) = (Language::new("uk"), Source::Phone);
    office.does(Command::BookAppointment(booking.clone()));
    let ticket = office.ticket(booking.ticket);
    assert_eq!(
        (&ticket.language, ticket.source),
        (&booking.language, Source::Phone)
    );
}

#[test]
fn a_new_day_goes_on_from_the_time_at_which_it_began() {
    let mut office = TestOffice::opens();
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(
        office.state.last_at(),
        time("2026-11-24T00:00[Europe/Berlin]")
    );
}

#[test]
fn a_step_taken_back_leaves_at_the_counter_who_serves_there_now() {
    let mut office = TestOffice::opens_as(house_with(|_| {}));
    office.does(open_for("counter-1", "anna"));
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.does(open_for("counter-1", "berta"));
    office.does(Command::Undo { ticket });
    let clerk = office.counter("counter-1").clerk.as_ref();
    assert_eq!(clerk.map(aufruf_engine::ClerkKey::as_str), Some("berta"));
}
