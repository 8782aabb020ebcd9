//! What people are told after a day that taught something.

use super::*;

/// The window for somebody who comes the next morning, when as many wait as the closure makes wait.
fn next_morning(
    office: Office,
    day: impl FnOnce(&mut TestOffice),
    waiting: impl FnOnce(&mut TestOffice),
) -> SignedDuration {
    let mut office = TestOffice::opens_as(office);
    office.does(open("counter-1"));
    day(&mut office);
    closes(&mut office);
    office.minutes_pass(8 * 60);
    office.does(open("counter-1"));
    waiting(&mut office);
    let window = office.promise("id-card").expect("a counter is open");
    window.mid.duration_since(office.now())
}

fn five_wait(office: &mut TestOffice) {
    for _ in 0..5 {
        office.takes(&["id-card"]);
    }
}

#[test]
fn after_a_day_of_long_visits_people_are_told_a_later_time() {
    let after_visits_of = |minutes: i64| {
        let day = |office: &mut TestOffice| {
            for _ in 0..10 {
                serves_for(office, &["id-card"], minutes);
            }
        };
        next_morning(house_with(|_| ()), day, five_wait)
    };
    let (planned, slow) = (after_visits_of(10), after_visits_of(30));
    assert!(
        planned + SignedDuration::from_mins(5) < slow,
        "{planned} {slow}"
    );
}

#[test]
fn where_many_do_not_come_their_appointments_delay_others_less() {
    let told = |come: bool| {
        let day = |office: &mut TestOffice| {
            for _ in 0..40 {
                let booked = office.books(at("08:30"), &["id-card"]);
                if come {
                    office.does(check_in(booked));
                }
            }
        };
        let eight_are_expected = |office: &mut TestOffice| {
            five_wait(office);
            let now: Timestamp = office.now();
            for n in 0..8 {
                office.books(now + SignedDuration::from_mins(4 * n), &["id-card"]);
            }
        };
        next_morning(house_with(|_| ()), day, eight_are_expected)
    };
    let (all_come, nobody_comes) = (told(true), told(false));
    assert!(nobody_comes < all_come, "{nobody_comes} {all_come}");
}

#[test]
fn where_people_leave_the_line_without_a_word_the_others_are_told_an_earlier_time() {
    let told = |leave: bool| {
        let day = |office: &mut TestOffice| {
            let people: Vec<TicketId> = (0..40).map(|_| office.takes(&["id-card"])).collect();
            office.minutes_pass(90);
            for ticket in people {
                if leave {
                    office.misses(ticket, "counter-1");
                } else {
                    office.finishes(ticket, "counter-1");
                }
            }
        };
        let twelve_wait = |office: &mut TestOffice| {
            for _ in 0..12 {
                office.takes(&["id-card"]);
            }
        };
        next_morning(house_with(|_| ()), day, twelve_wait)
    };
    let (they_stay, they_leave) = (told(false), told(true));
    assert!(they_leave < they_stay, "{they_leave} {they_stay}");
}
