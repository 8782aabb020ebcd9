//! What the page's forms change. Each leads back to the page, or shows it again with what was wrong.

use aufruf_store::{By, StoreError};
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::door::{Changes, Looks, unavailable};
use super::page::with_fault;
use super::words::Words;
use crate::app::AppState;
use crate::devices::{DeviceRole, NewDevice, Place, RoleName, fault_of};
use crate::http::devices::PAIRING_LASTS;
use crate::http::{ApiError, stored};
use crate::users::{NewUser, UserRole};

/// A device that is let in.
#[derive(Debug, Deserialize)]
pub(super) struct Approval {
    code: String,
    id: String,
    /// The area, the counter, or the printer; empty for none.
    #[serde(default)]
    place: String,
}

/// A code.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    code: String,
}

/// A device or a user.
#[derive(Debug, Deserialize)]
pub(super) struct Id {
    id: String,
}

/// A user who is added.
#[derive(Deserialize)]
pub(super) struct Added {
    id: String,
    name: String,
    role: UserRole,
    secret: String,
}

/// Why a form cannot be done.
enum Fault {
    /// In words, for the page.
    Told(String),
    Unavailable,
}

impl From<ApiError> for Fault {
    fn from(_told: ApiError) -> Self {
        Self::Unavailable
    }
}

type Done = Result<(), Fault>;

pub(super) async fn approve(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(wish): Form<Approval>,
) -> Response {
    let done = approved(&app, looks.words, wish, by).await;
    app.access_changed.changed();
    back(&app, looks, done).await
}

async fn approved(app: &AppState, w: &Words, wish: Approval, by: By) -> Done {
    let (access, since) = (app.access.clone(), by.at - PAIRING_LASTS);
    let asked = stored(move || {
        let waiting = access.pairings(since)?;
        Ok((waiting, access.devices()?))
    });
    let (waiting, known) = asked.await?;
    let gone = || Fault::Told(w.code_gone(&wish.code));
    let asked = waiting.into_iter().find(|row| row.code == wish.code);
    let role = RoleName::named(&asked.ok_or_else(gone)?.role).ok_or_else(gone)?;
    let new = NewDevice {
        id: wish.id.trim().to_owned(),
        role: DeviceRole::at(role, place(role, &wish.place))
            .map_err(|fault| Fault::Told(w.place_fault(fault)))?,
        token_sha256: None,
    };
    if let Some(fault) = fault_of(std::slice::from_ref(&new), &known) {
        return Err(Fault::Told(w.device_fault(&fault)));
    }
    let (access, code) = (app.access.clone(), wish.code.clone());
    let row = new.to_row(&by.name, by.at);
    let is_done = stored(move || access.approve(&code, row, &by)).await?;
    is_done.then_some(()).ok_or_else(gone)
}

fn place(role: RoleName, place: &str) -> Place {
    let place = (!place.is_empty()).then(|| place.to_owned());
    let nowhere = Place::default();
    match role {
        RoleName::Kiosk => Place {
            printer: place,
            ..nowhere
        },
        RoleName::Display => Place {
            area: place,
            ..nowhere
        },
        RoleName::Panel => Place {
            counter: place,
            ..nowhere
        },
        RoleName::Printer => nowhere,
    }
}

pub(super) async fn decline(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(Code { code }): Form<Code>,
) -> Response {
    let done = changed(&app, move |access| access.decline(&code, &by).map(drop)).await;
    back(&app, looks, done).await
}

pub(super) async fn revoke(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(Id { id }): Form<Id>,
) -> Response {
    let done = changed(&app, move |access| access.revoke_device(&id, &by).map(drop)).await;
    app.access_changed.changed();
    back(&app, looks, done).await
}

pub(super) async fn add_user(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(added): Form<Added>,
) -> Response {
    let Added {
        id,
        name,
        role,
        secret,
    } = added;
    let new = NewUser {
        id: id.trim().to_owned(),
        name,
        role,
    };
    let w = looks.words;
    let fault = if new.id == looks.me.id && new.role != UserRole::Admin {
        Some(w.own_role.to_owned())
    } else {
        new.fault(&secret).map(|fault| w.user_fault(fault))
    };
    let done = match fault {
        Some(fault) => Err(Fault::Told(fault)),
        None => {
            changed(&app, move |access| {
                access.put_user(&new.to_row(&secret, &by), &by)
            })
            .await
        }
    };
    back(&app, looks, done).await
}

pub(super) async fn sign_out_user(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(Id { id }): Form<Id>,
) -> Response {
    let done = changed(&app, move |access| {
        access.sign_out_everywhere(&id, &by).map(drop)
    });
    let done = done.await;
    back(&app, looks, done).await
}

pub(super) async fn remove_user(
    State(app): State<AppState>,
    Changes { looks, by }: Changes,
    Form(Id { id }): Form<Id>,
) -> Response {
    let done = if id == looks.me.id {
        Err(Fault::Told(looks.words.oneself.to_owned()))
    } else {
        changed(&app, move |access| access.remove_user(&id, &by).map(drop)).await
    };
    back(&app, looks, done).await
}

async fn changed(
    app: &AppState,
    change: impl FnOnce(&aufruf_store::Access) -> Result<(), StoreError> + Send + 'static,
) -> Done {
    let access = app.access.clone();
    Ok(stored(move || change(&access)).await?)
}

async fn back(app: &AppState, looks: Looks, done: Done) -> Response {
    match done {
        Ok(()) => Redirect::to("/admin").into_response(),
        Err(Fault::Told(fault)) => with_fault(app, looks, fault).await,
        Err(Fault::Unavailable) => unavailable(looks.words),
    }
}
