//! The page itself: what waits, what is connected, who signs in, and what was changed.

use std::collections::BTreeMap;

use askama::Template;
use aufruf_store::{Access, DeviceRow, LogRow, PairingRow, StoreError, UserRow};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::door::{Looks, rendered};
use crate::app::AppState;
use crate::devices::SERVER_NAME;
use crate::http::devices::PAIRING_LASTS;
use crate::http::{ApiError, stored};
use crate::runtime::DeviceHealth;
use crate::users::{User, UserRole};
use crate::wire::office_info;

/// LIMIT: changes on the page.
const CHANGES: usize = 50;

#[derive(Debug, Template)]
#[template(path = "overview.html")]
struct Overview {
    office: String,
    version: &'static str,
    day: String,
    now: String,
    me: User,
    is_admin: bool,
    fault: Option<String>,
    /// The server's own.
    faults: Vec<String>,
    waiting: Vec<Asked>,
    devices: Vec<Device>,
    users: Vec<Known>,
    log: Vec<Change>,
}

/// A device that waits.
#[derive(Debug)]
struct Asked {
    code: String,
    role: String,
    software: String,
    address: String,
    since: String,
    place_label: &'static str,
    /// Where it may stand: key and words.
    places: Vec<(String, String)>,
    may_be_nowhere: bool,
}

#[derive(Debug)]
struct Device {
    id: String,
    what: String,
    state: String,
    class: &'static str,
    since: String,
    by: String,
}

#[derive(Debug)]
struct Known {
    id: String,
    name: String,
    role: String,
    state: &'static str,
}

#[derive(Debug)]
struct Change {
    at: String,
    by: String,
    address: String,
    what: String,
    about: String,
}

/// What the database has for the page.
struct Rows {
    devices: Vec<DeviceRow>,
    waiting: Vec<PairingRow>,
    users: Vec<UserRow>,
    log: Vec<LogRow>,
}

impl Rows {
    fn read(access: &Access, now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self {
            devices: access.devices()?,
            waiting: access.pairings(now - PAIRING_LASTS)?,
            users: access.users()?,
            log: access.log(CHANGES)?,
        })
    }
}

pub(super) async fn overview(State(app): State<AppState>, Looks(me): Looks) -> Response {
    match drawn(&app, me, None).await {
        Ok(page) => rendered(&page, StatusCode::OK),
        Err(fault) => fault.into_response(),
    }
}

/// The page again, with what was wrong with a form.
pub(super) async fn with_fault(app: &AppState, me: User, fault: String) -> Response {
    match drawn(app, me, Some(fault)).await {
        Ok(page) => rendered(&page, StatusCode::UNPROCESSABLE_ENTITY),
        Err(fault) => fault.into_response(),
    }
}

async fn drawn(app: &AppState, me: User, fault: Option<String>) -> Result<Overview, ApiError> {
    let (access, now) = (app.access.clone(), app.clock.now());
    let rows = stored(move || Rows::read(&access, now)).await?;
    let mut health = app.views.health().await.ok_or_else(ApiError::unavailable)?;
    let office = app.office.borrow().clone();
    let zone = TimeZone::get(&office.document.time_zone).unwrap_or(TimeZone::UTC);
    let at = |at: Timestamp| {
        at.to_zoned(zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    let info = office_info(&office.document, office.version);
    let language = &office.document.languages[0];
    let said = |texts: &aufruf_protocol::latest::Texts| {
        texts
            .in_language(language, &office.document.languages)
            .to_owned()
    };
    let faults = health.remove(SERVER_NAME).map(|own| own.faults);
    let places = Places {
        areas: info
            .areas
            .iter()
            .map(|one| (one.key.to_string(), said(&one.name)))
            .collect(),
        counters: info
            .counters
            .iter()
            .map(|one| (one.key.to_string(), one.name.clone()))
            .collect(),
        printers: rows
            .devices
            .iter()
            .filter(|row| row.role == "printer")
            .map(|row| (row.id.clone(), row.id.clone()))
            .collect(),
    };
    Ok(Overview {
        office: said(&office.document.name),
        version: env!("CARGO_PKG_VERSION"),
        day: format!("office version {}", office.version),
        now: at(now),
        is_admin: me.role >= UserRole::Admin,
        me,
        fault,
        faults: faults.unwrap_or_default(),
        waiting: rows
            .waiting
            .into_iter()
            .map(|row| places.asked(row, at))
            .collect(),
        devices: rows
            .devices
            .into_iter()
            .map(|row| device(row, &health, at))
            .collect(),
        users: rows.users.into_iter().map(known).collect(),
        log: rows.log.into_iter().map(|row| change(row, at)).collect(),
    })
}

/// Where devices may stand: keys and words.
struct Places {
    areas: Vec<(String, String)>,
    counters: Vec<(String, String)>,
    printers: Vec<(String, String)>,
}

impl Places {
    fn asked(&self, row: PairingRow, at: impl Fn(Timestamp) -> String) -> Asked {
        let (place_label, places, may_be_nowhere) = match row.role.as_str() {
            "display" => ("Area", self.areas.clone(), false),
            "panel" => ("Counter", self.counters.clone(), false),
            "kiosk" => ("Prints on", self.printers.clone(), true),
            _ => ("", Vec::new(), false),
        };
        Asked {
            code: row.code,
            role: row.role,
            software: row.software,
            address: row.address,
            since: at(row.at),
            place_label,
            places,
            may_be_nowhere,
        }
    }
}

fn device(
    row: DeviceRow,
    health: &BTreeMap<String, DeviceHealth>,
    at: impl Fn(Timestamp) -> String,
) -> Device {
    let now = health.get(&row.id);
    let (state, class) = match (now, &row.token_sha256) {
        (_, None) => ("put out; pair it anew".to_owned(), "away"),
        (Some(now), _) if !now.faults.is_empty() => (now.faults.join("; "), "bad"),
        (Some(now), _) if now.connections > 0 => ("connected".to_owned(), "good"),
        _ => ("not connected".to_owned(), "away"),
    };
    let place = row
        .place
        .or(row.printer.map(|printer| format!("prints on {printer}")));
    Device {
        what: place.map_or(row.role.clone(), |place| format!("{}, {place}", row.role)),
        id: row.id,
        state,
        class,
        since: at(row.since),
        by: row.by,
    }
}

fn known(row: UserRow) -> Known {
    let state = match (&row.secret, row.locked_until) {
        (None, _) => "has no password",
        (Some(_), Some(_)) => "was locked for guessing",
        (Some(_), None) => "",
    };
    Known {
        id: row.id,
        name: row.name,
        role: row.role.replace('_', " "),
        state,
    }
}

fn change(row: LogRow, at: impl Fn(Timestamp) -> String) -> Change {
    Change {
        at: at(row.at),
        by: row.by,
        address: row.address,
        what: row.what.replace('_', " "),
        about: row.about,
    }
}
