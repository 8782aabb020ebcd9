//! What is wrong with a day is told with its place.

use serde_json::{Value, json};

use super::Day;

fn sound() -> Value {
    json!({
        "opens": 28_800, "closes": 36_000, "no_show_s": 120,
        "services": [{ "id": "passport", "planned_s": 720 }],
        "counters": [{ "id": "1", "services": ["passport"], "shifts": [[28_800, 36_000]] }],
        "appointments": [
            { "id": "A1", "service": "passport", "at": 30_000, "arrives": null, "takes_s": 600 },
        ],
        "walk_ins": [
            { "id": "W1", "service": "passport", "arrives": 29_000, "takes_s": 600, "patience_s": null },
            { "id": "W2", "service": "passport", "arrives": 29_100, "takes_s": 600, "patience_s": 900 },
        ],
    })
}

/// What is told when this value stands at that place of a sound day.
#[track_caller]
fn told(place: &str, value: Value) -> String {
    let mut day = sound();
    *day.pointer_mut(place).expect("a place of the day") = value;
    let fault = Day::parse(&day.to_string()).expect_err("a day with a fault");
    fault.to_string()
}

#[test]
fn a_sound_day_is_read() {
    let day = Day::parse(&sound().to_string()).expect("a sound day");
    assert_eq!((day.appointments.len(), day.walk_ins.len()), (1, 2));
}

#[test]
fn a_fault_names_the_place_the_person_and_what_to_write() {
    let told = told("/walk_ins/1/takes_s", json!(-5));
    assert_eq!(
        told,
        "walk_ins[1] (\"W2\").takes_s is -5; write whole seconds from 0 to 172800"
    );
}

#[test]
fn times_outside_the_day_are_refused() {
    for (place, named) in [
        ("/opens", "opens"),
        ("/closes", "closes"),
        ("/no_show_s", "no_show_s"),
        (
            "/services/0/planned_s",
            "services[0] (\"passport\").planned_s",
        ),
        ("/counters/0/shifts/0/1", "counters[0] (\"1\").shifts[0]"),
        ("/appointments/0/at", "appointments[0] (\"A1\").at"),
        (
            "/appointments/0/arrives",
            "appointments[0] (\"A1\").arrives",
        ),
        (
            "/appointments/0/takes_s",
            "appointments[0] (\"A1\").takes_s",
        ),
        ("/walk_ins/0/arrives", "walk_ins[0] (\"W1\").arrives"),
        ("/walk_ins/1/patience_s", "walk_ins[1] (\"W2\").patience_s"),
    ] {
        for value in [-1, 172_801] {
            let told = told(place, json!(value));
            assert!(told.starts_with(&format!("{named} is {value};")), "{told}");
        }
    }
}

#[test]
fn what_ends_before_it_begins_is_refused() {
    let shift = told("/counters/0/shifts/0", json!([36_000, 28_800]));
    assert!(
        shift.contains("counters[0] (\"1\").shifts[0] runs from 36000 to 28800"),
        "{shift}"
    );
    let hours = told("/closes", json!(28_800));
    assert!(
        hours.contains("the office's day runs from 28800 to 28800"),
        "{hours}"
    );
}

#[test]
fn a_service_that_the_day_does_not_have_is_refused_wherever_it_stands() {
    for (place, named) in [
        ("/counters/0/services/0", "counters[0]"),
        ("/appointments/0/service", "appointments[0]"),
        ("/walk_ins/1/service", "walk_ins[1]"),
    ] {
        let told = told(place, json!("fishing"));
        assert!(
            told.starts_with(named) && told.contains("\"fishing\""),
            "{told}"
        );
    }
}

#[test]
fn a_counter_without_services_and_a_service_without_a_counter_are_refused() {
    let idle = told("/counters/0/services", json!([]));
    assert!(
        idle.starts_with("counters[0] (\"1\") has no services"),
        "{idle}"
    );
    let services = json!([
        { "id": "passport", "planned_s": 720 }, { "id": "fishing", "planned_s": 720 },
    ]);
    let alone = told("/services", services);
    assert!(
        alone.starts_with("services[1] (\"fishing\") is offered by no counter"),
        "{alone}"
    );
}

#[test]
fn two_of_one_name_are_refused_also_an_appointment_and_a_walk_in() {
    let walk_ins = told("/walk_ins/1/id", json!("W1"));
    assert!(walk_ins.starts_with("walk_ins[1] (\"W1\")"), "{walk_ins}");
    let both = told("/walk_ins/0/id", json!("A1"));
    assert!(both.starts_with("walk_ins[0] (\"A1\")"), "{both}");
}

#[test]
fn a_day_without_services_or_counters_is_refused() {
    assert!(told("/services", json!([])).contains("no services"));
    assert!(told("/counters", json!([])).contains("no counters"));
}

#[test]
fn more_people_than_any_office_sees_are_refused() {
    let one = sound()["walk_ins"][0].clone();
    let told = told("/walk_ins", Value::Array(vec![one; 100_001]));
    assert_eq!(told, "walk_ins has 100001 entries; write 100000 at most");
}

#[test]
fn a_word_in_place_of_a_figure_is_told_with_its_line() {
    let text = "{\n \"opens\": \"early\"\n}";
    let told = Day::parse(text).expect_err("a word").to_string();
    assert!(told.contains("line 2"), "{told}");
}

#[test]
fn who_never_comes_must_be_written_so_that_a_slip_of_the_pen_sends_nobody_away() {
    let mut day = sound();
    let appointment = day["appointments"][0]
        .as_object_mut()
        .expect("an appointment");
    appointment.remove("arrives");
    let told = Day::parse(&day.to_string()).expect_err("a gap").to_string();
    assert!(told.contains("missing field `arrives`"), "{told}");
}
