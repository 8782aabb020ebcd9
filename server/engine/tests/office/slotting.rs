//! Appointments and walk-ins of one counter: who goes as it fits, and who waits for a moment.

use aufruf_engine::{Command, Event, Nobody, NobodyReason, Office, Refusal, TicketId, Why};

use crate::common::{
    TestOffice, at, call, check_in, finish, house_with, next, open, pause, skills, to_counter,
};

/// How long visits are planned to take, in minutes.
const PICK_UP: u32 = 1;
const PASSPORT: u32 = 40;

/// The house where pick-ups are short and passports take long; `counter-1` does both and id cards,
/// `counter-2` does id cards and extracts.
fn house() -> Office {
    house_with(|office| {
        office.services[1].duration_min = PASSPORT;
        office.services[2].duration_min = PICK_UP;
    })
}

fn opens_with(change: impl FnOnce(&mut Office), counters: &[&str]) -> TestOffice {
    let mut house = house();
    change(&mut house);
    let mut office = TestOffice::opens_as(house);
    for counter in counters {
        office.does(open(counter));
    }
    office
}

fn opens(counters: &[&str]) -> TestOffice {
    opens_with(|_| (), counters)
}

/// Whom the counter is held back for.
fn held_for(office: &mut TestOffice, counter: &str) -> Option<TicketId> {
    match office.tries(next(counter)) {
        Err(Refusal::Nobody(Nobody {
            reason: NobodyReason::Held,
            next,
        })) => Some(next.expect("somebody is named").0),
        _ => None,
    }
}

mod before_an_appointment {
    use super::*;

    /// A walk-in waits since twenty past, and one with an appointment at half past is here.
    fn both_are_here(service: &str, now: &str) -> (TestOffice, TicketId, TicketId) {
        let mut office = opens(&["counter-1"]);
        let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
        office.it_is("08:20");
        let walk_in = office.takes(&[service]);
        office.it_is(now);
        (office, walk_in, appointment)
    }

    #[test]
    fn a_walk_in_who_fits_before_the_appointment_goes_and_one_who_does_not_waits() {
        let at = at("08:30");
        let walk_in = |why| (true, why);
        let appointment = |why| (false, why);
        for (service, now, expected) in [
            ("pick-up", "08:26", walk_in(Why::FitsBefore { at })),
            ("pick-up", "08:28", walk_in(Why::FitsBefore { at })),
            (
                "passport",
                "08:26",
                appointment(Why::EarlyAppointment { at }),
            ),
            ("passport", "08:30", appointment(Why::Appointment { at })),
            ("passport", "08:33", appointment(Why::Appointment { at })),
        ] {
            let (mut office, came, booked) = both_are_here(service, now);
            let (called, why) = office.next_and_why("counter-1");
            let who = if expected.0 { came } else { booked };
            assert_eq!((called, why), (who, expected.1), "{service} at {now}");
        }
    }

    #[test]
    fn nobody_is_called_before_the_agreed_time_while_others_wait_but_shortly_before_it() {
        for (early_call_min, now) in [(5, "08:24"), (0, "08:29"), (15, "08:14")] {
            let mut office = opens_with(
                |office| office.queues[0].rules.early_call_min = early_call_min,
                &["counter-1"],
            );
            office.books_and_comes(at("08:30"), &["id-card"]);
            let walk_in = office.takes(&["passport"]);
            office.it_is(now);
            let called = office.next_and_why("counter-1");
            assert_eq!(called, (walk_in, Why::FirstInLine), "{early_call_min}");
        }
    }

    /// A minute more or less for a long visit; for the short one it would be a long wait.
    #[test]
    fn a_moment_for_a_walk_in_goes_before_a_long_visit_that_is_due() {
        let mut office = opens(&["counter-1"]);
        let appointment = office.books_and_comes(at("08:10"), &["passport"]);
        let walk_in = office.takes(&["pick-up"]);
        office.it_is("08:10");
        let fits = Why::FitsBefore { at: at("08:10") };
        assert_eq!(office.next_and_why("counter-1"), (walk_in, fits));
        assert_eq!(office.next_and_why("counter-1").0, appointment);
    }

    /// Another counter takes id cards: it is free in time, or it is not, or it is not for them.
    #[test]
    fn a_long_walk_in_goes_where_another_counter_will_be_free_in_time() {
        type Prepare = fn(&mut TestOffice);
        let is_busy_with = |office: &mut TestOffice, counter: &str, service: &str| {
            let visit = office.takes(&[service]);
            office.serves(visit, counter);
        };
        let nothing: Prepare = |_| ();
        let is_free: Prepare = |office| {
            office.does(open("counter-2"));
        };
        let pauses: Prepare = |office| {
            office.does(open("counter-2"));
            office.does(pause("counter-2"));
        };
        let others: Prepare = |office| {
            office.does(open("counter-3"));
        };
        for (goes, prepare) in [
            (false, nothing),
            (true, is_free),
            (false, pauses),
            (false, others),
        ] {
            let (mut office, walk_in, appointment) = both_are_here("passport", "08:26");
            prepare(&mut office);
            let called = office.next("counter-1");
            assert_eq!(called, if goes { walk_in } else { appointment });
        }
        for (goes, extract_min) in [(true, 2), (false, 60)] {
            let mut office = opens_with(
                |office| office.services[4].duration_min = extract_min,
                &["counter-1", "counter-2"],
            );
            let appointment = office.books_and_comes(at("08:30"), &["id-card"]);
            office.it_is("08:26");
            let walk_in = office.takes(&["passport"]);
            is_busy_with(&mut office, "counter-2", "extract");
            let called = office.next("counter-1");
            assert_eq!(called, if goes { walk_in } else { appointment });
        }
    }

    #[test]
    fn who_came_late_is_called_for_the_time_that_was_agreed() {
        let mut office = opens(&["counter-1"]);
        let late = office.books(at("08:10"), &["id-card"]);
        office.it_is("08:18");
        office.takes(&["passport"]);
        office.it_is("08:20");
        office.does(check_in(late));
        let agreed = Why::Appointment { at: at("08:10") };
        assert_eq!(office.next_and_why("counter-1"), (late, agreed));
    }

    #[test]
    fn who_goes_before_somebody_late_goes_before_the_time_that_was_agreed() {
        let mut office = opens(&["counter-1"]);
        let late = office.books(at("08:10"), &["passport"]);
        office.it_is("08:18");
        let walk_in = office.takes(&["pick-up"]);
        office.it_is("08:20");
        office.does(check_in(late));
        let fits = Why::FitsBefore { at: at("08:10") };
        assert_eq!(office.next_and_why("counter-1"), (walk_in, fits));
    }
}

mod held {
    use super::*;

    /// Somebody is expected at half past and not here; a walk-in for this waits.
    fn one_is_expected(office: &mut TestOffice, service: &str) -> (TicketId, TicketId) {
        let expected = office.books(at("08:30"), &["id-card"]);
        let walk_in = office.takes(&[service]);
        (expected, walk_in)
    }

    #[test]
    fn a_counter_is_held_for_a_named_appointment_for_a_moment_and_never_longer_than_allowed() {
        for max_hold_min in [0, 1, 2, 5] {
            let mut office = opens_with(
                |office| office.queues[0].rules.max_hold_min = max_hold_min,
                &["counter-1"],
            );
            let (expected, _) = one_is_expected(&mut office, "passport");
            for minute in 20..30 {
                office.it_is(&format!("08:{minute}"));
                let mut asked = office.clone();
                let held = held_for(&mut asked, "counter-1");
                let may_be = 30 - minute <= max_hold_min;
                if minute == 29 {
                    assert_eq!(held, may_be.then_some(expected), "{max_hold_min}");
                }
                assert!(held.is_none() || may_be, "held at 08:{minute}");
            }
        }
    }

    #[test]
    fn it_is_told_for_whom_the_counter_is_held_and_until_when() {
        let mut office = opens(&["counter-1"]);
        let (expected, _) = one_is_expected(&mut office, "passport");
        office.it_is("08:29");
        let held = Nobody {
            reason: NobodyReason::Held,
            next: Some((expected, at("08:30"))),
        };
        assert_eq!(office.refuses(next("counter-1")), Refusal::Nobody(held));
    }

    #[test]
    fn nobody_is_held_for_whose_time_has_come() {
        let mut office = opens(&["counter-1"]);
        let (_, walk_in) = one_is_expected(&mut office, "passport");
        for now in ["08:30", "08:31"] {
            office.it_is(now);
            let mut asked = office.clone();
            assert_eq!(asked.next("counter-1"), walk_in, "{now}");
        }
    }

    #[test]
    fn a_counter_is_held_only_where_waiting_costs_less() {
        let mut office = opens(&["counter-1"]);
        let (_, walk_in) = one_is_expected(&mut office, "pick-up");
        office.it_is("08:29");
        assert_eq!(
            office.next("counter-1"),
            walk_in,
            "a moment does not matter"
        );

        let mut office = opens(&["counter-1", "counter-2"]);
        let (_, walk_in) = one_is_expected(&mut office, "passport");
        office.it_is("08:29");
        assert_eq!(office.next("counter-1"), walk_in, "another one is free");
    }

    #[test]
    fn a_counter_is_not_held_for_somebody_whom_it_would_not_call() {
        let mut office = opens(&["counter-1"]);
        office.books(at("08:30"), &["move"]);
        let walk_in = office.takes(&["passport"]);
        office.it_is("08:29");
        assert_eq!(office.next("counter-1"), walk_in);
    }

    #[test]
    fn a_clerk_may_call_somebody_although_the_counter_is_held() {
        let mut office = opens(&["counter-1"]);
        let (expected, walk_in) = one_is_expected(&mut office, "passport");
        office.it_is("08:29");
        assert_eq!(held_for(&mut office, "counter-1"), Some(expected));
        let called = office.does(call(walk_in, "counter-1"));
        assert_eq!(crate::common::why(&called), Why::Chosen);
    }

    #[test]
    fn whom_the_counter_is_held_for_is_called_on_coming() {
        let mut office = opens(&["counter-1"]);
        let (expected, _) = one_is_expected(&mut office, "passport");
        office.it_is("08:29");
        assert_eq!(held_for(&mut office, "counter-1"), Some(expected));
        office.does(check_in(expected));
        assert_eq!(office.next("counter-1"), expected);
    }

    #[test]
    fn no_counter_is_held_for_the_sake_of_whom_somebody_waits_too_long_or_is_put_first() {
        let mut office = opens_with(
            |office| office.queues[0].rules.max_wait_min = 20,
            &["counter-1"],
        );
        let (_, walk_in) = one_is_expected(&mut office, "passport");
        office.it_is("08:29");
        let overdue = Why::Overdue {
            waited_min: 29,
            max_wait_min: 20,
        };
        assert_eq!(office.next_and_why("counter-1"), (walk_in, overdue));

        let mut office = opens(&["counter-1"]);
        one_is_expected(&mut office, "passport");
        let first = office.takes_with_priority(&["passport"], 1);
        office.it_is("08:29");
        assert_eq!(office.next("counter-1"), first);
    }
}

mod overtaking {
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

    /// Nobody may be overtaken here; but in the other line people may not wait that long.
    #[test]
    fn who_waits_too_long_goes_before_those_who_may_not_be_overtaken() {
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
        let (called, why) = office.next_and_why("counter-2");
        assert_eq!(called, overdue);
        assert!(matches!(why, Why::Overdue { .. }), "{why:?}");
        assert_eq!(office.ticket(before).overtaken, 1, "and it counts");
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
}

/// One of a class has an appointment, the other one was put there by staff.
#[test]
fn whom_staff_put_before_others_is_not_forgotten_behind_an_appointment() {
    let mut office = opens(&["counter-1"]);
    office.it_is("08:04");
    let walk_in = office.takes(&["pick-up"]);
    office.it_is("08:05");
    let appointment = office.books_and_comes(at("08:05"), &["passport"]);
    let wish = office.wish(&["passport"]);
    office.it_is("08:06");
    let given = office.takes_as(aufruf_engine::IssueTicket {
        needs: std::collections::BTreeSet::new(),
        priority: aufruf_engine::Priority::APPOINTMENT,
        ..wish
    });
    assert_eq!(office.next_and_why("counter-1").0, appointment);
    assert_eq!(office.next_and_why("counter-1").0, given);
    assert_eq!(office.next_and_why("counter-1").0, walk_in);
}
