//! The wall as visitors see it, in the states it can be in.
//!
//! `UPDATE_PICTURES=1 cargo nextest run -p aufruf-display --test pictures` takes new pictures: look at them.

use aufruf_display::adapter::Adapter;
use aufruf_display::controller::{CurrentCall, Frame, Line, ListedCall, QueueFigures, Wait, Wall};
use aufruf_display::ui::App;
use aufruf_protocol::latest::{Arrow, CallId};
use aufruf_ui::testing::{assert_picture, init_testing_backend, picture_of};
use slint::ComponentHandle;

#[track_caller]
fn looks(name: &str, wall: &Wall) {
    looks_at(name, wall, (1920, 1080));
}

#[track_caller]
fn looks_at(name: &str, wall: &Wall, (width, height): (u32, u32)) {
    init_testing_backend();
    let app = App::new().expect("the testing backend has windows");
    app.on_frame_drawn(|_, colour| colour);
    Adapter::connect(&app, "http://192.168.1.10:8080").show(&app, Frame(1), wall);
    app.show().expect("the testing backend shows windows");
    assert_picture(name, &picture_of(app.window(), width, height));
}

/// The wall of the sample in German, with one call.
fn wall() -> Wall {
    Wall {
        language: Some("de".to_owned()),
        second_language: Some("en".to_owned()),
        office: "Bürgeramt Mitte".to_owned(),
        clock: "10:42".to_owned(),
        line: Line::Live,
        current: Some(current()),
        list: list(&[("B207", "11"), ("A011", "2"), ("C033", "7"), ("A010", "4")]),
        queues: vec![
            queue("Ausweise", "A", 14, Wait::Minutes { low: 25, high: 35 }),
            queue("Meldewesen", "B", 6, Wait::Minutes { low: 10, high: 20 }),
            queue("Führungszeugnis, Beglaubigung", "C", 1, Wait::Soon),
        ],
    }
}

fn current() -> CurrentCall {
    CurrentCall {
        call: CallId(12),
        number: "A012".to_owned(),
        counter: "Platz 4".to_owned(),
        arrow: Arrow::Right,
        way: "Raum 1.07 · 1. Stock links".to_owned(),
        again: false,
        announcing: true,
    }
}

fn list(rows: &[(&str, &str)]) -> Vec<ListedCall> {
    let row = |(number, counter): &(&str, &str)| ListedCall {
        call: CallId(1),
        number: (*number).to_owned(),
        counter_word: "Platz".to_owned(),
        counter_name: (*counter).to_owned(),
        coming: false,
    };
    rows.iter().map(row).collect()
}

fn queue(name: &str, prefix: &str, waiting: u32, wait: Wait) -> QueueFigures {
    QueueFigures {
        name: name.to_owned(),
        prefix: prefix.to_owned(),
        waiting,
        wait,
    }
}

fn coming(mut list: Vec<ListedCall>, first: usize) -> Vec<ListedCall> {
    list.iter_mut()
        .take(first)
        .for_each(|row| row.coming = true);
    list
}

#[test]
fn a_call_is_announced_and_others_stand_beside_it() {
    looks("announcing", &wall());
}

#[test]
fn after_its_announcement_the_call_stays_and_its_heading_is_no_longer_lit() {
    let mut wall = wall();
    wall.current.as_mut().expect("a call").announcing = false;
    wall.list.extend(list(&[("B206", "9"), ("A009", "1")]));
    looks("announced", &wall);
}

#[test]
fn a_first_call_of_the_day_stands_alone() {
    let mut wall = wall();
    wall.list.clear();
    looks("first-call", &wall);
}

#[test]
fn nobody_has_been_called_yet() {
    let mut wall = wall();
    wall.current = None;
    wall.list.clear();
    looks("nobody", &wall);
}

#[test]
fn nobody_is_called_now_but_visits_go_on() {
    let mut wall = wall();
    wall.current = None;
    looks("nobody-now", &wall);
}

#[test]
fn a_recall_says_so_and_those_called_meanwhile_are_marked() {
    let mut wall = wall();
    wall.current.as_mut().expect("a call").again = true;
    wall.list = coming(wall.list, 2);
    looks("recall", &wall);
}

#[test]
fn twelve_calls_stand_in_two_columns() {
    let mut wall = wall();
    let rows: Vec<(String, String)> = (1..=11)
        .rev()
        .map(|n| (format!("B{:03}", 200 + n), n.to_string()))
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(n, c)| (n.as_str(), c.as_str())).collect();
    wall.list = coming(list(&rows), 5);
    looks("two-columns", &wall);
}

#[test]
fn a_burst_of_calls_stands_in_three_columns() {
    let mut wall = wall();
    let rows: Vec<(String, String)> = (1..=36)
        .rev()
        .map(|n| (format!("B{:03}", 200 + n), n.to_string()))
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(n, c)| (n.as_str(), c.as_str())).collect();
    wall.list = coming(list(&rows), 30);
    looks("three-columns", &wall);
}

#[test]
fn the_longest_texts_still_fit() {
    let mut wall = wall();
    wall.office =
        "Bürger- und Ordnungsamt der Verbandsgemeinde Rheinauen-Oberhausen, Außenstelle Nord"
            .to_owned();
    let current = wall.current.as_mut().expect("a call");
    current.number = "AB1234".to_owned();
    current.counter = "Schalter Infotheke Erdgeschoss".to_owned();
    current.way =
        "Durch die Glastür, dann zweite Tür rechts neben dem Aufzug bis zum Ende des Flurs, \
                   Gebäude B, Zimmer 214 a"
            .to_owned();
    wall.list = coming(
        list(&[
            ("AB1233", "Infotheke Erdgeschoss"),
            ("WW1111", "B 2.14 a"),
            ("A011", "Kasse"),
        ]),
        1,
    );
    wall.queues = vec![
        queue(
            "Personalausweise, Reisepässe und Kinderreisepässe",
            "AB",
            128,
            Wait::Minutes {
                low: 125,
                high: 180,
            },
        ),
        queue("", "B", 6, Wait::Minutes { low: 10, high: 20 }),
        queue("Gewerbe", "C", 0, Wait::Unknown),
        queue("Fundbüro", "D", 1, Wait::Soon),
        queue("Standesamt", "E", 3, Wait::Soon),
    ];
    looks("longest-texts", &wall);
}

#[test]
fn an_arabic_office_reads_from_right_to_left() {
    looks("arabic", &arabic());
}

fn arabic() -> Wall {
    let mut wall = wall();
    wall.language = Some(String::from("ar"));
    wall.office = String::from("مكتب المواطنين");
    let current = wall.current.as_mut().expect("a call");
    current.counter = String::from("شباك 4");
    current.way = String::from("الغرفة 1.07 · الطابق الأول يساراً");
    current.arrow = Arrow::Left;
    wall.list
        .iter_mut()
        .for_each(|row| row.counter_word = String::from("شباك"));
    wall.list = coming(wall.list, 1);
    wall.queues = vec![
        queue("الهويات", "A", 14, Wait::Minutes { low: 25, high: 35 }),
        queue("التسجيل", "B", 2, Wait::Soon),
    ];
    wall
}

#[test]
fn an_arabic_office_in_which_nobody_is_called_yet() {
    let mut wall = arabic();
    wall.current = None;
    wall.list.clear();
    looks("arabic-nobody", &wall);
}

#[test]
fn nobody_has_been_called_yet_and_the_second_language_is_arabic() {
    let mut wall = wall();
    wall.current = None;
    wall.list.clear();
    wall.second_language = Some("ar".to_owned());
    looks("nobody-second-arabic", &wall);
}

#[test]
fn an_arabic_office_whose_server_is_away() {
    let mut wall = arabic();
    wall.list.clear();
    wall.line = Line::Stale {
        since: "10:41".to_owned(),
    };
    looks("arabic-stale", &wall);
}

#[test]
fn when_the_server_is_away_its_figures_vanish_and_the_calls_stay() {
    let mut wall = wall();
    wall.line = Line::Stale {
        since: "10:41".to_owned(),
    };
    looks("stale", &wall);
}

#[test]
fn before_the_office_was_heard_the_display_says_what_it_does() {
    let wall = Wall {
        clock: "07:58".to_owned(),
        line: Line::Connecting {
            since: "07:57".to_owned(),
        },
        ..Wall::default()
    };
    looks("connecting", &wall);
}

#[test]
fn a_smaller_screen_shows_the_same() {
    looks_at("small-screen", &wall(), (1280, 720));
}
