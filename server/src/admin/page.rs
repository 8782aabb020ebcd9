//! The page itself: what is wrong, what waits, how devices are, who signs in, and what was changed.

use askama::Template;
use aufruf_protocol::latest as wire;
use aufruf_store::{Access, DeviceRow, LogRow, PairingRow, StoreError, UserRow};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::door::{Looks, unavailable};
use super::rows::{Asked, Change, Device, Draw, Known, Places, Told};
use super::words::Words;
use crate::app::AppState;
use crate::http::devices::PAIRING_LASTS;
use crate::http::{ApiError, health, stored};
use crate::pages::rendered;
use crate::users::{User, UserRole};
use crate::wire::office_info;

/// LIMIT: changes and alerts on the page.
const CHANGES: usize = 50;
const ALERTS: usize = 100;

#[derive(Debug, Template)]
#[template(path = "overview.html")]
struct Overview {
    w: &'static Words,
    office: String,
    version: &'static str,
    office_version: u64,
    now: String,
    me: User,
    is_admin: bool,
    fault: Option<String>,
    alerts: Vec<Told>,
    waiting: Vec<Asked>,
    devices: Vec<Device>,
    users: Vec<Known>,
    log: Vec<Change>,
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

pub(super) async fn overview(State(app): State<AppState>, looks: Looks) -> Response {
    let words = looks.words;
    match drawn(&app, looks, None).await {
        Ok(page) => rendered(&page, StatusCode::OK),
        Err(_told) => unavailable(words),
    }
}

/// The page again, with what was wrong with a form.
pub(super) async fn with_fault(app: &AppState, looks: Looks, fault: String) -> Response {
    let words = looks.words;
    match drawn(app, looks, Some(fault)).await {
        Ok(page) => rendered(&page, StatusCode::UNPROCESSABLE_ENTITY),
        Err(_told) => unavailable(words),
    }
}

async fn drawn(
    app: &AppState,
    Looks { me, words: w }: Looks,
    fault: Option<String>,
) -> Result<Overview, ApiError> {
    let (access, now) = (app.access.clone(), app.clock.now());
    let rows = stored(move || Rows::read(&access, now)).await?;
    let devices = app.views.health().await.ok_or_else(ApiError::unavailable)?;
    let office = app.office.borrow().clone();
    let draw = Draw {
        w,
        zone: TimeZone::get(&office.document.time_zone).unwrap_or(TimeZone::UTC),
        now,
    };
    let languages = &office.document.languages;
    let said = |texts: &wire::Texts| texts.in_language(w.language.tag(), languages).to_owned();
    let info = office_info(&office.document, office.version);
    let places = Places::of(&info, &rows.devices, said);
    let alerts = app.alerts.now();
    Ok(Overview {
        w,
        office: said(&office.document.name),
        version: env!("CARGO_PKG_VERSION"),
        office_version: office.version,
        now: draw.at(now),
        is_admin: me.role >= UserRole::Admin,
        me,
        fault,
        alerts: alerts
            .iter()
            .take(ALERTS)
            .map(|alert| draw.alert(alert.told(w.language)))
            .collect(),
        waiting: rows
            .waiting
            .into_iter()
            .map(|row| draw.asked(row, &places))
            .collect(),
        devices: rows
            .devices
            .into_iter()
            .map(|row| {
                let (since, by) = (row.since, row.by.clone());
                let device = health::device(row, &devices);
                draw.device(device, &places, &w.by(&draw.at(since), &by))
            })
            .collect(),
        users: rows.users.into_iter().map(|row| draw.user(row)).collect(),
        log: rows.log.into_iter().map(|row| draw.change(row)).collect(),
    })
}
