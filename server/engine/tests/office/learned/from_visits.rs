//! What visits teach, each as it ended.

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

/// Two minutes each time, two hours between; and the overtime's end takes nothing of it away.
#[test]
fn every_call_in_vain_counts_by_itself_and_stays_when_the_visit_expires() {
    let twice = after(|office| {
        let ticket = office.takes(&["id-card"]);
        for now in ["08:00", "10:00"] {
            office.it_is(now);
            if now == "10:00" {
                office.does(Command::Requeue { ticket });
            }
            office.does(call(ticket, "counter-1"));
            office.minutes_pass(2);
            office.does(Command::Miss { ticket });
        }
    });
    let two_minutes = |count: u64| Lasted {
        count: count * ONE,
        ms: count * 2 * MINUTE_MS,
    };
    assert_eq!(twice.in_vain, two_minutes(2));

    let mut office = TestOffice::opens_as(house_with(|office| {
        office.queues[0].walk_in_hours = Some(hours(&[("08:00", "12:00")]));
        office.queues[0].rules.overtime_min = Some(0);
    }));
    office.does(open("counter-1"));
    let ticket = office.takes(&["id-card"]);
    office.does(call(ticket, "counter-1"));
    office.minutes_pass(2);
    office.does(Command::Miss { ticket });
    office.it_is("12:00");
    office.does(Command::TimePassed);
    assert_eq!(closes(&mut office).in_vain, two_minutes(1));
}
