//! What every device shares: the way to the office server, a mirror of the view it pushes, small
//! durable files, the head of a config file.
//!
//! Owns the push connection ([`Connection`]: reconnects for ever, checks the sequence), the commands
//! over HTTP ([`Api`]: retried under one key), and the local picture ([`Mirror`]). Never draws
//! anything, never decides anything about a ticket, and knows neither a screen nor a printer.
#![forbid(unsafe_code)]

mod address;
mod api;
mod backoff;
pub mod clock;
pub mod config;
mod connection;
pub mod durable;
mod key;
mod link;
pub mod logging;
mod mirror;
mod token;
mod way;

pub use address::{Address, AddressError};
pub use api::{Api, ApiError, TicketAction};
pub use backoff::Backoff;
pub use connection::{Connection, Update};
pub use key::CommandKey;
pub use link::Link;
pub use mirror::Mirror;
pub use token::{Token, TokenError};
pub use way::{Way, WayConfig, WayError};
