//! `cargo xtask units`: the systemd files, checked as they will lie on a box.
//!
//! Stages a root with the machine's own units, ours, and a stand-in for each program that a unit
//! starts (`systemd-analyze verify` fails when a binary is not there). What `verify` does not look at,
//! [`readiness`] does. Starts nothing.

mod readiness;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{packages, process, workspace};

/// What the workspace builds and a unit may start.
const PROGRAMS: &[&str] = &[
    "aufruf-server",
    "aufruf-kiosk",
    "aufruf-display",
    "aufruf-counter-panel",
    "aufruf-printer",
];

/// What Debian's packages bring that a unit starts.
const OF_DEBIAN: &[&str] = &["chvt", "kill"];

/// What the seat is made of beside its unit.
const SEAT: &[&str] = &["seat", "seat-session", "openbox.xml"];

/// Where the machine's own units lie. The user's come first: where both have one, the system's stays.
const OF_MACHINE: &[&str] = &["/usr/lib/systemd/user", "/usr/lib/systemd/system"];

const UNITS: &str = "usr/lib/systemd/system";

/// Where a folder of `systemd/` goes in the staged root. The user unit lies with the others there:
/// `verify` knows no other root for a user's units.
const PLACES: &[(&str, &str)] = &[
    ("system", UNITS),
    ("user", UNITS),
    ("sysusers.d", "usr/lib/sysusers.d"),
    ("tmpfiles.d", "usr/lib/tmpfiles.d"),
];

/// Checks units, users and folders; whatever the checkers complain of is an error.
pub(crate) fn units() -> Result<()> {
    let (ours, stage) = (
        workspace::root()?.join("systemd"),
        workspace::target("units/root")?,
    );
    stage_root(&ours, &stage)?;
    let system = verify(&ours.join("system"), &stage)?;
    let user = verify(&ours.join("user"), &stage)?;
    check_users_and_folders(&stage)?;
    println!(
        "units: {} units verified, users and folders made in a staged root",
        system + user
    );
    Ok(())
}

fn stage_root(ours: &Path, stage: &Path) -> Result<()> {
    if stage.exists() {
        fs::remove_dir_all(stage).context("removing the old staged root")?;
    }
    for folder in ["usr/bin", "usr/lib/aufruf", "etc/aufruf", "run", "var/lib"] {
        let folder = stage.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    for folder in OF_MACHINE {
        copy_folder(Path::new(folder), &stage.join(UNITS))?;
    }
    for (from, to) in PLACES {
        copy_folder(&ours.join(from), &stage.join(to))?;
    }
    // As on a Debian: what a unit calls /bin lies in /usr.
    symlink("usr/bin", stage.join("bin")).context("linking bin")?;
    for name in SEAT {
        fs::copy(ours.join(name), stage.join("usr/lib/aufruf").join(name))
            .with_context(|| format!("staging {name}"))?;
    }
    // It is an argument of xinit, so `verify` does not look.
    let mode = fs::metadata(ours.join("seat-session"))
        .context("looking at seat-session")?
        .permissions();
    ensure!(
        mode.mode() & 0o111 == 0o111,
        "systemd/seat-session is not executable"
    );
    PROGRAMS
        .iter()
        .chain(OF_DEBIAN)
        .try_for_each(|name| stand_in(&stage.join("usr/bin").join(name)))
}

/// Files of one folder, links followed; folders inside it (`*.wants`) are left out.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    for file in files_in(from)? {
        let name = file.file_name().context("a file without a name")?;
        fs::copy(&file, to.join(name)).with_context(|| format!("staging {}", file.display()))?;
    }
    Ok(())
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()
        .with_context(|| format!("listing {}", folder.display()))?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn stand_in(path: &Path) -> Result<()> {
    fs::write(path, "#!/bin/sh\n").with_context(|| format!("staging {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).context("making it executable")
}

/// Verifies every unit of the folder and returns how many there were.
fn verify(folder: &Path, stage: &Path) -> Result<usize> {
    let files = files_in(folder)?;
    files.iter().try_for_each(|unit| refuse_unready(unit))?;
    let units: Vec<_> = files.iter().map(|unit| unit_to_load(unit)).collect();
    ensure!(!units.is_empty(), "no units in {}", folder.display());
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(format!("--root={}", stage.display()))
        .args(&units)
        .output()
        .context("starting systemd-analyze (Debian package systemd)")?;
    // Unknown settings are only warnings to it; to us they are mistakes.
    let said = String::from_utf8_lossy(&output.stderr);
    let complaints = complaints(&said);
    if !output.status.success() {
        bail!(
            "systemd-analyze verify ended with {}:\n{said}",
            output.status
        );
    }
    ensure!(
        complaints.is_empty(),
        "systemd-analyze verify warns:\n{}",
        complaints.join("\n")
    );
    Ok(units.len())
}

fn refuse_unready(unit: &Path) -> Result<()> {
    let text = fs::read_to_string(unit).with_context(|| format!("reading {}", unit.display()))?;
    if let Some(fault) = readiness::fault(&text) {
        bail!("{}: {fault}", unit.display());
    }
    Ok(())
}

/// A template is checked as an instance of it.
fn unit_to_load(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.replace("@.", "@7.")
}

/// What is said of our own units; the machine's are not ours to mend.
fn complaints(said: &str) -> Vec<&str> {
    said.lines()
        .filter(|line| line.contains("aufruf"))
        .collect()
}

fn check_users_and_folders(stage: &Path) -> Result<()> {
    let root = format!("--root={}", stage.display());
    let users = stage.join("usr/lib/sysusers.d/aufruf.conf");
    if !packages::is_root()? {
        println!("units: not root, so folders are not made and users only rehearsed");
        return rehearse(
            Command::new("systemd-sysusers")
                .args(["--dry-run", &root])
                .arg(users),
        );
    }
    rehearse(Command::new("systemd-sysusers").arg(&root).arg(users))?;
    let folders = stage.join("usr/lib/tmpfiles.d/aufruf.conf");
    let server = stage.join("etc/aufruf/server.toml");
    fs::write(&server, "").context("staging a configuration")?;
    rehearse(
        Command::new("systemd-tmpfiles")
            .args(["--create", &root])
            .arg(folders),
    )?;
    let mode = fs::metadata(&server)
        .context("looking at the configuration")?
        .permissions()
        .mode();
    ensure!(
        mode & 0o7777 == 0o640,
        "a configuration with a token would have mode {mode:o}"
    );
    Ok(())
}

fn rehearse(command: &mut Command) -> Result<()> {
    process::capture(command).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_verified_as_an_instance() {
        assert_eq!(
            unit_to_load(Path::new("system/aufruf-seat@.service")),
            "aufruf-seat@7.service"
        );
        assert_eq!(
            unit_to_load(Path::new("system/aufruf.target")),
            "aufruf.target"
        );
    }

    #[test]
    fn only_complaints_about_our_units_count() {
        let said =
            "getty@tty1.service: Unit is odd\naufruf-kiosk.service:7: Unknown key 'Restrat'\n";
        assert_eq!(
            complaints(said),
            ["aufruf-kiosk.service:7: Unknown key 'Restrat'"]
        );
    }
}
