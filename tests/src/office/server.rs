//! The office server as a process: started, ready, killed, started again on the same port.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, ensure};
use aufruf_client::Api;

use super::PATIENCE;
use crate::places::{free_port, program};
use crate::program::{Program, Recipe};
use crate::wait::until;

/// A running server and the address it keeps over its lives.
#[derive(Debug)]
pub struct Server {
    program: Program,
    address: SocketAddr,
    tls: Option<SocketAddr>,
    /// Asks nothing but whether the server is ready.
    api: Api,
    data_dir: PathBuf,
    config: PathBuf,
    /// The file that lets all devices in.
    import: PathBuf,
}

/// Where the server's files are and what it serves.
#[derive(Debug)]
pub(super) struct ServerPlan<'a> {
    pub(super) config: &'a Path,
    /// The devices that are let in.
    pub(super) devices: &'a Path,
    pub(super) office: &'a Path,
    pub(super) data_dir: PathBuf,
    pub(super) log_folder: &'a Path,
    pub(super) log_level: &'a str,
    pub(super) address: SocketAddr,
    /// The encrypted door.
    pub(super) tls: Option<SocketAddr>,
    pub(super) api: Api,
    /// Whether a test takes away its room.
    pub(super) can_fill: bool,
}

impl Server {
    /// Takes the office file into use, lets the devices in, starts the server and waits until it takes commands.
    pub(super) async fn starts(plan: ServerPlan<'_>) -> anyhow::Result<Self> {
        let binary = program("aufruf-server")?;
        for (name, room, verb, file) in [
            ("office-apply", "office", "apply", plan.office),
            ("devices-import", "devices", "import", plan.devices),
        ] {
            Recipe::new(name, binary.clone(), plan.log_folder)
                .with(room)
                .with(verb)
                .with(file)
                .with("--config")
                .with(plan.config)
                .run(PATIENCE)
                .await?;
        }
        let mut recipe = Recipe::new("server", binary, plan.log_folder)
            .with("serve")
            .with("--config")
            .with(plan.config)
            .with_environment("RUST_LOG", plan.log_level);
        if plan.can_fill {
            recipe = recipe.on_a_disk_that_can_fill();
        }
        let program = recipe.start()?;
        let mut server = Self {
            program,
            address: plan.address,
            tls: plan.tls,
            api: plan.api,
            data_dir: plan.data_dir,
            config: plan.config.to_owned(),
            import: plan.devices.to_owned(),
        };
        server.is_ready().await?;
        Ok(server)
    }

    /// Lets all devices in, those too that were revoked.
    pub(super) async fn lets_devices_in(&self) -> anyhow::Result<()> {
        let import = self.import.to_string_lossy();
        self.devices(&["import", &import]).await
    }

    /// Runs `aufruf-server devices …` beside the server.
    pub(super) async fn devices(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let folder = self.config.parent().unwrap_or(Path::new("."));
        let asked = Recipe::new("devices", program("aufruf-server")?, folder).with("devices");
        let asked = arguments
            .iter()
            .fold(asked, |asked, one| Recipe::with(asked, *one));
        asked
            .with("--config")
            .with(&self.config)
            .run(PATIENCE)
            .await
    }

    /// `aufruf-server users add` beside the server.
    pub fn adds_user(&self, id: &str, role: &str, secret: &str) -> anyhow::Result<()> {
        let told = self.tells(&["users", "add", id, "--name", id, "--role", role], secret)?;
        ensure!(told.status.success(), "{told:?}");
        Ok(())
    }

    /// Any other call of `aufruf-server` on this server's files, and what comes of it.
    pub fn calls(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        self.tells(arguments, "")
    }

    fn tells(&self, arguments: &[&str], words: &str) -> anyhow::Result<Output> {
        let mut child = Command::new(program("aufruf-server")?)
            .args(arguments)
            .arg("--config")
            .arg(&self.config)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("starting aufruf-server")?;
        let mut stdin = child.stdin.take().context("it listens")?;
        // It may have ended before it listened.
        let _ended = writeln!(stdin, "{words}");
        drop(stdin);
        child
            .wait_with_output()
            .context("waiting for aufruf-server")
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where devices come in that are paired; none where no such door is open.
    pub fn encrypted_url(&self) -> Option<String> {
        self.tls.map(|address| format!("https://{address}"))
    }

    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Waits until it takes commands; an error if it ends instead.
    pub async fn is_ready(&mut self) -> anyhow::Result<()> {
        let (api, program) = (&self.api, &mut self.program);
        until("the server is ready", PATIENCE, async || {
            program.must_run()?;
            Ok(api.is_ready().await.then_some(()))
        })
        .await
    }

    /// `kill -9`.
    pub async fn is_killed(&mut self) -> anyhow::Result<()> {
        self.program.is_killed().await
    }

    /// Starts it on the same files and the same port, and waits until it takes commands.
    pub async fn starts_again(&mut self) -> anyhow::Result<()> {
        self.program.starts_again()?;
        self.is_ready().await
    }

    /// Stops, and starts with its encrypted door elsewhere.
    pub async fn moves(&mut self) -> anyhow::Result<()> {
        let old = self.tls.context("there is no encrypted door")?;
        let new = SocketAddr::from((old.ip(), free_port()?));
        self.program.stops(PATIENCE).await?;
        let file = std::fs::read_to_string(&self.config).context("reading server.toml")?;
        let file = file.replace(&old.to_string(), &new.to_string());
        std::fs::write(&self.config, file).context("writing server.toml")?;
        self.tls = Some(new);
        self.starts_again().await
    }

    pub fn program(&mut self) -> &mut Program {
        &mut self.program
    }
}
