//! Places in the line: kept while away and through calls in vain, lost within bounds.

use aufruf_engine::{Command, NobodyReason, Refusal, TicketState};

use crate::common::{TestOffice, finish, ids_with, next, open};

fn nobody(office: &mut TestOffice, counter: &str) -> NobodyReason {
    match office.refuses(next(counter)) {
        Refusal::Nobody(nobody) => nobody.reason,
        other => panic!("{other}"),
    }
}

/// Called in vain three times; in between nobody calls for five minutes.
fn patient() -> TestOffice {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.calls_in_vain = 3));
    office.does(open("counter-1"));
    office
}

#[test]
fn who_does_not_come_is_called_again_after_a_pause_and_missed_after_the_last_time() {
    let mut office = patient();
    let ticket = office.takes(&["id-card"]);
    for _ in 0..2 {
        assert_eq!(office.next("counter-1"), ticket);
        office.does(Command::Miss { ticket });
        assert_eq!(office.is(ticket).name(), "waiting");
        office.minutes_pass(4);
        assert_eq!(nobody(&mut office, "counter-1"), NobodyReason::AllPaused);
        office.minutes_pass(1);
    }
    office.next("counter-1");
    office.does(Command::Miss { ticket });
    assert_eq!(office.is(ticket), TicketState::Missed);
}

#[test]
fn who_is_called_in_vain_loses_no_place_and_others_are_called_meanwhile() {
    let mut office = patient();
    let away = office.takes(&["id-card"]);
    let here = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.misses(away, "counter-1");
    assert_eq!(office.next("counter-1"), here);
    office.minutes_pass(5);
    office.does(finish(here));
    assert_eq!(office.next("counter-1"), away);
}

#[test]
fn calls_in_vain_count_anew_once_the_person_was_there_or_was_put_back() {
    let mut office = patient();
    let ticket = office.takes(&["id-card"]);
    office.misses(ticket, "counter-1");
    office.parks(ticket, "counter-1");
    office.does(Command::Requeue { ticket });
    for _ in 0..2 {
        office.misses(ticket, "counter-1");
        assert_eq!(office.is(ticket).name(), "waiting");
    }
    office.misses(ticket, "counter-1");
    assert_eq!(office.is(ticket), TicketState::Missed);
}

#[test]
fn who_reports_after_a_call_in_vain_can_be_called_at_once() {
    let mut office = patient();
    let ticket = office.takes(&["id-card"]);
    office.misses(ticket, "counter-1");
    office.does(Command::ResumePlace { ticket });
    assert_eq!(office.next("counter-1"), ticket);
}

/// Ten came after the one who was missed.
fn line_after_requeue(places: u32) -> Vec<String> {
    let rules = ids_with(|rules| rules.requeue_loss_places = places);
    let mut office = TestOffice::opens_as(rules);
    office.does(open("counter-1"));
    let missed = office.takes(&["id-card"]);
    for _ in 0..4 {
        office.takes(&["id-card"]);
    }
    office.misses(missed, "counter-1");
    office.does(Command::Requeue { ticket: missed });
    office.line("ids")
}

#[test]
fn a_missed_person_who_comes_back_loses_as_many_places_as_the_rule_says() {
    assert_eq!(
        line_after_requeue(0),
        ["A001", "A002", "A003", "A004", "A005"]
    );
    assert_eq!(
        line_after_requeue(2),
        ["A002", "A003", "A001", "A004", "A005"]
    );
    assert_eq!(
        line_after_requeue(1_000),
        ["A002", "A003", "A004", "A005", "A001"]
    );
}

#[test]
fn of_several_missed_who_come_back_each_is_put_behind_no_more_people_than_the_rule_says() {
    let rules = ids_with(|rules| rules.requeue_loss_places = 2);
    let mut office = TestOffice::opens_as(rules);
    office.does(open("counter-1"));
    let missed: Vec<_> = (0..3).map(|_| office.takes(&["id-card"])).collect();
    for _ in 0..4 {
        office.takes(&["id-card"]);
    }
    for ticket in &missed {
        office.misses(*ticket, "counter-1");
    }
    for ticket in missed {
        office.does(Command::Requeue { ticket });
        let number = office.number(ticket);
        let line = office.line("ids");
        let before = line.iter().take_while(|other| **other != number);
        let later = before.filter(|other| **other > number).count();
        assert!(later <= 2, "{number} stands behind {later}: {line:?}");
    }
}

#[test]
fn a_visitor_may_leave_for_some_minutes_and_keeps_the_place() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let away = office.takes(&["id-card"]);
    let here = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.does(Command::PausePlace {
        ticket: away,
        minutes: 10,
    });
    assert_eq!(office.line("ids"), ["A001", "A002", "A003"]);
    assert_eq!(office.next("counter-1"), here);
    office.does(finish(here));
    office.minutes_pass(10);
    assert_eq!(office.next("counter-1"), away);
}

#[test]
fn who_is_back_earlier_is_called_earlier() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.does(Command::PausePlace {
        ticket,
        minutes: 30,
    });
    let Refusal::Nobody(nobody) = office.refuses(next("counter-1")) else {
        panic!("the only one is away");
    };
    assert_eq!(nobody.reason, NobodyReason::AllPaused);
    assert_eq!(nobody.next, Some((ticket, crate::common::at("08:30"))));
    office.does(Command::ResumePlace { ticket });
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn nobody_may_leave_for_longer_than_the_rule_says() {
    let mut office = TestOffice::opens();
    let ticket = office.takes(&["id-card"]);
    for minutes in [0, 31, u32::MAX] {
        let wish = Command::PausePlace { ticket, minutes };
        assert_eq!(office.refuses(wish), Refusal::PauseInvalid { limit: 30 });
    }
}
