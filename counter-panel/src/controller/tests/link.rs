//! The server away and back again.

use super::super::{Answer, Key, LinkModel, Notice, Sight, Stage};
use super::desk::Desk;
use crate::sample::{Day, live, stale_since, ticket, welcome, welcome_as};
use aufruf_protocol::latest::Role;

fn called() -> Day {
    Day::open().called(ticket("A012", "id-card", "10:11"), "10:41:42")
}

#[test]
fn before_the_server_answers_the_panel_says_that_it_connects() {
    let mut desk = Desk::unconnected();
    assert_eq!(desk.stage(), Stage::Unknown);
    assert_eq!(desk.model().link, LinkModel::Connecting);
    assert_eq!(desk.model().offered, []);
    assert_eq!(desk.press(Key::Door), None);
}

#[test]
fn a_token_of_another_kind_of_device_is_told() {
    let mut desk = Desk::unconnected();
    desk.takes(&live()).takes(&welcome_as(Role::Kiosk));
    assert_eq!(desk.stage(), Stage::NotAPanel);
}

#[test]
fn while_the_server_is_away_the_last_list_stays_and_no_key_is_offered() {
    let mut desk = Desk::on(called().with([ticket("A013", "passport", "10:14")]));
    desk.takes(&stale_since("10:41"));
    let model = desk.model();
    let away = LinkModel::Away {
        since: "10:41".to_owned(),
    };
    assert_eq!(model.link, away);
    assert_eq!(model.offered, []);
    assert_eq!(model.line.rows.len(), 1);
    assert!(matches!(model.stage, Stage::Called { .. }));
    for key in Key::ALL {
        assert_eq!(desk.press(key), None, "{key:?}");
    }
}

#[test]
fn a_press_during_the_outage_is_not_done_later() {
    let mut desk = Desk::on(called());
    desk.takes(&stale_since("10:41"));
    assert_eq!(desk.press(Key::Start), None);
    desk.takes(&live());
    assert_eq!(desk.model().awaiting, None);
    assert!(desk.model().offered.contains(&Key::Start));
}

#[test]
fn an_order_without_an_answer_is_told_and_not_sent_again() {
    let mut desk = Desk::on(called());
    assert!(desk.press(Key::Start).is_some());
    desk.takes(&stale_since("10:41"));
    desk.controller.answered(Answer::Unreachable);
    assert_eq!(desk.model().notice, Some(Notice::NotConfirmed));
    desk.takes(&live()).waits_secs(60);
    let model = desk.model();
    assert_eq!(model.notice, Some(Notice::NotConfirmed));
    assert_eq!(model.awaiting, None);
}

#[test]
fn a_panel_or_a_server_that_starts_again_shows_the_running_visit() {
    let mut desk = Desk::unconnected();
    desk.takes(&live()).takes(&welcome());
    assert_eq!(desk.stage(), Stage::Unknown);
    desk.shows(called());
    assert!(matches!(desk.stage(), Stage::Called { .. }));
}

#[test]
fn the_stopwatch_follows_the_servers_clock() {
    let mut desk = Desk::on(called());
    desk.server_tells("10:43");
    let Stage::Called { visit, .. } = desk.stage() else {
        panic!("somebody should be called");
    };
    assert_eq!(visit.lasts, "1:18");
    assert_eq!(desk.model().header.clock, "10:43");
}

#[test]
fn setting_the_devices_clock_back_stops_no_stopwatch_and_no_warning() {
    let mut desk = Desk::on(called());
    desk.clock_is_set_to("09:42").waits_secs(3);
    let Stage::Called { visit, sight } = desk.stage() else {
        panic!("somebody should be called");
    };
    assert_eq!(visit.lasts, "0:21");
    assert_eq!(sight, Sight::Nowhere);
    assert_eq!(desk.model().header.clock, "10:42");

    desk.press(Key::Again);
    desk.clock_is_set_to("08:00").waits_secs(1);
    assert_eq!(desk.model().awaiting, Some(Key::Again));
}
