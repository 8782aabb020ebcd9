//! An office that changes while people wait.

use aufruf_engine::{CounterKey, Event, Office, Refusal, SeriesKey};

use crate::common::{TestOffice, finish, house, names, open, queue, series, service, use_office};

/// The house without its third queue and all that hangs on it.
fn without_certificates() -> Office {
    let mut office = house();
    office.queues.remove(2);
    office.services.truncate(6);
    office.counters.remove(3);
    office.counters[2].skills = crate::common::skills(&["pick-up", "move"]);
    office.series.remove(2);
    office
}

fn in_use(kind: &'static str, key: &str) -> Refusal {
    Refusal::StillInUse {
        kind,
        key: key.to_owned(),
    }
}

#[test]
fn the_same_office_again_changes_nothing() {
    let mut office = TestOffice::opens();
    assert_eq!(names(&office.does(use_office(house()))), "nothing");
}

#[test]
fn a_changed_office_is_taken_into_use_at_once_and_everybody_keeps_the_place() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    let mut changed = house();
    changed.version = 2;
    changed.queues.push(queue("fishing", "d"));
    changed.series.push(series("d", "D"));
    changed.services.push(service("licence", "fishing"));
    changed.counters[0]
        .skills
        .insert(aufruf_engine::ServiceKey::new("licence"));
    assert_eq!(names(&office.does(use_office(changed))), "office_changed");
    assert_eq!(office.line("ids"), ["A001", "A002"]);
    let fisher = office.takes(&["licence"]);
    assert_eq!(office.number(fisher), "D001");
    office.next("counter-1");
    assert_eq!(office.replayed(), office.state);
}

#[test]
fn what_nobody_uses_can_go_during_the_day() {
    let mut office = TestOffice::opens();
    let done = office.takes(&["birth"]);
    office.does(open("counter-4"));
    office.finishes(done, "counter-4");
    office.uses(without_certificates());
    let gone = CounterKey::new("counter-4");
    assert_eq!(office.state.counter(&gone), None);
    assert_eq!(office.state.lines().len(), 2);
    let wish = office.wish(&["birth"]);
    let refusal = office.refuses(aufruf_engine::Command::IssueTicket(wish));
    assert_eq!(refusal.code(), "service_unknown");
}

#[test]
fn a_queue_where_somebody_waits_stays() {
    let mut office = TestOffice::opens();
    office.takes(&["birth"]);
    let refusal = office.refuses(use_office(without_certificates()));
    assert_eq!(refusal, in_use("queue", "certificates"));
}

#[test]
fn a_queue_of_somebody_who_was_missed_stays() {
    let mut office = TestOffice::with_counters(&["counter-4"]);
    let ticket = office.takes(&["birth"]);
    office.misses(ticket, "counter-4");
    let refusal = office.refuses(use_office(without_certificates()));
    assert_eq!(refusal, in_use("queue", "certificates"));
}

#[test]
fn the_series_of_an_open_number_stays() {
    let mut office = TestOffice::opens();
    office.takes(&["birth"]);
    let mut changed = house();
    changed.series[2] = series("new", "N");
    changed.queues[2].series = SeriesKey::new("new");
    assert_eq!(office.refuses(use_office(changed)), in_use("series", "c"));
}

#[test]
fn a_service_that_somebody_came_for_stays() {
    let mut office = TestOffice::opens();
    office.takes(&["death"]);
    let mut changed = house();
    changed.services.pop();
    changed.counters[3].skills = crate::common::skills(&["birth", "marriage"]);
    assert_eq!(
        office.refuses(use_office(changed)),
        in_use("service", "death")
    );
}

#[test]
fn a_counter_with_a_visit_stays() {
    let mut office = TestOffice::with_counters(&["counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-2");
    let mut changed = house();
    changed.counters.remove(1);
    assert_eq!(
        office.refuses(use_office(changed)),
        in_use("counter", "counter-2")
    );
}

/// Each service alone still has a counter; both together have none any more.
#[test]
fn services_that_no_counter_offers_together_any_more_are_done_at_one_after_the_other() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["passport", "id-card"]);
    let mut changed = house();
    changed.counters[0].skills = crate::common::skills(&["passport", "pick-up"]);
    office.uses(changed);
    for counter in ["counter-1", "counter-2"] {
        assert_eq!(office.next(counter), ticket);
        office.does(finish(ticket));
    }
    assert!(office.is(ticket).is_final());
}

#[test]
fn a_queue_may_get_another_series_for_those_who_come_from_now_on() {
    let mut office = TestOffice::opens();
    let before = office.takes(&["birth"]);
    let mut changed = house();
    changed.series.push(series("new", "N"));
    changed.queues[2].series = SeriesKey::new("new");
    office.uses(changed);
    let after = office.takes(&["birth"]);
    assert_eq!(
        [office.number(before), office.number(after)],
        ["C001", "N001"]
    );
    assert_eq!(office.line("certificates"), ["C001", "N001"]);
}

#[test]
fn a_service_moved_to_another_queue_leaves_who_waits_where_they_stand() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let before = office.takes(&["pick-up"]);
    let mut changed = house();
    changed.services[2] = service("pick-up", "certificates");
    office.uses(changed);
    let after = office.takes(&["pick-up"]);
    assert_eq!(
        (office.line("ids"), office.line("certificates")),
        (vec!["A001".to_owned()], vec!["C001".to_owned()])
    );
    assert_eq!(office.next("counter-1"), before);
    office.does(finish(before));
    assert_eq!(office.next("counter-1"), after);
}

#[test]
fn a_counter_that_lost_a_skill_ends_its_visit_and_calls_no_more_of_them() {
    let mut office = TestOffice::with_counters(&["counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.serves(ticket, "counter-2");
    let mut changed = house();
    changed.counters[1].skills = crate::common::skills(&["move", "extract"]);
    office.uses(changed);
    office.does(finish(ticket));
    let refusal = office.refuses(crate::common::next("counter-2"));
    assert_eq!(refusal.code(), "nobody");
}

#[test]
fn the_journal_keeps_the_whole_office_with_the_change() {
    let mut office = TestOffice::opens();
    let mut changed = house();
    changed.version = 7;
    let events = office.uses(changed.clone());
    let Event::OfficeChanged { office: kept } = &events[0] else {
        panic!("{events:?}");
    };
    assert_eq!(kept.as_ref(), &changed);
}

/// No counter would serve that queue any more.
#[test]
fn the_last_service_of_a_queue_stays_while_somebody_waits_there() {
    let with_fishing = |queue: &str| {
        let mut office = house();
        office.queues.push(crate::common::queue("fishing", "a"));
        office.services.push(service("licence", queue));
        let licence = aufruf_engine::ServiceKey::new("licence");
        office.counters[0].skills.insert(licence);
        office
    };
    let mut office = TestOffice::opens_as(with_fishing("fishing"));
    office.does(open("counter-1"));
    let ticket = office.takes(&["licence"]);
    let moved = use_office(with_fishing("ids"));
    assert_eq!(office.refuses(moved.clone()), in_use("queue", "fishing"));
    office.finishes(ticket, "counter-1");
    office.does(moved);
}

#[test]
fn a_service_that_somebody_has_an_appointment_for_stays() {
    let mut office = TestOffice::opens();
    let tomorrow = crate::common::time("2026-11-24T09:00[Europe/Berlin]");
    office.books(tomorrow, &["birth"]);
    let refusal = office.refuses(use_office(without_certificates()));
    assert_eq!(refusal, in_use("service", "birth"));
}

fn in_new_york() -> Office {
    Office {
        time_zone: "America/New_York".to_owned(),
        ..house()
    }
}

/// What was agreed for a date would fall on another one.
#[test]
fn the_time_zone_stays_while_somebody_is_here_or_booked() {
    for somebody in [
        "waits",
        "is at a counter",
        "was missed",
        "is booked for today",
        "is booked for another day",
    ] {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        match somebody {
            "waits" => drop(office.takes(&["id-card"])),
            "is at a counter" => {
                let ticket = office.takes(&["id-card"]);
                office.serves(ticket, "counter-1");
            }
            "was missed" => {
                let ticket = office.takes(&["id-card"]);
                office.misses(ticket, "counter-1");
            }
            "is booked for today" => {
                office.books(crate::common::at("20:00"), &["id-card"]);
            }
            _ => {
                let tomorrow = crate::common::time("2026-11-24T09:00[Europe/Berlin]");
                office.books(tomorrow, &["id-card"]);
            }
        }
        assert_eq!(
            office.refuses(use_office(in_new_york())),
            in_use("time zone", "America/New_York"),
            "somebody {somebody}"
        );
    }
}

#[test]
fn the_time_zone_of_an_empty_house_can_change() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let [served, cancelled] = [office.takes(&["id-card"]), office.takes(&["id-card"])];
    office.finishes(served, "counter-1");
    office.does(aufruf_engine::Command::Cancel { ticket: cancelled });
    let tomorrow = crate::common::time("2026-11-24T09:00[Europe/Berlin]");
    let put_off = office.books(tomorrow, &["id-card"]);
    office.does(aufruf_engine::Command::Cancel { ticket: put_off });
    assert_eq!(names(&office.uses(in_new_york())), "office_changed");
    let zone = office
        .state
        .office()
        .map(|office| office.time_zone.as_str());
    assert_eq!(zone, Some("America/New_York"));
}
