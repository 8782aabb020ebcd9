//! `aufruf-server backup|restore|verify|export|day …`: what keeps an office's data, and gets it back.

use std::io::{self, BufWriter, Write};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::config::ServerConfig;
use aufruf_server::doctor::{Finding, examine};
use aufruf_server::recovery::{Wishes, latest_backup, restore_backup, start_fresh_day};
use aufruf_server::secrets::{Passphrase, Unsealed, seal_beside, unseal};
use aufruf_store::{Taken, Verified, back_up, export_day, scan_privacy, verify, verify_file};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;

/// Where most offices have it.
pub(crate) const CONFIG: &str = "/etc/aufruf/server.toml";

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
    /// Write it there instead of the folder of server.toml.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Also write a file beside it with what devices and users come in by and the keys of the office's own authority,
    /// encrypted.
    #[arg(long, requires = "passphrase_file")]
    with_secrets: bool,
    /// The passphrase that opens the secrets, 12 characters at least, in a file that nobody else may read.
    #[arg(long, value_name = "FILE", requires = "with_secrets")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
    /// The backup.
    #[arg(required_unless_present = "latest", conflicts_with = "latest")]
    file: Option<PathBuf>,
    /// The newest one of this office in the folder of server.toml.
    #[arg(long)]
    latest: bool,
    /// Let every series go on from this number: lower ones were given after the backup was made.
    #[arg(long, value_name = "N")]
    numbers_from: Option<u32>,
    /// The secrets that were written beside the backup: devices need not be paired again.
    #[arg(long, value_name = "FILE", requires = "passphrase_file")]
    secrets: Option<PathBuf>,
    /// The passphrase that opens them, in a file that nobody else may read.
    #[arg(long, value_name = "FILE", requires = "secrets")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
    /// A backup, instead of the office's own database.
    file: Option<PathBuf>,
    /// Read every byte of the data and the backups for notes about people whose visits are over, instead.
    #[arg(long, conflicts_with = "file")]
    privacy: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
    /// The day, such as 2026-11-23.
    day: Date,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DayCommand {
    /// Begin the day anew, when its data are lost.
    Start(StartArgs),
}

#[derive(Debug, Args)]
pub(crate) struct StartArgs {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
    /// With an empty database. What was there is moved aside.
    #[arg(long, required = true)]
    fresh: bool,
    /// The first number of every series: above all that people hold already.
    #[arg(long, value_name = "N")]
    numbers_from: u32,
    /// The office's description. Else it is taken from the data that are there, or from the newest backup.
    #[arg(long, value_name = "FILE")]
    office: Option<PathBuf>,
}

pub(crate) fn backup(args: &BackupArgs) -> anyhow::Result<()> {
    let config = ServerConfig::load(&args.config)?;
    let folder = match &args.to {
        Some(folder) => folder.clone(),
        None => backups_of(&config, &args.config)?,
    };
    run_as_owner(&config.data_dir)?;
    let passphrase = args.passphrase_file.as_deref().map(Passphrase::read);
    let passphrase = passphrase.transpose()?;
    let made = back_up(&config.data_dir, &folder, SystemClock.now())?;
    println!(
        "{}: {} bytes, {}",
        made.file.display(),
        made.bytes,
        told(&made.held)
    );
    if let Some(passphrase) = passphrase {
        let sealed = seal_beside(&config.data_dir, &made.file, &passphrase)
            .context("the backup was made, and its secrets were not")?;
        println!(
            "{}: its secrets. Keep the passphrase elsewhere: without it nobody opens them.",
            sealed.display()
        );
    }
    Ok(())
}

pub(crate) fn restore(args: &RestoreArgs) -> anyhow::Result<()> {
    let config = ServerConfig::load(&args.config)?;
    run_as_owner(&config.data_dir)?;
    let now = SystemClock.now();
    let file = match &args.file {
        Some(file) => file.clone(),
        None => latest(&config, &args.config, now)?,
    };
    let secrets = secrets(args)?;
    let wishes = Wishes {
        numbers_from: args.numbers_from,
        secrets: secrets.as_ref(),
    };
    let restored = restore_backup(&config.data_dir, &file, wishes, now)?;
    println!("restored {}: {}", file.display(), told(&restored.held));
    match args.numbers_from {
        Some(from) => println!("Every series that has a number {from} goes on from there."),
        None => println!(
            "What happened since then is not in it, and numbers given since then would be given again: where people hold higher ones, restore once more with --numbers-from."
        ),
    }
    if secrets.is_some() {
        println!(
            "Whoever was let in when the backup was made comes in as before, and the office's authority is the same."
        );
    } else {
        tell_carried(&restored.taken);
    }
    tell_aside(&restored.taken);
    println!("Start the server now.");
    Ok(())
}

/// Opened before anything is changed.
fn secrets(args: &RestoreArgs) -> anyhow::Result<Option<Unsealed>> {
    let (Some(file), Some(passphrase)) = (&args.secrets, &args.passphrase_file) else {
        return Ok(None);
    };
    Ok(Some(unseal(file, &Passphrase::read(passphrase)?)?))
}

fn latest(config: &ServerConfig, file: &Path, now: Timestamp) -> anyhow::Result<PathBuf> {
    let folder = backups_of(config, file)?;
    let latest = latest_backup(&config.data_dir, &folder, now)?;
    if let Some(told) = latest.told {
        println!("{told}");
    }
    Ok(latest.file)
}

pub(crate) fn check(args: &VerifyArgs) -> anyhow::Result<()> {
    if args.privacy {
        return check_privacy(&ServerConfig::load(&args.config)?);
    }
    let (file, found) = if let Some(file) = &args.file {
        (file.clone(), verify_file(file))
    } else {
        let data_dir = ServerConfig::load(&args.config)?.data_dir;
        let found = verify(&data_dir);
        (data_dir, found)
    };
    println!("{} is sound: {}", file.display(), told(&found?));
    Ok(())
}

fn check_privacy(config: &ServerConfig) -> anyhow::Result<()> {
    let backups = config.backup.as_ref().map(|backup| backup.folder.as_path());
    let scan = scan_privacy(&config.data_dir, backups)?;
    let (files, bytes, open) = (scan.files, scan.bytes, scan.open_notes);
    for file in &scan.unread {
        println!(
            "{} is too damaged to read its days; every byte was looked at for notes. Delete its folder as soon as nobody needs it any more.",
            file.display()
        );
    }
    if scan.found.is_empty() {
        println!(
            "nothing personal is left in {files} files with {bytes} bytes; {open} notes belong to visits that are open"
        );
        return Ok(());
    }
    for remnant in &scan.found {
        eprintln!("{remnant}");
    }
    bail!("{} things are left that should be gone", scan.found.len())
}

pub(crate) fn doctor(args: &DoctorArgs) -> anyhow::Result<()> {
    let findings = examine(&ServerConfig::load(&args.config)?, SystemClock.now());
    for finding in &findings {
        match finding {
            Finding::Well(told) => println!("well  {told}"),
            Finding::Look(told) => println!("look  {told}"),
            Finding::Mend(told) => println!("MEND  {told}"),
        }
    }
    let faults = findings
        .iter()
        .filter(|finding| matches!(finding, Finding::Mend(_)));
    match faults.count() {
        0 => Ok(()),
        faults => bail!("{faults} things have to be mended"),
    }
}

pub(crate) fn export(args: &ExportArgs) -> anyhow::Result<()> {
    let data_dir = ServerConfig::load(&args.config)?.data_dir;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = export_day(&data_dir, args.day, &mut out)?;
    out.flush().context("cannot write to standard output")?;
    if written == 0 {
        bail!("the journal has no day {}", args.day);
    }
    Ok(())
}

pub(crate) fn day(command: &DayCommand) -> anyhow::Result<()> {
    let DayCommand::Start(args) = command;
    let config = ServerConfig::load(&args.config)?;
    let backups = config.backup.as_ref().map(|backup| backup.folder.as_path());
    run_as_owner(&config.data_dir)?;
    let now = SystemClock.now();
    let office = args.office.as_deref();
    let begun = start_fresh_day(&config.data_dir, office, backups, args.numbers_from, now)?;
    println!(
        "A fresh day is open, with the office of {}. Every series that has a number {} begins there.",
        begun.office_from, args.numbers_from
    );
    println!(
        "Nobody waits in it, and it has no appointments: give those who wait a ticket at a panel."
    );
    tell_carried(&begun.taken);
    tell_aside(&begun.taken);
    println!("Start the server now.");
    Ok(())
}

/// Files that root makes are none that the server may write: so only the folder's own user works in it.
pub(crate) fn run_as_owner(data_dir: &Path) -> anyhow::Result<()> {
    let Ok(found) = std::fs::metadata(data_dir) else {
        return Ok(());
    };
    let (owner, own) = (found.uid(), rustix::process::geteuid().as_raw());
    if owner != own {
        bail!(
            "{} belongs to another user (number {owner}); run this as that one: sudo -u '#{owner}' aufruf-server …",
            data_dir.display()
        );
    }
    Ok(())
}

fn backups_of(config: &ServerConfig, file: &Path) -> anyhow::Result<PathBuf> {
    match &config.backup {
        Some(backup) => Ok(backup.folder.clone()),
        None => bail!(
            "{} names no folder for backups; write one under [backup]",
            file.display()
        ),
    }
}

fn tell_carried(taken: &Taken) {
    match taken.carried {
        0 => println!(
            "No device and no user came along: let them in again with `aufruf-server devices` and `aufruf-server users`."
        ),
        carried => {
            println!("{carried} devices and users came along from the data that were there.");
        }
    }
}

fn tell_aside(taken: &Taken) {
    if let Some(aside) = &taken.aside {
        println!(
            "The data that were there lie in {}. They may hold notes about people: delete the folder as soon as nobody needs it any more.",
            aside.display()
        );
    }
}

/// What a database holds, in a line.
fn told(held: &Verified) -> String {
    let office = held.office.map_or_else(
        || "no office".to_owned(),
        |version| format!("office version {version}"),
    );
    let (days, records) = (held.days, held.records);
    let last = held.last.map_or_else(String::new, |(seq, at)| {
        format!(", the last one ({}) of {at}", seq.0)
    });
    let day = held.day.map_or_else(String::new, |(date, tickets)| {
        format!("; {date} is open with {tickets} tickets")
    });
    format!(
        "schema {}, {office}, {records} records of {days} days{last}{day}",
        held.schema
    )
}
