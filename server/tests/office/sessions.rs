//! People sign in and out, and guessing takes time.

use aufruf_protocol::latest as wire;
use aufruf_server::users::{NewUser, UserRole};
use axum::http::Method;
use jiff::SignedDuration;

use crate::common::{Answer, TestOffice, console};

pub(crate) const SECRET: &str = "eine lange Parole";

const DESK: [u8; 4] = [10, 8, 8, 8];

/// An office with an admin.
pub(crate) async fn with_ada() -> TestOffice {
    let office = TestOffice::open().await;
    add(&office, "ada", UserRole::Admin, SECRET);
    office
}

pub(crate) fn add(office: &TestOffice, id: &str, role: UserRole, secret: &str) {
    let user = NewUser {
        id: id.to_owned(),
        name: "Ada Öztürk".to_owned(),
        role,
    };
    assert_eq!(user.fault(secret), None);
    let row = user.to_row(secret, &console());
    office
        .app()
        .access
        .put_user(&row, &console())
        .expect("kept");
}

async fn signs_in(office: &TestOffice, user: &str, secret: &str) -> Answer {
    let wish = format!(r#"{{"user":"{user}","secret":"{secret}"}}"#);
    office.post_as(None, "/api/v1/sessions", &wish).await
}

/// Signs in from one address.
async fn signs_in_at(office: &TestOffice, address: [u8; 4], user: &str, secret: &str) -> Answer {
    let request = axum::http::Request::post("/api/v1/sessions")
        .header("content-type", "application/json")
        .body(format!(r#"{{"user":"{user}","secret":"{secret}"}}"#).into());
    office.send_from(address, request.expect("a request")).await
}

async fn who(office: &TestOffice, token: &str) -> Answer {
    office
        .ask_with(Some(token), Method::GET, "/api/v1/sessions/self")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_the_secret_is_known_by_a_session_until_signing_out() {
    let office = with_ada().await;
    let answer = signs_in(&office, "ada", SECRET).await;
    assert_eq!(answer.status, 201);
    let session: wire::Session = answer.read();
    assert_eq!(
        (session.user.as_str(), session.role.as_str()),
        ("ada", "admin")
    );
    let known: wire::SignedIn = who(&office, &session.token).await.read();
    assert_eq!(known.name, "Ada Öztürk");
    let kept = office.app().access.sessions_of("ada").expect("readable");
    assert_ne!(kept[0].token_sha256, session.token, "a hash alone");
    let out = office.ask_with(
        Some(&session.token),
        Method::DELETE,
        "/api/v1/sessions/self",
    );
    assert_eq!(out.await.status, 204);
    assert_eq!(who(&office, &session.token).await.code(), "not_signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_no_device_and_a_device_is_no_session() {
    let office = with_ada().await;
    let session: wire::Session = signs_in(&office, "ada", SECRET).await.read();
    let path = "/api/v1/devices/self";
    let as_device = office
        .ask_with(Some(&session.token), Method::GET, path)
        .await;
    assert_eq!(as_device.status, 401);
    assert_eq!(who(&office, "panel-1-token").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_itself_and_everywhere_at_once() {
    let office = with_ada().await;
    let first: wire::Session = signs_in(&office, "ada", SECRET).await.read();
    office.clock.goes_on(30);
    assert_eq!(who(&office, &first.token).await.status, 200);
    office.clock.goes_on(45);
    assert_eq!(
        who(&office, &first.token).await.status,
        200,
        "it was used since"
    );
    office.clock.goes_on(61);
    assert_eq!(
        who(&office, &first.token).await.status,
        401,
        "nobody used it"
    );
    let here: wire::Session = signs_in(&office, "ada", SECRET).await.read();
    let there: wire::Session = signs_in(&office, "ada", SECRET).await.read();
    let out = office.ask_with(Some(&here.token), Method::DELETE, "/api/v1/sessions");
    assert_eq!(out.await.status, 204);
    for session in [here, there] {
        assert_eq!(who(&office, &session.token).await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_wrong_secrets_each_guess_takes_longer_and_the_right_one_has_to_wait_too() {
    let office = with_ada().await;
    add(&office, "bea", UserRole::Clerk, SECRET);
    for _ in 0..3 {
        let wrong = signs_in_at(&office, DESK, "ada", "falsche Parole").await;
        assert_eq!(
            (wrong.status, wrong.code().as_str()),
            (401, "sign_in_wrong")
        );
    }
    let elsewhere = signs_in(&office, "bea", SECRET).await;
    assert_eq!(elsewhere.status, 201, "another desk is not concerned");
    let locked = signs_in_at(&office, DESK, "ada", SECRET).await;
    assert_eq!(locked.status, 429);
    let problem: wire::Problem = locked.read();
    let now = aufruf_server::clock::Clock::now(&*office.clock);
    assert_eq!(problem.at, Some(now + SignedDuration::from_secs(5)));
    office.clock.goes_on(1);
    assert_eq!(
        signs_in_at(&office, DESK, "ada", "falsche Parole")
            .await
            .status,
        401
    );
    let problem: wire::Problem = signs_in_at(&office, DESK, "ada", SECRET).await.read();
    let now = aufruf_server::clock::Clock::now(&*office.clock);
    assert_eq!(problem.at, Some(now + SignedDuration::from_secs(10)));
    office.clock.goes_on(1);
    assert_eq!(signs_in_at(&office, DESK, "ada", SECRET).await.status, 201);
    let row = office
        .app()
        .access
        .user("ada")
        .expect("readable")
        .expect("a user");
    assert_eq!((row.failed, row.locked_until), (0, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_there_is_such_a_user() {
    let office = with_ada().await;
    let wrong = signs_in(&office, "ada", "falsche Parole").await;
    let unknown = signs_in(&office, "bob", "falsche Parole").await;
    assert_eq!(wrong, unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_and_the_end_of_a_user_end_every_session() {
    let office = with_ada().await;
    let access = office.app().access.clone();
    let session: wire::Session = signs_in(&office, "ada", SECRET).await.read();
    let fresh = aufruf_server::users::hashed("noch eine lange Parole");
    assert!(access.set_secret("ada", &fresh, &console()).expect("kept"));
    assert_eq!(who(&office, &session.token).await.status, 401);
    assert_eq!(signs_in(&office, "ada", SECRET).await.status, 401);
    let session = signs_in(&office, "ada", "noch eine lange Parole").await;
    let session: wire::Session = session.read();
    assert!(access.remove_user("ada", &console()).expect("removed"));
    assert_eq!(who(&office, &session.token).await.status, 401);
}
