//! The project's own text files, as the rules see them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::scan::{self, Literal};

/// What is looked at, by the end of its name; everything else is data.
const TEXT_ENDINGS: &[&str] = &[
    "rs", "slint", "toml", "md", "po", "sql", "service", "target", "conf", "sh", "run",
];

/// Folders that are not ours to judge: made by the build, by git or by a fuzzer.
const SKIPPED_FOLDERS: &[&str] = &["target", ".git"];

/// One text file with its Rust code set apart from its comments and strings.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// The text with comments and strings blanked, line for line; empty for other than Rust.
    pub(super) code: String,
    pub(super) literals: Vec<Literal>,
}

impl SourceFile {
    pub(super) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let scan = if ends_in(&path, "rs") {
            scan::scan(&text)
        } else {
            scan::Scan::default()
        };
        Self {
            path,
            text,
            code: scan.code,
            literals: scan.literals,
        }
    }

    pub(super) fn is_rust(&self) -> bool {
        self.ends_in("rs")
    }

    /// Whether the name ends in a dot and this.
    pub(super) fn ends_in(&self, ending: &str) -> bool {
        ends_in(&self.path, ending)
    }

    /// How many lines come before the file's own tests.
    pub(super) fn production_lines(&self) -> usize {
        let lines: Vec<_> = self.text.lines().map(str::trim).collect();
        let tests = lines
            .windows(2)
            .position(|pair| pair[0].starts_with("#[cfg(test)]") && pair[1].starts_with("mod "));
        tests.unwrap_or(lines.len())
    }

    /// The code before the file's own tests, with line numbers from 1.
    pub(super) fn production_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .take(self.production_lines())
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }
}

fn ends_in(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|its| its == ending)
}

/// Every text file of the project, sorted by path.
pub(super) fn read(root: &Path) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    read_folder(root, root, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn read_folder(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("listing {}", folder.display()))?;
        let (path, kind) = (
            entry.path(),
            entry.file_type().context("asking for a file's type")?,
        );
        let name = entry.file_name().to_string_lossy().into_owned();
        if kind.is_dir() && !SKIPPED_FOLDERS.contains(&name.as_str()) {
            read_folder(root, &path, files)?;
        } else if kind.is_file() && is_text(&name) {
            files.push(read_file(root, &path)?);
        }
    }
    Ok(())
}

/// By the end of its name; a name without a dot (`run`) is its own end.
fn is_text(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or(name);
    TEXT_ENDINGS.contains(&ending)
}

fn read_file(root: &Path, path: &Path) -> Result<SourceFile> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let inside = path
        .strip_prefix(root)
        .context("a file outside the project")?;
    Ok(SourceFile::new(inside.to_string_lossy(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_own_tests_do_not_count_as_production() {
        let text =
            "//! A ticket.\nstruct Ticket;\n#[cfg(test)]\nmod tests {\n    fn long() {}\n}\n";
        assert_eq!(
            SourceFile::new("server/engine/src/ticket.rs", text).production_lines(),
            2
        );
    }

    #[test]
    fn data_is_not_text() {
        assert!(is_text("run") && is_text("aufruf-server.service"));
        assert!(!is_text("chime.wav") && !is_text("Cargo.lock") && !is_text("LICENSE"));
    }
}
