//! Where this machine gets its Debian packages from, read from apt's own files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Where sources are listed, as files or folders of files.
pub(super) const SOURCES: &[&str] = &["/etc/apt/sources.list", "/etc/apt/sources.list.d"];

/// Where the keys lie that sources are signed by.
pub(super) const KEYS: &[&str] = &[
    "/etc/apt/trusted.gpg.d",
    "/etc/apt/keyrings",
    "/usr/share/keyrings",
];

/// One archive that debootstrap can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mirror {
    pub(super) address: String,
    /// The key ring that the source names; none when apt's trusted keys are meant.
    pub(super) keyring: Option<PathBuf>,
}

/// The first source of this machine that has the suite's main packages.
pub(super) fn mirror(suite: &str) -> Result<Mirror> {
    let mut files = SOURCES
        .iter()
        .flat_map(|place| source_files(Path::new(place)));
    files
        .find_map(|file| in_file(&file, suite))
        .with_context(|| format!("apt on this machine has no source for {suite} main"))
}

/// Files that apt reads as sources; others in the folder are switched off.
pub(super) fn source_files(place: &Path) -> Vec<PathBuf> {
    let mut files = match fs::read_dir(place) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(_) => vec![place.to_path_buf()],
    };
    files.retain(|file| {
        let ending = file.extension().unwrap_or_default();
        file.is_file() && (ending == "list" || ending == "sources")
    });
    files.sort();
    files
}

fn in_file(file: &Path, suite: &str) -> Option<Mirror> {
    let text = fs::read_to_string(file).ok()?;
    if file.extension()? == "sources" {
        in_stanzas(&text, suite)
    } else {
        in_lines(&text, suite)
    }
}

/// The form of `*.sources`: fields, one stanza a source.
fn in_stanzas(text: &str, suite: &str) -> Option<Mirror> {
    let text: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::trim_end)
        .collect();
    text.split(|line| line.is_empty())
        .find_map(|stanza| in_stanza(stanza, suite))
}

fn in_stanza(stanza: &[&str], suite: &str) -> Option<Mirror> {
    let field = |name: &str| {
        stanza.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let has = |name: &str, word: &str| {
        field(name).is_some_and(|v| v.split_whitespace().any(|w| w == word))
    };
    let off = field("Enabled").is_some_and(|value| value.eq_ignore_ascii_case("no"));
    let fits = has("Types", "deb") && has("Suites", suite) && has("Components", "main") && !off;
    let address = field("URIs")?.split_whitespace().next()?.to_owned();
    let keyring = field("Signed-By")
        .filter(|by| by.starts_with('/'))
        .map(PathBuf::from);
    fits.then_some(Mirror { address, keyring })
}

/// The form of `sources.list`: `deb [options] address suite component…`.
fn in_lines(text: &str, suite: &str) -> Option<Mirror> {
    text.lines().find_map(|line| in_line(line.trim(), suite))
}

fn in_line(line: &str, suite: &str) -> Option<Mirror> {
    let rest = line.strip_prefix("deb ")?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    let mut words = rest.split_whitespace();
    let address = words.next()?.to_owned();
    let fits = words.next() == Some(suite) && words.any(|component| component == "main");
    let keyring = options
        .split_whitespace()
        .find_map(|option| option.strip_prefix("signed-by="))
        .map(PathBuf::from);
    fits.then_some(Mirror { address, keyring })
}

/// How this machine's apt fetches (proxies, time-outs, checks), without what other packages hooked in.
pub(super) fn fetch_settings() -> Result<String> {
    let dump = process::capture(Command::new("apt-config").arg("dump"))?;
    Ok(only_fetching(&dump))
}

fn only_fetching(dump: &str) -> String {
    let lines = dump.lines().filter(|line| line.starts_with("Acquire"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANZAS: &str = "Types: deb\n# a comment\nURIs: http://mirror.example/security\nSuites: bookworm-security\n\
        Components: main\n\nTypes: deb deb-src\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\n\
        Components: main contrib\nSigned-By: /usr/share/keyrings/debian.gpg\n";

    #[test]
    fn the_stanza_of_the_suite_is_found_with_its_keys() {
        let mirror = in_stanzas(STANZAS, "bookworm").expect("the second stanza");
        assert_eq!(mirror.address, "http://mirror.example/debian");
        assert_eq!(
            mirror.keyring,
            Some(PathBuf::from("/usr/share/keyrings/debian.gpg"))
        );
        assert_eq!(in_stanzas(STANZAS, "trixie"), None);
    }

    #[test]
    fn a_source_that_is_switched_off_is_not_taken() {
        let off = STANZAS.replace("Suites: bookworm ", "Enabled: no\nSuites: bookworm ");
        assert_eq!(in_stanzas(&off, "bookworm"), None);
    }

    #[test]
    fn a_one_line_source_may_have_options() {
        let text = "# deb http://old.example bookworm main\n\
            deb [arch=amd64 signed-by=/etc/apt/keyrings/a.gpg] http://mirror.example/debian bookworm contrib main\n";
        let mirror = in_lines(text, "bookworm").expect("the second line");
        assert_eq!(mirror.address, "http://mirror.example/debian");
        assert_eq!(
            mirror.keyring,
            Some(PathBuf::from("/etc/apt/keyrings/a.gpg"))
        );
    }

    #[test]
    fn only_settings_of_fetching_are_taken() {
        let dump = "APT::Architecture \"amd64\";\nAcquire::http::Proxy \"http://proxy.example\";\nDPkg::Post-Invoke:: \"x\";\n";
        assert_eq!(
            only_fetching(dump),
            "Acquire::http::Proxy \"http://proxy.example\";\n"
        );
    }
}
