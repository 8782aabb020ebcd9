//! What visitors press in the window, told to the kiosk.

use std::rc::{Rc, Weak};
use std::time::Duration;

use aufruf_protocol::latest::ServiceKey;
use slint::platform::{Key, WindowEvent};
use slint::{ComponentHandle, SharedString, Timer};

use crate::Kiosk;
use crate::controller::{Press, ScreenSize};
use crate::ui::{App, View};

/// Connects every callback of the `.slint` files.
pub(crate) fn connect(app: &App, kiosk: &Rc<Kiosk>) {
    connect_keys(app, kiosk);
    let view = app.global::<View<'_>>();
    let taker = Rc::downgrade(kiosk);
    view.on_choose(move |service| with(&taker, |kiosk| kiosk.choose(&ServiceKey::new(service))));
    let taker = Rc::downgrade(kiosk);
    view.on_try_again(move || with(&taker, Kiosk::try_again));
    let taker = Rc::downgrade(kiosk);
    view.on_choose_language(move |tag| {
        with(&taker, |kiosk| kiosk.press(Press::Language(tag.into())));
    });
    let taker = Rc::downgrade(kiosk);
    view.on_letter(move |letter| {
        with(&taker, |kiosk| kiosk.press(Press::Letter(letter.into())));
    });
    let taker = Rc::downgrade(kiosk);
    view.on_check_in(move || with(&taker, Kiosk::check_in));
    let taker = Rc::downgrade(kiosk);
    view.on_enter(move || with(&taker, Kiosk::enter));
    let taker = Rc::downgrade(kiosk);
    view.on_type_text(move |text| taker.upgrade().is_some_and(|kiosk| kiosk.type_text(&text)));
    let taker = Rc::downgrade(kiosk);
    view.on_touched(move || with(&taker, Kiosk::touch));
    let window = app.as_weak();
    view.on_step(move |forward| step(&window, forward));
    let (taker, window) = (Rc::downgrade(kiosk), app.as_weak());
    app.on_resized(move || {
        if let Some(app) = window.upgrade() {
            with(&taker, |kiosk| kiosk.resize(size_of(app.window())));
        }
    });
}

/// The window's size in logical pixels.
pub(crate) fn size_of(window: &slint::Window) -> ScreenSize {
    let size = window.size().to_logical(window.scale_factor());
    ScreenSize {
        width: size.width,
        height: size.height,
    }
}

/// The keys that are always the same press.
fn connect_keys(app: &App, kiosk: &Rc<Kiosk>) {
    let view = app.global::<View<'_>>();
    let on = |press: Press| {
        let taker = Rc::downgrade(kiosk);
        move || with(&taker, |kiosk| kiosk.press(press.clone()))
    };
    view.on_show_languages(on(Press::Languages));
    view.on_change_text_size(on(Press::TextSize));
    view.on_change_contrast(on(Press::Contrast));
    view.on_next_page(on(Press::NextPage));
    view.on_previous_page(on(Press::PreviousPage));
    view.on_begin_check_in(on(Press::Appointment));
    view.on_erase(on(Press::Erase));
    view.on_retype(on(Press::Retype));
    view.on_back(on(Press::Back));
    view.on_done(on(Press::Done));
    view.on_stay(on(Press::Stay));
}

/// Moves the focus as Tab does, once the key that asked for it is dealt with.
fn step(window: &slint::Weak<App>, forward: bool) {
    let window = window.clone();
    Timer::single_shot(Duration::ZERO, move || {
        let Some(app) = window.upgrade() else {
            return;
        };
        let text: SharedString = if forward { Key::Tab } else { Key::Backtab }.into();
        let pressed = WindowEvent::KeyPressed { text: text.clone() };
        app.window().dispatch_event(pressed);
        app.window()
            .dispatch_event(WindowEvent::KeyReleased { text });
    });
}

/// When the kiosk is gone, its keys are dead.
fn with(kiosk: &Weak<Kiosk>, act: impl FnOnce(&Kiosk)) {
    if let Some(kiosk) = kiosk.upgrade() {
        act(&kiosk);
    }
}
