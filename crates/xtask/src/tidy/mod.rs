//! `cargo xtask tidy`: the table of bans and the house rules that no compiler checks.
//!
//! Two kinds of rules: over the graph of dependencies ([`bans`], [`table`]) and over the text of each
//! file ([`rules`]). Each rule is a pure function from what it looks at to its findings.
//!
//! A module is *pure* when its header has a line that begins with `//! Pure:` and says what it
//! stays away from; every file of the engine is pure without saying so. Pure modules know no
//! sockets, files, threads, clocks, randomness, database or screen.

mod bans;
mod files;
mod finding;
mod graph;
mod rules;
mod scan;
mod table;

use anyhow::{Result, bail};

use crate::workspace;

/// Looks at every file and every dependency; each finding is printed.
pub(crate) fn tidy() -> Result<()> {
    let root = workspace::root()?;
    let graph = graph::read()?;
    let files = files::read(&root)?;
    let mut findings = bans::check(&graph);
    findings.extend(table::check(&root)?);
    findings.extend(files.iter().flat_map(rules::check));
    if findings.is_empty() {
        println!(
            "tidy: {} files and {} crates are in order",
            files.len(),
            graph.len()
        );
        return Ok(());
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    bail!("tidy found {} things to put right", findings.len())
}
