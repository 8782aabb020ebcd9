//! Where the project lies, and how its own tools are started there.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// What is asked of `cargo metadata` here.
#[derive(Debug, Deserialize)]
struct Metadata {
    target_directory: PathBuf,
}

/// The folder of the workspace: the nearest one above the current folder that holds `Cargo.lock`.
pub(crate) fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("reading the current folder")?;
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .context("no Cargo.lock here or above: run `cargo xtask` inside the project")
}

/// A folder for what a chore makes; all of it may be deleted at any time.
pub(crate) fn target(name: &str) -> Result<PathBuf> {
    Ok(root()?.join("target").join(name))
}

/// A program that cargo has built, such as `debug/demo`: cargo may have been told to build elsewhere
/// than in `target/`, by its environment or the user's configuration.
pub(crate) fn built(program: &str) -> Result<PathBuf> {
    let told = process::capture(cargo()?.args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ]))?;
    let metadata: Metadata =
        serde_json::from_str(&told).context("reading what cargo metadata said")?;
    Ok(metadata.target_directory.join(program))
}

/// Where the tools live that we install for ourselves, so that nothing of the user's is touched.
pub(crate) fn tools_root() -> Result<PathBuf> {
    target("tools")
}

/// Cargo in the workspace's folder, with our own tools found last on its path.
pub(crate) fn cargo() -> Result<Command> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()?).env("PATH", path_with_tools()?);
    Ok(command)
}

fn path_with_tools() -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let ours = tools_root()?.join("bin");
    env::join_paths(env::split_paths(&path).chain([ours])).context("joining PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_looked_for_where_cargo_builds() {
        let own = env::current_exe().expect("a running program");
        let target = built("").expect("cargo tells");
        assert!(own.starts_with(&target), "{}", target.display());
    }
}
