//! The chores that chain other programs: demo, test, deny, bench and soak.

use std::process::Command;

use anyhow::{Context, Result};

use crate::stopwatch::Stopwatch;
use crate::{packages, process, setup, tidy, tools, units, workspace};

/// Installs what is missing, builds the programs, and plays the demo.
///
/// The demo ends this process with its own exit code.
pub(crate) fn demo(args: &[String]) -> Result<()> {
    packages::install_missing()?;
    process::run(workspace::cargo()?.args(["build", "--workspace", "--bins"]))?;
    let status = Command::new(workspace::built("debug/demo")?)
        .args(args)
        .current_dir(workspace::root()?)
        .status()?;
    // A demo that a signal ended has no code of its own.
    std::process::exit(status.code().unwrap_or(1));
}

/// All that must hold, the quick checks first; ends with the wall time of each step.
pub(crate) fn test(args: &[String]) -> Result<()> {
    let mut stopwatch = Stopwatch::default();
    let outcome = test_steps(args, &mut stopwatch);
    println!("\nWall times of `cargo xtask test`:\n{stopwatch}");
    outcome
}

fn test_steps(args: &[String], stopwatch: &mut Stopwatch) -> Result<()> {
    stopwatch.time("setup", setup::setup)?;
    stopwatch.time("tidy", tidy::tidy)?;
    stopwatch.time("units", units::units)?;
    // `--bins` too: scenarios start the real programs, and only with `--tests` beside it are the
    // features the same as in the test build, so that nothing is built twice.
    stopwatch.time("build", || {
        cargo(&["build", "--workspace", "--bins", "--tests"], &[])
    })?;
    stopwatch.time("doctests", || {
        cargo(&["test", "--quiet", "--doc", "--workspace"], &[])
    })?;
    stopwatch.time("nextest", || {
        cargo(&["nextest", "run", "--workspace"], args)
    })
}

fn cargo(words: &[&str], more: &[String]) -> Result<()> {
    process::run(workspace::cargo()?.args(words).args(more))
}

/// Licences, duplicates and sources of all dependencies.
///
/// Advisories are left out: their database is a repository of its own, which a machine that
/// reaches only package registries cannot fetch.
pub(crate) fn deny() -> Result<()> {
    tools::ensure(&tools::DENY)?;
    cargo(
        &[
            "deny",
            "--workspace",
            "--locked",
            "check",
            "bans",
            "licenses",
            "sources",
        ],
        &[],
    )
}

/// Changes the engine's rules one by one and runs its tests on each change: what survives is a rule
/// that no test holds. Which files are changed, and which changes mean nothing, stands in
/// `.cargo/mutants.toml`.
pub(crate) fn mutants(args: &[String]) -> Result<()> {
    tools::ensure(&tools::MUTANTS)?;
    let output = workspace::target("mutants")?;
    std::fs::create_dir_all(&output).context("making the folder for what survives")?;
    process::run(
        workspace::cargo()?
            .args(["mutants", "--package", "aufruf-engine", "--no-shuffle"])
            .arg("--output")
            .arg(output)
            .args(args)
            // A few random days for each change: the other tests are the ones that have to notice.
            .env("PROPTEST_CASES", "8"),
    )
}

/// Runs the long fault tests: whole programs that are killed, then the store on a disk that fails at
/// every moment.
pub(crate) fn soak(args: &[String]) -> Result<()> {
    release_binary("soak", args)?;
    process::run(
        workspace::cargo()?
            .args(["test", "--release", "--package", "aufruf-store"])
            // They share a process, and one disk.
            .args(["--test", "faults", "--", "--test-threads=1"])
            .env("AUFRUF_FAULTS", "all"),
    )
}

/// Runs one of the long programs of the tests crate from a release build of all programs.
pub(crate) fn release_binary(name: &str, args: &[String]) -> Result<()> {
    packages::install_missing()?;
    cargo(&["build", "--release", "--workspace", "--bins"], &[])?;
    process::run(
        Command::new(workspace::built(&format!("release/{name}"))?)
            .args(args)
            .current_dir(workspace::root()?),
    )
}
