//! `aufruf-server`: serves an office, and looks after its description.

mod alerts_cli;
mod devices_cli;
mod office_cli;
mod plan_cli;
mod rescue_cli;
mod simulate_cli;
mod users_cli;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use aufruf_server::config::ServerConfig;
use aufruf_server::logging;
use aufruf_server::serve::{Reload, serve};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The queue of a public office.
#[derive(Debug, Parser)]
#[command(name = "aufruf-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the office until SIGTERM. SIGHUP reads its description again.
    Serve {
        /// The configuration of this box.
        #[arg(long, default_value = "/etc/aufruf/server.toml")]
        config: PathBuf,
    },
    /// Check, apply or export the office's description.
    #[command(subcommand)]
    Office(office_cli::OfficeCommand),
    /// Show the plan of the rest of the day.
    #[command(subcommand)]
    Plan(plan_cli::PlanCommand),
    /// Write a backup of the office's data. The server may run meanwhile.
    Backup(rescue_cli::BackupArgs),
    /// Put a backup in the place of the office's data. What was there is moved aside.
    Restore(rescue_cli::RestoreArgs),
    /// Read the office's data, or a backup, from end to end, and say whether they are sound.
    Verify(rescue_cli::VerifyArgs),
    /// Look over the whole installation, and say what to mend. Ends with a fault where something has to be.
    Doctor(rescue_cli::DoctorArgs),
    /// Print all that happened on a day, as lines of JSON.
    Export(rescue_cli::ExportArgs),
    /// Begin a day anew.
    #[command(subcommand)]
    Day(rescue_cli::DayCommand),
    /// Replay an office day in virtual time, with the rules that the product ships.
    Simulate(simulate_cli::SimulateArgs),
    /// Say who signs in: clerks, team leads and admins.
    #[command(subcommand)]
    Users(users_cli::UsersCommand),
    /// Say who may connect: kiosks, displays, printers and panels.
    #[command(subcommand)]
    Devices(devices_cli::DevicesCommand),
    /// Try how office IT is told what is wrong.
    #[command(subcommand)]
    Alerts(alerts_cli::AlertsCommand),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("aufruf-server: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve { config } => serve_office(ServerConfig::load(&config)?),
        Command::Office(command) => office_cli::run(command),
        Command::Plan(command) => plan_cli::run(&command),
        Command::Backup(args) => rescue_cli::backup(&args),
        Command::Restore(args) => rescue_cli::restore(&args),
        Command::Verify(args) => rescue_cli::check(&args),
        Command::Doctor(args) => rescue_cli::doctor(&args),
        Command::Export(args) => rescue_cli::export(&args),
        Command::Day(command) => rescue_cli::day(&command),
        Command::Simulate(args) => simulate_cli::run(&args),
        Command::Users(command) => users_cli::run(command),
        Command::Devices(command) => devices_cli::run(&command),
        Command::Alerts(command) => alerts_cli::run(&command),
    }
}

fn serve_office(config: ServerConfig) -> anyhow::Result<()> {
    logging::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
        let hangup = signal(SignalKind::hangup()).context("listening for SIGHUP")?;
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        serve(config, Hangup(hangup), stop).await
    })
}

/// SIGHUP: read the office's description again.
struct Hangup(Signal);

impl Reload for Hangup {
    async fn next(&mut self) {
        self.0.recv().await;
    }
}
