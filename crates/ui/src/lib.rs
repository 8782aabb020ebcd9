//! What the screens share: the look (`kit/`), the fonts, and the shell between the line to the server
//! and Slint's event loop.
//!
//! Owns the threads of a screen program ([`Shell`]), its window's place ([`WindowSection`]) and the rule
//! that a screen knows no fonts but ours. Never knows what a screen shows: each program has its own
//! controller (without Slint) and adapters.
//!
//! ```text
//!   tokio threads                          Slint's event loop
//!   Connection ──Update, Update, …──▶ spawned future ──▶ on_update(Update)      in order
//!   question   ──────answer─────────▶ spawned future ──▶ on_answer(answer)
//! ```
#![forbid(unsafe_code)]

mod fonts;
mod language;
mod pairing;
mod redraw;
mod shell;
#[cfg(feature = "testing")]
pub mod testing;
mod window;

pub use language::{is_right_to_left, select_language};
pub use pairing::pairing_code;
pub use redraw::redraw_now;
pub use shell::{Shell, ShellError, run_on_ui, start};
pub use window::WindowSection;
