//! The Debian packages that building, running and testing need, and how missing ones are installed.

use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Packages and what they are for, as told to the person who watches.
struct Group {
    purpose: &'static str,
    packages: &'static [&'static str],
}

const GROUPS: &[Group] = &[
    Group {
        purpose: "to build",
        packages: &[
            "gcc",
            "libc6-dev",
            "pkg-config",
            "libfontconfig-dev",
            "libasound2-dev",
        ],
    },
    Group {
        purpose: "to run the screens",
        packages: &[
            "libasound2",
            "libfontconfig1",
            "libx11-6",
            "libx11-xcb1",
            "libxcursor1",
            "libxi6",
            "libxkbcommon0",
            "libxkbcommon-x11-0",
        ],
    },
    Group {
        purpose: "to test without a desktop",
        packages: &["xvfb", "systemd"],
    },
];

/// What the soak run needs beyond that.
const FOR_FUZZING: Group = Group {
    purpose: "to fuzz",
    packages: &["g++"],
};
const FOR_THE_API: Group = Group {
    purpose: "to ask the described API",
    packages: &["python3-venv"],
};

/// What building, running and testing need: installs what is missing, and tells which.
pub(crate) fn install_missing() -> Result<()> {
    install(GROUPS)
}

/// What `soak --fuzz` needs beside it.
pub(crate) fn install_for_fuzzing() -> Result<()> {
    install(&[FOR_FUZZING])
}

/// What `soak --api` needs beside it; another Python than Debian's brings it along.
pub(crate) fn install_for_the_api() -> Result<()> {
    if process::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"])) {
        return Ok(());
    }
    install(&[FOR_THE_API])
}

/// Installs what `dpkg-query` does not know as installed.
fn install(groups: &[Group]) -> Result<()> {
    if !process::succeeds(Command::new("dpkg-query").arg("--version")) {
        println!(
            "This is no Debian: please see to these packages yourself: {}",
            all(groups).join(" ")
        );
        return Ok(());
    }
    let listing = installed(&all(groups))?;
    let missing: Vec<_> = groups
        .iter()
        .flat_map(|group| announce(group, &listing))
        .collect();
    if missing.is_empty() {
        println!("Debian packages: all there.");
        return Ok(());
    }
    process::run(apt_get()?.arg("update"))?;
    process::run(
        apt_get()?
            .args(["install", "--yes", "--no-install-recommends"])
            .args(missing),
    )
}

fn all(groups: &[Group]) -> Vec<&'static str> {
    groups
        .iter()
        .flat_map(|group| group.packages)
        .copied()
        .collect()
}

fn announce(group: &Group, listing: &str) -> Vec<&'static str> {
    let missing = missing(group.packages, listing);
    if !missing.is_empty() {
        println!(
            "Debian packages missing {}: {}",
            group.purpose,
            missing.join(" ")
        );
    }
    missing
}

/// One line `package status` for each package that dpkg has heard of.
///
/// dpkg-query fails as soon as one name is unknown to it, so its exit code says nothing here.
fn installed(wanted: &[&str]) -> Result<String> {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Abbrev}\n"])
        .args(wanted)
        .output()
        .context("asking dpkg-query what is installed")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The wanted packages that the listing does not show as installed.
fn missing(wanted: &[&'static str], listing: &str) -> Vec<&'static str> {
    let is_installed = |package: &str| {
        listing.lines().any(|line| {
            let mut words = line.split_whitespace();
            words.next() == Some(package) && words.next() == Some("ii")
        })
    };
    wanted
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect()
}

/// `apt-get` that asks nothing, through sudo when we are not root.
fn apt_get() -> Result<Command> {
    let mut command = if is_root()? {
        Command::new("env")
    } else {
        sudo_env()
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    Ok(command)
}

fn sudo_env() -> Command {
    let mut command = Command::new("sudo");
    command.arg("env");
    command
}

/// Whether we are root.
pub(crate) fn is_root() -> Result<bool> {
    let id = process::capture(Command::new("id").arg("--user"))?;
    Ok(id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "gcc ii \nlibasound2 ii \nxvfb rc \nlibfontconfig-dev un \n";

    #[test]
    fn a_package_that_dpkg_never_heard_of_is_missing() {
        assert_eq!(missing(&["gcc", "pkg-config"], LISTING), ["pkg-config"]);
    }

    #[test]
    fn a_removed_package_with_leftover_configuration_is_missing() {
        assert_eq!(
            missing(&["xvfb", "libfontconfig-dev"], LISTING),
            ["xvfb", "libfontconfig-dev"]
        );
    }

    #[test]
    fn a_package_is_not_there_because_another_name_begins_like_it() {
        assert_eq!(missing(&["libasound2-dev"], LISTING), ["libasound2-dev"]);
    }
}
