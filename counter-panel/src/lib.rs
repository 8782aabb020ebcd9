//! The counter panel: the clerk's screen, keyboard first.
//!
//! Owns what the panel shows and asks for ([`controller`], which knows no Slint), how that is mapped
//! to the screen (`ui/*.slint`, [`screen`]), and the way of an order to the server ([`errand`]).
//! Never decides who is next, and remembers nothing across a restart: the server's view is all it
//! knows.
//!
//! ```text
//!   Connection ──Update──▶ Panel ──▶ Controller ──PanelModel──▶ Screen ──▶ ui/*.slint
//!        Api ◀───Order──── Panel ◀── Controller ◀────Key─────── keys and buttons
//! ```

pub mod clock;
pub mod config;
pub mod controller;
pub mod errand;
mod panel;
#[cfg(test)]
mod sample;
mod screen;
#[cfg(test)]
mod tests;
mod ui;

pub use panel::Panel;
pub use ui::App;
