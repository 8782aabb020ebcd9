//! Who is next, and by which rule: priority and its cap, longest waits, appointments, needs, helpers.

use aufruf_engine::{CheckInRule, Command, Need, NobodyReason, Office, Priority, Refusal, Why};

use crate::common::{
    TestOffice, at, call, close, finish, house_with, ids_with, needs, next, open, skills, why,
};

fn open_with(office: Office, counters: &[&str]) -> TestOffice {
    let mut office = TestOffice::opens_as(office);
    for counter in counters {
        office.does(open(counter));
    }
    office
}

#[test]
fn who_was_put_first_is_called_before_those_who_wait_longer_and_the_call_says_so() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let waits = office.takes(&["id-card"]);
    let first = office.takes_with_priority(&["id-card"], 1);
    let priority = Priority::FIRST;
    assert_eq!(
        office.next_and_why("counter-1"),
        (first, Why::Priority { priority })
    );
    assert_eq!(office.next_and_why("counter-1"), (waits, Why::FirstInLine));
}

#[test]
fn priority_that_puts_nobody_behind_is_no_reason() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let first = office.takes_with_priority(&["id-card"], 1);
    office.takes(&["id-card"]);
    assert_eq!(office.next_and_why("counter-1"), (first, Why::FirstInLine));
}

#[test]
fn after_so_many_favoured_in_a_row_comes_the_one_who_waits_longest() {
    for cap in [1, 3] {
        let rules = house_with(|office| office.rules.favoured_in_a_row = cap);
        let mut office = open_with(rules, &["counter-1"]);
        let waits = [office.takes(&["id-card"]), office.takes(&["id-card"])];
        for _ in 0..10 {
            office.takes_with_priority(&["id-card"], 1);
        }
        for waits in waits {
            for _ in 0..cap {
                let (_, why) = office.next_and_why("counter-1");
                assert!(matches!(why, Why::Priority { .. }), "{why:?}");
            }
            let turn = (waits, Why::TurnOfOthers { after: cap });
            assert_eq!(office.next_and_why("counter-1"), turn);
        }
    }
}

#[test]
fn the_row_of_the_favoured_is_counted_at_each_counter_and_not_by_whom_a_clerk_chose() {
    let rules = house_with(|office| office.rules.favoured_in_a_row = 3);
    let mut office = open_with(rules, &["counter-1", "counter-2"]);
    let waits = office.takes(&["id-card"]);
    let favoured: Vec<_> = (0..9)
        .map(|_| office.takes_with_priority(&["id-card"], 1))
        .collect();
    for counter in [
        "counter-1",
        "counter-1",
        "counter-2",
        "counter-2",
        "counter-1",
    ] {
        office.next_and_why(counter);
    }
    assert_eq!(office.counter("counter-1").favoured, 3);
    office.does(call(favoured[8], "counter-1"));
    office.does(finish(favoured[8]));
    let turn = (waits, Why::TurnOfOthers { after: 3 });
    assert_eq!(office.next_and_why("counter-1"), turn);
    assert_eq!(office.counter("counter-1").favoured, 0);
}

#[test]
fn nobody_waits_longer_than_the_maximum_whatever_priority_others_have() {
    let mut office = open_with(ids_with(|rules| rules.max_wait_min = 60), &["counter-1"]);
    let waits = office.takes(&["id-card"]);
    office.minutes_pass(59);
    let [first, second] = [1, 1].map(|p| office.takes_with_priority(&["id-card"], p));
    assert_eq!(office.next_and_why("counter-1").0, first);
    office.minutes_pass(1);
    let overdue = Why::Overdue {
        waited_min: 60,
        max_wait_min: 60,
    };
    assert_eq!(office.next_and_why("counter-1"), (waits, overdue));
    assert_eq!(office.next_and_why("counter-1"), (second, Why::FirstInLine));
}

#[test]
fn of_several_who_wait_too_long_the_longest_is_called_in_whatever_line() {
    let both = house_with(|office| {
        office.queues[0].rules.max_wait_min = 30;
        office.queues[1].rules.max_wait_min = 10;
    });
    let mut office = open_with(both, &["counter-2"]);
    let longest = office.takes(&["id-card"]);
    office.minutes_pass(5);
    let other = office.takes(&["move"]);
    office.minutes_pass(15);
    assert_eq!(
        office.next_and_why("counter-2").0,
        other,
        "only this line says ten"
    );
    office.takes(&["move"]);
    office.minutes_pass(15);
    assert_eq!(office.next_and_why("counter-2").0, longest);
}

#[test]
fn an_appointment_goes_before_walk_ins_from_its_time_on_and_not_before() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.early_call_min = 0));
    office.does(open("counter-1"));
    let [early, later] = [office.takes(&["id-card"]), office.takes(&["id-card"])];
    let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:29");
    assert_eq!(office.next_and_why("counter-1"), (early, Why::FirstInLine));
    office.it_is("08:30");
    let due = Why::Appointment { at: at("08:30") };
    assert_eq!(office.next_and_why("counter-1"), (appointment, due));
    assert_eq!(office.next_and_why("counter-1"), (later, Why::FirstInLine));
}

#[test]
fn appointments_are_called_by_their_times_and_not_by_who_came_first() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let second = office.books_and_comes(at("08:40"), &["id-card"]);
    let first = office.books_and_comes(at("08:30"), &["id-card"]);
    office.it_is("08:45");
    assert_eq!(office.next_and_why("counter-1").0, first);
    assert_eq!(office.next_and_why("counter-1").0, second);
}

#[test]
fn a_late_appointment_stands_where_its_delay_puts_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let late = office.books(at("08:30"), &["id-card"]);
    let punctual = office.books_and_comes(at("08:40"), &["id-card"]);
    office.it_is("08:45");
    office.does(crate::common::check_in(late));
    assert_eq!(office.next_and_why("counter-1").0, punctual);
    assert_eq!(office.next_and_why("counter-1").0, late);
}

#[test]
fn who_is_here_too_early_is_called_when_nobody_else_can_be() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let second = office.books_and_comes(at("09:00"), &["id-card"]);
    let first = office.books_and_comes(at("08:50"), &["id-card"]);
    let early = |at| Why::EarlyAppointment { at };
    assert_eq!(
        office.next_and_why("counter-1"),
        (first, early(at("08:50")))
    );
    assert_eq!(
        office.next_and_why("counter-1"),
        (second, early(at("09:00")))
    );
}

#[test]
fn where_nobody_reports_the_absent_are_called_by_their_times_among_the_others() {
    let rules = ids_with(|rules| rules.check_in = CheckInRule::None);
    let mut office = open_with(rules, &["counter-1"]);
    let walk_in = office.takes(&["id-card"]);
    let absent = office.books(at("08:10"), &["id-card"]);
    office.it_is("08:10");
    let due = Why::Appointment { at: at("08:10") };
    assert_eq!(office.next_and_why("counter-1"), (absent, due));
    assert_eq!(
        office.next_and_why("counter-1"),
        (walk_in, Why::FirstInLine)
    );
}

/// `counter-2` alone is lowered; `counter-1` offers the same.
fn one_lowered() -> Office {
    house_with(|office| office.counters[1].attributes = needs(&[Need::LoweredCounter]))
}

#[test]
fn who_needs_what_one_counter_has_is_called_by_that_counter_alone() {
    let mut office = open_with(one_lowered(), &["counter-1", "counter-2"]);
    let ticket = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    let Refusal::Nobody(nobody) = office.refuses(next("counter-1")) else {
        panic!("the counter is too high");
    };
    assert_eq!(nobody.reason, NobodyReason::OtherCounter);
    assert_eq!(office.next("counter-2"), ticket);
}

#[test]
fn who_stands_behind_somebody_with_a_need_is_called_at_the_other_counters_meanwhile() {
    let mut office = open_with(one_lowered(), &["counter-1", "counter-2"]);
    let bound = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    let free = office.takes(&["id-card"]);
    office.changes(free, |wish| wish.needs = Some(needs(&[])));
    assert_eq!(office.next("counter-1"), free);
    assert_eq!(office.next("counter-2"), bound);
}

#[test]
fn a_need_that_no_counter_of_the_house_can_meet_keeps_nobody_waiting() {
    let mut office = open_with(one_lowered(), &["counter-1"]);
    let ticket = office.takes_with_need(&["id-card"], Need::SignLanguage);
    assert_eq!(office.next("counter-1"), ticket);
    let passport = office.takes_with_need(&["passport"], Need::LoweredCounter);
    office.does(finish(ticket));
    assert_eq!(
        office.next("counter-1"),
        passport,
        "the lowered one offers none"
    );
}

#[test]
fn who_waits_too_long_for_a_counter_that_nobody_opens_is_called_by_another_one() {
    let mut office = open_with(one_lowered(), &["counter-1"]);
    let ticket = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.minutes_pass(179);
    assert_eq!(office.refuses_with(next("counter-1")), "nobody");
    office.minutes_pass(1);
    office.does(open("counter-2"));
    assert_eq!(
        office.refuses_with(next("counter-1")),
        "nobody",
        "it is open now"
    );
    office.does(close("counter-2"));
    assert_eq!(office.next("counter-1"), ticket);
}

/// `counter-2` takes identity cards only when nobody comes for its own services.
fn helper() -> TestOffice {
    let helps = house_with(|office| office.counters[1].helps_out = skills(&["id-card"]));
    open_with(helps, &["counter-2"])
}

#[test]
fn a_counter_helps_out_only_when_nobody_waits_for_its_own_services() {
    let mut office = helper();
    let other = office.takes(&["id-card"]);
    let own = office.takes(&["move"]);
    assert_eq!(office.next_and_why("counter-2"), (own, Why::OwnService));
    assert_eq!(office.next_and_why("counter-2"), (other, Why::FirstInLine));
}

#[test]
fn a_better_priority_counts_more_than_whose_service_it_is_and_the_maximum_more_than_both() {
    let mut office = helper();
    office.takes(&["move"]);
    let urgent = office.takes_with_priority(&["id-card"], 1);
    assert_eq!(office.next_and_why("counter-2").0, urgent);
    let waits = office.takes(&["id-card"]);
    office.next_and_why("counter-2");
    office.minutes_pass(180);
    office.takes(&["move"]);
    let (called, why) = office.next_and_why("counter-2");
    assert_eq!(called, waits);
    assert!(matches!(why, Why::Overdue { .. }));
}

#[test]
fn within_one_line_a_helper_also_takes_its_own_services_first() {
    let helps = house_with(|office| office.counters[0].helps_out = skills(&["pick-up"]));
    let mut office = open_with(helps, &["counter-1"]);
    let other = office.takes(&["pick-up"]);
    let own = office.takes(&["passport"]);
    assert_eq!(office.next_and_why("counter-1"), (own, Why::OwnService));
    assert_eq!(office.next_and_why("counter-1"), (other, Why::FirstInLine));
}

#[test]
fn a_choice_of_the_clerk_is_said_to_be_one() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.takes(&["id-card"]);
    let chosen = office.takes(&["id-card"]);
    assert_eq!(why(&office.does(call(chosen, "counter-1"))), Why::Chosen);
    office.does(Command::Requeue { ticket: chosen });
    assert_eq!(office.line("ids"), ["A001", "A002"]);
}
