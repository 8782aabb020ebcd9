//! Who comes before whom.

use aufruf_engine::Command;

use crate::common::{TestOffice, call, finish};

#[test]
fn who_came_first_is_called_first() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let came: Vec<_> = (0..3).map(|_| office.takes(&["id-card"])).collect();
    for expected in came {
        let called = office.next("counter-1");
        assert_eq!(called, expected);
        office.does(finish(called));
    }
}

#[test]
fn a_counter_of_several_queues_calls_who_came_first_in_the_house() {
    let mut office = TestOffice::with_counters(&["counter-3"]);
    let came = [
        office.takes(&["birth"]),
        office.takes(&["pick-up"]),
        office.takes(&["move"]),
        office.takes(&["birth"]),
    ];
    for expected in came {
        let called = office.next("counter-3");
        assert_eq!(called, expected);
        office.does(finish(called));
    }
}

#[test]
fn whom_a_counter_cannot_serve_keeps_the_place_for_a_counter_that_can() {
    let mut office = TestOffice::with_counters(&["counter-2", "counter-1"]);
    let passport = office.takes(&["passport"]);
    let id_card = office.takes(&["id-card"]);
    assert_eq!(office.next("counter-2"), id_card);
    assert_eq!(office.next("counter-1"), passport);
}

#[test]
fn several_services_wait_for_an_open_counter_that_offers_all_of_them() {
    let mut office = TestOffice::with_counters(&["counter-2", "counter-1"]);
    let both = office.takes(&["id-card", "passport"]);
    let one = office.takes(&["id-card"]);
    assert_eq!(office.next("counter-2"), one);
    assert_eq!(office.next("counter-1"), both);
}

#[test]
fn two_clerks_who_press_next_at_once_get_two_people() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let (first, second) = (office.takes(&["id-card"]), office.takes(&["id-card"]));
    assert_eq!(office.next("counter-1"), first);
    assert_eq!(office.next("counter-2"), second);
}

#[test]
fn called_by_mistake_one_gets_the_old_place_back() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.next("counter-1");
    office.does(Command::Requeue { ticket });
    assert_eq!(office.line("ids"), ["A001", "A002"]);
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn who_missed_the_call_goes_behind_those_who_came_meanwhile_and_before_those_who_come_later() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.misses(ticket, "counter-1");
    office.does(Command::Requeue { ticket });
    office.takes(&["id-card"]);
    assert_eq!(office.line("ids"), ["A002", "A001", "A003"]);
}

#[test]
fn a_place_further_behind_is_kept_through_a_call_by_mistake() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.misses(ticket, "counter-1");
    office.does(Command::Requeue { ticket });
    office.takes(&["id-card"]);
    office.does(call(ticket, "counter-1"));
    office.does(Command::Requeue { ticket });
    assert_eq!(office.line("ids"), ["A002", "A001", "A003"]);
}

/// Nobody of the own line stands behind, so nothing is lost: people of other lines do not count.
#[test]
fn the_place_of_who_missed_the_call_is_lost_to_the_own_line_alone() {
    let mut office = TestOffice::with_counters(&["counter-3"]);
    let missed = office.takes(&["move"]);
    office.takes(&["birth"]);
    office.misses(missed, "counter-3");
    office.does(Command::Requeue { ticket: missed });
    assert_eq!(office.next("counter-3"), missed);
}

#[test]
fn whoever_is_chosen_out_of_the_line_leaves_the_others_as_they_stand() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    office.takes(&["id-card"]);
    let chosen = office.takes(&["id-card"]);
    office.takes(&["id-card"]);
    office.does(call(chosen, "counter-1"));
    assert_eq!(office.line("ids"), ["A001", "A003"]);
}

#[test]
fn the_ticket_says_how_many_were_before_it_in_its_own_line() {
    let mut office = TestOffice::opens();
    let mut ahead = |services: &[&str]| {
        let wish = office.wish(services);
        match &office.does(Command::IssueTicket(wish))[0] {
            aufruf_engine::Event::TicketIssued { ahead, .. } => *ahead,
            other => panic!("{other:?} is no ticket"),
        }
    };
    assert_eq!(ahead(&["id-card"]), 0);
    assert_eq!(ahead(&["move"]), 0);
    assert_eq!(ahead(&["passport"]), 1);
}

#[test]
fn those_before_are_those_who_are_called_before_and_not_those_who_came_before() {
    let mut office = TestOffice::opens();
    for _ in 0..10 {
        office.takes(&["id-card"]);
    }
    let urgent = office.takes_with_priority(&["passport"], 1);
    assert_eq!(office.ticket(urgent).ahead, 0);
    let second = office.takes_with_priority(&["id-card"], 2);
    assert_eq!(office.ticket(second).ahead, 1);
    let urgent_too = office.takes_with_priority(&["id-card"], 1);
    assert_eq!(office.ticket(urgent_too).ahead, 1);
    let usual = office.takes(&["id-card"]);
    assert_eq!(office.ticket(usual).ahead, 13);
    let line = office.line("ids");
    let stands = |ticket| {
        let number = office.number(ticket);
        line.iter().position(|other| *other == number)
    };
    assert_eq!(
        [urgent, urgent_too, second, usual].map(stands),
        [0, 1, 2, 13].map(Some)
    );
}
