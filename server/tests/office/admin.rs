//! The admin's page: who sees it, what it changes, and what it never takes from elsewhere.

use aufruf_server::auth::token_sha256;
use aufruf_server::router::router;
use aufruf_server::users::UserRole;
use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE,
};
use axum::http::{HeaderMap, Request};
use tower::ServiceExt;

use crate::common::{RawLine, TestOffice, on_the_network};
use crate::sessions::{add, with_ada};

const HERE: &str = "office.example";

/// A browser.
struct Browser<'a> {
    office: &'a TestOffice,
    cookie: Option<String>,
    origin: &'static str,
    /// What it says of the languages that its owner likes.
    likes: &'static str,
}

struct Page {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Page {
    fn leads_to(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }
}

impl<'a> Browser<'a> {
    fn new(office: &'a TestOffice) -> Self {
        Self {
            office,
            cookie: None,
            origin: "http://office.example",
            likes: "en",
        }
    }

    async fn signed_in(office: &'a TestOffice, user: &str, secret: &str) -> Self {
        let mut browser = Self::new(office);
        let form = format!("user={user}&secret={}", secret.replace(' ', "+"));
        let done = browser.sends("sign-in", &form).await;
        assert_eq!((done.status, done.leads_to()), (303, Some("/admin")));
        let cookie = done.headers[SET_COOKIE].to_str().expect("text");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        let (pair, _) = cookie.split_once(';').expect("with its rules");
        browser.cookie = Some(pair.to_owned());
        browser
    }

    async fn opens(&self, path: &str) -> Page {
        self.asks(Request::get(path), Body::empty()).await
    }

    async fn sends(&self, path: &str, form: &str) -> Page {
        let request = Request::post(format!("/admin/{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header(ORIGIN, self.origin);
        self.asks(request, Body::from(form.to_owned())).await
    }

    async fn asks(&self, request: axum::http::request::Builder, body: Body) -> Page {
        let mut request = request
            .header(HOST, HERE)
            .header(ACCEPT_LANGUAGE, self.likes);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let request = request.body(body).expect("a request");
        let answer = router(self.office.app().clone()).oneshot(request).await;
        let (parts, body) = answer.expect("a router never fails").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).expect("text"),
        }
    }
}

const SECRET: &str = "eine lange Parole";

/// A display that is new asks to be let in; its code.
async fn display_asks(office: &TestOffice) -> String {
    let hash = token_sha256("a-token");
    let wish =
        format!(r#"{{"role":"display","software":"<b>display</b>","token_sha256":"{hash}"}}"#);
    let asked = office.post_as(None, "/api/v1/devices/pair", &wish).await;
    asked.read::<aufruf_protocol::latest::Pairing>().code
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_the_page_without_signing_in() {
    let office = with_ada().await;
    let browser = Browser::new(&office);
    let page = browser.opens("/admin").await;
    assert_eq!(
        (page.status, page.leads_to()),
        (303, Some("/admin/sign-in"))
    );
    let door = browser.opens("/admin/sign-in").await;
    assert_eq!(door.status, 200);
    let policy = door.headers[CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("text");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
    let wrong = browser.sends("sign-in", "user=ada&secret=falsch").await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.text.contains("User or password is wrong"));
    assert!(!wrong.headers.contains_key(SET_COOKIE));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_lets_a_device_in_that_shows_its_code_and_puts_it_out_again() {
    let office = with_ada().await;
    let code = display_asks(&office).await;
    let browser = Browser::signed_in(&office, "ada", SECRET).await;
    let page = browser.opens("/admin").await;
    assert!(page.text.contains(&code), "{}", page.text);
    assert!(
        page.text.contains("&#60;b&#62;display") || page.text.contains("&lt;b&gt;display"),
        "never as HTML"
    );
    assert!(!page.text.contains("<b>display"));

    let nowhere = browser
        .sends(
            "devices/approve",
            &format!("code={code}&id=display-9&place="),
        )
        .await;
    assert_eq!(nowhere.status, 422);
    assert!(nowhere.text.contains("A display takes"), "{}", nowhere.text);
    let done = browser
        .sends(
            "devices/approve",
            &format!("code={code}&id=display-9&place=upper"),
        )
        .await;
    assert_eq!((done.status, done.leads_to()), (303, Some("/admin")));
    let page = browser.opens("/admin").await;
    assert!(page.text.contains("display-9") && page.text.contains("device paired"));
    assert!(!page.text.contains(&code));
    browser.sends("devices/revoke", "id=display-9").await;
    assert!(browser.opens("/admin").await.text.contains("pair it anew"));
    let log = office.app().access.log(1).expect("readable");
    assert_eq!(
        (log[0].by.as_str(), log[0].what.as_str()),
        ("ada", "device_revoked")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_lead_looks_and_changes_nothing_and_a_clerk_sees_nothing() {
    let office = with_ada().await;
    add(&office, "lea", UserRole::TeamLead, "lange Parole");
    add(&office, "cem", UserRole::Clerk, "482915");
    let code = display_asks(&office).await;
    let lea = Browser::signed_in(&office, "lea", "lange Parole").await;
    let page = lea.opens("/admin").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("panel-1") && !page.text.contains(&code));
    assert!(!page.text.contains("Put out") && !page.text.contains("Latest changes"));
    for (path, form) in [
        (
            "devices/approve",
            format!("code={code}&id=display-9&place=upper"),
        ),
        ("devices/decline", format!("code={code}")),
        ("devices/revoke", "id=panel-1".to_owned()),
        (
            "users/add",
            "id=eve&name=Eve&role=admin&secret=noch+eine+Parole".to_owned(),
        ),
        ("users/sign-out", "id=ada".to_owned()),
        ("users/remove", "id=ada".to_owned()),
    ] {
        assert_eq!(lea.sends(path, &form).await.status, 403, "{path}");
    }
    let cem = Browser::signed_in(&office, "cem", "482915").await;
    assert_eq!(cem.opens("/admin").await.status, 403);
    assert!(office.app().access.user("eve").expect("readable").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_another_site_sends_changes_nothing() {
    let office = with_ada().await;
    let mut browser = Browser::signed_in(&office, "ada", SECRET).await;
    for origin in [
        "http://evil.example",
        "null",
        "http://office.example.evil.example",
    ] {
        browser.origin = origin;
        let refused = browser.sends("devices/revoke", "id=panel-1").await;
        assert_eq!(refused.status, 403, "{origin}");
    }
    let devices = office.app().access.devices().expect("readable");
    let panel = devices
        .iter()
        .find(|row| row.id == "panel-1")
        .expect("there");
    assert!(panel.token_sha256.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_adds_users_who_can_sign_in_and_never_removes_themselves() {
    let office = with_ada().await;
    let browser = Browser::signed_in(&office, "ada", SECRET).await;
    let weak = browser
        .sends("users/add", "id=cem&name=Cem&role=clerk&secret=123")
        .await;
    assert_eq!(weak.status, 422);
    assert!(weak.text.contains("6 to 128"), "{}", weak.text);
    let done = browser
        .sends(
            "users/add",
            "id=cem&name=Cem+%C3%96z&role=clerk&secret=482915",
        )
        .await;
    assert_eq!(done.status, 303);
    let page = browser.opens("/admin").await;
    assert!(page.text.contains("Cem Öz") && !page.text.contains("482915"));
    let own = browser.sends("users/remove", "id=ada").await;
    assert_eq!(own.status, 422);
    assert_eq!(browser.sends("users/remove", "id=cem").await.status, 303);
    assert!(office.app().access.user("cem").expect("readable").is_none());
    browser.sends("sign-out", "").await;
    assert_eq!(
        browser.opens("/admin").await.leads_to(),
        Some("/admin/sign-in")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_german_to_whom_it_should_refusals_included() {
    let office = with_ada().await;
    add(&office, "cem", UserRole::Clerk, "482915");
    let mut browser = Browser::new(&office);
    browser.likes = "de-DE,de;q=0.9,en;q=0.8";
    let door = browser.opens("/admin/sign-in").await;
    assert!(door.text.contains("<html lang=\"de\">") && door.text.contains("Anmelden"));
    let wrong = browser.sends("sign-in", "user=ada&secret=falsch").await;
    assert!(wrong.text.contains("Passwort ist falsch"), "{}", wrong.text);
    let mut ada = Browser::signed_in(&office, "ada", SECRET).await;
    ada.likes = browser.likes;
    let page = ada.opens("/admin").await;
    for words in [
        "Geräte",
        "Störungen",
        "nicht verbunden",
        "Bürgeramt Mitte",
        "Arbeitsplatz, 1",
    ] {
        assert!(page.text.contains(words), "{words} in {}", page.text);
    }
    for words in ["Put out", "Devices", "not connected", "signed in"] {
        assert!(!page.text.contains(words), "{words} in {}", page.text);
    }
    let weak = ada
        .sends("users/add", "id=eve&name=Eve&role=admin&secret=123456")
        .await;
    assert!(weak.text.contains("10 bis 128 Zeichen"), "{}", weak.text);
    let own = ada.sends("users/remove", "id=ada").await;
    assert!(own.text.contains("Niemand entfernt sich selbst"));
    let gone = ada
        .sends("devices/approve", "code=7KQM-2XRT&id=a&place=")
        .await;
    assert!(gone.text.contains("Kein Gerät zeigt mehr den Code"));
    ada.origin = "http://evil.example";
    let foreign = ada.sends("users/remove", "id=cem").await;
    assert_eq!(foreign.status, 403);
    assert!(foreign.text.contains("kam nicht von dieser Seite"));
    let mut cem = Browser::signed_in(&office, "cem", "482915").await;
    cem.likes = browser.likes;
    assert!(cem.opens("/admin").await.text.contains("Teamleitungen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_chooses_a_language_keeps_it_whatever_the_browser_likes() {
    let office = with_ada().await;
    let mut browser = Browser::new(&office);
    let chosen = browser.opens("/admin/language/de").await;
    assert_eq!((chosen.status, chosen.leads_to()), (303, Some("/admin")));
    let cookie = chosen.headers[SET_COOKIE].to_str().expect("text");
    let (pair, _) = cookie.split_once(';').expect("with its rules");
    assert_eq!(pair, "aufruf-language=de");
    browser.cookie = Some(pair.to_owned());
    assert!(
        browser
            .opens("/admin/sign-in")
            .await
            .text
            .contains("Anmelden")
    );
    let odd = browser.opens("/admin/language/tlh").await;
    assert_eq!(odd.status, 303);
    assert!(!odd.headers.contains_key(SET_COOKIE));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_how_each_device_is() {
    let office = with_ada().await;
    let server = on_the_network(office.app()).await;
    let mut printer = RawLine::of(server, "printer-1", "aufruf-printer 9.9").await;
    let status = r#"{"type":"status","faults":[],"paper":"low","clock_offset_ms":90000}"#;
    printer.says(status).await;
    let browser = Browser::signed_in(&office, "ada", SECRET).await;
    let mut page = browser.opens("/admin").await;
    while !page.text.contains("little paper") {
        page = browser.opens("/admin").await;
    }
    for words in ["aufruf-printer 9.9", "clock 90 s fast", "09:00:00"] {
        assert!(page.text.contains(words), "{words} in {}", page.text);
    }
}
