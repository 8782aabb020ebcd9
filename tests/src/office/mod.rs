//! One office of real processes: the server, and as many of its devices as a test asks for.
//!
//! ```text
//! TestOffice::opens().with_kiosk().with_display().start().await?
//!     … visitors, clerks, keys, screens …
//! office.closes().await?      a failed test does not get here: its logs are printed instead
//! ```

mod builder;
mod devices;
mod document;
mod observer;
mod papers;
mod people;
mod screen;
mod server;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use aufruf_client::{Token, Way};
use tempfile::TempDir;

pub use self::builder::OfficeBuilder;
pub use self::devices::WIRE_DISPLAYS;
pub use self::document::OfficeDocument;
pub use self::observer::Observer;
pub use self::papers::{Outcomes, Papers};
pub use self::people::{Clerk, Visitor};
pub use self::screen::Screen;
pub use self::server::Server;

use self::devices::Devices;
use crate::desktop::Desktop;
use crate::places::target;
use crate::program::{Program, last_lines};
use crate::sound::SoundCard;
use crate::virtual_printer::VirtualPrinter;
use crate::wait::until;
use crate::xserver::XServer;

/// Long enough for the slowest machine that the tests are run on; a wait that gets here has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running office. Every process ends with this value.
#[derive(Debug)]
pub struct TestOffice {
    // Dropped in this order: programs first, then what they talk to, the folder last.
    screens: Screens,
    agent: Option<Program>,
    server: Server,
    observer: Observer,
    printer: Option<VirtualPrinter>,
    sound: Option<SoundCard>,
    stage: Stage,
    devices: Devices,
    document: OfficeDocument,
    folder: TempDir,
    /// Set by a good end; else the logs are printed.
    is_closed: bool,
}

#[derive(Debug, Default)]
struct Screens {
    kiosk: Option<Screen>,
    display: Option<Screen>,
    panel: Option<Screen>,
}

/// Where the windows stand.
#[derive(Debug)]
enum Stage {
    /// An X server of this office alone.
    Virtual {
        desktop: Arc<Desktop>,
        server: Box<XServer>,
    },
    /// The screen somebody sits at.
    Own,
    /// No windows.
    None,
}

impl TestOffice {
    /// Begins to describe an office; as it stands, it is the demo office with its server alone.
    pub fn opens() -> OfficeBuilder {
        OfficeBuilder::default()
    }

    pub fn server(&mut self) -> &mut Server {
        &mut self.server
    }

    /// Sees everything the server tells panels.
    pub fn observer(&self) -> &Observer {
        &self.observer
    }

    /// Another observer, who begins with a view of now: the first one waits ever longer between its
    /// tries when the server goes again and again.
    pub fn new_observer(&self) -> anyhow::Result<Observer> {
        let token = self.devices.token("observer")?;
        Ok(Observer::watches(&Way::to(&self.server.url(), token)?))
    }

    /// The kiosk's screen. Panics if the office was opened without one.
    #[track_caller]
    pub fn kiosk(&self) -> &Screen {
        self.screens
            .kiosk
            .as_ref()
            .expect("this office has a kiosk: .with_kiosk()")
    }

    /// The display's screen. Panics if the office was opened without one.
    #[track_caller]
    pub fn display(&self) -> &Screen {
        self.screens
            .display
            .as_ref()
            .expect("this office has a display: .with_display()")
    }

    /// The panel's screen. Panics if the office was opened without one.
    #[track_caller]
    pub fn panel(&self) -> &Screen {
        self.screens
            .panel
            .as_ref()
            .expect("this office has a panel: .with_panel()")
    }

    /// The printer's tray. Panics if the office was opened without one.
    #[track_caller]
    pub fn printer(&mut self) -> &mut VirtualPrinter {
        self.printer
            .as_mut()
            .expect("this office has a printer: .with_printer()")
    }

    /// The print agent. Panics if the office was opened without one.
    #[track_caller]
    pub fn agent(&mut self) -> &mut Program {
        self.agent
            .as_mut()
            .expect("this office has a print agent: .with_printer()")
    }

    /// What the display plays into. Panics if the office was opened without one.
    #[track_caller]
    pub fn sound(&self) -> &SoundCard {
        self.sound
            .as_ref()
            .expect("this office has a sound card: .with_sound()")
    }

    pub fn document(&self) -> &OfficeDocument {
        &self.document
    }

    /// Somebody at a kiosk that has no printer, over the wire alone.
    pub fn visitor(&self) -> anyhow::Result<Visitor> {
        Visitor::at(&self.server.url(), self.devices.token("kiosk-wire")?)
    }

    /// Somebody at the kiosk whose tickets are printed, over the wire alone.
    pub fn printing_visitor(&self) -> anyhow::Result<Visitor> {
        Visitor::at(&self.server.url(), self.devices.token("kiosk-1")?)
    }

    /// Hears from now on what becomes of the papers of [`TestOffice::printing_visitor`].
    pub async fn papers(&self) -> anyhow::Result<Papers> {
        Papers::watches(&self.server.url(), self.devices.token("kiosk-1")?).await
    }

    /// Somebody who works at a counter over the wire alone.
    pub fn clerk(&self, counter: &str) -> anyhow::Result<Clerk> {
        let token = self.devices.token(&Devices::panel_of(counter))?;
        Clerk::at(&self.server.url(), token, counter)
    }

    /// The address and the token of the kiosk without a printer, for clients of a test's own.
    pub fn bare_kiosk(&self) -> anyhow::Result<(SocketAddr, String)> {
        Ok((
            self.server.address(),
            self.devices.token_text("kiosk-wire")?.to_owned(),
        ))
    }

    /// The address and the token of one of the [`WIRE_DISPLAYS`], counted from 1.
    pub fn wire_display(&self, number: usize) -> anyhow::Result<(String, Token)> {
        Ok((
            self.server.url(),
            self.devices.token(&Devices::wire_display(number))?,
        ))
    }

    /// The token of a device of this office, for clients of a test's own.
    pub fn device_token(&self, device: &str) -> anyhow::Result<&str> {
        self.devices.token_text(device)
    }

    /// Takes a device's token away while the server runs.
    pub async fn revokes(&self, device: &str) -> anyhow::Result<()> {
        self.server.devices(&["revoke", device]).await
    }

    /// The code that a device shows that is to be paired, by its own log; its `nth` one, from 1.
    pub async fn code_of(&self, device: &str, nth: usize) -> anyhow::Result<String> {
        let log = self.folder.path().join(format!("{device}.log"));
        until(&format!("{device} shows its code"), PATIENCE, async || {
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            let shown = log.split("approve the code ").nth(nth);
            Ok(shown.and_then(|rest| rest.get(..9)).map(str::to_owned))
        })
        .await
    }

    /// Waits until the print agent has said this in its log.
    pub async fn agent_says(&mut self, words: &str) -> anyhow::Result<()> {
        let agent = self.agent();
        until(words, PATIENCE, async || {
            agent.must_run()?;
            Ok(agent.log().contains(words).then_some(()))
        })
        .await
    }

    /// Lets the device in that shows `code`, beside the running server.
    pub async fn approves(&self, code: &str, device: &str, place: &[&str]) -> anyhow::Result<()> {
        let what = [&["approve", code, device], place].concat();
        self.server.devices(&what).await
    }

    /// Lets all devices of this office in, with the tokens that they have.
    pub async fn lets_devices_in(&self) -> anyhow::Result<()> {
        self.server.lets_devices_in().await
    }

    /// An error with its last words if a program has ended by itself.
    pub fn must_run(&mut self) -> anyhow::Result<()> {
        self.programs().try_for_each(Program::must_run)
    }

    /// Closes for today: every program still runs, and stops when asked.
    pub async fn closes(mut self) -> anyhow::Result<()> {
        self.must_run()?;
        self.shuts_down().await
    }

    /// Stops every program that still runs.
    pub async fn shuts_down(mut self) -> anyhow::Result<()> {
        for program in self.programs() {
            program.stops(PATIENCE).await?;
        }
        self.is_closed = true;
        Ok(())
    }

    /// The office's folder, for files that a test leaves there.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The screens before the print agent before the server, as one would switch them off.
    fn programs(&mut self) -> impl Iterator<Item = &mut Program> {
        let screens = [
            &mut self.screens.kiosk,
            &mut self.screens.display,
            &mut self.screens.panel,
        ];
        screens
            .into_iter()
            .flatten()
            .map(Screen::program)
            .chain(&mut self.agent)
            .chain([self.server.program()])
    }

    fn print_logs(&mut self) {
        for program in self.programs() {
            eprintln!("--- {}\n{}", program.name(), last_lines(&program.log()));
        }
    }

    /// Leaves a picture of all windows under `target/failed/`.
    fn leave_picture(&self) {
        let Stage::Virtual { desktop, .. } = &self.stage else {
            return;
        };
        let folder = target().join("failed");
        let path = folder.join(format!("{}.png", std::process::id()));
        let left = std::fs::create_dir_all(&folder)
            .map_err(anyhow::Error::from)
            .and_then(|()| desktop.whole_picture()?.write_png(&path));
        match left {
            Ok(()) => eprintln!("--- the screens: {}", path.display()),
            Err(err) => eprintln!("--- no picture of the screens: {err:#}"),
        }
    }
}

impl Drop for TestOffice {
    fn drop(&mut self) {
        if !self.is_closed {
            self.leave_picture();
            self.print_logs();
        }
    }
}
