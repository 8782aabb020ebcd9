//! How a day ends: overtime, what is left of its people, and what lives on to the next day.

use aufruf_engine::{Command, DaySums, Event, Finish, Office, QueueKey, QueueSums, VisitResult};

use crate::common::{
    TestOffice, at, check_in, finished, hours, house_with, names, next, open, time,
};

/// Ids closes at noon; who still waits is served until half past.
fn half_an_hour_over() -> Office {
    house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:00")]));
        office.queues[0].rules.overtime_min = Some(30);
    })
}

fn midnight(office: &mut TestOffice) -> Vec<Event> {
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed)
}

fn sums(events: &[Event]) -> &DaySums {
    let closed = events.iter().find_map(|event| match event {
        Event::DayClosed { sums, .. } => Some(sums),
        _ => None,
    });
    closed.expect("the day closed")
}

#[test]
fn overtime_ends_for_those_who_wait_were_missed_or_never_came_and_for_nobody_else() {
    let mut office = TestOffice::opens_as(half_an_hour_over());
    for counter in ["counter-1", "counter-2"] {
        office.does(open(counter));
    }
    let booked = office.books(at("11:00"), &["id-card"]);
    let [waits, missed, parked, serving, pick_up] = [(); 5].map(|()| office.takes(&["id-card"]));
    let other = office.takes(&["move"]);
    office.misses(missed, "counter-1");
    office.parks(parked, "counter-1");
    office.serves(pick_up, "counter-1");
    office.does(Command::PromisePickUp { ticket: pick_up });
    office.serves(serving, "counter-1");
    office.it_is("12:29");
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.state.next_deadline(), Some(at("12:30")));
    office.it_is("12:30");
    let ended = office.does(Command::TimePassed);
    let expired = vec![booked, waits, missed];
    let queue = QueueKey::new("ids");
    assert_eq!(ended, [Event::QueueEnded { queue, expired }]);
    let states = [booked, waits, missed, parked, serving, pick_up, other];
    let states = states.map(|ticket| office.is(ticket).name());
    let expected = [
        "expired", "expired", "expired", "parked", "serving", "pick_up", "waiting",
    ];
    assert_eq!(states, expected);
    assert_eq!(office.does(Command::TimePassed), [], "it ends once");
    let midnight = time("2026-11-24T00:00[Europe/Berlin]");
    assert_eq!(office.state.next_deadline(), Some(midnight));
    assert_eq!(office.replayed(), office.state);
}

#[test]
fn without_a_rule_for_overtime_everybody_who_waits_is_served() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:00")]));
    }));
    office.does(open("counter-1"));
    let ticket = office.takes(&["id-card"]);
    office.it_is("20:00");
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn whom_staff_take_after_overtime_waits_until_midnight() {
    let mut office = TestOffice::opens_as(half_an_hour_over());
    office.does(open("counter-1"));
    office.it_is("13:00");
    office.does(Command::TimePassed);
    let wish = office.wish(&["id-card"]);
    let late = office.takes_as(aufruf_engine::IssueTicket {
        source: aufruf_engine::Source::Counter,
        ..wish
    });
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.next("counter-1"), late);
}

/// One visit of each fate, five minutes at the counter where there was a counter.
#[test]
fn the_sums_of_a_day_tell_every_fate_apart() {
    let mut office = TestOffice::opens_as(half_an_hour_over());
    office.does(open("counter-1"));
    office.books(at("09:00"), &["id-card"]);
    let came = office.books_and_comes(at("08:10"), &["id-card"]);
    let [
        served,
        uncounted,
        impossible,
        missed,
        pick_up,
        cancelled,
        late,
        _waits,
    ] = [(); 8].map(|()| office.takes(&["id-card"]));
    office.minutes_pass(20);
    for (ticket, result, persons) in [
        (came, VisitResult::Served, 3),
        (served, VisitResult::Served, 1),
        (uncounted, VisitResult::WithoutRecord, 1),
        (impossible, VisitResult::NotPossible, 1),
    ] {
        office.serves(ticket, "counter-1");
        office.does(Command::Finish(Finish {
            result,
            persons: Some(persons),
            ..finished(ticket)
        }));
    }
    office.misses(missed, "counter-1");
    office.serves(pick_up, "counter-1");
    office.minutes_pass(5);
    office.does(Command::PromisePickUp { ticket: pick_up });
    office.does(Command::Cancel { ticket: cancelled });
    office.it_is("12:10");
    office.finishes(late, "counter-1");
    let closed = midnight(&mut office);
    let minutes = |minutes: u64| minutes * 60_000;
    let ids = QueueSums {
        walk_ins: 8,
        appointments: 2,
        finished: 5,
        in_overtime: 1,
        without_record: 1,
        not_possible: 1,
        cancelled: 1,
        missed: 1,
        no_shows: 1,
        not_picked_up: 1,
        expired: 1,
        persons: 7,
        called: 7,
        waited_ms: minutes(10 + 5 * 20 + 250),
        served_ms: minutes(5),
    };
    let queue = QueueKey::new("ids");
    assert_eq!(sums(&closed).queues.get(&queue), Some(&ids));
    let all = ids.finished + ids.cancelled + ids.missed + ids.no_shows;
    let all = all + ids.not_picked_up + ids.expired;
    assert_eq!(
        all,
        ids.walk_ins + ids.appointments,
        "every visit has one fate"
    );
}

#[test]
fn a_visit_counts_in_the_queue_where_it_stood_last() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card", "birth"]);
    office.finishes(ticket, "counter-1");
    office.finishes(ticket, "counter-4");
    let closed = midnight(&mut office);
    let queues: Vec<(&str, u32)> = sums(&closed)
        .queues
        .iter()
        .map(|(queue, sums)| (queue.as_str(), sums.finished))
        .collect();
    assert_eq!(queues, [("certificates", 1)]);
}

#[test]
fn the_sums_hold_nothing_of_a_visit_taken_back_or_put_off() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.does(Command::Undo { ticket });
    let booking = office.booking(at("09:00"), &["id-card"]);
    office.does(Command::BookAppointment(booking.clone()));
    office.does(Command::BookAppointment(aufruf_engine::Booking {
        at: time("2026-11-25T09:00[Europe/Berlin]"),
        ..booking
    }));
    let closed = midnight(&mut office);
    let ids = &sums(&closed).queues[&QueueKey::new("ids")];
    assert_eq!((ids.finished, ids.no_shows, ids.expired), (0, 0, 1));
}

#[test]
fn appointments_of_later_days_are_carried_over_to_theirs() {
    let mut office = TestOffice::opens();
    let tomorrow = office.books(time("2026-11-24T09:00[Europe/Berlin]"), &["id-card"]);
    let later = office.books(time("2026-11-25T09:00[Europe/Berlin]"), &["move"]);
    let gone = office.books(time("2026-11-25T10:00[Europe/Berlin]"), &["move"]);
    office.does(Command::Cancel { ticket: gone });
    assert!(office.state.ticket(tomorrow).is_none());
    midnight(&mut office);
    assert_eq!(office.is(tomorrow).name(), "booked");
    assert_eq!(office.state.bookings().count(), 1);
    assert_eq!(office.replayed(), office.state);
    office.clock_says("2026-11-25T08:30[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert!(office.state.ticket(tomorrow).is_none(), "that day is over");
    assert_eq!(names(&office.does(check_in(later))), "checked_in");
}

#[test]
fn a_server_that_was_off_at_midnight_finds_the_appointments_of_the_day_it_wakes_on() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let left = office.takes(&["id-card"]);
    office.books(time("2026-11-24T09:00[Europe/Berlin]"), &["id-card"]);
    let today = office.books(time("2026-11-25T09:00[Europe/Berlin]"), &["id-card"]);
    let later = office.books(time("2026-11-26T09:00[Europe/Berlin]"), &["id-card"]);
    office.clock_says("2026-11-25T08:45[Europe/Berlin]");
    let morning = office.does(Command::TimePassed);
    assert_eq!(names(&morning), "day_closed, day_opened");
    assert!(matches!(&morning[0], Event::DayClosed { expired, .. } if *expired == [left]));
    let kept: Vec<_> = office
        .state
        .bookings()
        .map(|booking| booking.ticket)
        .collect();
    assert_eq!(kept, [later]);
    assert_eq!(
        office.refuses_with(next("counter-1")),
        "nobody",
        "counters begin closed"
    );
    office.does(open("counter-1"));
    office.does(check_in(today));
    assert_eq!(office.next("counter-1"), today);
}

#[test]
fn locks_emergencies_and_contingents_end_with_the_day() {
    let mut office = TestOffice::opens();
    office.does(crate::common::lock(&["ids"], "Back tomorrow."));
    office.does(Command::RaiseEmergency {
        counter: aufruf_engine::CounterKey::new("counter-1"),
    });
    midnight(&mut office);
    assert!(office.state.locks().is_empty());
    assert!(office.state.emergencies().is_empty());
    office.takes(&["id-card"]);
}

/// The server was off on the 24th and the 25th.
#[test]
fn appointments_of_days_on_which_nothing_ran_are_named_when_the_next_day_opens() {
    let mut office = TestOffice::opens();
    let [today, first, cancelled, second, third, later] = [
        "2026-11-23",
        "2026-11-24",
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
    ]
    .map(|day| office.books(time(&format!("{day}T09:00[Europe/Berlin]")), &["id-card"]));
    office.does(Command::Cancel { ticket: cancelled });
    office.clock_says("2026-11-26T08:00[Europe/Berlin]");
    let events = office.does(Command::TimePassed);
    let [
        Event::DayClosed { expired, .. },
        Event::DayOpened {
            lapsed, bookings, ..
        },
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(expired, &[today]);
    assert_eq!(lapsed, &[first, second]);
    let kept: Vec<_> = bookings.iter().map(|booking| booking.ticket).collect();
    assert_eq!(kept, [third, later]);
    office.clock_says("2026-11-27T08:00[Europe/Berlin]");
    let next_day = office.does(Command::TimePassed);
    let named_once = matches!(&next_day[1], Event::DayOpened { lapsed, .. } if lapsed.is_empty());
    assert!(named_once, "{next_day:?}");
    assert_eq!(office.replayed(), office.state);
}
