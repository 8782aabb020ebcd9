//! Rows of the page, as people read them.
//!
//! Pure: what is known in, words out.

use aufruf_protocol::latest as wire;
use aufruf_store::{DeviceRow, LogRow, PairingRow, UserRow};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::words::Words;
use crate::staff_language::StaffLanguage;

/// In whose words and whose time.
pub(super) struct Draw {
    pub(super) w: &'static Words,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

/// Something that is wrong.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) what: String,
    pub(super) todo: String,
    pub(super) since: String,
}

/// A device that waits.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) code: String,
    /// The word of the database.
    pub(super) role: String,
    pub(super) role_word: String,
    pub(super) software: String,
    pub(super) address: String,
    pub(super) since: String,
    pub(super) place_label: &'static str,
    /// Where it may stand: key and words.
    pub(super) places: Vec<(String, String)>,
    pub(super) may_be_nowhere: bool,
}

/// A device that was let in.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) id: String,
    pub(super) what: String,
    pub(super) state: String,
    pub(super) class: &'static str,
    /// Paper, sound and clock, as far as they are known.
    pub(super) details: String,
    pub(super) software: String,
    pub(super) seen: String,
    pub(super) admitted: String,
    pub(super) is_put_out: bool,
}

/// A user.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) state: &'static str,
}

/// Something that was changed.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) address: String,
    pub(super) what: String,
    pub(super) about: String,
}

/// Where devices may stand: keys and words.
pub(super) struct Places {
    areas: Vec<(String, String)>,
    counters: Vec<(String, String)>,
    printers: Vec<(String, String)>,
}

impl Places {
    pub(super) fn of(
        info: &wire::OfficeInfo,
        devices: &[DeviceRow],
        said: impl Fn(&wire::Texts) -> String,
    ) -> Self {
        let areas = info.areas.iter();
        let counters = info.counters.iter();
        let printers = devices.iter().filter(|row| row.role == "printer");
        Self {
            areas: areas
                .map(|one| (one.key.to_string(), said(&one.name)))
                .collect(),
            counters: counters
                .map(|one| (one.key.to_string(), one.name.clone()))
                .collect(),
            printers: printers
                .map(|row| (row.id.clone(), row.id.clone()))
                .collect(),
        }
    }

    /// What people call the place of a device.
    fn named<'a>(&'a self, role: &str, key: &'a str) -> &'a str {
        let places = if role == "display" {
            &self.areas
        } else {
            &self.counters
        };
        let found = places.iter().find(|(known, _)| known == key);
        found.map_or(key, |(_, name)| name.as_str())
    }
}

impl Draw {
    /// In the office's time.
    pub(super) fn at(&self, at: Timestamp) -> String {
        let form = match self.w.language {
            StaffLanguage::German => "%d.%m.%Y %H:%M",
            StaffLanguage::English => "%Y-%m-%d %H:%M",
        };
        at.to_zoned(self.zone.clone()).strftime(form).to_string()
    }

    /// The same, and of today without the date.
    fn lately(&self, at: Timestamp) -> String {
        let (at, now) = (
            at.to_zoned(self.zone.clone()),
            self.now.to_zoned(self.zone.clone()),
        );
        if at.date() == now.date() {
            return at.strftime("%H:%M:%S").to_string();
        }
        self.at(at.timestamp())
    }

    pub(super) fn alert(&self, alert: wire::Alert) -> Told {
        Told {
            what: alert.what,
            todo: alert.todo,
            since: self.lately(alert.since),
        }
    }

    pub(super) fn asked(&self, row: PairingRow, places: &Places) -> Asked {
        let w = self.w;
        let (place_label, places, may_be_nowhere) = match row.role.as_str() {
            "display" => (w.area, places.areas.clone(), false),
            "panel" => (w.counter, places.counters.clone(), false),
            "kiosk" => (w.prints_on, places.printers.clone(), true),
            _ => ("", Vec::new(), false),
        };
        Asked {
            code: row.code,
            role_word: w.device_role(&row.role).to_owned(),
            role: row.role,
            software: row.software,
            address: row.address,
            since: self.lately(row.at),
            place_label,
            places,
            may_be_nowhere,
        }
    }

    pub(super) fn device(
        &self,
        device: wire::DeviceHealth,
        places: &Places,
        admitted: &str,
    ) -> Device {
        let w = self.w;
        let role = w.device_role(&device.role);
        let place = device.place.as_deref().map(|place| {
            if device.role == "kiosk" {
                w.prints_on(place)
            } else {
                places.named(&device.role, place).to_owned()
            }
        });
        let state = if device.faults.is_empty() {
            w.presence(device.presence).to_owned()
        } else {
            device.faults.join("; ")
        };
        let details: Vec<String> = [w.paper(device.paper), w.sound(device.sound)]
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .chain(device.clock_offset_ms.and_then(|offset| w.clock(offset)))
            .collect();
        Device {
            what: place.map_or(role.to_owned(), |place| format!("{role}, {place}")),
            class: class(&device),
            state,
            details: details.join(", "),
            software: device.software.unwrap_or_default(),
            seen: device.last_seen.map_or(String::new(), |at| self.lately(at)),
            admitted: admitted.to_owned(),
            is_put_out: device.presence == wire::Presence::PutOut,
            id: device.id,
        }
    }

    pub(super) fn user(&self, row: UserRow) -> Known {
        let state = match (&row.secret, row.locked_until) {
            (None, _) => self.w.no_password(),
            (Some(_), Some(_)) => self.w.was_locked(),
            (Some(_), None) => "",
        };
        Known {
            id: row.id,
            name: row.name,
            role: self.w.user_role(&row.role).to_owned(),
            state,
        }
    }

    pub(super) fn change(&self, row: LogRow) -> Change {
        Change {
            at: self.at(row.at),
            by: row.by,
            address: row.address,
            what: self.w.deed(&row.what),
            about: row.about,
        }
    }
}

fn class(device: &wire::DeviceHealth) -> &'static str {
    match device.presence {
        _ if !device.faults.is_empty() || device.paper == wire::Paper::Out => "bad",
        wire::Presence::Connected => "good",
        wire::Presence::Away | wire::Presence::PutOut | wire::Presence::Unknown => "away",
    }
}
