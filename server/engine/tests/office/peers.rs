//! Faults that queue systems are known for, one test each: this one does not have them.

mod estimates;

use aufruf_engine::{Booking, Command, CounterKey, Priority, QueueKey, Refusal, TicketState, Why};

use crate::common::{
    TestOffice, at, call, closure, finish, hours, house, house_with, ids_with, next, open, time,
};

#[test]
fn walk_ins_starve_behind_dense_appointments() {
    let mut office = TestOffice::opens_as(house_with(|office| office.rules.favoured_in_a_row = 3));
    office.does(open("counter-1"));
    let walk_in = office.takes(&["id-card"]);
    for minute in 0..12 {
        let agreed = at(&format!("08:{:02}", minute * 5));
        office.books_and_comes(agreed, &["id-card"]);
    }
    let mut called_before = 0;
    loop {
        office.minutes_pass(5);
        let (ticket, why) = office.next_and_why("counter-1");
        if ticket == walk_in {
            assert_eq!(why, Why::TurnOfOthers { after: 3 });
            break;
        }
        called_before += 1;
    }
    assert_eq!(called_before, 3);
}

#[test]
fn nobody_is_waiting_for_two_minutes_before_each_appointment() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.services[2].duration_min = 1;
    }));
    office.does(open("counter-1"));
    let walk_in = office.takes(&["pick-up"]);
    let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:28");
    assert_eq!(office.next("counter-1"), walk_in);
    office.does(finish(walk_in));
    office.it_is("08:29");
    assert_eq!(office.next("counter-1"), appointment, "nobody else is here");
}

#[test]
fn a_future_appointment_of_priority_1_blocks_those_who_are_due() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let mut booking = office.booking(at("10:00"), &["id-card"]);
    booking.priority = Priority::FIRST;
    let future = booking.ticket;
    office.does(Command::BookAppointment(booking));
    office.does(crate::common::check_in(future));
    let due = office.books_and_comes(at("08:00"), &["id-card"]);
    let walk_in = office.takes(&["id-card"]);
    assert_eq!(office.next_and_why("counter-1").0, due);
    assert_eq!(office.next_and_why("counter-1").0, walk_in);
}

#[test]
fn parked_time_is_lost() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    for counter in ["counter-2", "counter-1", "counter-2"] {
        office.minutes_pass(4);
        office.does(Command::Park { ticket });
        office.minutes_pass(20);
        office.does(crate::common::resume(ticket, counter));
    }
    office.minutes_pass(1);
    office.does(finish(ticket));
    assert_eq!(office.ticket(ticket).served_ms, 13 * 60_000);
}

#[test]
fn the_contingent_used_up_yesterday_keeps_the_kiosk_closed() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.contingent = Some(1)));
    office.takes(&["id-card"]);
    let wish = Command::IssueTicket(office.wish(&["id-card"]));
    assert_eq!(office.refuses_with(wish), "contingent_used");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    office.takes(&["id-card"]);
}

#[test]
fn a_number_is_given_again_while_it_is_still_open() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        let ids = &mut office.series[0];
        (ids.to, ids.reuse_after_min) = (4, 0);
    }));
    office.does(open("counter-1"));
    let [waits, parked, missed, fetches] = [(); 4].map(|()| office.takes(&["id-card"]));
    office.parks(parked, "counter-1");
    office.misses(missed, "counter-1");
    office.serves(fetches, "counter-1");
    office.does(Command::PromisePickUp { ticket: fetches });
    for ticket in [waits, parked, missed, fetches] {
        let wish = Command::IssueTicket(office.wish(&["id-card"]));
        assert_eq!(office.refuses_with(wish), "numbers_exhausted");
        let number = office.number(ticket);
        office.does(Command::Cancel { ticket });
        let heir = office.takes(&["id-card"]);
        assert_eq!(office.number(heir), number);
    }
}

#[test]
fn the_second_of_two_clerks_gets_an_error() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2", "counter-3"]);
    let [first, second] = [(); 2].map(|()| office.takes(&["id-card"]));
    assert_eq!(office.next("counter-1"), first);
    assert_eq!(office.next("counter-2"), second);
    let answer = office.refuses(next("counter-3"));
    assert!(
        matches!(answer, Refusal::Nobody(_)),
        "an answer and no error: {answer:?}"
    );
}

#[test]
fn a_recalled_number_stays_silent() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.next("counter-1");
    let mut heard = vec![office.is(ticket).call()];
    for _ in 0..3 {
        office.minutes_pass(1);
        office.does(Command::Recall { ticket });
        let call = office.is(ticket).call();
        assert!(
            heard.iter().all(|before| *before < call),
            "each is a new call"
        );
        heard.push(call);
    }
    assert_eq!(office.counter("counter-1").called_at, Some(office.now()));
}

#[test]
fn a_desk_whose_name_is_no_number_does_not_count() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        for counter in &mut office.counters {
            let name = counter.key.as_str().replace("counter-", "A1");
            counter.key = CounterKey::new(&name);
        }
    }));
    office.does(open("A12"));
    let ticket = office.takes(&["id-card"]);
    assert!(
        office.promise("id-card").is_some(),
        "the open desk shortens the wait"
    );
    assert_eq!(office.next("A12"), ticket);
}

#[test]
fn low_priority_is_never_served() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.rules.favoured_in_a_row = 100;
        office.queues[0].rules.max_wait_min = 45;
    }));
    office.does(open("counter-1"));
    let low = office.takes(&["id-card"]);
    loop {
        office.takes_with_priority(&["id-card"], 1);
        office.takes_with_priority(&["id-card"], 2);
        office.minutes_pass(5);
        if office.next_and_why("counter-1").0 == low {
            break;
        }
    }
    assert_eq!(office.now(), at("08:45"));
}

#[test]
fn priority_is_always_first() {
    let mut office = TestOffice::opens_as(house_with(|office| office.rules.favoured_in_a_row = 3));
    office.does(open("counter-1"));
    let normal = [(); 5].map(|()| office.takes(&["id-card"]));
    for _ in 0..20 {
        office.takes_with_priority(&["id-card"], 1);
    }
    let called: Vec<_> = (0..20)
        .map(|_| office.next_and_why("counter-1").0)
        .collect();
    let of_normal: Vec<_> = called.into_iter().filter(|t| normal.contains(t)).collect();
    assert_eq!(of_normal, normal, "one in four, in their order");
}

#[test]
fn the_order_flips_after_a_minute() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    for _ in 0..3 {
        office.takes(&["id-card"]);
        office.takes_with_priority(&["id-card"], 1);
        office.books_and_comes(at("08:00"), &["id-card"]);
    }
    let line = office.line("ids");
    let first = office.next("counter-1");
    office.does(Command::Undo { ticket: first });
    for _ in 0..170 {
        office.minutes_pass(1);
        office.does(Command::TimePassed);
        assert_eq!(office.line("ids"), line);
        assert_eq!(office.next("counter-1"), first);
        office.does(Command::Undo { ticket: first });
    }
}

#[test]
fn the_newest_is_called_first_because_nobody_set_the_order() {
    let house = house();
    assert!(
        house
            .queues
            .iter()
            .all(|queue| queue.rules == aufruf_engine::QueueRules::default())
    );
    let mut office = TestOffice::opens_as(house);
    office.does(open("counter-1"));
    let came = [(); 5].map(|()| {
        office.minutes_pass(1);
        office.takes(&["id-card"])
    });
    let called = [(); 5].map(|()| office.next_and_why("counter-1").0);
    assert_eq!(called, came);
}

#[test]
fn somebody_clicked_by_mistake_cannot_be_put_back_as_they_were() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    let before = (
        office.ticket(ticket).clone(),
        office.counter("counter-1").clone(),
    );
    office.minutes_pass(1);
    office.does(call(ticket, "counter-1"));
    office.does(Command::Undo { ticket });
    let after = (
        office.ticket(ticket).clone(),
        office.counter("counter-1").clone(),
    );
    assert_eq!(after, before);
    assert_eq!(office.line("ids"), ["A001", "A002"]);
}

#[test]
fn cancelling_a_call_changes_the_time_of_arrival() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    let before = office.ticket(ticket).clone();
    office.minutes_pass(25);
    office.takes(&["id-card"]);
    office.next("counter-1");
    office.does(Command::Requeue { ticket });
    let after = office.ticket(ticket);
    assert_eq!(after.arrived_at, before.arrived_at);
    assert_eq!(after.waits_from(), before.waits_from());
    assert_eq!(after.place, before.place);
}

#[test]
fn a_day_closed_for_appointments_leaves_the_kiosk_open() {
    let mut house = ids_with(|_| ());
    house.queues[0].walk_in_hours = Some(hours(&[("08:00", "18:00")]));
    house.closures = vec![closure("2026-11-23", &["ids"])];
    let office = TestOffice::opens_as(house);
    let told = office
        .state
        .takes_walk_ins(&QueueKey::new("ids"), office.now());
    assert!(matches!(told, Err(Refusal::Closed { .. })), "{told:?}");
}

#[test]
fn midnight_and_the_changes_of_the_clock_break_times() {
    for (comes, called, minutes) in [
        (
            "2026-10-25T01:30[Europe/Berlin]",
            "2026-10-25T03:30[Europe/Berlin]",
            180,
        ),
        (
            "2026-03-29T00:30[Europe/Berlin]",
            "2026-03-29T04:30[Europe/Berlin]",
            180,
        ),
    ] {
        let mut office = TestOffice::opens_at(house(), comes);
        office.does(open("counter-1"));
        let ticket = office.takes(&["id-card"]);
        office.clock_says(called);
        let (next, why) = office.next_and_why("counter-1");
        let (waited_min, max_wait_min) = (minutes, 180);
        assert_eq!(
            (next, why),
            (
                ticket,
                Why::Overdue {
                    waited_min,
                    max_wait_min
                }
            )
        );
    }
    let mut office = TestOffice::opens_at(house(), "2026-10-24T23:59[Europe/Berlin]");
    let over_midnight = time("2026-10-25T00:00[Europe/Berlin]");
    let ticket = office.books(over_midnight, &["id-card"]);
    assert!(
        office.state.ticket(ticket).is_none(),
        "it is one of the new day"
    );
    office.clock_says_at(over_midnight);
    office.does(Command::TimePassed);
    assert_eq!(office.is(ticket), TicketState::Booked);
}

#[test]
fn an_emergency_cannot_be_ended() {
    let mut office = TestOffice::opens();
    let counter = CounterKey::new("counter-1");
    for who in ["panel-1", "panel-2"] {
        let counter = counter.clone();
        office.does(Command::RaiseEmergency {
            counter: counter.clone(),
        });
        let ended = office.tries_by(who, Command::EndEmergency { counter });
        assert!(ended.is_ok(), "{who} may end it");
        assert!(office.state.emergencies().is_empty());
    }
}

#[test]
fn of_two_calls_close_together_one_is_lost() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let [first, second] = [(); 2].map(|()| office.takes(&["id-card"]));
    office.next("counter-1");
    office.next("counter-2");
    let calls = [first, second].map(|ticket| office.is(ticket).call());
    assert!(calls[0].is_some() && calls[0] < calls[1], "{calls:?}");
    let called = [first, second].map(|ticket| office.is(ticket).name());
    assert_eq!(called, ["called", "called"]);
}

#[test]
fn an_appointment_moved_to_another_day_is_called_on_both() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let booking = office.booking(at("08:00"), &["id-card"]);
    let ticket = booking.ticket;
    office.does(Command::BookAppointment(booking.clone()));
    office.does(Command::BookAppointment(Booking {
        at: time("2026-11-24T08:00[Europe/Berlin]"),
        ..booking
    }));
    assert_eq!(
        office.refuses_with(call(ticket, "counter-1")),
        "ticket_unknown"
    );
}

#[test]
fn a_gap_too_short_is_filled() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.services[1].duration_min = 40;
    }));
    office.does(open("counter-1"));
    let long = office.takes(&["passport"]);
    let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:26");
    assert_eq!(office.next_and_why("counter-1").0, appointment, "and then");
    assert_eq!(office.next_and_why("counter-1").0, long);
}
