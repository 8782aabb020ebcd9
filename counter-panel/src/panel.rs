//! One running panel: brings updates, answers and presses to the controller, and shows what it says.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use aufruf_client::Update;
use slint::ComponentHandle;

use crate::clock::{Moment, Watch};
use crate::controller::{Answer, Controller, Order};
use crate::screen::{self, Screen};
use crate::ui::{AlarmState, App, PanelState, SheetState};

/// Lives on Slint's event loop.
pub struct Panel {
    controller: RefCell<Controller>,
    screen: RefCell<Screen>,
    watch: Rc<dyn Watch>,
    send: OnceCell<Box<dyn Fn(Order)>>,
}

impl Panel {
    /// Connects the window's keys and shows that there is no line yet.
    pub fn open(app: &App, controller: Controller, watch: Rc<dyn Watch>) -> Rc<Self> {
        let panel = Rc::new(Self {
            screen: RefCell::new(Screen::of(app, controller.language())),
            controller: RefCell::new(controller),
            watch,
            send: OnceCell::new(),
        });
        panel.listen(app);
        panel.refresh();
        panel
    }

    /// Where orders go. Until this is called a press does nothing, for there is no line either.
    pub fn send_by(&self, send: impl Fn(Order) + 'static) {
        // A second way would be a second server: the first stays.
        let _ = self.send.set(Box::new(send));
    }

    /// Takes in what the line told.
    pub fn take(&self, update: &Update) {
        if let Some(code) = aufruf_ui::pairing_code(update) {
            self.screen.borrow().show_code(&code);
        }
        let now = self.watch.now();
        self.controller.borrow_mut().take(update, now);
        self.refresh();
    }

    /// Takes in the answer to the last order.
    pub fn answered(&self, answer: Answer) {
        self.controller.borrow_mut().answered(answer);
        self.refresh();
    }

    /// Shows how things stand now; called each second for the clocks on the screen.
    pub fn refresh(&self) {
        let now = self.watch.now();
        let model = self.controller.borrow_mut().model(now);
        self.screen.borrow_mut().show(model);
    }

    /// Takes in the answer to an order about help, which went beside all others.
    pub fn answered_about_help(&self, answer: &Answer) {
        self.controller.borrow_mut().answered_about_help(answer);
        self.refresh();
    }

    /// What the clerk did may ask something of the server: once, and only where there is a way to it.
    fn ask(&self, act: impl FnOnce(&mut Controller, Moment) -> Option<Order>) {
        let Some(send) = self.send.get() else {
            return;
        };
        let now = self.watch.now();
        let order = act(&mut self.controller.borrow_mut(), now);
        self.refresh();
        if let Some(order) = order {
            send(order);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Controller)) {
        change(&mut self.controller.borrow_mut());
        self.refresh();
    }

    fn listen(self: &Rc<Self>, app: &App) {
        self.listen_to_keys(app);
        self.listen_to_sheets(app);
        let state = app.global::<AlarmState<'_>>();
        let panel = Rc::downgrade(self);
        state.on_come(move |row| {
            with(&panel, |panel| {
                panel.ask(|it, _| it.come(row.try_into().ok()));
            });
        });
        let panel = Rc::downgrade(self);
        state.on_over(move |row| {
            with(&panel, |panel| {
                panel.ask(|it, _| it.end_help(row.try_into().ok()));
            });
        });
    }

    fn listen_to_keys(self: &Rc<Self>, app: &App) {
        let state = app.global::<PanelState<'_>>();
        let panel = Rc::downgrade(self);
        state.on_press(move |key| {
            with(&panel, |panel| {
                panel.ask(|it, now| it.press(screen::to_key(key), now));
            });
        });
        let panel = Rc::downgrade(self);
        state.on_show(move |list| {
            let list = screen::to_list(list);
            with(&panel, |panel| panel.change(|it| it.show(list)));
        });
        let panel = Rc::downgrade(self);
        state.on_turn_lists(move |by| {
            with(&panel, |panel| panel.change(|it| it.turn_lists(signed(by))));
        });
        let panel = Rc::downgrade(self);
        state.on_mark(move |row| {
            let row = usize::try_from(row).unwrap_or_default();
            with(&panel, |panel| panel.change(|it| it.mark(row)));
        });
        let panel = Rc::downgrade(self);
        state.on_move_mark(move |by| {
            with(&panel, |panel| panel.change(|it| it.move_mark(signed(by))));
        });
    }

    fn listen_to_sheets(self: &Rc<Self>, app: &App) {
        let state = app.global::<SheetState<'_>>();
        let panel = Rc::downgrade(self);
        state.on_choose(move |row| {
            let row = usize::try_from(row).unwrap_or(usize::MAX);
            with(&panel, |panel| panel.ask(|it, now| it.choose(row, now)));
        });
        let panel = Rc::downgrade(self);
        state.on_confirm(move || {
            with(&panel, |panel| panel.ask(Controller::confirm));
        });
        let panel = Rc::downgrade(self);
        state.on_back(move || with(&panel, |panel| panel.change(Controller::back)));
        let panel = Rc::downgrade(self);
        state.on_move_cursor(move |by| {
            with(&panel, |panel| {
                let now = panel.watch.now();
                panel.change(|it| it.move_cursor(signed(by), now));
            });
        });
        let panel = Rc::downgrade(self);
        state.on_count_people(move |by| {
            with(&panel, |panel| panel.change(|it| it.count_people(by)));
        });
        let panel = Rc::downgrade(self);
        state.on_write(move |text| {
            with(&panel, |panel| panel.change(|it| it.write(&text)));
        });
    }
}

fn signed(by: i32) -> isize {
    isize::try_from(by).unwrap_or_default()
}

/// The window outlives nothing: when the panel is gone, its keys are dead.
fn with(panel: &Weak<Panel>, act: impl FnOnce(&Panel)) {
    if let Some(panel) = panel.upgrade() {
        act(&panel);
    }
}

impl fmt::Debug for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Panel")
            .field("controller", &self.controller)
            .finish_non_exhaustive()
    }
}
