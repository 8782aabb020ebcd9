//! Describes a test office and starts it, part after part, each waited for.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use aufruf_client::{Api, Way};
use serde::Serialize;
use tempfile::TempDir;

use super::devices::{Devices, StrangerFile, TlsTable, write_server_file, write_toml};
use super::screen::WindowSection;
use super::server::ServerPlan;
use super::{Observer, OfficeDocument, Screen, Screens, Server, Stage, TestOffice};
use crate::desktop::Desktop;
use crate::places::{free_port, program};
use crate::program::{Program, Recipe};
use crate::sound::SoundCard;
use crate::virtual_printer::VirtualPrinter;
use crate::xserver::XServer;

/// What a test asks for. Everything but the server is off until it is asked for.
#[derive(Debug)]
pub struct OfficeBuilder {
    document: OfficeDocument,
    printer: Printing,
    parts: BTreeSet<Part>,
    /// The counter of the panel.
    panel: Option<String>,
    windows: Windows,
    /// How devices prove who they are.
    introduction: Introduction,
    log_level: &'static str,
    disk: Disk,
}

/// What the server writes on.
#[derive(Debug, Clone)]
enum Disk {
    InOfficeFolder,
    /// The same, and a test can take away its room.
    CanFill,
    At(PathBuf),
}

/// How devices become known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Introduction {
    /// By a token in their file, over the door for this box.
    TokenInFile,
    /// By a code that they show, over the encrypted door.
    Code,
    /// As by code; and nobody told them where the server is, only its authority.
    CodeAndNetwork,
}

/// What can be asked for without more to say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Kiosk,
    Display,
    Sound,
}

/// Where windows open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Windows {
    OnVirtualStage,
    OnOwnDesktop,
}

/// Whether there is a printer, and where its tickets go.
#[derive(Debug)]
enum Printing {
    None,
    IntoOfficeFolder,
    Into {
        folder: PathBuf,
        port: u16,
    },
    /// The agent alone; nobody listens on the port yet.
    SwitchedOff {
        port: u16,
    },
    /// The agent alone, with a device that is always full.
    Fails,
}

/// One of the three windows.
#[derive(Debug, Clone, Copy)]
struct WindowPlan {
    binary: &'static str,
    title: &'static str,
    virtual_stage: WindowSection,
    own_desktop: WindowSection,
}

#[derive(Debug, Serialize)]
struct ScreenFile {
    window: WindowSection,
}

#[derive(Debug, Serialize)]
struct PrinterFile<'a> {
    spool_dir: &'a Path,
    paper_mm: u32,
    transport: TransportSection,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum TransportSection {
    Tcp { address: SocketAddr },
    File { path: &'static str },
}

const DISPLAY: WindowPlan = WindowPlan {
    binary: "aufruf-display",
    title: "Aufruf Display",
    virtual_stage: window(1920, 1080, 0, 0),
    own_desktop: window(960, 540, 600, 0),
};
const KIOSK: WindowPlan = WindowPlan {
    binary: "aufruf-kiosk",
    title: "Aufruf Kiosk",
    virtual_stage: window(1080, 1920, 1920, 0),
    own_desktop: window(540, 960, 20, 0),
};
const PANEL: WindowPlan = WindowPlan {
    binary: "aufruf-counter-panel",
    title: "Aufruf Counter Panel",
    virtual_stage: window(1280, 800, 3000, 0),
    own_desktop: window(1280, 800, 600, 580),
};

const fn window(width: u32, height: u32, x: i32, y: i32) -> WindowSection {
    WindowSection {
        fullscreen: false,
        width,
        height,
        x,
        y,
    }
}

impl Default for OfficeBuilder {
    fn default() -> Self {
        Self {
            document: OfficeDocument::demo(),
            printer: Printing::None,
            parts: BTreeSet::new(),
            panel: None,
            windows: Windows::OnVirtualStage,
            introduction: Introduction::TokenInFile,
            log_level: "info,winit=error",
            disk: Disk::InOfficeFolder,
        }
    }
}

impl OfficeBuilder {
    /// Another office than the demo's.
    #[must_use]
    pub fn with_document(mut self, document: OfficeDocument) -> Self {
        self.document = document;
        self
    }

    /// The print agent and a virtual printer.
    #[must_use]
    pub fn with_printer(mut self) -> Self {
        self.printer = Printing::IntoOfficeFolder;
        self
    }

    /// The print agent and a virtual printer on a given port whose tickets are kept.
    #[must_use]
    pub fn with_printer_at(mut self, port: u16, folder: PathBuf) -> Self {
        self.printer = Printing::Into { folder, port };
        self
    }

    /// The print agent of a printer that is off: nobody listens on `port` until a test does.
    #[must_use]
    pub fn with_printer_switched_off(mut self, port: u16) -> Self {
        self.printer = Printing::SwitchedOff { port };
        self
    }

    /// The print agent of a printer that is there and breaks off every sheet.
    #[must_use]
    pub fn with_printer_that_fails(mut self) -> Self {
        self.printer = Printing::Fails;
        self
    }

    #[must_use]
    pub fn with_kiosk(mut self) -> Self {
        self.parts.insert(Part::Kiosk);
        self
    }

    /// A display for the document's area.
    #[must_use]
    pub fn with_display(mut self) -> Self {
        self.parts.insert(Part::Display);
        self
    }

    #[must_use]
    pub fn with_panel(mut self, counter: &str) -> Self {
        self.panel = Some(counter.to_owned());
        self
    }

    /// A sound card that listens to the display.
    #[must_use]
    pub fn with_sound(mut self) -> Self {
        self.parts.insert(Part::Sound);
        self
    }

    /// Windows on the screen somebody sits at.
    #[must_use]
    pub fn on_own_desktop(mut self) -> Self {
        self.windows = Windows::OnOwnDesktop;
        self
    }

    /// Devices that nobody knows yet: each makes a token for itself, shows a code, and reaches the server by TLS
    /// alone.
    #[must_use]
    pub fn paired_by_code(mut self) -> Self {
        self.introduction = Introduction::Code;
        self
    }

    /// As [`OfficeBuilder::paired_by_code`], and the devices look for the server by themselves.
    #[must_use]
    pub fn found_by_network(mut self) -> Self {
        self.introduction = Introduction::CodeAndNetwork;
        self
    }

    /// A server whose disk a test can fill: [`Program::may_write`].
    #[must_use]
    pub fn on_a_disk_that_can_fill(mut self) -> Self {
        self.disk = Disk::CanFill;
        self
    }

    /// A server that keeps its data in this folder.
    #[must_use]
    pub fn with_data_in(mut self, folder: PathBuf) -> Self {
        self.disk = Disk::At(folder);
        self
    }

    /// Programs that log nothing but trouble, for measurements.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.log_level = "warn";
        self
    }

    /// Starts everything that was asked for.
    ///
    /// # Errors
    /// What did not start, with its last words.
    pub async fn start(self) -> anyhow::Result<TestOffice> {
        let folder =
            TempDir::with_prefix("aufruf-office-").context("making the office's folder")?;
        let devices = Devices::of(&self.document)?;
        let server = self.start_server(folder.path(), &devices).await?;
        let observer = Observer::watches(&Way::to(&server.url(), devices.token("observer")?)?);
        let stage = self.set_stage(folder.path()).await?;
        let mut office = TestOffice {
            screens: Screens::default(),
            agent: None,
            server,
            observer,
            printer: None,
            sound: None,
            stage,
            devices,
            document: self.document.clone(),
            folder,
            is_closed: false,
        };
        self.start_printer(&mut office).await?;
        if self.wants(Part::Sound) {
            office.sound = Some(SoundCard::plugged_in(office.folder.path())?);
        }
        self.start_screens(&mut office).await?;
        office
            .observer
            .sees("the office is open", |_| Some(()))
            .await?;
        Ok(office)
    }

    fn wants(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    async fn start_server(&self, folder: &Path, devices: &Devices) -> anyhow::Result<Server> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let config = folder.join("server.toml");
        let data_dir = match &self.disk {
            Disk::InOfficeFolder | Disk::CanFill => folder.join("server"),
            Disk::At(folder) => folder.clone(),
        };
        let tls = match self.introduction {
            Introduction::TokenInFile => None,
            Introduction::Code | Introduction::CodeAndNetwork => Some(TlsTable {
                listen: SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?)),
                announce: self.introduction == Introduction::CodeAndNetwork,
            }),
        };
        write_server_file(&config, address, tls.as_ref(), &data_dir)?;
        let import = folder.join("devices.toml");
        devices.write_import(&import)?;
        let url = format!("http://{address}");
        let api = Api::by(&Way::to(&url, devices.token("observer")?)?)?;
        let plan = ServerPlan {
            config: &config,
            devices: &import,
            office: &self.document.path,
            data_dir,
            log_folder: folder,
            log_level: self.log_level,
            address,
            tls: tls.map(|tls| tls.listen),
            api,
            can_fill: matches!(self.disk, Disk::CanFill),
        };
        Server::starts(plan).await
    }

    async fn set_stage(&self, folder: &Path) -> anyhow::Result<Stage> {
        if self.windows == Windows::OnOwnDesktop {
            return Ok(Stage::Own);
        }
        if !self.wants(Part::Kiosk) && !self.wants(Part::Display) && self.panel.is_none() {
            return Ok(Stage::None);
        }
        let server = Box::new(XServer::starts(folder).await?);
        let desktop = Arc::new(Desktop::connect(server.display())?);
        Ok(Stage::Virtual { desktop, server })
    }

    async fn start_printer(&self, office: &mut TestOffice) -> anyhow::Result<()> {
        let transport = match &self.printer {
            Printing::None => return Ok(()),
            Printing::IntoOfficeFolder => {
                let tray = office.folder.path().join("tickets");
                plug_in(office, free_port()?, &tray).await?
            }
            Printing::Into { folder, port } => plug_in(office, *port, folder).await?,
            Printing::SwitchedOff { port } => TransportSection::Tcp {
                address: SocketAddr::from((Ipv4Addr::LOCALHOST, *port)),
            },
            Printing::Fails => TransportSection::File { path: "/dev/full" },
        };
        let own = PrinterFile {
            spool_dir: &office.folder.path().join("spool"),
            paper_mm: 80,
            transport,
        };
        let recipe = self.device_recipe(office, "aufruf-printer", "printer-1", own)?;
        office.agent = Some(recipe.start()?);
        Ok(())
    }

    async fn start_screens(&self, office: &mut TestOffice) -> anyhow::Result<()> {
        if self.wants(Part::Display) {
            office.screens.display = Some(self.screen(office, DISPLAY, "display-1").await?);
        }
        if self.wants(Part::Kiosk) {
            office.screens.kiosk = Some(self.screen(office, KIOSK, "kiosk-1").await?);
        }
        if let Some(counter) = &self.panel {
            let device = Devices::panel_of(counter);
            office.screens.panel = Some(self.screen(office, PANEL, &device).await?);
        }
        Ok(())
    }

    async fn screen(
        &self,
        office: &TestOffice,
        plan: WindowPlan,
        device: &str,
    ) -> anyhow::Result<Screen> {
        let window = match office.stage {
            Stage::Own => plan.own_desktop,
            Stage::Virtual { .. } | Stage::None => plan.virtual_stage,
        };
        let mut recipe = self.device_recipe(office, plan.binary, device, ScreenFile { window })?;
        if let Some(sound) = &office.sound {
            let (name, value) = sound.environment();
            recipe = recipe.with_environment(&name, value);
        }
        match &office.stage {
            Stage::Virtual { desktop, server } => {
                let recipe = recipe.with_environment("DISPLAY", server.display());
                let program: Program = recipe.start()?;
                Screen::appears(program, Arc::clone(desktop), plan.title).await
            }
            Stage::Own | Stage::None => Ok(Screen::unseen(recipe.start()?)),
        }
    }

    fn device_recipe(
        &self,
        office: &TestOffice,
        binary: &str,
        device: &str,
        own: impl Serialize,
    ) -> anyhow::Result<Recipe> {
        let config = office.folder.path().join(format!("{device}.toml"));
        if let Some(server) = office.server.encrypted_url() {
            let state_dir = office.folder.path().join(format!("{device}-state"));
            let authority = office.server.data_dir().join("tls/authority.pem");
            let is_told = self.introduction == Introduction::Code;
            let file = StrangerFile {
                server: is_told.then_some(&*server),
                authority: (!is_told).then_some(&*authority),
                state_dir: &state_dir,
                own,
            };
            write_toml(&config, &file)?;
        } else {
            let server = office.server.url();
            let devices = &office.devices;
            devices.write_device_file(&config, device, &server, own)?;
        }
        Ok(Recipe::new(device, program(binary)?, office.folder.path())
            .with("--config")
            .with(config)
            .with_environment("RUST_LOG", self.log_level)
            // One picture everywhere, whatever the machine says of its screen.
            .with_environment("SLINT_SCALE_FACTOR", "1"))
    }
}

/// A printer that puts its tickets into `tray`, and how the agent reaches it.
async fn plug_in(
    office: &mut TestOffice,
    port: u16,
    tray: &Path,
) -> anyhow::Result<TransportSection> {
    let printer = VirtualPrinter::plugged_in(port, tray).await?;
    let address = printer.address();
    office.printer = Some(printer);
    Ok(TransportSection::Tcp { address })
}
