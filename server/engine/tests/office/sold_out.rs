//! Services of which the day has no room for one more, and what makes room again.

use std::collections::BTreeSet;

use aufruf_engine::{Command, Event, IssueTicket, Office, Refusal, ServiceKey, TicketId};
use jiff::SignedDuration;

use crate::common::{
    Asked, TestOffice, at, close, finish, go_over, hours, house_with, names, open, pause,
    service_keys, skills,
};

/// Ids until noon, and then nobody waits any more; `counter-1` alone is open.
fn until_noon() -> TestOffice {
    until_noon_with(|_| ())
}

fn until_noon_with(change: impl FnOnce(&mut Office)) -> TestOffice {
    let mut office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:00")]));
        office.queues[0].rules.overtime_min = Some(0);
        change(office);
    }));
    office.does(open("counter-1"));
    office
}

/// People whom staff put first: they go before whoever comes, and nobody expects them to leave.
fn take(office: &mut TestOffice, people: usize, service: &str) -> Vec<TicketId> {
    (0..people)
        .map(|_| office.takes_with_priority(&[service], 1))
        .collect()
}

/// How many walk-ins for an id card there is room for.
fn room(mut office: TestOffice) -> usize {
    let mut people = 0;
    while !office.is_full("id-card") {
        office.takes(&["id-card"]);
        people += 1;
    }
    people
}

fn says(services: &[&str]) -> Command {
    let services = skills(services);
    Command::SellOut { services }
}

fn is_sold_out(office: &TestOffice, service: &str) -> bool {
    office.state.is_sold_out(&ServiceKey::new(service))
}

mod by_the_plan {
    use super::*;

    /// Four hours, ten minutes each.
    #[test]
    fn as_many_fit_as_fit_before_the_end() {
        let mut office = until_noon();
        take(&mut office, 23, "id-card");
        assert!(!office.is_full("id-card"));
        let last = take(&mut office, 1, "id-card");
        let stay = office.plan().of(last[0]).expect("in the plan");
        assert_eq!(stay.to, at("12:00"));
        assert!(office.is_full("id-card"));
        assert_eq!(office.promise("id-card"), None, "nobody is told a time");
    }

    #[test]
    fn overtime_is_room() {
        let mut office = until_noon_with(|office| office.queues[0].rules.overtime_min = Some(30));
        take(&mut office, 26, "id-card");
        assert!(!office.is_full("id-card"));
        take(&mut office, 1, "id-card");
        assert!(office.is_full("id-card"));
    }

    #[test]
    fn nothing_is_sold_out_where_everybody_is_served_who_waits() {
        let mut office = until_noon_with(|office| office.queues[0].rules.overtime_min = None);
        take(&mut office, 100, "id-card");
        assert_eq!(office.plan().full, BTreeSet::new());
    }

    #[test]
    fn nothing_is_sold_out_in_a_line_that_never_closes() {
        let mut office = until_noon_with(|office| office.queues[0].walk_in_hours = None);
        take(&mut office, 100, "id-card");
        assert_eq!(office.plan().full, BTreeSet::new());
    }

    #[test]
    fn a_short_visit_may_fit_where_a_long_one_does_not() {
        let mut office = until_noon_with(|office| office.services[1].duration_min = 40);
        take(&mut office, 22, "id-card");
        assert!(office.is_full("passport"));
        assert!(!office.is_full("id-card"));
    }

    #[test]
    fn appointments_take_their_room() {
        let mut office = until_noon();
        let without = room(office.clone());
        for n in 0..12 {
            office.books(
                at("10:00") + SignedDuration::from_mins(10 * n),
                &["id-card"],
            );
        }
        let with = room(office);
        assert!(with < without, "{with} {without}");
    }

    #[test]
    fn the_more_counters_are_open_the_more_room_there_is() {
        let mut office = until_noon();
        let alone = room(office.clone());
        office.does(open("counter-2"));
        assert!(room(office) >= 2 * alone);
    }

    #[test]
    fn a_break_of_the_only_counter_takes_its_room() {
        let mut office = until_noon_with(|office| {
            office.counters[0].shifts = Some(hours(&[("08:00", "10:00"), ("11:00", "12:00")]));
        });
        take(&mut office, 17, "id-card");
        assert!(!office.is_full("id-card"));
        take(&mut office, 1, "id-card");
        assert!(office.is_full("id-card"));
    }

    /// Without planned shifts nobody knows who will come: the day has just not begun.
    #[test]
    fn nobody_is_sent_home_because_no_counter_has_opened_yet() {
        let mut office = until_noon();
        office.does(close("counter-1"));
        assert_eq!(office.plan().full, BTreeSet::new());
        assert_eq!(office.promise("id-card"), None, "and nobody can say when");
    }

    /// The shift is over, and so is what was planned.
    #[test]
    fn where_shifts_are_planned_and_none_is_left_it_is_sold_out() {
        let mut office = until_noon_with(|office| {
            for counter in &mut office.counters {
                counter.shifts = Some(hours(&[("08:00", "10:00")]));
            }
        });
        office.does(close("counter-1"));
        office.it_is("10:30");
        assert!(office.is_full("id-card"));
    }

    /// When nobody at all has opened yet, the house is late and not one of its clerks ill.
    #[test]
    fn a_house_that_opens_late_sends_nobody_home() {
        let mut office = until_noon_with(|office| {
            for counter in &mut office.counters {
                counter.shifts = Some(hours(&[("08:00", "12:00")]));
            }
        });
        office.does(close("counter-1"));
        office.it_is("09:00");
        assert!(!office.is_full("id-card"));
        let promised = office.promise("id-card").expect("soon");
        assert!(promised.mid < at("09:30"), "{promised:?}");
    }
}

mod once_told {
    use super::*;

    #[test]
    fn a_visitor_who_presses_alone_is_refused_and_staff_may_say_yes() {
        let mut office = until_noon();
        assert_eq!(names(&office.does(says(&["id-card"]))), "sold_out");
        let wish = office.wish(&["passport", "id-card"]);
        let service = ServiceKey::new("id-card");
        assert_eq!(
            office.refuses(Command::IssueTicket(wish)),
            Refusal::SoldOut { service }
        );
        office.takes(&["passport"]);
        office.takes_by_staff(&["id-card"]);
    }

    #[test]
    fn it_is_told_once_and_only_what_is_news() {
        let mut office = until_noon();
        office.does(says(&["id-card"]));
        assert_eq!(office.does(says(&["id-card"])), []);
        let both = office.does(says(&["id-card", "passport"]));
        let services = service_keys(&["passport"]);
        assert_eq!(both, [Event::SoldOut { services }]);
    }

    #[test]
    fn a_service_that_nobody_offers_is_refused() {
        let mut office = until_noon();
        assert_eq!(office.refuses_with(says(&["?"])), "service_unknown");
        let mut not_set_up = TestOffice::not_set_up();
        assert_eq!(not_set_up.refuses_with(says(&[])), "day_not_open");
    }

    /// Whoever was refused shall see nobody who came later get a ticket.
    #[test]
    fn it_stays_sold_out_though_the_plan_finds_room() {
        let mut office = until_noon();
        let people = take(&mut office, 24, "id-card");
        office.does(says(&["id-card"]));
        office.does(Command::Cancel { ticket: people[3] });
        office.finishes(people[0], "counter-1");
        office.does(pause("counter-1"));
        office.does(open("counter-1"));
        assert!(!office.is_full("id-card"), "there is room");
        assert_eq!(office.does(says(&[])), []);
        assert!(is_sold_out(&office, "id-card"));
    }

    #[test]
    fn a_counter_that_opens_and_an_appointment_that_is_cancelled_make_room() {
        let opens = |office: &mut TestOffice, _: TicketId| {
            office.does(open("counter-2"));
        };
        let is_cancelled = |office: &mut TestOffice, ticket| {
            office.does(Command::Cancel { ticket });
        };
        let is_moved = |office: &mut TestOffice, ticket| {
            let booking = office.booking(at("10:30"), &["id-card"]);
            office.does(Command::BookAppointment(aufruf_engine::Booking {
                ticket,
                ..booking
            }));
        };
        let changes: [fn(&mut TestOffice, TicketId); 3] = [opens, is_cancelled, is_moved];
        for change in changes {
            let mut office = until_noon();
            let booked = office.books(at("10:00"), &["id-card"]);
            office.does(says(&["id-card", "passport"]));
            assert_eq!(office.does(says(&[])), [], "nothing has changed");
            change(&mut office, booked);
            let again = office.does(says(&["passport"]));
            let services = service_keys(&["id-card"]);
            assert_eq!(again, [Event::RoomAgain { services }]);
            assert!(is_sold_out(&office, "passport"), "still full");
            office.takes(&["id-card"]);
            assert_eq!(office.replayed(), office.state);
        }
    }

    #[test]
    fn capacity_that_was_there_before_it_was_sold_out_makes_no_room() {
        let mut office = until_noon();
        office.does(open("counter-2"));
        office.does(says(&["id-card"]));
        assert_eq!(office.does(says(&[])), []);
        office.does(open("counter-3"));
        office.does(says(&["id-card", "passport"]));
        assert_eq!(names(&office.does(says(&["passport"]))), "room_again");
        assert_eq!(office.does(says(&[])), [], "that was before the passports");
        assert!(is_sold_out(&office, "passport"));
    }

    #[test]
    fn a_counter_that_opens_as_its_shift_says_was_in_the_plan() {
        let mut office = until_noon_with(|office| {
            office.counters[1].shifts = Some(hours(&[("09:00", "12:00")]));
        });
        office.does(says(&["id-card"]));
        office.it_is("09:00");
        office.does(open("counter-2"));
        assert_eq!(office.does(says(&[])), []);
    }

    #[test]
    fn an_appointment_whose_cancelling_is_taken_back_makes_no_room() {
        let mut office = until_noon();
        let [one, other] = [(); 2].map(|()| office.books(at("10:00"), &["id-card"]));
        office.does(says(&["id-card"]));
        for ticket in [one, other] {
            office.does(Command::Cancel { ticket });
        }
        for ticket in [one, other] {
            office.does(Command::Undo { ticket });
        }
        assert_eq!(office.does(says(&[])), []);
        office.does(Command::Cancel { ticket: one });
        assert_eq!(names(&office.does(says(&[]))), "room_again");
    }

    #[test]
    fn another_day_and_a_service_that_is_no_more_are_not_sold_out() {
        let mut office = until_noon();
        office.does(says(&["id-card", "pick-up"]));
        let without = house_with(|office| {
            office.services.remove(2);
            for counter in &mut office.counters {
                counter.skills.remove(&ServiceKey::new("pick-up"));
            }
            office.version = 2;
        });
        office.uses(without);
        assert!(!is_sold_out(&office, "pick-up"));
        assert!(is_sold_out(&office, "id-card"));
        office.clock_says("2026-11-24T00:00[Europe/Berlin]");
        office.does(Command::TimePassed);
        assert!(!is_sold_out(&office, "id-card"));
    }

    #[test]
    fn who_has_a_ticket_is_served() {
        let mut office = until_noon();
        let ticket = office.takes(&["id-card"]);
        office.does(says(&["id-card"]));
        assert_eq!(office.next("counter-1"), ticket);
        office.does(finish(ticket));
    }

    #[test]
    fn a_ticket_that_was_written_without_the_server_is_taken() {
        let mut office = until_noon();
        office.does(says(&["id-card"]));
        let wish = office.wish(&["id-card"]);
        office.takes_as(IssueTicket {
            source: aufruf_engine::Source::Offline,
            ..wish
        });
    }
}

mod capacity_that_comes_and_goes {
    use super::*;

    fn tell(office: &mut TestOffice) -> String {
        let full = office.plan().full;
        names(&office.does(Command::SellOut { services: full }))
    }

    #[test]
    fn a_clerk_who_goes_over_and_comes_back_brings_the_services_back() {
        let mut office = until_noon_with(|office| {
            for counter in &mut office.counters[..2] {
                counter.shifts = Some(hours(&[("08:00", "12:00")]));
            }
        });
        office.does(open("counter-2"));
        office.it_is("09:00");
        office.does(go_over("counter-1", "counter-5"));
        assert_eq!(tell(&mut office), "sold_out");
        assert!(is_sold_out(&office, "passport"));
        office.it_is("09:05");
        office.does(go_over("counter-5", "counter-1"));
        assert_eq!(tell(&mut office), "room_again");
        assert!(!is_sold_out(&office, "passport"));
    }

    /// Twenty-four minutes to go, and the clerk is away for one of them.
    #[test]
    fn a_short_pause_sells_nothing_out() {
        let mut office = until_noon();
        office.it_is("11:36");
        assert!(office.plan().full.is_empty());
        office.does(pause("counter-1"));
        assert!(office.plan().full.is_empty());
    }

    #[test]
    fn a_counter_that_opened_and_closed_again_has_added_nothing() {
        let mut office = until_noon();
        let people = take(&mut office, 24, "id-card");
        assert_eq!(tell(&mut office), "sold_out");
        office.does(open("counter-2"));
        office.does(close("counter-2"));
        for ticket in &people[3..6] {
            office.does(Command::Cancel { ticket: *ticket });
        }
        assert!(!office.is_full("id-card"));
        assert_eq!(tell(&mut office), "nothing");
    }

    #[test]
    fn an_appointment_that_nobody_kept_adds_nothing_when_it_is_cancelled_hours_later() {
        let mut office = until_noon();
        let never_came = office.books(at("08:10"), &["id-card"]);
        let people = take(&mut office, 24, "id-card");
        assert_eq!(tell(&mut office), "sold_out");
        office.it_is("11:00");
        for ticket in &people[..22] {
            office.does(Command::Cancel { ticket: *ticket });
        }
        office.does(Command::Cancel { ticket: never_came });
        assert!(!office.is_full("id-card"));
        assert_eq!(tell(&mut office), "nothing");
    }

    /// All clerks sit down within a few minutes: the first one to press the key sells nobody out.
    #[test]
    fn a_house_that_opens_late_sells_nothing_out_when_its_first_counter_opens() {
        let mut office = TestOffice::opens_as(house_with(|office| {
            for queue in &mut office.queues {
                queue.walk_in_hours = Some(hours(&[("08:00", "12:00")]));
                queue.rules.overtime_min = Some(0);
            }
            for counter in &mut office.counters {
                counter.shifts = Some(hours(&[("08:00", "12:00")]));
            }
        }));
        office.it_is("08:20");
        office.does(open("counter-2"));
        assert!(office.plan().full.is_empty());
        office.it_is("08:40");
        assert!(!office.plan().full.is_empty(), "the others do not come");
    }
}
