//! Devices as people write them down: a kiosk, display, printer or panel, where it stands, and what it may do.
//! One way in for the command line, the admin's pages and a file with many of them.
//!
//! Pure: words in, devices or what is wrong with them out.

use aufruf_store::DeviceRow;
use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;

/// The server's own signatures in the audit trail.
const OWN_NAMES: [&str; 6] = [
    "timer",
    "office",
    "planning",
    "recovery",
    "console",
    SERVER_NAME,
];
/// What panels read where the server itself is not well.
pub const SERVER_NAME: &str = "server";
/// LIMIT: devices of one office. Each costs a connection and a stream.
const MAX_DEVICES: usize = 2_000;
/// LIMIT: characters of a device's name.
const ID_CHARS: usize = 64;

/// What a device is, and where it stands.
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

/// A device that is to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "DeviceTable")]
pub struct NewDevice {
    /// Its name in logs, on pages and in the audit trail.
    pub id: String,
    pub role: DeviceRole,
    /// SHA-256 of its token, as hex; none where it shall get one.
    pub token_sha256: Option<String>,
}

/// A file with devices: `[[devices]]` tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceFile {
    pub devices: Vec<NewDevice>,
}

/// `[[devices]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceTable {
    id: String,
    token_sha256: Option<String>,
    role: RoleName,
    printer: Option<String>,
    area: Option<String>,
    counter: Option<String>,
}

/// A role without its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    Kiosk,
    Display,
    Printer,
    Panel,
}

/// Where a device stands, as far as somebody said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub printer: Option<String>,
    pub area: Option<String>,
    pub counter: Option<String>,
}

/// A role that does not stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlaceFault {
    #[error("a kiosk takes `printer` at most")]
    Kiosk,
    #[error("a display takes `area` alone")]
    Display,
    #[error("a printer takes nothing more")]
    Printer,
    #[error("a panel takes `counter` alone")]
    Panel,
}

/// What speaks against letting devices in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeviceFault {
    #[error("more than {MAX_DEVICES} devices; revoke some first")]
    TooMany,
    #[error("device {id:?}: {why}")]
    Of { id: String, why: OwnFault },
}

/// What speaks against one of them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OwnFault {
    #[error("an id has 1 to {ID_CHARS} letters, digits, dots and hyphens; choose another one")]
    Id,
    #[error("has a name that the server signs with itself; choose another id")]
    ServersOwn,
    #[error("is named twice; give each device its own id")]
    Twice,
    #[error("token_sha256 is not 64 hex digits")]
    NoHash,
    #[error("shares its token with another; give each its own")]
    SharedToken,
    #[error("prints on {0:?}, which is no device with the role printer; let that one in first")]
    NoPrinter(String),
}

impl TryFrom<DeviceTable> for NewDevice {
    type Error = String;

    fn try_from(table: DeviceTable) -> Result<Self, String> {
        let place = Place {
            printer: table.printer,
            area: table.area,
            counter: table.counter,
        };
        let (id, token_sha256) = (table.id, table.token_sha256);
        let role =
            DeviceRole::at(table.role, place).map_err(|why| format!("device {id:?}: {why}"))?;
        Ok(Self {
            id,
            role,
            token_sha256,
        })
    }
}

impl RoleName {
    /// By the word that the database and the wire have.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "kiosk" => Some(Self::Kiosk),
            "display" => Some(Self::Display),
            "printer" => Some(Self::Printer),
            "panel" => Some(Self::Panel),
            _ => None,
        }
    }
}

impl DeviceRole {
    /// A device of this kind at this place.
    ///
    /// # Errors
    /// What is missing, or too much.
    pub fn at(role: RoleName, place: Place) -> Result<Self, PlaceFault> {
        let Place {
            printer,
            area,
            counter,
        } = place;
        match (role, printer, area, counter) {
            (RoleName::Kiosk, printer, None, None) => Ok(Self::Kiosk { printer }),
            (RoleName::Display, None, Some(area), None) => Ok(Self::Display { area }),
            (RoleName::Printer, None, None, None) => Ok(Self::Printer),
            (RoleName::Panel, None, None, Some(counter)) => Ok(Self::Panel { counter }),
            (RoleName::Kiosk, ..) => Err(PlaceFault::Kiosk),
            (RoleName::Display, ..) => Err(PlaceFault::Display),
            (RoleName::Printer, ..) => Err(PlaceFault::Printer),
            (RoleName::Panel, ..) => Err(PlaceFault::Panel),
        }
    }

    /// The word that the database and the wire have.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Kiosk { .. } => "kiosk",
            Self::Display { .. } => "display",
            Self::Printer => "printer",
            Self::Panel { .. } => "panel",
        }
    }

    /// The area or counter where it stands.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Display { area } => Some(area),
            Self::Panel { counter } => Some(counter),
            Self::Kiosk { .. } | Self::Printer => None,
        }
    }

    fn printer(&self) -> Option<&str> {
        match self {
            Self::Kiosk { printer } => printer.as_deref(),
            Self::Display { .. } | Self::Printer | Self::Panel { .. } => None,
        }
    }

    /// As a row of the database has it; none where a later program wrote it.
    pub fn of_row(row: &DeviceRow) -> Option<Self> {
        let role = RoleName::named(&row.role)?;
        let place = Place {
            printer: row.printer.clone(),
            area: row.place.clone().filter(|_| role == RoleName::Display),
            counter: row.place.clone().filter(|_| role == RoleName::Panel),
        };
        Self::at(role, place).ok()
    }
}

impl NewDevice {
    /// As the database keeps it, let in by `by`.
    pub fn to_row(&self, by: &str, at: Timestamp) -> DeviceRow {
        DeviceRow {
            id: self.id.clone(),
            role: self.role.name().to_owned(),
            place: self.role.place().map(str::to_owned),
            printer: self.role.printer().map(str::to_owned),
            token_sha256: self.token_sha256.as_deref().map(str::to_ascii_lowercase),
            next_sha256: None,
            since: at,
            by: by.to_owned(),
        }
    }
}

/// What speaks against letting `new` in beside those who are known, each in the place of the one with its
/// id.
pub fn fault_of(new: &[NewDevice], known: &[DeviceRow]) -> Option<DeviceFault> {
    let is_new = |id: &str| new.iter().any(|device| device.id == id);
    let others = known.iter().filter(|row| !is_new(&row.id));
    if others.clone().count() + new.len() > MAX_DEVICES {
        return Some(DeviceFault::TooMany);
    }
    let printers: Vec<&str> = others
        .filter(|row| row.role == "printer")
        .map(|row| row.id.as_str())
        .chain(
            new.iter()
                .filter(|device| device.role == DeviceRole::Printer)
                .map(|device| device.id.as_str()),
        )
        .collect();
    new.iter().enumerate().find_map(|(index, device)| {
        let why = own_fault(device, &new[..index]).or_else(|| {
            let printer = device.role.printer()?;
            let is_there = printers.contains(&printer);
            (!is_there).then(|| OwnFault::NoPrinter(printer.to_owned()))
        })?;
        let id = device.id.clone();
        Some(DeviceFault::Of { id, why })
    })
}

fn own_fault(device: &NewDevice, earlier: &[NewDevice]) -> Option<OwnFault> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_sound = (1..=ID_CHARS).contains(&device.id.len()) && device.id.chars().all(is_plain);
    if !is_sound {
        return Some(OwnFault::Id);
    }
    if OWN_NAMES.contains(&device.id.as_str()) {
        return Some(OwnFault::ServersOwn);
    }
    if earlier.iter().any(|other| other.id == device.id) {
        return Some(OwnFault::Twice);
    }
    let token = device.token_sha256.as_deref()?;
    if !is_sha256(token) {
        return Some(OwnFault::NoHash);
    }
    let mut tokens = earlier
        .iter()
        .filter_map(|other| other.token_sha256.as_deref());
    tokens
        .any(|other| other.eq_ignore_ascii_case(token))
        .then_some(OwnFault::SharedToken)
}

/// Whether this is the hash of a token, as hex.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(devices: &str) -> String {
        match toml::from_str::<DeviceFile>(devices) {
            Ok(file) => {
                fault_of(&file.devices, &[]).map_or_else(String::new, |fault| fault.to_string())
            }
            Err(fault) => fault.to_string(),
        }
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
        assert!(fault(&kiosk).contains("no device with the role printer"));
        let known = NewDevice {
            id: "printer-1".to_owned(),
            role: DeviceRole::Printer,
            token_sha256: None,
        };
        let known = [known.to_row("ada", Timestamp::UNIX_EPOCH)];
        let file: DeviceFile = toml::from_str(&kiosk).expect("a device");
        assert_eq!(fault_of(&file.devices, &known), None);
    }

    #[test]
    fn two_devices_never_share_an_id_or_a_token() {
        let first = device("a", 'a', "role = \"printer\"");
        let twin = device("b", 'A', "role = \"printer\"");
        assert!(fault(&format!("{first}{twin}")).contains("shares its token"));
        let namesake = device("a", 'b', "role = \"printer\"");
        assert!(fault(&format!("{first}{namesake}")).contains("named twice"));
    }

    #[test]
    fn a_device_stands_where_its_role_has_a_place() {
        for (rest, told) in [
            ("role = \"display\"", "a display takes `area` alone"),
            (
                "role = \"panel\"\narea = \"ground\"",
                "a panel takes `counter` alone",
            ),
            (
                "role = \"printer\"\ncounter = \"c\"",
                "a printer takes nothing more",
            ),
            (
                "role = \"kiosk\"\narea = \"ground\"",
                "a kiosk takes `printer` at most",
            ),
            ("role = \"toaster\"", "toaster"),
            ("role = \"printer\"\ncolour = \"red\"", "colour"),
        ] {
            let fault = fault(&device("a", 'a', rest));
            assert!(fault.contains(told), "{fault}");
        }
    }

    #[test]
    fn names_that_cannot_stand_in_a_log_or_are_the_servers_own_are_refused() {
        for id in ["", "a b", "timer", "server", "k\u{f6}nig", &"x".repeat(65)] {
            assert_ne!(fault(&device(id, 'a', "role = \"printer\"")), "", "{id:?}");
        }
    }

    #[test]
    fn a_device_is_the_same_after_the_database() {
        for rest in [
            "role = \"kiosk\"",
            "role = \"kiosk\"\nprinter = \"printer-1\"",
            "role = \"display\"\narea = \"ground\"",
            "role = \"printer\"",
            "role = \"panel\"\ncounter = \"counter-4\"",
        ] {
            let file: DeviceFile = toml::from_str(&device("a", 'A', rest)).expect("a device");
            let row = file.devices[0].to_row("ada", Timestamp::UNIX_EPOCH);
            assert_eq!(
                DeviceRole::of_row(&row).as_ref(),
                Some(&file.devices[0].role)
            );
            assert_eq!(row.token_sha256, Some("a".repeat(64)));
        }
    }
}
