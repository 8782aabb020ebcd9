//! A step taken back: everything is as it was before, or it is said why that cannot be.

use aufruf_engine::{Command, Refusal, TicketId};
use jiff::SignedDuration;
use serde_json::Value;

use crate::common::{
    TestOffice, at, call, check_in, close, finish, go_over, house_with, ids_with, next, open,
    open_for, pause, resume, service_keys, to_clerk, to_counter, to_queue,
};

/// All that decisions read, but for what every record moves: its number, its time, and the memory
/// of steps.
fn everything(office: &TestOffice) -> Value {
    let mut state = serde_json::to_value(&office.state).expect("a state has a JSON form");
    let fields = state.as_object_mut().expect("a state has fields");
    for moved in ["last_seq", "last_at", "undos"] {
        fields.remove(moved).expect("a field of the state");
    }
    state
}

/// What is done with a visit.
type Step = fn(TicketId) -> Command;

fn undo(ticket: TicketId) -> Command {
    Command::Undo { ticket }
}

/// The visit as the step finds it, in a house where others wait and one counter is busy.
fn office_where(ticket_is: &str) -> (TestOffice, TicketId) {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.calls_in_vain = 2));
    for counter in ["counter-2", "counter-4"] {
        office.does(open(counter));
    }
    office.does(open_for("counter-1", "anna"));
    let busy = office.takes(&["birth"]);
    office.serves(busy, "counter-4");
    office.takes(&["id-card"]);
    let ticket = match ticket_is {
        "booked" => office.books(at("08:30"), &["id-card"]),
        _ => office.takes(&["id-card", "birth"]),
    };
    office.takes(&["id-card"]);
    match ticket_is {
        "booked" | "waiting" => {}
        "paused" => drop(office.does(Command::PausePlace { ticket, minutes: 5 })),
        "called" => drop(office.does(call(ticket, "counter-1"))),
        "called the last time" => {
            office.misses(ticket, "counter-1");
            office.does(call(ticket, "counter-1"));
        }
        "serving" => office.serves(ticket, "counter-1"),
        "parked" => office.parks(ticket, "counter-1"),
        "pick-up" => {
            office.serves(ticket, "counter-1");
            office.does(Command::PromisePickUp { ticket });
        }
        "missed" => {
            office.misses(ticket, "counter-1");
            office.misses(ticket, "counter-1");
        }
        "at its last counter" => {
            office.changes(ticket, |wish| {
                wish.services = Some(service_keys(&["id-card"]));
            });
            office.serves(ticket, "counter-1");
        }
        other => unreachable!("no visit is {other}"),
    }
    office.minutes_pass(3);
    (office, ticket)
}

#[test]
fn whatever_was_done_with_a_visit_can_be_taken_back_as_if_it_had_not_been() {
    let steps: [(&str, Step); 24] = [
        ("booked", check_in),
        ("booked", |ticket| call(ticket, "counter-1")),
        ("booked", |ticket| Command::Cancel { ticket }),
        ("waiting", |ticket| call(ticket, "counter-2")),
        ("waiting", |ticket| Command::PausePlace {
            ticket,
            minutes: 9,
        }),
        ("waiting", |ticket| Command::Cancel { ticket }),
        ("waiting", |ticket| to_queue(ticket, "registration")),
        ("waiting", |ticket| to_counter(ticket, "counter-2")),
        ("waiting", |ticket| to_clerk(ticket, "anna")),
        ("paused", |ticket| Command::ResumePlace { ticket }),
        ("called", |ticket| Command::Start { ticket }),
        ("called", |ticket| Command::Miss { ticket }),
        ("called", |ticket| Command::Requeue { ticket }),
        ("called the last time", |ticket| Command::Miss { ticket }),
        ("serving", finish),
        ("serving", |ticket| Command::Park { ticket }),
        ("serving", |ticket| Command::PromisePickUp { ticket }),
        ("serving", |ticket| to_queue(ticket, "certificates")),
        ("parked", |ticket| resume(ticket, "counter-2")),
        ("parked", |ticket| Command::Cancel { ticket }),
        ("pick-up", finish),
        ("missed", |ticket| Command::Requeue { ticket }),
        ("missed", |ticket| call(ticket, "counter-2")),
        ("at its last counter", finish),
    ];
    for (ticket_is, step) in steps {
        let (mut office, ticket) = office_where(ticket_is);
        let before = everything(&office);
        let done = office.does(step(ticket));
        assert_ne!(everything(&office), before, "{done:?}");
        office.minutes_pass(1);
        office.does(undo(ticket));
        assert_eq!(
            everything(&office),
            before,
            "when {ticket_is}, after {done:?}"
        );
        assert_eq!(office.replayed(), office.state);
        assert_eq!(office.refuses_with(undo(ticket)), "nothing_to_undo");
    }
}

#[test]
fn a_change_is_taken_back_with_line_needs_priority_and_persons() {
    let (mut office, ticket) = office_where("waiting");
    let before = everything(&office);
    office.changes(ticket, |wish| {
        wish.services = Some(service_keys(&["move"]));
        wish.priority = Some(aufruf_engine::Priority::FIRST);
        wish.persons = Some(7);
    });
    office.does(undo(ticket));
    assert_eq!(everything(&office), before);
}

#[test]
fn a_call_of_the_next_one_is_taken_back_with_what_the_counter_counted() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.takes(&["id-card"]);
    let first = office.takes_with_priority(&["id-card"], 1);
    office.next_and_why("counter-1");
    let second = office.takes_with_priority(&["id-card"], 1);
    let before = everything(&office);
    assert_eq!(office.next("counter-1"), second);
    assert_eq!(office.counter("counter-1").favoured, 2);
    office.does(undo(second));
    assert_eq!(everything(&office), before);
    office.does(undo(first));
    assert_eq!(
        office.is(first).name(),
        "called",
        "the counter is as that step left it"
    );
}

#[test]
fn only_the_last_step_is_taken_back() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    assert_eq!(office.refuses_with(undo(ticket)), "nothing_to_undo");
    office.does(call(ticket, "counter-1"));
    let called = everything(&office);
    office.does(Command::Start { ticket });
    office.does(undo(ticket));
    assert_eq!(everything(&office), called);
    assert_eq!(office.refuses_with(undo(ticket)), "nothing_to_undo");
}

#[test]
fn nobody_takes_back_what_somebody_else_did() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    let called = office.tries_by("panel-1", call(ticket, "counter-1"));
    called.expect("the counter is free");
    let number = "A001".to_owned();
    let refusal = office.tries_by("panel-2", undo(ticket));
    assert_eq!(refusal, Err(Refusal::UndoOfOther { number }));
    assert!(office.tries_by("panel-1", undo(ticket)).is_ok());
}

/// A minute, as the rules of an office without a wish say; to the millisecond.
#[test]
fn a_step_can_be_taken_back_for_a_minute_and_is_then_really_taken_back() {
    for (after_ms, outcome) in [(0, "undone"), (60_000, "undone"), (60_001, "undo_too_late")] {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let ticket = office.takes(&["id-card"]);
        office.does(call(ticket, "counter-1"));
        let later = office.now() + SignedDuration::from_millis(after_ms);
        office.clock_says_at(later);
        match office.tries(undo(ticket)) {
            Ok(_) => assert_eq!(("undone", office.is(ticket).name()), (outcome, "waiting")),
            Err(refusal) => assert_eq!(refusal.code(), outcome),
        }
    }
}

#[test]
fn an_office_may_want_no_step_to_be_taken_back_later_than_at_once() {
    let rules = house_with(|office| office.rules.undo_within_secs = 0);
    let mut office = TestOffice::opens_as(rules);
    let ticket = office.takes(&["id-card"]);
    office.does(Command::Cancel { ticket });
    office.clock_says_at(office.now() + SignedDuration::from_millis(1));
    assert_eq!(office.refuses_with(undo(ticket)), "undo_too_late");
}

#[test]
fn nobody_is_put_back_to_a_counter_that_has_gone_on() {
    for goes_on in [
        next("counter-1"),
        close("counter-1"),
        go_over("counter-1", "counter-3"),
    ] {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        let ticket = office.takes(&["id-card"]);
        office.takes(&["id-card"]);
        office.finishes(ticket, "counter-1");
        let went_on = office.does(goes_on);
        assert_eq!(
            office.refuses_with(undo(ticket)),
            "counter_went_on",
            "{went_on:?}"
        );
    }
}

#[test]
fn a_counter_that_pauses_takes_a_visit_back_and_goes_on_pausing() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.does(pause("counter-1"));
    office.does(undo(ticket));
    assert_eq!(office.is(ticket).name(), "serving");
    assert!(!office.counter("counter-1").is_open());
}

#[test]
fn what_happens_at_other_counters_does_not_keep_a_step_from_being_taken_back() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    office.next("counter-2");
    office.does(undo(ticket));
    assert_eq!(office.is(ticket).name(), "serving");
    assert_eq!(office.state.finished(), 0);
}

/// People have heard it: a call cannot be unsaid.
#[test]
fn a_recall_clears_what_could_be_taken_back() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.does(next("counter-1"));
    office.does(Command::Recall { ticket });
    assert_eq!(office.refuses_with(undo(ticket)), "nothing_to_undo");
}

#[test]
fn an_end_is_not_taken_back_when_the_number_belongs_to_somebody_else_by_now() {
    let mut office = TestOffice::opens_as(house_with(|office| {
        let ids = &mut office.series[0];
        (ids.from, ids.to, ids.reuse_after_min) = (1, 1, 0);
    }));
    let first = office.takes(&["id-card"]);
    office.does(Command::Cancel { ticket: first });
    let second = office.takes(&["id-card"]);
    let label = "A001".to_owned();
    assert_eq!(office.refuses(undo(first)), Refusal::NumberTaken { label });
    office.does(Command::Cancel { ticket: second });
    office.does(undo(first));
    assert_eq!(office.line("ids"), ["A001"]);
}

#[test]
fn a_transfer_taken_back_leads_to_nobody_who_is_gone() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let ticket = office.takes(&["id-card"]);
    office.does(to_counter(ticket, "counter-2"));
    office.does(to_queue(ticket, "ids"));
    office.does(close("counter-2"));
    office.does(undo(ticket));
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn nothing_is_taken_back_across_midnight_or_in_another_office() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    office.does(Command::Cancel { ticket });
    office.uses(house_with(|office| office.version = 2));
    assert_eq!(office.refuses_with(undo(ticket)), "nothing_to_undo");
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(office.refuses_with(undo(ticket)), "ticket_unknown");
}

#[test]
fn a_step_can_be_taken_back_after_a_restart_from_a_snapshot() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.finishes(ticket, "counter-1");
    let snapshot = serde_json::to_string(&office.state).expect("a state has a JSON form");
    office.state = serde_json::from_str(&snapshot).expect("what was written can be read");
    office.does(undo(ticket));
    assert_eq!(office.is(ticket).name(), "serving");
}
