//! When a visitor can take a ticket: hours, closures, the last ticket, contingents, locks. And that
//! staff can at any time.

use aufruf_engine::{Command, Office, Queue, QueueKey, Refusal};

use crate::common::{TestOffice, at, closure, hours, house_with, lock, names, open, time, unlock};

fn ids_are(change: impl FnOnce(&mut Queue)) -> Office {
    house_with(|office| change(&mut office.queues[0]))
}

/// `taken`, or the code of the refusal.
fn kiosk_says(office: &mut TestOffice, services: &[&str]) -> &'static str {
    let wish = office.wish(services);
    match office.tries(Command::IssueTicket(wish)) {
        Ok(_) => "taken",
        Err(refusal) => refusal.code(),
    }
}

fn staff_take(office: &mut TestOffice, services: &[&str]) {
    office.takes_by_staff(services);
}

#[test]
fn a_queue_without_hours_takes_people_whenever_the_kiosk_runs() {
    let mut office = TestOffice::opens();
    for clock in ["08:00", "12:00", "23:59"] {
        office.it_is(clock);
        assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
    }
}

#[test]
fn within_the_hours_visitors_take_tickets_and_outside_they_are_told_when_it_opens() {
    let spans = hours(&[("08:00", "12:00"), ("13:30", "16:00")]);
    let house = ids_are(|ids| ids.walk_in_hours = Some(spans));
    let mut office = TestOffice::opens_at(house, "2026-11-23T00:00[Europe/Berlin]");
    for (clock, opens) in [
        ("07:59", Some("2026-11-23T08:00")),
        ("08:00", None),
        ("11:59", None),
        ("12:00", Some("2026-11-23T13:30")),
        ("13:29", Some("2026-11-23T13:30")),
        ("13:30", None),
        ("16:00", Some("2026-11-24T08:00")),
    ] {
        office.it_is(clock);
        let queue = QueueKey::new("ids");
        let opens_at = opens.map(|opens| time(&format!("{opens}[Europe/Berlin]")));
        let expected = match opens_at {
            Some(_) => Err(Refusal::Closed { queue, opens_at }),
            None => Ok(()),
        };
        let told = office
            .state
            .takes_walk_ins(&QueueKey::new("ids"), office.now());
        assert_eq!(told, expected, "at {clock}");
        let kiosk = if opens.is_some() { "closed" } else { "taken" };
        assert_eq!(kiosk_says(&mut office, &["id-card"]), kiosk, "at {clock}");
    }
    assert_eq!(
        kiosk_says(&mut office, &["move"]),
        "taken",
        "the other line has no hours"
    );
}

#[test]
fn the_last_ticket_is_gone_some_time_before_closing() {
    let mut office = TestOffice::opens_as(ids_are(|ids| {
        ids.walk_in_hours = Some(hours(&[("08:00", "12:00"), ("14:00", "18:00")]));
        ids.rules.last_ticket_before_min = 30;
    }));
    for (clock, said) in [
        ("11:45", "taken"),
        ("12:00", "closed"),
        ("17:29", "taken"),
        ("17:31", "last_ticket_gone"),
        ("18:00", "closed"),
    ] {
        office.it_is(clock);
        assert_eq!(kiosk_says(&mut office, &["id-card"]), said, "at {clock}");
    }
}

#[test]
fn a_house_that_is_open_through_midnight_has_no_last_ticket_then() {
    let through = || {
        ids_are(|ids| {
            ids.walk_in_hours = Some(hours(&[("00:00", "24:00")]));
            ids.rules.last_ticket_before_min = 30;
        })
    };
    let shuts = || {
        ids_are(|ids| {
            ids.walk_in_hours = Some(hours(&[("08:00", "24:00")]));
            ids.rules.last_ticket_before_min = 30;
        })
    };
    let mut closed_tomorrow = through();
    closed_tomorrow.closures = vec![closure("2026-11-24", &[])];
    for (house, said) in [
        (through(), "taken"),
        (shuts(), "last_ticket_gone"),
        (closed_tomorrow, "last_ticket_gone"),
    ] {
        let mut office = TestOffice::opens_as(house);
        office.it_is("23:29");
        assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
        office.it_is("23:45");
        assert_eq!(kiosk_says(&mut office, &["id-card"]), said);
    }
}

#[test]
fn a_closed_day_closes_the_kiosk_whatever_the_hours_say() {
    for (queues, ids, registration) in [
        (&[][..], "closed", "closed"),
        (&["ids"][..], "closed", "taken"),
    ] {
        let mut house = ids_are(|ids| ids.walk_in_hours = Some(hours(&[("08:00", "12:00")])));
        house.closures = vec![closure("2026-11-23", queues)];
        let mut office = TestOffice::opens_as(house);
        assert_eq!(kiosk_says(&mut office, &["id-card"]), ids);
        assert_eq!(kiosk_says(&mut office, &["move"]), registration);
        let told = office
            .state
            .takes_walk_ins(&QueueKey::new("ids"), at("09:00"));
        let opens_at = Some(time("2026-11-24T08:00[Europe/Berlin]"));
        let queue = QueueKey::new("ids");
        assert_eq!(told, Err(Refusal::Closed { queue, opens_at }));
        office.clock_says("2026-11-24T08:00[Europe/Berlin]");
        office.does(Command::TimePassed);
        assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
        assert_eq!(kiosk_says(&mut office, &["move"]), "taken");
    }
}

#[test]
fn a_contingent_counts_what_visitors_took_and_nothing_gives_it_back_before_tomorrow() {
    let mut office = TestOffice::opens_as(ids_are(|ids| ids.rules.contingent = Some(2)));
    office.does(open("counter-1"));
    let [cancelled, served] = [office.takes(&["id-card"]), office.takes(&["id-card"])];
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "contingent_used");
    office.does(Command::Cancel { ticket: cancelled });
    office.finishes(served, "counter-1");
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "contingent_used");
    assert_eq!(kiosk_says(&mut office, &["move"]), "taken");
    office.clock_says("2026-11-24T08:00[Europe/Berlin]");
    office.does(Command::TimePassed);
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
}

#[test]
fn what_staff_and_the_centre_give_is_no_part_of_the_contingent() {
    let mut office = TestOffice::opens_as(ids_are(|ids| ids.rules.contingent = Some(1)));
    staff_take(&mut office, &["id-card"]);
    office.books_and_comes(at("09:00"), &["id-card"]);
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "contingent_used");
}

#[test]
fn a_larger_contingent_during_the_day_opens_the_kiosk_again() {
    let mut office = TestOffice::opens_as(ids_are(|ids| ids.rules.contingent = Some(1)));
    office.takes(&["id-card"]);
    office.uses(ids_are(|ids| ids.rules.contingent = Some(2)));
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "contingent_used");
}

#[test]
fn a_lock_keeps_visitors_from_a_queue_with_its_notice_until_it_is_taken_away() {
    let mut office = TestOffice::opens();
    office.does(lock(&["ids"], " Printer is out of cards. "));
    let wish = office.wish(&["id-card"]);
    let locked = Refusal::Locked {
        queue: QueueKey::new("ids"),
        notice: "Printer is out of cards.".to_owned(),
    };
    assert_eq!(office.refuses(Command::IssueTicket(wish)), locked);
    assert_eq!(kiosk_says(&mut office, &["move"]), "taken");
    assert_eq!(names(&office.does(unlock(&["ids"]))), "queue_unlocked");
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
}

#[test]
fn a_lock_on_nothing_in_particular_is_one_on_every_queue() {
    let mut office = TestOffice::opens();
    let locked = office.does(lock(&[], "Fire drill."));
    assert_eq!(names(&locked), "queue_locked, queue_locked, queue_locked");
    assert_eq!(office.state.locks().len(), 3);
    office.does(unlock(&["ids"]));
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "taken");
    assert_eq!(
        names(&office.does(unlock(&[]))),
        "queue_unlocked, queue_unlocked"
    );
}

#[test]
fn the_same_lock_again_changes_nothing_and_another_notice_keeps_since_when_it_holds() {
    let mut office = TestOffice::opens();
    office.does(lock(&["ids"], "Back at nine."));
    office.minutes_pass(10);
    assert_eq!(
        names(&office.does(lock(&["ids"], "Back at nine."))),
        "nothing"
    );
    assert_eq!(
        names(&office.does(lock(&["ids"], "Back at ten."))),
        "queue_locked"
    );
    let held = &office.state.locks()[&QueueKey::new("ids")];
    assert_eq!(
        (held.notice.as_str(), held.since),
        ("Back at ten.", at("08:00"))
    );
    assert_eq!(names(&office.does(unlock(&[]))), "queue_unlocked");
    assert_eq!(names(&office.does(unlock(&["ids"]))), "nothing");
}

#[test]
fn a_notice_is_one_line_that_the_kiosk_can_show() {
    let mut office = TestOffice::opens();
    for notice in ["", "   ", "two\nlines", "\0", "x".repeat(201).as_str()] {
        assert_eq!(
            office.refuses_with(lock(&["ids"], notice)),
            "notice_invalid"
        );
    }
    office.does(lock(&["ids"], &"ä".repeat(200)));
    for wish in [lock(&["?"], "Closed."), unlock(&["?"])] {
        assert_eq!(office.refuses_with(wish), "queue_unknown");
    }
}

#[test]
fn staff_see_the_person_and_may_say_yes_whatever_keeps_visitors_out() {
    let mut office = TestOffice::opens_as(ids_are(|ids| {
        ids.walk_in_hours = Some(hours(&[("08:00", "12:00")]));
        ids.rules.last_ticket_before_min = 60;
        ids.rules.contingent = Some(1);
    }));
    office.takes(&["id-card"]);
    for (clock, said) in [
        ("09:00", "contingent_used"),
        ("11:30", "last_ticket_gone"),
        ("12:30", "closed"),
    ] {
        office.it_is(clock);
        assert_eq!(kiosk_says(&mut office, &["id-card"]), said);
        staff_take(&mut office, &["id-card"]);
    }
    office.does(lock(&[], "Closed for today."));
    assert_eq!(kiosk_says(&mut office, &["id-card"]), "locked");
    staff_take(&mut office, &["id-card"]);
    assert_eq!(office.line("ids").len(), 5);
}

#[test]
fn whoever_waits_is_called_also_when_the_queue_is_closed_or_locked() {
    let mut office = TestOffice::opens_as(ids_are(|ids| {
        ids.walk_in_hours = Some(hours(&[("08:00", "12:00")]));
    }));
    office.does(open("counter-1"));
    let ticket = office.takes(&["id-card"]);
    office.does(lock(&[], "Closed for today."));
    office.it_is("12:30");
    assert_eq!(office.next("counter-1"), ticket);
}

#[test]
fn a_ticket_for_two_queues_is_given_only_where_both_take_people_and_by_staff_always() {
    for (keeps_out, code) in [
        ("locked", "locked"),
        ("closed", "closed"),
        ("about to close", "last_ticket_gone"),
        ("exhausted", "contingent_used"),
    ] {
        let mut office = TestOffice::opens_as(ids_are(|ids| match keeps_out {
            "closed" => ids.walk_in_hours = Some(hours(&[("13:00", "18:00")])),
            "about to close" => {
                ids.walk_in_hours = Some(hours(&[("08:00", "09:00")]));
                ids.rules.last_ticket_before_min = 60;
            }
            "exhausted" => ids.rules.contingent = Some(0),
            _ => {}
        }));
        if keeps_out == "locked" {
            office.does(lock(&["ids"], "Printer is out of cards."));
        }
        let both = ["move", "id-card"];
        assert_eq!(kiosk_says(&mut office, &both), code, "{keeps_out}");
        assert_eq!(kiosk_says(&mut office, &["move"]), "taken", "{keeps_out}");
        staff_take(&mut office, &both);
        assert_eq!(office.line("registration").len(), 2, "{keeps_out}");
    }
}
