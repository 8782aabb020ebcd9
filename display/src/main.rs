//! `aufruf-display --config display.toml`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use aufruf_client::clock::SystemClock;
use aufruf_client::{config, logging};
use aufruf_display::app;
use aufruf_display::config::DisplayConfig;
use clap::Parser;

/// Shows and sounds the calls of one area.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The display's config file.
    #[arg(long)]
    config: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    logging::init();
    let config: DisplayConfig = config::load(&arguments.config)?;
    app::run(&config, Arc::new(SystemClock)).context("the display has ended")
}
