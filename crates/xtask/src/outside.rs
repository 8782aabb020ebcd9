//! The long runs of what comes from outside: fuzzers, and a program that has read the API's description.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{packages, process, tools, workspace};

/// Where libFuzzer's programs and the committed inputs lie.
const FUZZER: &str = "tests/fuzz/libfuzzer";
const CORPUS: &str = "tests/fuzz/corpus";
/// How long each target is fed, in seconds, where nobody says otherwise.
const SECONDS: u32 = 300;

/// Feeds every target, one after the other. What is found beyond the committed corpus stays in `target/fuzz/corpus`,
/// and what breaks a law in `target/fuzz/broken`: both are inputs for `tests/fuzz/corpus`. `args` may name a target,
/// and go on to libFuzzer.
///
/// Without a sanitizer: there is no unsafe code of ours, and with it another toolchain would be needed. Overflows and
/// debug assertions are on.
pub(crate) fn fuzz(args: &[String]) -> Result<()> {
    packages::install_missing()?;
    packages::install_for_fuzzing()?;
    tools::ensure(&tools::FUZZ)?;
    let (named, more): (Vec<_>, Vec<_>) = args.iter().partition(|arg| !arg.starts_with('-'));
    let mut targets = targets()?;
    if let Some(unknown) = named.iter().find(|name| !targets.contains(name)) {
        bail!(
            "there is no target {unknown}; there are {}",
            targets.join(", ")
        );
    }
    targets.retain(|target| named.is_empty() || named.contains(&target));
    for target in &targets {
        feed(target, &more)?;
    }
    Ok(())
}

fn feed(target: &str, more: &[&String]) -> Result<()> {
    let found = workspace::target("fuzz/corpus")?.join(target);
    let broken = workspace::target("fuzz/broken")?.join(target);
    for folder in [&found, &broken] {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let committed = workspace::root()?.join(CORPUS).join(target);
    process::run(
        workspace::cargo()?
            .args(["fuzz", "run", target, "--fuzz-dir", FUZZER])
            .args(["--sanitizer", "none", "--target-dir"])
            .arg(workspace::target("fuzz/build")?)
            .args([&found, &committed])
            .arg("--")
            .arg(format!("-artifact_prefix={}/", broken.display()))
            .arg(format!("-max_total_time={SECONDS}"))
            .args(["-timeout=20", "-rss_limit_mb=4096"])
            .args(more),
    )
}

/// One folder of inputs each.
fn targets() -> Result<Vec<String>> {
    let corpus = workspace::root()?.join(CORPUS);
    let folders = fs::read_dir(&corpus).with_context(|| format!("reading {}", corpus.display()))?;
    let names = folders.map(|folder| Ok(folder?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// Asks the described API as each of those who may ask. From a debug build: the engine's invariants are looked at
/// after every command there.
pub(crate) fn api(args: &[String]) -> Result<()> {
    packages::install_missing()?;
    packages::install_for_the_api()?;
    let schemathesis = tools::schemathesis()?;
    process::run(workspace::cargo()?.args(["build", "--workspace", "--bins"]))?;
    process::run(
        Command::new(workspace::built("debug/api")?)
            .arg("--schemathesis")
            .arg(schemathesis)
            .args(args)
            .current_dir(workspace::root()?),
    )
}
