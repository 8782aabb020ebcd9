//! The kiosk: a visitor chooses a service and gets a number, or has an appointment and checks in.
//!
//! Owns what the visitor sees and asks for ([`controller`], which knows no Slint), how that is mapped
//! to the screen (`ui/*.slint`, `adapter`), and the way of a request to the server ([`request`]). Never
//! gives out a number of its own, and remembers nothing of a visitor who has left.
//!
//! ```text
//!   Connection ──Update───▶ Kiosk ──▶ Controller ──Screen──▶ Adapter ──▶ ui/*.slint
//!        Api ◀──Attempt──── Kiosk ◀── Controller ◀──Press─── presses ◀── keys and cards
//! ```

mod adapter;
pub mod clock;
pub mod config;
pub mod controller;
mod kiosk;
mod presses;
pub mod request;
mod ui;

pub use kiosk::Kiosk;
pub use ui::App;
