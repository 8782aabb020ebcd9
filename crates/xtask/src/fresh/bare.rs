//! The folder with the bare Debian: made anew each time, with gcc, libc6-dev and nothing else of ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::apt;
use crate::{process, workspace};

const SUITE: &str = "bookworm";

/// What the README asks for beside Rust.
const ASKED_FOR: &str = "gcc,libc6-dev";

/// Home of the office's IT inside.
const HOME: &str = "/home/office";

/// How the machine reaches others: names, and authorities that it trusts.
const NETWORK: &[&str] = &[
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/ssl/certs/ca-certificates.crt",
];

/// The machine's own authorities, should something inside put the list together anew.
const AUTHORITIES: &str = "/usr/local/share/ca-certificates";

/// A Debian in a folder.
#[derive(Debug)]
pub(super) struct Bare {
    root: PathBuf,
}

impl Bare {
    /// Makes it, in place of the one that was there.
    pub(super) fn make() -> Result<Self> {
        let folder = workspace::target("fresh")?;
        let root = folder.join("root");
        if root.exists() {
            // It has held mounts in other namespaces only, but a file system that is not ours is never entered.
            process::run(
                Command::new("rm")
                    .args(["-rf", "--one-file-system"])
                    .arg(&root),
            )?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        debootstrap(&root)?;
        let bare = Self { root };
        bare.take_over_apt()?;
        bare.take_over_network()?;
        Ok(bare)
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Home inside, as seen inside.
    pub(super) fn home() -> &'static str {
        HOME
    }

    /// The project inside, as seen inside.
    pub(super) fn project() -> String {
        format!("{HOME}/aufruf")
    }

    /// A path inside, as seen from outside.
    pub(super) fn outside(&self, inside: impl AsRef<Path>) -> PathBuf {
        let inside = inside.as_ref();
        self.root.join(inside.strip_prefix("/").unwrap_or(inside))
    }

    /// Where the output of one command is kept.
    pub(super) fn log(&self, command: &str) -> PathBuf {
        self.root.with_file_name(format!("{command}.log"))
    }

    /// Clones what is committed; a change that is not committed is not proved. Root may clone from
    /// a user's checkout here, because the user has asked root to.
    pub(super) fn clone_project(&self) -> Result<()> {
        let (from, to) = (workspace::root()?, self.outside(Self::project()));
        process::run(
            Command::new("git")
                .args(["-c", "safe.directory=*", "clone", "--quiet"])
                .arg(from)
                .arg(to),
        )
    }

    /// Copies a file of the machine to the same place inside, links followed. One that is not there is left out.
    fn copy_same_place(&self, file: &Path) -> Result<()> {
        if !file.is_file() {
            return Ok(());
        }
        let to = self.outside(file);
        let folder = to.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::copy(file, &to).with_context(|| format!("copying {}", file.display()))?;
        Ok(())
    }

    fn copy_folder_same_place(&self, folder: &Path) -> Result<()> {
        // A folder that is not there holds nothing to copy.
        let Ok(entries) = fs::read_dir(folder) else {
            return Ok(());
        };
        entries
            .flatten()
            .try_for_each(|entry| self.copy_same_place(&entry.path()))
    }

    fn take_over_apt(&self) -> Result<()> {
        let of_debootstrap = self.outside("/etc/apt/sources.list");
        if of_debootstrap.exists() {
            fs::remove_file(of_debootstrap).context("removing debootstrap's own source")?;
        }
        let mut files = apt::SOURCES
            .iter()
            .flat_map(|place| apt::source_files(Path::new(place)));
        files.try_for_each(|file| self.copy_same_place(&file))?;
        apt::KEYS
            .iter()
            .try_for_each(|folder| self.copy_folder_same_place(Path::new(folder)))?;
        let settings = self.outside("/etc/apt/apt.conf.d/50machine");
        fs::write(&settings, apt::fetch_settings()?).context("writing apt's settings")
    }

    fn take_over_network(&self) -> Result<()> {
        NETWORK
            .iter()
            .try_for_each(|file| self.copy_same_place(Path::new(file)))?;
        self.copy_folder_same_place(Path::new(AUTHORITIES))
    }
}

fn debootstrap(root: &Path) -> Result<()> {
    let there = process::succeeds(Command::new("debootstrap").arg("--version"));
    ensure!(there, "debootstrap is missing: apt-get install debootstrap");
    let mirror = apt::mirror(SUITE)?;
    let mut command = Command::new("debootstrap");
    command.args(["--variant=minbase", &format!("--include={ASKED_FOR}")]);
    if let Some(keyring) = mirror.keyring {
        command.arg(format!("--keyring={}", keyring.display()));
    }
    let log = root.with_file_name("debootstrap.log");
    println!(
        "$ debootstrap {SUITE} with {ASKED_FOR} into {} …",
        root.display()
    );
    let said = process::capture(command.arg(SUITE).arg(root).arg(mirror.address))?;
    fs::write(&log, said).with_context(|| format!("writing {}", log.display()))
}
