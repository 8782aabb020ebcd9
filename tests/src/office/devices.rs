//! The devices of a test office, their tokens, and the files that tell programs about them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;
use aufruf_client::Token;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::OfficeDocument;

/// Displays beyond the real one: protocol clients for load.
pub const WIRE_DISPLAYS: usize = 19;

/// Tokens by device id, and the server's word on each.
#[derive(Debug)]
pub(super) struct Devices {
    tokens: BTreeMap<String, String>,
    entries: Vec<Entry>,
}

/// One `[[devices]]` of the file that lets them in.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    token_sha256: String,
    #[serde(flatten)]
    role: Role,
}

#[derive(Debug, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
enum Role {
    Kiosk {
        #[serde(skip_serializing_if = "Option::is_none")]
        printer: Option<&'static str>,
    },
    Display {
        area: &'static str,
    },
    Printer,
    Panel {
        counter: &'static str,
    },
}

#[derive(Debug, Serialize)]
struct ServerFile<'a> {
    listen: SocketAddr,
    data_dir: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<&'a TlsTable>,
}

/// The encrypted door.
#[derive(Debug, Serialize)]
pub(super) struct TlsTable {
    pub(super) listen: SocketAddr,
    /// Whether the network is told: other offices are tested on this box at the same time.
    pub(super) announce: bool,
}

/// What `aufruf-server devices import` takes.
#[derive(Debug, Serialize)]
struct DevicesFile<'a> {
    devices: &'a [Entry],
}

/// What every device's file begins with.
#[derive(Debug, Serialize)]
pub(super) struct DeviceFile<'a, T> {
    pub(super) server: &'a str,
    pub(super) token: &'a str,
    #[serde(flatten)]
    pub(super) own: T,
}

/// The file of a device that makes its token for itself.
#[derive(Debug, Serialize)]
pub(super) struct StrangerFile<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authority: Option<&'a Path>,
    pub(super) state_dir: &'a Path,
    #[serde(flatten)]
    pub(super) own: T,
}

impl Devices {
    /// Every device that a test of this office may want, each with a token of its own.
    pub(super) fn of(office: &OfficeDocument) -> anyhow::Result<Self> {
        let mut devices = Self {
            tokens: BTreeMap::new(),
            entries: Vec::new(),
        };
        devices.add("printer-1", Role::Printer)?;
        devices.add(
            "kiosk-1",
            Role::Kiosk {
                printer: Some("printer-1"),
            },
        )?;
        devices.add("kiosk-wire", Role::Kiosk { printer: None })?;
        devices.add("display-1", Role::Display { area: office.area })?;
        for number in 1..=WIRE_DISPLAYS {
            devices.add(
                &Self::wire_display(number),
                Role::Display { area: office.area },
            )?;
        }
        for counter in office.counters {
            devices.add(&Self::panel_of(counter), Role::Panel { counter })?;
        }
        devices.add(
            "observer",
            Role::Panel {
                counter: office.counters[0],
            },
        )?;
        Ok(devices)
    }

    /// The panel that stands at `counter`.
    pub(super) fn panel_of(counter: &str) -> String {
        format!("panel-of-{counter}")
    }

    pub(super) fn wire_display(number: usize) -> String {
        format!("display-wire-{number}")
    }

    pub(super) fn token(&self, device: &str) -> anyhow::Result<Token> {
        Ok(Token::parse(self.token_text(device)?)?)
    }

    /// The secret itself, for a file or for a client of a test's own.
    pub(super) fn token_text(&self, device: &str) -> anyhow::Result<&str> {
        let text = self.tokens.get(device);
        text.map(String::as_str)
            .with_context(|| format!("there is no device {device}"))
    }

    /// Writes the file that lets all devices in.
    pub(super) fn write_import(&self, path: &Path) -> anyhow::Result<()> {
        let devices = &self.entries;
        write_toml(path, &DevicesFile { devices })
    }

    /// Writes a device's own file.
    pub(super) fn write_device_file(
        &self,
        path: &Path,
        device: &str,
        server: &str,
        own: impl Serialize,
    ) -> anyhow::Result<()> {
        write_toml(
            path,
            &DeviceFile {
                server,
                token: self.token_text(device)?,
                own,
            },
        )
    }

    fn add(&mut self, id: &str, role: Role) -> anyhow::Result<()> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).context("asking for random bytes")?;
        let token = hex(&secret);
        let token_sha256 = hex(&Sha256::digest(&token));
        self.tokens.insert(id.to_owned(), token);
        self.entries.push(Entry {
            id: id.to_owned(),
            token_sha256,
            role,
        });
        Ok(())
    }
}

/// Writes `server.toml`.
pub(super) fn write_server_file(
    path: &Path,
    listen: SocketAddr,
    tls: Option<&TlsTable>,
    data_dir: &Path,
) -> anyhow::Result<()> {
    let file = ServerFile {
        listen,
        data_dir,
        tls,
    };
    write_toml(path, &file)
}

pub(super) fn write_toml(path: &Path, file: &impl Serialize) -> anyhow::Result<()> {
    let text = toml::to_string(file).with_context(|| format!("describing {}", path.display()))?;
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every digit");
        text
    })
}
