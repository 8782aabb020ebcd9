//! The waiting-room display: the call that is announced now, the others that hold, and what waiting costs.
//!
//! ```text
//!   Connection ─Update─▶ Controller ─Wall─▶ adapter ─▶ Slint ─drawn─▶ Controller ─painted─▶ Connection
//!                        │    ▲
//!                   Order│    │sound over, time over
//!                        ▼    │
//!                     chime, timers
//! ```
//!
//! [`controller`] decides and knows no Slint; [`adapter`] only maps; [`sound`] plays; [`app`] ties them
//! together on Slint's event loop. Nothing survives a restart: the server's snapshot brings it all back.

pub mod adapter;
pub mod app;
pub mod config;
pub mod controller;
pub mod sound;
mod tries;
pub mod ui;
