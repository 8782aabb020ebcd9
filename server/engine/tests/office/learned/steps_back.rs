//! What is taken back teaches nothing.

use super::*;

/// What a day teaches on which somebody is served for a quarter of an hour, and this besides.
fn day_with(besides: impl FnOnce(&mut TestOffice)) -> Experience {
    let learned = after(|office| {
        let ticket = office.takes(&["id-card"]);
        office.serves(ticket, "counter-1");
        office.minutes_pass(15);
        office.does(finish(ticket));
        besides(office);
    });
    (*learned).clone()
}

#[test]
fn a_step_that_is_taken_back_teaches_nothing() {
    let without = day_with(|office| {
        let ticket = office.takes(&["passport"]);
        let booked = office.books(at("09:00"), &["passport"]);
        office.does(Command::Cancel { ticket });
        office.does(Command::Cancel { ticket: booked });
    });
    let with = day_with(|office| {
        let ticket = office.takes(&["passport"]);
        let booked = office.books(at("09:00"), &["passport"]);
        let undo = |ticket| Command::Undo { ticket };
        office.does(check_in(booked));
        office.does(undo(booked));
        office.does(crate::common::call(ticket, "counter-1"));
        office.does(Command::Miss { ticket });
        office.does(undo(ticket));
        office.does(finish(ticket));
        office.does(undo(ticket));
        office.does(Command::Requeue { ticket });
        office.does(Command::Cancel { ticket });
        office.does(Command::Cancel { ticket: booked });
    });
    // The call itself was not taken back: the person was called once.
    let called = with.waits.called.iter().sum::<u64>();
    assert_eq!(called, without.waits.called.iter().sum::<u64>() + ONE);
    let but_calls = |learned: Experience| Experience {
        waits: aufruf_engine::Waits {
            called: [0; 16],
            ..learned.waits
        },
        ..learned
    };
    assert_eq!(but_calls(with), but_calls(without));
}

#[test]
fn a_call_that_is_taken_back_was_none() {
    let without = day_with(|office| {
        office.takes(&["passport"]);
    });
    let with = day_with(|office| {
        let ticket = office.takes(&["passport"]);
        office.does(crate::common::call(ticket, "counter-1"));
        office.does(Command::Undo { ticket });
    });
    assert_eq!(with, without);
}
