//! Faults of estimates: what they leave out, and which way they err.

use super::*;

/// What somebody is told who comes now: the middle of it, in seconds from now.
fn told_secs(office: &TestOffice) -> i64 {
    let window = office.promise("id-card").expect("a counter is open");
    window.mid.duration_since(office.now()).as_secs()
}

#[test]
fn the_estimate_ignores_who_is_being_served() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let free = told_secs(&office);
    let served = office.takes(&["id-card"]);
    office.serves(served, "counter-1");
    let busy = told_secs(&office);
    assert!(free + 180 < busy, "{free} {busy}");
    office.minutes_pass(8);
    assert!(told_secs(&office) < busy, "the visit will be over sooner");
}

#[test]
fn the_estimate_ignores_the_kind_of_service() {
    let told = |service: &str| {
        let mut office = TestOffice::opens_as(house_with(|office| {
            office.services[1].duration_min = 40;
            office.services[2].duration_min = 2;
        }));
        office.does(open("counter-1"));
        for _ in 0..4 {
            office.takes(&[service]);
        }
        let window = office.promise(service).expect("a counter is open");
        window.mid.duration_since(office.now()).as_secs()
    };
    assert!(told("passport") > 4 * told("pick-up"));
}

#[test]
fn the_estimate_ignores_todays_pace() {
    let told = |minutes: i64| {
        let mut office = TestOffice::with_counters(&["counter-1"]);
        for _ in 0..8 {
            let ticket = office.takes(&["id-card"]);
            office.serves(ticket, "counter-1");
            office.minutes_pass(minutes);
            office.does(finish(ticket));
        }
        for _ in 0..4 {
            office.takes(&["id-card"]);
        }
        told_secs(&office)
    };
    let (quick, slow) = (told(5), told(30));
    assert!(quick + 300 < slow, "{quick} {slow}");
}

#[test]
fn the_estimate_ignores_how_many_counters_are_signed_in() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    for _ in 0..8 {
        office.takes(&["id-card"]);
    }
    let alone = told_secs(&office);
    office.does(open("counter-2"));
    let together = told_secs(&office);
    assert!(together + 600 < alone, "{alone} {together}");
    office.does(crate::common::close("counter-2"));
    assert_eq!(told_secs(&office), alone, "and alone again");
}

#[test]
fn the_estimate_is_too_low_because_appointments_are_not_in_it() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    for _ in 0..3 {
        office.takes(&["id-card"]);
    }
    let without = told_secs(&office);
    for n in 0..4 {
        office.books_and_comes(at(&format!("08:0{n}")), &["id-card"]);
    }
    office.it_is("08:04");
    let with = told_secs(&office);
    assert!(without + 600 < with, "{without} {with}");
}

/// A morning with visits of other lengths than planned: calls come within the windows, or before, and
/// seldom after.
#[test]
fn the_estimate_is_too_low_on_most_days() {
    let mut office = TestOffice::with_counters(&["counter-1", "counter-2"]);
    let mut lengths = [6, 16, 9, 14, 8, 19].into_iter().cycle();
    let mut over: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    let (mut told, mut calls) = (std::collections::BTreeMap::new(), 0);
    let mut late = 0;
    for minute in 0..240_i64 {
        for counter in ["counter-1", "counter-2"] {
            if over.get(counter).is_some_and(|over| *over <= minute) {
                over.remove(counter);
                let running = office.counter(counter).running.expect("is served");
                office.does(finish(running));
            }
            let is_free = office.counter(counter).running.is_none();
            if let (true, Ok(_)) = (is_free, office.tries(next(counter))) {
                let ticket = office.counter(counter).running.expect("was called");
                office.does(Command::Start { ticket });
                over.insert(counter, minute + lengths.next().expect("for ever"));
                let window: aufruf_engine::Promise = told[&ticket];
                (calls, late) = (calls + 1, late + i64::from(office.now() > window.high));
            }
        }
        if minute % 5 == 0 {
            let window = office.promise("id-card").expect("two are open");
            told.insert(office.takes(&["id-card"]), window);
        }
        office.minutes_pass(1);
    }
    assert!(calls > 30, "{calls}");
    assert!(
        late * 4 <= calls,
        "{late} of {calls} came after what they were told"
    );
}
