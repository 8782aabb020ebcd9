//! People with an appointment of whom nobody knows whether they are here: called by hand, put back, or
//! called in vain. What they are meanwhile, and how the day counts them.

use aufruf_engine::{
    CheckInRule, Command, Event, Office, QueueKey, QueueSums, TicketId, TicketState,
};

use crate::common::{
    TestOffice, at, call, check_in, check_in_by, close, ids_with, names, next, open,
};

fn at_nine(house: Office) -> (TestOffice, TicketId) {
    let mut office = TestOffice::opens_as(house);
    office.does(open("counter-1"));
    let ticket = office.books(at("09:00"), &["id-card"]);
    office.it_is("09:00");
    (office, ticket)
}

/// Nobody reports; so many calls in vain make a person a missed one.
fn nobody_reports(calls_in_vain: u32) -> Office {
    ids_with(|rules| {
        rules.check_in = CheckInRule::None;
        rules.calls_in_vain = calls_in_vain;
    })
}

/// How the day counts its only visit: no-shows, missed, expired.
#[track_caller]
fn fate(office: &mut TestOffice) -> (u32, u32, u32) {
    office.clock_says("2026-11-24T00:00[Europe/Berlin]");
    let events = office.does(Command::TimePassed);
    let [Event::DayClosed { sums, .. }, ..] = &events[..] else {
        panic!("{events:?} closes no day");
    };
    let ids: &QueueSums = &sums.queues[&QueueKey::new("ids")];
    (ids.no_shows, ids.missed, ids.expired)
}

const NO_SHOW: (u32, u32, u32) = (1, 0, 0);
const MISSED: (u32, u32, u32) = (0, 1, 0);

/// Called by hand before anybody had reported: it was the wrong one.
fn called_by_mistake(put_back: &str) -> (TestOffice, TicketId) {
    let (mut office, ticket) = at_nine(crate::common::house());
    office.does(call(ticket, "counter-1"));
    office.does(match put_back {
        "put back" => Command::Requeue { ticket },
        "handed back by a closing counter" => close("counter-1"),
        _ => Command::Undo { ticket },
    });
    (office, ticket)
}

const WAYS_BACK: [&str; 3] = ["put back", "handed back by a closing counter", "taken back"];

#[test]
fn who_is_called_by_mistake_before_coming_is_only_booked_again() {
    for way in WAYS_BACK {
        let (mut office, ticket) = called_by_mistake(way);
        assert_eq!(office.is(ticket), TicketState::Booked, "{way}");
        office.does(open("counter-1"));
        assert_eq!(office.refuses_with(next("counter-1")), "nobody", "{way}");
        let booked = office.state.booked(&QueueKey::new("ids")).count();
        assert_eq!(booked, 1, "{way}");
        assert_eq!(office.replayed(), office.state);
    }
}

#[test]
fn who_was_called_by_mistake_before_coming_can_check_in_like_everybody() {
    for way in WAYS_BACK {
        let (mut office, ticket) = called_by_mistake(way);
        office.it_is("09:20");
        assert_eq!(
            names(&office.does(check_in_by("T001"))),
            "checked_in",
            "{way}"
        );
        let held = office.ticket(ticket);
        assert_eq!(held.arrived_at, Some(at("09:20")));
        assert_eq!(held.place.at, at("09:20"), "as late as they were");
        office.does(open("counter-1"));
        assert_eq!(office.next("counter-1"), ticket);
    }
}

#[test]
fn who_was_called_by_mistake_and_never_came_is_a_no_show() {
    for way in WAYS_BACK {
        let (mut office, _) = called_by_mistake(way);
        assert_eq!(fate(&mut office), NO_SHOW, "{way}");
    }
}

#[test]
fn where_nobody_reports_who_is_called_in_vain_never_came() {
    let (mut office, ticket) = at_nine(nobody_reports(1));
    assert_eq!(office.next("counter-1"), ticket);
    office.does(Command::Miss { ticket });
    assert_eq!(office.is(ticket), TicketState::Missed);
    assert_eq!(fate(&mut office), NO_SHOW);
}

#[test]
fn who_was_called_by_hand_in_vain_and_never_came_is_a_no_show() {
    let (mut office, ticket) = at_nine(crate::common::house());
    office.misses(ticket, "counter-1");
    assert_eq!(fate(&mut office), NO_SHOW);
}

#[test]
fn who_was_here_and_was_then_called_in_vain_is_missed_and_no_no_show() {
    let (mut office, ticket) = at_nine(crate::common::house());
    office.does(check_in(ticket));
    office.misses(ticket, "counter-1");
    assert_eq!(fate(&mut office), MISSED);
}

/// A late one: called once in vain, or so often that nobody calls any more, and here only now.
#[test]
fn where_nobody_reports_who_was_called_in_vain_can_still_check_in() {
    for calls_in_vain in [1, 3] {
        let (mut office, ticket) = at_nine(nobody_reports(calls_in_vain));
        assert_eq!(office.next("counter-1"), ticket);
        office.does(Command::Miss { ticket });
        office.minutes_pass(1);
        assert_eq!(names(&office.does(check_in_by("code-1"))), "checked_in");
        assert_eq!(office.ticket(ticket).arrived_at, Some(at("09:01")));
        assert_eq!(office.ticket(ticket).calls_in_vain, 0, "they count anew");
        assert_eq!(office.next("counter-1"), ticket, "at once");
    }
}

/// Staff put back only somebody who stands before them.
#[test]
fn who_was_missed_before_coming_and_is_put_back_by_staff_is_in_the_line() {
    for others in [0, 1] {
        let (mut office, ticket) = at_nine(crate::common::house());
        for _ in 0..others {
            office.books_and_comes(at("09:00"), &["id-card"]);
        }
        office.misses(ticket, "counter-1");
        office.does(Command::Requeue { ticket });
        assert_eq!(office.is(ticket), TicketState::WAITING);
        assert_eq!(office.line("ids").last(), Some(&"T001".to_owned()));
    }
}
