//! Compiles the screens.

fn main() {
    aufruf_ui_build::compile("ui/app.slint");
}
