//! Requests as anybody could send them, to the real router without a socket.
//!
//! An input is a few requests, parted by a line `---`: a line `<who> <METHOD> <path>`, then the body. `{ticket}` in
//! the path or body is the last ticket that was taken.
//!
//! The law: never an answer of the 500s; every refusal is a problem with the status that it has; whatever is no
//! refusal has the media type that it says.

use aufruf_protocol::latest::{IDEMPOTENCY_KEY, PROBLEM_JSON, Problem};
use axum::body::Body;
use axum::http::Request;

use crate::house::{self, Answer, House};

/// LIMIT: requests of one input.
const REQUESTS: usize = 16;
const PARTED_BY: &[u8] = b"\n---\n";

/// Asks all of it in the office that is in use.
pub fn takes(input: &[u8]) {
    house::in_use(|house| {
        let mut ticket = String::from("00000000-0000-0000-0000-000000000000");
        let mut rest = input;
        for nth in 0..REQUESTS {
            let (one, behind) = split(rest, PARTED_BY);
            asks(house, nth, one, &mut ticket);
            let Some(behind) = behind else { break };
            rest = behind;
        }
    });
}

fn asks(house: &mut House, nth: usize, one: &[u8], ticket: &mut String) {
    let (head, body) = split(one, b"\n");
    let head = String::from_utf8_lossy(head).replace("{ticket}", ticket);
    let mut words = head.split_ascii_whitespace();
    let (Some(asker), Some(method), Some(path)) = (words.next(), words.next(), words.next()) else {
        return;
    };
    let body = match std::str::from_utf8(body.unwrap_or_default()) {
        Ok(text) => text.replace("{ticket}", ticket).into_bytes(),
        Err(_) => body.unwrap_or_default().to_vec(),
    };
    let key = words.next().map_or_else(
        || format!("{nth}-{}", house.app().clock.now()),
        str::to_owned,
    );
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(IDEMPOTENCY_KEY, key)
        .header("content-type", words.next().unwrap_or("application/json"));
    if let Some(token) = house.token(asker) {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    // What is no request never gets to a router.
    let Ok(request) = request.body(Body::from(body)) else {
        return;
    };
    let answer = house.asks(request);
    holds(&head, &answer);
    if let Some(taken) = ticket_of(&answer) {
        *ticket = taken;
    }
}

#[track_caller]
fn holds(head: &str, answer: &Answer) {
    let told = || format!("{head:?}: {} {}", answer.status, text(answer));
    assert!(answer.status < 500, "{}", told());
    if answer.body.is_empty() || is_page(head) {
        return;
    }
    if answer.status >= 400 {
        assert_eq!(answer.media_type, PROBLEM_JSON, "{}", told());
        let problem: Problem = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|fault| panic!("{fault}: {}", told()));
        assert_eq!(problem.status, answer.status, "{}", told());
        let is_told = !problem.code.is_empty() && !problem.detail.is_empty();
        assert!(is_told, "{}", told());
    } else if answer.media_type == "application/json" {
        let body: Result<serde_json::Value, _> = serde_json::from_slice(&answer.body);
        assert!(body.is_ok(), "{}", told());
    }
}

/// Pages for people, which tell their faults as pages.
fn is_page(head: &str) -> bool {
    let path = head.split_ascii_whitespace().nth(2).unwrap_or_default();
    path.starts_with("/admin") || path.starts_with("/t/")
}

fn ticket_of(answer: &Answer) -> Option<String> {
    if answer.status != 201 {
        return None;
    }
    let body: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
    Some(body.get("id")?.as_str()?.to_owned())
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> (&'a [u8], Option<&'a [u8]>) {
    match bytes.windows(at.len()).position(|window| window == at) {
        Some(found) => (&bytes[..found], Some(&bytes[found + at.len()..])),
        None => (bytes, None),
    }
}
