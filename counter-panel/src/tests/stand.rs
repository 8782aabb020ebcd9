//! A panel on a screen in memory, at 10:42, with its orders kept for the test.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use aufruf_client::Update;
use aufruf_ui::testing::{assert_picture, init_testing_backend, picture_of};
use i_slint_backend_testing::ElementHandle;
use slint::platform::WindowEvent;
use slint::{ComponentHandle, SharedString};

use crate::controller::{Answer, Controller, Order};
use crate::sample::{Day, ManualWatch, live, welcome};
use crate::{App, Panel};

pub(super) struct Stand {
    pub(super) app: App,
    pub(super) panel: Rc<Panel>,
    watch: Rc<ManualWatch>,
    orders: Rc<RefCell<Vec<Order>>>,
}

impl Stand {
    /// Connected, in this language, with this day shown.
    pub(super) fn on(language: &str, day: Day) -> Self {
        let stand = Self::unconnected(language);
        stand.takes(&live());
        stand.takes(&welcome());
        stand.takes(&day.told());
        stand
    }

    /// The same, where the panel's file says who serves.
    pub(super) fn served_by(clerk: &str, language: &str, day: Day) -> Self {
        let controller = Controller::new(language).served_by(Some(clerk.to_owned()));
        let stand = Self::of(controller);
        stand.takes(&live());
        stand.takes(&welcome());
        stand.takes(&day.told());
        stand
    }

    pub(super) fn unconnected(language: &str) -> Self {
        Self::of(Controller::new(language))
    }

    fn of(controller: Controller) -> Self {
        init_testing_backend();
        let app = App::new().expect("a window in memory");
        aufruf_ui::select_language(controller.language());
        let watch = Rc::new(ManualWatch::at("10:42"));
        let panel = Panel::open(&app, controller, Rc::clone(&watch) as _);
        let orders: Rc<RefCell<Vec<Order>>> = Rc::default();
        let kept = Rc::clone(&orders);
        panel.send_by(move |order| kept.borrow_mut().push(order));
        app.show().expect("a window in memory");
        Self {
            app,
            panel,
            watch,
            orders,
        }
    }

    pub(super) fn takes(&self, update: &Update) {
        self.panel.take(update);
    }

    pub(super) fn shows(&self, day: Day) {
        self.takes(&day.told());
    }

    pub(super) fn waits_secs(&self, secs: u64) {
        self.watch.passes(Duration::from_secs(secs));
        self.panel.refresh();
    }

    pub(super) fn done(&self) {
        self.panel.answered(Answer::Done);
    }

    /// What was sent since the last time this was asked.
    pub(super) fn orders(&self) -> Vec<Order> {
        self.orders.take()
    }

    /// One press of a key, and its release.
    pub(super) fn presses(&self, key: impl Into<SharedString>) {
        let text = key.into();
        self.dispatch(WindowEvent::KeyPressed { text: text.clone() });
        self.dispatch(WindowEvent::KeyReleased { text });
    }

    /// Letter by letter.
    pub(super) fn types(&self, text: &str) {
        for letter in text.chars() {
            self.presses(letter);
        }
    }

    /// What has just come is drawn, and has the keyboard if it wants it.
    pub(super) fn settles(&self) {
        picture_of(self.app.window(), 1280, 800);
    }

    /// The key goes down and the keyboard repeats it.
    pub(super) fn holds(&self, key: impl Into<SharedString>) {
        let text = key.into();
        self.dispatch(WindowEvent::KeyPressed { text: text.clone() });
        for _ in 0..5 {
            self.dispatch(WindowEvent::KeyPressRepeated { text: text.clone() });
        }
        self.dispatch(WindowEvent::KeyReleased { text });
    }

    /// The key while a modifier is held.
    pub(super) fn presses_with(
        &self,
        modifier: impl Into<SharedString>,
        key: impl Into<SharedString>,
    ) {
        let modifier = modifier.into();
        self.dispatch(WindowEvent::KeyPressed {
            text: modifier.clone(),
        });
        self.presses(key);
        self.dispatch(WindowEvent::KeyReleased { text: modifier });
    }

    /// The element with this label, as assistive technology finds it.
    #[track_caller]
    pub(super) fn labelled(&self, label: &str) -> ElementHandle {
        let mut found = ElementHandle::find_by_accessible_label(&self.app, label);
        let first = found.next();
        first.unwrap_or_else(|| panic!("nothing is labelled {label:?}"))
    }

    #[track_caller]
    pub(super) fn looks_like(&self, picture: &str) {
        self.looks_like_at(picture, 1280, 800);
    }

    #[track_caller]
    pub(super) fn looks_like_at(&self, picture: &str, width: u32, height: u32) {
        assert_picture(picture, &picture_of(self.app.window(), width, height));
    }

    fn dispatch(&self, event: WindowEvent) {
        let window = self.app.window();
        let taken = window.dispatch_event_with_result(event);
        taken.expect("a window in memory takes keys");
    }
}
