//! Each command on each state of a visit, and of a counter: what happens, or which refusal.

use aufruf_engine::{Command, TicketId, apply};

use crate::common::{
    TestOffice, call, close, finish, id, names, next, open, resume, time, to_queue, use_office,
};

/// A visit in each state that it can have, with free counters for it: `counter-2` has the running one.
fn visit_that_is(state: &str) -> (TestOffice, TicketId) {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    if state == "unknown" {
        return (office, id(99));
    }
    if state == "booked" {
        let ticket = office.books(crate::common::at("08:10"), &["id-card"]);
        return (office, ticket);
    }
    let ticket = office.takes(&["id-card"]);
    match state {
        "waiting" => {}
        "paused" => drop(office.does(Command::PausePlace { ticket, minutes: 5 })),
        "called" => drop(office.does(call(ticket, "counter-2"))),
        "serving" => office.serves(ticket, "counter-2"),
        "parked" => office.parks(ticket, "counter-2"),
        "missed" => office.misses(ticket, "counter-2"),
        "pick_up" => {
            office.serves(ticket, "counter-2");
            office.does(Command::PromisePickUp { ticket });
        }
        "finished" => office.finishes(ticket, "counter-2"),
        "cancelled" => drop(office.does(Command::Cancel { ticket })),
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
        "booked",
        "waiting",
        "paused",
        "called",
        "serving",
        "parked",
        "missed",
        "pick_up",
        "finished",
        "cancelled",
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
fn call_this_one_reaches_everybody_who_is_at_no_counter_and_not_gone() {
    table(
        |ticket| call(ticket, "counter-1"),
        &[
            ("booked", "ticket_called → called"),
            ("waiting", "ticket_called → called"),
            ("paused", "ticket_called → called"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("parked", "ticket_called → called"),
            ("missed", "ticket_called → called"),
            ("pick_up", "ticket_called → called"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
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
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "ticket_recalled → called"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
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
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "service_started → serving"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn finish_ends_a_visit_at_a_counter_also_one_whose_start_nobody_pressed_and_one_that_was_fetched() {
    table(
        finish,
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "visit_finished → finished"),
            ("serving", "visit_finished → finished"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "visit_finished → finished"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
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
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "ticket_missed → missed"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn back_into_the_line_goes_everybody_who_has_left_it_and_is_not_gone() {
    table(
        |ticket| Command::Requeue { ticket },
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "ticket_requeued → waiting"),
            ("serving", "ticket_requeued → waiting"),
            ("parked", "ticket_requeued → waiting"),
            ("missed", "ticket_requeued → waiting"),
            ("pick_up", "ticket_requeued → waiting"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn park_is_for_somebody_who_is_being_served() {
    table(
        |ticket| Command::Park { ticket },
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "- wrong_state"),
            ("serving", "visit_parked → parked"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn a_parked_visit_and_one_that_comes_to_fetch_go_on_without_a_call() {
    table(
        |ticket| resume(ticket, "counter-1"),
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("parked", "visit_resumed → serving"),
            ("missed", "- wrong_state"),
            ("pick_up", "visit_resumed → serving"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn pick_up_later_is_for_somebody_who_is_being_served() {
    table(
        |ticket| Command::PromisePickUp { ticket },
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "- wrong_state"),
            ("serving", "pick_up_promised → pick_up"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn sending_on_is_for_everybody_who_is_here() {
    table(
        |ticket| to_queue(ticket, "registration"),
        &[
            ("booked", "- wrong_state"),
            ("waiting", "ticket_transferred → waiting"),
            ("paused", "ticket_transferred → waiting"),
            ("called", "ticket_transferred → waiting"),
            ("serving", "ticket_transferred → waiting"),
            ("parked", "ticket_transferred → waiting"),
            ("missed", "ticket_transferred → waiting"),
            ("pick_up", "ticket_transferred → waiting"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn cancel_is_for_every_visit_that_has_not_ended() {
    table(
        |ticket| Command::Cancel { ticket },
        &[
            ("booked", "ticket_cancelled → cancelled"),
            ("waiting", "ticket_cancelled → cancelled"),
            ("paused", "ticket_cancelled → cancelled"),
            ("called", "ticket_cancelled → cancelled"),
            ("serving", "ticket_cancelled → cancelled"),
            ("parked", "ticket_cancelled → cancelled"),
            ("missed", "ticket_cancelled → cancelled"),
            ("pick_up", "ticket_cancelled → cancelled"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn back_in_some_minutes_is_for_somebody_who_waits() {
    table(
        |ticket| Command::PausePlace {
            ticket,
            minutes: 10,
        },
        &[
            ("booked", "- wrong_state"),
            ("waiting", "place_paused → waiting"),
            ("paused", "place_paused → waiting"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn back_before_that_is_for_somebody_who_is_away() {
    table(
        |ticket| Command::ResumePlace { ticket },
        &[
            ("booked", "- wrong_state"),
            ("waiting", "- wrong_state"),
            ("paused", "place_resumed → waiting"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn checking_in_is_for_somebody_with_an_appointment_who_is_not_here_yet() {
    table(
        crate::common::check_in,
        &[
            ("booked", "checked_in → waiting"),
            ("waiting", "- wrong_state"),
            ("paused", "- wrong_state"),
            ("called", "- wrong_state"),
            ("serving", "- wrong_state"),
            ("parked", "- wrong_state"),
            ("missed", "- wrong_state"),
            ("pick_up", "- wrong_state"),
            ("finished", "- wrong_state"),
            ("cancelled", "- wrong_state"),
            ("expired", "- wrong_state"),
            ("of yesterday", "- ticket_unknown"),
            ("unknown", "- ticket_unknown"),
        ],
    );
}

#[test]
fn a_ticket_s_id_is_used_once_a_day_whatever_became_of_the_visit() {
    table(
        |ticket| {
            let mut wish = TestOffice::not_set_up().wish(&["move"]);
            wish.ticket = ticket;
            Command::IssueTicket(wish)
        },
        &[
            ("booked", "- ticket_exists"),
            ("waiting", "- ticket_exists"),
            ("paused", "- ticket_exists"),
            ("called", "- ticket_exists"),
            ("serving", "- ticket_exists"),
            ("parked", "- ticket_exists"),
            ("missed", "- ticket_exists"),
            ("pick_up", "- ticket_exists"),
            ("finished", "- ticket_exists"),
            ("cancelled", "- ticket_exists"),
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
        (finish(id(1)), "day_not_open"),
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
