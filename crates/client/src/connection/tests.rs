//! The connection against a small server at the other end of a line held in memory, so that the
//! clock can be moved; once over TCP, as in the office.

use std::io;
use std::time::Duration;

use aufruf_protocol::latest::{
    CallId, DeviceMessage, DeviceStatus, DisplayView, Hello, OfficeInfo, Resume, Role,
    ServerMessage, View, Welcome,
};
use futures_util::{SinkExt as _, StreamExt as _};
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{Instant, advance, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request as Upgrade, Response};
use tokio_tungstenite::{WebSocketStream, accept_async, accept_hdr_async};

use tokio_tungstenite::tungstenite::handshake::client::Request;

use super::dial::upgrade_request;
use super::*;
use crate::clock::{ManualClock, SystemClock};
use crate::{Address, Token};

/// The other end of the line: takes one connection after the other.
struct Server {
    lines: mpsc::Receiver<DuplexStream>,
}

/// One connection as the server has it.
struct Line<S>(WebSocketStream<S>);

/// Dials into memory. When the server is gone, dialling fails at once.
struct MemoryDial(mpsc::Sender<DuplexStream>, Request);

impl Dial for MemoryDial {
    type Stream = DuplexStream;

    async fn dial(&mut self) -> io::Result<(DuplexStream, Request)> {
        let (ours, theirs) = tokio::io::duplex(16 * 1024);
        let refused = |_| io::Error::from(io::ErrorKind::ConnectionRefused);
        self.0.send(theirs).await.map_err(refused)?;
        Ok((ours, self.1.clone()))
    }
}

impl Server {
    async fn accepts(&mut self) -> Line<DuplexStream> {
        let stream = self.lines.recv().await.expect("the device dials");
        Line(accept_async(stream).await.expect("the device upgrades"))
    }

    /// Accepts, reads the hello and answers with welcome and a snapshot at `seq`.
    async fn welcomes(&mut self, epoch: &str, seq: u64) -> Line<DuplexStream> {
        let mut line = self.accepts().await;
        line.hears_hello().await;
        line.says(&welcome(epoch)).await;
        line.says(&snapshot(seq)).await;
        line
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    async fn says(&mut self, message: &ServerMessage) {
        let text = serde_json::to_string(message).expect("JSON");
        self.0.send(Message::text(text)).await.expect("a line");
    }

    async fn hears(&mut self) -> DeviceMessage {
        let frame = self.0.next().await.expect("a frame").expect("a whole one");
        serde_json::from_str(frame.to_text().expect("text")).expect("a message")
    }

    /// What the device says beside how it is.
    async fn hears_report(&mut self) -> DeviceMessage {
        loop {
            let message = self.hears().await;
            if !matches!(message, DeviceMessage::Status(_)) {
                return message;
            }
        }
    }

    async fn hears_hello(&mut self) -> Hello {
        match self.hears().await {
            DeviceMessage::Hello(hello) => hello,
            other => panic!("wanted hello, got {other:?}"),
        }
    }
}

fn start() -> Timestamp {
    "2026-11-02T08:00:00Z".parse().expect("an instant")
}

fn welcome(epoch: &str) -> ServerMessage {
    ServerMessage::Welcome(Box::new(Welcome {
        protocol: 1,
        software: "test".to_owned(),
        epoch: epoch.to_owned(),
        device: "display-1".to_owned(),
        role: Role::Kiosk,
        now: start(),
        office: OfficeInfo::default(),
    }))
}

fn snapshot(seq: u64) -> ServerMessage {
    let view = View::Display(DisplayView::default());
    ServerMessage::Snapshot { seq, view }
}

fn delta(seq: u64) -> ServerMessage {
    let changes = Vec::new();
    ServerMessage::Delta { seq, changes }
}

fn device(clock: Arc<dyn Clock>) -> (Server, Connection, mpsc::Receiver<Update>) {
    let (dial, lines) = mpsc::channel(1);
    let address = Address::parse("http://office.test").expect("an address");
    let token = Token::parse("abc").expect("a token");
    let request = upgrade_request(&address, token.into_bearer());
    let (connection, updates) = Connection::keep(MemoryDial(dial, request), "display 1", clock);
    (Server { lines }, connection, updates)
}

fn device_with_still_clock() -> (Server, Connection, mpsc::Receiver<Update>) {
    device(Arc::new(ManualClock::at(start())))
}

async fn next_link(updates: &mut mpsc::Receiver<Update>) -> Link {
    loop {
        if let Update::Link(link) = updates.recv().await.expect("an update") {
            return link;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_device_says_hello_and_gets_its_view_before_it_calls_itself_live() {
    let (mut server, _connection, mut updates) = device_with_still_clock();
    let mut line = server.accepts().await;
    let hello = line.hears_hello().await;
    assert_eq!((&*hello.software, hello.resume), ("display 1", None));
    line.says(&welcome("a")).await;
    line.says(&snapshot(7)).await;
    line.says(&delta(8)).await;

    let mut got = Vec::new();
    for _ in 0..5 {
        got.push(updates.recv().await.expect("an update"));
    }
    let expected = [
        Update::Link(Link::Connecting),
        Update::Message(welcome("a")),
        Update::Message(snapshot(7)),
        Update::Link(Link::Live),
        Update::Message(delta(8)),
    ];
    assert_eq!(got, expected);
}

#[tokio::test(start_paused = true)]
async fn a_gap_is_not_passed_on_and_brings_a_fresh_snapshot() {
    let (mut server, _connection, mut updates) = device_with_still_clock();
    let mut line = server.welcomes("a", 7).await;
    line.says(&delta(9)).await;

    let mut second = server.accepts().await;
    assert_eq!(second.hears_hello().await.resume, None);
    second.says(&welcome("a")).await;
    second.says(&snapshot(9)).await;

    let mut links = Vec::new();
    while links.len() < 4 {
        match updates.recv().await.expect("an update") {
            Update::Link(state) => links.push(state),
            Update::Message(message) => assert_ne!(message, delta(9), "a gap was passed on"),
            Update::ServerAhead(_) => {}
        }
    }
    let stale = Link::Stale { since: start() };
    assert_eq!(links, [Link::Connecting, Link::Live, stale, Link::Live]);
}

#[tokio::test(start_paused = true)]
async fn a_short_break_resumes_where_the_stream_stands() {
    let (mut server, _connection, mut updates) = device_with_still_clock();
    let mut line = server.welcomes("a", 7).await;
    line.says(&delta(8)).await;
    while updates.recv().await != Some(Update::Message(delta(8))) {}
    drop(line);

    let mut second = server.accepts().await;
    let epoch = "a".to_owned();
    assert_eq!(
        second.hears_hello().await.resume,
        Some(Resume { epoch, seq: 8 })
    );
    second.says(&welcome("a")).await;
    second.says(&delta(9)).await;
    assert!(matches!(next_link(&mut updates).await, Link::Stale { .. }));
    assert_eq!(next_link(&mut updates).await, Link::Live);
    assert_eq!(updates.recv().await, Some(Update::Message(delta(9))));
}

#[tokio::test(start_paused = true)]
async fn silence_is_told_within_five_seconds_with_the_moment_of_the_last_word() {
    let clock = Arc::new(ManualClock::at(start()));
    let (mut server, _connection, mut updates) = device(clock.clone());
    let mut line = server.welcomes("a", 7).await;
    while next_link(&mut updates).await != Link::Live {}

    // Pings keep it live for longer than the silence would be allowed to last.
    for _ in 0..4 {
        advance(Duration::from_secs(2)).await;
        clock.advance(SignedDuration::from_secs(2));
        line.says(&ServerMessage::Ping { now: clock.now() }).await;
        assert!(matches!(
            updates.recv().await,
            Some(Update::Message(ServerMessage::Ping { .. }))
        ));
    }
    let last_word = clock.now();
    let silent_from = Instant::now();
    let state = next_link(&mut updates).await;
    assert_eq!(state, Link::Stale { since: last_word });
    assert!(silent_from.elapsed() <= Duration::from_secs(5));
    drop(line);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_the_line_and_says_nothing_is_tried_again() {
    let (mut server, _connection, _updates) = device_with_still_clock();
    let _mute = server.accepts().await;
    let mut second = server.accepts().await;
    second.hears_hello().await;
}

#[tokio::test(start_paused = true)]
async fn a_device_comes_back_after_a_day_without_a_server_and_never_waits_longer_than_5_s() {
    let (mut server, _connection, mut updates) = device_with_still_clock();
    let line = server.welcomes("a", 7).await;
    while next_link(&mut updates).await != Link::Live {}
    drop(line);

    let down_from = Instant::now();
    let mut last_try = down_from;
    let mut tries = 0;
    while down_from.elapsed() < Duration::from_hours(24) {
        drop(server.lines.recv().await.expect("the device dials"));
        assert!(last_try.elapsed() <= Duration::from_secs(5));
        last_try = Instant::now();
        tries += 1;
    }
    assert!(tries > 17_000, "only {tries} tries in a day");
    let _line = server.welcomes("b", 1).await;
    assert!(matches!(next_link(&mut updates).await, Link::Stale { .. }));
    assert_eq!(next_link(&mut updates).await, Link::Live);
}

#[tokio::test(start_paused = true)]
async fn what_is_said_while_the_line_is_broken_is_sent_when_it_is_back() {
    let (mut server, connection, _updates) = device_with_still_clock();
    let report = DeviceMessage::Painted { call: CallId(3) };
    connection.send(report.clone());
    let mut line = server.welcomes("a", 7).await;
    assert_eq!(line.hears_report().await, report);
}

#[tokio::test(start_paused = true)]
async fn the_server_hears_how_far_a_devices_clock_is_off_also_from_a_device_that_says_nothing() {
    let clock = ManualClock::at(start() - SignedDuration::from_secs(90));
    let (mut server, connection, _updates) = device(Arc::new(clock));
    let mut line = server.welcomes("a", 7).await;
    let status = |fault: Option<&str>| {
        DeviceMessage::Status(DeviceStatus {
            faults: fault.map(str::to_owned).into_iter().collect(),
            clock_offset_ms: Some(-90_000),
            ..DeviceStatus::default()
        })
    };
    assert_eq!(line.hears().await, status(None));
    let said = DeviceStatus {
        faults: vec!["no sound".to_owned()],
        ..DeviceStatus::default()
    };
    connection.send(DeviceMessage::Status(said));
    assert_eq!(line.hears().await, status(Some("no sound")));
    drop(line);
    let mut line = server.welcomes("b", 1).await;
    assert_eq!(line.hears().await, status(Some("no sound")), "said again");
}

#[tokio::test(start_paused = true)]
async fn a_device_whose_clock_is_wrong_knows_by_how_much() {
    let clock = ManualClock::at(start() - SignedDuration::from_secs(90));
    let (mut server, _connection, mut updates) = device(Arc::new(clock));
    let _line = server.welcomes("a", 7).await;
    assert_eq!(updates.recv().await, Some(Update::Link(Link::Connecting)));
    let ahead = SignedDuration::from_secs(90);
    assert_eq!(updates.recv().await, Some(Update::ServerAhead(ahead)));
}

#[tokio::test(start_paused = true)]
async fn a_device_that_listens_no_more_hangs_up() {
    let (mut server, connection, updates) = device_with_still_clock();
    let mut line = server.welcomes("a", 7).await;
    drop((connection, updates));
    while let Some(Ok(_)) = line.0.next().await {}
    assert!(server.lines.recv().await.is_none(), "it dialled again");
}

#[tokio::test]
#[expect(
    clippy::result_large_err,
    reason = "the signature is the library's callback"
)]
async fn over_tcp_the_device_shows_its_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("its address"));
    let token = Token::parse("s3cret").expect("a token");
    let way = Way::to(&server, token).expect("an address");
    let (_connection, mut updates) = Connection::open(&way, "display 1", Arc::new(SystemClock));

    let (stream, _) = listener.accept().await.expect("the device connects");
    let shows_token = |request: &Upgrade, response: Response| {
        assert_eq!(request.headers()["authorization"], "Bearer s3cret");
        assert_eq!(request.uri().path(), "/api/v1/ws");
        Ok(response)
    };
    let upgraded = accept_hdr_async(stream, shows_token).await;
    let mut channel = Line(upgraded.expect("the device upgrades"));
    channel.hears_hello().await;
    channel.says(&welcome("a")).await;
    channel.says(&snapshot(7)).await;
    let live = async { while next_link(&mut updates).await != Link::Live {} };
    let patience = Duration::from_secs(10);
    timeout(patience, live).await.expect("live within 10 s");
}
