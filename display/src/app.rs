//! Ties controller, screen, sound and line together, all on Slint's event loop.
//!
//! # When a call counts as painted
//! The software renderer tells nobody that it has drawn. But Slint reads a property only when it needs
//! it: the colour of the screen's `probe` (one pixel, above all else) depends on the number of the
//! frame and comes from a callback of ours, and nobody but the renderer asks for a colour. So when the
//! callback is called, the renderer is drawing the properties and models as they were set for that
//! frame. What it draws is handed to the screen before it returns to the event loop; a timer of no
//! time, set in the callback, therefore goes off when the frame is on the screen.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use aufruf_client::clock::Clock;
use aufruf_client::{Update, Way};
use aufruf_ui::{Shell, redraw_now};
use jiff::Timestamp;
use slint::{ComponentHandle, Timer, TimerMode};
use tokio::sync::mpsc;

use crate::adapter::Adapter;
use crate::config::DisplayConfig;
use crate::controller::{Controller, Frame, Order};
use crate::sound::{Chime, Sound, SoundNews};
use crate::ui::{App, Pairing};

const SOFTWARE: &str = concat!("aufruf-display ", env!("CARGO_PKG_VERSION"));
/// The clock on the wall is never later than this.
const CLOCK_TICK: Duration = Duration::from_millis(500);

/// Shows the display until its window is closed.
pub fn run(config: &DisplayConfig, clock: Arc<dyn Clock>) -> anyhow::Result<()> {
    let way = Way::of(&config.way(), "display").context("looking for the way to the server")?;
    aufruf_ui::start("aufruf-display")?;
    let app = App::new().context("opening the window")?;
    config.window.apply(app.window());

    let (tell, mut news) = mpsc::unbounded_channel();
    let chime = Chime::start(move |news| {
        // Fails only when the program ends.
        let _ = tell.send(news);
    })
    .context("starting the thread of the chime")?;
    let display = Display::new(app, way.place(), Box::new(chime), Arc::clone(&clock));

    let told = Rc::downgrade(&display);
    let shell = Shell::open(&way, SOFTWARE, clock, move |update| {
        with(&told, |display| display.take(&update));
    })?;
    display
        .line
        .set(shell)
        .ok()
        .context("a display has one line")?;

    let told = Rc::downgrade(&display);
    slint::spawn_local(async move {
        while let Some(news) = news.recv().await {
            with(&told, |display| display.hear(news));
        }
    })?;
    let told = Rc::downgrade(&display);
    let tick = Timer::default();
    tick.start(TimerMode::Repeated, CLOCK_TICK, move || {
        with(&told, Display::draw);
    });

    display.draw();
    display.app.run().context("running the window")
}

struct Display {
    app: App,
    adapter: RefCell<Adapter>,
    controller: RefCell<Controller>,
    sound: Box<dyn Sound>,
    line: OnceCell<Shell>,
    clock: Arc<dyn Clock>,
    me: Weak<Self>,
}

impl Display {
    fn new(
        app: App,
        server: Option<String>,
        sound: Box<dyn Sound>,
        clock: Arc<dyn Clock>,
    ) -> Rc<Self> {
        let display = Rc::new_cyclic(|me: &Weak<Self>| Self {
            adapter: RefCell::new(Adapter::connect(&app, &server.unwrap_or_default())),
            controller: RefCell::new(Controller::new(clock.now())),
            sound,
            line: OnceCell::new(),
            clock,
            me: me.clone(),
            app,
        });
        let told = display.me.clone();
        display.app.on_frame_drawn(move |frame, colour| {
            let told = told.clone();
            Timer::single_shot(Duration::ZERO, move || {
                with(&told, |display| display.drawn(Frame(frame)));
            });
            colour
        });
        display
    }

    fn take(&self, update: &Update) {
        if let Some(code) = aufruf_ui::pairing_code(update) {
            self.app.global::<Pairing<'_>>().set_code(code.into());
        }
        self.change(|controller, now| controller.take(update, now));
    }

    fn hear(&self, news: SoundNews) {
        self.change(|controller, _| match news {
            SoundNews::Card(outcome) => controller.sound_is(outcome),
            SoundNews::Over(call, outcome) => controller.sound_over(call, outcome),
        });
    }

    fn drawn(&self, frame: Frame) {
        self.change(|controller, now| controller.frame_drawn(frame, now));
    }

    /// Tells the controller something, does what it asks for, and draws what has changed.
    fn change(&self, tell: impl FnOnce(&mut Controller, Timestamp)) {
        tell(&mut self.controller.borrow_mut(), self.clock.now());
        // What is drawn first is seen first: the orders can wait for the redraw to be asked for.
        self.draw();
        let orders = self.controller.borrow_mut().take_orders();
        for order in orders {
            self.follow(order);
        }
    }

    fn draw(&self) {
        let next = self.controller.borrow_mut().next_frame(self.clock.now());
        if let Some((frame, wall)) = next {
            self.adapter.borrow_mut().show(&self.app, frame, &wall);
            redraw_now(self.app.window());
        }
    }

    fn follow(&self, order: Order) {
        match order {
            Order::Send(message) => {
                if let Some(line) = self.line.get() {
                    line.send(message);
                }
            }
            Order::Chime(call) => self.sound.chime(call),
            Order::Time(call, span) => {
                let told = self.me.clone();
                Timer::single_shot(span.duration(), move || {
                    with(&told, |display| {
                        display.change(|controller, _| controller.span_over(call, span));
                    });
                });
            }
        }
    }
}

/// Does nothing when the display has ended.
fn with(display: &Weak<Display>, act: impl FnOnce(&Display)) {
    if let Some(display) = display.upgrade() {
        act(&display);
    }
}
