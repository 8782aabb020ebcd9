//! What a counter may do, by how it stands.

use aufruf_engine::{Command, CounterKey, Nobody, NobodyReason, Refusal, Why};

use crate::common::{TestOffice, call, close, finish, id, names, next, open, pause};

/// `counter-1` as it stands; one person waits whom it could serve.
fn counter_that_is(standing: &str) -> TestOffice {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    if standing != "closed" {
        office.does(open("counter-1"));
    }
    match standing {
        "closed" | "free" => {}
        "calling" => drop(office.does(call(ticket, "counter-1"))),
        "serving" => office.serves(ticket, "counter-1"),
        "closed again" => drop(office.does(close("counter-1"))),
        other => unreachable!("no counter is {other}"),
    }
    office
}

#[track_caller]
fn table(command: &Command, expected: &[(&str, &str)]) {
    for (standing, outcome) in expected {
        let mut office = counter_that_is(standing);
        let seen = match office.tries(command.clone()) {
            Ok(events) => names(&events),
            Err(refusal) => format!("- {}", refusal.code()),
        };
        assert_eq!(&seen, outcome, "when {standing}");
    }
}

#[test]
fn opening_a_counter_that_is_open_does_nothing() {
    table(
        &open("counter-1"),
        &[
            ("closed", "counter_opened"),
            ("free", "nothing"),
            ("calling", "nothing"),
            ("serving", "nothing"),
            ("closed again", "counter_opened"),
        ],
    );
}

#[test]
fn a_counter_that_closes_hands_back_whoever_is_at_it() {
    table(
        &close("counter-1"),
        &[
            ("closed", "nothing"),
            ("free", "counter_closed"),
            ("calling", "ticket_requeued, counter_closed"),
            ("serving", "visit_parked, counter_closed"),
            ("closed again", "nothing"),
        ],
    );
}

#[test]
fn next_calls_at_an_open_counter_that_is_free() {
    table(
        &next("counter-1"),
        &[
            ("closed", "- nobody"),
            ("free", "ticket_called"),
            ("calling", "- nobody"),
            ("serving", "- nobody"),
            ("closed again", "- nobody"),
        ],
    );
}

#[test]
fn call_this_one_calls_at_an_open_counter_that_is_free() {
    table(
        &call(id(2), "counter-1"),
        &[
            ("closed", "- counter_closed"),
            ("free", "ticket_called"),
            ("calling", "- visit_running"),
            ("serving", "- visit_running"),
            ("closed again", "- counter_closed"),
        ],
    );
}

#[test]
fn a_counter_that_the_office_does_not_have_is_refused() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    let unknown = Refusal::CounterUnknown(CounterKey::new("counter-99"));
    for command in [
        open("counter-99"),
        close("counter-99"),
        next("counter-99"),
        call(ticket, "counter-99"),
    ] {
        assert_eq!(office.refuses(command), unknown);
    }
}

#[test]
fn next_says_why_it_called_nobody() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let nobody = |office: &mut TestOffice| match office.refuses(next("counter-1")) {
        Refusal::Nobody(nobody) => nobody.reason,
        other => panic!("{other}"),
    };
    let closed = office.refuses(next("counter-2"));
    let counter_closed = Nobody::from(NobodyReason::CounterClosed);
    assert_eq!(closed, Refusal::Nobody(counter_closed));
    assert_eq!(nobody(&mut office), NobodyReason::NobodyWaiting);
    office.takes(&["birth"]);
    assert_eq!(nobody(&mut office), NobodyReason::OtherSkills);
    let served = office.takes(&["passport"]);
    office.next("counter-1");
    assert_eq!(nobody(&mut office), NobodyReason::VisitRunning(served));
}

#[test]
fn who_waits_while_a_visit_runs_is_told_by_the_running_one() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let first = office.takes(&["id-card"]);
    let second = office.takes(&["id-card"]);
    office.next("counter-1");
    let running = Refusal::VisitRunning {
        counter: CounterKey::new("counter-1"),
        ticket: first,
        number: "A001".to_owned(),
    };
    assert_eq!(office.refuses(call(second, "counter-1")), running);
}

#[test]
fn call_this_one_is_refused_where_the_counter_does_not_offer_what_comes_next() {
    let mut office = TestOffice::with_counters(&["counter-2"]);
    let both = office.takes(&["passport", "id-card"]);
    let refusal = office.refuses(call(both, "counter-2"));
    let missing = Refusal::SkillMissing {
        counter: CounterKey::new("counter-2"),
        number: "A001".to_owned(),
    };
    assert_eq!(refusal, missing);
}

/// The rule keeps such a visit for a counter with all of it; the clerk in front of it knows better.
#[test]
fn call_this_one_reaches_a_visit_of_which_the_counter_offers_the_first_part() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let both = office.takes(&["id-card", "passport"]);
    assert_eq!(office.refuses_with(next("counter-2")), "nobody");
    office.does(call(both, "counter-2"));
}

#[test]
fn the_call_says_by_which_rule_it_was_made() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    office.takes(&["id-card"]);
    let second = office.takes(&["id-card"]);
    let why = |events: &[aufruf_engine::Event]| match &events[0] {
        aufruf_engine::Event::TicketCalled { why, .. } => *why,
        other => panic!("{other:?} is no call"),
    };
    assert_eq!(why(&office.does(call(second, "counter-1"))), Why::Chosen);
    assert_eq!(why(&office.does(next("counter-2"))), Why::FirstInLine);
}

#[test]
fn a_counter_is_free_again_after_finish_miss_and_requeue() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    for end in [
        finish,
        |ticket| Command::Miss { ticket },
        |ticket| Command::Requeue { ticket },
    ] {
        office.takes(&["id-card"]);
        let called = office.next("counter-1");
        office.does(end(called));
        let counter = office.state.counter(&CounterKey::new("counter-1"));
        assert_eq!(counter.expect("a counter").running, None);
    }
    assert_eq!(names(&office.does(close("counter-1"))), "counter_closed");
}

#[test]
fn pausing_is_for_an_open_counter_and_lets_a_visit_go_on() {
    table(
        &pause("counter-1"),
        &[
            ("closed", "- counter_closed"),
            ("free", "counter_paused"),
            ("calling", "counter_paused"),
            ("serving", "counter_paused"),
            ("closed again", "- counter_closed"),
        ],
    );
}

#[test]
fn a_paused_counter_calls_nobody_until_its_pause_is_ended() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.does(pause("counter-1"));
    assert_eq!(names(&office.does(pause("counter-1"))), "nothing");
    let nobody = Nobody::from(NobodyReason::CounterPaused);
    assert_eq!(office.refuses(next("counter-1")), Refusal::Nobody(nobody));
    assert_eq!(
        office.refuses_with(call(ticket, "counter-1")),
        "counter_paused"
    );
    assert_eq!(names(&office.does(open("counter-1"))), "counter_opened");
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn a_visit_that_runs_when_the_pause_begins_is_brought_to_its_end() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    office.does(pause("counter-1"));
    office.does(finish(ticket));
    assert_eq!(office.counter("counter-1").running, None);
    assert_eq!(office.refuses_with(next("counter-1")), "nobody");
}

#[test]
fn whom_a_closing_counter_hands_back_is_called_first_by_another_one() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let first = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.next("counter-1");
    office.does(close("counter-1"));
    assert_eq!(office.next("counter-2"), first);
}
