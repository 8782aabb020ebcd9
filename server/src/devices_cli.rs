//! `aufruf-server devices …`: who may connect.

use std::path::PathBuf;

use anyhow::{Context, bail};
use aufruf_server::auth::token_sha256;
use aufruf_server::clock::{Clock, SystemClock};
use aufruf_server::config::ServerConfig;
use aufruf_server::devices::{DeviceFile, DeviceRole, NewDevice, Place, RoleName, fault_of};
use aufruf_server::http::devices::PAIRING_LASTS;
use aufruf_server::ids::fresh_token;
use aufruf_store::{Access, By, DeviceRow, PairingRow};
use clap::{Args, Subcommand};

use crate::rescue_cli::{CONFIG, run_as_owner};

/// Who signs what is done here.
const OWN_NAME: &str = "console";

#[derive(Debug, Subcommand)]
pub(crate) enum DevicesCommand {
    /// Show all devices, and those that wait to be approved.
    List(ConfigArg),
    /// Let a device in that shows this code.
    Approve {
        /// The code on its screen.
        code: String,
        #[command(flatten)]
        device: DeviceArgs,
    },
    /// Send a device away that shows this code.
    Decline {
        code: String,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Let a device in without a code, and print its token. One with the same id is replaced.
    Add {
        #[command(flatten)]
        device: DeviceArgs,
        #[arg(long)]
        role: RoleName,
    },
    /// Let in all devices of a file with [[devices]] tables: id, `token_sha256`, role and place.
    Import {
        file: PathBuf,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Take a device's token away. It is cut off within a second, and may be paired anew.
    Revoke {
        id: String,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Remove a device that does not come back: nothing is left of it but what stands in the log of changes.
    Remove {
        id: String,
        #[command(flatten)]
        config: ConfigArg,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArg {
    #[arg(long, default_value = CONFIG)]
    config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DeviceArgs {
    /// Its name in logs, on pages and in the audit trail.
    id: String,
    /// Where a display hangs.
    #[arg(long)]
    area: Option<String>,
    /// Where a panel stands.
    #[arg(long)]
    counter: Option<String>,
    /// What prints a kiosk's tickets.
    #[arg(long)]
    printer: Option<String>,
    #[command(flatten)]
    config: ConfigArg,
}

impl ConfigArg {
    /// The configuration, as the server's own user sees it.
    pub(crate) fn load(&self) -> anyhow::Result<ServerConfig> {
        let config = ServerConfig::load(&self.config)?;
        run_as_owner(&config.data_dir)?;
        Ok(config)
    }

    pub(crate) fn access(&self) -> anyhow::Result<Access> {
        let data_dir = ServerConfig::load(&self.config)?.data_dir;
        run_as_owner(&data_dir)?;
        Ok(Access::of(&data_dir)?)
    }
}

impl DeviceArgs {
    fn of_role(&self, role: RoleName) -> anyhow::Result<NewDevice> {
        let place = Place {
            printer: self.printer.clone(),
            area: self.area.clone(),
            counter: self.counter.clone(),
        };
        let role = DeviceRole::at(role, place).map_err(anyhow::Error::msg)?;
        Ok(NewDevice {
            id: self.id.clone(),
            role,
            token_sha256: None,
        })
    }
}

pub(crate) fn run(command: &DevicesCommand) -> anyhow::Result<()> {
    match command {
        DevicesCommand::List(config) => list(&config.access()?),
        DevicesCommand::Approve { code, device } => approve(code, device),
        DevicesCommand::Decline { code, config } => {
            if !config.access()?.decline(&plain(code), &by())? {
                bail!("no device shows the code {code}; see `aufruf-server devices list`");
            }
            println!("The device with the code {code} is sent away.");
            Ok(())
        }
        DevicesCommand::Add { device, role } => add(device, *role),
        DevicesCommand::Import { file, config } => import(file, &config.access()?),
        DevicesCommand::Revoke { id, config } => {
            if !config.access()?.revoke_device(id, &by())? {
                bail!("there is no device {id}; see `aufruf-server devices list`");
            }
            println!("{id} may not connect any more. Pair it anew to let it in again.");
            Ok(())
        }
        DevicesCommand::Remove { id, config } => remove(id, &config.access()?),
    }
}

fn remove(id: &str, access: &Access) -> anyhow::Result<()> {
    let devices = access.devices()?;
    let prints_there = |row: &&DeviceRow| row.printer.as_deref() == Some(id);
    if let Some(kiosk) = devices.iter().find(prints_there) {
        bail!(
            "{} prints on {id}; remove it first, or let it in again with another printer",
            kiosk.id
        );
    }
    if !access.remove_device(id, &by())? {
        bail!("there is no device {id}; see `aufruf-server devices list`");
    }
    println!("{id} is removed.");
    Ok(())
}

fn list(access: &Access) -> anyhow::Result<()> {
    let devices = access.devices()?;
    for device in &devices {
        println!("{}", told(device));
    }
    if devices.is_empty() {
        println!("No device may connect yet.");
    }
    for asked in access.pairings(SystemClock.now() - PAIRING_LASTS)? {
        println!("{}", waits(&asked));
    }
    Ok(())
}

fn told(device: &DeviceRow) -> String {
    let place = device.place.as_deref().map(|place| format!(" at {place}"));
    let printer = device.printer.as_deref();
    let printer = printer.map(|printer| format!(", prints on {printer}"));
    let state = match (&device.token_sha256, &device.next_sha256) {
        (None, _) => "; has no token: pair it anew",
        (Some(_), Some(_)) => "; goes over to a new token",
        (Some(_), None) => "",
    };
    format!(
        "{}: {}{}{}, let in by {} at {}{state}",
        device.id,
        device.role,
        place.unwrap_or_default(),
        printer.unwrap_or_default(),
        device.by,
        device.since,
    )
}

fn waits(asked: &PairingRow) -> String {
    format!(
        "A {} shows the code {} since {} ({}, from {}): let it in with `aufruf-server devices approve {} ID`, or decline it",
        asked.role, asked.code, asked.at, asked.software, asked.address, asked.code
    )
}

fn approve(code: &str, device: &DeviceArgs) -> anyhow::Result<()> {
    let (access, code) = (device.config.access()?, plain(code));
    let waiting = access.pairings(SystemClock.now() - PAIRING_LASTS)?;
    let Some(asked) = waiting.into_iter().find(|asked| asked.code == code) else {
        bail!("no device shows the code {code} now; look at its screen again");
    };
    let role = RoleName::named(&asked.role).context("the device says a role of a later version")?;
    let new = device.of_role(role)?;
    sound(std::slice::from_ref(&new), &access)?;
    let by = by();
    if !access.approve(&code, new.to_row(&by.name, by.at), &by)? {
        bail!("the device with the code {code} has just gone; look at its screen again");
    }
    println!("{} is let in as a {}.", new.id, asked.role);
    Ok(())
}

fn add(device: &DeviceArgs, role: RoleName) -> anyhow::Result<()> {
    let (access, token) = (device.config.access()?, fresh_token());
    let new = NewDevice {
        token_sha256: Some(token_sha256(&token)),
        ..device.of_role(role)?
    };
    put(&[new], &access)?;
    println!("token = \"{token}\"   # in the device's own file, and nowhere else");
    Ok(())
}

fn import(file: &PathBuf, access: &Access) -> anyhow::Result<()> {
    let shown = file.display();
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read {shown}; is the path right?"))?;
    let file: DeviceFile =
        toml::from_str(&text).with_context(|| format!("{shown} has no sound [[devices]]"))?;
    put(&file.devices, access).with_context(|| format!("nothing of {shown} was taken over"))?;
    println!("{} devices are let in", file.devices.len());
    Ok(())
}

fn put(new: &[NewDevice], access: &Access) -> anyhow::Result<()> {
    sound(new, access)?;
    let by = by();
    let rows: Vec<DeviceRow> = new.iter().map(|one| one.to_row(&by.name, by.at)).collect();
    Ok(access.put_devices(&rows, &by)?)
}

fn sound(new: &[NewDevice], access: &Access) -> anyhow::Result<()> {
    match fault_of(new, &access.devices()?) {
        Some(fault) => bail!(fault),
        None => Ok(()),
    }
}

/// As people type it.
fn plain(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

/// Who does it, here and now.
pub(crate) fn by() -> By {
    By {
        name: OWN_NAME.to_owned(),
        address: String::new(),
        at: SystemClock.now(),
    }
}
