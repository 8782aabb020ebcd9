//! `server.toml`: what differs from box to box. The office itself is one document in the database.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// The server's own signatures in the audit trail.
const OWN_NAMES: [&str; 5] = ["timer", "office", "planning", "recovery", SERVER_NAME];
/// What panels read where the server itself is not well.
pub const SERVER_NAME: &str = "server";
/// LIMIT: devices of one office. Each costs a connection and a stream.
const MAX_DEVICES: usize = 2_000;
/// LIMIT: minutes between two backups, and how many are kept.
const BACKUP_EVERY_MIN: std::ops::RangeInclusive<u32> = 1..=10_080;
const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;
const BACKUPS_KEPT: std::ops::RangeInclusive<usize> = 1..=10_000;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Where to listen, such as `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// Where the database lives. Created when it is not there.
    pub data_dir: PathBuf,
    /// Where backups go, and how often. None are made where it is left out.
    #[serde(default)]
    pub backup: Option<BackupConfig>,
    #[serde(default)]
    pub retention: RetentionConfig,
    #[serde(default)]
    pub devices: Vec<DeviceConfig>,
}

/// `[retention]`: how long closed days are kept. They are anonymous; their sums stay for ever.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionConfig {
    /// Days.
    #[serde(default = "three_months")]
    pub days: u32,
}

impl Default for RetentionConfig {
    fn default() -> Self {
        Self {
            days: three_months(),
        }
    }
}

fn three_months() -> u32 {
    90
}

/// `[backup]`: a copy of the database, made on a schedule while the server runs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupConfig {
    /// Best on another disk, or mounted from another box.
    pub folder: PathBuf,
    /// Minutes between two of them.
    #[serde(default = "every_hour")]
    pub every_min: u32,
    /// How many are kept; the oldest ones go.
    #[serde(default = "two_days")]
    pub keep: usize,
}

fn every_hour() -> u32 {
    60
}

fn two_days() -> usize {
    48
}

/// A kiosk, display, printer or panel that may connect.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "DeviceTable")]
pub struct DeviceConfig {
    /// Its name in logs, on admin pages and in the audit trail.
    pub id: String,
    /// SHA-256 of its token, as hex. `aufruf-server token new` makes both.
    pub token_sha256: String,
    pub role: DeviceRole,
}

/// What the device is, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceRole {
    Kiosk {
        /// The device that prints its tickets.
        printer: Option<String>,
    },
    Display {
        area: String,
    },
    Printer,
    Panel {
        counter: String,
    },
}

/// `[[devices]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceTable {
    id: String,
    token_sha256: String,
    role: RoleName,
    printer: Option<String>,
    area: Option<String>,
    counter: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleName {
    Kiosk,
    Display,
    Printer,
    Panel,
}

impl TryFrom<DeviceTable> for DeviceConfig {
    type Error = String;

    fn try_from(table: DeviceTable) -> Result<Self, String> {
        let DeviceTable {
            id,
            token_sha256,
            role,
            printer,
            area,
            counter,
        } = table;
        let role = match (role, printer, area, counter) {
            (RoleName::Kiosk, printer, None, None) => DeviceRole::Kiosk { printer },
            (RoleName::Display, None, Some(area), None) => DeviceRole::Display { area },
            (RoleName::Printer, None, None, None) => DeviceRole::Printer,
            (RoleName::Panel, None, None, Some(counter)) => DeviceRole::Panel { counter },
            (RoleName::Kiosk, ..) => {
                return Err(format!("device {id:?}: a kiosk takes `printer` at most"));
            }
            (RoleName::Display, ..) => {
                return Err(format!("device {id:?}: a display takes `area` alone"));
            }
            (RoleName::Printer, ..) => {
                return Err(format!("device {id:?}: a printer takes nothing more"));
            }
            (RoleName::Panel, ..) => {
                return Err(format!("device {id:?}: a panel takes `counter` alone"));
            }
        };
        Ok(Self {
            id,
            token_sha256,
            role,
        })
    }
}

/// Why the file cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("cannot read {}; create it, or name another file with --config", path.display())]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{} is not a valid server configuration:\n{message}", path.display())]
    Parse { path: PathBuf, message: String },
    #[error("{}: device {id:?}: {fault}", path.display())]
    Device {
        path: PathBuf,
        id: String,
        fault: String,
    },
    #[error("{}: {fault}", path.display())]
    Figure { path: PathBuf, fault: String },
    #[error("{}: {count} devices are more than the limit of {MAX_DEVICES}", path.display())]
    TooManyDevices { path: PathBuf, count: usize },
}

impl ServerConfig {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// Names the file, the line or the device, and what to write instead.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        let config: Self = toml::from_str(&text).map_err(|error| ConfigError::Parse {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        config.check(path)?;
        Ok(config)
    }

    fn check(&self, path: &Path) -> Result<(), ConfigError> {
        if self.devices.len() > MAX_DEVICES {
            let count = self.devices.len();
            return Err(ConfigError::TooManyDevices {
                path: path.to_owned(),
                count,
            });
        }
        let backup = self.backup.as_ref().and_then(BackupConfig::fault);
        if let Some(fault) = backup.or_else(|| self.retention.fault()) {
            let path = path.to_owned();
            return Err(ConfigError::Figure { path, fault });
        }
        for (index, device) in self.devices.iter().enumerate() {
            if let Some(fault) = self.fault_of(device, index) {
                return Err(ConfigError::Device {
                    path: path.to_owned(),
                    id: device.id.clone(),
                    fault,
                });
            }
        }
        Ok(())
    }

    fn fault_of(&self, device: &DeviceConfig, index: usize) -> Option<String> {
        let earlier = &self.devices[..index];
        if device.id.is_empty() {
            return Some("has no id; write one".to_owned());
        }
        if OWN_NAMES.contains(&device.id.as_str()) {
            return Some(
                "has a name that the server signs with itself; choose another id".to_owned(),
            );
        }
        if earlier.iter().any(|other| other.id == device.id) {
            return Some("is named twice; give each device its own id".to_owned());
        }
        if earlier.iter().any(|other| {
            other
                .token_sha256
                .eq_ignore_ascii_case(&device.token_sha256)
        }) {
            return Some(
                "shares its token with another; make one with `aufruf-server token new`".to_owned(),
            );
        }
        if !is_sha256(&device.token_sha256) {
            return Some(
                "token_sha256 is not 64 hex digits; see `aufruf-server token new`".to_owned(),
            );
        }
        let DeviceRole::Kiosk {
            printer: Some(printer),
        } = &device.role
        else {
            return None;
        };
        let is_printer = |d: &DeviceConfig| d.id == *printer && d.role == DeviceRole::Printer;
        if self.devices.iter().any(is_printer) {
            return None;
        }
        Some(format!(
            "prints on {printer:?}, which is no device with role \"printer\""
        ))
    }
}

impl RetentionConfig {
    fn fault(self) -> Option<String> {
        let days = RETENTION_DAYS;
        let is_sound = days.contains(&self.days);
        (!is_sound).then(|| {
            format!(
                "[retention] days has to be {} to {}",
                days.start(),
                days.end()
            )
        })
    }
}

impl BackupConfig {
    fn fault(&self) -> Option<String> {
        let (every, kept) = (BACKUP_EVERY_MIN, BACKUPS_KEPT);
        if !every.contains(&self.every_min) {
            return Some(format!(
                "[backup] every_min has to be {} to {}",
                every.start(),
                every.end()
            ));
        }
        if !kept.contains(&self.keep) {
            return Some(format!(
                "[backup] keep has to be {} to {}",
                kept.start(),
                kept.end()
            ));
        }
        None
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(devices: &str) -> String {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("server.toml");
        let text = format!("listen = \"127.0.0.1:0\"\ndata_dir = \"/var/lib/aufruf\"\n{devices}");
        std::fs::write(&path, text).expect("a writable folder");
        ServerConfig::load(&path).map_or_else(|error| error.to_string(), |_| String::new())
    }

    fn device(id: &str, digit: char, rest: &str) -> String {
        let sha = digit.to_string().repeat(64);
        format!("[[devices]]\nid = \"{id}\"\ntoken_sha256 = \"{sha}\"\n{rest}\n")
    }

    #[test]
    fn a_kiosk_may_only_print_on_a_printer_that_is_there() {
        let kiosk = device("kiosk-1", 'a', "role = \"kiosk\"\nprinter = \"printer-1\"");
        let printer = device("printer-1", 'b', "role = \"printer\"");
        assert_eq!(fault(&format!("{kiosk}{printer}")), "");
        assert!(
            fault(&kiosk).contains("which is no device with role"),
            "{}",
            fault(&kiosk)
        );
    }

    #[test]
    fn two_devices_never_share_an_id_or_a_token() {
        let (first, twin) = (
            device("a", 'a', "role = \"printer\""),
            device("b", 'A', "role = \"printer\""),
        );
        assert!(fault(&format!("{first}{twin}")).contains("shares its token"));
        let namesake = device("a", 'b', "role = \"printer\"");
        assert!(fault(&format!("{first}{namesake}")).contains("named twice"));
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line() {
        let told = fault("colour = \"red\"\n");
        assert!(told.contains("line 3") && told.contains("colour"), "{told}");
    }

    #[test]
    fn figures_out_of_range_are_told_with_what_they_may_be() {
        let backup = |more: &str| fault(&format!("[backup]\nfolder = \"/b\"\n{more}\n"));
        assert_eq!(backup("every_min = 1"), "");
        assert!(backup("every_min = 0").contains("[backup] every_min has to be 1 to"));
        assert!(backup("keep = 0").contains("[backup] keep has to be 1 to"));
        assert!(fault("[retention]\ndays = 0\n").contains("[retention] days has to be 1 to"));
    }

    #[test]
    fn the_example_file_is_a_good_one_with_a_device_of_each_role() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/config/server.toml");
        let config = ServerConfig::load(Path::new(path)).expect("a good file");
        let roles: Vec<_> = config.devices.iter().map(|device| &device.role).collect();
        assert!(
            matches!(
                roles[..],
                [
                    DeviceRole::Kiosk { printer: Some(_) },
                    DeviceRole::Display { .. },
                    DeviceRole::Panel { .. },
                    DeviceRole::Printer
                ]
            ),
            "{roles:?}"
        );
    }
}
