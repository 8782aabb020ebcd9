//! `server.toml`: what differs from box to box. The office itself is one document in the database.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::hooks::AlertsConfig;

/// LIMIT: minutes between two backups, and how many are kept.
const BACKUP_EVERY_MIN: std::ops::RangeInclusive<u32> = 1..=10_080;
const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;
const BACKUPS_KEPT: std::ops::RangeInclusive<usize> = 1..=10_000;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Where programs on this box reach it without encryption, such as `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// Where everybody else reaches it. Nobody does where it is left out.
    #[serde(default)]
    pub tls: Option<TlsConfig>,
    /// Where the database lives. Created when it is not there.
    pub data_dir: PathBuf,
    /// Where backups go, and how often. None are made where it is left out.
    #[serde(default)]
    pub backup: Option<BackupConfig>,
    #[serde(default)]
    pub retention: RetentionConfig,
    /// How office IT is told what is wrong. Nobody is where it is left out.
    #[serde(default)]
    pub alerts: Option<AlertsConfig>,
}

/// `[tls]`: the encrypted door, for devices and browsers on other boxes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// Such as `0.0.0.0:8443`.
    pub listen: SocketAddr,
    /// Further names and addresses that people type, for the certificate that the office's own authority makes.
    #[serde(default)]
    pub names: Vec<String>,
    /// A chain in PEM that IT brings, the server's own certificate first; with `key`.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// Whether the server tells the network where it is (mDNS), so that devices find it by themselves.
    #[serde(default = "yes")]
    pub announce: bool,
}

fn yes() -> bool {
    true
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
    #[error("{}: {fault}", path.display())]
    Figure { path: PathBuf, fault: String },
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
        let backup = self.backup.as_ref().and_then(BackupConfig::fault);
        let doors = self.listen_fault();
        let tls = self.tls.as_ref().and_then(TlsConfig::fault);
        let retention = || self.retention.fault();
        let alerts = || self.alerts.as_ref().and_then(AlertsConfig::fault);
        let fault = doors.or(tls).or(backup).or_else(retention);
        let Some(fault) = fault.or_else(alerts) else {
            return Ok(());
        };
        let path = path.to_owned();
        Err(ConfigError::Figure { path, fault })
    }
}

impl ServerConfig {
    fn listen_fault(&self) -> Option<String> {
        let is_here = self.listen.ip().to_canonical().is_loopback();
        (!is_here).then(|| {
            format!(
                "listen = \"{}\" would let everybody read along: it is for this box alone (127.0.0.1 or [::1]); devices on other boxes come in by [tls] listen",
                self.listen
            )
        })
    }
}

impl TlsConfig {
    fn fault(&self) -> Option<String> {
        if self.certificate.is_some() != self.key.is_some() {
            return Some(
                "[tls] certificate and key belong together; write both, or none for the office's own authority"
                    .to_owned(),
            );
        }
        let is_name = |name: &str| {
            let label = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
            (1..=253).contains(&name.len()) && name.chars().all(label)
        };
        let wrong = self.names.iter().find(|name| !is_name(name))?;
        Some(format!(
            "[tls] names: {wrong:?} is no name of a computer and no address; write it like \"queue.town.example\" or \"10.0.0.5\""
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(more: &str) -> String {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("server.toml");
        let text = format!("listen = \"127.0.0.1:0\"\ndata_dir = \"/var/lib/aufruf\"\n{more}");
        std::fs::write(&path, text).expect("a writable folder");
        ServerConfig::load(&path).map_or_else(|error| error.to_string(), |_| String::new())
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
    fn without_encryption_nobody_comes_in_from_another_box() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("server.toml");
        let load = |listen: &str, more: &str| {
            let text = format!("listen = {listen:?}\ndata_dir = \"/var/lib/aufruf\"\n{more}");
            std::fs::write(&path, text).expect("a writable folder");
            ServerConfig::load(&path).map_or_else(|error| error.to_string(), |_| String::new())
        };
        assert_eq!(load("[::1]:8080", ""), "");
        assert!(load("0.0.0.0:8080", "").contains("for this box alone"));
        assert_eq!(load("127.0.0.1:0", "[tls]\nlisten = \"0.0.0.0:8443\""), "");
        let half = load("127.0.0.1:0", "[tls]\nlisten = \"0.0.0.0:1\"\nkey = \"/k\"");
        assert!(half.contains("belong together"), "{half}");
        let name = load(
            "127.0.0.1:0",
            "[tls]\nlisten = \"0.0.0.0:1\"\nnames = [\"a b\"]",
        );
        assert!(name.contains("\"a b\" is no name"), "{name}");
    }

    #[test]
    fn the_example_file_is_a_good_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/config/server.toml");
        let config = ServerConfig::load(Path::new(path)).expect("a good file");
        assert!(config.backup.is_some());
    }
}
