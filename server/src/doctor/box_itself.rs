//! The box that the server runs on: its clock, and what it lets a program have.

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use rustix::process::{Resource, getrlimit};

use super::Finding::{self, Look, Mend, Well};

/// What the service manager's own time service writes when the clock was set from the network.
const CLOCK_IS_SET: &str = "/run/systemd/timesync/synchronized";
const SERVICE: &str = "aufruf-server.service";
/// A clock behind the last record by no more than this was set right.
const BEHIND: SignedDuration = SignedDuration::from_secs(60);
/// An office is closed for no longer than this without somebody looking.
const CLOSED_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Two for each of a thousand screens, and what the server itself needs.
const FILES: u64 = 4_096;

/// Whether somebody sets the clock.
pub(super) fn time_service() -> Finding {
    if Path::new(CLOCK_IS_SET).exists() {
        return Well("the clock is set from the network".to_owned());
    }
    // Another time service may do it: the kernel knows.
    match asked("timedatectl", &["show", "-p", "NTPSynchronized", "--value"]).as_deref() {
        Some("yes") => Well("the clock is set from the network".to_owned()),
        Some("no") => Look(
            "the clock is not set from the network: timedatectl set-ntp true, and look whether the time servers answer".to_owned(),
        ),
        _ => Look(
            "nobody says that the clock is set from the network: look at timedatectl".to_owned(),
        ),
    }
}

/// The clock beside the last thing that happened.
pub(super) fn clock(now: Timestamp, last: Timestamp) -> Finding {
    let since = now.duration_since(last);
    if since < -BEHIND {
        return Mend(format!(
            "the clock says {now}, and the last record of the journal is of {last}: set the clock right before the server starts"
        ));
    }
    if since > CLOSED_FOR {
        return Look(format!(
            "the last record of the journal is {} days old: where the office was not closed for so long, the clock is ahead",
            since.as_hours() / 24
        ));
    }
    Well("the clock fits the last record of the journal".to_owned())
}

/// How many files the server may have open: one for each connection, and some of its own.
pub(super) fn files() -> Finding {
    let (whose, limit) = match files_of_service() {
        Some(limit) => ("the server", limit),
        None => (
            "a program of this user",
            getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX),
        ),
    };
    if limit < FILES {
        return Look(format!(
            "{whose} may have {limit} files open, and a thousand screens want {FILES}: LimitNOFILE in {SERVICE}"
        ));
    }
    Well(format!("{whose} may have {limit} files open"))
}

/// The limit of the running service, where the service manager runs one.
fn files_of_service() -> Option<u64> {
    let pid = asked("systemctl", &["show", SERVICE, "-p", "MainPID", "--value"])?;
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().nth(1)? {
        "unlimited" => Some(u64::MAX),
        hard => hard.parse().ok(),
    }
}

/// What a program of the system says; none where there is none, or it cannot tell.
fn asked(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(done.stdout).ok()?;
    let text = text.trim();
    (done.status.success() && !text.is_empty()).then(|| text.to_owned())
}
