//! `aufruf-kiosk --config kiosk.toml`

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use aufruf_client::clock::{Clock, SystemClock};
use aufruf_client::{Api, Way, config, logging};
use aufruf_kiosk::clock::SystemStopwatch;
use aufruf_kiosk::config::KioskConfig;
use aufruf_kiosk::{App, Kiosk, request};
use aufruf_ui::Shell;
use clap::Parser;
use slint::{ComponentHandle, Timer, TimerMode};

const SOFTWARE: &str = concat!("aufruf-kiosk ", env!("CARGO_PKG_VERSION"));
/// Often enough that no second of a countdown is skipped.
const TICK: Duration = Duration::from_millis(250);

/// The kiosk of a public office: visitors choose a service and get a number.
#[derive(Debug, Parser)]
#[command(name = "aufruf-kiosk", version)]
struct Arguments {
    /// The kiosk's config file.
    #[arg(long)]
    config: PathBuf,
}

fn main() -> anyhow::Result<()> {
    logging::init();
    let arguments = Arguments::parse();
    let config: KioskConfig = config::load(&arguments.config)?;
    run(&config)
}

fn run(config: &KioskConfig) -> anyhow::Result<()> {
    let way = Way::of(&config.way(), "kiosk").context("looking for the way to the server")?;
    let api = Api::by(&way).context("preparing to ask the server")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);

    aufruf_ui::start("aufruf-kiosk")?;
    let app = App::new().context("opening the window")?;
    config.window.apply(app.window());
    let kiosk = Kiosk::open(&app, Arc::clone(&clock), Rc::new(SystemStopwatch::start()));
    let _line = connect(&kiosk, &way, api, clock)?;

    let tick = Timer::default();
    tick.start(TimerMode::Repeated, TICK, move || kiosk.tick());
    app.run().context("running the window")
}

/// Updates flow in, requests flow out.
fn connect(
    kiosk: &Rc<Kiosk>,
    way: &Way,
    api: Api,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Rc<Shell>> {
    let told = Rc::clone(kiosk);
    let shell = Shell::open(way, SOFTWARE, clock, move |update| {
        told.take(&update);
    })?;
    let shell = Rc::new(shell);
    let line = Rc::downgrade(&shell);
    let asking = Rc::downgrade(kiosk);
    kiosk.send_by(move |attempt| {
        let Some(line) = line.upgrade() else { return };
        let (api, asking, key) = (api.clone(), asking.clone(), attempt.key.clone());
        let request = async move { request::carry_out(&api, &attempt).await };
        line.ask(request, move |answer| {
            if let Some(kiosk) = asking.upgrade() {
                kiosk.answered(&key, answer);
            }
        });
    });
    Ok(shell)
}
