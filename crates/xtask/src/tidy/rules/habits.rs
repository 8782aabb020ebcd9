//! Habits of the house: headers, lints, open promises, sizes, paths.

use super::super::files::SourceFile;
use super::super::finding::Finding;
use super::{is_word, on_line};

const MAX_LINES: usize = 600;

/// Written in two parts, so that this file does not break its own rule.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];
const MACHINE_FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ro", "ot\""),
];

pub(super) fn modules_open_with_their_purpose(file: &SourceFile) -> Vec<Finding> {
    let is_module = file.is_rust() && !file.path.ends_with("build.rs");
    let opens = file.text.starts_with("//! ");
    let what = "opens without `//!`: say what it owns and what it never does";
    (is_module && !opens)
        .then(|| on_line(file, 1, what))
        .into_iter()
        .collect()
}

pub(super) fn lints_are_expected_not_allowed(file: &SourceFile) -> Vec<Finding> {
    let allows = |code: &str| code.contains("#[allow(") || code.contains("#![allow(");
    lines_where(
        file,
        allows,
        "use #[expect(…, reason = \"…\")] in place of allow",
    )
}

pub(super) fn promises_name_an_issue(file: &SourceFile) -> Vec<Finding> {
    let broken = |text: &str| PROMISES.iter().any(|word| has_bare_promise(text, word));
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, text)| broken(text));
    lines
        .map(|(at, _)| on_line(file, at + 1, "an open promise without its issue: (#7)"))
        .collect()
}

/// Whether the word stands here without `(#` and a number after it.
fn has_bare_promise(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        let whole = !text[..at].chars().next_back().is_some_and(is_word)
            && !after.chars().next().is_some_and(is_word);
        let named = after
            .strip_prefix("(#")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        whole && !named
    })
}

pub(super) fn files_stay_small(file: &SourceFile) -> Vec<Finding> {
    let counted = file.ends_in("rs") || file.ends_in("slint");
    let lines = file.production_lines();
    let what =
        format!("{lines} lines without its tests; more than {MAX_LINES} are more than one idea");
    (counted && lines > MAX_LINES)
        .then(|| Finding::new(&file.path, what))
        .into_iter()
        .collect()
}

pub(super) fn no_path_of_one_machine(file: &SourceFile) -> Vec<Finding> {
    let names_one = |text: &str| {
        MACHINE_FOLDERS
            .iter()
            .any(|folder| starts_a_path(text, folder))
    };
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, text)| names_one(text));
    lines
        .map(|(at, _)| on_line(file, at + 1, "a path that only one machine has"))
        .collect()
}

/// Whether the folder stands at the beginning of a path, not inside a longer one.
fn starts_a_path(text: &str, folder: &str) -> bool {
    text.match_indices(folder).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| is_word(c) || "./-}$*".contains(c))
    })
}

fn lines_where(file: &SourceFile, broken: impl Fn(&str) -> bool, what: &str) -> Vec<Finding> {
    let lines = file
        .code
        .lines()
        .enumerate()
        .filter(|(_, code)| broken(code));
    lines.map(|(at, _)| on_line(file, at + 1, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> SourceFile {
        SourceFile::new("server/src/lib.rs", text)
    }

    #[test]
    fn a_module_without_a_word_on_what_it_owns_is_found() {
        assert_eq!(
            modules_open_with_their_purpose(&rust("use std::fmt;\n")).len(),
            1
        );
        assert_eq!(
            modules_open_with_their_purpose(&rust("//! The office server.\n")),
            []
        );
    }

    #[test]
    fn an_allowed_lint_is_found_but_not_in_a_comment() {
        assert_eq!(
            lints_are_expected_not_allowed(&rust("#[allow(dead_code)]\nfn a() {}")).len(),
            1
        );
        assert_eq!(
            lints_are_expected_not_allowed(&rust("// never #[allow(dead_code)]")),
            []
        );
    }

    #[test]
    fn an_open_promise_needs_its_issue() {
        let promise = PROMISES[0];
        assert_eq!(
            promises_name_an_issue(&rust(&format!("// {promise}: later"))).len(),
            1
        );
        assert_eq!(
            promises_name_an_issue(&rust(&format!("// {promise}(#12): a second kiosk"))),
            []
        );
    }

    #[test]
    fn a_file_of_601_lines_is_too_long_and_its_tests_do_not_count() {
        let long = "fn a() {}\n".repeat(MAX_LINES + 1);
        assert_eq!(files_stay_small(&rust(&long)).len(), 1);
        let tested = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert_eq!(files_stay_small(&rust(&tested)), []);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let folder = MACHINE_FOLDERS[0];
        assert_eq!(
            no_path_of_one_machine(&rust(&format!("\"{folder}main\""))).len(),
            1
        );
        assert_eq!(
            no_path_of_one_machine(&rust(&format!("target{folder}main"))),
            []
        );
    }
}
