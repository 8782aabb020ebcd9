//! One device's push channel.
//!
//! ```text
//!  hello ──▶ welcome ──▶ (snapshot) ──▶ listening ⇄ reports
//!                ▲                          │ the stream ended (new epoch)
//!                └──────────────────────────┘ or it fell behind: a snapshot
//! ```

use std::sync::Arc;
use std::time::Duration;

use aufruf_protocol::latest as wire;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use futures_util::SinkExt as _;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tracing::{debug, warn};

use crate::app::AppState;
use crate::auth::Device;
use crate::doors::Place;
use crate::ids::random;
use crate::limits::Messages;
use crate::runtime::{Line, Subscription};
use crate::wire::device_role;

/// A device says hello at once, or it is none of ours.
const HELLO_WITHIN: Duration = Duration::from_secs(5);
/// A device that does not take a message within this time is cut off; it comes back by itself.
const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// The line is alive: devices say that it is not when they hear nothing for twice this time.
const PING_EVERY: Duration = Duration::from_secs(2);

/// A device that gives no sign of life for this time is gone, at the next ping: its line was cut.
const SILENT_FOR: Duration = Duration::from_secs(10);

/// The line is gone, or the device does not read.
struct Gone;

/// Speaks with one device until it goes; `_place` is its connection among all that there may be.
pub(super) async fn run(
    mut socket: WebSocket,
    app: AppState,
    device: Device,
    _place: Option<Arc<Place>>,
) {
    let Some(hello) = hello(&mut socket).await else {
        debug!(device.id = device.id, "no hello");
        return;
    };
    // One that speaks a later version knows this one too, and learns from the welcome what is spoken here.
    if hello.protocol < wire::PROTOCOL {
        let why = format!(
            "protocol {} is not spoken here any more; update the device",
            hello.protocol
        );
        warn!(device.id = device.id, software = hello.software, "{why}");
        close(&mut socket, close_code::POLICY, &why).await;
        return;
    }
    let line = Line::of(&hello.software, app.clock.now());
    let Some(subscription) = app.views.connect(&device, line.clone()).await else {
        return;
    };
    let mut session = Session {
        socket,
        app,
        device,
        line,
        messages: Messages::default(),
    };
    if session.serve(subscription, hello.resume).await.is_ok() {
        close(
            &mut session.socket,
            close_code::AWAY,
            "the server stops; come back",
        )
        .await;
    }
    session.app.views.disconnect(session.device).await;
}

async fn hello(socket: &mut WebSocket) -> Option<wire::Hello> {
    let first = timeout(HELLO_WITHIN, socket.recv()).await.ok()??.ok()?;
    match serde_json::from_str(first.to_text().ok()?).ok()? {
        wire::DeviceMessage::Hello(hello) => Some(hello),
        _ => None,
    }
}

async fn close(socket: &mut WebSocket, code: u16, why: &str) {
    let frame = CloseFrame {
        code,
        reason: why.into(),
    };
    let _gone = timeout(WRITE_WITHIN, socket.send(Message::Close(Some(frame)))).await;
}

/// What a device that was welcomed goes on with: a thousand sessions keep no snapshot each.
struct Listening {
    epoch: String,
    messages: Receiver<Utf8Bytes>,
}

impl From<Subscription> for Listening {
    fn from(
        Subscription {
            epoch, messages, ..
        }: Subscription,
    ) -> Self {
        Self { epoch, messages }
    }
}

struct Session {
    socket: WebSocket,
    app: AppState,
    device: Device,
    line: Line,
    messages: Messages,
}

impl Session {
    /// Returns when the server stops; [`Gone`] when the device went.
    async fn serve(
        &mut self,
        first: Subscription,
        resume: Option<wire::Resume>,
    ) -> Result<(), Gone> {
        let mut listening = self.welcome(first, resume).await?;
        // Devices that came together, after a start, are not asked together for ever.
        let first = Instant::now() + PING_EVERY.mul_f64(f64::from(random::<1>()[0]) / 256.0);
        let mut ping = interval_at(first, PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopping = self.app.stopping.clone();
        let (devices, own) = (self.app.devices.clone(), self.device.clone());
        let gone = devices.gone(&own);
        // Registered once, and not anew for each message.
        let stopped = stopping.cancelled();
        tokio::pin!(gone, stopped);
        let mut silent_at = Instant::now() + SILENT_FOR;
        loop {
            tokio::select! {
                biased;
                () = &mut stopped => return Ok(()),
                () = &mut gone => {
                    warn!(device.id = own.id, "{} may not connect any more", own.id);
                    let why = "this device was revoked, or stands elsewhere now";
                    close(&mut self.socket, close_code::POLICY, why).await;
                    return Err(Gone);
                }
                pushed = listening.messages.recv() => match pushed {
                    Ok(message) => self.send(message).await?,
                    Err(RecvError::Lagged(_) | RecvError::Closed) => {
                        let fresh = self.again().await?;
                        listening = if fresh.epoch == listening.epoch {
                            self.send(fresh.snapshot.clone()).await?;
                            fresh.into()
                        } else {
                            self.welcome(fresh, None).await?
                        };
                    }
                },
                said = self.socket.recv() => {
                    let said = said.ok_or(Gone)?.map_err(|_| Gone)?;
                    silent_at = Instant::now() + SILENT_FOR;
                    self.line.heard(self.app.clock.now());
                    self.hear(said).await?;
                }
                now = ping.tick() => {
                    if now > silent_at {
                        return Err(Gone);
                    }
                    let ping = wire::ServerMessage::Ping { now: self.app.clock.now() };
                    let ping = Message::Text(crate::runtime::text(&ping));
                    self.socket.feed(ping).await.map_err(|_| Gone)?;
                    // A device answers this by itself, so a line that is cut is noticed here too. Both go out at once.
                    self.write(Message::Ping(Bytes::new())).await?;
                }
            }
        }
    }

    /// Where the stream stands now, for a device that lost the thread.
    async fn again(&mut self) -> Result<Subscription, Gone> {
        self.app.views.listen(&self.device).await.ok_or(Gone)
    }

    /// Says who we are and what the device shows; the snapshot is spared a device that has it.
    async fn welcome(
        &mut self,
        subscription: Subscription,
        resume: Option<wire::Resume>,
    ) -> Result<Listening, Gone> {
        let has_it = resume.is_some_and(|resume| {
            resume.epoch == subscription.epoch && resume.seq == subscription.seq
        });
        let welcome = wire::ServerMessage::Welcome(Box::new(wire::Welcome {
            protocol: wire::PROTOCOL,
            software: concat!("aufruf-server ", env!("CARGO_PKG_VERSION")).to_owned(),
            epoch: subscription.epoch.clone(),
            device: self.device.id.clone(),
            role: device_role(&self.device.role),
            now: self.app.clock.now(),
            office: wire::OfficeInfo::clone(&subscription.office),
        }));
        self.send(crate::runtime::text(&welcome)).await?;
        if !has_it {
            self.send(subscription.snapshot.clone()).await?;
        }
        Ok(subscription.into())
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        self.write(Message::Text(text)).await
    }

    async fn write(&mut self, message: Message) -> Result<(), Gone> {
        let sent = timeout(WRITE_WITHIN, self.socket.send(message)).await;
        sent.map_err(|_| Gone)?.map_err(|_| Gone)
    }

    async fn hear(&mut self, said: Message) -> Result<(), Gone> {
        if !self.messages.admits() {
            warn!(
                device.id = self.device.id,
                "{} says too much", self.device.id
            );
            let why = "too many messages; come back more quietly";
            close(&mut self.socket, close_code::POLICY, why).await;
            return Err(Gone);
        }
        match said {
            Message::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.app.views.report(&self.device, message).await,
                Err(fault) => warn!(
                    device.id = self.device.id,
                    "a message that cannot be read: {fault}"
                ),
            },
            Message::Close(_) => return Err(Gone),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => {}
        }
        Ok(())
    }
}
