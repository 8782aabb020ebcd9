//! ARCHITECTURE.md has one line for each direct dependency, and none too many.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::finding::Finding;

const PAGE: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Direct dependencies";

#[derive(Debug, Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Debug, Deserialize)]
struct Workspace {
    dependencies: toml::Table,
}

pub(super) fn check(root: &Path) -> Result<Vec<Finding>> {
    let read =
        |name: &str| fs::read_to_string(root.join(name)).with_context(|| format!("reading {name}"));
    differences(&read("Cargo.toml")?, &read(PAGE)?)
}

fn differences(manifest: &str, page: &str) -> Result<Vec<Finding>> {
    let manifest: Manifest = toml::from_str(manifest).context("reading Cargo.toml")?;
    let used: BTreeSet<_> = manifest
        .workspace
        .dependencies
        .iter()
        .filter(|(_, how)| how.get("path").is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    let told = told(page);
    let untold = used
        .difference(&told)
        .map(|name| format!("no line for {name}"));
    let gone = told
        .difference(&used)
        .map(|name| format!("{name} is not used any more"));
    Ok(untold
        .chain(gone)
        .map(|what| Finding::new(PAGE, what))
        .collect())
}

/// The names in the first column of the table under the heading.
fn told(page: &str) -> BTreeSet<&str> {
    let (_, section) = page.split_once(HEADING).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`'))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[workspace.dependencies]\n\
        aufruf-engine = { path = \"server/engine\" }\ntokio = \"1\"\naxum = { version = \"0.8\" }\n";

    #[test]
    fn a_dependency_without_a_line_is_found() {
        let page = "## Direct dependencies\n| crate | for |\n| --- | --- |\n| `tokio` | async |\n";
        let findings = differences(MANIFEST, page).expect("both can be read");
        assert_eq!(findings, [Finding::new(PAGE, "no line for axum")]);
    }

    #[test]
    fn a_line_without_a_dependency_is_found() {
        let page = "## Direct dependencies\n| `axum` | web |\n| `tokio` | async |\n| `rand` | dice |\n\
            ## Rooms\n| `server` | the office server |\n";
        let findings = differences(MANIFEST, page).expect("both can be read");
        assert_eq!(findings, [Finding::new(PAGE, "rand is not used any more")]);
    }
}
