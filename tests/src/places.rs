//! Where things lie: our programs beside the running test, the assets beside this crate, free ports.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Context as _, bail};

/// Below the ports that the kernel gives to outgoing connections, so that a server can be started
/// again on its port while clients dial.
const FIRST_PORT: u16 = 15_000;
const PORTS: u16 = 15_000;

/// Ports this process has tried.
static TRIED: AtomicU16 = AtomicU16::new(0);

/// One of our programs, built in the same profile as the one that asks.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("finding the running program")?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
        .with_context(|| {
            format!(
                "{name} is not beside {}: build the workspace first",
                own.display()
            )
        })
}

/// The profile's folder of the running program: `debug` or `release`.
pub fn profile() -> &'static str {
    if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    }
}

/// A file or folder under `assets/`.
pub fn asset(path: &str) -> PathBuf {
    workspace().join("assets").join(path)
}

/// The build's folder, for what the demo and failed scenarios leave behind.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// A port on loopback that nobody listens on.
pub fn free_port() -> anyhow::Result<u16> {
    // Tests run as processes of their own: each begins elsewhere.
    let start = u16::try_from(std::process::id() * 64 % u32::from(PORTS)).unwrap_or(0);
    for _ in 0..PORTS {
        let step = TRIED.fetch_add(1, Ordering::Relaxed);
        let port = FIRST_PORT + start.wrapping_add(step) % PORTS;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!(
        "no port from {FIRST_PORT} to {} is free",
        FIRST_PORT + PORTS
    )
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies inside the workspace")
}
