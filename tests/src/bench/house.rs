//! The office that is measured: one queue, 32 counters, and clients so lean that they leave the processor to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use aufruf_client::CommandKey;
use aufruf_protocol::latest::{CalledVisit, IssuedTicket, NextReply, TicketId};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use super::http::Keepalive;
use super::memory::resident_kib;
use crate::office::{OfficeDocument, PATIENCE, TestOffice};
use crate::places::program;
use crate::program::Recipe;
use crate::wait::until;

/// Counters of the office, and at most as many clerks.
pub(super) const COUNTERS: usize = 32;
/// Displays that are let in at most. More connections than that share their tokens: no office has more screens.
pub(super) const DISPLAYS: usize = 1_000;
const WISH: &str = r#"{"services":["anything"],"language":"de"}"#;
/// Clients that fill a line.
const FILLERS: usize = 32;

/// A running office and the tokens of its lean clients.
#[derive(Debug)]
pub(super) struct House {
    office: TestOffice,
    tokens: BTreeMap<String, String>,
}

/// A clerk's connection.
#[derive(Debug)]
pub(super) struct Desk {
    line: Keepalive,
    counter: String,
}

/// A kiosk's connection.
#[derive(Debug)]
pub(super) struct Taker(Keepalive);

/// One `[[devices]]` of the file that lets them in.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    token_sha256: String,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct DevicesFile {
    devices: Vec<Entry>,
}

impl House {
    /// Opens an office with its server alone, and lets a lean clerk in for each counter.
    pub(super) async fn opens() -> anyhow::Result<Self> {
        Self::with_displays(0).await
    }

    /// The same, with so many lean displays. See [`House::token`]: they are `crowd-1` and so on.
    pub(super) async fn with_displays(displays: usize) -> anyhow::Result<Self> {
        let office = TestOffice::opens()
            .with_document(document())
            .quiet()
            .start()
            .await?;
        let tokens = lets_in(&office, displays).await?;
        let house = Self { office, tokens };
        let mut last = house.line("desk-32").await?;
        until("the lean clients are known", PATIENCE, async || {
            Ok(last.get("/api/v1/devices/self").await.ok())
        })
        .await?;
        Ok(house)
    }

    pub(super) fn address(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.office.bare_kiosk()?.0)
    }

    /// The secret of a client.
    pub(super) fn token(&self, device: &str) -> anyhow::Result<String> {
        let token = self.tokens.get(device).cloned();
        token.with_context(|| format!("there is no {device}"))
    }

    pub(super) async fn line(&self, device: &str) -> anyhow::Result<Keepalive> {
        Keepalive::connect(self.address()?, &self.token(device)?).await
    }

    /// Somebody at a kiosk.
    pub(super) async fn taker(&self) -> anyhow::Result<Taker> {
        let (address, token) = self.office.bare_kiosk()?;
        Ok(Taker(Keepalive::connect(address, &token).await?))
    }

    /// The clerk at counter `number`, counted from 1, whose counter is open.
    pub(super) async fn desk(&self, number: usize) -> anyhow::Result<Desk> {
        let line = self.line(&format!("desk-{number}")).await?;
        let mut desk = Desk {
            line,
            counter: format!("counter-{number}"),
        };
        desk.posts("open").await?;
        Ok(desk)
    }

    /// Clerks at the first `count` counters.
    pub(super) async fn desks(&self, count: usize) -> anyhow::Result<Vec<Desk>> {
        let mut desks = Vec::with_capacity(count);
        for number in 1..=count {
            desks.push(self.desk(number).await?);
        }
        Ok(desks)
    }

    /// Lets so many people come, as fast as it goes.
    pub(super) async fn lets_come(&self, people: usize) -> anyhow::Result<Vec<TicketId>> {
        let mut fillers = JoinSet::new();
        for nth in 0..FILLERS.min(people) {
            let mut taker = self.taker().await?;
            let share = people / FILLERS + usize::from(nth < people % FILLERS);
            fillers.spawn(async move {
                let mut own = Vec::with_capacity(share);
                for _ in 0..share {
                    own.push(taker.takes().await?.id);
                }
                anyhow::Ok(own)
            });
        }
        let mut tickets = Vec::with_capacity(people);
        while let Some(own) = fillers.join_next().await {
            tickets.extend(own??);
        }
        Ok(tickets)
    }

    /// Lets so many people come and go again: they are in the books, and in no line.
    pub(super) async fn has_had(&self, people: usize) -> anyhow::Result<()> {
        let mut coming = JoinSet::new();
        for nth in 0..FILLERS.min(people) {
            let mut taker = self.taker().await?;
            let mut desk = self.desk(nth % COUNTERS + 1).await?;
            let share = people / FILLERS + usize::from(nth < people % FILLERS);
            coming.spawn(async move {
                for _ in 0..share {
                    let ticket = taker.takes().await?.id;
                    desk.cancels(ticket).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(gone) = coming.join_next().await {
            gone??;
        }
        Ok(())
    }

    /// Takes these people out of the line, by many clerks at once.
    pub(super) async fn sends_away(&self, tickets: Vec<TicketId>) -> anyhow::Result<()> {
        let mut clerks = JoinSet::new();
        for (share, mut desk) in tickets
            .chunks(tickets.len().div_ceil(COUNTERS))
            .map(<[TicketId]>::to_vec)
            .zip(self.desks(COUNTERS).await?)
        {
            clerks.spawn(async move {
                for ticket in share {
                    desk.cancels(ticket).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(done) = clerks.join_next().await {
            done??;
        }
        Ok(())
    }

    /// Resident memory of the server, in KiB.
    pub(super) fn resident_kib(&mut self) -> anyhow::Result<u64> {
        let pid = self.office.server().program().pid();
        resident_kib(pid.context("the server runs")?)
    }

    pub(super) async fn closes(self) -> anyhow::Result<()> {
        self.office.closes().await
    }
}

impl Taker {
    pub(super) async fn takes(&mut self) -> anyhow::Result<IssuedTicket> {
        let key = CommandKey::fresh();
        let answer = self.0.post("/api/v1/tickets", key.as_str(), WISH).await?;
        serde_json::from_str(&answer).context("reading a ticket")
    }
}

impl Desk {
    /// Presses *next* and gets somebody.
    pub(super) async fn next(&mut self) -> anyhow::Result<CalledVisit> {
        let answer = self.posts("next").await?;
        let reply: NextReply = serde_json::from_str(&answer).context("reading a call")?;
        let nobody = reply.nobody;
        reply
            .called
            .with_context(|| format!("{} called nobody: {nobody:?}", self.counter))
    }

    pub(super) async fn finishes(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.moves_on(ticket, "finish").await
    }

    pub(super) async fn cancels(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.moves_on(ticket, "cancel").await
    }

    async fn moves_on(&mut self, ticket: TicketId, step: &str) -> anyhow::Result<()> {
        let path = format!("/api/v1/tickets/{ticket}/{step}");
        let key = CommandKey::fresh();
        self.line.post(&path, key.as_str(), "").await.map(drop)
    }

    async fn posts(&mut self, step: &str) -> anyhow::Result<String> {
        let path = format!("/api/v1/counters/{}/{step}", self.counter);
        self.line
            .post(&path, CommandKey::fresh().as_str(), "")
            .await
    }
}

/// Waits: a figure shall not be of what was done before it.
pub(super) async fn settles(time: Duration) {
    tokio::time::sleep(time).await;
}

fn document() -> OfficeDocument {
    OfficeDocument {
        path: concat!(env!("CARGO_MANIFEST_DIR"), "/load/office.toml").into(),
        area: "hall",
        service: "anything",
        counters: &["counter-1"],
    }
}

/// Lets a panel in for each counter, and the displays.
async fn lets_in(office: &TestOffice, displays: usize) -> anyhow::Result<BTreeMap<String, String>> {
    let desks = (1..=COUNTERS).map(|number| {
        let counter = Some(format!("counter-{number}"));
        (format!("desk-{number}"), "panel", counter, None)
    });
    let displays = (1..=displays).map(|number| {
        let area = Some("hall");
        (format!("crowd-{number}"), "display", None, area)
    });
    let (mut tokens, mut devices) = (BTreeMap::new(), Vec::new());
    for (id, role, counter, area) in desks.chain(displays) {
        let token = fresh_token()?;
        devices.push(Entry {
            id: id.clone(),
            token_sha256: hex(&Sha256::digest(&token)),
            role,
            counter,
            area,
        });
        tokens.insert(id, token);
    }
    let file = office.folder().join("crowd.toml");
    let text = toml::to_string(&DevicesFile { devices }).context("describing the clients")?;
    std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    Recipe::new("crowd", program("aufruf-server")?, &office.folder())
        .with("devices")
        .with("import")
        .with(file)
        .with("--config")
        .with(office.folder().join("server.toml"))
        .run(PATIENCE)
        .await?;
    Ok(tokens)
}

fn fresh_token() -> anyhow::Result<String> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).context("asking for random bytes")?;
    Ok(hex(&secret))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every digit");
        text
    })
}
