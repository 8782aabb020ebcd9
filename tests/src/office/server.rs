//! The office server as a process: started, ready, killed, started again on the same port.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use aufruf_client::Api;

use super::PATIENCE;
use crate::places::program;
use crate::program::{Program, Recipe};
use crate::wait::until;

/// A running server and the address it keeps over its lives.
#[derive(Debug)]
pub struct Server {
    program: Program,
    address: SocketAddr,
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
    pub(super) api: Api,
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
        let program = Recipe::new("server", binary, plan.log_folder)
            .with("serve")
            .with("--config")
            .with(plan.config)
            .with_environment("RUST_LOG", plan.log_level)
            .start()?;
        let mut server = Self {
            program,
            address: plan.address,
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

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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

    pub fn program(&mut self) -> &mut Program {
        &mut self.program
    }
}
