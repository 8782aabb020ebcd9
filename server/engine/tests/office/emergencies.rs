//! A clerk needs help: raised, accepted, ended; and never in the way of the work.

use aufruf_engine::{Actor, Command, CounterKey};

use crate::common::{TestOffice, go_over, house_with, names, use_office};

fn raise(counter: &str) -> Command {
    Command::RaiseEmergency {
        counter: CounterKey::new(counter),
    }
}

fn accept(counter: &str) -> Command {
    Command::AcceptEmergency {
        counter: CounterKey::new(counter),
    }
}

fn end(counter: &str) -> Command {
    Command::EndEmergency {
        counter: CounterKey::new(counter),
    }
}

/// What the command does at a counter where the emergency stands like this.
#[track_caller]
fn table(command: fn(&str) -> Command, expected: &[(&str, &str)]) {
    for (standing, outcome) in expected {
        let mut office = TestOffice::opens();
        let steps: &[Command] = match *standing {
            "none" => &[],
            "raised" => &[raise("counter-1")],
            "accepted" => &[raise("counter-1"), accept("counter-1")],
            "ended" => &[raise("counter-1"), end("counter-1")],
            other => unreachable!("no emergency is {other}"),
        };
        for step in steps {
            office.does(step.clone());
        }
        let seen = match office.tries(command("counter-1")) {
            Ok(events) => names(&events),
            Err(refusal) => format!("- {}", refusal.code()),
        };
        assert_eq!(&seen, outcome, "when {standing}");
        assert_eq!(office.refuses_with(command("?")), "counter_unknown");
    }
}

#[test]
fn help_is_asked_for_once_however_often_the_key_is_pressed() {
    table(
        raise,
        &[
            ("none", "emergency_raised"),
            ("raised", "nothing"),
            ("accepted", "nothing"),
            ("ended", "emergency_raised"),
        ],
    );
}

#[test]
fn the_first_who_accepts_is_on_the_way() {
    table(
        accept,
        &[
            ("none", "- no_emergency"),
            ("raised", "emergency_accepted"),
            ("accepted", "nothing"),
            ("ended", "- no_emergency"),
        ],
    );
}

#[test]
fn an_emergency_can_be_ended_from_every_standing() {
    table(
        end,
        &[
            ("none", "- no_emergency"),
            ("raised", "emergency_ended"),
            ("accepted", "emergency_ended"),
            ("ended", "- no_emergency"),
        ],
    );
}

#[test]
fn who_asked_and_who_comes_are_known() {
    let mut office = TestOffice::opens();
    let raised_at = office.now();
    let by = |office: &mut TestOffice, who: &str, command: Command| {
        office.tries_by(who, command).expect("it is done");
    };
    by(&mut office, "panel-1", raise("counter-1"));
    by(&mut office, "panel-4", raise("counter-1"));
    office.minutes_pass(1);
    by(&mut office, "panel-2", accept("counter-1"));
    by(&mut office, "panel-3", accept("counter-1"));
    let emergency = &office.state.emergencies()[&CounterKey::new("counter-1")];
    assert_eq!(emergency.raised_by, Actor::new("panel-1"));
    assert_eq!(emergency.raised_at, raised_at);
    assert_eq!(
        emergency.accepted,
        Some((Actor::new("panel-2"), office.now()))
    );
}

#[test]
fn several_counters_can_need_help_at_once_and_each_is_ended_for_itself() {
    let mut office = TestOffice::opens();
    office.does(raise("counter-1"));
    office.does(raise("counter-2"));
    office.does(end("counter-1"));
    let left: Vec<&str> = office
        .state
        .emergencies()
        .keys()
        .map(CounterKey::as_str)
        .collect();
    assert_eq!(left, ["counter-2"]);
}

#[test]
fn an_emergency_leaves_visit_line_and_counter_as_they_are() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.serves(ticket, "counter-1");
    let (visit, counter) = (office.is(ticket), office.counter("counter-1").clone());
    office.does(raise("counter-1"));
    office.does(end("counter-1"));
    assert_eq!(
        (office.is(ticket), office.counter("counter-1")),
        (visit, &counter)
    );
    assert_eq!(office.line("ids"), ["A002"]);
}

#[test]
fn a_counter_whose_clerk_needs_help_cannot_be_taken_away() {
    let mut office = TestOffice::opens();
    office.does(raise("counter-1"));
    let without = house_with(|office| {
        let gone = office.counters.remove(0);
        office.counters[0].skills.extend(gone.skills);
    });
    assert_eq!(
        office.refuses_with(use_office(without.clone())),
        "still_in_use"
    );
    office.does(end("counter-1"));
    office.uses(without);
}

#[test]
fn help_follows_the_clerk_to_another_counter() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.does(raise("counter-1"));
    office.does(go_over("counter-1", "counter-4"));
    let counters: Vec<&str> = office
        .state
        .emergencies()
        .keys()
        .map(aufruf_engine::CounterKey::as_str)
        .collect();
    assert_eq!(counters, ["counter-4"]);
}
