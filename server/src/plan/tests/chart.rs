//! The plan as a picture.

use aufruf_engine::HouseRules;
use aufruf_engine::planning::StayOf;
use serde_json::json;

use super::super::{Names, Sheet, chart};
use super::xml::Element;
use super::{at, sheet, stay};
use crate::simulate::{Day, state_at};

fn drawn(sheet: &Sheet) -> Element {
    Element::read(&chart(sheet))
}

/// The words of every stay, in a row's order.
fn told(row: &Element) -> Vec<&str> {
    let stays = row.all("role", "listitem").into_iter();
    stays
        .map(|stay| stay.child("title").text.as_str())
        .collect()
}

/// A day with three counters and a crowd, at ten.
fn crowded() -> Sheet {
    let hour = |hour: i64| hour * 3600;
    let counters = ["1", "2", "3"].map(
        |id| json!({ "id": id, "services": ["passport"], "shifts": [[hour(8), hour(12)], [hour(13), hour(16)]] }),
    );
    let walk_ins = (0..40).map(|n| {
        json!({ "id": format!("W{n}"), "service": "passport", "arrives": hour(9) + n * 97, "takes_s": 400 + n * 7, "patience_s": null })
    });
    let appointments = (0..30).map(|n| {
        let at = hour(9) + n * 600;
        json!({ "id": format!("A{n}"), "service": "passport", "at": at, "arrives": at - 120, "takes_s": 500 })
    });
    let day = json!({
        "opens": hour(8), "closes": hour(16), "no_show_s": 120,
        "services": [{ "id": "passport", "planned_s": 600 }], "counters": counters,
        "walk_ins": walk_ins.collect::<Vec<_>>(), "appointments": appointments.collect::<Vec<_>>(),
    });
    let day = Day::parse(&day.to_string()).expect("a sound day");
    let ten = "10:00".parse().expect("a time");
    let (state, now) = state_at(&day, HouseRules::default(), ten).expect("a day that goes on");
    Sheet::of(&state, &Names::default(), now).expect("an open day")
}

#[test]
fn every_counter_is_a_row_and_every_stay_is_named_in_it_once() {
    let chart = drawn(&sheet());
    let rows = chart.all("role", "list");
    let counters: Vec<_> = rows
        .iter()
        .filter_map(|row| row.attribute("aria-label"))
        .collect();
    let expected = [
        "Platz 1 (counter-1): staffed 10:30-11:30",
        "Platz 2 (counter-2): staffed 10:45-11:00, 11:15-12:00",
        "Platz 3 (counter-3): not staffed",
    ];
    assert_eq!(counters, expected);
    let stays = [
        "A012, running, 10:24-10:36, Personalausweis",
        "A015, walk-in, 10:36-10:47, Personalausweis",
        "B003, appointment at 10:50, 10:50-11:05, Personalausweis",
    ];
    assert_eq!(told(rows[0]), stays);
    assert_eq!(told(rows[1]).len(), 1);
    assert_eq!(told(rows[2]).len(), 0);
}

#[test]
fn a_crowded_day_names_everybody_once_and_no_two_stays_of_a_row_overlap() {
    let sheet = crowded();
    let chart = drawn(&sheet);
    let rows = chart.all("role", "list");
    let planned: usize = sheet.rows.iter().map(|row| row.stays.len()).sum();
    assert!(planned > 40, "{planned} stays are a crowd");
    let mut numbers: Vec<&str> = rows
        .iter()
        .flat_map(|row| told(row))
        .filter_map(|told| told.split(',').next())
        .collect();
    assert_eq!(numbers.len(), planned);
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), planned);
    for row in rows {
        let bars: Vec<&Element> = row
            .all("role", "listitem")
            .into_iter()
            .map(|stay| stay.child("rect"))
            .collect();
        for pair in bars.windows(2) {
            let end = pair[0].figure("x") + pair[0].figure("width");
            // Both ends are rounded to a tenth of a pixel.
            assert!(end <= pair[1].figure("x") + 0.11, "{pair:?}");
        }
    }
}

#[test]
fn each_kind_of_stay_has_its_own_look_and_the_legend_tells_it() {
    let chart = drawn(&sheet());
    for (kind, stays) in [("running", 1), ("walk-in", 2), ("appointment", 1)] {
        let drawn = chart.all("class", &format!("stay {kind}"));
        assert_eq!(
            drawn.len(),
            stays + 1,
            "{kind}: its stays and the legend's swatch"
        );
    }
    assert_eq!(
        chart.all("class", "staffed").len(),
        4,
        "three spans and a swatch"
    );
}

#[test]
fn now_and_closing_are_lines_with_their_times_and_full_hours_are_named() {
    let chart = drawn(&sheet());
    let now = chart.all("class", "now")[0].figure("x1");
    let closes = chart.all("class", "closes")[0].figure("x1");
    assert_eq!(chart.all("class", "now-word")[0].text, "now 10:30");
    assert_eq!(chart.all("class", "closes-word")[0].text, "closes 12:00");
    let hours = chart.all("class", "hour");
    let eleven: Vec<f64> = hours
        .iter()
        .filter(|hour| hour.text == "11:00")
        .map(|hour| hour.figure("x"))
        .collect();
    assert_eq!(eleven.len(), 2, "above and below");
    // 10:30 to 11:00 is a third of 10:30 to 12:00.
    assert!((now + (closes - now) / 3.0 - eleven[0]).abs() < 0.2);
}

#[test]
fn nothing_is_drawn_beside_the_picture() {
    for sheet in [sheet(), crowded()] {
        let chart = drawn(&sheet);
        let (width, height) = (chart.figure("width"), chart.figure("height"));
        for bar in [
            "stay running",
            "stay walk-in",
            "stay appointment",
            "staffed",
        ] {
            for bar in chart.all("class", bar) {
                assert!(bar.figure("x") >= 0.0);
                assert!(bar.figure("x") + bar.figure("width") <= width, "{bar:?}");
                assert!(bar.figure("y") + bar.figure("height") <= height, "{bar:?}");
            }
        }
    }
}

#[test]
fn of_a_visit_that_began_long_ago_only_the_end_is_drawn() {
    let mut sheet = sheet();
    sheet.rows[0].stays[0].span.from = at("07:00");
    let chart = drawn(&sheet);
    let row = chart.all("role", "list")[0];
    assert!(told(row)[0].contains("07:00-10:36"));
    let hours: Vec<_> = chart
        .all("class", "hour")
        .iter()
        .map(|hour| &hour.text)
        .collect();
    assert!(hours.iter().all(|hour| *hour != "09:00"), "{hours:?}");
}

#[test]
fn a_stay_with_room_bears_its_number_and_names_with_markup_stay_names() {
    let mut sheet = sheet();
    sheet.office = Some("Amt <Mitte> & \"Ost\"".to_owned());
    sheet.rows[0].name = "Platz <1>".to_owned();
    sheet.rows[0].stays[1] = stay("A&9", StayOf::WalkIn, ("10:36", "10:47"));
    let chart = drawn(&sheet);
    let numbers: Vec<_> = chart
        .all("class", "number")
        .iter()
        .map(|label| &label.text)
        .collect();
    assert_eq!(numbers, ["A012", "A&9", "B003", "A016"]);
    assert!(
        chart
            .child("title")
            .text
            .starts_with("Amt <Mitte> & \"Ost\", Monday")
    );
}

#[test]
fn who_is_in_no_counters_plan_is_named_below() {
    let note = |sheet: &Sheet| {
        let chart = drawn(sheet);
        let notes = chart.all("role", "note");
        notes
            .first()
            .and_then(|note| Some(note.attribute("aria-label")?.to_owned()))
    };
    let mut sheet = sheet();
    assert!(note(&sheet).is_some_and(|told| told.ends_with(": C001")));
    sheet.unplanned.clear();
    assert_eq!(note(&sheet), None);
}
