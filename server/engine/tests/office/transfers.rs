//! Visits that are sent on, turn out to be for something else, or are given up.

use aufruf_engine::{Bound, ClerkKey, Command, Need, NobodyReason, Priority, Refusal};

use crate::common::{
    TestOffice, call, close, finish, go_over, house_with, next, open, open_for, service_keys,
    to_clerk, to_counter, to_queue,
};

fn nobody(office: &mut TestOffice, counter: &str) -> NobodyReason {
    match office.refuses(next(counter)) {
        Refusal::Nobody(nobody) => nobody.reason,
        other => panic!("{other}"),
    }
}

#[test]
fn who_is_sent_to_another_queue_takes_the_place_along() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-4"]);
    let ticket = office.takes(&["id-card"]);
    office.minutes_pass(5);
    office.takes(&["birth"]);
    office.serves(ticket, "counter-1");
    office.does(to_queue(ticket, "certificates"));
    assert_eq!(office.line("certificates"), ["A001", "C001"]);
    assert_eq!(
        office.next("counter-4"),
        ticket,
        "skills of the queue are enough"
    );
    office.does(finish(ticket));
    assert!(
        office.is(ticket).is_final(),
        "whoever was sent there is done there"
    );
}

/// Needs and several services speak of the counters of the line that the visit stands in now.
#[test]
fn who_is_sent_to_another_queue_is_not_kept_for_a_counter_of_the_old_one() {
    let lowered = house_with(|office| {
        office.counters[1].attributes = crate::common::needs(&[Need::LoweredCounter]);
    });
    let mut office = TestOffice::opens_as(lowered);
    for counter in ["counter-1", "counter-2", "counter-4"] {
        office.does(open(counter));
    }
    let both = office.takes(&["id-card", "passport"]);
    office.does(to_queue(both, "certificates"));
    assert_eq!(office.next("counter-4"), both);
    office.does(finish(both));
    let needs = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.does(to_queue(needs, "certificates"));
    assert_eq!(office.next("counter-4"), needs);
}

#[test]
fn who_is_sent_to_a_counter_is_called_by_no_other() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2", "counter-4"]);
    let ticket = office.takes(&["id-card"]);
    office.does(to_counter(ticket, "counter-4"));
    assert_eq!(nobody(&mut office, "counter-1"), NobodyReason::OtherCounter);
    assert_eq!(office.next("counter-4"), ticket, "skills do not matter");
}

#[test]
fn who_is_sent_to_a_person_is_called_where_that_person_serves() {
    let mut office = TestOffice::opens();
    office.does(open_for("counter-1", "anna"));
    office.does(open_for("counter-2", "bert"));
    let ticket = office.takes(&["id-card"]);
    office.does(to_clerk(ticket, "anna"));
    assert_eq!(nobody(&mut office, "counter-2"), NobodyReason::OtherCounter);
    office.does(go_over("counter-1", "counter-3"));
    assert_eq!(office.next("counter-3"), ticket);
}

#[test]
fn nobody_is_sent_to_where_nobody_is() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    for (wish, code) in [
        (to_queue(ticket, "?"), "queue_unknown"),
        (to_counter(ticket, "?"), "counter_unknown"),
        (to_counter(ticket, "counter-1"), "counter_closed"),
        (to_clerk(ticket, "anna"), "clerk_absent"),
    ] {
        assert_eq!(office.refuses_with(wish), code);
    }
}

/// `anna` leaves in every way a person can; the visit stands in the line, is called or was missed.
#[test]
fn whoever_was_sent_to_somebody_who_leaves_is_for_everybody_again() {
    for leaves in [
        "closes",
        "gives way to another clerk",
        "the counter is taken away",
    ] {
        for visit in ["waits", "is called elsewhere", "was missed"] {
            let mut office = TestOffice::opens();
            office.does(open_for("counter-1", "anna"));
            office.does(open("counter-2"));
            let ticket = office.takes(&["id-card"]);
            office.does(to_clerk(ticket, "anna"));
            match visit {
                "is called elsewhere" => drop(office.does(call(ticket, "counter-2"))),
                "was missed" => office.misses(ticket, "counter-1"),
                _ => {}
            }
            match leaves {
                "closes" => drop(office.does(close("counter-1"))),
                "gives way to another clerk" => drop(office.does(open_for("counter-1", "bert"))),
                _ => drop(office.uses(house_with(|office| {
                    let gone = office.counters.remove(0);
                    office.counters[0].skills.extend(gone.skills);
                }))),
            }
            if visit != "waits" {
                office.does(Command::Requeue { ticket });
            }
            assert_eq!(
                office.next("counter-2"),
                ticket,
                "anna {leaves}, the visit {visit}"
            );
        }
    }
}

#[test]
fn a_pause_of_the_counter_keeps_whoever_was_sent_there() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.does(to_counter(ticket, "counter-1"));
    office.does(crate::common::pause("counter-1"));
    assert_eq!(nobody(&mut office, "counter-2"), NobodyReason::OtherCounter);
    office.does(open("counter-1"));
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn once_served_a_visit_is_bound_to_nobody() {
    let mut office = TestOffice::opens();
    office.does(open_for("counter-1", "anna"));
    let ticket = office.takes(&["id-card"]);
    office.does(to_clerk(ticket, "anna"));
    assert_eq!(
        office.ticket(ticket).bound,
        Some(Bound::Clerk(ClerkKey::new("anna")))
    );
    office.serves(ticket, "counter-1");
    office.does(Command::Requeue { ticket });
    assert_eq!(office.ticket(ticket).bound, None);
}

#[test]
fn a_visit_that_turns_out_to_be_for_something_else_moves_into_that_line_with_its_place() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    office.takes(&["birth"]);
    office.changes(ticket, |wish| {
        wish.services = Some(service_keys(&["birth"]));
    });
    assert_eq!(office.line("certificates"), ["A001", "C001"]);
    assert_eq!(office.line("ids"), [""; 0]);
    let nothing = office.changes(ticket, |wish| wish.persons = Some(1));
    assert_eq!(nothing, []);
}

#[test]
fn needs_priority_and_persons_can_be_changed_alone() {
    let mut office = TestOffice::opens();
    office.takes(&["id-card"]);
    let ticket = office.takes(&["id-card"]);
    office.changes(ticket, |wish| wish.priority = Some(Priority::FIRST));
    assert_eq!(office.line("ids"), ["A002", "A001"]);
    let needs = crate::common::needs(&[Need::SignLanguage]);
    office.changes(ticket, |wish| wish.needs = Some(needs.clone()));
    office.changes(ticket, |wish| wish.persons = Some(5));
    let held = office.ticket(ticket);
    assert_eq!((&held.needs, held.persons), (&needs, 5));
}

#[test]
fn who_gives_up_leaves_the_line_and_the_counter_and_the_number_rests() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let waits = office.takes(&["id-card"]);
    let called = office.takes(&["id-card"]);
    office.does(Command::Cancel { ticket: waits });
    assert_eq!(office.line("ids"), ["A002"]);
    office.next("counter-1");
    office.does(Command::Cancel { ticket: called });
    assert_eq!(office.counter("counter-1").running, None);
    assert_eq!(office.state.finished(), 0);
    let next = office.takes(&["id-card"]);
    assert_eq!(office.number(next), "A003");
}

/// A queue whose services have all been taken away is still on the list.
#[test]
fn nobody_is_sent_to_a_queue_that_no_counter_serves() {
    let with_empty_queue = house_with(|office| {
        office.queues.push(crate::common::queue("fishing", "a"));
    });
    let mut office = TestOffice::opens_as(with_empty_queue);
    let ticket = office.takes(&["id-card"]);
    let fishing = aufruf_engine::QueueKey::new("fishing");
    assert_eq!(
        office.refuses(to_queue(ticket, "fishing")),
        Refusal::NobodyServes(fishing)
    );
    office.does(to_queue(ticket, "registration"));
    assert_eq!(
        office.line("registration"),
        ["A001"],
        "closed ones will open"
    );
}
