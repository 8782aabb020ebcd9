//! `aufruf-server simulate` as it is called: files in, lines out.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const DAY: &str = r#"{ "opens": 28800, "closes": 36000, "no_show_s": 120,
  "services": [{ "id": "passport", "planned_s": 720 }],
  "counters": [{ "id": "1", "services": ["passport"], "shifts": [[28800, 36000]] }],
  "appointments": [{ "id": "A1", "service": "passport", "at": 28800, "arrives": null, "takes_s": 600 }],
  "walk_ins": [
    { "id": "W1", "service": "passport", "arrives": 29000, "takes_s": 600, "patience_s": null },
    { "id": "W2", "service": "passport", "arrives": 36000, "takes_s": 600, "patience_s": null }] }"#;

fn simulate(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_aufruf-server"))
        .arg("simulate")
        .args(arguments)
        .output()
        .expect("the server's own program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file in it");
    }
    folder
}

#[test]
fn a_day_is_printed_one_line_a_person_and_summed_up_beside() {
    let folder = folder_with(&[("monday.json", DAY)]);
    let done = simulate(&[&folder.path().join("monday.json")]);
    assert!(done.status.success(), "{done:?}");
    let lines: Vec<&str> = text(&done.stdout).lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0],
        r#"{"id":"A1","outcome":"no-show","missed_calls":[]}"#
    );
    assert!(
        lines[1].starts_with(
            r#"{"id":"W1","outcome":"served","issued_at":29000,"called_at":29000,"counter":"1","finished_at":29600,"promise":{"low":29000,"#
        ),
        "{}",
        lines[1]
    );
    let summary = text(&done.stderr);
    assert!(
        summary.starts_with("monday: 3 visitors, 1 calls, 1 refused, "),
        "{summary}"
    );
}

#[test]
fn every_day_of_a_folder_gets_its_own_result_and_nothing_else_lies_beside() {
    let days = folder_with(&[("a.json", DAY), ("b.json", DAY), ("notes.txt", "no day")]);
    let results = days.path().join("results");
    let done = simulate(&[Path::new("--all"), days.path(), &results]);
    assert!(done.status.success(), "{done:?}");
    let entries = fs::read_dir(&results).expect("a folder that was made");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.jsonl", "b.jsonl"]);
    let alone = simulate(&[&days.path().join("a.json")]);
    let written = fs::read(results.join("a.jsonl")).expect("a result");
    assert_eq!(text(&written), text(&alone.stdout));
}

#[test]
fn a_bad_file_is_told_with_its_name_and_place_and_the_others_are_done() {
    let bad = DAY.replace("[[28800, 36000]]", "[[36000, 28800]]");
    let days = folder_with(&[("bad.json", bad.as_str()), ("good.json", DAY)]);
    let results = days.path().join("results");
    let done = simulate(&[Path::new("--all"), days.path(), &results]);
    assert!(!done.status.success());
    let told = text(&done.stderr);
    assert!(told.contains("bad.json cannot be used"), "{told}");
    assert!(
        told.contains("counters[0] (\"1\").shifts[0] runs from 36000 to 28800"),
        "{told}"
    );
    assert!(told.contains("1 of 2 days could not be replayed"), "{told}");
    assert!(results.join("good.jsonl").exists());
    assert!(!results.join("bad.jsonl").exists());
}

#[test]
fn a_folder_without_days_is_told() {
    let days = folder_with(&[]);
    let done = simulate(&[
        Path::new("--all"),
        days.path(),
        &days.path().join("results"),
    ]);
    assert!(!done.status.success());
    assert!(text(&done.stderr).contains("has no *.json"), "{done:?}");
}

#[test]
fn somebody_can_be_overtaken_five_times_at_most() {
    let folder = folder_with(&[("monday.json", DAY)]);
    let day = folder.path().join("monday.json");
    let fairness = Path::new("--fairness");
    assert!(simulate(&[&day, fairness, Path::new("0")]).status.success());
    assert!(!simulate(&[&day, fairness, Path::new("6")]).status.success());
}
