//! The task behind a [`Connection`](super::Connection): one line after the other, and what is told
//! of them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest::{
    DeviceMessage, DeviceStatus, Hello, PROTOCOL, PairingCode, ServerMessage,
};
use futures_util::{SinkExt as _, StreamExt as _};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tracing::{debug, info, warn};

use super::Update;
use super::dial::{Dial, DialError, open_line};
use super::outbox::Outbox;
use super::position::{Position, Step};
use crate::clock::Clock;
use crate::logging::chain;
use crate::way::Approach;
use crate::{Backoff, Link};

/// The server pings every 2 s, and screens must say within 5 s that it is away.
const SILENCE: Duration = Duration::from_secs(4);
/// A line that was live for so long was a good one: the next wait is short again.
const GOOD_LINE: Duration = Duration::from_secs(10);
/// For whoever reads the log.
const HINT: &str = "; this device believes another server: where the server was set up anew, delete authority.der in the device's state folder; where a date is wrong, set the clock of this box or of the server";
/// How often a device that waits to be let in asks whether it was.
const ASKED_EVERY: Duration = Duration::from_secs(4);
/// A change of the clocks' difference below this is the way of the message, not the clock.
const NOTICEABLE: SignedDuration = SignedDuration::from_millis(250);

/// Keeps one device connected.
#[derive(Debug)]
pub(crate) struct Keeper {
    software: String,
    clock: Arc<dyn Clock>,
    outbox: Arc<Outbox>,
    updates: mpsc::Sender<Update>,
    position: Position,
    link: Link,
    /// By the device's clock; none before the first word of the server.
    heard_at: Option<Timestamp>,
    live_since: Option<Instant>,
    server_ahead: Option<SignedDuration>,
    /// How the device says that it is.
    status: DeviceStatus,
    /// The server has to hear the status anew: another line, or another difference of the clocks.
    status_is_due: bool,
    /// Why the line is down, as the log has it.
    told_reason: Option<String>,
}

/// Why a line ended.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error(transparent)]
    NoLine(#[from] DialError),
    #[error("the server was silent for {} s", SILENCE.as_secs())]
    Silent,
    #[error("the server closed the line")]
    Closed,
    #[error("the line broke")]
    Broken {
        #[source]
        source: tungstenite::Error,
    },
    #[error("the server said something unreadable")]
    Unreadable {
        #[source]
        source: serde_json::Error,
    },
    #[error("messages were missed (expected {expected:?}, got {got})")]
    Gap { expected: Option<u64>, got: u64 },
    /// The server does not know the device.
    #[error("the code {code} has to be approved")]
    Unknown { code: PairingCode },
    #[error("{reason}")]
    Nowhere { reason: String },
    /// The device has stopped listening: the only end there is.
    #[error("nobody listens to the connection any more")]
    NobodyListens,
}

impl Keeper {
    pub(crate) fn new(
        software: &str,
        clock: Arc<dyn Clock>,
        outbox: Arc<Outbox>,
        updates: mpsc::Sender<Update>,
    ) -> Self {
        Self {
            software: software.to_owned(),
            clock,
            outbox,
            updates,
            position: Position::default(),
            link: Link::Connecting,
            heard_at: None,
            live_since: None,
            server_ahead: None,
            status: DeviceStatus::default(),
            status_is_due: false,
            told_reason: None,
        }
    }

    /// Runs until nobody listens to the updates any more.
    pub(crate) async fn run<D: Dial>(mut self, mut dial: D) {
        let mut backoff = Backoff::default();
        if self.tell(Update::Link(Link::Connecting)).await.is_err() {
            return;
        }
        loop {
            let Err(lost) = self.try_once(&mut dial).await;
            match &lost {
                Lost::NobodyListens => return,
                Lost::Unknown { code } => {
                    if self
                        .tell_link(Link::Unpaired { code: *code })
                        .await
                        .is_err()
                    {
                        return;
                    }
                    sleep(ASKED_EVERY).await;
                    continue;
                }
                Lost::NoLine(why) => dial.failed(why),
                _ => {}
            }
            if self
                .live_since
                .take()
                .is_some_and(|since| since.elapsed() >= GOOD_LINE)
            {
                backoff.reset();
            }
            if self.note_loss(&lost).await.is_err() {
                return;
            }
            sleep(backoff.next_wait(dice())).await;
        }
    }

    async fn try_once<D: Dial>(&mut self, dial: &mut D) -> Result<Infallible, Lost> {
        match dial.approach().await {
            Approach::Go => self.hold_line(dial).await,
            Approach::Waits(code) => Err(Lost::Unknown { code }),
            Approach::Nowhere(reason) => Err(Lost::Nowhere { reason }),
        }
    }

    /// One line from dialling to its loss.
    async fn hold_line<D: Dial>(&mut self, dial: &mut D) -> Result<Infallible, Lost> {
        let mut line = open_line(dial).await?;
        let hello = DeviceMessage::Hello(Hello {
            protocol: PROTOCOL,
            software: self.software.clone(),
            resume: self.position.resume(),
        });
        say(&mut line, &hello).await?;
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                frame = timeout_at(heard + SILENCE, line.next()) => {
                    let frame = frame.map_err(|_| Lost::Silent)?;
                    let frame = frame.ok_or(Lost::Closed)?;
                    let frame = frame.map_err(|source| Lost::Broken { source })?;
                    let was_live = self.live_since.is_some();
                    self.hear(&frame).await?;
                    if !was_live && self.live_since.is_some() {
                        dial.arrived();
                        self.status_is_due = true;
                    }
                    if self.status_is_due && self.live_since.is_some() {
                        say(&mut line, &self.own_status()).await?;
                    }
                    dial.tend(self.clock.now());
                    heard = Instant::now();
                }
                // Reports may be about what the server said on this line: only after the welcome.
                message = self.outbox.next(), if self.live_since.is_some() => {
                    let message = self.with_clock(message);
                    if let Err(lost) = say(&mut line, &message).await {
                        self.outbox.put_back(message);
                        return Err(lost);
                    }
                }
            }
        }
    }

    /// Takes one frame: any of them is a sign of life.
    async fn hear(&mut self, frame: &Message) -> Result<(), Lost> {
        self.heard_at = Some(self.clock.now());
        let Message::Text(text) = frame else {
            return Ok(());
        };
        let message: ServerMessage =
            serde_json::from_str(text).map_err(|source| Lost::Unreadable { source })?;
        if let Step::Gap { expected, got } = self.position.take(&message) {
            return Err(Lost::Gap { expected, got });
        }
        self.compare_clocks(&message).await?;
        let first_words = matches!(
            message,
            ServerMessage::Welcome(_) | ServerMessage::Snapshot { .. }
        );
        self.tell(Update::Message(message)).await?;
        if first_words && self.position.is_known() {
            self.note_live().await?;
        }
        Ok(())
    }

    async fn compare_clocks(&mut self, message: &ServerMessage) -> Result<(), Lost> {
        let server_now = match message {
            ServerMessage::Welcome(welcome) => welcome.now,
            ServerMessage::Ping { now } => *now,
            _ => return Ok(()),
        };
        let ahead = server_now.duration_since(self.clock.now());
        let known = self.server_ahead.unwrap_or(SignedDuration::ZERO);
        if (ahead - known).abs() < NOTICEABLE {
            return Ok(());
        }
        self.server_ahead = Some(ahead);
        self.status_is_due = true;
        self.tell(Update::ServerAhead(ahead)).await
    }

    async fn note_live(&mut self) -> Result<(), Lost> {
        self.live_since.get_or_insert_with(Instant::now);
        if self.link == Link::Live {
            return Ok(());
        }
        info!("connected to the office server");
        self.told_reason = None;
        self.link = Link::Live;
        self.tell(Update::Link(Link::Live)).await
    }

    /// Tells a loss once, and why the line stays down whenever the reason is another one: a wrong token
    /// has to be seen in the log, but not every five seconds.
    async fn note_loss(&mut self, lost: &Lost) -> Result<(), Lost> {
        let mut reason = chain(lost);
        if reason.contains("invalid peer certificate") {
            reason.push_str(HINT);
        }
        if self.link != Link::Live {
            // A code that nobody keeps any more is not shown on.
            if let Link::Unpaired { .. } = self.link {
                self.tell_link(Link::Connecting).await?;
            }
            if self.told_reason.as_ref() == Some(&reason) {
                debug!("still no line to the office server: {reason}");
            } else {
                warn!("no line to the office server, trying for ever: {reason}");
                self.told_reason = Some(reason);
            }
            return Ok(());
        }
        warn!("lost the office server, trying again: {reason}");
        let since = self.heard_at.unwrap_or_else(|| self.clock.now());
        self.link = Link::Stale { since };
        self.tell(Update::Link(self.link)).await
    }

    /// The status that the device said last, with what the connection alone knows.
    fn own_status(&mut self) -> DeviceMessage {
        self.status_is_due = false;
        let ahead = self.server_ahead.unwrap_or(SignedDuration::ZERO);
        self.status.clock_offset_ms = i64::try_from(-ahead.as_millis()).ok();
        DeviceMessage::Status(self.status.clone())
    }

    /// A status is kept, to be said again on the next line.
    fn with_clock(&mut self, message: DeviceMessage) -> DeviceMessage {
        match message {
            DeviceMessage::Status(status) => {
                self.status = status;
                self.own_status()
            }
            other => other,
        }
    }

    async fn tell_link(&mut self, link: Link) -> Result<(), Lost> {
        if self.link == link {
            return Ok(());
        }
        self.link = link;
        self.told_reason = None;
        if let Link::Unpaired { code } = link {
            warn!("the office server does not know this device: approve the code {code}");
        }
        self.tell(Update::Link(link)).await
    }

    async fn tell(&self, update: Update) -> Result<(), Lost> {
        let told = self.updates.send(update).await;
        told.map_err(|_| Lost::NobodyListens)
    }
}

/// Sends one message. A line that takes nothing for so long is as good as silent.
async fn say<S>(line: &mut WebSocketStream<S>, message: &DeviceMessage) -> Result<(), Lost>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let text = serde_json::to_string(message).expect("a message of ours is JSON");
    timeout(SILENCE, line.send(Message::text(text)))
        .await
        .map_err(|_| Lost::Silent)?
        .map_err(|source| Lost::Broken { source })
}

/// Randomness only spreads devices in time: without it they would all come at once, which works too.
fn dice() -> u32 {
    getrandom::u32().unwrap_or_default()
}
