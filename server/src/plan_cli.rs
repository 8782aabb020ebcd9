//! `aufruf-server plan …`: shows how the rest of the day is expected to go.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use aufruf_engine::HouseRules;
use aufruf_engine::hours::ClockTime;
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::config::ServerConfig;
use aufruf_server::office;
use aufruf_server::plan::{Names, Sheet, chart, table};
use aufruf_server::simulate::state_at;
use aufruf_store::{DayOnDisk, OfficeDocument, read_day};
use clap::{Args, Subcommand};

use crate::simulate_cli;

#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// Print who will be called when and where, and what newcomers are told. Changes nothing, and works
    /// beside a running server.
    Show(ShowArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(long, default_value = "/etc/aufruf/server.toml")]
    config: PathBuf,
    /// Draw the plan into this file, too.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Show the plan of a simulated office day instead.
    #[arg(
        long,
        value_name = "DAY.json",
        requires = "at",
        conflicts_with = "config"
    )]
    day: Option<PathBuf>,
    /// The time of the simulated day, such as 10:30.
    #[arg(long, value_name = "HH:MM", requires = "day")]
    at: Option<ClockTime>,
}

pub(crate) fn run(command: &PlanCommand) -> anyhow::Result<()> {
    let PlanCommand::Show(args) = command;
    let sheet = match (&args.day, args.at) {
        (Some(day), Some(at)) => of_day(day, at)?,
        _ => of_office(&args.config)?,
    };
    if let Some(file) = &args.svg {
        write_whole(file, &chart(&sheet))?;
    }
    let mut out = io::stdout().lock();
    out.write_all(table(&sheet).as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write the plan to standard output")
}

/// The plan of a simulated day.
fn of_day(file: &Path, at: ClockTime) -> anyhow::Result<Sheet> {
    let day = simulate_cli::read(file)?;
    let shown = file.display();
    let (state, now) = state_at(&day, HouseRules::default(), at)
        .with_context(|| format!("{shown} could not be replayed up to {at}"))?;
    Sheet::of(&state, &Names::default(), now)
        .with_context(|| format!("{shown} has no day open at {at}"))
}

/// The plan of the office on this box.
fn of_office(config: &Path) -> anyhow::Result<Sheet> {
    let data_dir = ServerConfig::load(config)?.data_dir;
    let on_disk = read_day(&data_dir)
        .context("cannot read the office's day; run this as the user that the server runs as")?;
    let folder = data_dir.display();
    let Some(DayOnDisk { state, document }) = on_disk else {
        let config = config.display();
        bail!(
            "there is no office in {folder}; is data_dir in {config} right? Else apply one with `aufruf-server office apply FILE`"
        );
    };
    let now = SystemClock.now();
    let Some(day) = state.day() else {
        bail!("no day was opened in {folder} yet; start the server, which opens it");
    };
    if day.ends_at <= now {
        let date = day.date;
        bail!(
            "the last day in {folder} is {date}, and it is over; start the server, which opens today"
        );
    }
    Sheet::of(&state, &names(document), now)
        .with_context(|| format!("no day is open in {folder}; start the server, which opens it"))
}

/// The names of the office, or none where its document cannot be used any more.
fn names(document: Option<OfficeDocument>) -> Names {
    let Some(OfficeDocument { version, text, .. }) = document else {
        return Names::default();
    };
    let parsed = office::OfficeDocument::parse(&text);
    parsed.as_ref().map_or_else(
        |faults| {
            eprintln!(
                "aufruf-server: keys stand for names, because version {version} of the office's description has faults:\n{faults}"
            );
            Names::default()
        },
        Names::of,
    )
}

/// Written beside its place and moved there: a chart is whole or not there.
fn write_whole(file: &Path, text: &str) -> anyhow::Result<()> {
    let shown = file.display();
    let Some(name) = file.file_name() else {
        bail!("{shown} names no file; name one to draw the plan into");
    };
    let part = file.with_file_name(part_of(name));
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, file));
    if written.is_err() {
        // What is there of it is of no use; that it cannot be removed either is no news.
        let _ = fs::remove_file(&part);
    }
    written
        .with_context(|| format!("cannot write {shown}; is there such a folder, and room in it?"))
}

/// Two that draw the same plan at once do not write into one another's part.
fn part_of(name: &OsStr) -> OsString {
    let mut part = OsString::from(".");
    part.push(name);
    part.push(format!(".{}.part", std::process::id()));
    part
}
