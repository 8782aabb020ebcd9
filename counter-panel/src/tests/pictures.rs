//! How the panel looks at every stage.

use aufruf_protocol::latest::{
    Need, Nobody, NobodyReason, PrintOutcome, Problem, Rule, TicketRow, Why,
};
use slint::platform::Key;

use super::stand::Stand;
use crate::controller::Answer;
use crate::sample::{Day, Told, at, busy_line, stale_since, ticket, ticket_id, why};

fn visit() -> TicketRow {
    ticket("A012", "id-card", "10:11")
        .speaking("tr")
        .needing(&[Need::InductionLoop])
        .promised("10:35", "10:45")
}

fn called() -> Day {
    let day = Day::open().called(visit(), "10:41:42").seen_on(1, 1);
    day.with(busy_line()).finished(41)
}

fn serving() -> Day {
    let day = Day::open().serving(visit(), "10:38");
    day.with(busy_line()).finished(41)
}

fn free() -> Day {
    Day::open().with(busy_line()).finished(41)
}

#[test]
fn a_called_person_in_german() {
    Stand::on("de", called()).looks_like("called-de");
}

#[test]
fn a_called_person_in_english() {
    Stand::on("en", called()).looks_like("called-en");
}

#[test]
fn a_called_person_on_a_small_screen() {
    Stand::on("de", called()).looks_like_at("called-small-de", 1024, 700);
}

#[test]
fn a_call_that_no_display_shows() {
    let mut again = visit();
    again.calls = 2;
    let day = Day::open().called(again, "10:41:42").with(busy_line());
    let stand = Stand::on("de", day);
    stand.waits_secs(3);
    stand.looks_like("unseen-de");
}

#[test]
fn a_person_being_served_in_german() {
    Stand::on("de", serving()).looks_like("serving-de");
}

#[test]
fn a_free_counter_with_a_marked_number() {
    let stand = Stand::on("de", free());
    stand.presses(Key::DownArrow);
    stand.presses(Key::DownArrow);
    stand.looks_like("free-de");
}

#[test]
fn nobody_is_waiting() {
    let stand = Stand::on("de", Day::open());
    stand.presses(Key::F9);
    stand.panel.answered(Answer::Nobody(Nobody {
        reason: NobodyReason::NobodyWaiting,
        ticket: None,
        until: None,
    }));
    stand.looks_like("nobody-de");
}

/// *Next* while the counter is kept free for A030, who is expected any moment.
fn held(language: &str) -> Stand {
    let agreed = ticket("A030", "id-card", "10:11").booked_for("10:44");
    let day = Day::open().with(busy_line()).with([agreed]).finished(41);
    let stand = Stand::on(language, day);
    stand.presses(Key::F9);
    stand.panel.answered(Answer::Nobody(Nobody {
        reason: NobodyReason::Held,
        ticket: Some(ticket_id("A030")),
        until: Some(at("10:44")),
    }));
    stand
}

#[test]
fn a_counter_that_is_kept_free_on_a_small_screen() {
    held("de").looks_like_at("held-small-de", 1024, 700);
}

#[test]
fn a_counter_that_is_kept_free_in_english() {
    held("en").looks_like("held-en");
}

#[test]
fn a_counter_that_is_kept_free_in_arabic() {
    held("ar").looks_like("held-ar");
}

/// A012 was called for this reason.
fn called_because(language: &str, why: Why) -> Stand {
    let day = Day::open().called(visit().because(why), "10:41:42");
    Stand::on(language, day.seen_on(1, 1).with(busy_line()))
}

#[test]
fn a_visit_that_is_over_soon_says_that_others_waited_longer() {
    let why = Why {
        overtaken: Some(3),
        ..why(Rule::ShorterFirst)
    };
    called_because("de", why).looks_like("shorter-first-de");
}

#[test]
fn a_visit_that_fits_before_an_appointment_says_before_which() {
    let why = Why {
        at: Some(at("10:50")),
        ..why(Rule::FitsBefore)
    };
    called_because("ar", why).looks_like("fits-before-ar");
}

#[test]
fn those_who_did_not_come() {
    let stand = Stand::on("de", free());
    stand.presses(Key::LeftArrow);
    stand.presses(Key::DownArrow);
    stand.looks_like("missed-de");
}

#[test]
fn a_closed_counter_in_german() {
    Stand::on("de", Day::closed().with(busy_line())).looks_like("closed-de");
}

#[test]
fn a_closed_counter_in_english() {
    Stand::on("en", Day::closed().with(busy_line())).looks_like("closed-en");
}

#[test]
fn the_server_is_away_in_german() {
    let stand = Stand::on("de", called());
    stand.takes(&stale_since("10:41"));
    stand.looks_like("away-de");
}

#[test]
fn the_server_is_away_in_english() {
    let stand = Stand::on("en", called());
    stand.takes(&stale_since("10:41"));
    stand.looks_like("away-en");
}

#[test]
fn before_the_server_answers() {
    Stand::unconnected("de").looks_like("connecting-de");
}

#[test]
fn the_focus_is_seen() {
    let stand = Stand::on("de", called());
    stand.presses(Key::Tab);
    stand.presses(Key::Tab);
    stand.looks_like("focus-de");
}

#[test]
fn a_long_notice_on_a_small_screen() {
    let day = Day::open().called(visit(), "10:41:42").with(busy_line());
    let stand = Stand::on("de", day);
    stand.waits_secs(3);
    stand.presses(Key::F9);
    stand.looks_like_at("notice-small-de", 1024, 700);
}

/// A printer without paper, and the tickets it left people without.
fn troubled(day: Day) -> Day {
    day.unprinted("A012", PrintOutcome::Failed)
        .unprinted("B208", PrintOutcome::Failed)
        .unprinted("A016", PrintOutcome::Doubtful)
        .faulty("printer-1", &["no paper"])
}

#[test]
fn a_call_that_nobody_hears_and_a_printer_without_paper_in_german() {
    let day = Day::open().called(visit(), "10:41:42");
    let day = day.painted_in_silence(1, 1).with(busy_line());
    let stand = Stand::on("de", troubled(day).finished(41));
    stand.waits_secs(20);
    stand.looks_like("troubled-de");
}

#[test]
fn several_faulty_devices_on_a_small_screen() {
    let day = Day::open().called(visit(), "10:41:42");
    let day = day.painted_in_silence(1, 2).with(busy_line());
    let day = day.faulty("display-1", &["sound: the device is not available"]);
    let stand = Stand::on("de", troubled(day).finished(41));
    stand.waits_secs(20);
    stand.looks_like_at("troubled-small-de", 1024, 700);
}

#[test]
fn a_visit_without_paper_and_two_faulty_devices_in_english() {
    let day = serving().unprinted("A013", PrintOutcome::Doubtful);
    let day = day.faulty("display-1", &["sound: no card"]);
    Stand::on("en", troubled(day)).looks_like("troubled-en");
}

#[test]
fn a_server_that_cannot_save_says_that_nothing_was_done() {
    let stand = Stand::on("de", called());
    stand.presses(Key::F10);
    let problem = Problem::new(503, "store_unavailable", "Not now", "in English");
    stand.panel.answered(Answer::Refused(problem));
    stand.looks_like_at("not-saved-small-de", 1024, 700);
}
