//! The replay as a whole: the same again, other rules of the house, and days that cannot end.

use aufruf_engine::{CheckInRule, HouseRules, Office};

use super::super::replay::{Broken, Replay};
use super::super::{Sums, office};
use super::*;

/// The day in an office that differs from the shipped one.
fn replayed_in(script: &Script, change: impl FnOnce(&mut Office)) -> Result<Vec<Line>, Broken> {
    let day = script.day();
    let mut office = office::of(&day, HouseRules::default());
    change(&mut office);
    Replay::new(&day, office).run()
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(Line::to_json).collect()
}

#[test]
fn the_same_day_twice_gives_the_same_lines() {
    let script = Script::new()
        .walk_in("W1", at(8, 0), 30)
        .impatient("W2", at(8, 0), 20)
        .appointment("A1", at(8, 20), Some(at(8, 25)))
        .appointment("A2", at(8, 20), Some(at(8, 25)));
    assert_eq!(text(&script.replayed()), text(&script.replayed()));
}

#[test]
fn a_line_is_written_in_the_words_of_the_result() {
    let lines = Script::new()
        .walk_in("W1", at(10, 0), 10)
        .appointment("A1", at(8, 0), None)
        .replayed();
    assert_eq!(
        text(&lines),
        concat!(
            r#"{"id":"A1","outcome":"no-show","missed_calls":[]}"#,
            r#"{"id":"W1","outcome":"refused","missed_calls":[]}"#,
        )
    );
}

#[test]
fn the_sums_count_calls_in_vain_and_those_who_got_no_ticket() {
    let lines = Script::new()
        .walk_in("W1", at(8, 0), 20)
        .impatient("W2", at(8, 1), 5)
        .walk_in("W3", at(10, 0), 10)
        .replayed();
    let sums = Sums::of(&lines);
    assert_eq!((sums.visitors, sums.calls, sums.refused), (3, 2, 1));
}

#[test]
fn where_nobody_reports_who_is_called_before_coming_waits_until_that_call_is_over() {
    let script = Script::new().appointment("A1", at(8, 10), Some(at(8, 11)));
    let lines = replayed_in(&script, |office| {
        office.queues[0].rules.check_in = CheckInRule::None;
    })
    .expect("a day that ends");
    let in_vain: Vec<_> = of(&lines, "A1")
        .missed_calls
        .iter()
        .map(|call| call.at)
        .collect();
    assert_eq!(in_vain, [at(8, 10)], "at the second that the engine named");
    assert_eq!(of(&lines, "A1").issued_at, Some(at(8, 12)));
    assert_eq!(call(&lines, "A1"), (at(8, 12), "1"));
}

#[test]
fn when_all_tickets_of_the_day_are_gone_a_walk_in_gets_none() {
    let script = Script::new()
        .walk_in("W1", at(8, 0), 10)
        .walk_in("W2", at(8, 1), 10);
    let lines = replayed_in(&script, |office| {
        office.queues[0].rules.contingent = Some(1);
    })
    .expect("a day that ends");
    assert_eq!(of(&lines, "W1").outcome, Outcome::Served);
    assert_eq!(of(&lines, "W2").outcome, Outcome::Refused);
}

#[test]
fn a_refusal_that_no_visitor_should_hear_breaks_the_replay_off() {
    let script = Script::new()
        .walk_in("W1", at(8, 0), 10)
        .walk_in("W2", at(8, 1), 10);
    let broken = replayed_in(&script, |office| office.series[0].to = 1)
        .expect_err("one number for two people");
    let told = broken.to_string();
    assert!(told.contains("at second 28860"), "{told}");
    assert!(told.contains("issue_ticket"), "{told}");
}

#[test]
fn whoever_waits_when_the_overtime_of_the_office_is_over_is_told_as_left_over() {
    let script =
        Script::new()
            .walk_in("W1", at(9, 50), 30)
            .appointment("A1", at(9, 58), Some(at(9, 58)));
    let broken = replayed_in(&script, |office| {
        office.queues[0].rules.overtime_min = Some(10);
    });
    let expected = Broken::LeftOver {
        count: 1,
        first: "A1".to_owned(),
        second: at(10, 20),
    };
    assert_eq!(broken, Err(expected));
}

#[test]
fn a_visit_that_would_run_past_midnight_is_told_as_left_over() {
    let broken = replayed_in(&Script::new().walk_in("W1", at(9, 0), 16 * 60), |_| {});
    assert!(
        matches!(&broken, Err(Broken::LeftOver { count: 1, first, .. }) if first == "W1"),
        "{broken:?}"
    );
}

#[test]
fn who_could_not_be_served_before_the_end_of_overtime_gets_no_ticket_and_nobody_after_that() {
    let script = (0..15).fold(Script::new(), |script, n| {
        script.walk_in(&format!("W{n}"), at(8, n), 12)
    });
    let script = script.walk_in("late", at(9, 30), 12);
    let lines = replayed_in(&script, |office| {
        office.queues[0].rules.overtime_min = Some(0);
    })
    .expect("a day that ends");
    let outcome = |id: &str| of(&lines, id).outcome;
    assert_eq!(outcome("W0"), Outcome::Served);
    assert_eq!(outcome("W8"), Outcome::Served, "there is room for ten");
    assert_eq!(outcome("W14"), Outcome::Refused);
    assert_eq!(outcome("late"), Outcome::Refused, "once sold out, sold out");
    let served = lines.iter().filter(|line| line.outcome == Outcome::Served);
    let last = served.filter_map(|line| line.finished_at).max();
    assert!(last <= Some(at(10, 10)), "{last:?}");
}
