//! One running kiosk: brings updates, answers, presses and the time to the controller, and shows what it says.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use aufruf_client::clock::Clock;
use aufruf_client::{CommandKey, Update};
use aufruf_protocol::latest::{IssuedTicket, ServiceKey};
use slint::ComponentHandle;

use crate::adapter::Adapter;
use crate::clock::Stopwatch;
use crate::controller::{Attempt, Controller, Failure, Moment, Press, ScreenSize};
use crate::presses;
use crate::ui::App;

/// Lives on Slint's event loop.
pub struct Kiosk {
    controller: RefCell<Controller>,
    adapter: Adapter,
    /// For the times on the screen.
    clock: Arc<dyn Clock>,
    /// For every limit.
    stopwatch: Rc<dyn Stopwatch>,
    send: OnceCell<Box<dyn Fn(Attempt)>>,
}

impl Kiosk {
    /// Connects the window's keys and shows that there is no line yet.
    pub fn open(app: &App, clock: Arc<dyn Clock>, stopwatch: Rc<dyn Stopwatch>) -> Rc<Self> {
        let size = presses::size_of(app.window());
        let kiosk = Rc::new(Self {
            controller: RefCell::new(Controller::new(size, stopwatch.elapsed())),
            adapter: Adapter::new(app),
            clock,
            stopwatch,
            send: OnceCell::new(),
        });
        presses::connect(app, &kiosk);
        kiosk.refresh();
        kiosk
    }

    /// Where requests go. Until this is called the kiosk is not live, so there are none.
    pub fn send_by(&self, send: impl Fn(Attempt) + 'static) {
        // A second way would be a second server: the first stays.
        let _ = self.send.set(Box::new(send));
    }

    /// Takes in what the line told.
    pub fn take(&self, update: &Update) {
        if let Some(code) = aufruf_ui::pairing_code(update) {
            self.adapter.show_code(&code);
        }
        self.change(|controller, now| controller.take(update, now));
    }

    /// Takes in the answer to a request.
    pub fn answered(&self, key: &CommandKey, answer: Result<IssuedTicket, Failure>) {
        self.change(|controller, now| controller.answer(key, answer, now));
    }

    /// Looks at the time: for the clock on the screen and for every limit.
    pub fn tick(&self) {
        self.change(Controller::tick);
    }

    pub(crate) fn choose(&self, service: &ServiceKey) {
        let attempt =
            self.change(|controller, now| controller.choose(service, CommandKey::fresh(), now));
        self.send(attempt);
    }

    pub(crate) fn check_in(&self) {
        let attempt = self.change(|controller, now| controller.check_in(CommandKey::fresh(), now));
        self.send(attempt);
    }

    pub(crate) fn enter(&self) {
        let attempt = self.change(|controller, now| controller.enter(CommandKey::fresh(), now));
        self.send(attempt);
    }

    /// Whether the text counts as typed.
    pub(crate) fn type_text(&self, text: &str) -> bool {
        self.change(|controller, now| controller.type_text(text, now))
    }

    pub(crate) fn try_again(&self) {
        let attempt = self.change(|controller, now| controller.try_again(CommandKey::fresh(), now));
        self.send(attempt);
    }

    pub(crate) fn press(&self, press: Press) {
        self.change(|controller, now| controller.press(press, now));
    }

    pub(crate) fn touch(&self) {
        self.change(Controller::touch);
    }

    pub(crate) fn resize(&self, size: ScreenSize) {
        self.change(|controller, _| controller.resize(size));
    }

    fn send(&self, attempt: Option<Attempt>) {
        if let (Some(send), Some(attempt)) = (self.send.get(), attempt) {
            send(attempt);
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Controller, Duration) -> T) -> T {
        let changed = change(&mut self.controller.borrow_mut(), self.stopwatch.elapsed());
        self.refresh();
        changed
    }

    fn refresh(&self) {
        let now = Moment {
            wall: self.clock.now(),
            since_start: self.stopwatch.elapsed(),
        };
        let screen = self.controller.borrow().screen(now);
        self.adapter.show(&screen);
    }
}

impl fmt::Debug for Kiosk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kiosk")
            .field("controller", &self.controller)
            .finish_non_exhaustive()
    }
}
