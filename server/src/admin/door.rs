//! Who is at the page: a cookie that only this site sends, and forms that only this site's pages send.

use askama::Template;
use aufruf_store::By;
use axum::extract::{Form, FromRequestParts, State};
use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::AppState;
use crate::auth::{UserAuth, signed_in, token_sha256};
use crate::http::{Address, ApiError, stored};
use crate::limits::Admitted;
use crate::users::{SignInFault, User, UserRole, WORKING_DAY};

const NAME: &str = "aufruf-session";

/// A team lead or an admin who looks at the page.
#[derive(Debug, Clone)]
pub(super) struct Looks(pub(super) User);

/// An admin who sent a form of this site.
#[derive(Debug, Clone)]
pub(super) struct Changes {
    pub(super) me: User,
    pub(super) by: By,
}

/// Somebody sent a form of this site.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnForm;

/// What the pages answer instead of what was asked for.
#[derive(Debug)]
pub(super) enum Away {
    /// To the page where people sign in.
    ToTheDoor,
    /// Signed in, and it is not theirs.
    NotTheirs,
    /// Another site sent this form, or nobody knows who.
    Foreign,
    Unavailable(ApiError),
}

impl IntoResponse for Away {
    fn into_response(self) -> Response {
        match self {
            Self::ToTheDoor => Redirect::to("/admin/sign-in").into_response(),
            Self::NotTheirs => {
                let words =
                    "This page is for team leads, and what it changes for admins. Ask an admin.";
                (StatusCode::FORBIDDEN, words).into_response()
            }
            Self::Foreign => {
                let words = "This form was not sent by this page. Open /admin again.";
                (StatusCode::FORBIDDEN, words).into_response()
            }
            Self::Unavailable(fault) => fault.into_response(),
        }
    }
}

impl FromRequestParts<AppState> for Looks {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        let UserAuth { user, .. } = session(parts, app).await?;
        if user.role < UserRole::TeamLead {
            return Err(Away::NotTheirs);
        }
        Ok(Self(user))
    }
}

impl FromRequestParts<AppState> for Changes {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Away> {
        let UserAuth { user: me, .. } = session(parts, app).await?;
        OwnForm::from_request_parts(parts, app).await?;
        if me.role < UserRole::Admin {
            return Err(Away::NotTheirs);
        }
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        let by = By {
            name: me.id.clone(),
            address,
            at: app.clock.now(),
        };
        Ok(Self { me, by })
    }
}

/// Browsers say which site a form comes from. The cookie stays at home with forms of other sites already; this holds
/// also where a browser does not know that rule.
impl FromRequestParts<AppState> for OwnForm {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, _app: &AppState) -> Result<Self, Away> {
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
            Err(Away::Foreign)
        }
    }
}

async fn session(parts: &Parts, app: &AppState) -> Result<UserAuth, Away> {
    let token = cookie(&parts.headers).ok_or(Away::ToTheDoor)?;
    let found = signed_in(app, token.to_owned()).await;
    found.map_err(Away::Unavailable)?.ok_or(Away::ToTheDoor)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter();
    let pairs = cookies.filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|pairs| pairs.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, token)| token)
}

#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
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

pub(super) async fn sign_in_page(State(app): State<AppState>) -> Response {
    let access = app.access.clone();
    match stored(move || access.users()).await {
        Ok(users) => {
            let page = SignInPage {
                fault: None,
                user: "",
                is_empty: users.is_empty(),
            };
            rendered(&page, StatusCode::OK)
        }
        Err(fault) => fault.into_response(),
    }
}

pub(super) async fn sign_in(
    State(app): State<AppState>,
    _own: OwnForm,
    _admitted: Admitted,
    Address(address): Address,
    Form(typed): Form<Typed>,
) -> Response {
    let now = app.clock.now();
    let begun = app
        .users
        .sign_in(&typed.user, &typed.secret, address, now)
        .await;
    let fault = match begun {
        Ok(begun) => {
            let secs = WORKING_DAY.as_secs();
            // Over plain HTTP, which is for this box alone, a browser would not send a cookie marked Secure.
            let cookie = format!(
                "{NAME}={}; Path=/admin; HttpOnly; SameSite=Strict; Max-Age={secs}",
                begun.token
            );
            return ([(SET_COOKIE, cookie)], Redirect::to("/admin")).into_response();
        }
        Err(SignInFault::Wrong) => "User or password is wrong.".to_owned(),
        Err(SignInFault::Locked { until }) => {
            let wait = until.duration_since(now).as_secs().max(1);
            format!("Too many wrong passwords in a row: wait {wait} seconds.")
        }
        Err(SignInFault::Store(fault)) => {
            tracing::error!("nobody can sign in: {fault}");
            return ApiError::unavailable().into_response();
        }
    };
    let page = SignInPage {
        fault: Some(fault),
        user: &typed.user,
        is_empty: false,
    };
    rendered(&page, StatusCode::UNAUTHORIZED)
}

pub(super) async fn sign_out(
    State(app): State<AppState>,
    _own: OwnForm,
    headers: HeaderMap,
    Address(address): Address,
) -> Response {
    if let Some(token) = cookie(&headers) {
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

/// A page, or what is wrong with it.
pub(super) fn rendered(page: &impl Template, status: StatusCode) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(fault) => {
            tracing::error!("a page cannot be drawn: {fault}");
            ApiError::unavailable().into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_static(cookies));
            cookie(&headers).map(str::to_owned)
        };
        assert_eq!(found("aufruf-session=abc"), Some("abc".to_owned()));
        assert_eq!(
            found("a=b; aufruf-session=abc; c=d"),
            Some("abc".to_owned())
        );
        assert_eq!(found("not-aufruf-session=abc"), None);
        assert_eq!(found(""), None);
    }
}
