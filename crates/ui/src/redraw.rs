//! Redrawing without delay.

use slint::winit_030::WinitWindowAccessor;

/// Redraws the window as soon as the event loop is free.
///
/// Slint alone would wait for the next tick of its frame timer (up to 16 ms on X11), which is a large
/// part of the time in which a call has to be on the wall.
pub fn redraw_now(window: &slint::Window) {
    window.request_redraw();
    // No winit window (not shown yet, or another backend): Slint's own request above is what there is.
    let _ = window.with_winit_window(slint::winit_030::winit::window::Window::request_redraw);
}
