//! Walk-ins who go before others who came before: how often, and who counts as passed over.

use super::*;

fn with_limit(overtaken_at_most: u32, counters: &[&str]) -> TestOffice {
    opens_with(
        |office| {
            office.rules.overtaken_at_most = overtaken_at_most;
            // As good as the first one.
            office.counters[1].skills = skills(&["id-card", "passport", "pick-up"]);
        },
        counters,
    )
}

#[test]
fn people_for_the_same_go_in_the_order_in_which_they_came() {
    let mut office = with_limit(5, &["counter-1"]);
    let services = ["passport", "id-card", "pick-up"];
    let came: Vec<(&str, TicketId)> = (0..24)
        .map(|n| {
            office.minutes_pass(n % 3);
            let service = services[usize::try_from(n * n % 3 + n % 2).expect("small") % 3];
            (service, office.takes(&[service]))
        })
        .collect();
    let called: Vec<TicketId> = (0..24)
        .map(|_| office.next_and_why("counter-1").0)
        .collect();
    for of in services {
        let mine = |ticket: &TicketId| came.contains(&(of, *ticket));
        let called: Vec<TicketId> = called.iter().copied().filter(mine).collect();
        let came = came.iter().filter(|(service, _)| *service == of);
        let came: Vec<TicketId> = came.map(|(_, ticket)| *ticket).collect();
        assert_eq!(called, came, "{of}");
    }
}

#[test]
fn nobody_is_overtaken_more_often_than_the_office_allows() {
    for most in 0..=5 {
        for counters in [&["counter-1"][..], &["counter-1", "counter-2"]] {
            let mut office = with_limit(most, counters);
            let long = office.takes(&["passport"]);
            for _ in 0..8 {
                office.takes(&["pick-up"]);
            }
            for turn in 0..most {
                let counter = counters[usize::try_from(turn).expect("few") % counters.len()];
                let (short, why) = office.next_and_why(counter);
                assert_ne!(short, long, "may be overtaken {most} times, was {turn}");
                assert_eq!(why, Why::ShorterFirst { overtaken: 1 });
                assert_eq!(office.ticket(long).overtaken, turn + 1);
            }
            let last = counters.len() - 1;
            let called = office.next_and_why(counters[last]);
            assert_eq!(called, (long, Why::FirstInLine));
            assert_eq!(office.ticket(long).overtaken, most);
        }
    }
}

/// The one who would be overtaken once more stands behind one who was away and may be.
#[test]
fn nobody_is_overtaken_once_more_because_somebody_before_them_was_away() {
    let mut office = with_limit(1, &["counter-1"]);
    let [away, here] = [(); 2].map(|()| office.takes(&["passport"]));
    office.takes(&["pick-up"]);
    let minutes = 10;
    office.does(Command::PausePlace {
        ticket: away,
        minutes,
    });
    let (_, why) = office.next_and_why("counter-1");
    assert_eq!(why, Why::ShorterFirst { overtaken: 1 });
    office.does(Command::ResumePlace { ticket: away });
    office.takes(&["pick-up"]);
    assert_eq!(office.next_and_why("counter-1"), (away, Why::FirstInLine));
    assert_eq!(office.ticket(here).overtaken, 1);
}

/// The short one may not overtake; the long one who may go does not fit before the appointment.
#[test]
fn who_may_not_be_overtaken_does_not_push_a_long_visit_before_an_appointment() {
    let mut office = with_limit(1, &["counter-1"]);
    let [away, _here] = [(); 2].map(|()| office.takes(&["passport"]));
    office.takes(&["pick-up"]);
    let minutes = 10;
    office.does(Command::PausePlace {
        ticket: away,
        minutes,
    });
    office.next_and_why("counter-1");
    office.does(Command::ResumePlace { ticket: away });
    office.takes(&["pick-up"]);
    let appointment = office.books_and_comes(at("08:14"), &["id-card"]);
    office.it_is("08:12");
    assert_eq!(office.next("counter-1"), appointment);
}

#[test]
fn a_call_by_hand_is_never_kept_back_by_that_and_counts_all_the_same() {
    let mut office = with_limit(2, &["counter-1"]);
    let long = office.takes(&["passport"]);
    let shorts = [(); 6].map(|()| office.takes(&["pick-up"]));
    for (times, short) in (1..).zip(&shorts[..3]) {
        let called = office.does(call(*short, "counter-1"));
        let [Event::TicketCalled { overtook, why, .. }] = called.as_slice() else {
            panic!("{called:?}");
        };
        assert_eq!((overtook.as_slice(), *why), (&[long][..], Why::Chosen));
        assert_eq!(office.ticket(long).overtaken, times);
        office.does(finish(*short));
    }
    assert_eq!(office.next("counter-1"), long, "by rule it is enough");
}

#[test]
fn a_call_that_is_taken_back_overtook_nobody() {
    let mut office = with_limit(5, &["counter-1", "counter-2"]);
    let long = office.takes(&["passport"]);
    for _ in 0..2 {
        office.takes(&["pick-up"]);
    }
    let before = office.ticket(long).clone();
    let first = office.next("counter-1");
    let second = office.next("counter-2");
    assert_eq!(office.ticket(long).overtaken, 2);
    office.does(Command::Undo { ticket: first });
    assert_eq!(office.ticket(long).overtaken, 1, "the other one still did");
    office.does(Command::Undo { ticket: second });
    assert_eq!(*office.ticket(long), before);
    assert_eq!(office.replayed(), office.state);
}

/// What was overtaken stays overtaken, also when a step of this very person is taken back.
#[test]
fn taking_back_a_step_of_somebody_who_was_overtaken_since_forgets_nothing() {
    let mut office = with_limit(5, &["counter-1"]);
    let long = office.takes(&["passport"]);
    office.takes(&["pick-up"]);
    let minutes = 10;
    office.does(Command::PausePlace {
        ticket: long,
        minutes,
    });
    office.does(Command::ResumePlace { ticket: long });
    office.next("counter-1");
    office.does(Command::Undo { ticket: long });
    assert_eq!(office.ticket(long).overtaken, 1);
}

#[test]
fn those_are_overtaken_who_came_before_and_could_have_gone_to_this_counter_as_to_their_own() {
    let mut office = opens_with(
        |office| {
            office.counters[1].helps_out = skills(&["extract"]);
            office.counters[0].attributes =
                crate::common::needs(&[aufruf_engine::Need::LoweredCounter]);
        },
        &["counter-1", "counter-2"],
    );
    let plainly = |office: &mut TestOffice, services: &[&str]| {
        let wish = office.wish(services);
        office.takes_as(aufruf_engine::IssueTicket {
            needs: std::collections::BTreeSet::new(),
            ..wish
        })
    };
    let with_a_need = aufruf_engine::Need::LoweredCounter;
    let could = plainly(&mut office, &["id-card"]);
    let first = plainly(&mut office, &["id-card"]);
    plainly(&mut office, &["passport"]);
    plainly(&mut office, &["extract"]);
    office.takes_with_need(&["id-card"], with_a_need);
    let away = plainly(&mut office, &["id-card"]);
    let minutes = 20;
    office.does(Command::PausePlace {
        ticket: away,
        minutes,
    });
    let sent = plainly(&mut office, &["id-card"]);
    office.does(to_counter(sent, "counter-1"));
    office.books_and_comes(at("08:00"), &["id-card"]);
    let other_line = plainly(&mut office, &["move"]);
    let called = plainly(&mut office, &["move"]);
    plainly(&mut office, &["id-card"]);
    let called = office.does(call(called, "counter-2"));
    let [Event::TicketCalled { overtook, .. }] = called.as_slice() else {
        panic!("{called:?}");
    };
    assert_eq!(overtook.as_slice(), [could, first, other_line]);
}

#[test]
fn an_appointment_and_whom_staff_put_first_overtake_nobody() {
    let mut office = with_limit(0, &["counter-1"]);
    let walk_in = office.takes(&["passport"]);
    office.books_and_comes(at("08:00"), &["id-card"]);
    office.takes_with_priority(&["passport"], 1);
    for _ in 0..2 {
        assert_ne!(office.next_and_why("counter-1").0, walk_in);
    }
    assert_eq!(office.ticket(walk_in).overtaken, 0);
}

#[test]
fn who_waits_longer_than_anybody_shall_goes_first_however_short_the_others_are() {
    let mut office = with_limit(5, &["counter-1"]);
    let long = office.takes(&["passport"]);
    office.minutes_pass(180);
    office.takes(&["pick-up"]);
    let overdue = Why::Overdue {
        waited_min: 180,
        max_wait_min: 180,
    };
    assert_eq!(office.next_and_why("counter-1"), (long, overdue));
}

/// In the other line people may not wait that long; but who came before and may not be overtaken waits
/// even longer.
#[test]
fn who_waits_too_long_goes_behind_those_who_came_before_and_may_not_be_overtaken() {
    let mut office = opens_with(
        |office| {
            office.rules.overtaken_at_most = 0;
            office.queues[1].rules.max_wait_min = 10;
        },
        &["counter-2"],
    );
    let before = office.takes(&["id-card"]);
    let overdue = office.takes(&["move"]);
    office.minutes_pass(10);
    assert_eq!(office.next_and_why("counter-2"), (before, Why::FirstInLine));
    let (called, why) = office.next_and_why("counter-2");
    assert_eq!(called, overdue);
    assert!(matches!(why, Why::Overdue { .. }), "{why:?}");
}

#[test]
fn who_waits_too_long_goes_before_those_who_may_be_overtaken_and_it_counts() {
    let mut office = opens_with(
        |office| {
            office.rules.overtaken_at_most = 1;
            office.queues[1].rules.max_wait_min = 10;
        },
        &["counter-2"],
    );
    let before = office.takes(&["id-card"]);
    let overdue = office.takes(&["move"]);
    office.takes(&["move"]);
    office.minutes_pass(10);
    assert_eq!(office.next_and_why("counter-2").0, overdue);
    assert_eq!(office.ticket(before).overtaken, 1);
    let called = office.next_and_why("counter-2").0;
    assert_eq!(called, before, "once is enough");
}

#[test]
fn people_whose_visits_take_alike_go_in_the_order_in_which_they_came() {
    let mut office = opens(&["counter-2"]);
    let came = ["id-card", "move", "id-card", "extract", "move"];
    let came = came.map(|service| office.takes(&[service]));
    for ticket in came {
        let called = office.next_and_why("counter-2");
        assert_eq!(called, (ticket, Why::FirstInLine));
    }
}

/// In one line nobody may wait longer than 20 minutes, and somebody always does.
#[test]
fn who_waits_too_long_in_another_line_passes_nobody_more_often_than_allowed() {
    let mut office = opens_with(
        |office| office.queues[0].rules.max_wait_min = 20,
        &["counter-3"],
    );
    let birth = office.takes(&["birth"]);
    for _ in 0..6 {
        office.minutes_pass(1);
        office.takes(&["pick-up"]);
    }
    office.minutes_pass(20);
    let before = (0..).take_while(|_| {
        let called = office.next_and_why("counter-3").0;
        office.minutes_pass(4);
        office.takes(&["pick-up"]);
        called != birth
    });
    assert_eq!(before.count(), 5);
    assert_eq!(office.ticket(birth).overtaken, 5);
}
