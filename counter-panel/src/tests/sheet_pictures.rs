//! How the sheets, the other lists and a call for help look, with long texts.

use aufruf_protocol::latest::{
    CounterMode, Need, Problem, Rule, Target, TicketNote, TicketRow, Why,
};
use slint::platform::Key;

use super::stand::Stand;
use crate::controller::Answer;
use crate::sample::{Day, Told, at, busy_line, ticket, why};

fn visit() -> TicketRow {
    ticket("A012", "id-card", "10:11")
        .also_for("register")
        .also_for("certificate")
        .people(3)
        .speaking("ar")
        .needing(&[Need::InductionLoop])
        .agreed_for("10:15")
        .promised("10:35", "10:45")
        .because(Why {
            at: Some(at("10:15")),
            ..why(Rule::Appointment)
        })
}

fn serving() -> Day {
    let day = Day::open().serving(visit(), "10:38");
    with_all(day)
}

/// Every list has somebody, and other counters are as they may be.
fn with_all(day: Day) -> Day {
    let mut line = busy_line();
    line.push(
        ticket("A008", "passport", "10:05")
            .away_until("10:55")
            .also_for("register"),
    );
    line.push(
        ticket("T101", "register", "10:30")
            .agreed_for("10:45")
            .people(4)
            .promised("10:45", "10:50"),
    );
    line.push(ticket("A006", "id-card", "10:10").only_for(Target::Clerk {
        clerk: "Kim Yıldırım-Oberländer".to_owned(),
    }));
    line.push(
        ticket("T102", "register", "10:30")
            .booked_for("11:00")
            .people(2),
    );
    line.push(ticket("T103", "certificate", "10:30").booked_for("10:30"));
    line.push(ticket("A003", "passport", "09:20").parked("10:02"));
    line.push(ticket("B201", "register", "09:10").fetching("09:40"));
    day.with(line)
        .counter_of("counter-2", CounterMode::Open, "Kim Yıldırım-Oberländer")
        .counter_of("counter-5", CounterMode::Paused, "Alex Winter")
        .counter_of("counter-7", CounterMode::Closed, "")
        .finished(41)
}

fn free() -> Day {
    with_all(Day::open())
}

#[test]
fn more_in_german() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.presses(Key::DownArrow);
    stand.looks_like("more-de");
}

#[test]
fn more_in_english() {
    let stand = Stand::on("en", serving());
    stand.presses(Key::F1);
    stand.looks_like("more-en");
}

#[test]
fn more_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::F1);
    stand.presses(Key::DownArrow);
    stand.looks_like("more-ar");
}

#[test]
fn a_visit_and_a_long_line_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::DownArrow);
    stand.looks_like("serving-ar");
}

#[test]
fn how_a_visit_ends_in_german() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.presses("1");
    stand.looks_like("finish-de");
}

#[test]
fn how_a_visit_ends_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::F1);
    stand.presses("1");
    stand.presses("+");
    stand.looks_like("finish-ar");
}

#[test]
fn where_a_visit_is_sent() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.presses("4");
    stand.looks_like("send-on-de");
}

#[test]
fn a_note_for_the_colleague_is_written() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.presses("4");
    stand.presses("5");
    stand.settles();
    stand.types("Verlustanzeige liegt vor");
    stand.looks_like("letter-de");
}

#[test]
fn a_note_that_came_with_the_visit() {
    let stand = Stand::on("en", serving());
    stand.presses(Key::F1);
    stand.presses("5");
    stand.panel.answered(Answer::Note(TicketNote {
        note: "Report of loss is there; photo is missing. Please look at the old passport first."
            .to_owned(),
        written_at: at("10:21"),
    }));
    stand.looks_like("note-en");
}

#[test]
fn one_who_waits_has_a_menu() {
    let stand = Stand::on("de", free());
    stand.presses(Key::DownArrow);
    stand.presses(Key::Return);
    stand.looks_like("row-de");
}

#[test]
fn for_how_long_one_is_away() {
    let stand = Stand::on("de", free());
    stand.presses(Key::DownArrow);
    stand.presses(Key::DownArrow);
    stand.presses(Key::Return);
    stand.presses("2");
    stand.looks_like("minutes-de");
}

#[test]
fn a_number_is_cancelled_only_after_it_was_asked_for() {
    let stand = Stand::on("de", free());
    stand.presses(Key::DownArrow);
    stand.presses(Key::DownArrow);
    stand.presses(Key::Return);
    stand.presses("5");
    stand.looks_like("cancel-de");
}

#[test]
fn closing_with_a_visit_names_what_will_happen() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F2);
    stand.looks_like("close-de");
}

#[test]
fn queues_are_locked_and_unlocked() {
    let day = serving().locked("move", "Meldewesen erst wieder ab 14:00", "10:30");
    let stand = Stand::on("de", day);
    stand.presses(Key::F1);
    stand.presses("8");
    stand.looks_like("locks-de");
}

#[test]
fn the_appointments_that_are_not_here_yet() {
    let day = free().locked("move", "Meldewesen erst wieder ab 14:00", "10:30");
    let stand = Stand::on("de", day.locked("papers", "geschlossen", "10:31"));
    stand.presses(Key::F3);
    stand.presses(Key::DownArrow);
    stand.looks_like("booked-de");
}

#[test]
fn the_parked_and_those_who_fetch_in_german() {
    let stand = Stand::on("de", free());
    stand.presses(Key::F3);
    stand.presses(Key::F3);
    stand.presses(Key::DownArrow);
    stand.looks_like("parked-de");
}

#[test]
fn the_parked_and_those_who_fetch_in_arabic() {
    let stand = Stand::on("ar", free());
    stand.presses(Key::F3);
    stand.presses(Key::F3);
    stand.presses(Key::DownArrow);
    stand.looks_like("parked-ar");
}

#[test]
fn a_break_in_german() {
    Stand::on("de", free().paused()).looks_like("break-de");
}

#[test]
fn clerks_need_help_in_german() {
    let day = serving().helping("counter-7", "10:41", "");
    let stand = Stand::on("de", day.helping("counter-5", "10:42", "panel-2"));
    stand.looks_like("help-de");
}

#[test]
fn a_clerk_needs_help_in_arabic_on_a_small_screen() {
    let stand = Stand::on("ar", serving().helping("counter-7", "10:41", ""));
    stand.looks_like_at("help-small-ar", 1024, 700);
}

#[test]
fn this_clerk_asked_for_help() {
    let stand = Stand::on("en", serving().helping("counter-4", "10:41", "panel-2"));
    stand.looks_like("own-help-en");
}

#[test]
fn a_step_can_be_taken_back() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F11);
    let mut row = visit();
    row.state = aufruf_protocol::latest::TicketState::Waiting;
    row.services.drain(..2);
    stand.panel.answered(Answer::Visit(Box::new(row)));
    stand.shows(free());
    stand.looks_like("take-back-de");
}

#[test]
fn more_on_a_small_screen() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.looks_like_at("more-small-de", 1024, 700);
}

#[test]
fn a_note_for_the_colleague_is_written_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::F1);
    stand.presses("4");
    stand.presses("6");
    stand.settles();
    stand.types("\u{627}\u{644}\u{635}\u{648}\u{631}\u{629}");
    stand.looks_like("letter-ar");
}

#[test]
fn one_who_waits_has_a_menu_in_arabic() {
    let stand = Stand::on("ar", free());
    stand.presses(Key::DownArrow);
    stand.presses(Key::Return);
    stand.looks_like("row-ar");
}

#[test]
fn closing_with_a_visit_is_asked_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::F2);
    stand.looks_like("close-ar");
}

#[test]
fn queues_are_locked_in_english() {
    let day = serving().locked("move", "Registration from 14:00 on", "10:30");
    let stand = Stand::on("en", day);
    stand.presses(Key::F1);
    stand.presses("8");
    stand.looks_like("locks-en");
}

#[test]
fn the_parked_in_english_with_queues_locked() {
    let day = free().locked("papers", "closed", "10:31");
    let stand = Stand::on("en", day);
    stand.presses(Key::F3);
    stand.presses(Key::F3);
    stand.presses(Key::DownArrow);
    stand.looks_like("parked-en");
}

#[test]
fn the_longest_refusal_in_arabic() {
    let stand = Stand::on("ar", serving());
    stand.presses(Key::F11);
    let problem = Problem::new(503, "store_unavailable", "Not now", "in English");
    stand.panel.answered(Answer::Refused(problem));
    stand.looks_like_at("not-saved-small-ar", 1024, 700);
}

#[test]
fn the_clerk_of_this_panel_stands_in_the_head_bar() {
    Stand::served_by("Kim Yıldırım", "de", serving()).looks_like("clerk-de");
}

#[test]
fn a_clerk_with_the_longest_name_on_a_small_screen() {
    let name = "Dr. Kim Yıldırım-Oberländer-Hohenstein-X";
    let stand = Stand::served_by(name, "en", serving());
    stand.looks_like_at("clerk-small-en", 1024, 700);
}

#[test]
fn a_panel_whose_clerk_has_gone_over_says_where_the_visit_is() {
    let stand = Stand::on("de", serving());
    stand.presses(Key::F1);
    stand.presses("7");
    stand.presses("1");
    stand.done();
    stand.shows(with_all(Day::closed()));
    stand.looks_like("went-over-de");
}
