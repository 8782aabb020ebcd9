//! How days join: the older the lighter, the odd ones hardly, and nobody in them.

use super::*;

#[test]
fn the_older_a_day_is_the_less_it_weighs() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    serves_for(&mut office, &["id-card"], 20);
    let mut before = lasted(&closes(&mut office), "id-card");
    for day in 1..=30 {
        office.takes(&["move"]);
        let after = lasted(&closes(&mut office), "id-card");
        assert!(after.count < before.count, "on day {day}");
        before = after;
    }
    assert!(before.count < ONE / 10, "{before:?}");
}

/// Neither a weekend nor two weeks without anybody make what is known any older.
#[test]
fn days_on_which_nobody_came_change_nothing() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    serves_for(&mut office, &["id-card"], 20);
    let known = closes(&mut office);
    for _ in 0..14 {
        assert_eq!(closes(&mut office), known);
    }
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
