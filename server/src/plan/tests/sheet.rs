//! What a sheet takes from the engine's plan.

use aufruf_engine::hours::ClockTime;
use aufruf_engine::planning::StayOf;
use aufruf_engine::{Actor, Command, HouseRules, QueueKey, Refusal, ServiceKey, State, step};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::{Names, Newcomers, Sheet, Waiting};
use super::at;
use crate::office::OfficeDocument;
use crate::simulate::{Day, state_at};

/// From 8 to 12. Counter `b` for passports has a break from 9 to half past, counter `a` for cards comes
/// at 10.
fn day(walk_ins: &[(&str, &str, i64)], appointments: &[(&str, i64)]) -> Day {
    day_with((10, 12), walk_ins, appointments)
}

/// The same with these hours of counter `a`. People come so many minutes after 8.
fn day_with(
    (from, to): (i64, i64),
    walk_ins: &[(&str, &str, i64)],
    appointments: &[(&str, i64)],
) -> Day {
    let hour = |hour: i64| hour * 3600;
    let walk_ins = walk_ins.iter().map(|(id, service, minute)| {
        let arrives = hour(8) + minute * 60;
        json!({ "id": id, "service": service, "arrives": arrives, "takes_s": 600, "patience_s": null })
    });
    let appointments = appointments.iter().map(|(id, minute)| {
        let at = hour(8) + minute * 60;
        json!({ "id": id, "service": "passport", "at": at, "arrives": at, "takes_s": 600 })
    });
    let break_at_nine = [[hour(8), hour(9)], [hour(9) + 1800, hour(12)]];
    let text = json!({
        "opens": hour(8), "closes": hour(12), "no_show_s": 120,
        "services": [{ "id": "passport", "planned_s": 600 }, { "id": "card", "planned_s": 600 }],
        "counters": [
            { "id": "b", "services": ["passport"], "shifts": break_at_nine },
            { "id": "a", "services": ["card"], "shifts": [[hour(from), hour(to)]] },
        ],
        "walk_ins": walk_ins.collect::<Vec<Value>>(),
        "appointments": appointments.collect::<Vec<Value>>(),
    });
    Day::parse(&text.to_string()).expect("a sound day")
}

fn state_of(day: &Day, clock: &str) -> (State, Timestamp) {
    let at: ClockTime = clock.parse().expect("a time");
    state_at(day, HouseRules::default(), at).expect("a day that goes on")
}

fn sheet_at(day: &Day, clock: &str) -> Sheet {
    let (state, now) = state_of(day, clock);
    Sheet::of(&state, &Names::default(), now).expect("an open day")
}

#[test]
fn counters_stand_in_the_offices_order_with_their_breaks() {
    let sheet = sheet_at(&day(&[], &[]), "08:30");
    let told: Vec<String> = sheet
        .rows
        .iter()
        .map(|row| format!("{}: {}", row.key, sheet.staffed(row)))
        .collect();
    assert_eq!(
        told,
        [
            "b: staffed 08:30-09:00, 09:30-12:00",
            "a: staffed 10:00-12:00"
        ]
    );
}

#[test]
fn who_is_served_runs_and_who_waits_and_who_is_expected_come_after() {
    let day = day(
        &[("W1", "passport", 20), ("W2", "passport", 25)],
        &[("A1", 90)],
    );
    let sheet = sheet_at(&day, "08:25");
    let stays = &sheet.rows[0].stays;
    let told: Vec<(&str, String)> = stays
        .iter()
        .map(|stay| (stay.number.as_str(), sheet.kind(stay.of)))
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(n, kind)| (*n, kind.as_str())).collect();
    let expected = [
        ("A000001", "running"),
        ("A000002", "walk-in"),
        ("T00001", "appointment at 09:30"),
    ];
    assert_eq!(told, expected);
    assert_eq!(sheet.clock(stays[0].span.from), "08:20");
    assert!(stays.iter().all(|stay| stay.service == "passport"));
}

#[test]
fn the_last_shift_lasts_as_long_as_the_plan_has_people_for_it() {
    let crowd: Vec<_> = (0..8)
        .map(|n| (["1", "2", "3", "4", "5", "6", "7", "8"][n], "passport", 200))
        .collect();
    let sheet = sheet_at(&day(&crowd, &[]), "11:20");
    let row = &sheet.rows[0];
    let last = row.stays.last().expect("a crowd").span.to;
    assert!(sheet.closes.is_some_and(|closes| last > closes), "{last}");
    assert_eq!(row.staffed.last().map(|span| span.to), Some(last));
    assert_eq!(sheet.ends(), last);
}

#[test]
fn nobody_can_say_when_a_service_is_called_that_no_counter_will_serve() {
    let sheet = sheet_at(&day_with((8, 9), &[], &[]), "09:40");
    let [passport, card] = &sheet.services[..] else {
        panic!("two services: {:?}", sheet.services);
    };
    assert!(
        matches!(passport.newcomers, Newcomers::Called(_)),
        "{passport:?}"
    );
    assert_eq!(card.newcomers, Newcomers::NobodyServes);
    assert_eq!(sheet.staffed(&sheet.rows[1]), "not staffed");
}

#[test]
fn who_waits_for_what_no_counter_will_serve_is_told_apart() {
    let day = day_with((8, 9), &[("W1", "card", 90), ("W2", "passport", 91)], &[]);
    let sheet = sheet_at(&day, "09:35");
    let alone = Waiting {
        number: "A000001".to_owned(),
        service: "card".to_owned(),
    };
    assert_eq!(sheet.unplanned, [alone]);
    assert_eq!(sheet.rows[0].stays[0].number, "A000002");
}

#[test]
fn what_the_office_has_said_to_be_sold_out_is_sold_out_here() {
    let (mut state, now) = state_of(&day(&[], &[]), "08:30");
    let services = [ServiceKey::new("passport")].into();
    let by = Actor::new("planning");
    step(&mut state, &Command::SellOut { services }, &by, now).expect("the engine says yes");
    let sheet = Sheet::of(&state, &Names::default(), now).expect("an open day");
    assert_eq!(sheet.services[0].newcomers, Newcomers::SoldOut);
}

#[test]
fn after_closing_the_kiosk_gives_no_ticket() {
    let sheet = sheet_at(&day(&[], &[]), "12:00");
    let closed = Newcomers::NoTicket(Refusal::Closed {
        queue: QueueKey::new("office"),
        opens_at: Some("2026-03-03T08:00:00Z".parse().expect("a time")),
    });
    assert_eq!(sheet.services[0].newcomers, closed);
}

#[test]
fn a_counter_without_a_plan_is_staffed_until_the_day_ends_where_the_house_has_no_hours() {
    let text = include_str!("../../../../assets/office/demo.toml");
    let mut office = OfficeDocument::parse(text)
        .expect("a sound office")
        .to_engine(1);
    for counter in &mut office.counters {
        counter.shifts = None;
    }
    for queue in &mut office.queues {
        queue.appointment_hours = None;
    }
    let (counter, clerk) = (office.counters[0].key.clone(), None);
    let (mut state, by, now) = (State::default(), Actor::new("panel-1"), at("10:30"));
    let office = std::sync::Arc::new(office);
    for wish in [
        Command::UseOffice { office },
        Command::OpenCounter { counter, clerk },
    ] {
        step(&mut state, &wish, &by, now).expect("the engine says yes");
    }
    let sheet = Sheet::of(&state, &Names::default(), now).expect("an open day");
    let told: Vec<String> = sheet.rows.iter().map(|row| sheet.staffed(row)).collect();
    assert_eq!(told[..2], ["staffed 10:30-24:00", "not staffed"]);
    assert_eq!(sheet.closes, None);
}

#[test]
fn while_no_day_is_open_there_is_no_plan() {
    assert!(Sheet::of(&State::default(), &Names::default(), at("10:30")).is_none());
}

#[test]
fn gaps_of_five_minutes_are_told_and_shorter_ones_are_not() {
    let sheet = super::sheet();
    let free = |row: usize| {
        let gaps = sheet.rows[row].free().into_iter();
        gaps.map(|gap| sheet.span(gap)).collect::<Vec<_>>()
    };
    assert_eq!(free(0), ["11:05-11:30"]);
    assert_eq!(free(1), ["11:15-12:00"]);
    let mut row = sheet.rows[1].clone();
    row.stays[0].span.to = at("10:55");
    assert_eq!(sheet.span(row.free()[0]), "10:55-11:00");
}

#[test]
fn a_stay_that_reaches_into_a_break_leaves_no_gap_before_its_end() {
    let mut row = super::sheet().rows[1].clone();
    row.stays[0].of = StayOf::Running;
    row.stays[0].span.to = at("11:40");
    let free = row.free();
    assert_eq!(free, [super::span("11:40", "12:00")]);
}

#[test]
fn an_office_calls_its_counters_and_services_in_its_first_language() {
    let text = include_str!("../../../../assets/office/demo.toml");
    let names = Names::of(&OfficeDocument::parse(text).expect("a sound office"));
    let counter = aufruf_engine::CounterKey::new("counter-1");
    let services = ["move", "pick-up"].map(aufruf_engine::ServiceKey::new);
    assert_eq!(names.counter(&counter), "Platz 1");
    assert_eq!(
        names.services(&services),
        "An-, Um- und Abmeldung + Abholung fertiger Dokumente"
    );
    let unknown = aufruf_engine::CounterKey::new("ids-1");
    assert_eq!(names.counter(&unknown), "ids-1");
}
