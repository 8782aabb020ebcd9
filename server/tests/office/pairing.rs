//! How devices come in: they show a code, somebody approves it, and they are cut off when they are revoked.

use aufruf_protocol::latest as wire;
use aufruf_server::auth::token_sha256;
use aufruf_server::devices::DeviceRole;
use axum::http::Method;

use crate::common::{Answer, TestOffice, console, device};
use crate::sessions::with_ada;

const TOKEN: &str = "a-token-that-the-display-made";

async fn asks(office: &TestOffice, token: &str) -> Answer {
    let hash = token_sha256(token);
    let wish =
        format!(r#"{{"role":"display","software":"aufruf-display 0.1","token_sha256":"{hash}"}}"#);
    office.post_as(None, "/api/v1/devices/pair", &wish).await
}

async fn asks_who_it_is(office: &TestOffice, token: &str) -> Answer {
    office
        .ask_with(Some(token), Method::GET, "/api/v1/devices/self")
        .await
}

/// Waits until the answer has this status: the office follows a moment later.
async fn until(office: &TestOffice, token: &str, status: u16) -> Answer {
    loop {
        let answer = asks_who_it_is(office, token).await;
        if answer.status == status {
            return answer;
        }
        tokio::task::yield_now().await;
    }
}

fn hall() -> DeviceRole {
    DeviceRole::Display {
        area: "upper".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_shows_a_code_is_let_in_by_whoever_approves_it() {
    let office = TestOffice::open().await;
    let first = asks(&office, TOKEN).await;
    assert_eq!(first.status, 201);
    let first: wire::Pairing = first.read();
    let again: wire::Pairing = asks(&office, TOKEN).await.read();
    assert_eq!(again, first, "the same token keeps its code");
    assert_eq!(asks_who_it_is(&office, TOKEN).await.status, 401, "not yet");

    let access = &office.app().access;
    let wrong = access.approve("0000-0000", device("display-9", hall()), &console());
    assert!(!wrong.expect("asked"), "nobody shows that code");
    let done = access.approve(&first.code, device("display-9", hall()), &console());
    assert!(done.expect("approved"));
    let own: wire::OwnDevice = until(&office, TOKEN, 200).await.read();
    let expected = wire::OwnDevice {
        id: "display-9".to_owned(),
        role: "display".to_owned(),
        place: Some("upper".to_owned()),
    };
    assert_eq!(own, expected);
    let refused = asks(&office, TOKEN).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (409, "already_paired")
    );
    let kept = access.devices().expect("readable");
    let kept = kept.iter().find(|row| row.id == "display-9");
    let hash = kept.and_then(|row| row.token_sha256.as_deref());
    assert_eq!(
        hash,
        Some(token_sha256(TOKEN).as_str()),
        "and nothing but the hash"
    );
    let log = access.log(1).expect("readable");
    assert_eq!(
        (log[0].what.as_str(), log[0].about.as_str()),
        ("device_paired", "display-9")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_declined_or_asks_too_late_is_not_let_in() {
    let office = TestOffice::open().await;
    let access = office.app().access.clone();
    let declined: wire::Pairing = asks(&office, TOKEN).await.read();
    assert!(
        access
            .decline(&declined.code, &console())
            .expect("declined")
    );
    let late: wire::Pairing = asks(&office, "another").await.read();
    office.clock.goes_on(16);
    let third: wire::Pairing = asks(&office, "a third").await.read();
    for code in [declined.code, late.code] {
        let approved = access.approve(&code, device("display-9", hall()), &console());
        assert!(!approved.expect("asked"), "{code}");
    }
    let now = third.expires_at - jiff::SignedDuration::from_mins(15);
    let waiting = access.pairings(now).expect("readable");
    let codes: Vec<&str> = waiting.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, [third.code.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_so_many_devices_wait_at_once_and_what_they_say_has_to_make_sense() {
    let office = TestOffice::open().await;
    let asks_there = async |token: &str| {
        let wish = format!(
            r#"{{"role":"kiosk","software":"x","token_sha256":"{}"}}"#,
            token_sha256(token)
        );
        let request = axum::http::Request::post("/api/v1/devices/pair")
            .header("content-type", "application/json")
            .body(wish.into());
        office
            .send_from([10, 8, 8, 8], request.expect("a request"))
            .await
    };
    for n in 0..5 {
        assert_eq!(asks_there(&format!("token {n}")).await.status, 201);
    }
    let refused = asks_there(TOKEN).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (429, "too_many_pairings")
    );
    for _ in 0..40 {
        let again = asks_there("token 3").await.status;
        assert_eq!(
            again, 201,
            "this one waits already, and asks every few seconds"
        );
    }
    assert_eq!(asks(&office, TOKEN).await.status, 201, "from elsewhere");
    let hash = token_sha256("x");
    for (body, code) in [
        (
            format!(r#"{{"role":"toaster","software":"x","token_sha256":"{hash}"}}"#),
            "role_unknown",
        ),
        (
            format!(r#"{{"role":"kiosk","software":"","token_sha256":"{hash}"}}"#),
            "software_invalid",
        ),
        (
            r#"{"role":"kiosk","software":"x","token_sha256":"abc"}"#.to_owned(),
            "token_sha256_invalid",
        ),
    ] {
        let refused = office.post_as(None, "/api/v1/devices/pair", &body).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, code));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_revoked_is_out() {
    let office = TestOffice::open().await;
    let app = office.app();
    let kiosk = app
        .devices
        .all()
        .into_iter()
        .find(|one| one.id == "kiosk-1");
    let kiosk = kiosk.expect("a device");
    assert!(
        app.access
            .revoke_device("kiosk-1", &console())
            .expect("revoked")
    );
    app.access_changed.changed();
    app.devices.gone(&kiosk).await;
    until(&office, "kiosk-1-token", 401).await;
    assert_eq!(office.takes("late", "id-card").await.status, 401);
    assert!(
        !app.access
            .revoke_device("kiosk-77", &console())
            .expect("asked")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_renewed_holds_until_the_new_one_is_used() {
    let office = TestOffice::open().await;
    let (old, new) = ("display-1-token", "the next one");
    let renew = |token: &str| format!(r#"{{"token_sha256":"{}"}}"#, token_sha256(token));
    let path = "/api/v1/devices/self/token";
    let taken = office
        .post_as(Some(old), path, &renew("kiosk-1-token"))
        .await;
    assert_eq!((taken.status, taken.code().as_str()), (409, "token_taken"));
    assert_eq!(
        office.post_as(Some(old), path, &renew(new)).await.status,
        204
    );
    until(&office, new, 200).await;
    until(&office, old, 401).await;
    assert_eq!(asks_who_it_is(&office, new).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_asks_too_often_is_refused_and_others_come_in() {
    let office = with_ada().await;
    // Always for somebody else, who is not locked out.
    let asks = async |address: [u8; 4], nth: u32| {
        let request = axum::http::Request::post("/api/v1/sessions")
            .header("content-type", "application/json")
            .body(format!(r#"{{"user":"bob-{nth}","secret":"geraten"}}"#).into());
        let answer = office.send_from(address, request.expect("a request")).await;
        answer.code()
    };
    let mut guesses = 0;
    while asks([10, 9, 9, 9], guesses).await == "sign_in_wrong" {
        guesses += 1;
    }
    assert!((20..40).contains(&guesses), "{guesses}");
    assert_eq!(asks([10, 9, 9, 9], 0).await, "too_many_requests");
    assert_eq!(asks([10, 9, 9, 8], 0).await, "sign_in_wrong");
}
