//! The office server: where every command is decided, kept and told to every screen.
//!
//! ```text
//! http, ws ──▶ runtime::bus ──▶ runtime::engine_task ──commit──▶ store
//!    ▲                              │ reply, then publish
//!    └── runtime::view_task ◀───────┘        ▲
//!             │ pictures, at most once a second
//!             └──▶ runtime::planning ────────┘
//! ```
//!
//! The engine task alone owns the state; the view task keeps a copy that follows the committed
//! records; handlers map and wait. Several offices may live in one process: nothing here is global.
#![forbid(unsafe_code)]

pub mod access_task;
mod admin;
pub mod alerts;
pub mod announce;
pub mod app;
pub mod auth;
pub mod backup_task;
pub mod clock;
pub mod config;
pub mod devices;
pub mod doctor;
pub mod doors;
pub mod health;
pub mod hooks;
pub mod http;
pub mod ids;
pub mod limits;
pub mod logging;
pub mod metrics;
pub mod office;
mod own_thread;
mod pages;
pub mod plan;
pub mod privacy_task;
mod pseudonyms;
pub mod recovery;
pub mod router;
pub mod running;
pub mod runtime;
pub mod secret_file;
pub mod secrets;
pub mod serve;
pub mod simulate;
pub mod staff_language;
pub mod tls;
pub mod users;
pub mod visitor_page;
pub mod watchdog;
pub mod wire;
pub mod ws;
