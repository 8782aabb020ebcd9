//! An X server without a screen, one an office, large enough for all its windows side by side.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

use crate::program::Recipe;

/// Display 1920, kiosk 1080 and panel 1280 wide stand in a row; the kiosk is the tallest.
const SIZE: &str = "4400x1930x24";
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// A running Xvfb; it ends with this value.
#[derive(Debug)]
pub struct XServer {
    _child: Child,
    display: String,
}

impl XServer {
    /// Starts one on a display number that nobody uses.
    pub async fn starts(log_folder: &Path) -> anyhow::Result<Self> {
        let recipe = Recipe::new("xvfb", "Xvfb".into(), log_folder)
            .with("-displayfd")
            .with("1")
            .with("-screen")
            .with("0")
            .with(SIZE)
            .with("-nolisten")
            .with("tcp")
            .with("-noreset");
        let mut child = recipe
            .command()?
            .stdout(Stdio::piped())
            .spawn()
            .context("starting Xvfb (Debian package xvfb)")?;
        let stdout = child.stdout.take().expect("its output was piped");
        let mut number = String::new();
        timeout(STARTS_WITHIN, BufReader::new(stdout).read_line(&mut number))
            .await
            .context("Xvfb did not tell its display number")??;
        let number: u32 = number
            .trim()
            .parse()
            .context("Xvfb told no display number")?;
        Ok(Self {
            _child: child,
            display: format!(":{number}"),
        })
    }

    /// The value of `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }
}
