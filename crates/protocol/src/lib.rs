//! The words that server and devices speak to each other: HTTP bodies, push messages, print jobs.
//!
//! Owns the shape of everything on the wire and the rule by which a screen's view follows its
//! deltas ([`v1::View::apply`]). Never decides anything about a ticket, never opens a socket, and
//! knows nothing of the server's engine: `server/src/wire.rs` alone maps between the two.
//!
//! A reader ignores fields it does not know, and every enum has an `unknown` fallback whose meaning
//! is written beside it, so that a client one version older or newer goes on working.
#![forbid(unsafe_code)]

pub mod v1;
/// The version that code outside this crate uses.
pub use v1 as latest;
