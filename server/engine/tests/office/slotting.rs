//! Appointments and walk-ins of one counter: who goes as it fits, and who waits for a moment.

mod before_an_appointment;
mod held;
mod overtaking;

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
