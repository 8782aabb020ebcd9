//! Running a command inside the bare Debian, with a minimal environment.
//!
//! Everything is mounted in a mount namespace of its own and runs in a process namespace of its own.
//! However the command ends (also by ctrl-C, or when this program is killed), the kernel ends what
//! it started and takes the mounts away: none can be left behind for an `rm` to walk into.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::bare::Bare;
use super::toolchain;
use crate::process;

/// Runs as process 1 of its namespace and stays, so that somebody reaps what is orphaned there.
const ENTER: &str = r#"set -eu
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
status=0
chroot "$root" "$@" || status=$?
exit "$status"
"#;

/// Variables of the machine that say how to reach the network; cargo's settings are told by prefix.
const NETWORK: &[&str] = &[
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
];
const CARGO_SETTINGS: &[&str] = &[
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_SOURCE_",
];

/// `cargo xtask NAME` in the cloned project; what it prints is shown and kept in `log`.
pub(super) fn cargo_xtask(bare: &Bare, name: &str, log: &Path) -> Result<()> {
    let script = format!("cd {} && exec cargo xtask {name} 2>&1", Bare::project());
    let mut command = enter(bare.root());
    command
        .args(["env", "-i"])
        .args(environment(&toolchain::toolchain()?, env::vars()))
        .args(["sh", "-c", &script]);
    process::run_logged(&mut command, log)
}

fn enter(root: &Path) -> Command {
    // When we die, so does unshare; when unshare dies, so does process 1 inside, and all others with it.
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "unshare"])
        .args([
            "--mount",
            "--propagation",
            "private",
            "--pid",
            "--fork",
            "--kill-child",
        ])
        .args(["sh", "-c", ENTER, "enter"])
        .arg(root);
    command
}

/// What a person who has just logged in has, and how the machine reaches others.
fn environment(toolchain: &str, machine: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let home = Bare::home();
    let mut variables = vec![
        format!("HOME={home}"),
        format!(
            "PATH={home}/.cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        ),
        format!("RUSTUP_TOOLCHAIN={toolchain}"),
        "LANG=C.UTF-8".to_owned(),
        "TERM=dumb".to_owned(),
        "USER=office".to_owned(),
    ];
    let taken = machine.filter(|(name, _)| is_for_the_network(name));
    variables.extend(taken.map(|(name, value)| format!("{name}={value}")));
    variables
}

/// Proxies, authorities and cargo's registries, but no token.
fn is_for_the_network(name: &str) -> bool {
    let of_cargo = CARGO_SETTINGS.iter().any(|prefix| name.starts_with(prefix));
    NETWORK.contains(&name) || (of_cargo && !name.contains("TOKEN") && !name.contains("CREDENTIAL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(name: &str) -> bool {
        let machine = [(name.to_owned(), "value".to_owned())];
        environment("stable", machine.into_iter()).contains(&format!("{name}=value"))
    }

    #[test]
    fn the_way_to_the_registries_is_taken_along() {
        assert!(taken("https_proxy") && taken("CARGO_NET_RETRY"));
    }

    #[test]
    fn tokens_and_the_users_other_variables_stay_outside() {
        assert!(!taken("CARGO_REGISTRIES_OFFICE_TOKEN"));
        assert!(!taken("DISPLAY") && !taken("RUSTFLAGS") && !taken("CARGO_TARGET_DIR"));
    }
}
