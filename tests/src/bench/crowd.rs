//! Many screens that only listen, in one process and on one thread: so lean that what is measured is the server.
//!
//! Each answers a ping and notes when it hears a call; nothing else is read. The press is made here too, so that
//! one clock measures both.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use aufruf_client::CommandKey;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::LocalSet;
use tokio::time::{Instant, timeout};

use super::frames::{Frame, Incoming, masked};
use super::http::Keepalive;

/// A call that has not come to everybody by then is lost.
const PATIENCE: Duration = Duration::from_secs(20);
/// Clients that connect from one address of this machine, so that its ports last.
const AN_ADDRESS: usize = 500;

/// What the crowd is sent for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Errand {
    pub(super) address: SocketAddr,
    pub(super) clients: usize,
    /// Where the push channel is.
    pub(super) path: String,
    /// Taken in turns.
    pub(super) tokens: Vec<String>,
    /// The first message of a client, where one is wanted.
    pub(super) hello: Option<String>,
    /// What a call has in it.
    pub(super) marker: String,
    /// What is posted for a call, and with which token.
    pub(super) press: String,
    pub(super) presser: String,
}

/// What came of one press.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Heard {
    /// The answer to the press.
    pub(super) answer: String,
    /// When the one who pressed had it, in microseconds after the press.
    answered: u64,
    /// The call as the last client got it.
    pub(super) message: String,
    /// When each client had it, in microseconds after the press.
    micros: Vec<u64>,
}

impl Heard {
    pub(super) fn answered(&self) -> Duration {
        Duration::from_micros(self.answered)
    }

    pub(super) fn after(&self) -> impl Iterator<Item = Duration> {
        self.micros.iter().copied().map(Duration::from_micros)
    }
}

/// What all clients write into.
#[derive(Debug, Default)]
struct Hall {
    marker: String,
    heard: RefCell<Vec<Instant>>,
    last: RefCell<String>,
    everybody: usize,
    all_have_it: Notify,
}

impl Hall {
    fn hears(&self, text: &[u8]) {
        let at = Instant::now();
        if !is_in(self.marker.as_bytes(), text) {
            return;
        }
        let mut heard = self.heard.borrow_mut();
        heard.push(at);
        if heard.len() == self.everybody {
            *self.last.borrow_mut() = String::from_utf8_lossy(text).into_owned();
            self.all_have_it.notify_one();
        }
    }
}

/// Whether `what` is within the beginning of `text`: a message says at once what it is.
fn is_in(what: &[u8], text: &[u8]) -> bool {
    let beginning = &text[..text.len().min(64)];
    beginning.windows(what.len()).any(|part| part == what)
}

/// Reads its errand as the first line of its input, connects everybody, says `ready`, and makes one press for each
/// further line; ends with its input.
pub async fn listen() -> anyhow::Result<()> {
    LocalSet::new().run_until(gather()).await
}

async fn gather() -> anyhow::Result<()> {
    let mut orders = orders();
    let errand = orders.recv().await.context("no errand")?;
    let errand: Errand = serde_json::from_str(&errand).context("reading the errand")?;
    let hall = Rc::new(Hall {
        marker: errand.marker.clone(),
        everybody: errand.clients,
        ..Hall::default()
    });
    for nth in 0..errand.clients {
        let line = connect(&errand, nth).await?;
        let hall = Rc::clone(&hall);
        tokio::task::spawn_local(async move {
            if let Err(fault) = follow(line, &hall).await {
                eprintln!("a client of the crowd is gone: {fault:#}");
            }
        });
    }
    let mut presser = Keepalive::connect(errand.address, &errand.presser).await?;
    println!("ready");
    while orders.recv().await.is_some() {
        let heard = press(&mut presser, &errand.press, &hall).await?;
        println!("{}", serde_json::to_string(&heard)?);
    }
    Ok(())
}

/// The lines of the input, read on a thread of its own.
fn orders() -> mpsc::UnboundedReceiver<String> {
    let (say, orders) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if say.send(line).is_err() {
                return;
            }
        }
    });
    orders
}

async fn press(presser: &mut Keepalive, path: &str, hall: &Hall) -> anyhow::Result<Heard> {
    hall.heard.borrow_mut().clear();
    let key = CommandKey::fresh();
    let begin = Instant::now();
    let everybody = async {
        hall.all_have_it.notified().await;
        anyhow::Ok(())
    };
    let answer = async {
        let answer = presser.post(path, key.as_str(), "").await?;
        anyhow::Ok((answer, Instant::now()))
    };
    let waited = timeout(PATIENCE, async { tokio::try_join!(answer, everybody) }).await;
    let ((answer, answered), ()) = waited.with_context(|| {
        let heard = hall.heard.borrow().len();
        format!("only {heard} of {} have the call", hall.everybody)
    })??;
    let after = |at: &Instant| u64::try_from(at.duration_since(begin).as_micros());
    let micros = hall
        .heard
        .borrow()
        .iter()
        .map(after)
        .collect::<Result<_, _>>()?;
    let message = hall.last.borrow().clone();
    Ok(Heard {
        answer,
        answered: after(&answered)?,
        message,
        micros,
    })
}

/// Connects, asks for the push channel and says hello.
async fn connect(errand: &Errand, nth: usize) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    let host = u8::try_from(nth / AN_ADDRESS)?.saturating_add(1);
    socket.bind(([127, 0, 0, host], 0).into())?;
    let mut stream = socket.connect(errand.address).await?;
    stream.set_nodelay(true)?;
    let token = &errand.tokens[nth % errand.tokens.len()];
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        errand.path, errand.address
    );
    stream.write_all(request.as_bytes()).await?;
    is_upgraded(&mut stream).await?;
    if let Some(hello) = &errand.hello {
        stream.write_all(&masked(0x1, hello.as_bytes())).await?;
    }
    Ok(stream)
}

/// Reads the answer's head and not a byte more: what follows are messages.
async fn is_upgraded(stream: &mut TcpStream) -> anyhow::Result<()> {
    let mut head = Vec::with_capacity(256);
    while !head.ends_with(b"\r\n\r\n") {
        ensure!(head.len() < 4_096, "an answer without an end");
        head.push(stream.read_u8().await.context("reading the answer")?);
    }
    let text = String::from_utf8_lossy(&head);
    ensure!(text.starts_with("HTTP/1.1 101"), "no push channel: {text}");
    Ok(())
}

async fn follow(mut stream: TcpStream, hall: &Hall) -> anyhow::Result<()> {
    let mut incoming = Incoming::default();
    loop {
        while let Some(frame) = incoming.next()? {
            match frame {
                Frame::Text(text) => hall.hears(text),
                Frame::Ping(payload) => {
                    let pong = masked(0xA, payload);
                    stream.write_all(&pong).await?;
                }
                Frame::Close => bail!("the server has closed the line"),
                Frame::Other => {}
            }
        }
        let count = stream.read_buf(incoming.room()).await?;
        ensure!(count > 0, "the server has hung up");
    }
}
