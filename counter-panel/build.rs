//! Compiles the panel's screen.

fn main() {
    aufruf_ui_build::compile("ui/app.slint");
}
