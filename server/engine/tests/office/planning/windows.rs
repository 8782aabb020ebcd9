//! The windows that people are told.

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

/// A visit that has lasted far longer than planned may end soon or not: nobody is told "at once".
#[test]
fn a_visit_that_lasts_for_ever_is_not_about_to_end_the_next_second() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let running = office.takes(&["id-card"]);
    office.serves(running, "counter-1");
    for lasted in [60, 90, 120] {
        office.clock_says_at(at("08:00") + minutes(lasted));
        let told = office.promise("id-card").expect("somebody serves");
        assert!(told.mid > office.now() + minutes(2), "{lasted}: {told:?}");
        assert!(told.high > told.low + minutes(10), "{lasted}: {told:?}");
    }
}

/// Shifts end at ten, nobody is sent home, and more wait than can be called by then.
#[test]
fn nobody_is_told_a_time_at_which_only_few_plays_call_them() {
    let mut office = opens_with(
        |office| {
            for counter in 0..office.counters.len() {
                shifts(office, counter, &[("08:00", "10:00")]);
            }
        },
        &["counter-1"],
    );
    office.it_is("09:00");
    let people = take(&mut office, 9, "id-card");
    let (plan, told) = (office.plan(), office.outlook().tickets);
    assert!(told.contains_key(&people[1]));
    let is_called = |ticket: &&TicketId| plan.of(**ticket).is_some();
    let never: Vec<_> = people.iter().filter(|one| !is_called(one)).collect();
    assert!(!never.is_empty());
    assert!(never.iter().all(|ticket| !told.contains_key(ticket)));
    assert_eq!(office.promise("id-card"), None);
}
