//! Bad input of every kind, up to the ends of time: an answer, and never more.

use aufruf_engine::{Command, Refusal};
use jiff::Timestamp;

use crate::common::{
    TestOffice, call, check_in, finish, house_with, id, next, open, resume, to_clerk, to_queue,
    use_office,
};

/// Whatever names a thing that is not there: an answer, never more.
#[test]
fn every_command_about_nothing_is_refused() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    let nobody = id(99);
    for command in [
        check_in(nobody),
        call(nobody, "counter-1"),
        call(ticket, "counter-99"),
        resume(nobody, "counter-1"),
        finish(nobody),
        to_queue(nobody, "ids"),
        to_queue(ticket, ""),
        to_clerk(ticket, ""),
        Command::Cancel { ticket: nobody },
        Command::Undo { ticket: nobody },
        Command::PromisePickUp { ticket: nobody },
        Command::Park { ticket: nobody },
        Command::PausePlace {
            ticket: nobody,
            minutes: 5,
        },
        Command::ResumePlace { ticket: nobody },
        crate::common::pause("counter-99"),
        crate::common::go_over("counter-1", "counter-99"),
        crate::common::open_for("counter-99", "anna"),
    ] {
        let code = office.refuses_with(command);
        assert!(
            code.ends_with("_unknown") || code == "clerk_absent",
            "{code}"
        );
    }
}

#[test]
fn a_clerk_serves_at_one_counter_at_a_time() {
    let mut office = TestOffice::opens();
    office.does(crate::common::open_for("counter-1", "anna"));
    let refusal = office.refuses(crate::common::open_for("counter-2", "anna"));
    let elsewhere = Refusal::ClerkElsewhere {
        clerk: aufruf_engine::ClerkKey::new("anna"),
        counter: aufruf_engine::CounterKey::new("counter-1"),
    };
    assert_eq!(refusal, elsewhere);
    office.does(open("counter-1"));
    assert!(
        office.counter("counter-1").clerk.is_some(),
        "a key that names nobody sends nobody away"
    );
}

/// Every rule that reckons with the time.
fn busy_rules() -> aufruf_engine::Office {
    house_with(|office| {
        for queue in &mut office.queues {
            queue.walk_in_hours = Some(crate::common::hours(&[("00:00", "24:00")]));
            queue.appointment_hours = Some(crate::common::appointment_hours(("00:00", "24:00")));
            queue.rules.overtime_min = Some(1_440);
            queue.rules.last_ticket_before_min = 1_440;
            queue.rules.check_in_early_min = 1_440;
            queue.rules.calls_in_vain = 2;
            queue.rules.pause_after_call_min = 1_440;
        }
    })
}

#[test]
fn at_the_ends_of_time_the_office_still_answers() {
    for now in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        let by = aufruf_engine::Actor::new("test");
        let mut state = aufruf_engine::State::default();
        let mut visitors = TestOffice::not_set_up();
        let (wish, booking) = (
            visitors.wish(&["id-card"]),
            visitors.booking(now, &["id-card"]),
        );
        for command in [
            use_office(busy_rules()),
            open("counter-1"),
            Command::IssueTicket(wish),
            next("counter-1"),
            finish(id(1)),
            Command::TimePassed,
            call(id(1), "counter-1"),
            Command::BookAppointment(booking),
            check_in(id(2)),
            Command::PausePlace {
                ticket: id(1),
                minutes: 30,
            },
            Command::Undo { ticket: id(1) },
            crate::common::lock(&[], "Closed."),
        ] {
            // Whatever is answered: it is an answer.
            drop(aufruf_engine::step(&mut state, &command, &by, now));
            assert_eq!(aufruf_engine::invariants::check(&state), Ok(()));
        }
        assert!(state.day().is_some());
    }
}
