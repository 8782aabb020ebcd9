//! The end of a queue's day: when its overtime is over, told once, also where hours change meanwhile.

use aufruf_engine::{Command, Event, Office, QueueKey, TicketId};

use crate::common::{
    TestOffice, appointment_hours, at, check_in, hours, house_with, names, open, time,
};

/// Ids is open from eight until then; who still waits is served for half an hour.
fn closes_at(clock: &str) -> Office {
    house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", clock)]));
        office.queues[0].rules.overtime_min = Some(30);
    })
}

fn ids_ended(expired: &[TicketId]) -> Event {
    Event::QueueEnded {
        queue: QueueKey::new("ids"),
        expired: expired.to_vec(),
    }
}

fn midnight() -> jiff::Timestamp {
    time("2026-11-24T00:00[Europe/Berlin]")
}

/// Nobody was ever late: the slot from ten to one until one is the last.
#[test]
fn without_overtime_the_person_of_the_last_slot_is_still_served() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].appointment_hours = Some(appointment_hours(("08:00", "13:00")));
        office.queues[0].rules.overtime_min = Some(0);
    }));
    office.does(open("counter-1"));
    let served = office.books(at("12:50"), &["id-card"]);
    let absent = office.books(at("12:50"), &["id-card"]);
    office.it_is("12:50");
    assert_eq!(office.does(Command::TimePassed), []);
    office.does(check_in(served));
    office.it_is("12:59");
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.next("counter-1"), served);
    office.it_is("13:00");
    assert_eq!(office.does(Command::TimePassed), [ids_ended(&[absent])]);
    assert_eq!(office.is(served).name(), "called");
}

#[test]
fn overtime_counts_from_the_last_appointment_where_that_is_later() {
    let mut house = closes_at("12:00");
    house.queues[0].appointment_hours = Some(appointment_hours(("13:00", "14:00")));
    let office = TestOffice::opens_as(house);
    assert_eq!(
        office.state.next_deadline(),
        Some(at("14:30")),
        "the last one ends at 14:00"
    );
}

#[test]
fn hours_changed_during_the_day_move_the_end_of_overtime() {
    let mut office = TestOffice::opens_as(closes_at("12:00"));
    office.uses(closes_at("15:00"));
    assert_eq!(office.state.next_deadline(), Some(at("15:30")));
    office.uses(closes_at("12:00"));
    office.it_is("12:30");
    assert_eq!(names(&office.does(Command::TimePassed)), "queue_ended");
}

#[test]
fn a_last_slot_that_begins_before_and_ends_after_the_hours_for_walk_ins_counts_to_its_end() {
    let office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:55")]));
        office.queues[0].appointment_hours = Some(appointment_hours(("08:00", "13:00")));
        office.queues[0].rules.overtime_min = Some(0);
    }));
    assert_eq!(office.state.next_deadline(), Some(at("13:00")));
}

#[test]
fn hours_that_shrink_into_the_past_end_the_overtime_at_once_and_once() {
    let mut office = TestOffice::opens_as(closes_at("18:00"));
    let waits = office.takes(&["id-card"]);
    let other = office.takes(&["move"]);
    office.it_is("13:00");
    let changed = office.uses(closes_at("12:00"));
    assert_eq!(names(&changed), "office_changed");
    let due = office.state.next_deadline().expect("something is due");
    assert!(due <= office.now(), "the engine wants to be woken at once");
    assert_eq!(office.does(Command::TimePassed), [ids_ended(&[waits])]);
    assert_eq!(office.is(other).name(), "waiting");
    assert_eq!(office.does(Command::TimePassed), [], "it ends once");
    assert_eq!(office.state.next_deadline(), Some(midnight()));
    assert_eq!(office.replayed(), office.state);
}

#[test]
fn a_queue_that_has_ended_does_not_end_again_whatever_its_hours_become() {
    let mut office = TestOffice::opens_as(closes_at("12:00"));
    office.it_is("12:30");
    assert_eq!(office.does(Command::TimePassed), [ids_ended(&[])]);
    for (clock, closing) in [("12:40", "12:00"), ("12:50", "09:00"), ("13:00", "15:00")] {
        office.it_is(clock);
        let mut changed = closes_at(closing);
        changed.version = 2;
        office.uses(changed);
        assert_eq!(office.state.next_deadline(), Some(midnight()), "{closing}");
    }
    office.it_is("15:30");
    assert_eq!(office.does(Command::TimePassed), []);
}

#[test]
fn of_a_day_that_opens_late_in_the_evening_no_queue_ends_that_was_never_open() {
    let evening = "2026-11-23T22:00[Europe/Berlin]";
    let mut office = TestOffice::opens_at(closes_at("12:00"), evening);
    assert_eq!(office.state.next_deadline(), Some(midnight()));
    let waits = office.takes_by_staff(&["id-card"]);
    assert_eq!(office.does(Command::TimePassed), []);
    let mut changed = closes_at("12:00");
    changed.version = 2;
    office.uses(changed);
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.is(waits).name(), "waiting");
}

#[test]
fn a_queue_whose_overtime_still_runs_when_the_day_opens_ends_in_its_time() {
    let noon = "2026-11-23T12:29[Europe/Berlin]";
    let mut office = TestOffice::opens_at(closes_at("12:00"), noon);
    assert_eq!(office.does(Command::TimePassed), []);
    office.it_is("12:30");
    assert_eq!(office.does(Command::TimePassed), [ids_ended(&[])]);
}

#[test]
fn each_queue_ends_for_itself_and_two_that_are_due_together_end_together() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        for (queue, closing) in [(0, "12:00"), (1, "13:00")] {
            office.queues[queue].walk_in_hours = Some(hours(&[("08:00", closing)]));
            office.queues[queue].rules.overtime_min = Some(30);
        }
    }));
    let mut at_once = office.clone();
    office.it_is("12:30");
    assert_eq!(office.does(Command::TimePassed), [ids_ended(&[])]);
    assert_eq!(office.state.next_deadline(), Some(at("13:30")));
    at_once.it_is("13:30");
    let ended = at_once.does(Command::TimePassed);
    assert_eq!(names(&ended), "queue_ended, queue_ended");
}
