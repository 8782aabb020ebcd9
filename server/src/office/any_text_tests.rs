//! Whatever somebody writes, there is an office or a fault with a word on it, and never a panic.

use super::OfficeDocument;
use super::tests::SMALL;

const REFERENCE: &str = include_str!("../../../assets/office/reference.toml");

/// What people write where something else belongs.
const ODD: [&str; 24] = [
    "0",
    "-1",
    "1",
    "255",
    "65535",
    "4294967295",
    "18446744073709551616",
    "1.5",
    "nan",
    "true",
    "\"\"",
    "\"x\"",
    "\"ids\"",
    "\"24:00-00:00\"",
    "\"\\u0000\"",
    "[]",
    "[[]]",
    "[\"ids\"]",
    "[\"24:00-24:00\"]",
    "{}",
    "{ de = \"\" }",
    "0000-01-01",
    "9999-12-31",
    "2026-02-29",
];

/// The law of every test here.
#[track_caller]
fn gives_an_office_or_a_fault(text: &str) {
    match OfficeDocument::parse(text) {
        Ok(document) => assert_eq!(document.to_engine(1).faults(), [], "{text}"),
        Err(faults) => {
            assert!(!faults.0.is_empty(), "{text}");
            for fault in &faults.0 {
                let is_one_line = !fault.trim().is_empty() && !fault.contains('\n');
                assert!(is_one_line, "{fault:?} of {text}");
            }
        }
    }
}

/// Every text that has one line of `text` changed to what `change` makes of it.
fn each_line_changed(text: &str, change: impl Fn(&str) -> Option<String>) {
    let lines: Vec<&str> = text.lines().collect();
    for (n, line) in lines.iter().enumerate() {
        if let Some(changed) = change(line) {
            let (before, after) = (lines[..n].join("\n"), lines[n + 1..].join("\n"));
            gives_an_office_or_a_fault(&format!("{before}\n{changed}\n{after}"));
        }
    }
}

fn bare(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_that_breaks_off() {
    let text = bare(REFERENCE);
    for (at, _) in text.char_indices().step_by(7) {
        gives_an_office_or_a_fault(&text[..at]);
    }
}

#[test]
fn a_line_that_is_missing_doubled_or_cut() {
    let text = bare(REFERENCE);
    each_line_changed(&text, |_| Some(String::new()));
    each_line_changed(&text, |line| Some(format!("{line}\n{line}")));
    each_line_changed(&text, |line| {
        Some(line.chars().take(line.len() / 2).collect())
    });
}

#[test]
fn a_value_of_another_kind() {
    let text = bare(REFERENCE);
    for odd in ODD {
        each_line_changed(&text, |line| {
            let (key, _) = line.split_once(" = ")?;
            Some(format!("{key} = {odd}"))
        });
    }
}

#[test]
fn a_key_at_a_place_where_it_does_not_belong() {
    let keys = bare(REFERENCE);
    let keys: Vec<_> = keys.lines().filter(|line| line.contains(" = ")).collect();
    for key in keys {
        gives_an_office_or_a_fault(&format!("{SMALL}{key}\n"));
    }
}

#[test]
fn no_toml_at_all() {
    for text in [
        "",
        "\u{feff}",
        "\0",
        "=",
        "[",
        "[[",
        "]",
        "\"",
        "'''",
        "#",
        "a",
        "a.b.c",
        "\r",
        "é = 1",
        "queues = 1",
        "queues = [1, [2], { key = 3 }]",
        "[queues]\nhours = 1",
        "[[queues]]\nhours = [1]",
        "[[queues]]\n[queues.hours]",
        "<?xml version=\"1.0\"?>",
    ] {
        gives_an_office_or_a_fault(text);
    }
}

#[test]
fn a_file_that_goes_deep_or_on_and_on() {
    for text in [
        "a = ".to_owned() + &"[".repeat(20_000),
        "a = ".to_owned() + &"{ a = ".repeat(20_000),
        "a.".repeat(20_000) + "a = 1",
        format!("[{}a]", "a.".repeat(20_000)),
        "[[a]]\n[a.a]\n".repeat(5_000),
        "=\n".repeat(100_000),
    ] {
        gives_an_office_or_a_fault(&text);
    }
}
