//! `aufruf-server office …`: check, apply and export the office's description.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::config::ServerConfig;
use aufruf_server::office::{MAX_BYTES, OfficeDocument};
use aufruf_store::{put_office_document, read_office_document};
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Tell every fault of an office file.
    Check {
        /// The office file.
        file: PathBuf,
    },
    /// Check an office file and keep it as the new version. A running server takes it into use on SIGHUP.
    Apply {
        /// The office file.
        file: PathBuf,
        #[arg(long, default_value = "/etc/aufruf/server.toml")]
        config: PathBuf,
        /// Refuse when the office has another version than this by now.
        #[arg(long)]
        base: Option<u64>,
    },
    /// Print the version that was applied last.
    Export {
        #[arg(long, default_value = "/etc/aufruf/server.toml")]
        config: PathBuf,
    },
}

pub(crate) fn run(command: OfficeCommand) -> anyhow::Result<()> {
    match command {
        OfficeCommand::Check { file } => {
            read(&file)?;
            println!("{} has no fault", file.display());
        }
        OfficeCommand::Apply { file, config, base } => {
            let text = read(&file)?;
            let data_dir = ServerConfig::load(&config)?.data_dir;
            let version = put_office_document(&data_dir, &text, base, SystemClock.now())?;
            println!(
                "applied as version {version}; a running server takes it into use with `systemctl reload aufruf-server`"
            );
        }
        OfficeCommand::Export { config } => {
            let data_dir = ServerConfig::load(&config)?.data_dir;
            let Some(document) = read_office_document(&data_dir)? else {
                bail!("no office was applied here yet; see `aufruf-server office apply --help`");
            };
            eprintln!("version {}", document.version);
            print!("{}", document.text);
        }
    }
    Ok(())
}

/// The text of an office file without a fault.
fn read(file: &Path) -> anyhow::Result<String> {
    let text = text_of(file)?;
    if let Err(faults) = OfficeDocument::parse(&text) {
        bail!("{} cannot be used:\n{faults}", file.display());
    }
    Ok(text)
}

/// Reads no more than is needed to see that a file is too large.
fn text_of(file: &Path) -> anyhow::Result<String> {
    let shown = file.display();
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(file)?
            .take(MAX_BYTES as u64 + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().with_context(|| format!("cannot read {shown}; is the path right?"))?;
    if bytes.len() > MAX_BYTES {
        bail!("{shown} is larger than {MAX_BYTES} bytes; is it an office file?");
    }
    String::from_utf8(bytes).with_context(|| format!("{shown} is no UTF-8 text; save it as UTF-8"))
}
