//! Each command on each state of a visit, and of a counter: what happens, or which refusal.

use aufruf_engine::{Command, TicketId, apply};

use crate::common::{TestOffice, call, close, id, names, next, open, time, use_office};

/// A visit in each state that it can have, with free counters for it: `counter-2` has the running one.
fn visit_that_is(state: &str) -> (TestOffice, TicketId) {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    if state == "unknown" {
        return (office, id(99));
    }
    let ticket = office.takes(&["id-card"]);
    match state {
        "waiting" => {}
        "called" => drop(office.does(call(ticket, "counter-2"))),
        "serving" => office.serves(ticket, "counter-2"),
        "missed" => office.misses(ticket, "counter-2"),
        "finished" => office.finishes(ticket, "counter-2"),
        "expired" => closes_the_day_only(&mut office),
        "of yesterday" => {
            office.clock_says("2026-11-24T00:00[Europe/Berlin]");
            office.does(Command::TimePassed);
            office.does(open("counter-1"));
        }
        other => unreachable!("no visit is {other}"),
    }
    (office, ticket)
}

/// The moment between the two records of midnight. No command comes in between them, but a record
/// of one might.
fn closes_the_day_only(office: &mut TestOffice) {
    let mut midnight = office.clone();
    midnight.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let step = aufruf_engine::step(
        &mut midnight.state.clone(),
        &Command::TimePassed,
        &aufruf_engine::Actor::new("timer"),
        time("2026-11-24T00:00[Europe/Berlin]"),
    );
    apply(&mut office.state, &step.expect("the day closes")[0]);
}

/// What the command does with such a visit: `events → state`, or `- code of the refusal`.
fn outcome(state: &str, command: impl Fn(TicketId) -> Command) -> String {
    let (mut office, ticket) = visit_that_is(state);
    match office.tries(command(ticket)) {
        Ok(events) => format!("{} → {}", names(&events), office.is(ticket).name()),
        Err(refusal) => format!("- {}", refusal.code()),
    }
}

#[track_caller]
fn table(command: impl Fn(TicketId) -> Command, expected: &[(&str, &str)]) {
    let states: Vec<&str> = expected.iter().map(|(state, _)| *state).collect();
    let all = [
        "waiting",
        "called",
        "serving",
        "missed",
        "finished",
        "expired",
        "of yesterday",
        "unknown",
    ];
    assert_eq!(states, all, "the table has each state");
    for (state, outcome_expected) in expected {
        assert_eq!(&outcome(state, &command), outcome_expected, "when {state}");
    }
}

#[test]
fn call_this_one_reaches_those_who_wait_and_those_who_were_missed() {
    table(
        |ticket| call(ticket, "counter-1"),
        &[
            ("waiting", "ticket_called → called"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("missed", "ticket_called → called"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn again_is_for_somebody_who_was_called_and_did_not_come_yet() {
    table(
        |ticket| Command::Recall { ticket },
        &[
            ("waiting", "- wrong_state"),
            ("called", "ticket_recalled → called"),
            ("serving", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn start_is_for_somebody_who_was_called() {
    table(
        |ticket| Command::Start { ticket },
        &[
            ("waiting", "- wrong_state"),
            ("called", "service_started → serving"),
            ("serving", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn finish_ends_a_visit_at_a_counter_also_one_whose_start_nobody_pressed() {
    table(
        |ticket| Command::Finish { ticket },
        &[
            ("waiting", "- wrong_state"),
            ("called", "service_started, visit_finished → finished"),
            ("serving", "visit_finished → finished"),
            ("missed", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn did_not_come_is_for_somebody_who_was_called() {
    table(
        |ticket| Command::Miss { ticket },
        &[
            ("waiting", "- wrong_state"),
            ("called", "ticket_missed → missed"),
            ("serving", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn back_into_the_line_go_those_who_were_called_and_those_who_were_missed() {
    table(
        |ticket| Command::Requeue { ticket },
        &[
            ("waiting", "- wrong_state"),
            ("called", "ticket_requeued → waiting"),
            ("serving", "- wrong_state"),
            ("missed", "ticket_requeued → waiting"),
            ("finished", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn a_ticket_s_id_is_used_once_a_day_whatever_became_of_the_visit() {
    let again = |ticket| {
        let mut wish = TestOffice::not_set_up().wish(&["move"]);
        wish.ticket = ticket;
        Command::IssueTicket(wish)
    };
    table(
        again,
        &[
            ("waiting", "- ticket_exists"),
            ("called", "- ticket_exists"),
            ("serving", "- ticket_exists"),
            ("missed", "- ticket_exists"),
            ("finished", "- ticket_exists"),
            ("expired", "- ticket_exists"),
            ("of yesterday", "ticket_issued → waiting"),
            ("unknown", "ticket_issued → waiting"),
        ],
    );
}

#[test]
fn before_the_office_is_set_up_nothing_can_be_done_and_the_clock_may_tick() {
    let mut office = TestOffice::not_set_up();
    let wish = office.wish(&["id-card"]);
    let refusals = [
        (Command::IssueTicket(wish), "day_not_open"),
        (open("counter-1"), "day_not_open"),
        (close("counter-1"), "day_not_open"),
        (next("counter-1"), "day_not_open"),
        (call(id(1), "counter-1"), "day_not_open"),
        (Command::Recall { ticket: id(1) }, "ticket_unknown"),
        (Command::Start { ticket: id(1) }, "ticket_unknown"),
        (Command::Finish { ticket: id(1) }, "ticket_unknown"),
        (Command::Miss { ticket: id(1) }, "ticket_unknown"),
        (Command::Requeue { ticket: id(1) }, "ticket_unknown"),
    ];
    for (command, code) in refusals {
        assert_eq!(office.refuses(command).code(), code);
    }
    assert_eq!(office.does(Command::TimePassed), []);
    assert_eq!(office.state.next_deadline(), None);
    assert_eq!(
        names(&office.does(use_office(crate::common::house()))),
        "day_opened"
    );
}
