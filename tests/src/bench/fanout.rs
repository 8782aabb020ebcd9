//! One call to many screens: from the press until each of them has it, by the server and by node's `ws` as a
//! yardstick, to the same clients in a process of their own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use aufruf_protocol::latest::{NextReply, WS_PATH};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::Sample;
use super::crowd::{Errand, Heard};
use super::house::{DISPLAYS, Desk, House, settles};
use super::memory::resident_kib;
use crate::places::{program, target};

/// What a device says first.
const HELLO: &str = r#"{"type":"hello","protocol":1,"software":"aufruf-tests"}"#;
/// What a call, and nothing else, has in it.
const MARKER: &str = r#""type":"call""#;
/// The line of everybody is quiet again, and memory is as it stays.
const QUIET: Duration = Duration::from_secs(1);
/// Between one call and the next.
const PAUSE: Duration = Duration::from_millis(200);

/// What became of many calls.
#[derive(Debug)]
pub struct FanOut {
    pub clients: usize,
    /// From the press until a client had the call, for all clients and calls.
    pub each: Sample,
    /// From the press until the one who pressed had the answer: with us, the call is on disk then.
    pub answered: Sample,
    /// What one client more costs, in KiB.
    pub kib_a_client: f64,
    /// The message itself.
    pub message: String,
}

/// The crowd: a process that listens.
struct Crowd {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

/// Calls `calls` people and tells each call to `clients`.
pub async fn call_many(clients: usize, calls: usize) -> anyhow::Result<FanOut> {
    let mut house = House::with_displays(clients.min(DISPLAYS)).await?;
    house.lets_come(calls + 10).await?;
    let mut desk = house.desk(1).await?;
    settles(QUIET).await;
    let before = house.resident_kib()?;
    let tokens = (1..=clients.min(DISPLAYS)).map(|number| house.token(&format!("crowd-{number}")));
    let errand = Errand {
        address: house.address()?,
        clients,
        path: WS_PATH.to_owned(),
        tokens: tokens.collect::<anyhow::Result<_>>()?,
        hello: Some(HELLO.to_owned()),
        marker: MARKER.to_owned(),
        press: "/api/v1/counters/counter-1/next".to_owned(),
        presser: house.token("desk-1")?,
    };
    let mut crowd = Crowd::gathers(&errand).await?;
    settles(QUIET).await;
    let after = house.resident_kib()?;
    let (mut durations, mut answered, mut message) = (Vec::new(), Vec::new(), String::new());
    for _ in 0..calls {
        let heard = crowd.hears_a_press().await?;
        finishes(&mut desk, &heard.answer).await?;
        durations.extend(heard.after());
        answered.push(heard.answered());
        message = heard.message;
        settles(PAUSE).await;
    }
    crowd.leaves().await?;
    house.closes().await?;
    Ok(FanOut {
        clients,
        each: Sample::of(durations),
        answered: Sample::of(answered),
        kib_a_client: kib_a_client(before, after, clients),
        message,
    })
}

async fn finishes(desk: &mut Desk, answer: &str) -> anyhow::Result<()> {
    let reply: NextReply = serde_json::from_str(answer).context("reading a call")?;
    let visit = reply.called.context("somebody was called")?;
    desk.finishes(visit.ticket.id).await
}

/// The same by node's `ws`, where there is a node: `message` to `clients`, `calls` times.
pub async fn yardstick(clients: usize, calls: usize, message: &str) -> anyhow::Result<FanOut> {
    let folder = yardstick_folder().await?;
    let file = folder.join("message.json");
    std::fs::write(&file, message).context("writing the yardstick's message")?;
    let mut node = Command::new("node")
        .arg("yardstick.mjs")
        .arg(&file)
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("starting node")?;
    let said = node.stdout.take().context("node says where it listens")?;
    let port = BufReader::new(said).lines().next_line().await?;
    let port: u16 = port.context("node has ended")?.parse()?;
    settles(QUIET).await;
    let pid = node.id().context("node runs")?;
    let before = resident_kib(pid)?;
    let errand = Errand {
        address: ([127, 0, 0, 1], port).into(),
        clients,
        path: "/push".to_owned(),
        tokens: vec!["none".to_owned()],
        hello: None,
        marker: MARKER.to_owned(),
        press: "/press".to_owned(),
        presser: "none".to_owned(),
    };
    let mut crowd = Crowd::gathers(&errand).await?;
    settles(QUIET).await;
    let after = resident_kib(pid)?;
    let (mut durations, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..calls {
        let heard = crowd.hears_a_press().await?;
        durations.extend(heard.after());
        answered.push(heard.answered());
        settles(PAUSE).await;
    }
    crowd.leaves().await?;
    node.kill().await.context("stopping node")?;
    Ok(FanOut {
        clients,
        each: Sample::of(durations),
        answered: Sample::of(answered),
        kib_a_client: kib_a_client(before, after, clients),
        message: message.to_owned(),
    })
}

/// The yardstick's script with its one package beside it, under the build's folder.
async fn yardstick_folder() -> anyhow::Result<PathBuf> {
    let (from, folder) = (
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/load")),
        target().join("load"),
    );
    std::fs::create_dir_all(&folder).context("making the yardstick's folder")?;
    for file in ["package.json", "package-lock.json", "yardstick.mjs"] {
        std::fs::copy(from.join(file), folder.join(file))
            .with_context(|| format!("copying {file}"))?;
    }
    if !folder.join("node_modules/ws").is_dir() {
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--silent"])
            .current_dir(&folder)
            .status();
        ensure!(
            npm.await.context("starting npm")?.success(),
            "npm ci failed"
        );
    }
    Ok(folder)
}

impl Crowd {
    /// Starts the process and waits until all its clients listen.
    async fn gathers(errand: &Errand) -> anyhow::Result<Self> {
        let mut process = Command::new(program("crowd")?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("starting the crowd")?;
        let said = process.stdout.take().context("the crowd speaks")?;
        let mut crowd = Self {
            process,
            said: BufReader::new(said).lines(),
        };
        crowd.is_told(&serde_json::to_string(errand)?).await?;
        let first = crowd.says().await?;
        ensure!(first == "ready", "the crowd says {first:?}");
        Ok(crowd)
    }

    async fn says(&mut self) -> anyhow::Result<String> {
        let line = self.said.next_line().await?;
        line.context("the crowd has gone; see above")
    }

    async fn is_told(&mut self, line: &str) -> anyhow::Result<()> {
        let ear = self.process.stdin.as_mut().context("the crowd listens")?;
        ear.write_all(format!("{line}\n").as_bytes()).await?;
        Ok(ear.flush().await?)
    }

    async fn hears_a_press(&mut self) -> anyhow::Result<Heard> {
        self.is_told("press").await?;
        serde_json::from_str(&self.says().await?).context("reading what the crowd heard")
    }

    async fn leaves(mut self) -> anyhow::Result<()> {
        drop(self.process.stdin.take());
        self.process.wait().await.context("the crowd leaves")?;
        Ok(())
    }
}

fn kib_a_client(before: u64, after: u64, clients: usize) -> f64 {
    let more = u32::try_from(after.saturating_sub(before)).unwrap_or(u32::MAX);
    f64::from(more) / f64::from(u32::try_from(clients).unwrap_or(u32::MAX))
}
