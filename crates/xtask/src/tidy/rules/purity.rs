//! Pure modules touch nothing but their arguments.

use super::super::files::SourceFile;
use super::super::finding::Finding;
use super::{mentions, names_after, on_line};

const MARK: &str = "//! Pure:";

/// What a pure module may not name; `std` has its own list below, for `use std::{fs, net}`.
const CRATES: &[&str] = &[
    "tokio",
    "axum",
    "rusqlite",
    "slint",
    "rand",
    "getrandom",
    "reqwest",
];
const STD: &[&str] = &["net", "fs", "thread"];
const CLOCKS: &[&str] = &["Timestamp::now", "Zoned::now", "SystemTime", "Instant"];

pub(super) fn pure_modules_touch_nothing(file: &SourceFile) -> Vec<Finding> {
    if !is_pure(file) {
        return Vec::new();
    }
    let in_words = file.production_code().flat_map(|(line, code)| {
        let named = CRATES
            .iter()
            .chain(CLOCKS)
            .filter(move |path| mentions(code, path));
        named.map(move |path| on_line(file, line, format!("a pure module may not use {path}")))
    });
    let code: Vec<_> = file.production_code().map(|(_, code)| code).collect();
    let in_std = names_after(&code.join("\n"), "std::")
        .into_iter()
        .filter(|(_, module)| STD.contains(&module.as_str()))
        .map(|(line, module)| {
            on_line(
                file,
                line,
                format!("a pure module may not use std::{module}"),
            )
        });
    in_words.chain(in_std).collect()
}

/// The engine as a whole, and every file whose header says so.
fn is_pure(file: &SourceFile) -> bool {
    let in_engine = file.path.starts_with("server/engine/src/");
    let header = file.text.lines().take_while(|line| line.starts_with("//!"));
    file.is_rust() && (in_engine || header.into_iter().any(|line| line.starts_with(MARK)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn findings_in(path: &str, text: &str) -> Vec<Finding> {
        pure_modules_touch_nothing(&SourceFile::new(path, text))
    }

    #[test]
    fn the_engine_may_not_open_files_or_sockets_or_start_threads() {
        for code in [
            "use std::fs;",
            "use std::net::TcpStream;",
            "std::thread::spawn(work);",
        ] {
            assert_eq!(
                findings_in("server/engine/src/ticket.rs", code).len(),
                1,
                "{code}"
            );
        }
    }

    #[test]
    fn a_group_hides_nothing() {
        let code = "use std::{collections::{BTreeMap}, io,\n    fs as files, fmt};";
        let findings = findings_in("server/engine/src/ticket.rs", code);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].what.contains("std::fs"));
    }

    #[test]
    fn the_engine_may_not_ask_what_time_it_is() {
        let findings = findings_in(
            "server/engine/src/day.rs",
            "let now = jiff::Timestamp::now();",
        );
        assert_eq!(
            findings,
            [Finding::new(
                "server/engine/src/day.rs:1",
                "a pure module may not use Timestamp::now"
            )]
        );
    }

    #[test]
    fn a_module_is_pure_when_its_header_says_so() {
        let code =
            "//! Maps tickets to rows.\n//!\n//! Pure: no sockets.\n\nuse tokio::net::TcpStream;\n";
        assert_eq!(findings_in("kiosk/src/rows.rs", code).len(), 1);
        assert_eq!(
            findings_in(
                "kiosk/src/rows.rs",
                "//! Talks.\nuse tokio::net::TcpStream;\n"
            ),
            []
        );
    }

    #[test]
    fn comments_strings_and_tests_of_a_pure_module_may_name_anything() {
        let code = "//! Pure: no clock.\n// std::fs is for others\nconst A: &str = \"tokio\";\n\
            #[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(findings_in("kiosk/src/rows.rs", code), []);
    }

    #[test]
    fn a_longer_name_is_another_name() {
        assert_eq!(
            findings_in(
                "server/engine/src/a.rs",
                "let operand = strand; let tokio_like = 1;"
            ),
            []
        );
    }
}
