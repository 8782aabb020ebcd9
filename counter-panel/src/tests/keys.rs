//! The keyboard alone is enough, and a held key is one press.

use aufruf_client::TicketAction;
use aufruf_protocol::latest::{CounterKey, CounterMode, Target, TransferTicket};
use slint::platform::Key;

use super::stand::Stand;
use crate::controller::Order;
use crate::sample::{Day, Told, counter_4, stale_since, ticket, ticket_id};

fn visit() -> aufruf_protocol::latest::TicketRow {
    ticket("A012", "id-card", "10:11")
}

fn opens_counter_4() -> Order {
    Order::OpenCounter {
        counter: counter_4(),
        clerk: None,
    }
}

fn act(number: &str, action: TicketAction) -> Vec<Order> {
    vec![Order::Act(ticket_id(number), action)]
}

#[test]
fn one_visit_goes_through_by_keys_alone() {
    let stand = Stand::on("de", Day::closed());
    stand.presses(Key::F2);
    assert_eq!(stand.orders(), [opens_counter_4()]);
    stand.done();

    stand.shows(Day::open().with([visit()]));
    stand.presses(Key::F9);
    assert_eq!(stand.orders(), [Order::CallNext(counter_4())]);
    stand.done();

    stand.shows(Day::open().called(visit(), "10:42"));
    stand.presses(Key::F8);
    assert_eq!(stand.orders(), act("A012", TicketAction::Recall));
    stand.done();
    stand.presses(Key::F10);
    assert_eq!(stand.orders(), act("A012", TicketAction::Start));
    stand.done();

    stand.shows(Day::open().serving(visit(), "10:42"));
    stand.presses(Key::F11);
    assert_eq!(stand.orders(), act("A012", TicketAction::Finish));
    stand.done();

    stand.shows(Day::open());
    stand.presses(Key::F2);
    assert_eq!(stand.orders(), [Order::CloseCounter(counter_4())]);
}

#[test]
fn a_person_who_did_not_come_is_told_or_put_back_by_one_key() {
    let stand = on_called();
    for (key, action) in [
        (Key::F7, TicketAction::Miss),
        (Key::F5, TicketAction::Requeue),
    ] {
        stand.presses(key);
        assert_eq!(stand.orders(), act("A012", action));
        stand.done();
    }
}

fn on_called() -> Stand {
    Stand::on("de", Day::open().called(visit(), "10:41"))
}

#[test]
fn a_held_key_is_one_command_also_when_the_answer_comes_meanwhile() {
    let stand = Stand::on("de", Day::open().with([visit()]));
    stand.holds(Key::F9);
    assert_eq!(stand.orders().len(), 1);
    stand.done();
    stand.holds(Key::F9);
    assert_eq!(stand.orders().len(), 1);
}

#[test]
fn the_big_key_is_pressed_by_enter_and_held_it_is_one_command() {
    let stand = on_called();
    stand.presses(Key::Tab);
    stand.holds(Key::Return);
    assert_eq!(stand.orders(), act("A012", TicketAction::Start));
}

#[test]
fn after_a_button_was_used_the_keys_go_on_working() {
    let stand = Stand::on("de", Day::closed());
    stand
        .labelled("Platz öffnen")
        .invoke_accessible_default_action();
    assert_eq!(stand.orders(), [opens_counter_4()]);
    stand.done();
    stand.presses(Key::Tab);
    stand.shows(Day::open());
    i_slint_backend_testing::mock_elapsed_time(std::time::Duration::from_millis(50));
    stand.presses(Key::F9);
    assert_eq!(stand.orders(), [Order::CallNext(counter_4())]);
}

#[test]
fn keys_with_a_modifier_belong_to_other_programs() {
    let stand = Stand::on("de", Day::open().with([visit()]));
    stand.presses_with(Key::Alt, Key::F9);
    assert_eq!(stand.orders(), []);
}

#[test]
fn the_marked_missed_person_is_lined_up_by_keys_alone() {
    let stand = Stand::on("de", Day::open().with([visit().missed("10:30")]));
    stand.presses(Key::LeftArrow);
    stand.presses(Key::DownArrow);
    stand.presses(Key::F4);
    assert_eq!(stand.orders(), act("A012", TicketAction::Requeue));
}

#[test]
fn the_marked_waiting_person_is_called_by_keys_alone() {
    let stand = Stand::on("de", Day::open().with([visit()]));
    stand.presses(Key::DownArrow);
    stand.presses(Key::F6);
    assert_eq!(stand.orders(), act("A012", TicketAction::Call(counter_4())));
}

#[test]
fn while_the_server_is_away_no_button_is_enabled() {
    let stand = on_called();
    assert_eq!(
        stand.labelled("Erschienen, beginnen").accessible_enabled(),
        Some(true)
    );
    stand.takes(&stale_since("10:41"));
    for label in [
        "Erschienen, beginnen",
        "Noch einmal rufen",
        "Nicht erschienen",
        "Fertig",
    ] {
        assert_eq!(
            stand.labelled(label).accessible_enabled(),
            Some(false),
            "{label}"
        );
    }
    stand.presses(Key::F10);
    assert_eq!(stand.orders(), []);
}

#[test]
fn a_thousand_people_are_shown_as_those_in_sight() {
    let many = (0..1000).map(|n| {
        let mut row = ticket(&format!("A{n:03}"), "id-card", "10:11");
        row.place.seq += n;
        row
    });
    let stand = Stand::on("de", Day::open().with(many));
    stand.looks_like_at("thousand-de", 1280, 800);
    let drawn =
        i_slint_backend_testing::ElementHandle::find_by_element_type_name(&stand.app, "LineRow");
    assert!(drawn.count() < 40);
}

#[test]
fn marking_a_number_enables_the_button_that_calls_it() {
    let stand = Stand::on("de", Day::open().with([visit()]));
    assert_eq!(
        stand
            .labelled("Markierte Nummer aufrufen")
            .accessible_enabled(),
        Some(false)
    );
    stand.presses(Key::DownArrow);
    assert_eq!(
        stand.labelled("A012 aufrufen").accessible_enabled(),
        Some(true)
    );
}

#[test]
fn the_keys_reach_the_end_of_a_long_list() {
    let stand = Stand::on("de", Day::open().with(crate::sample::busy_line()));
    for _ in 0..3 {
        stand.presses(Key::PageDown);
    }
    assert_eq!(
        stand.labelled("A028 aufrufen").accessible_enabled(),
        Some(true)
    );
    stand.looks_like("end-of-list-de");
    stand.presses(Key::F6);
    assert_eq!(stand.orders(), act("A028", TicketAction::Call(counter_4())));
}

#[test]
fn figures_choose_in_a_sheet_and_escape_leaves_it() {
    let stand = Stand::on("de", Day::open().serving(visit(), "10:38"));
    stand.presses(Key::F1);
    stand.presses("2");
    assert_eq!(stand.orders(), act("A012", TicketAction::Park));
    stand.done();
    stand.presses(Key::F1);
    stand.presses(Key::Escape);
    stand.presses("2");
    assert_eq!(stand.orders(), []);
}

#[test]
fn an_item_of_a_sheet_is_chosen_by_a_click_too() {
    let stand = Stand::on("de", Day::open().serving(visit(), "10:38"));
    stand.labelled("Mehr").invoke_accessible_default_action();
    stand.settles();
    stand
        .labelled("Parken, geht später weiter")
        .invoke_accessible_default_action();
    assert_eq!(stand.orders(), act("A012", TicketAction::Park));
}

#[test]
fn a_note_is_written_and_sent_by_the_keyboard_alone() {
    let day = Day::open().serving(visit(), "10:38");
    let day = day.counter_of("counter-2", CounterMode::Open, "Kim");
    let stand = Stand::on("de", day);
    stand.presses(Key::F1);
    stand.presses("4");
    stand.presses("4");
    stand.settles();
    stand.types("Foto 2 fehlt");
    stand.holds(Key::Return);
    let transfer = TransferTicket {
        target: Target::Counter {
            counter: CounterKey::new("counter-2"),
        },
        note: Some("Foto 2 fehlt".to_owned()),
    };
    assert_eq!(
        stand.orders(),
        act("A012", TicketAction::Transfer(transfer))
    );
    stand.done();
    stand.settles();
    stand.presses(Key::F11);
    assert_eq!(stand.orders(), act("A012", TicketAction::Finish));
}

#[test]
fn enter_opens_all_else_for_the_marked_person() {
    let stand = Stand::on("de", Day::open().with([visit()]));
    stand.presses(Key::DownArrow);
    stand.presses(Key::Return);
    stand.presses("3");
    stand.presses("1");
    assert_eq!(stand.orders(), act("A012", TicketAction::Pause(5)));
}

#[test]
fn the_last_step_is_taken_back_by_one_key() {
    let stand = Stand::on("de", Day::open().serving(visit(), "10:38"));
    stand.presses(Key::F11);
    assert_eq!(stand.orders(), act("A012", TicketAction::Finish));
    stand.done();
    stand.presses(Key::Backspace);
    assert_eq!(stand.orders(), act("A012", TicketAction::Undo));
}

#[test]
fn help_is_asked_for_accepted_and_ended_by_keys_also_from_a_sheet() {
    let stand = Stand::on("de", Day::open().helping("counter-7", "10:41", ""));
    stand.presses(Key::F1);
    stand.presses_with(Key::Shift, Key::F12);
    assert_eq!(stand.orders(), [Order::RaiseEmergency(counter_4())]);
    let other = CounterKey::new("counter-7");
    stand.presses(Key::F12);
    assert_eq!(stand.orders(), [Order::AcceptEmergency(other.clone())]);
    stand.presses_with(Key::Shift, Key::F11);
    assert_eq!(stand.orders(), [Order::EndEmergency(other)]);
}

#[test]
fn in_arabic_the_arrows_turn_the_lists_the_way_they_are_read() {
    let stand = Stand::on("ar", Day::open().with([visit().missed("10:30")]));
    stand.presses(Key::RightArrow);
    stand.presses(Key::DownArrow);
    stand.presses(Key::F4);
    assert_eq!(stand.orders(), act("A012", TicketAction::Requeue));
}
