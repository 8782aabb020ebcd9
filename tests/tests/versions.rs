//! One version older or newer still works: devices with this server, and this version's devices with another server.
//! Real sockets; what the other version says is JSON as it would write it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use aufruf_client::clock::SystemClock;
use aufruf_client::{
    Api, ApiError, CommandKey, Connection, Link, Mirror, TicketAction, Token, Update, Way,
};
use aufruf_protocol::latest::{
    CounterKey, CounterMode, NobodyReason, OfferState, TicketId, TicketState,
};
use aufruf_tests::office::TestOffice;
use aufruf_tests::raw_http::{Answer, ask, bearer};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, accept_async, client_async};

const PATIENCE: Duration = Duration::from_secs(10);

/// One end of a push channel, which says and hears JSON.
struct Channel(WebSocketStream<TcpStream>);

impl Channel {
    /// A device's end.
    async fn of(office: &mut TestOffice, device: &str) -> anyhow::Result<Self> {
        let address = office.server().address();
        let mut request = format!("ws://{address}/api/v1/ws").into_client_request()?;
        let token = format!("Bearer {}", office.device_token(device)?);
        request
            .headers_mut()
            .insert("authorization", token.parse()?);
        let stream = TcpStream::connect(address).await?;
        let (channel, _) = client_async(request, stream).await?;
        Ok(Self(channel))
    }

    async fn says(&mut self, message: Value) -> anyhow::Result<()> {
        let text = Message::text(message.to_string());
        self.0.send(text).await.context("saying something")
    }

    /// The next message of this type.
    async fn hears(&mut self, kind: &str) -> anyhow::Result<Value> {
        let heard = timeout(PATIENCE, async {
            while let Some(frame) = self.0.next().await {
                if let Message::Text(text) = frame? {
                    let message: Value = serde_json::from_str(&text)?;
                    if message["type"] == kind {
                        return Ok(message);
                    }
                }
            }
            bail!("the line was closed before {kind}")
        });
        heard.await.with_context(|| format!("no {kind} in time"))?
    }
}

/// A command of a panel, as another version writes it.
async fn does(
    office: &mut TestOffice,
    device: &str,
    path: &str,
    body: &str,
) -> anyhow::Result<Answer> {
    let address = office.server().address();
    let key = CommandKey::fresh();
    let headers = [
        bearer(office.device_token(device)?),
        format!("Idempotency-Key: {}", key.as_str()),
    ];
    ask(address, &format!("POST /api/v1/{path}"), &headers, body).await
}

/// Of which version a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Older,
    Newer,
}

/// Somebody takes a ticket, is called, seen on the display and served. Newer devices add what nobody here knows.
async fn a_visit_goes_its_way(office: &mut TestOffice, version: Version) -> anyhow::Result<()> {
    let newer = version == Version::Newer;
    let put = |mut old: Value, new: Value| {
        if let (true, Some(old), Value::Object(new)) = (newer, old.as_object_mut(), new) {
            old.extend(new);
        }
        old.to_string()
    };
    let mut display = Channel::of(office, "display-1").await?;
    let hello = json!({"type": "hello", "protocol": 1, "software": "aufruf-display 0.0.9"});
    let later = json!({"protocol": 2, "colours": ["red"], "software": "aufruf-display 9.0.0"});
    display
        .says(serde_json::from_str(&put(hello, later))?)
        .await?;
    let welcome = display.hears("welcome").await?;
    ensure!(welcome["protocol"] == 1, "{welcome}");
    let snapshot = display.hears("snapshot").await?;
    ensure!(snapshot["view"]["of"] == "display", "{snapshot}");

    let wish = json!({"services": ["id-card"], "language": "de"});
    let later = json!({"needs": ["jet_pack"], "hologram": {"of": "visitor"}});
    let taken = does(office, "kiosk-wire", "tickets", &put(wish, later)).await?;
    ensure!(taken.status == 201, "{taken:?}");
    let ticket: Value = taken.read()?;
    let panel = "panel-of-counter-1";
    let open = if newer {
        r#"{"clerk":"ada","mood":"well"}"#
    } else {
        ""
    };
    let opened = does(office, panel, "counters/counter-1/open", open).await?;
    ensure!(opened.status == 200, "{opened:?}");
    let called = does(office, panel, "counters/counter-1/next", "").await?;
    let called: Value = called.read()?;
    ensure!(called["called"]["ticket"]["id"] == ticket["id"], "{called}");

    let call = display.hears("call").await?;
    if newer {
        display
            .says(json!({"type": "sung", "call": 1, "key": "c minor"}))
            .await?;
        let status = json!({"type": "status", "faults": [], "paper": "scented", "sound": "dolby", "mood": 3});
        display.says(status).await?;
    } else {
        display
            .says(json!({"type": "status", "faults": []}))
            .await?;
    }
    let painted = json!({"type": "painted", "call": call["call"]["id"]});
    display.says(painted).await?;
    office
        .observer()
        .sees("the call is painted", |view| {
            let counter = view.counter(&CounterKey::new("counter-1"))?;
            (counter.seen?.painted == 1).then_some(())
        })
        .await?;
    let id = ticket["id"].as_str().context("an id")?;
    for (step, later) in [("start", ""), ("finish", r#"{"stars":5}"#)] {
        let body = if newer { later } else { "" };
        let done = does(office, panel, &format!("tickets/{id}/{step}"), body).await?;
        ensure!(done.status == 200, "{done:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_knows_only_the_first_fields_and_messages_works_here() -> anyhow::Result<()> {
    let mut office = TestOffice::opens().start().await?;
    a_visit_goes_its_way(&mut office, Version::Older).await?;
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_says_more_than_this_server_knows_works_here() -> anyhow::Result<()> {
    let mut office = TestOffice::opens().start().await?;
    a_visit_goes_its_way(&mut office, Version::Newer).await?;
    office.closes().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_this_server_cannot_act_on_is_refused_with_a_reason() -> anyhow::Result<()> {
    let mut office = TestOffice::opens().start().await?;
    let panel = "panel-of-counter-1";
    let wish = r#"{"services":["id-card"],"language":"de"}"#;
    let taken: Value = does(&mut office, panel, "tickets", wish).await?.read()?;
    let id = taken["id"].as_str().context("an id")?.to_owned();
    for (step, body, code) in [
        ("finish", r#"{"result":"postponed"}"#, "result_unknown"),
        (
            "transfer",
            r#"{"target":{"to":"moon","phase":4}}"#,
            "target_unknown",
        ),
    ] {
        let path = format!("tickets/{id}/{step}");
        let refused = does(&mut office, panel, &path, body).await?;
        ensure!(refused.status == 422, "{refused:?}");
        ensure!(refused.read::<Value>()?["code"] == code, "{refused:?}");
    }
    office.closes().await
}

/// A server of another version: what it says over the push channel, and what it answers to any command.
struct OtherServer {
    address: SocketAddr,
    /// The lines of its devices, one after the other.
    lines: mpsc::UnboundedReceiver<Channel>,
}

impl OtherServer {
    async fn answers(
        answers: &'static [(&'static str, u16, &'static str)],
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (tell, lines) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, tell.clone(), answers));
            }
        });
        Ok(Self { address, lines })
    }

    fn way(&self) -> anyhow::Result<Way> {
        Ok(Way::to(
            &format!("http://{}", self.address),
            Token::parse("s3cret")?,
        )?)
    }

    async fn line(&mut self) -> anyhow::Result<Channel> {
        let line = timeout(PATIENCE, self.lines.recv()).await;
        line.context("no device dials")?
            .context("the server listens")
    }
}

async fn serve(
    stream: TcpStream,
    tell: mpsc::UnboundedSender<Channel>,
    answers: &'static [(&'static str, u16, &'static str)],
) -> anyhow::Result<()> {
    let mut first = [0; 64];
    let read = stream.peek(&mut first).await?;
    if String::from_utf8_lossy(&first[..read]).contains("/api/v1/ws") {
        let _nobody_listens = tell.send(Channel(accept_async(stream).await?));
        return Ok(());
    }
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(stream.read_line(&mut head).await? > 0);
        }
        let lower = head.to_ascii_lowercase();
        let length = lower.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()).unwrap_or("0");
        let mut body = vec![0; length.trim().parse()?];
        stream.read_exact(&mut body).await?;
        let path = head.split(' ').nth(1).unwrap_or_default();
        let found = answers.iter().find(|(end, ..)| path.ends_with(end));
        let (_, status, body) = found.copied().unwrap_or(("", 404, "{}"));
        let answer = format!(
            "HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}

/// What a device makes of what it is told.
struct Watcher {
    _connection: Connection,
    updates: mpsc::Receiver<Update>,
    mirror: Mirror,
}

impl Watcher {
    fn of(server: &OtherServer) -> anyhow::Result<Self> {
        let clock = Arc::new(SystemClock);
        let (connection, updates) = Connection::open(&server.way()?, "aufruf-tests", clock);
        Ok(Self {
            _connection: connection,
            updates,
            mirror: Mirror::default(),
        })
    }

    async fn until(&mut self, what: &str, is_so: impl Fn(&Mirror) -> bool) -> anyhow::Result<()> {
        let waited = timeout(PATIENCE, async {
            while !is_so(&self.mirror) {
                let update = self.updates.recv().await.context("the connection ended")?;
                self.mirror.take(&update);
            }
            anyhow::Ok(())
        });
        waited.await.with_context(|| format!("in vain: {what}"))?
    }
}

fn welcome(protocol: u32, role: &Value, office: &Value) -> Value {
    json!({"type": "welcome", "protocol": protocol, "software": "aufruf-server", "epoch": "e",
        "device": "x", "role": role, "now": "2026-11-23T08:00:00Z", "office": office})
}

/// The office with nothing but what its first version told.
fn office() -> Value {
    json!({"version": 1, "name": {"de": "Amt"}, "languages": ["de"], "time_zone": "Europe/Berlin",
        "counter_word": {"de": "Platz"}, "areas": [{"key": "ground", "name": {"de": "Halle"}}],
        "queues": [{"key": "ids", "name": {"de": "Ausweise"}, "prefix": "A"}],
        "services": [{"key": "id-card", "queue": "ids", "name": {"de": "Ausweis"}}],
        "counters": [{"key": "counter-1", "name": "1", "area": "ground", "skills": ["id-card"],
            "way": {"text": {"de": "links"}, "arrow": "left"}}]})
}

/// A ticket with nothing but what the first version told, in this state.
fn ticket(state: &str) -> Value {
    json!({"id": "00000000-0000-0000-0000-00000000000c", "number": "A012", "state": state,
        "queue": "ids", "services": ["id-card"], "persons": 1, "language": "de", "priority": 3,
        "source": "kiosk", "place": {"at": "2026-11-23T08:00:00Z", "seq": 7},
        "since": "2026-11-23T08:00:00Z", "calls": 0})
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_go_on_with_a_server_that_says_more_than_they_know() -> anyhow::Result<()> {
    let mut server = OtherServer::answers(&[]).await?;
    let mut device = Watcher::of(&server)?;
    let mut line = server.line().await?;
    let hello = line.hears("hello").await?;
    ensure!(hello["protocol"] == 1, "{hello}");
    let mut office = office();
    office["anthem"] = json!("la la");
    office["counters"][0]["way"]["arrow"] = json!("spiral");
    line.says(welcome(
        2,
        &json!({"role": "panel", "counter": "counter-1", "floor": 3}),
        &office,
    ))
    .await?;
    let view = json!({"of": "panel", "tickets": [ticket("levitating")], "queues": [], "finished": 0,
        "counters": [{"counter": "counter-1", "mode": "dreaming", "chair": "red"}], "weather": "fine"});
    line.says(json!({"type": "snapshot", "seq": 1, "view": view, "signed": true}))
        .await?;
    device
        .until("the view is there", |mirror| mirror.link == Link::Live)
        .await?;
    let panel = device.mirror.panel().context("a panel")?;
    ensure!(panel.tickets[0].state == TicketState::Unknown);
    ensure!(panel.counters[0].mode == CounterMode::Unknown);

    // A message without a number changes nothing; one with a number is a gap, and a snapshot mends it.
    line.says(json!({"type": "fanfare", "volume": 11})).await?;
    let changes = json!([{"change": "balloon", "row": {}}, {"change": "finished", "finished": 4}]);
    line.says(json!({"type": "delta", "seq": 2, "changes": changes}))
        .await?;
    device
        .until("the rest of the delta", |mirror| {
            mirror.panel().is_some_and(|view| view.finished == 4)
        })
        .await?;
    line.says(json!({"type": "parade", "seq": 3})).await?;
    line.says(
        json!({"type": "delta", "seq": 4, "changes": [{"change": "finished", "finished": 5}]}),
    )
    .await?;
    let mut again = server.line().await?;
    again.hears("hello").await?;
    again
        .says(welcome(2, &json!({"role": "wizard"}), &office))
        .await?;
    let view = json!({"of": "kiosk", "prints": [], "offers":
        [{"service": "id-card", "state": "raffled", "waiting": 0, "odds": 0.5}]});
    again
        .says(json!({"type": "snapshot", "seq": 9, "view": view}))
        .await?;
    device
        .until("the view is there again", |mirror| mirror.kiosk().is_some())
        .await?;
    let kiosk = device.mirror.kiosk().context("a kiosk")?;
    ensure!(kiosk.offers[0].state == OfferState::Unknown);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_go_on_with_a_server_that_leaves_out_what_it_does_not_know() -> anyhow::Result<()> {
    let mut server = OtherServer::answers(&[]).await?;
    let mut device = Watcher::of(&server)?;
    let mut line = server.line().await?;
    line.hears("hello").await?;
    line.says(welcome(
        1,
        &json!({"role": "panel", "counter": "counter-1"}),
        &office(),
    ))
    .await?;
    let view = json!({"of": "panel", "tickets": [ticket("waiting")], "queues": [{"queue": "ids", "waiting": 1}],
        "counters": [{"counter": "counter-1", "mode": "open"}], "finished": 0});
    line.says(json!({"type": "snapshot", "seq": 1, "view": view}))
        .await?;
    device
        .until("the view is there", |mirror| mirror.link == Link::Live)
        .await?;
    let panel = device.mirror.panel().context("a panel")?;
    ensure!(panel.faults.is_empty() && panel.locks.is_empty() && panel.emergencies.is_empty());
    ensure!(panel.tickets[0].promise.is_none());
    let office = device.mirror.office().context("an office")?;
    ensure!(office.undo_within_secs == 0 && !office.queues[0].checks_in);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_another_version_are_understood() -> anyhow::Result<()> {
    let newer =
        r#"{"nobody":{"reason":"siesta","until":"2026-11-23T12:00:00Z","dreams":[]},"tip":"rest"}"#;
    let refusal = r#"{"type":"about:blank","status":409,"title":"x","detail":"y","code":"moon_full","phase":1}"#;
    let older = r#"{"id":"00000000-0000-0000-0000-00000000000c","number":"A012","state":"serving","queue":"ids","services":["id-card"],"persons":1,"language":"de","priority":3,"source":"kiosk","place":{"at":"2026-11-23T08:00:00Z","seq":7},"since":"2026-11-23T08:00:00Z","calls":1}"#;
    let answers = Box::leak(Box::new([
        ("/next", 200, newer),
        ("/miss", 409, refusal),
        ("/start", 200, older),
    ]));
    let server = OtherServer::answers(answers).await?;
    let api = Api::by(&server.way()?)?;
    let next = api
        .next(&CommandKey::fresh(), &CounterKey::new("counter-1"))
        .await?;
    ensure!(
        next.nobody
            .is_some_and(|nobody| nobody.reason == NobodyReason::Unknown)
    );
    let id = TicketId("00000000-0000-0000-0000-00000000000c".parse()?);
    let row = api
        .act(&CommandKey::fresh(), id, TicketAction::Start)
        .await?;
    ensure!(row.state == TicketState::Serving && row.why.is_none());
    let refused = api.act(&CommandKey::fresh(), id, TicketAction::Miss).await;
    ensure!(matches!(refused, Err(ApiError::Refused(problem)) if problem.code == "moon_full"));
    Ok(())
}
