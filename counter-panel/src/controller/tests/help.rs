//! A clerk needs help: asked for, told, accepted, over.

use aufruf_protocol::latest::CounterKey;

use super::super::{Answer, Helper, Key, Notice, Order};
use super::desk::{Desk, refused};
use crate::sample::{Day, counter_4, stale_since, ticket};

fn other() -> CounterKey {
    CounterKey::new("counter-7")
}

#[test]
fn help_is_asked_for_by_one_key_also_while_another_answer_is_awaited() {
    let day = Day::open().serving(ticket("A012", "id-card", "10:11"), "10:38");
    let mut desk = Desk::on(day);
    desk.press(Key::Finish);
    let raised = Order::RaiseEmergency(counter_4());
    assert_eq!(desk.press(Key::Help), Some(raised));
    desk.controller.answered_about_help(&Answer::Done);
    assert_eq!(desk.press(Key::Next), None, "the first is still awaited");
}

#[test]
fn help_that_nobody_heard_is_told_at_once() {
    let mut desk = Desk::on(Day::open());
    desk.press(Key::Help);
    desk.controller.answered_about_help(&Answer::Unreachable);
    assert_eq!(desk.model().notice, Some(Notice::HelpNotAsked));
    let mut desk = Desk::on(Day::open());
    desk.takes(&stale_since("10:41"));
    assert_eq!(desk.press(Key::Help), None);
    assert_eq!(desk.model().notice, Some(Notice::HelpNotAsked));
}

#[test]
fn every_panel_tells_who_needs_help_since_when_and_who_is_on_the_way() {
    let day = Day::open().helping("counter-7", "10:41", "");
    let mut desk = Desk::on(day.helping("counter-4", "10:40", "panel-2"));
    let alarms = desk.model().alarms;
    let told = alarms
        .iter()
        .map(|alarm| (alarm.counter.as_str(), alarm.own));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("Platz 4", true), ("Platz 7", false)]
    );
    assert_eq!(alarms[1].since, "10:41");
    assert_eq!(alarms[0].helper, Some(Helper::Device("panel-2".to_owned())));
    assert_eq!(alarms[1].helper, None);
}

#[test]
fn one_goes_to_help_and_says_that_it_is_over() {
    let day = Day::open().helping("counter-7", "10:41", "");
    let mut desk = Desk::on(day);
    let coming = Some(Order::AcceptEmergency(other()));
    assert_eq!(desk.controller.come(None), coming);
    assert_eq!(desk.controller.come(Some(0)), coming);
    desk.shows(Day::open().helping("counter-7", "10:41", "panel-4"));
    assert_eq!(desk.model().alarms[0].helper, Some(Helper::Here));
    assert_eq!(desk.controller.come(None), None);
    let over = Some(Order::EndEmergency(other()));
    assert_eq!(desk.controller.end_help(None), over);
}

#[test]
fn the_own_call_is_never_accepted_and_ends_before_others() {
    let day = Day::open().helping("counter-7", "10:40", "panel-2");
    let desk = Desk::on(day.helping("counter-4", "10:41", ""));
    assert_eq!(desk.controller.come(None), None);
    let over = Some(Order::EndEmergency(counter_4()));
    assert_eq!(desk.controller.end_help(None), over);
}

#[test]
fn somebody_else_who_said_first_that_it_is_over_is_no_news() {
    let mut desk = Desk::on(Day::open().helping("counter-7", "10:41", ""));
    desk.controller.end_help(None);
    let answer = refused(409, "no_emergency");
    desk.controller.answered_about_help(&answer);
    assert_eq!(desk.model().notice, None);
}
