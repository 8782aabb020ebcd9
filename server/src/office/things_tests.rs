//! What services, counters and closed days say, and what is told of those that cannot be meant.

use std::collections::BTreeSet;

use aufruf_engine as engine;

use super::tests::{SMALL, and, fault, sound, with};

fn keys(keys: &BTreeSet<engine::ServiceKey>) -> Vec<&str> {
    keys.iter().map(engine::ServiceKey::as_str).collect()
}

#[test]
fn a_service_has_its_duration_in_minutes_or_in_slots() {
    let slots = "[[queues.appointments]]\ndays = [\"mon\"]\nopen = [\"08:00-12:00\"]\nslot_min = 15\ncounters = 1\n\
                 [[queues.appointments]]\ndays = [\"tue\"]\nopen = [\"08:00-12:00\"]\nslot_min = 20\ncounters = 1\n";
    let minutes = |duration: &str| {
        let text = with("duration_min = 12", duration);
        sound(&format!("{text}{slots}")).to_engine(1).services[0].duration_min
    };
    for (duration, expected) in [
        ("duration_min = 1", 1),
        ("duration_min = 1440", 1440),
        ("duration_slots = 1", 15),
        ("duration_slots = 3", 45),
    ] {
        assert_eq!(minutes(duration), expected, "{duration}");
    }
    for (duration, tables, told) in [
        (
            "",
            slots,
            "has no duration; write duration_min or duration_slots",
        ),
        (
            "duration_min = 5\nduration_slots = 1",
            slots,
            "write one of them",
        ),
        (
            "duration_slots = 1",
            "",
            "its queue has no [[queues.appointments]]",
        ),
        ("duration_min = 0", slots, "0 minutes; write at least 1"),
        ("duration_slots = 0", slots, "0 minutes; write at least 1"),
        ("duration_min = 1441", slots, "write at most 1440"),
        ("duration_slots = 4294967295", slots, "write at most 1440"),
    ] {
        let text = format!("{}{tables}", with("duration_min = 12", duration));
        let fault = fault(&text);
        assert!(
            fault.starts_with("service \"pass\"") && fault.contains(told),
            "{fault}"
        );
    }
}

#[test]
fn a_counter_offers_its_skills_the_services_of_its_queues_and_what_it_helps_out_with() {
    let skills = "skills = [\"pass\", \"pick-up\"]";
    for (offers, all, helps_out) in [
        (skills, vec!["pass", "pick-up"], vec![]),
        ("queues = [\"ids\"]", vec!["pass", "pick-up"], vec![]),
        (
            "queues = [\"ids\"]\nskills = [\"pass\"]",
            vec!["pass", "pick-up"],
            vec![],
        ),
        (
            "skills = [\"pass\"]\nhelps_out = [\"pick-up\"]",
            vec!["pass", "pick-up"],
            vec!["pick-up"],
        ),
        (
            "queues = [\"ids\"]\nhelps_out = [\"pick-up\"]",
            vec!["pass", "pick-up"],
            vec!["pick-up"],
        ),
        (
            "helps_out = [\"ids\"]",
            vec!["pass", "pick-up"],
            vec!["pass", "pick-up"],
        ),
    ] {
        let document = sound(&with(skills, offers));
        let counter = document.to_engine(1).counters.remove(0);
        assert_eq!(keys(&counter.skills), all, "{offers}");
        assert_eq!(keys(&counter.helps_out), helps_out, "{offers}");
        let shown: Vec<_> = document.counters[0].skills.iter().collect();
        assert_eq!(shown, all, "screens are told the same");
    }
}

#[test]
fn what_a_counter_cannot_offer_is_told() {
    let skills = "skills = [\"pass\", \"pick-up\"]";
    for (offers, told) in [
        (
            format!("{skills}\nqueues = [\"x\"]"),
            "names queue \"x\", which is not defined",
        ),
        (
            format!("{skills}\nhelps_out = [\"x\"]"),
            "names service or queue \"x\", which is not defined",
        ),
        (
            "skills = [\"pass\", \"pick-up\", \"x\"]".to_owned(),
            "names service \"x\", which is not defined",
        ),
    ] {
        let fault = fault(&with(skills, &offers));
        assert!(
            fault.starts_with("counter \"one\"") && fault.contains(told),
            "{fault}"
        );
    }
    let idle = "[[counters]]\nkey = \"two\"\nname = \"2\"\narea = \"hall\"\n";
    assert!(fault(&and(idle)).contains("write skills, or queues"));
    sound(&and(&format!("{idle}skills = []")));
}

#[test]
fn a_name_that_is_a_service_and_a_queue_says_not_what_a_counter_helps_out_with() {
    let text = SMALL.replace("\"pick-up\"", "\"ids\"").replace(
        "skills = [\"pass\", \"ids\"]",
        "skills = [\"pass\"]\nhelps_out = [\"ids\"]",
    );
    assert!(fault(&text).contains("\"ids\", which is a service and a queue"));
}

#[test]
fn a_counter_has_what_people_need_and_nothing_else() {
    let has = |attributes: &str| {
        with(
            "area = \"hall\"",
            &format!("area = \"hall\"\nattributes = {attributes}"),
        )
    };
    let counter = sound(&has("[\"sign_language\", \"lowered_counter\"]"))
        .to_engine(1)
        .counters
        .remove(0);
    let needs = [engine::Need::LoweredCounter, engine::Need::SignLanguage];
    assert_eq!(counter.attributes, BTreeSet::from(needs));
    let told = fault(&has("[\"lift\"]"));
    assert!(
        told.contains("lift") && told.contains("induction_loop"),
        "{told}"
    );
}

const CLOSED: &str = r#"
[[holidays]]
date = 2026-12-25
name = { de = "Weihnachten" }
[[closures]]
from = 2026-12-24
to = 2026-12-26
queues = ["ids"]
notice = { de = "Umzug" }
[[closures]]
from = "2027-01-04"
"#;

#[test]
fn holidays_and_closures_close_the_office_for_the_engine() {
    let office = sound(&and(CLOSED)).to_engine(1);
    let queue = engine::QueueKey::new("ids");
    let other = engine::QueueKey::new("other");
    for (date, ids, others) in [
        ("2026-12-23", false, false),
        ("2026-12-24", true, false),
        ("2026-12-25", true, true),
        ("2026-12-26", true, false),
        ("2026-12-27", false, false),
        ("2027-01-04", true, true),
        ("2027-01-05", false, false),
    ] {
        let date = date.parse().expect("a date");
        let closed = (
            office.is_closed_on(&queue, date),
            office.is_closed_on(&other, date),
        );
        assert_eq!(closed, (ids, others), "{date}");
    }
}

#[test]
fn on_a_closed_day_visitors_are_told_the_notice_or_else_the_holiday() {
    let office = sound(&and(CLOSED));
    for (queue, date, told) in [
        ("ids", "2026-12-23", None),
        ("ids", "2026-12-24", Some("Umzug")),
        ("ids", "2026-12-25", Some("Umzug")),
        ("ids", "2026-12-26", Some("Umzug")),
        ("ids", "2026-12-27", None),
        ("other", "2026-12-24", None),
        ("other", "2026-12-25", Some("Weihnachten")),
        ("ids", "2027-01-04", None),
    ] {
        let words = office.closing_words(queue, date.parse().expect("a date"));
        let words = words.map(|texts| texts.in_language("de", &[]));
        assert_eq!(words, told, "{queue} on {date}");
    }
}

#[test]
fn a_closure_that_cannot_be_meant_is_told() {
    for (closure, told) in [
        (
            "from = 2026-12-02\nto = 2026-12-01",
            "write the first day before the last",
        ),
        (
            "from = 2026-12-02\nqueues = [\"x\"]",
            "names queue \"x\", which is not defined",
        ),
        (
            "from = 2026-12-02\nnotice = { en = \"Moving\" }",
            "has no text in \"de\"",
        ),
        ("from = 2026-02-30", "day between 01 and 28"),
        (
            "from = \"2026-02-30\"",
            "expected a date such as 2026-12-24",
        ),
        (
            "from = 2026-12-02T08:00:00",
            "expected a date such as 2026-12-24",
        ),
        ("from = 5", "expected a date such as 2026-12-24"),
    ] {
        let fault = fault(&and(&format!("[[closures]]\n{closure}")));
        assert!(fault.contains(told), "{fault}");
    }
}
