//! The cargo subcommands that tests and CI need: the one on the path, else a pinned one of our own.

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
