//! The office day: from one local midnight to the next, also when nobody was there to see it.

use aufruf_engine::{Command, Event, TicketId, TicketState, apply};
use jiff::civil::{Date, date};

use crate::common::{TestOffice, house, names, open, time, use_office};

fn today(office: &TestOffice) -> Date {
    office.state.day().expect("a day is open").date
}

fn expired(events: &[Event]) -> &[TicketId] {
    match &events[0] {
        Event::DayClosed { expired, .. } => expired,
        other => panic!("{other:?} closes no day"),
    }
}

#[test]
fn the_first_day_opens_with_the_first_office_at_the_local_date() {
    let mut house = house();
    house.time_zone = "Pacific/Auckland".into();
    let office = TestOffice::opens_at(house, "2026-11-23T23:00[UTC]");
    assert_eq!(today(&office), date(2026, 11, 24));
    assert_eq!(
        office.state.next_deadline(),
        Some(time("2026-11-25T00:00[Pacific/Auckland]"))
    );
}

#[test]
fn the_day_ends_at_local_midnight_and_not_a_moment_before() {
    let mut office = TestOffice::opens();
    office.clock_says("2026-11-23T23:59:59.999[Europe/Berlin]");
    assert_eq!(office.does(Command::TimePassed), []);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let midnight = office.does(Command::TimePassed);
    assert_eq!(names(&midnight), "day_closed, day_opened");
    assert_eq!(today(&office), date(2026, 11, 24));
    assert_eq!(office.does(Command::TimePassed), [], "it is done once");
}

#[test]
fn the_engine_wants_to_be_woken_at_the_end_of_the_day() {
    let mut office = TestOffice::opens();
    for (midnight, following) in [
        ("2026-11-24T00:00", "2026-11-25T00:00"),
        ("2026-11-25T00:00", "2026-11-26T00:00"),
    ] {
        let [midnight, following] = [midnight, following].map(|t| format!("{t}[Europe/Berlin]"));
        assert_eq!(office.state.next_deadline(), Some(time(&midnight)));
        office.clock_says(&midnight);
        office.does(Command::TimePassed);
        assert_eq!(office.state.next_deadline(), Some(time(&following)));
    }
}

#[test]
fn every_open_visit_expires_with_the_day_and_no_ended_one() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2", "counter-4"]);
    let finished = office.takes(&["id-card"]);
    office.finishes(finished, "counter-1");
    let missed = office.takes(&["id-card"]);
    office.misses(missed, "counter-1");
    let [waiting, called, serving] = [["death"], ["id-card"], ["birth"]].map(|s| office.takes(&s));
    office.does(crate::common::call(called, "counter-2"));
    office.serves(serving, "counter-4");
    let mut evening = office.state.clone();
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let midnight = office.does(Command::TimePassed);
    assert_eq!(expired(&midnight), [missed, waiting, called, serving]);

    let closed = aufruf_engine::Record {
        seq: aufruf_engine::EventSeq(evening.last_seq().0 + 1),
        at: office.now(),
        by: aufruf_engine::Actor::new("timer"),
        event: midnight[0].clone(),
    };
    apply(&mut evening, &closed);
    for ticket in [missed, waiting, called, serving] {
        let held = evening.ticket(ticket).expect("it is still known");
        assert!(matches!(held.state, TicketState::Expired { .. }));
    }
    assert_eq!(
        evening.ticket(finished).map(|held| &held.state),
        Some(&TicketState::Finished {
            result: aufruf_engine::VisitResult::Served
        })
    );
    assert_eq!(aufruf_engine::invariants::check(&evening), Ok(()));
}

#[test]
fn a_new_day_begins_with_empty_lines_and_closed_counters_and_the_same_office() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    office.clock_says("2026-11-24T07:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(office.state.tickets().count(), 0);
    assert_eq!(office.line("ids"), [""; 0]);
    assert_eq!(office.state.finished(), 0);
    let key = aufruf_engine::CounterKey::new("counter-1");
    let counter = office.state.counter(&key).expect("it is still there");
    assert!(!counter.is_open() && counter.running.is_none());
    assert_eq!(office.state.office().map(AsRef::as_ref), Some(&house()));
    assert_eq!(names(&office.does(open("counter-1"))), "counter_opened");
}

#[test]
fn a_server_that_was_off_for_days_closes_the_old_day_and_opens_the_present_one() {
    let mut office = TestOffice::opens();
    let left = office.takes(&["id-card"]);
    office.clock_says("2026-11-30T08:00[Europe/Berlin]");
    let morning = office.does(Command::TimePassed);
    assert_eq!(names(&morning), "day_closed, day_opened");
    assert_eq!(expired(&morning), [left]);
    assert_eq!(today(&office), date(2026, 11, 30));
    assert_eq!(
        office.state.next_deadline(),
        Some(time("2026-12-01T00:00[Europe/Berlin]"))
    );
}

#[test]
fn a_day_without_visitors_closes_with_nobody_expired() {
    let mut office = TestOffice::opens();
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let midnight = office.does(Command::TimePassed);
    assert_eq!(expired(&midnight), []);
}

#[test]
fn the_short_and_the_long_day_end_at_their_own_midnight() {
    for (morning, midnight) in [
        (
            "2026-03-29T01:30[Europe/Berlin]",
            "2026-03-30T00:00[Europe/Berlin]",
        ),
        (
            "2026-10-25T02:30[Europe/Berlin]",
            "2026-10-26T00:00[Europe/Berlin]",
        ),
    ] {
        let office = TestOffice::opens_at(house(), morning);
        assert_eq!(office.state.next_deadline(), Some(time(midnight)));
    }
}

/// Beirut's clocks go from 00:00 to 01:00: the day begins at one.
#[test]
fn where_midnight_does_not_exist_the_day_begins_with_the_first_moment_that_does() {
    let mut beirut = house();
    beirut.time_zone = "Asia/Beirut".into();
    let mut office = TestOffice::opens_at(beirut, "2026-03-28T12:00[Asia/Beirut]");
    let end = office.state.next_deadline().expect("a day ends");
    assert_eq!(end, time("2026-03-29T01:00[Asia/Beirut]"));
    office.clock_says("2026-03-29T01:00[Asia/Beirut]");
    office.does(Command::TimePassed);
    assert_eq!(today(&office), date(2026, 3, 29));
}

/// Havana's clocks go from 01:00 back to 00:00: the first of both midnights ends the day.
#[test]
fn where_midnight_comes_twice_the_day_changes_once() {
    let mut havana = house();
    havana.time_zone = "America/Havana".into();
    let mut office = TestOffice::opens_at(havana, "2026-10-31T12:00[America/Havana]");
    office.clock_says("2026-11-01T00:00-04:00[America/Havana]");
    assert_eq!(
        names(&office.does(Command::TimePassed)),
        "day_closed, day_opened"
    );
    office.clock_says("2026-11-01T00:00-05:00[America/Havana]");
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(today(&office), date(2026, 11, 1));
}

#[test]
fn a_clock_that_is_set_back_over_midnight_reopens_no_day() {
    let mut office = TestOffice::opens();
    office.clock_says("2026-11-24T00:05[Europe/Berlin]");
    office.does(Command::TimePassed);
    office.clock_says("2026-11-23T23:50[Europe/Berlin]");
    assert_eq!(office.does(Command::TimePassed), []);
    office.takes(&["id-card"]);
    assert_eq!(today(&office), date(2026, 11, 24));
}

/// The date is the key of the day's journal. Berlin's midnight is still yesterday in UTC.
#[test]
fn a_time_zone_changed_during_the_day_never_brings_the_same_date_again() {
    let mut office = TestOffice::opens();
    let mut utc = house();
    utc.time_zone = "UTC".into();
    office.uses(utc);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(today(&office), date(2026, 11, 24));
    assert_eq!(
        office.state.next_deadline(),
        Some(time("2026-11-25T00:00[UTC]"))
    );
}

#[test]
fn an_office_set_up_at_night_is_changed_for_the_day_that_is_still_open() {
    let mut office = TestOffice::opens();
    office.clock_says("2026-11-24T00:05[Europe/Berlin]");
    let mut changed = house();
    changed.version = 2;
    assert_eq!(names(&office.does(use_office(changed))), "office_changed");
    assert_eq!(
        names(&office.does(Command::TimePassed)),
        "day_closed, day_opened"
    );
    assert_eq!(office.state.office().map(|office| office.version), Some(2));
}

#[test]
fn a_day_s_records_alone_give_its_state_whatever_was_before() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.takes(&["id-card"]);
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    office.does(open("counter-2"));
    office.takes(&["id-card"]);
    office.next("counter-2");
    assert_eq!(office.replayed(), office.state);
}
