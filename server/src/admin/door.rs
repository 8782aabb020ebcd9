//! Who is at the page: a cookie that only this site sends, and forms that only this site's pages send.

use askama::Template;
use aufruf_store::By;
use axum::extract::{Form, FromRequestParts, State};
use axum::http::header::{HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::reads::{Reads, cookie};
use super::words::Words;
use crate::app::AppState;
use crate::auth::{UserAuth, signed_in, token_sha256};
use crate::doors::Via;
use crate::http::{Address, ApiError, stored};
use crate::limits::Admitted;
use crate::pages::rendered;
use crate::users::{SignInFault, User, UserRole, WORKING_DAY};

const NAME: &str = "aufruf-session";

/// A team lead or an admin who looks at the page.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub(super) me: User,
    pub(super) words: &'static Words,
}

/// An admin who sent a form of this site.
#[derive(Debug, Clone)]
pub(super) struct Changes {
    pub(super) looks: Looks,
    pub(super) by: By,
}

/// Somebody sent a form of this site.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnForm;

/// What the pages answer instead of what was asked for, in the reader's words.
#[derive(Debug)]
pub(super) struct Away(&'static Words, Why);

#[derive(Debug, Clone, Copy)]
enum Why {
    /// To the page where people sign in.
    ToTheDoor,
    /// Signed in, and it is not theirs.
    NotTheirs,
    /// Another site sent this form, or nobody knows who.
    Foreign,
    Unavailable,
}

#[derive(Debug, Template)]
#[template(path = "refused.html")]
struct RefusedPage<'a> {
    w: &'static Words,
    why: &'a str,
}

impl IntoResponse for Away {
    fn into_response(self) -> Response {
        let Self(w, why) = self;
        let page = |why| RefusedPage { w, why };
        match why {
            Why::ToTheDoor => Redirect::to("/admin/sign-in").into_response(),
            Why::NotTheirs => rendered(&page(w.not_theirs), StatusCode::FORBIDDEN),
            Why::Foreign => rendered(&page(w.foreign_form), StatusCode::FORBIDDEN),
            Why::Unavailable => unavailable(w),
        }
    }
}

/// Nothing can be read or kept just now.
pub(super) fn unavailable(w: &'static Words) -> Response {
    let why = w.unavailable;
    rendered(&RefusedPage { w, why }, StatusCode::SERVICE_UNAVAILABLE)
}

impl FromRequestParts<AppState> for Looks {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        let Ok(Reads(words)) = Reads::from_request_parts(parts, app).await;
        let UserAuth { user: me, .. } =
            session(parts, app).await.map_err(|why| Away(words, why))?;
        if me.role < UserRole::TeamLead {
            return Err(Away(words, Why::NotTheirs));
        }
        Ok(Self { me, words })
    }
}

impl FromRequestParts<AppState> for Changes {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        let looks = Looks::from_request_parts(parts, app).await?;
        OwnForm::from_request_parts(parts, app).await?;
        if looks.me.role < UserRole::Admin {
            return Err(Away(looks.words, Why::NotTheirs));
        }
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        let by = By {
            name: looks.me.id.clone(),
            address,
            at: app.clock.now(),
        };
        Ok(Self { looks, by })
    }
}

/// Browsers say which site a form comes from. The cookie stays at home with forms of other sites already; this holds
/// also where a browser does not know that rule.
impl FromRequestParts<AppState> for OwnForm {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        let Ok(Reads(words)) = Reads::from_request_parts(parts, app).await;
        let header = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let (origin, host) = (header(ORIGIN), header(HOST));
        let own = origin
            .and_then(|origin| origin.split_once("://"))
            .map(|(_, origin)| origin);
        if own.is_some() && own == host {
            Ok(Self)
        } else {
            Err(Away(words, Why::Foreign))
        }
    }
}

async fn session(parts: &Parts, app: &AppState) -> Result<UserAuth, Why> {
    let token = cookie(&parts.headers, NAME).ok_or(Why::ToTheDoor)?;
    let found = signed_in(app, token.to_owned()).await;
    found
        .map_err(|_told| Why::Unavailable)?
        .ok_or(Why::ToTheDoor)
}

#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    w: &'static Words,
    fault: Option<String>,
    user: &'a str,
    /// Nobody can sign in yet.
    is_empty: bool,
}

/// What is typed at the door.
#[derive(Deserialize)]
pub(super) struct Typed {
    user: String,
    secret: String,
}

pub(super) async fn sign_in_page(State(app): State<AppState>, Reads(w): Reads) -> Response {
    let access = app.access.clone();
    match stored(move || access.users()).await {
        Ok(users) => {
            let page = SignInPage {
                w,
                fault: None,
                user: "",
                is_empty: users.is_empty(),
            };
            rendered(&page, StatusCode::OK)
        }
        Err(_told) => unavailable(w),
    }
}

pub(super) async fn sign_in(
    State(app): State<AppState>,
    admitted: Result<Admitted, ApiError>,
    from: Visitor,
    Form(typed): Form<Typed>,
) -> Response {
    let (w, now) = (from.words, app.clock.now());
    let again = |fault, status| {
        let page = SignInPage {
            w,
            fault: Some(fault),
            user: &typed.user,
            is_empty: false,
        };
        rendered(&page, status)
    };
    if admitted.is_err() {
        return again(w.too_often.to_owned(), StatusCode::TOO_MANY_REQUESTS);
    }
    let begun = app
        .users
        .sign_in(&typed.user, &typed.secret, from.address, now)
        .await;
    match begun {
        Ok(begun) => {
            let secs = WORKING_DAY.as_secs();
            let secure = from.secure;
            let cookie = format!(
                "{NAME}={}; Path=/admin; HttpOnly; SameSite=Strict; Max-Age={secs}{secure}",
                begun.token
            );
            ([(SET_COOKIE, cookie)], Redirect::to("/admin")).into_response()
        }
        Err(SignInFault::Wrong) => again(w.wrong.to_owned(), StatusCode::UNAUTHORIZED),
        Err(SignInFault::Locked { until }) => {
            let wait = until.duration_since(now).as_secs().max(1);
            again(w.locked(wait), StatusCode::UNAUTHORIZED)
        }
        Err(SignInFault::Store(fault)) => {
            tracing::error!("nobody can sign in: {fault}");
            unavailable(w)
        }
    }
}

/// Somebody at the door, who sent a form of this site.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    words: &'static Words,
    address: String,
    /// What a cookie is marked with that must not go unencrypted.
    secure: &'static str,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        OwnForm::from_request_parts(parts, app).await?;
        let Ok(Reads(words)) = Reads::from_request_parts(parts, app).await;
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        // Over plain HTTP, which is for this box alone, a browser would not keep a cookie marked so.
        let secure = match parts.extensions.get() {
            Some(Via::Tls) => "; Secure",
            Some(Via::Plain) | None => "",
        };
        Ok(Self {
            words,
            address,
            secure,
        })
    }
}

pub(super) async fn sign_out(
    State(app): State<AppState>,
    _own: OwnForm,
    headers: HeaderMap,
    Address(address): Address,
) -> Response {
    if let Some(token) = cookie(&headers, NAME) {
        let (access, hash) = (app.access.clone(), token_sha256(token));
        let found = signed_in(&app, token.to_owned()).await;
        if let Ok(Some(UserAuth { user, .. })) = found {
            let by = By {
                name: user.id,
                address,
                at: app.clock.now(),
            };
            if let Err(fault) = stored(move || access.sign_out(&hash, &by)).await {
                return fault.into_response();
            }
        }
    }
    let gone = format!("{NAME}=; Path=/admin; HttpOnly; SameSite=Strict; Max-Age=0");
    ([(SET_COOKIE, gone)], Redirect::to("/admin/sign-in")).into_response()
}
