//! What an office file says and what it may not say; also the small office that other tests change.

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;

use super::*;

pub(super) const DEMO: &str = include_str!("../../../assets/office/demo.toml");

/// One of everything, with two services, and nothing that may be missing.
pub(super) const SMALL: &str = r#"
name = { de = "Amt" }
languages = ["de"]
time_zone = "Europe/Berlin"
counter_word = { de = "Platz" }
print_within_min = 10
[[series]]
key = "a"
prefix = "A"
from = 1
to = 999
reuse_after_min = 120
[[services]]
key = "pass"
queue = "ids"
duration_min = 12
name = { de = "Pass" }
[[services]]
key = "pick-up"
queue = "ids"
duration_min = 4
name = { de = "Abholung" }
[[areas]]
key = "hall"
name = { de = "Halle" }
[[counters]]
key = "one"
name = "1"
area = "hall"
skills = ["pass", "pick-up"]
[[queues]]
key = "ids"
series = "a"
max_waiting = 300
name = { de = "Ausweise" }
"#;

/// The small office with `changed` in place of `text`.
pub(super) fn with(text: &str, changed: &str) -> String {
    assert!(SMALL.contains(text), "{text}");
    SMALL.replacen(text, changed, 1)
}

/// The small office with more tables at its end: those of its queue may begin there.
pub(super) fn and(tables: &str) -> String {
    format!("{SMALL}{tables}\n")
}

#[track_caller]
pub(super) fn sound(text: &str) -> OfficeDocument {
    OfficeDocument::parse(text).unwrap_or_else(|faults| panic!("{faults}\nin {text}"))
}

#[track_caller]
pub(super) fn faults(text: &str) -> Vec<String> {
    let read = OfficeDocument::parse(text);
    read.map_or_else(|faults| faults.0, |_| panic!("no fault in {text}"))
}

/// The only fault, without its line.
#[track_caller]
pub(super) fn fault(text: &str) -> String {
    let told = faults(text);
    assert_eq!(told.len(), 1, "{told:?}");
    let (line, fault) = told[0].split_once(": ").expect("a line");
    assert!(line.starts_with("line "), "{told:?}");
    fault.to_owned()
}

#[test]
fn the_demo_office_has_no_fault() {
    let office = sound(DEMO);
    let sizes = [
        office.queues.len(),
        office.services.len(),
        office.counters.len(),
        office.areas.len(),
    ];
    assert_eq!(sizes, [3, 8, 6, 2]);
}

#[test]
fn the_demo_office_takes_walk_ins_at_any_time_and_gives_nobody_a_second_call() {
    for queue in sound(DEMO).to_engine(1).queues {
        assert_eq!(queue.walk_in_hours, None);
        assert_eq!(queue.rules.calls_in_vain, 1);
    }
}

#[test]
fn an_office_file_without_the_newer_keys_has_the_engines_own_rules_and_no_hours() {
    let office = sound(SMALL).to_engine(7);
    assert_eq!(
        (office.version, office.rules),
        (7, engine::HouseRules::default())
    );
    assert_eq!(office.closures, []);
    let queue = &office.queues[0];
    assert_eq!(queue.rules, engine::QueueRules::default());
    assert_eq!(
        (&queue.walk_in_hours, &queue.appointment_hours),
        (&None, &None)
    );
    let skills = office.counters[0].skills.iter();
    let skills: Vec<_> = skills.map(engine::ServiceKey::as_str).collect();
    assert_eq!(skills, ["pass", "pick-up"]);
}

#[test]
fn rules_that_are_written_hold_and_the_others_stay_as_usual() {
    let text = and(
        "[queues.rules]\ncalls_in_vain = 3\ncheck_in = \"none\"\nghost_counters = 2\n\
                    [rules]\nundo_within_secs = 0",
    );
    let office = sound(&text).to_engine(1);
    let rules = engine::QueueRules {
        calls_in_vain: 3,
        check_in: engine::CheckInRule::None,
        ghost_counters: Some(2),
        ..engine::QueueRules::default()
    };
    assert_eq!(office.queues[0].rules, rules);
    let house = engine::HouseRules {
        undo_within_secs: 0,
        ..engine::HouseRules::default()
    };
    assert_eq!(office.rules, house);
}

#[test]
fn an_office_says_how_often_one_may_be_overtaken_how_early_one_is_called_and_how_long_one_is_held()
{
    let written = |overtaken: u32, early: u32, hold: u32| {
        let text = and(&format!(
            "[queues.rules]\nearly_call_min = {early}\nmax_hold_min = {hold}\n\
             [rules]\novertaken_at_most = {overtaken}"
        ));
        let office = sound(&text).to_engine(1);
        let rules = &office.queues[0].rules;
        (
            office.rules.overtaken_at_most,
            rules.early_call_min,
            rules.max_hold_min,
        )
    };
    assert_eq!(written(0, 0, 0), (0, 0, 0));
    assert_eq!(written(5, 60, 15), (5, 60, 15));
    let usual = sound(SMALL).to_engine(1);
    let rules = &usual.queues[0].rules;
    let usual = (
        usual.rules.overtaken_at_most,
        rules.early_call_min,
        rules.max_hold_min,
    );
    assert_eq!(usual, (5, 5, 2));
}

#[test]
fn who_would_be_overtaken_called_or_held_past_all_measure_is_told() {
    for (table, rule, told) in [
        (
            "rules",
            "overtaken_at_most = 6",
            "the office has overtaken_at_most = 6; write 0 to 5",
        ),
        (
            "queues.rules",
            "early_call_min = 61",
            "queue \"ids\" has early_call_min = 61; write 0 to 60",
        ),
        (
            "queues.rules",
            "max_hold_min = 16",
            "queue \"ids\" has max_hold_min = 16; write 0 to 15",
        ),
        (
            "rules",
            "overtaken_at_most = -1",
            "expected a whole number from 0 to 4294967295",
        ),
    ] {
        let text = and(&format!("[{table}]\n{rule}"));
        let found = faults(&text);
        let line = text.lines().count();
        assert_eq!(found.len(), 1, "{found:?}");
        let is_told = found[0].starts_with(&format!("line {line}")) && found[0].contains(told);
        assert!(is_told, "{rule}: {found:?}");
    }
}

#[test]
fn a_rule_out_of_its_range_is_told_with_the_line_on_which_it_stands() {
    let text = and(
        "[queues.rules]\nmax_wait_min = 10\ncalls_in_vain = 11\n[rules]\nfavoured_in_a_row = 0",
    );
    let line = |key: &str| {
        1 + text
            .lines()
            .position(|line| line.starts_with(key))
            .expect(key)
    };
    let of = |key: &str, told: &str| format!("line {}: {told}", line(key));
    assert_eq!(
        faults(&text),
        [
            of(
                "calls_in_vain",
                "queue \"ids\" has calls_in_vain = 11; write 1 to 10"
            ),
            of(
                "favoured_in_a_row",
                "the office has favoured_in_a_row = 0; write 1 to 100"
            ),
        ]
    );
}

#[test]
fn rules_that_count_from_closing_need_hours() {
    let rule = |rule| format!("[queues.rules]\n{rule}\n");
    let (last, overtime) = (rule("last_ticket_before_min = 5"), rule("overtime_min = 5"));
    let days = "days = [\"mon\"]\nopen = [\"08:00-12:00\"]\n";
    let hours = format!("[[queues.hours]]\n{days}");
    let slots = format!("[[queues.appointments]]\n{days}slot_min = 10\ncounters = 1\n");
    assert!(fault(&and(&last)).contains("last_ticket_before_min"));
    assert!(fault(&and(&format!("{last}{slots}"))).contains("no [[queues.hours]]"));
    sound(&and(&format!("{last}{hours}")));
    assert!(fault(&and(&overtime)).contains("overtime_min"));
    sound(&and(&format!("{overtime}{slots}")));
    sound(&and(&format!("{overtime}{hours}")));
}

#[test]
fn a_misspelt_key_is_told_with_its_line_and_what_could_have_been_meant() {
    let faulty = DEMO.replacen("max_waiting", "max_wating", 1);
    let line = 1 + faulty
        .lines()
        .position(|line| line.contains("max_wating"))
        .expect("it");
    let told = OfficeDocument::parse(&faulty)
        .expect_err("a misspelt key")
        .to_string();
    assert!(
        told.starts_with(&format!("line {line} (max_wating = 300): ")),
        "{told}"
    );
    assert!(told.contains("max_waiting"), "{told}");
}

#[test]
fn every_slip_of_the_pen_is_told_at_once() {
    let faulty = DEMO
        .replacen("max_waiting = 300", "max_waiting = -1", 1)
        .replacen("prefix = \"B\"", "prefix = 5", 1)
        .replacen("13:00-16:00", "13-16", 1)
        .replacen("weeks = [\"last\"]", "weeks = [\"letzte\"]", 1)
        .replacen("arrow = \"left\"", "arrow = \"west\"", 1)
        .replacen("languages =", "langages =", 1);
    let told = faults(&faulty);
    let words = [
        "langages",
        "expected a string",
        "expected a whole number",
        "\"13\" is no time of day",
        "letzte",
        "west",
    ];
    assert_eq!(told.len(), words.len(), "{told:#?}");
    for (told, word) in told.iter().zip(words) {
        assert!(
            told.starts_with("line ") && told.contains(word),
            "{word}: {told}"
        );
    }
}

#[test]
fn every_fault_of_an_office_is_told_at_once_in_the_order_of_the_file() {
    let slips = [
        (
            "time_zone = \"Europe/Berlin\"",
            "time_zone = \"Europe/Bärlin\"",
        ),
        ("series = \"a\"", "series = \"z\""),
        ("duration_min = 12", "duration_min = 0"),
        ("weeks = [\"last\"]", "weeks = []"),
        ("de = \"Beglaubigung\"", "da = \"Beglaubigung\""),
        ("area = \"upper\"", "area = \"roof\""),
    ];
    let faulty = slips.iter().fold(DEMO.to_owned(), |text, (right, wrong)| {
        assert!(text.contains(right), "{right}");
        text.replacen(right, wrong, 1)
    });
    // A fault of hours is told at its table, the line before last.
    let line = |wrong: &str| {
        1 + faulty
            .lines()
            .position(|line| line.contains(wrong))
            .expect(wrong)
    };
    let mut expected = slips.map(|(_, wrong)| line(wrong));
    expected[3] -= 2;
    expected.sort_unstable();
    let told = faults(&faulty);
    let lines: Vec<_> = told
        .iter()
        .filter_map(|told| told.split(':').next())
        .collect();
    assert_eq!(
        lines,
        expected.map(|line| format!("line {line}")),
        "{told:#?}"
    );
}

#[test]
fn of_two_things_with_one_key_the_second_is_pointed_at() {
    let twin = "[[areas]]\nkey = \"hall\"\nname = { de = \"Halle 2\" }";
    let text = and(twin);
    let line = text.lines().count() - 1;
    assert_eq!(
        faults(&text),
        [format!(
            "line {line}: area \"hall\" is defined twice; give each its own key"
        )]
    );
}

#[test]
fn a_text_is_there_in_the_offices_language_and_not_too_long() {
    let long = |n| "ä".repeat(n);
    let name = |text: &str| with("de = \"Pass\"", &format!("de = \"{text}\""));
    sound(&name(&long(120)));
    assert!(fault(&name(&long(121))).contains("has 121 characters; write at most 120"));
    assert!(fault(&name(" ")).contains("has no text in \"de\""));
    let hint = |n| {
        with(
            "de = \"Pass\" }",
            &format!("de = \"Pass\" }}\nhint = {{ tr = \"{}\" }}", long(n)),
        )
    };
    sound(&hint(400));
    assert!(fault(&hint(401)).contains("the hint of service \"pass\""));
    for (text, most) in [
        ("key = \"hall\"", 64),
        ("prefix = \"A\"", 8),
        ("name = \"1\"", 40),
    ] {
        let key = text.split(' ').next().expect("a key");
        let written = |n| {
            SMALL
                .replace("area = \"hall\"", "area = \"AREA\"")
                .replacen(text, &format!("{key} = \"{}\"", "x".repeat(n)), 1)
                .replace(
                    "AREA",
                    &if key == "key" {
                        "x".repeat(n)
                    } else {
                        "hall".to_owned()
                    },
                )
        };
        sound(&written(most));
        let told = fault(&written(most + 1));
        assert_eq!(
            told,
            format!("{key} has {} characters; write at most {most}", most + 1)
        );
    }
    assert_eq!(
        fault(&with("name = \"1\"", "name = \"\"")),
        "name is empty; write a text"
    );
}

#[test]
fn a_file_that_is_no_office_file_is_not_read_to_its_end() {
    let told = faults(&"#".repeat(MAX_BYTES + 1));
    assert!(told[0].contains("is it an office file"), "{told:?}");
    sound(&format!(
        "{SMALL}#{}",
        "#".repeat(MAX_BYTES - SMALL.len() - 1)
    ));
}

#[test]
fn no_more_than_a_hundred_faults_are_told() {
    let told = faults(&and(
        &"[[areas]]\nkey = \"hall\"\nname = { de = \"x\" }\n".repeat(150)
    ));
    assert_eq!(
        (told.len(), told[100].as_str()),
        (101, "and 50 faults more")
    );
}

#[test]
fn texts_keep_their_languages() {
    let texts = &sound(DEMO).counters[0].way;
    assert_eq!(
        texts.in_language("en", &["de".to_owned()]),
        "Room 0.02 · ground floor, left"
    );
    assert_ne!(texts, &wire::Texts::default());
}
