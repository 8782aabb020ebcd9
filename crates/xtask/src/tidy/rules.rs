//! The rules over one file's text.

mod habits;
mod purity;
mod rooms;

use super::files::SourceFile;
use super::finding::Finding;

/// Every rule over one file.
pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    const RULES: &[fn(&SourceFile) -> Vec<Finding>] = &[
        purity::pure_modules_touch_nothing,
        rooms::wire_and_engine_meet_in_wire_alone,
        rooms::sql_lives_in_the_store,
        rooms::controllers_know_no_slint,
        habits::modules_open_with_their_purpose,
        habits::lints_are_expected_not_allowed,
        habits::promises_name_an_issue,
        habits::files_stay_small,
        habits::no_path_of_one_machine,
    ];
    RULES.iter().flat_map(|rule| rule(file)).collect()
}

/// A finding on one line of the file.
fn on_line(file: &SourceFile, line: usize, what: impl Into<String>) -> Finding {
    Finding::new(format!("{}:{line}", file.path), what)
}

/// Whether `code` has `path` (`rusqlite`, `std::fs`) as whole words, not as a part of longer ones.
fn mentions(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names that follow `prefix` (`std::`) in the code, with the line of the prefix; groups
/// `{…}` are taken apart.
fn names_after(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, path) in code.match_indices(prefix) {
        let line = code[..at].matches('\n').count() + 1;
        let rest = code[at + path.len()..].trim_start();
        found.extend(first_names(rest).into_iter().map(|name| (line, name)));
    }
    found
}

/// The first name of the path, or of each path of the group that begins here.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![leading_word(rest)];
    };
    let (mut depth, mut item_starts, mut names) = (1, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => item_starts = true,
            c if item_starts && !c.is_whitespace() => {
                names.push(leading_word(&group[at..]));
                item_starts = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn leading_word(text: &str) -> String {
    text.chars().take_while(|c| is_word(*c)).collect()
}
