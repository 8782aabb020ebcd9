//! The cargo subcommands that tests and CI need: the one on the path, else a pinned one of our own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{process, workspace};

/// A cargo subcommand that comes from the registry.
#[derive(Debug)]
pub(crate) struct Tool {
    package: &'static str,
    subcommand: &'static str,
    /// Installed when there is none; another version on the path is taken as it is.
    version: &'static str,
    /// Features that we do without, because they would only take time to build.
    flags: &'static [&'static str],
}

/// The test runner: one process a test, which the picture tests of the screens need.
pub(crate) const NEXTEST: Tool = Tool {
    package: "cargo-nextest",
    subcommand: "nextest",
    version: "0.9.143",
    flags: &["--no-default-features", "--features", "default-no-update"],
};

/// The judge of licences, duplicates and sources; only CI needs it.
pub(crate) const DENY: Tool = Tool {
    package: "cargo-deny",
    subcommand: "deny",
    version: "0.20.2",
    flags: &[],
};

/// Changes the engine line by line and sees whether a test notices; only the soak run needs it.
pub(crate) const MUTANTS: Tool = Tool {
    package: "cargo-mutants",
    subcommand: "mutants",
    version: "27.1.0",
    flags: &[],
};

/// Runs libFuzzer on what comes from outside; only the soak run needs it.
pub(crate) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    subcommand: "fuzz",
    version: "0.13.2",
    flags: &[],
};

/// Asks the described API; a program of Python's, in an environment of its own. Only the soak run needs it.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Schemathesis, installed under `target/tools` when it is not there in this version.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    let home = workspace::tools_root()?.join("schemathesis");
    let program = home.join("bin/schemathesis");
    let installed = process::capture(Command::new(home.join("bin/pip")).arg("freeze"));
    let is_there = installed.is_ok_and(|all| all.lines().any(|line| line == SCHEMATHESIS));
    if !is_there {
        println!("schemathesis is missing: installing it into target/tools.");
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        let mut pip = Command::new(home.join("bin/pip"));
        process::run(pip.args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    Ok(program)
}

/// Installs the tool under `target/tools` when cargo cannot find it.
///
/// It is built without optimisation and debug information: what counts is the wait before the
/// first test, not the speed of the runner.
pub(crate) fn ensure(tool: &Tool) -> Result<()> {
    if process::succeeds(workspace::cargo()?.args([tool.subcommand, "--version"])) {
        return Ok(());
    }
    println!(
        "{} is missing: building it into target/tools.",
        tool.package
    );
    process::run(
        workspace::cargo()?
            .args([
                "install",
                tool.package,
                "--version",
                tool.version,
                "--locked",
                "--debug",
            ])
            .args(tool.flags)
            .arg("--root")
            .arg(workspace::tools_root()?)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("CARGO_TARGET_DIR"),
    )
}
