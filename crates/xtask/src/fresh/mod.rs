//! `cargo xtask fresh`: proves the README on a bare Debian 12 in a folder.
//!
//! Owns the order of the steps. [`apt`] reads where this machine gets Debian from, [`toolchain`] what
//! Rust it has, [`bare`] makes the folder from both, and [`inside`] runs commands in it. Which
//! registries and mirrors are used is known only to the machine: nothing here names one.
//!
//! It never mounts anything that others see: see [`inside`].

mod apt;
mod bare;
mod inside;
mod summary;
mod toolchain;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::packages;
use crate::stopwatch::Stopwatch;
use bare::Bare;

/// What to prove, and how.
#[derive(Debug, Args)]
pub(crate) struct FreshOptions {
    /// What to run inside, in this order
    #[arg(long = "run", value_enum, default_values_t = [Proof::Demo, Proof::Test])]
    runs: Vec<Proof>,
    /// Copy this machine's downloaded crates too, to spare the registry; the build is as cold as ever
    #[arg(long)]
    reuse_downloads: bool,
}

/// A command of the README; `setup` is the part that both begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Proof {
    Setup,
    Demo,
    Test,
}

impl Proof {
    fn command(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Demo => "demo",
            Self::Test => "test",
        }
    }
}

/// Makes the bare Debian, runs the README's commands in it, and ends with what they said and took.
pub(crate) fn fresh(options: &FreshOptions) -> Result<()> {
    ensure!(
        packages::is_root()?,
        "`cargo xtask fresh` needs root: it makes a Debian and enters it"
    );
    let mut stopwatch = Stopwatch::default();
    let outcome = prove(options, &mut stopwatch);
    println!("\nWall times of `cargo xtask fresh`:\n{stopwatch}");
    outcome
}

fn prove(options: &FreshOptions, stopwatch: &mut Stopwatch) -> Result<()> {
    let bare = stopwatch.time("debootstrap", Bare::make)?;
    stopwatch.time("toolchain copied in", || {
        toolchain::copy_into(&bare, options.reuse_downloads)
    })?;
    stopwatch.time("project cloned", || bare.clone_project())?;
    let mut summaries = Vec::new();
    for proof in &options.runs {
        let name = proof.command();
        let log = bare.log(name);
        stopwatch.time(&format!("cargo xtask {name}"), || {
            inside::cargo_xtask(&bare, name, &log)
        })?;
        summaries.push((name, summary::of_log(&log)?));
    }
    for (name, lines) in summaries {
        println!("\n== cargo xtask {name} ==\n{lines}");
    }
    Ok(())
}
