//! *Next* called nobody: the reason that helps the clerk most, and who can be called when.

use aufruf_engine::{CheckInRule, Command, Need, Nobody, NobodyReason, Refusal, TicketId};

use crate::common::{
    TestOffice, at, check_in, house_with, ids_with, needs, next, open, resume, to_counter,
};

/// `counter-2` offers id-card, move and extract. It alone is not lowered; `counter-4` is elsewhere.
fn office() -> TestOffice {
    let mut office = TestOffice::opens_as(house_with(|office| {
        for counter in [0, 2, 3, 4] {
            office.counters[counter].attributes = needs(&[Need::LoweredCounter]);
        }
        office.queues[1].rules.check_in = CheckInRule::None;
    }));
    for counter in ["counter-1", "counter-2", "counter-4"] {
        office.does(open(counter));
    }
    office
}

#[track_caller]
fn nobody(office: &mut TestOffice) -> Nobody {
    match office.refuses(next("counter-2")) {
        Refusal::Nobody(nobody) => nobody,
        other => panic!("{other}"),
    }
}

fn goes_away(office: &mut TestOffice, minutes: u32) -> TicketId {
    let ticket = office.takes(&["move"]);
    office.changes(ticket, |wish| wish.needs = Some(needs(&[])));
    office.does(Command::PausePlace { ticket, minutes });
    ticket
}

/// Each standing adds to the line what the one before it did not have.
#[test]
fn of_several_obstacles_the_one_is_told_that_a_clerk_can_do_most_with() {
    let mut office = office();
    let reason = |reason| Nobody { reason, next: None };
    assert_eq!(nobody(&mut office), reason(NobodyReason::NobodyWaiting));
    office.takes(&["death"]);
    assert_eq!(nobody(&mut office), reason(NobodyReason::OtherSkills));
    office.takes_with_need(&["id-card"], Need::LoweredCounter);
    assert_eq!(nobody(&mut office), reason(NobodyReason::OtherCounter));
    let away = goes_away(&mut office, 20);
    let paused = Nobody {
        reason: NobodyReason::AllPaused,
        next: Some((away, at("08:20"))),
    };
    assert_eq!(nobody(&mut office), paused);
    office.takes(&["death"]);
    office.takes_with_need(&["id-card"], Need::LoweredCounter);
    assert_eq!(nobody(&mut office), paused, "what came later hides nothing");
}

#[test]
fn of_several_who_are_away_the_one_is_named_who_is_back_first() {
    let mut office = office();
    let longer = goes_away(&mut office, 20);
    let next = |ticket, clock| Nobody {
        reason: NobodyReason::AllPaused,
        next: Some((ticket, at(clock))),
    };
    assert_eq!(nobody(&mut office), next(longer, "08:20"));
    let shorter = goes_away(&mut office, 10);
    assert_eq!(nobody(&mut office), next(shorter, "08:10"));
    goes_away(&mut office, 30);
    assert_eq!(nobody(&mut office), next(shorter, "08:10"));
    let expected = office.books(at("08:05"), &["extract"]);
    assert_eq!(nobody(&mut office), next(expected, "08:05"));
}

#[test]
fn whoever_is_away_but_waits_for_another_counter_is_no_matter_of_time_here() {
    let mut office = office();
    let sent = goes_away(&mut office, 10);
    office.does(to_counter(sent, "counter-1"));
    office.does(Command::PausePlace {
        ticket: sent,
        minutes: 10,
    });
    let other = Nobody::from(NobodyReason::OtherCounter);
    assert_eq!(nobody(&mut office), other);
    let needs = office.takes_with_need(&["id-card"], Need::LoweredCounter);
    office.does(Command::PausePlace {
        ticket: needs,
        minutes: 5,
    });
    assert_eq!(nobody(&mut office), other);
}

/// The place is that of a long wait, but who came late has not waited: another counter shall have them.
#[test]
fn who_came_late_and_is_away_is_left_to_the_counter_with_all_they_came_for() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.max_wait_min = 15));
    for counter in ["counter-1", "counter-2"] {
        office.does(open(counter));
    }
    let late = office.books(at("08:00"), &["id-card", "passport"]);
    office.it_is("08:50");
    office.does(check_in(late));
    let minutes = 5;
    office.does(Command::PausePlace {
        ticket: late,
        minutes,
    });
    let other = Nobody::from(NobodyReason::OtherCounter);
    assert_eq!(nobody(&mut office), other);
}

#[test]
fn whoever_is_away_and_comes_for_what_others_offer_is_no_matter_of_time_here() {
    let mut office = office();
    let ticket = office.takes(&["death"]);
    office.does(Command::PausePlace { ticket, minutes: 5 });
    let skills = Nobody::from(NobodyReason::OtherSkills);
    assert_eq!(nobody(&mut office), skills);
}

/// It offers the first of the two, but `counter-1` offers both.
#[test]
fn who_is_kept_for_a_counter_with_all_services_is_left_to_another_counter() {
    let mut office = office();
    let busy = office.takes(&["passport"]);
    office.serves(busy, "counter-1");
    let both = office.takes(&["id-card", "passport"]);
    office.changes(both, |wish| wish.needs = Some(needs(&[])));
    let other = Nobody::from(NobodyReason::OtherCounter);
    assert_eq!(nobody(&mut office), other);
}

#[test]
fn who_is_not_in_a_line_is_no_obstacle() {
    let mut office = office();
    let [parked, missed] = [office.takes(&["id-card"]), office.takes(&["id-card"])];
    office.parks(parked, "counter-1");
    office.misses(missed, "counter-1");
    office.books(at("09:00"), &["id-card"]);
    let none = Nobody::from(NobodyReason::NobodyWaiting);
    assert_eq!(nobody(&mut office), none);
    office.does(resume(parked, "counter-2"));
    let running = Nobody::from(NobodyReason::VisitRunning(parked));
    assert_eq!(nobody(&mut office), running);
}
