//! A call is reported painted after the drawing that shows it: this rests on the screen telling which
//! frame the renderer draws.

use std::cell::RefCell;
use std::rc::Rc;

use aufruf_display::ui::App;
use aufruf_ui::testing::init_testing_backend;
use slint::{ComponentHandle, PhysicalSize};

#[test]
fn a_frame_is_told_when_it_is_drawn_and_only_then() {
    init_testing_backend();
    let app = App::new().expect("the testing backend has windows");
    let drawn = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&drawn);
    app.on_frame_drawn(move |frame, colour| {
        told.borrow_mut().push(frame);
        colour
    });
    app.window().set_size(PhysicalSize::new(1280, 720));
    app.show().expect("the testing backend shows windows");
    let draw = || {
        app.window()
            .take_snapshot()
            .expect("the software renderer draws");
    };

    app.set_frame(1);
    assert_eq!(*drawn.borrow(), [0; 0]);
    draw();
    assert_eq!(*drawn.borrow(), [1]);

    app.set_frame(2);
    app.set_frame(3);
    i_slint_backend_testing::mock_elapsed_time(std::time::Duration::from_secs(1));
    assert_eq!(*drawn.borrow(), [1]);
    draw();
    assert_eq!(*drawn.borrow(), [1, 3]);

    draw();
    assert_eq!(
        *drawn.borrow(),
        [1, 3],
        "what has not changed is not told again"
    );
}
