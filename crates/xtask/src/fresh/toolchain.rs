//! The machine's Rust, copied into the bare Debian as rustup would have put it there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::bare::Bare;
use crate::process;

/// What cargo's folder holds of ours to take: the programs of rustup, and settings, never credentials.
const SETTINGS: &[&str] = &["config.toml", "config"];

/// rustup's own links; other programs of the user's are not part of the promise.
const RUSTUP_LINKS: &[&str] = &[
    "cargo",
    "cargo-clippy",
    "cargo-fmt",
    "clippy-driver",
    "rustc",
    "rustdoc",
    "rustfmt",
];

/// Copies rustup, the toolchain in use and cargo's settings; with `downloads` the fetched crates too.
pub(super) fn copy_into(bare: &Bare, downloads: bool) -> Result<()> {
    let (cargo, rustup) = (cargo_home()?, rustup_home()?);
    let to_cargo = bare.outside(format!("{}/.cargo", Bare::home()));
    let to_rustup = bare.outside(format!("{}/.rustup", Bare::home()));
    copy_rustup(&cargo.join("bin"), &to_cargo.join("bin"))?;
    let toolchain = PathBuf::from("toolchains").join(toolchain()?);
    copy_tree(
        &rustup.join(&toolchain),
        &to_rustup.join(&toolchain),
        &["./share/doc"],
    )?;
    copy_file(
        &rustup.join("settings.toml"),
        &to_rustup.join("settings.toml"),
    )?;
    for name in SETTINGS.iter().filter(|name| cargo.join(name).is_file()) {
        copy_file(&cargo.join(name), &to_cargo.join(name))?;
    }
    if downloads {
        for part in ["registry/cache", "registry/index"] {
            copy_tree(&cargo.join(part), &to_cargo.join(part), &[])?;
        }
    }
    Ok(())
}

/// The toolchain that this command runs under.
pub(super) fn toolchain() -> Result<String> {
    let said = process::capture(Command::new("rustup").args(["show", "active-toolchain"]))
        .context("asking rustup which toolchain is in use")?;
    said.split_whitespace()
        .next()
        .map(str::to_owned)
        .context("rustup names no toolchain")
}

fn rustup_home() -> Result<PathBuf> {
    let said = process::capture(Command::new("rustup").args(["show", "home"]))?;
    Ok(PathBuf::from(said.trim()))
}

fn cargo_home() -> Result<PathBuf> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    named
        .or_else(usual)
        .context("neither CARGO_HOME nor HOME is set")
}

fn copy_rustup(from: &Path, to: &Path) -> Result<()> {
    copy_file(&from.join("rustup"), &to.join("rustup"))?;
    for name in RUSTUP_LINKS {
        std::os::unix::fs::symlink("rustup", to.join(name))
            .with_context(|| format!("linking {name}"))?;
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().context("a file without a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}

/// Copies a folder with its links and modes, by tar, because it can leave parts out.
fn copy_tree(from: &Path, to: &Path, without: &[&str]) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    println!("$ copying {} …", from.display());
    let excludes = without.iter().map(|part| format!("--exclude={part}"));
    let mut pack = Command::new("tar")
        .args(excludes)
        .arg("--directory")
        .arg(from)
        .args(["--create", "--file=-", "."])
        .stdout(Stdio::piped())
        .spawn()
        .context("starting tar")?;
    let packed = pack.stdout.take().expect("stdout was asked to be piped");
    let unpacked = Command::new("tar")
        .arg("--directory")
        .arg(to)
        .args(["--extract", "--file=-"])
        .stdin(packed)
        .status()
        .context("starting tar")?;
    let packed = pack.wait().context("waiting for tar")?;
    ensure!(
        packed.success() && unpacked.success(),
        "copying {} failed",
        from.display()
    );
    Ok(())
}
