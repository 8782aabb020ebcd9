//! `aufruf-printer --config printer.toml`: runs until it is told to stop.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use aufruf_client::clock::{Clock, SystemClock};
use aufruf_client::{Connection, Way, config, logging};
use aufruf_printer::agent::{Agent, Press};
use aufruf_printer::config::Config;
use aufruf_printer::spool::Spool;
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

/// Prints the tickets of an office on a receipt printer.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The config file.
    #[arg(long)]
    config: PathBuf,
}

/// A printer that takes no bytes must not keep the agent from stopping.
const FAREWELL: Duration = Duration::from_secs(1);

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    logging::init();
    let config: Config = config::load(&arguments.config)?;
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    let outcome = runtime.block_on(run(config));
    runtime.shutdown_timeout(FAREWELL);
    outcome
}

async fn run(config: Config) -> anyhow::Result<()> {
    let press = Press {
        transport: config.transport().into(),
        paper: config.paper(),
        high_bytes: config.high_bytes(),
    };
    let way = Way::of(&config.way(), "printer").context("looking for the way to the server")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let spool = Spool::open(&config.spool_dir, clock.now()).context("opening the spool")?;
    let stop = stopped().context("listening for signals")?;

    info!("printing to {}", press.transport.place());
    let software = concat!("aufruf-printer ", env!("CARGO_PKG_VERSION"));
    let (connection, updates) = Connection::open(&way, software, Arc::clone(&clock));
    let say = move |message| connection.send(message);
    Agent::new(spool, press, clock, say)
        .run(updates, stop)
        .await;
    info!("stopped");
    Ok(())
}

/// Ends when the service manager or the person at the terminal says so.
fn stopped() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
