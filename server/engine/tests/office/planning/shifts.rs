//! When counters are planned to call people.

use super::*;

fn froms(office: &TestOffice, counter: &str) -> Vec<Timestamp> {
    let calls = office.plan().calls_at(counter);
    calls.into_iter().map(|stay| stay.from).collect()
}

#[test]
fn a_break_moves_the_calls_behind_it() {
    let with = |spans: &[(&str, &str)]| {
        let mut office = opens_with(|office| shifts(office, 0, spans), &["counter-1"]);
        are_here(&mut office, 8, "id-card");
        froms(&office, "counter-1")
    };
    let through = with(&[("08:00", "16:00")]);
    let broken = with(&[("08:00", "09:00"), ("09:30", "16:00")]);
    assert_eq!(through[..6], broken[..6]);
    assert_eq!(through[6..], [at("09:00"), at("09:10")]);
    assert_eq!(broken[6..], [at("09:30"), at("09:40")]);
}

#[test]
fn a_visit_that_was_called_in_time_may_run_into_the_break() {
    let mut office = opens_with(
        |office| {
            office.services[0].duration_min = 25;
            shifts(office, 0, &[("08:00", "09:00"), ("09:30", "16:00")]);
        },
        &["counter-1"],
    );
    are_here(&mut office, 4, "id-card");
    let expected = ["08:00", "08:25", "08:50", "09:30"].map(at);
    assert_eq!(froms(&office, "counter-1"), expected);
}

#[test]
fn who_waits_when_the_house_closes_is_served_all_the_same() {
    let with_shift_to = |end: &str| {
        let mut office = opens_with(
            |office| {
                office.queues[0].walk_in_hours = Some(hours(&[("08:00", "09:00")]));
                shifts(office, 0, &[("08:00", end)]);
            },
            &["counter-1"],
        );
        are_here(&mut office, 8, "id-card");
        froms(&office, "counter-1").len()
    };
    assert_eq!(with_shift_to("09:00"), 8, "it lasts until nobody waits");
    assert_eq!(
        with_shift_to("08:30"),
        3,
        "the clerk goes, the house is open"
    );
}

#[test]
fn a_counter_that_is_closed_is_planned_from_its_shift_on_and_one_without_shifts_is_not() {
    let mut office = opens_with(|office| shifts(office, 1, &[("09:00", "16:00")]), &[]);
    let ticket = office.takes(&["id-card"]);
    assert_eq!(office.planned(ticket), ("counter-2".into(), at("09:00")));
    let told = office.promise("id-card").expect("somebody will come");
    assert!(told.low >= at("09:00"));
}

/// So long after the beginning of the shift nobody believes in it.
#[test]
fn a_counter_that_was_planned_and_does_not_open_is_given_up_until_its_next_shift() {
    let mut office = opens_with(
        |office| shifts(office, 1, &[("08:00", "10:00"), ("11:00", "16:00")]),
        &["counter-4"],
    );
    let ticket = office.takes(&["id-card"]);
    let (_, soon) = office.planned(ticket);
    assert!(soon > office.now() && soon < at("08:30"), "{soon}");
    office.it_is("09:00");
    assert_eq!(office.planned(ticket).1, at("11:00"));
}

#[test]
fn a_counter_that_pauses_is_expected_back_and_one_that_closes_is_not() {
    let mut office = TestOffice::with_counters(&["counter-1"]);
    let ticket = office.takes(&["id-card"]);
    office.does(pause("counter-1"));
    let (_, back) = office.planned(ticket);
    assert_eq!(back, office.now(), "a pause may be over any moment");
    let told = office.promise("id-card").expect("the counter calls again");
    assert!(told.mid > office.now(), "and it may take a while");
    office.does(close("counter-1"));
    assert_eq!(office.plan().of(ticket), None);
}

#[test]
fn clerks_who_do_not_sign_in_are_planned_as_the_office_says() {
    let mut office = TestOffice::opens_as(ids_with(|rules| rules.ghost_counters = Some(2)));
    let people = are_here(&mut office, 4, "id-card");
    let planned = people.iter().map(|ticket| office.planned(*ticket).1);
    let planned: Vec<Timestamp> = planned.collect();
    let later = office.now() + minutes(10);
    assert_eq!(planned, [office.now(), office.now(), later, later]);
}
