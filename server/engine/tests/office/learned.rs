//! What a day teaches the next ones: sums of what happened, and never who it happened to.

use std::sync::Arc;

use aufruf_engine::{
    Command, CounterKey, Event, Experience, Finish, IssueTicket, Lasted, Office, Promise,
    ServiceKey, TicketId, VisitResult,
};
use jiff::{SignedDuration, Timestamp};

use crate::common::{
    TestOffice, at, check_in, close, finish, finished, hours, house_with, open, open_for,
};

/// Sums count in thousandths.
const ONE: u64 = 1_000;
const MINUTE_MS: u64 = 60_000;

/// The next midnight; what the new day begins with.
fn closes(office: &mut TestOffice) -> Arc<Experience> {
    let midnight = office.state.day().expect("a day is open").ends_at;
    office.clock_says_at(midnight);
    let events = office.does(Command::TimePassed);
    let learned = events.into_iter().find_map(|event| match event {
        Event::DayOpened { learned, .. } => Some(learned),
        _ => None,
    });
    learned.expect("another day opens")
}

/// What is known after a day on which this happened.
fn after(day: impl FnOnce(&mut TestOffice)) -> Arc<Experience> {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    day(&mut office);
    closes(&mut office)
}

fn serves_for(office: &mut TestOffice, services: &[&str], minutes: i64) -> TicketId {
    let ticket = office.takes(services);
    office.serves(ticket, "counter-1");
    office.minutes_pass(minutes);
    office.does(finish(ticket));
    ticket
}

fn lasted(learned: &Experience, service: &str) -> Lasted {
    let known = learned.services.get(&ServiceKey::new(service));
    known.copied().unwrap_or_default()
}

fn so_many(visits: u64, minutes: u64) -> Lasted {
    Lasted {
        count: visits * ONE,
        ms: minutes * MINUTE_MS,
    }
}

mod from_visits {
    use super::*;

    #[test]
    fn the_first_day_knows_nothing() {
        let office = TestOffice::opens();
        let day = office.state.day().expect("a day is open");
        assert_eq!(*day.learned, Experience::default());
    }

    #[test]
    fn the_day_that_closes_tells_the_next_how_long_visits_took_by_service() {
        let learned = after(|office| {
            serves_for(office, &["id-card"], 20);
            serves_for(office, &["id-card"], 10);
            serves_for(office, &["pick-up"], 3);
        });
        assert_eq!(lasted(&learned, "id-card"), so_many(2, 30));
        assert_eq!(lasted(&learned, "pick-up"), so_many(1, 3));
        assert_eq!(learned.services.len(), 2, "nothing of what nobody came for");
        assert_eq!(learned.days, ONE);
    }

    #[test]
    fn a_visit_for_several_things_is_shared_out_as_they_are_planned() {
        let mut office = TestOffice::opens_as(house_with(|office| {
            office.services[1].duration_min = 30;
        }));
        office.does(open("counter-1"));
        serves_for(&mut office, &["id-card", "passport"], 60);
        let learned = closes(&mut office);
        assert_eq!(lasted(&learned, "id-card"), so_many(1, 15));
        assert_eq!(lasted(&learned, "passport"), so_many(1, 45));
    }

    #[test]
    fn what_does_not_count_or_could_not_be_done_says_nothing_of_how_long_it_takes() {
        for result in [VisitResult::WithoutRecord, VisitResult::NotPossible] {
            let learned = after(|office| {
                let ticket = office.takes(&["id-card"]);
                office.serves(ticket, "counter-1");
                office.minutes_pass(20);
                office.does(Command::Finish(Finish {
                    result,
                    ..finished(ticket)
                }));
            });
            assert_eq!(learned.services.len(), 0, "{result:?}");
        }
    }

    #[test]
    fn it_is_learned_who_with_an_appointment_came_and_how_many_did_not() {
        let learned = after(|office| {
            let [first, second, _, _] = [(); 4].map(|()| office.books(at("08:30"), &["id-card"]));
            office.does(check_in(first));
            office.does(check_in(second));
            let cancelled = office.books(at("08:30"), &["id-card"]);
            office.does(Command::Cancel { ticket: cancelled });
        });
        assert_eq!((learned.came, learned.stayed_away), (2 * ONE, 2 * ONE));
    }

    #[test]
    fn it_is_learned_when_walk_ins_come() {
        let learned = after(|office| {
            office.it_is("09:05");
            office.takes(&["id-card"]);
            office.takes(&["id-card"]);
            office.takes(&["move"]);
            office.it_is("14:01");
            office.takes(&["id-card"]);
            office.books_and_comes(at("14:10"), &["id-card"]);
        });
        let came = |service: &str| &learned.arrivals[&ServiceKey::new(service)];
        let sums: Vec<u64> = came("id-card").values().copied().collect();
        assert_eq!(sums, [2 * ONE, ONE]);
        let stretches: Vec<u16> = came("id-card").keys().copied().collect();
        assert_eq!(stretches[1] - stretches[0], 30, "of ten minutes each");
        assert_eq!(came("move")[&stretches[0]], ONE, "at the same time of day");
    }

    #[test]
    fn it_is_learned_who_had_left_by_the_time_that_they_had_waited() {
        let learned = after(|office| {
            let [gone, stayed] = [(); 2].map(|()| office.takes(&["id-card"]));
            office.it_is("08:50");
            office.serves(stayed, "counter-1");
            office.does(finish(stayed));
            office.does(crate::common::call(gone, "counter-1"));
            office.minutes_pass(2);
            office.does(Command::Miss { ticket: gone });
        });
        let band = learned.waits.called.iter().position(|called| *called > 0);
        let band = band.expect("two were called");
        assert_eq!(learned.waits.called[band], 2 * ONE);
        assert_eq!(learned.waits.gone[band], ONE);
        assert_eq!(learned.waits.called.iter().sum::<u64>(), 2 * ONE);
        assert_eq!(learned.in_vain, so_many(1, 2));
    }

    /// When the overtime is over everybody's visit has ended; who had left still had.
    #[test]
    fn the_end_of_overtime_forgets_nobody_who_had_left() {
        let mut office = TestOffice::opens_as(house_with(|office| {
            office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:00")]));
            office.queues[0].rules.overtime_min = Some(0);
        }));
        office.does(open("counter-1"));
        let gone = office.takes(&["id-card"]);
        office.it_is("09:00");
        office.misses(gone, "counter-1");
        office.it_is("12:00");
        assert_ne!(office.does(Command::TimePassed), []);
        let learned = closes(&mut office);
        assert_eq!(learned.waits.gone.iter().sum::<u64>(), ONE);
    }

    #[test]
    fn it_is_learned_how_the_windows_held() {
        let told = |called: &str| {
            after(|office| {
                let wish = office.wish(&["id-card"]);
                let ticket = office.takes_as(IssueTicket {
                    shown: Some(Promise {
                        low: at("08:20"),
                        mid: at("08:30"),
                        high: at("08:45"),
                    }),
                    ..wish
                });
                office.it_is(called);
                office.serves(ticket, "counter-1");
            })
        };
        let cell = |called: &str| {
            let learned = told(called);
            let loads = learned.windows.loads.iter().enumerate();
            let mut cells = loads.flat_map(|(load, cells)| {
                let cells = cells.iter().enumerate();
                cells.map(move |(cell, sum)| ((load, cell), *sum))
            });
            let found: Vec<_> = cells.by_ref().filter(|(_, sum)| *sum > 0).collect();
            let [(cell, sum)] = found.as_slice() else {
                panic!("{found:?} is not one call");
            };
            assert_eq!(*sum, ONE);
            *cell
        };
        let (early, inside, late) = (cell("08:05"), cell("08:31"), cell("09:40"));
        assert!(early.1 < inside.1 && inside.1 < late.1);
        assert_eq!(
            (early.0, inside.0),
            (late.0, late.0),
            "the wait that was told"
        );
        let at_once = told("08:00");
        assert_eq!(at_once.windows, Experience::default().windows, "at once");
    }
}

mod steps_back {
    use super::*;

    /// What a day teaches on which somebody is served for a quarter of an hour, and this besides.
    fn day_with(besides: impl FnOnce(&mut TestOffice)) -> Experience {
        let learned = after(|office| {
            let ticket = office.takes(&["id-card"]);
            office.serves(ticket, "counter-1");
            office.minutes_pass(15);
            office.does(finish(ticket));
            besides(office);
        });
        (*learned).clone()
    }

    #[test]
    fn a_step_that_is_taken_back_teaches_nothing() {
        let without = day_with(|office| {
            let ticket = office.takes(&["passport"]);
            let booked = office.books(at("09:00"), &["passport"]);
            office.does(Command::Cancel { ticket });
            office.does(Command::Cancel { ticket: booked });
        });
        let with = day_with(|office| {
            let ticket = office.takes(&["passport"]);
            let booked = office.books(at("09:00"), &["passport"]);
            let undo = |ticket| Command::Undo { ticket };
            office.does(check_in(booked));
            office.does(undo(booked));
            office.does(crate::common::call(ticket, "counter-1"));
            office.does(Command::Miss { ticket });
            office.does(undo(ticket));
            office.does(finish(ticket));
            office.does(undo(ticket));
            office.does(Command::Requeue { ticket });
            office.does(Command::Cancel { ticket });
            office.does(Command::Cancel { ticket: booked });
        });
        // The call itself was not taken back: the person was called once.
        let called = with.waits.called.iter().sum::<u64>();
        assert_eq!(called, without.waits.called.iter().sum::<u64>() + ONE);
        let but_calls = |learned: Experience| Experience {
            waits: aufruf_engine::Waits {
                called: [0; 16],
                ..learned.waits
            },
            ..learned
        };
        assert_eq!(but_calls(with), but_calls(without));
    }

    #[test]
    fn a_call_that_is_taken_back_was_none() {
        let without = day_with(|office| {
            office.takes(&["passport"]);
        });
        let with = day_with(|office| {
            let ticket = office.takes(&["passport"]);
            office.does(crate::common::call(ticket, "counter-1"));
            office.does(Command::Undo { ticket });
        });
        assert_eq!(with, without);
    }
}

mod days {
    use super::*;

    #[test]
    fn the_older_a_day_is_the_less_it_weighs() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        serves_for(&mut office, &["id-card"], 20);
        let mut before = lasted(&closes(&mut office), "id-card");
        for day in 1..=30 {
            let after = lasted(&closes(&mut office), "id-card");
            assert!(after.count < before.count, "on day {day}");
            before = after;
        }
        assert!(before.count < ONE / 10, "{before:?}");
    }

    #[test]
    fn a_later_day_adds_to_what_is_known() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        serves_for(&mut office, &["id-card"], 20);
        let first = lasted(&closes(&mut office), "id-card");
        office.minutes_pass(8 * 60);
        office.does(open("counter-1"));
        serves_for(&mut office, &["id-card"], 10);
        let both = lasted(&closes(&mut office), "id-card");
        assert!(both.count > ONE && both.count < 2 * ONE, "{both:?}");
        let mean = |lasted: Lasted| lasted.ms / lasted.count;
        assert!(mean(both) < mean(first));
    }

    /// A whole shift is planned: it was worked, or less than half of it, or somebody needed help.
    #[test]
    fn a_day_on_which_something_was_odd_weighs_little() {
        let after_a_day = |worked_until: &str, alarm: bool| {
            let mut office = TestOffice::opens_as(house_with(|office| {
                office.counters[0].shifts = Some(hours(&[("08:00", "16:00")]));
            }));
            office.does(open("counter-1"));
            serves_for(&mut office, &["id-card"], 20);
            if alarm {
                let counter = CounterKey::new("counter-1");
                office.does(Command::RaiseEmergency { counter });
            }
            office.it_is(worked_until);
            office.does(close("counter-1"));
            lasted(&closes(&mut office), "id-card")
        };
        let usual = after_a_day("16:00", false);
        assert_eq!(usual, so_many(1, 20));
        for odd in [after_a_day("11:00", false), after_a_day("16:00", true)] {
            assert!(odd.count > 0 && odd.count * 2 < usual.count, "{odd:?}");
            assert_eq!(odd.ms / odd.count, usual.ms / usual.count, "as it was");
        }
    }

    #[test]
    fn a_day_without_planned_shifts_is_never_odd_for_its_staff() {
        let learned = after(|office| {
            serves_for(office, &["id-card"], 20);
            office.does(close("counter-1"));
        });
        assert_eq!(lasted(&learned, "id-card"), so_many(1, 20));
    }

    #[test]
    fn what_the_office_does_not_offer_any_more_is_forgotten() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        serves_for(&mut office, &["pick-up"], 3);
        serves_for(&mut office, &["id-card"], 20);
        office.uses(house_with(|office| {
            office.services.remove(2);
            for counter in &mut office.counters {
                counter.skills.remove(&ServiceKey::new("pick-up"));
            }
            office.version = 2;
        }));
        let learned = closes(&mut office);
        assert_eq!(lasted(&learned, "pick-up"), Lasted::default());
        assert!(!learned.arrivals.contains_key(&ServiceKey::new("pick-up")));
        assert_eq!(lasted(&learned, "id-card"), so_many(1, 20));
    }

    #[test]
    fn a_restart_in_the_morning_knows_what_the_days_before_taught() {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        serves_for(&mut office, &["id-card"], 20);
        let learned = closes(&mut office);
        let found = office.replayed();
        assert_eq!(found.day().expect("a day is open").learned, learned);
    }

    /// Everything that could lead to a person happens on that day.
    #[test]
    fn nothing_of_a_person_is_learned() {
        let mut office = TestOffice::opens();
        office.does(open_for("counter-1", "mina"));
        let served = serves_for(&mut office, &["id-card"], 20);
        let booked = office.books_and_comes(at("08:30"), &["passport"]);
        let left = office.takes(&["id-card"]);
        office.misses(left, "counter-1");
        let people: Vec<String> = [served, booked, left]
            .into_iter()
            .flat_map(|ticket| {
                let held = office.ticket(ticket);
                let code = held.appointment.as_ref().and_then(|a| a.code.clone());
                [ticket.to_string(), held.number.label.clone()]
                    .into_iter()
                    .chain(code)
            })
            .collect();
        let learned = serde_json::to_string(&*closes(&mut office)).expect("JSON");
        let others = ["mina", "test", "lowered", "\"de\""].map(str::to_owned);
        for word in people.into_iter().chain(others) {
            assert!(!learned.contains(&word), "{word} is in {learned}");
        }
        assert!(learned.contains("id-card"), "but what they came for");
    }
}

mod what_follows {
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
}
