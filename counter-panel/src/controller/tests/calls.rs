//! What the panel says of the running visit.

use aufruf_protocol::latest::{Need, Rule, Why};

use super::super::{Reason, Sight, Stage};
use super::desk::Desk;
use crate::sample::{Day, Told, at, ticket, why};

fn called() -> Day {
    let visit = ticket("A012", "id-card", "10:11").promised("10:35", "10:45");
    Day::open().called(
        visit
            .speaking("tr")
            .needing(&[Need::InductionLoop, Need::Unknown]),
        "10:41:42",
    )
}

fn sight(desk: &mut Desk) -> Sight {
    match desk.stage() {
        Stage::Called { sight, .. } => sight,
        stage => panic!("somebody should be called: {stage:?}"),
    }
}

#[test]
fn the_called_person_is_described_as_the_clerk_needs_it() {
    let mut desk = Desk::on(called());
    let Stage::Called { visit, .. } = desk.stage() else {
        panic!("somebody should be called");
    };
    assert_eq!(visit.number, "A012");
    assert_eq!(visit.lasts, "0:18");
    assert_eq!(visit.services, "Personalausweis");
    assert_eq!(visit.language.as_deref(), Some("Türkçe"));
    assert_eq!(visit.needs, [Need::InductionLoop]);
    assert_eq!(visit.arrived.as_deref(), Some("10:11"));
    assert_eq!(visit.waited_minutes, 30);
    assert_eq!(visit.promised.as_deref(), Some("10:35–10:45"));
}

#[test]
fn a_person_who_speaks_the_offices_language_has_no_language_chip() {
    let mut desk = Desk::on(Day::open().serving(ticket("A012", "id-card", "10:11"), "10:38"));
    let Stage::Serving { visit } = desk.stage() else {
        panic!("somebody should be served");
    };
    assert_eq!(visit.language, None);
    assert_eq!(visit.lasts, "4:00");
}

#[test]
fn a_call_that_no_display_shows_within_three_seconds_is_told() {
    let mut desk = Desk::on(called().seen_on(0, 2));
    assert_eq!(sight(&mut desk), Sight::Pending);
    desk.waits_secs(2);
    assert_eq!(sight(&mut desk), Sight::Pending);
    desk.waits_secs(1);
    assert_eq!(sight(&mut desk), Sight::Nowhere);
    desk.shows(called().seen_on(1, 2));
    let seen = Sight::Seen {
        painted: 1,
        displays: 2,
    };
    assert_eq!(sight(&mut desk), seen);
}

#[test]
fn a_call_that_is_seen_but_not_heard_is_told_when_the_chimes_before_it_must_be_over() {
    let mut desk = Desk::on(called().painted_in_silence(2, 2));
    let (painted, displays) = (2, 2);
    desk.waits_secs(19);
    assert_eq!(sight(&mut desk), Sight::Seen { painted, displays });
    desk.waits_secs(1);
    assert_eq!(sight(&mut desk), Sight::Unheard { painted, displays });
    desk.shows(called().seen_on(2, 2));
    assert_eq!(sight(&mut desk), Sight::Seen { painted, displays });
}

#[test]
fn when_the_displays_have_gone_nobody_is_said_not_to_hear() {
    let mut desk = Desk::on(called().painted_in_silence(1, 0));
    desk.waits_secs(60);
    let (painted, displays) = (1, 1);
    assert_eq!(sight(&mut desk), Sight::Seen { painted, displays });
}

#[test]
fn without_any_display_the_clerk_is_told_to_call_by_voice() {
    let mut desk = Desk::on(called().seen_on(0, 0));
    desk.waits_secs(3);
    assert_eq!(sight(&mut desk), Sight::NoDisplay);
}

#[test]
fn the_head_bar_shows_the_counter_its_way_and_the_lines_in_the_offices_order() {
    let mut desk = Desk::on(Day::open().with([
        ticket("C034", "certificate", "10:31"),
        ticket("A013", "passport", "10:14"),
        ticket("A014", "passport", "10:20"),
    ]));
    let header = desk.model().header;
    assert_eq!(header.counter, "Platz 4");
    assert_eq!(header.way, "1. OG, Raum 1.07");
    assert_eq!(header.waiting, "A 2 · B 0 · C 1");
    assert_eq!(header.longest_wait_minutes, Some(28));
    assert_eq!(header.clock, "10:42");
}

#[test]
fn why_the_person_was_called_is_told_with_its_facts() {
    let told = |why: Why| {
        let visit = ticket("A012", "id-card", "10:11").because(why);
        match Desk::on(Day::open().called(visit, "10:41")).stage() {
            Stage::Called { visit, .. } => visit.reason,
            stage => panic!("somebody should be called: {stage:?}"),
        }
    };
    let with_time = |rule| Why {
        at: Some(at("10:15")),
        ..why(rule)
    };
    let clock = || "10:15".to_owned();
    assert_eq!(told(why(Rule::FirstInLine)), Some(Reason::FirstInLine));
    assert_eq!(
        told(with_time(Rule::Appointment)),
        Some(Reason::Appointment(clock()))
    );
    assert_eq!(
        told(with_time(Rule::EarlyAppointment)),
        Some(Reason::EarlyAppointment(clock()))
    );
    let overdue = Why {
        waited_min: Some(184),
        max_wait_min: Some(180),
        ..why(Rule::Overdue)
    };
    assert_eq!(told(overdue), Some(Reason::Overdue(180)));
    let turn = Why {
        after: Some(3),
        ..why(Rule::TurnOfOthers)
    };
    assert_eq!(told(turn), Some(Reason::TurnOfOthers(3)));
    let fits = with_time(Rule::FitsBefore);
    assert_eq!(told(fits), Some(Reason::FitsBefore(clock())));
    let shorter = Why {
        overtaken: Some(2),
        ..why(Rule::ShorterFirst)
    };
    assert_eq!(told(shorter), Some(Reason::ShorterFirst(2)));
    assert_eq!(told(why(Rule::Unknown)), None);
    assert_eq!(told(why(Rule::Appointment)), None, "the fact is missing");
}

#[test]
fn a_visit_that_goes_on_counts_the_time_before() {
    let mut visit = ticket("A012", "id-card", "10:11");
    visit.served_secs = 60;
    let Stage::Serving { visit } = Desk::on(Day::open().serving(visit, "10:38")).stage() else {
        panic!("somebody should be served");
    };
    assert_eq!(visit.lasts, "5:00");
}
