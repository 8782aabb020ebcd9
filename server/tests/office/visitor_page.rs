//! A visitor's own page: what it says in which state and language, and what it never does.

use aufruf_protocol::latest as wire;
use aufruf_server::router::router;
use aufruf_server::runtime::Standing;
use axum::body::{Body, to_bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderMap, Request};
use tower::ServiceExt;

use crate::common::TestOffice;

/// The day is played at most once a second.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// What a phone gets.
struct Page {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Page {
    #[track_caller]
    fn says(&self, words: &[&str]) {
        for word in words {
            assert!(self.text.contains(word), "no {word:?} in\n{}", self.text);
        }
    }

    /// After how many seconds it asks again.
    fn renews_after(&self) -> Option<&str> {
        let (_, rest) = self.text.split_once(r#"http-equiv="refresh" content=""#)?;
        rest.split('"').next()
    }
}

async fn opens(office: &TestOffice, path: &str) -> Page {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let answer = router(office.app().clone()).oneshot(request).await;
    let (parts, body) = answer.expect("a router never fails").into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
    Page {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).expect("text"),
    }
}

async fn page_of(office: &TestOffice, ticket: wire::TicketId) -> Page {
    opens(office, &format!("/t/{ticket}")).await
}

/// The page as soon as the visit stands so: what was just done, or planned, is told a moment later.
async fn page_when(
    office: &TestOffice,
    ticket: wire::TicketId,
    stands_so: impl Fn(&Standing) -> bool,
) -> Page {
    let views = &office.app().views;
    let told = async {
        loop {
            let visit = views.visit(ticket.0).await.expect("the office runs");
            if visit.is_some_and(|visit| stands_so(&visit.standing)) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let told = tokio::time::timeout(PATIENCE, told).await;
    told.expect("the visit comes to stand so");
    page_of(office, ticket).await
}

async fn comes_speaking(office: &TestOffice, language: &str) -> wire::IssuedTicket {
    let wish = format!(r#"{{"services":["id-card"],"language":"{language}"}}"#);
    office.does("kiosk-1", "tickets", &wish).await.read()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_sees_number_people_ahead_and_when() {
    let office = TestOffice::open().await;
    let first = office.comes_for("id-card").await;
    office.comes_for("id-card").await;
    let third = comes_speaking(&office, "en").await;
    let is_told = |standing: &Standing| matches!(standing, Standing::Waiting { ahead: 2, window } if window.is_some());
    let page = page_when(&office, third.id, is_told).await;
    assert_eq!((page.status, page.renews_after()), (200, Some("15")));
    page.says(&[
        r#"<html lang="en" dir="ltr">"#,
        "A003",
        "People before you",
        "<strong>2</strong>",
        "Your call at about",
        "Citizens&#39; Office Mitte",
    ]);
    let page = page_of(&office, first.id).await;
    page.says(&[r#"lang="de""#, "A001", "Sie sind als Nächstes dran."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_called_sees_counter_and_way_and_the_page_hurries() {
    let office = TestOffice::open().await;
    let ticket = comes_speaking(&office, "ar").await;
    office.calls(4).await;
    let is_called = |standing: &Standing| matches!(standing, Standing::Called { .. });
    let page = page_when(&office, ticket.id, is_called).await;
    assert_eq!((page.status, page.renews_after()), (200, Some("5")));
    page.says(&[
        r#"<html lang="ar" dir="rtl">"#,
        r#"<body class="called">"#,
        "<strong>شباك 4</strong>",
        "الغرفة 0.07",
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_follows_a_visit_through_pause_parking_and_its_end() {
    let office = TestOffice::open().await;
    let ticket = comes_speaking(&office, "tr").await.id;
    let path = format!("tickets/{ticket}/pause");
    let paused = office.does("panel-1", &path, r#"{"minutes":10}"#).await;
    assert_eq!(paused.status, 200, "{}", paused.body);
    let is_away = |standing: &Standing| matches!(standing, Standing::Paused { .. });
    let page = page_when(&office, ticket, is_away).await;
    page.says(&["Ara", "09:10"]);
    assert_eq!(office.step(1, ticket, "return").await.status, 200);
    office.calls(1).await;
    office.step(1, ticket, "start").await;
    let is_served = |standing: &Standing| matches!(standing, Standing::Serving { .. });
    let page = page_when(&office, ticket, is_served).await;
    page.says(&["Sıra sizde", "Gişe 1"]);
    office.step(1, ticket, "park").await;
    let page = page_when(&office, ticket, |standing| *standing == Standing::Parked).await;
    page.says(&["İşleminize ara verildi"]);
    let back = r#"{"counter":"counter-1"}"#;
    office.step_with(1, ticket, "resume", back).await;
    office.step(1, ticket, "finish").await;
    let page = page_when(&office, ticket, |standing| *standing == Standing::Finished).await;
    page.says(&["Ziyaretiniz için teşekkür ederiz"]);
    assert_eq!((page.status, page.renews_after()), (200, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_cancelled_is_not_thanked_for() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await.id;
    office.step(1, ticket, "cancel").await;
    let page = page_when(&office, ticket, |standing| *standing == Standing::Void).await;
    page.says(&["Diese Nummer gilt nicht mehr"]);
    assert_eq!(page.renews_after(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_appointment_sees_its_time_and_that_they_have_to_check_in() {
    let office = TestOffice::with_ids(r#"rules = { check_in = "required" }"#).await;
    let booked = office.books("T-7", "2026-11-23T10:30").await;
    let page = page_when(&office, booked.id, |_| true).await;
    page.says(&["T-7", "10:30", "giriş kaydı"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_of_another_day_is_not_known_and_said_so_in_two_languages() {
    let office = TestOffice::open().await;
    for stranger in ["/t/0193f4a8-0000-7000-8000-000000000000", "/t/A001"] {
        let page = opens(&office, stranger).await;
        assert_eq!((page.status, page.renews_after()), (404, None));
        page.says(&[
            "Diese Nummer ist nicht von heute",
            "This number is not of today",
        ]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_takes_nothing_from_elsewhere_and_leaves_nothing_behind() {
    let office = TestOffice::open().await;
    let ticket = office.comes_for("id-card").await.id;
    let page = page_of(&office, ticket).await;
    let header = |name| page.headers[name].to_str().expect("text");
    assert!(header(CONTENT_SECURITY_POLICY).starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(header(CACHE_CONTROL), "no-store");
    assert_eq!(header(REFERRER_POLICY), "no-referrer");
    assert!(!page.text.contains("<script") && !page.text.contains("id-card"));
    let style = opens(&office, "/t/style.css").await;
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_asks_all_the_time_waits_and_the_others_do_not() {
    let office = TestOffice::open().await;
    let (ours, theirs) = (
        office.comes_for("id-card").await,
        office.comes_for("id-card").await,
    );
    let mut refused = None;
    for _ in 0..200 {
        let page = page_of(&office, ours.id).await;
        if page.status == 429 {
            refused = Some(page);
            break;
        }
    }
    let refused = refused.expect("nobody may ask two hundred times at once");
    assert_eq!(
        refused.renews_after(),
        Some("15"),
        "the page comes back by itself"
    );
    page_when(&office, theirs.id, |_| true)
        .await
        .says(&["A002"]);
}
