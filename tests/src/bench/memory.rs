//! A process's memory, as the kernel counts it.

use anyhow::Context as _;

/// Resident memory in KiB.
pub(super) fn resident_kib(pid: u32) -> anyhow::Result<u64> {
    let path = format!("/proc/{pid}/status");
    let status = std::fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line
        .and_then(|line| line.split_whitespace().next())
        .context("no VmRSS")?;
    figure.parse().context("VmRSS is no number")
}
