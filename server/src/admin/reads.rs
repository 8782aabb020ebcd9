//! In which language somebody reads the pages: as chosen on the page (a cookie), else as the browser says.

use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::words::Words;
use crate::http::health::ReadsIn;
use crate::staff_language::StaffLanguage;

const NAME: &str = "aufruf-language";
/// A year, in seconds.
const KEPT: u32 = 31_536_000;

/// The words of whoever reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reads(pub(super) &'static Words);

impl<S: Send + Sync> FromRequestParts<S> for Reads {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let chosen = cookie(&parts.headers, NAME).and_then(StaffLanguage::tagged);
        let ReadsIn(liked) = ReadsIn::from_request_parts(parts, state).await?;
        Ok(Self(Words::of(chosen.unwrap_or(liked))))
    }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter();
    let pairs = cookies.filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|pairs| pairs.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Keeps the choice, and leads back. It says nothing about anybody, so any page may ask for it.
pub(super) async fn choose(Path(tag): Path<String>, headers: HeaderMap) -> Response {
    let from = headers.get(REFERER).and_then(|value| value.to_str().ok());
    let is_door = from.is_some_and(|from| from.ends_with("/admin/sign-in"));
    let back = Redirect::to(if is_door { "/admin/sign-in" } else { "/admin" });
    let Some(language) = StaffLanguage::tagged(&tag) else {
        return back.into_response();
    };
    let tag = language.tag();
    let cookie = format!("{NAME}={tag}; Path=/admin; HttpOnly; SameSite=Lax; Max-Age={KEPT}");
    ([(SET_COOKIE, cookie)], back).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let found = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_static(cookies));
            cookie(&headers, "aufruf-session").map(str::to_owned)
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
