//! `cargo xtask setup`: whatever this machine lacks is installed, and told.

use anyhow::Result;

use crate::{packages, tools};

/// Installs missing Debian packages and the test runner.
pub(crate) fn setup() -> Result<()> {
    packages::install_missing()?;
    tools::ensure(&tools::NEXTEST)
}
