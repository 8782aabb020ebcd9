//! Where the project lies, and how its own tools are started there.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

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
