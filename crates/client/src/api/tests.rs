//! Commands against a server that answers each connection with what the test says.

use aufruf_protocol::latest::{IssueTicket, ServiceKey};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::{Token, Way};

/// A server of one answer a connection.
pub(super) struct Server {
    listener: TcpListener,
}

impl Server {
    pub(super) async fn starts() -> (Self, Api) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let token = Token::parse("s3cret").expect("a token");
        let way = Way::to(&address, token).expect("an address");
        let api = Api::by(&way).expect("a client");
        (Self { listener }, api)
    }

    /// Takes one request and gives its text.
    async fn hears(&self) -> (TcpStream, String) {
        let (mut stream, _) = self.listener.accept().await.expect("a request");
        let mut text = Vec::new();
        while !is_whole(&text) {
            let read = stream.read_buf(&mut text).await.expect("bytes");
            assert_ne!(read, 0, "the request ended early");
        }
        (stream, String::from_utf8(text).expect("text"))
    }

    pub(super) async fn answers(&self, status: &str, body: &str) -> String {
        let (mut stream, request) = self.hears().await;
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        stream.write_all(answer.as_bytes()).await.expect("answered");
        request
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length"))
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let mut lines = request.lines();
    let found = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.expect("the header")
}

const NOBODY: &str = r#"{"nobody":{"reason":"nobody_waiting"}}"#;

#[tokio::test]
async fn a_command_carries_its_key_and_the_token_and_its_path_is_escaped() {
    let (server, api) = Server::starts().await;
    let key = CommandKey::fresh();
    let counter = CounterKey::new("counter 4");
    let (reply, request) = tokio::join!(api.next(&key, &counter), server.answers("200 OK", NOBODY));
    assert!(reply.expect("an answer").nobody.is_some());
    assert!(
        request.starts_with("POST /api/v1/counters/counter%204/next "),
        "{request}"
    );
    assert_eq!(header(&request, "idempotency-key"), key.as_str());
    assert_eq!(header(&request, "authorization"), "Bearer s3cret");
}

#[tokio::test]
async fn a_broken_answer_is_asked_for_again_under_the_same_key() {
    let (server, api) = Server::starts().await;
    let (key, counter) = (CommandKey::fresh(), CounterKey::new("counter-4"));
    let flaky = async {
        let (cut, first) = server.hears().await;
        drop(cut);
        let second = server
            .answers("503 Service Unavailable", r#"{"status":503}"#)
            .await;
        let third = server.answers("200 OK", NOBODY).await;
        [first, second, third].map(|request| header(&request, "idempotency-key").to_owned())
    };
    let (reply, keys) = tokio::join!(api.next(&key, &counter), flaky);
    reply.expect("an answer in the end");
    assert!(keys.iter().all(|sent| sent == key.as_str()), "{keys:?}");
}

#[tokio::test]
async fn a_refusal_comes_at_once_with_its_code() {
    let (server, api) = Server::starts().await;
    let key = CommandKey::fresh();
    let wish = IssueTicket {
        services: vec![ServiceKey::new("passport")],
        language: "de".to_owned(),
        needs: Vec::new(),
        persons: None,
        priority: None,
        shown: None,
    };
    let problem = Problem::new(409, "closed", "Closed", "The office is closed.");
    let body = serde_json::to_string(&problem).expect("JSON");
    let (reply, request) = tokio::join!(
        api.issue_ticket(&key, &wish),
        server.answers("409 Conflict", &body)
    );
    assert!(matches!(reply, Err(ApiError::Refused(refused)) if refused == problem));
    assert!(request.ends_with(r#"{"services":["passport"],"language":"de"}"#));
}

#[tokio::test]
async fn a_step_with_a_visit_says_in_its_body_what_it_needs() {
    let (server, api) = Server::starts().await;
    let ticket = TicketId(uuid::Uuid::nil());
    for (action, path, body) in [
        (TicketAction::Park, "park", ""),
        (TicketAction::Undo, "undo", ""),
        (TicketAction::Pause(10), "pause", r#"{"minutes":10}"#),
        (
            TicketAction::Resume(CounterKey::new("counter-4")),
            "resume",
            r#"{"counter":"counter-4"}"#,
        ),
    ] {
        let key = CommandKey::fresh();
        let problem = r#"{"status":409,"title":"No","detail":"no","code":"wrong_state"}"#;
        let (_, request) = tokio::join!(
            api.act(&key, ticket, action),
            server.answers("409 Conflict", problem)
        );
        assert!(
            request.starts_with(&format!("POST /api/v1/tickets/{}/{path} ", ticket.0)),
            "{request}"
        );
        assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
    }
}

#[tokio::test]
async fn a_command_that_is_answered_with_nothing_is_done() {
    let (server, api) = Server::starts().await;
    let (key, counter) = (CommandKey::fresh(), CounterKey::new("counter-4"));
    let (reply, request) = tokio::join!(
        api.raise_emergency(&key, &counter),
        server.answers("204 No Content", "")
    );
    reply.expect("done");
    assert!(
        request.starts_with("POST /api/v1/emergencies "),
        "{request}"
    );
    assert!(request.ends_with(r#"{"counter":"counter-4"}"#), "{request}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_away_is_told_after_four_seconds_of_trying() {
    let (server, api) = Server::starts().await;
    drop(server);
    let asked = Instant::now();
    let key = CommandKey::fresh();
    let reply = api
        .act(&key, TicketId(uuid::Uuid::nil()), TicketAction::Start)
        .await;
    assert!(
        matches!(reply, Err(ApiError::Unreachable { .. })),
        "{reply:?}"
    );
    let waited = asked.elapsed();
    assert!(waited >= Duration::from_secs(3), "gave up after {waited:?}");
    assert!(waited <= PATIENCE, "tried for {waited:?}");
    assert!(!api.is_ready().await);
}
