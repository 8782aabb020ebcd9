//! `cargo xtask`: the project's chores, as one small program.
//!
//! Owns what a developer, CI and the README run: installing what the machine lacks, the demo, the
//! tests, `tidy`, the systemd check, figures and the proof on a bare Debian. It is built before
//! anything else is installed, so it needs a C linker and Rust and nothing more: its dependencies
//! are a short list that `tidy` guards. It never holds domain code.
#![forbid(unsafe_code)]

mod chores;
mod fresh;
mod outside;
mod packages;
mod process;
mod setup;
mod stopwatch;
mod tidy;
mod tools;
mod units;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::fresh::FreshOptions;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Aufruf's chores")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Install what this machine lacks: Debian packages and the test runner
    Setup,
    /// Set up, build, and play one visit through the real programs
    Demo {
        /// Passed on to the demo
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Set up, then check and test everything
    Test {
        /// Passed on to the test runner, e.g. a part of a test's name
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Check the table of bans and the house rules that no compiler checks
    Tidy,
    /// Check the systemd units in a staged root
    Units,
    /// Check licences, duplicates and sources of all dependencies
    Deny,
    /// Measure the figures (release build)
    Bench {
        /// Passed on to the benchmarks
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Run the long fault tests (release build)
    Soak {
        /// Change the engine's rules one by one instead, and see whether its tests notice
        #[arg(long, conflicts_with_all = ["fuzz", "api"])]
        mutants: bool,
        /// Feed what comes from outside with what libFuzzer thinks of instead
        #[arg(long, conflicts_with = "api")]
        fuzz: bool,
        /// Ask the described API of a real server instead, and hold every answer to the description
        #[arg(long)]
        api: bool,
        /// Passed on to the soak tests
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Prove the README on a bare Debian 12 in a folder (needs root)
    Fresh(FreshOptions),
}

fn main() -> ExitCode {
    match run(Cli::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    match chore {
        Chore::Setup => setup::setup(),
        Chore::Demo { args } => chores::demo(&args),
        Chore::Test { args } => chores::test(&args),
        Chore::Tidy => tidy::tidy(),
        Chore::Units => units::units(),
        Chore::Deny => chores::deny(),
        Chore::Bench { args } => chores::release_binary("bench", &args),
        Chore::Soak {
            mutants,
            fuzz,
            api,
            args,
        } => match (mutants, fuzz, api) {
            (true, ..) => chores::mutants(&args),
            (_, true, _) => outside::fuzz(&args),
            (.., true) => outside::api(&args),
            _ => chores::soak(&args),
        },
        Chore::Fresh(options) => fresh::fresh(&options),
    }
}
