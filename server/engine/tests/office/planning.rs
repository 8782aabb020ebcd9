//! The plan for the rest of the day, and the windows that people are told from it.

use aufruf_engine::hours::Hours;
use aufruf_engine::planning::{Picture, StayOf};
use aufruf_engine::{CheckInRule, Command, Need, Office, Priority, Promise, TicketId};
use jiff::{SignedDuration, Timestamp};

use crate::common::{
    Asked, TestOffice, at, close, finish, hours, house_with, ids_with, needs, open, open_for,
    pause, to_clerk, to_counter,
};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn opens_with(change: impl FnOnce(&mut Office), counters: &[&str]) -> TestOffice {
    let mut office = TestOffice::opens_as(house_with(change));
    for counter in counters {
        office.does(open(counter));
    }
    office
}

fn shifts(office: &mut Office, counter: usize, spans: &[(&str, &str)]) {
    let planned: Hours = hours(spans);
    office.counters[counter].shifts = Some(planned);
}

fn take(office: &mut TestOffice, people: usize, service: &str) -> Vec<TicketId> {
    (0..people).map(|_| office.takes(&[service])).collect()
}

/// People with an appointment now who are here: nobody expects them to leave.
fn are_here(office: &mut TestOffice, people: usize, service: &str) -> Vec<TicketId> {
    let now = office.now();
    (0..people)
        .map(|_| office.books_and_comes(now, &[service]))
        .collect()
}

mod calls {
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
}

mod shifts {
    use super::*;

    fn froms(office: &TestOffice, counter: &str) -> Vec<Timestamp> {
        let calls = office.plan().calls_at(counter);
        calls.into_iter().map(|stay| stay.from).collect()
    }

    #[test]
    fn a_break_moves_the_calls_behind_it() {
        let with = |spans: &[(&str, &str)]| {
            let mut office = opens_with(|office| shifts(office, 0, spans), &["counter-1"]);
            are_here(&mut office, 8, "id-card");
            froms(&office, "counter-1")
        };
        let through = with(&[("08:00", "16:00")]);
        let broken = with(&[("08:00", "09:00"), ("09:30", "16:00")]);
        assert_eq!(through[..6], broken[..6]);
        assert_eq!(through[6..], [at("09:00"), at("09:10")]);
        assert_eq!(broken[6..], [at("09:30"), at("09:40")]);
    }

    #[test]
    fn a_visit_that_was_called_in_time_may_run_into_the_break() {
        let mut office = opens_with(
            |office| {
                office.services[0].duration_min = 25;
                shifts(office, 0, &[("08:00", "09:00"), ("09:30", "16:00")]);
            },
            &["counter-1"],
        );
        are_here(&mut office, 4, "id-card");
        let expected = ["08:00", "08:25", "08:50", "09:30"].map(at);
        assert_eq!(froms(&office, "counter-1"), expected);
    }

    #[test]
    fn who_waits_when_the_house_closes_is_served_all_the_same() {
        let with_shift_to = |end: &str| {
            let mut office = opens_with(
                |office| {
                    office.queues[0].walk_in_hours = Some(hours(&[("08:00", "09:00")]));
                    shifts(office, 0, &[("08:00", end)]);
                },
                &["counter-1"],
            );
            are_here(&mut office, 8, "id-card");
            froms(&office, "counter-1").len()
        };
        assert_eq!(with_shift_to("09:00"), 8, "it lasts until nobody waits");
        assert_eq!(
            with_shift_to("08:30"),
            3,
            "the clerk goes, the house is open"
        );
    }

    #[test]
    fn a_counter_that_is_closed_is_planned_from_its_shift_on_and_one_without_shifts_is_not() {
        let mut office = opens_with(|office| shifts(office, 1, &[("09:00", "16:00")]), &[]);
        let ticket = office.takes(&["id-card"]);
        assert_eq!(office.planned(ticket), ("counter-2".into(), at("09:00")));
        let told = office.promise("id-card").expect("somebody will come");
        assert!(told.low >= at("09:00"));
    }

    /// So long after the beginning of the shift nobody believes in it.
    #[test]
    fn a_counter_that_was_planned_and_does_not_open_is_given_up_until_its_next_shift() {
        let mut office = opens_with(
            |office| shifts(office, 1, &[("08:00", "10:00"), ("11:00", "16:00")]),
            &[],
        );
        let ticket = office.takes(&["id-card"]);
        let (_, soon) = office.planned(ticket);
        assert!(soon > office.now() && soon < at("08:30"), "{soon}");
        office.it_is("09:00");
        assert_eq!(office.planned(ticket).1, at("11:00"));
    }

    #[test]
    fn a_counter_that_pauses_is_expected_back_and_one_that_closes_is_not() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let ticket = office.takes(&["id-card"]);
        office.does(pause("counter-1"));
        let (_, back) = office.planned(ticket);
        assert!(back > office.now() && back <= office.now() + minutes(60));
        office.does(close("counter-1"));
        assert_eq!(office.plan().of(ticket), None);
    }

    #[test]
    fn clerks_who_do_not_sign_in_are_planned_as_the_office_says() {
        let mut office = TestOffice::opens_as(ids_with(|rules| rules.ghost_counters = Some(2)));
        let people = are_here(&mut office, 4, "id-card");
        let planned = people.iter().map(|ticket| office.planned(*ticket).1);
        let planned: Vec<Timestamp> = planned.collect();
        let later = office.now() + minutes(10);
        assert_eq!(planned, [office.now(), office.now(), later, later]);
    }
}

mod windows {
    use super::*;

    /// Some wait, some have appointments, one is served, one is away.
    fn a_morning() -> TestOffice {
        let mut office = opens_with(
            |office| office.services[1].duration_min = 25,
            &["counter-1", "counter-2", "counter-4"],
        );
        let first = office.takes(&["id-card"]);
        office.serves(first, "counter-1");
        office.minutes_pass(3);
        for service in ["passport", "id-card", "move", "birth", "id-card", "pick-up"] {
            office.takes(&[service]);
            office.minutes_pass(1);
        }
        office.books(at("08:30"), &["id-card"]);
        office.books_and_comes(at("08:40"), &["birth"]);
        let away = office.takes(&["move"]);
        office.does(Command::PausePlace {
            ticket: away,
            minutes: 15,
        });
        office
    }

    fn all(office: &TestOffice) -> Vec<Promise> {
        let told = office.outlook();
        let to_all = told.services.into_values();
        to_all.chain(told.tickets.into_values()).collect()
    }

    #[test]
    fn equal_states_and_seeds_are_told_alike_and_chance_differs_by_the_seed() {
        let office = a_morning();
        let told = office.outlook_by(1);
        assert_eq!(told, office.outlook_by(1));
        let replayed = Picture::of(&office.replayed(), office.now());
        assert_eq!(told, replayed.outlook(office.now(), 1));
        let others = (2..12).filter(|seed| office.outlook_by(*seed) != told);
        assert!(others.count() > 0, "chance has its part");
        let mut plans = (0..3).map(|_| office.plan());
        let plan = plans.next().expect("the first");
        assert!(plans.all(|other| other == plan), "the plan has none");
    }

    #[test]
    fn a_window_begins_now_at_the_earliest_and_stands_in_order() {
        let mut office = a_morning();
        for _ in 0..3 {
            let told = all(&office);
            assert!(told.len() > 10);
            for window in told {
                assert!(office.now() <= window.low, "{window:?}");
                assert!(window.low <= window.mid && window.mid <= window.high);
            }
            office.minutes_pass(20);
        }
    }

    #[test]
    fn everybody_who_waits_is_told_a_window_and_who_has_to_come_first_is_not() {
        let mut office = a_morning();
        let absent = office.books(at("09:00"), &["id-card"]);
        let told = office.outlook().tickets;
        let waiting = office
            .state
            .tickets()
            .filter(|ticket| ticket.state == aufruf_engine::TicketState::WAITING);
        let waiting: Vec<TicketId> = waiting.map(|ticket| ticket.id).collect();
        let told: Vec<TicketId> = told.into_keys().collect();
        assert_eq!(told, waiting);
        assert!(!told.contains(&absent));
    }

    #[test]
    fn the_more_people_wait_the_later_is_the_window() {
        let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
        let window = |office: &TestOffice| office.promise("id-card").expect("two are open");
        let mut before = window(&office);
        for _ in 0..4 {
            take(&mut office, 5, "id-card");
            let after = window(&office);
            assert!(before.low < after.low);
            assert!(before.mid < after.mid && before.high < after.high);
            before = after;
        }
    }

    #[test]
    fn who_comes_later_for_the_same_is_told_a_later_window() {
        let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
        let people = take(&mut office, 8, "id-card");
        let outlook = office.outlook();
        let told: Vec<Promise> = people.iter().map(|one| outlook.tickets[one]).collect();
        for (earlier, later) in told.iter().zip(&told[1..]) {
            assert!(earlier.low <= later.low && earlier.mid <= later.mid);
            assert!(earlier.high <= later.high);
        }
        let newcomer = office.promise("id-card").expect("two are open");
        assert!(told[7].mid <= newcomer.mid);
    }

    /// Ten visits, as planned or three times as long; then ten people wait.
    #[test]
    fn on_a_slow_day_people_are_told_a_later_window() {
        let after_visits_of = |lasting_min: i64| {
            let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
            for _ in 0..10 {
                let ticket = office.takes(&["id-card"]);
                office.serves(ticket, "counter-1");
                office.minutes_pass(lasting_min);
                office.does(finish(ticket));
            }
            take(&mut office, 10, "id-card");
            let window = office.promise("id-card").expect("two are open");
            window.mid.duration_since(office.now())
        };
        let (planned, slow, quick) = (after_visits_of(10), after_visits_of(30), after_visits_of(3));
        assert!(planned + minutes(5) < slow, "{planned} {slow}");
        assert!(quick + minutes(5) < planned, "{quick} {planned}");
    }

    /// Nobody leaves so soon, and visits take as long as they are planned to.
    #[test]
    fn a_window_does_not_contradict_the_plan() {
        for counters in [&["counter-1"][..], &["counter-1", "counter-2"]] {
            let mut office = TestOffice::with_counters(counters);
            let first = office.takes(&["id-card"]);
            office.serves(first, "counter-1");
            office.minutes_pass(2);
            office.books(at("08:30"), &["id-card"]);
            let people = take(&mut office, 4, "id-card");
            let (plan, outlook) = (office.plan(), office.outlook());
            for ticket in people {
                let planned = plan.of(ticket).expect("in the plan").from;
                let window = outlook.tickets[&ticket];
                let slack = minutes(4);
                assert!(
                    window.low - slack <= planned && planned <= window.high + slack,
                    "{planned} is not in {window:?}"
                );
            }
        }
    }

    #[test]
    fn a_window_grows_with_what_nobody_can_know() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let width = |promise: Promise| promise.high.duration_since(promise.low);
        let people = take(&mut office, 10, "id-card");
        let outlook = office.outlook();
        let [near, far] = [people[1], people[9]].map(|ticket| width(outlook.tickets[&ticket]));
        assert!(near < far, "{near} {far}");
    }

    #[test]
    fn a_counter_that_opens_is_in_the_next_window() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        take(&mut office, 10, "id-card");
        let alone = office.promise("id-card").expect("one is open");
        office.does(open("counter-2"));
        let together = office.promise("id-card").expect("two are open");
        assert!(together.high < alone.high && together.mid < alone.mid);
    }
}
