//! Who is planned when and where.

use super::*;

#[test]
fn people_are_planned_one_after_the_other_in_the_order_in_which_they_came() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let appointments = are_here(&mut office, 3, "id-card");
    let walk_ins = take(&mut office, 3, "id-card");
    let plan = office.plan();
    let mut from = office.now();
    for ticket in appointments {
        let stay = plan.of(ticket).expect("in the plan");
        let of = StayOf::Appointment { at: office.now() };
        assert_eq!((stay.from, stay.of), (from, of));
        assert_eq!(stay.to, stay.from + minutes(10), "as long as it is planned");
        from = stay.to;
    }
    for ticket in walk_ins {
        let stay = plan.of(ticket).expect("in the plan");
        assert_eq!((stay.from, stay.of), (from, StayOf::WalkIn));
        assert!(stay.to <= stay.from + minutes(10), "may have left by then");
        from = stay.to;
    }
}

#[test]
fn two_counters_share_the_people_and_none_has_two_at_a_time() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    take(&mut office, 6, "id-card");
    let plan = office.plan();
    for counter in ["counter-1", "counter-2"] {
        let calls = plan.calls_at(counter);
        assert_eq!(calls.len(), 3);
        for (earlier, later) in calls.iter().zip(&calls[1..]) {
            assert!(earlier.to <= later.from, "{earlier:?} {later:?}");
        }
    }
}

#[test]
fn a_visit_that_runs_is_waited_for_and_the_longer_it_lasts_the_sooner_it_is_over() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let running = office.takes(&["id-card"]);
    office.serves(running, "counter-1");
    let next = office.takes(&["id-card"]);
    let (_, at_once) = office.planned(next);
    assert_eq!(at_once, office.now() + minutes(10));
    office.minutes_pass(5);
    let stay = office.plan().of(running).expect("is there");
    assert_eq!((stay.of, stay.from), (StayOf::Running, at("08:00")));
    let left = office.planned(next).1.duration_since(office.now());
    assert!(left > SignedDuration::ZERO && left < minutes(9), "{left}");
    office.minutes_pass(60);
    let (_, then) = office.planned(next);
    assert!(then > office.now(), "it is never over before it is over");
}

#[test]
fn nobody_is_planned_at_a_counter_that_does_not_offer_it_or_lacks_what_is_needed() {
    let mut office = opens_with(
        |office| office.counters[0].attributes = needs(&[Need::LoweredCounter]),
        &["counter-1", "counter-2"],
    );
    let sound = Need::InductionLoop;
    for _ in 0..3 {
        let needy = office.takes_with_need(&["id-card"], Need::LoweredCounter);
        assert_eq!(office.planned(needy).0, "counter-1");
        let mover = office.takes_with_need(&["move"], sound);
        assert_eq!(office.planned(mover).0, "counter-2");
        let nowhere = office.takes(&["birth"]);
        assert_eq!(office.plan().of(nowhere), None);
    }
}

#[test]
fn who_was_sent_to_a_counter_or_a_person_is_planned_there_alone() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.does(open_for("counter-2", "mina"));
    let [to_second, to_mina, free] = [(); 3].map(|()| office.takes(&["id-card"]));
    office.does(to_counter(to_second, "counter-2"));
    office.does(to_clerk(to_mina, "mina"));
    assert_eq!(office.planned(to_second).0, "counter-2");
    assert_eq!(office.planned(to_mina).0, "counter-2");
    assert_eq!(office.planned(free).0, "counter-1");
}

#[test]
fn who_is_away_is_planned_from_coming_back_on() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let away = office.takes(&["id-card"]);
    let minutes = 20;
    office.does(Command::PausePlace {
        ticket: away,
        minutes,
    });
    let next = office.takes(&["id-card"]);
    assert_eq!(office.planned(next).1, office.now());
    assert_eq!(office.planned(away).1, at("08:20"));
}

#[test]
fn an_appointment_is_planned_for_its_time_and_its_place_is_kept_free_of_what_does_not_fit() {
    let mut office = opens_with(
        |office| office.services[1].duration_min = 40,
        &["counter-1"],
    );
    let expected = office.books(at("08:30"), &["id-card"]);
    let people = take(&mut office, 2, "id-card");
    let long = office.takes(&["passport"]);
    let plan = office.plan();
    let stay = plan.of(expected).expect("in the plan");
    let agreed = StayOf::Appointment { at: at("08:30") };
    assert_eq!(stay.of, agreed);
    assert!(stay.from >= at("08:30"), "is not here before");
    for ticket in people {
        assert!(plan.of(ticket).expect("in the plan").to <= at("08:30"));
    }
    assert!(plan.of(long).is_some());
}

/// Nobody reports there: who has an appointment may be absent until its time.
#[test]
fn who_does_not_report_is_not_planned_before_the_agreed_time() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.check_in = CheckInRule::None));
    office.does(open("counter-1"));
    let absent = office.books(at("10:00"), &["id-card"]);
    assert_eq!(office.planned(absent), ("counter-1".into(), at("10:00")));
    office.it_is("09:58");
    let walk_in = office.takes(&["id-card"]);
    assert_eq!(office.planned(walk_in).1, office.now());
    assert_eq!(office.planned(absent).1, at("10:08"), "after the walk-in");
}

#[test]
fn who_is_here_before_the_time_is_planned_as_soon_as_nobody_else_waits() {
    for priority in [Priority::FIRST, Priority::APPOINTMENT] {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let booking = office.booking(at("08:50"), &["id-card"]);
        let ticket = booking.ticket;
        office.does(Command::BookAppointment(aufruf_engine::Booking {
            priority,
            ..booking
        }));
        office.does(crate::common::check_in(ticket));
        let mut asked = office.clone();
        assert_eq!(asked.next("counter-1"), ticket, "so does *next*");
        assert_eq!(office.planned(ticket).1, office.now(), "{priority:?}");
    }
}

#[test]
fn whom_staff_put_first_is_planned_first() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let before = take(&mut office, 3, "id-card");
    let first = office.takes_with_priority(&["id-card"], 1);
    assert_eq!(office.planned(first).1, office.now());
    assert_eq!(office.planned(before[0]).1, office.now() + minutes(10));
}

/// One after the other, as the counters are asked.
#[test]
fn the_plan_calls_now_whom_next_would_call() {
    let mut office = opens_with(
        |office| {
            office.services[1].duration_min = 40;
            office.services[2].duration_min = 1;
        },
        &["counter-1", "counter-2", "counter-3"],
    );
    for (n, service) in ["passport", "move", "id-card", "pick-up", "birth", "move"]
        .into_iter()
        .enumerate()
    {
        office.minutes_pass(i64::try_from(n).expect("few"));
        office.takes(&[service]);
    }
    office.books_and_comes(at("08:17"), &["id-card"]);
    let plan = office.plan();
    for counter in ["counter-1", "counter-2", "counter-3"] {
        let planned = plan.calls_at(counter);
        let now = planned.first().filter(|stay| stay.from == office.now());
        let called = office.next(counter);
        assert_eq!(now.map(|stay| stay.ticket), Some(called), "{counter}");
    }
}

#[test]
fn the_plan_lists_when_each_counter_calls_people() {
    let office = opens_with(
        |office| shifts(office, 1, &[("08:00", "10:00"), ("10:30", "16:00")]),
        &["counter-1", "counter-2"],
    );
    let plan = office.plan();
    let spans = |counter: &str| {
        let mut staffed = plan.staffed.iter();
        let found = staffed.find(|(key, _)| key.as_str() == counter);
        found.expect("every counter is listed").1.clone()
    };
    assert_eq!(spans("counter-1").len(), 1, "until nobody waits");
    assert_eq!(spans("counter-1")[0].0, office.now());
    assert_eq!(spans("counter-2")[0], (at("08:00"), at("10:00")));
    assert_eq!(spans("counter-2")[1].0, at("10:30"));
    assert_eq!(spans("counter-3"), []);
}
