//! `aufruf-counter-panel --config counter-panel.toml`

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use aufruf_client::clock::{Clock, SystemClock};
use aufruf_client::{Api, CommandKey, Way, config, logging};
use aufruf_counter_panel::clock::MachineWatch;
use aufruf_counter_panel::config::PanelConfig;
use aufruf_counter_panel::controller::Controller;
use aufruf_counter_panel::{App, Panel, errand};
use aufruf_ui::Shell;
use clap::Parser;
use slint::{ComponentHandle, Timer, TimerMode};

const SOFTWARE: &str = concat!("aufruf-counter-panel ", env!("CARGO_PKG_VERSION"));
/// Twice a second, so that no second of a stopwatch is skipped.
const TICK: Duration = Duration::from_millis(500);

/// The clerk's panel of one counter.
#[derive(Debug, Parser)]
#[command(name = "aufruf-counter-panel", version)]
struct Arguments {
    /// The panel's config file.
    #[arg(long)]
    config: PathBuf,
}

fn main() -> anyhow::Result<()> {
    logging::init();
    let arguments = Arguments::parse();
    let config: PanelConfig = config::load(&arguments.config)?;
    run(&config)
}

fn run(config: &PanelConfig) -> anyhow::Result<()> {
    let way = Way::of(&config.way(), "panel").context("looking for the way to the server")?;
    let api = Api::by(&way).context("preparing to ask the server")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);

    aufruf_ui::start("aufruf-counter-panel")?;
    let app = App::new().context("opening the window")?;
    aufruf_ui::select_language(&config.language);
    config.window.apply(app.window());
    let controller = Controller::new(&config.language).served_by(config.clerk.clone());
    let watch = MachineWatch::start(Arc::clone(&clock));
    let panel = Panel::open(&app, controller, Rc::new(watch));
    let _line = connect(&panel, &way, api, clock)?;

    let tick = Timer::default();
    tick.start(TimerMode::Repeated, TICK, move || panel.refresh());
    app.run().context("running the window")
}

/// Updates flow in, orders flow out.
fn connect(
    panel: &Rc<Panel>,
    way: &Way,
    api: Api,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Rc<Shell>> {
    let told = Rc::clone(panel);
    let shell = Shell::open(way, SOFTWARE, clock, move |update| {
        told.take(&update);
    })?;
    let shell = Rc::new(shell);
    let line = Rc::downgrade(&shell);
    let asking = Rc::downgrade(panel);
    panel.send_by(move |order| {
        let Some(line) = line.upgrade() else { return };
        let (api, asking) = (api.clone(), asking.clone());
        // One press, one key.
        let key = CommandKey::fresh();
        let is_about_help = order.is_about_help();
        let errand = async move { errand::carry_out(&api, &key, order).await };
        line.ask(errand, move |answer| {
            let Some(panel) = asking.upgrade() else {
                return;
            };
            if is_about_help {
                panel.answered_about_help(&answer);
            } else {
                panel.answered(answer);
            }
        });
    });
    Ok(shell)
}
